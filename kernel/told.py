"""What somebody told before a path asks for it (data/told.yml): the question then says that it was heard, or is not asked at all.

Its phrases are those of `kernel.phrases`. What is denied in the same breath ("hij heeft niks doorgestuurd") is not told, nor is the bot's
own question asked back ("wat gebeurt al langer?").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.language import words_of
from kernel.need import NEEDS
from kernel.phrases import PhraseError, pattern_of

_KEYS = {"at", "tells", "if_yes", "if_no", "walks", "even_denied", "holds", "unless", "fires", "quiet"}
_NOT = {
    "nl": frozenset("niet niks niets nooit geen ni nie nimmer niemand nergens".split()),
    "fr": frozenset("pas jamais rien aucun aucune personne nulle ni".split()),
}
"""Words that deny what stands beside them."""
_BEFORE, _BEHIND = 3, 2
"""How many words away, in the same part of a sentence."""
_PARTS = re.compile(r"[.,;:!?()\n]+")
_JOINS = {"nl": frozenset("maar ma mr want en omdat".split()), "fr": frozenset("mais car et puis parce".split())}
"""Words that begin another part of a sentence."""
_ASKS = frozenset(
    "wat wa wie hoe hoezo welke waar wanneer waarom quoi koi quel quelle quels quelles qui comment comman ou quand pourquoi".split()
)


class ToldError(ValueError):
    """data/told.yml is not what it should be; the message says where."""


@dataclass(frozen=True)
class Rule:
    """One thing that may be told: `tells` is what, at the question `at` (without "utter_ask_").

    `if_yes`, `if_no`: what a plain yes or no to that question then means, where it is another answer. `walks`: it is told so surely
    that the question is not asked; the path goes on as after this answer. `even_denied`: a "not" beside the phrase tells it all the
    same ("als ik niet betaal"). By language: what tells it (`holds`; `says_no`: the languages where a phrase of it holds such a "not"
    itself), what does not all the same (`unless`), and examples for the check.
    """

    at: str
    tells: str
    if_yes: str | None
    if_no: str | None
    walks: str | None
    even_denied: bool
    holds: Mapping[str, re.Pattern[str]]
    says_no: frozenset[str]
    unless: Mapping[str, re.Pattern[str]]
    fires: Mapping[str, tuple[str, ...]]
    quiet: Mapping[str, tuple[str, ...]]

    @property
    def need(self) -> str:
        """The need on whose path the question stands; the longest name that fits. Raises ToldError when there is none."""
        need = need_of(self.at)
        if need is None or need == self.at:
            raise ToldError(f"told.{self.at}: no question of a path")
        return need

    def is_told(self, text: str, language: str) -> bool:
        """Whether `text`, in the plain spelling of its language (`kernel.spelling`), tells it, and does not deny it."""
        unless = self.unless.get(language)
        if unless is not None and unless.search(" ".join(words_of(text))) is not None:
            return False
        return any(self.even_denied or not is_denied for is_denied in self._found(text, language))

    def is_denied(self, text: str, language: str) -> bool:
        """Whether `text` says that it is not so: each phrase that would tell it has a "not" beside it."""
        found = self._found(text, language)
        return bool(found) and all(found) and not self.even_denied

    def _found(self, text: str, language: str) -> list[bool]:
        """For each phrase of `holds` in `text` whether it is denied."""
        holds = self.holds.get(language)
        if holds is None:
            return []
        words, parts = _in_parts(text, language)
        says_no = language in self.says_no
        return [_is_denied(words, parts, found.span(), language, says_no=says_no) for found in holds.finditer(" ".join(words))]


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
        self._walks = {(rule.at, rule.tells): rule.walks for rule in self.rules}
        self._means = {(rule.at, rule.tells): {"affirm": rule.if_yes, "deny": rule.if_no} for rule in self.rules}

    def found(self, text: str, language: str, need: str | None) -> dict[str, str]:
        """What `text`, in the plain spelling of `language` (nl, fr), tells for the path of `need`: question (without "utter_ask_") →
        what is told. The first rule of a question wins."""
        told: dict[str, str] = {}
        for rule in self._by_need.get(str(need), []):
            if rule.at not in told and rule.is_told(text, language):
                told[rule.at] = rule.tells
        return told

    def denied(self, text: str, language: str, known: Mapping[str, str]) -> set[str]:
        """The questions among the `known` (question → what was told) whose telling `text` denies."""
        rules = (rule for rule in self.rules if known.get(rule.at) == rule.tells)
        return {rule.at for rule in rules if rule.is_denied(text, language)}

    def added(self, known: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
        """`known` with what was `found` since; what was told for sure gives way to nothing that was not."""
        kept = {at: tells for at, tells in known.items() if self.walks(at, tells) is not None}
        return {**known, **{at: tells for at, tells in found.items() if at not in kept or self.walks(at, tells) is not None}}

    def walks(self, at: str, tells: str | None) -> str | None:
        """The answer with which the path goes on without asking `at`, where `tells` was told; None where it is asked."""
        return self._walks.get((at, str(tells)))

    def means(self, answer: str | None, at: str, tells: str) -> str | None:
        """What a plain yes or no (`answer`: affirm, deny) means to the question `at` where `tells` was told before; None where it is
        just that, or where `answer` is something else."""
        return self._means.get((at, tells), {}).get(str(answer))


def need_of(name: str) -> str | None:
    """The need whose path has the question or reply `name` ("utter_ask_" and "utter_" aside): the longest that fits; None for none."""
    bare = name.removeprefix("utter_ask_").removeprefix("utter_")
    return max((need for need in NEEDS if bare == need or bare.startswith(f"{need}_")), key=len, default=None)


def is_asked_back(text: str, said: str) -> bool:
    """Whether `text` asks the bot's own words back ("wat gebeurt al langer?" behind "Gebeurt het al langer?"): nothing is told by it.

    `said`: what the bot said last.
    """
    words, of_bot = words_of(text), set(words_of(said))
    rest = [word for word in words if word not in _ASKS]
    asks = "?" in text or len(rest) < len(words)
    return asks and bool(rest) and len(rest) <= 6 and all(word in of_bot for word in rest)


def _in_parts(text: str, language: str) -> tuple[list[str], list[int]]:
    """The words of `text`, and for each of them in which part of a sentence it stands."""
    words: list[str] = []
    parts: list[int] = []
    part = 0
    for piece in _PARTS.split(text):
        part += 1
        for word in words_of(piece):
            part += word in _JOINS.get(language, ())
            words.append(word)
            parts.append(part)
    return words, parts


def _is_denied(words: list[str], parts: list[int], span: tuple[int, int], language: str, *, says_no: bool) -> bool:
    """Whether a word that denies stands in or beside the phrase at `span` of the joined `words`; in it, it is its own where `says_no`."""
    joined = " ".join(words)
    first, behind = joined[: span[0]].count(" "), joined[: span[1]].count(" ") + 1
    no = _NOT[language]
    if not no.isdisjoint(words[first:behind]):
        return not says_no
    before = [words[at] for at in range(max(0, first - _BEFORE), first) if parts[at] == parts[first]]
    after = [words[at] for at in range(behind, min(len(words), behind + _BEHIND)) if parts[at] == parts[behind - 1]]
    return not no.isdisjoint([*before, *after])


def _rule(entry: Any) -> Rule:
    if not isinstance(entry, Mapping) or not {"at", "tells", "holds", "fires", "quiet"} <= set(entry) <= _KEYS:
        raise ToldError(f"told: each rule needs at, tells, holds, fires, quiet: {entry!r:.60}")
    where = f"told.{entry['at']}.{entry['tells']}"
    for key in ("if_yes", "if_no", "walks"):
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
        entry.get("walks"),
        entry.get("even_denied") is True,
        holds,
        frozenset(language for language, text in entry["holds"].items() if not _NOT[language].isdisjoint(words_of(str(text)))),
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
