"""The kinds of change a volunteer can make: small, named edits of the content, not pieces of files.

A change names what it means (this sentence, that reply), never a line number, so it still fits when somebody else's change
came first. `curation.editing` carries it out; `change.files` says which files it will touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kernel.language import Language

CANNED = "data/desk/canned.yml"
HELPLINES = "data/safety/helplines.yml"
DOMAIN = "data/domain.yml"


class BadChange(Exception):
    """A change that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice of a new question: what it means (an answer such as "affirm"), and its words."""

    payload: str
    nl: str
    fr: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One edit. `id` names it within its proposal, so that comments can point at it."""

    kind: ClassVar[str] = ""
    id: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files it touches, relative to the project's folder."""
        raise NotImplementedError


# ---- examples ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _OfNeed(Change):
    need: str
    language: Language
    text: str

    @property
    def files(self) -> tuple[str, ...]:
        return (examples_file(self.need, self.language),)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddExample(_OfNeed):
    """One more sentence for a need."""

    kind: ClassVar[str] = "add_example"


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveExample(_OfNeed):
    """A sentence less."""

    kind: ClassVar[str] = "remove_example"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeExample(_OfNeed):
    """Other words for a sentence."""

    kind: ClassVar[str] = "change_example"
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveExample(_OfNeed):
    """The sentence belongs to another need."""

    kind: ClassVar[str] = "move_example"
    to_need: str

    @property
    def files(self) -> tuple[str, ...]:
        return (examples_file(self.need, self.language), examples_file(self.to_need, self.language))


# ---- replies -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _OfReply(Change):
    topic: str
    reply: str

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/responses/{self.topic}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeReply(_OfReply):
    """Other words for one way to say a reply."""

    kind: ClassVar[str] = "change_reply"
    text: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddVariation(_OfReply):
    """One more way to say a reply, in both languages. `who`: "friend" or "adult" for that reader alone, empty for everybody."""

    kind: ClassVar[str] = "add_variation"
    nl: str
    fr: str
    who: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveVariation(_OfReply):
    """A way to say a reply less, in both languages at once."""

    kind: ClassVar[str] = "remove_variation"
    nl: str
    fr: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddReply(_OfReply):
    """A new reply, or a new question with its buttons. `both`: short words in both languages, for when the language is not known."""

    kind: ClassVar[str] = "add_reply"
    nl: str
    fr: str
    both: str
    buttons: tuple[Button, ...] = ()


# ---- stories -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class AddStep(Change):
    """A step of a path: at `place` (a question the bot asked; empty for the opening), who says one of `hears` gets `does`.

    An answer that another step of that place had is taken over from it.
    """

    kind: ClassVar[str] = "add_step"
    topic: str
    name: str
    place: str
    hears: tuple[str, ...]
    does: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/stories/{self.topic}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeStep(Change):
    """A step hears or does something else."""

    kind: ClassVar[str] = "change_step"
    topic: str
    name: str
    hears: tuple[str, ...]
    does: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/stories/{self.topic}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveStep(Change):
    """A step less."""

    kind: ClassVar[str] = "remove_step"
    topic: str
    name: str

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/stories/{self.topic}.yml",)


# ---- scenarios, standard replies, helplines, whole files ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeText(Change):
    """Other words for one text of a file that is not one of the above: `path` leads to it, keys and numbers from the top."""

    kind: ClassVar[str] = "change_text"
    file: str
    path: tuple[str, ...]
    text: str
    new: str

    @property
    def files(self) -> tuple[str, ...]:
        return (self.file,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddScene(Change):
    """A new scene of a scenario; without `goes_to` it is an end, else it gets a first choice that leads there."""

    kind: ClassVar[str] = "add_scene"
    scenario: str
    scene: str
    nl: str
    fr: str

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/scenarios/{self.scenario}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddChoice(Change):
    """A new button in a scene of a scenario."""

    kind: ClassVar[str] = "add_choice"
    scenario: str
    scene: str
    title_nl: str
    title_fr: str
    goes_to: str
    words_nl: str = ""
    words_fr: str = ""
    reply_nl: str = ""
    reply_fr: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/scenarios/{self.scenario}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveChoice(Change):
    """A button of a scenario's scene less; named by its Dutch words."""

    kind: ClassVar[str] = "remove_choice"
    scenario: str
    scene: str
    title_nl: str

    @property
    def files(self) -> tuple[str, ...]:
        return (f"data/scenarios/{self.scenario}.yml",)


@dataclass(frozen=True, kw_only=True, slots=True)
class SetCanned(Change):
    """A standard reply of counsellors: new, or other words; with both texts empty it goes."""

    kind: ClassVar[str] = "set_canned"
    key: str
    nl: str
    fr: str

    @property
    def files(self) -> tuple[str, ...]:
        return (CANNED,)


@dataclass(frozen=True, kw_only=True, slots=True)
class SetFact(Change):
    """A fact of a helpline was verified, and is perhaps another now. `value` as text, empty to keep it; `verified` an ISO date."""

    kind: ClassVar[str] = "set_fact"
    helpline: str
    fact: str
    verified: str
    source: str
    value: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        return (HELPLINES,)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplaceFile(Change):
    """The whole text of a guarded file, for an admin. `digest`: SHA-256 of the text it was made from."""

    kind: ClassVar[str] = "replace_file"
    file: str
    digest: str
    new: str

    @property
    def files(self) -> tuple[str, ...]:
        return (self.file,)


KINDS: dict[str, type[Change]] = {
    kind.kind: kind
    for kind in (
        *(AddExample, RemoveExample, ChangeExample, MoveExample, ChangeReply, AddVariation, RemoveVariation, AddReply),
        *(AddStep, ChangeStep, RemoveStep, ChangeText, AddScene, AddChoice, RemoveChoice, SetCanned, SetFact, ReplaceFile),
    )
}


def examples_file(need: str, language: Language) -> str:
    """Where the sentences of a need stand."""
    return f"data/nlu/{language.value}/{need}.yml"
