"""What somebody told before a path asks for it (data/told.yml): the question then says that it was heard, instead of asking anew.

Its phrases are those of `kernel.phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.language import words_of
from kernel.need import NEEDS
from kernel.phrases import PhraseError, pattern_of

_KEYS = {"at", "tells", "if_yes", "if_no", "holds", "unless", "fires", "quiet"}


class ToldError(ValueError):
    """data/told.yml is not what it should be; the message says where."""


@dataclass(frozen=True)
class Rule:
    """One thing that may be told: `tells` is what, at the question `at` (without "utter_ask_").

    `if_yes`, `if_no`: what a plain yes or no to that question then means, where it is another answer. By language: what tells it
    (`holds`), what does not all the same (`unless`), and examples for the check.
    """

    at: str
    tells: str
    if_yes: str | None
    if_no: str | None
    holds: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]
    fires: Mapping[str, tuple[str, ...]]
    quiet: Mapping[str, tuple[str, ...]]

    @property
    def need(self) -> str:
        """The need on whose path the question stands; the longest name that fits. Raises ToldError when there is none."""
        fitting = [name for name in NEEDS if self.at.startswith(f"{name}_")]
        if not fitting:
            raise ToldError(f"told.{self.at}: no question of a path")
        return max(fitting, key=len)

    def is_told(self, text: str, language: str) -> bool:
        """Whether `text`, in the plain spelling of its language (`kernel.spelling`), tells it."""
        words = " ".join(words_of(text))
        holds, unless = self.holds.get(language), self.unless.get(language)
        return holds is not None and holds.search(words) is not None and (unless is None or unless.search(words) is None)


class Told:
    """The rules of data/told.yml. Only the phrases of the message's language count: a French "nu" is no Dutch one."""

    def __init__(self, section: Any) -> None:
        """`section`: what stands under `told:`. Raises ToldError."""
        entries = section.get("rules") if isinstance(section, Mapping) else None
        if not isinstance(entries, list):
            raise ToldError("told: needs rules, a list")
        self.rules = tuple(_rule(entry) for entry in entries)
        self._by_need: dict[str, list[Rule]] = {}
        for rule in self.rules:
            self._by_need.setdefault(rule.need, []).append(rule)
        self._means = {(rule.at, rule.tells): {"affirm": rule.if_yes, "deny": rule.if_no} for rule in self.rules}

    def found(self, text: str, language: str, need: str | None) -> dict[str, str]:
        """What `text`, in the plain spelling of `language` (nl, fr), tells for the path of `need`: question (without "utter_ask_") →
        what is told. The first rule of a question wins."""
        told: dict[str, str] = {}
        for rule in self._by_need.get(str(need), []):
            if rule.at not in told and rule.is_told(text, language):
                told[rule.at] = rule.tells
        return told

    def means(self, answer: str | None, at: str, tells: str) -> str | None:
        """What a plain yes or no (`answer`: affirm, deny) means to the question `at` where `tells` was told before; None where it is
        just that, or where `answer` is something else."""
        return self._means.get((at, tells), {}).get(str(answer))


def _rule(entry: Any) -> Rule:
    if not isinstance(entry, Mapping) or not {"at", "tells", "holds", "fires", "quiet"} <= set(entry) <= _KEYS:
        raise ToldError(f"told: each rule needs at, tells, holds, fires, quiet: {entry!r:.60}")
    where = f"told.{entry['at']}.{entry['tells']}"
    for key in ("if_yes", "if_no"):
        if entry.get(key) is not None and entry[key] not in NEEDS:
            raise ToldError(f"{where}.{key}: {entry[key]} is no intent")
    holds = _patterns(entry["holds"], where)
    if not holds:
        raise ToldError(f"{where}.holds: no phrases")
    rule = Rule(
        str(entry["at"]),
        str(entry["tells"]),
        entry.get("if_yes"),
        entry.get("if_no"),
        holds,
        _patterns(entry.get("unless", {"nl": "", "fr": ""}), where),
        _examples(entry["fires"], where),
        _examples(entry["quiet"], where),
    )
    _ = rule.need  # raises
    return rule


def _patterns(texts: Any, where: str) -> dict[str, re.Pattern[str]]:
    """By language, for those that have phrases."""
    try:
        _ = pattern_of(texts)  # raises where a language is missing
        found = {language: pattern_of({"nl": "", "fr": "", language: text}) for language, text in texts.items()}
    except PhraseError as error:
        raise ToldError(f"{where}: {error}") from error
    return {language: pattern for language, pattern in found.items() if pattern is not None}


def _examples(texts: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(texts, Mapping) or set(texts) != {"nl", "fr"} or not all(texts.values()):
        raise ToldError(f"{where}: fires and quiet need sentences in nl and fr")
    return {language: tuple(str(one) for one in found) for language, found in texts.items()}
