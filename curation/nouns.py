"""What content is made of, as the checks see it: examples, replies with their variations, stories."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kernel.language import Language
from kernel.need import NOT_UNDERSTOOD

_TELLS = re.compile(r"/(?:(scenario):\w+|(age_group):(?:under14|14_15|16_17|adult))")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of a need."""

    text: str
    need: str
    language: Language
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a bubble. `payload` as in the file, such as `/affirm`."""

    title: str
    payload: str
    line: int

    @property
    def intent(self) -> str:
        """The need or answer the payload stands for; NOT_UNDERSTOOD for one that tells something instead (bot/turn_asked.py)."""
        return NOT_UNDERSTOOD if self.tells else self.payload.removeprefix("/").split("{")[0]

    @property
    def tells(self) -> str | None:
        """ "scenario" or "age_group" for a button that tells a step of a story or an age (`/age_group:16_17`), else None."""
        found = _TELLS.fullmatch(self.payload)
        return (found[1] or found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Variation:
    """One way to say a reply. `conditions`: slot to value; `keys`: the keys in the order of the file."""

    text: str
    conditions: dict[str, str]
    channel: str | None
    buttons: tuple[Button, ...]
    keys: tuple[str, ...]
    file: str
    line: int

    @property
    def language(self) -> Language | None:
        """The language it is for; None for the bilingual default."""
        value = self.conditions.get("language")
        return Language(value) if value in ("nl", "fr") else None

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Its conditions beside the language."""
        return tuple(sorted((slot, value) for slot, value in self.conditions.items() if slot != "language"))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply by name, with all its variations."""

    name: str
    variations: tuple[Variation, ...]
    file: str
    line: int

    def in_language(self, language: Language) -> tuple[Variation, ...]:
        """The variations for `language`."""
        return tuple(variation for variation in self.variations if variation.language is language)


@dataclass(frozen=True, slots=True)
class Story:
    """One step of a path, or a rule: `place` is the question the bot had asked (None: anywhere), then what is heard, what is done."""

    name: str
    is_rule: bool
    place: str | None
    intents: tuple[str, ...]
    actions: tuple[str, ...]
    file: str
    line: int

    @property
    def topic(self) -> str:
        """The file's name: the need, or the shared subject."""
        return self.file.rsplit("/", 1)[-1].removesuffix(".yml")

    @property
    def end(self) -> str:
        """Its last action; empty when there is none."""
        return self.actions[-1] if self.actions else ""
