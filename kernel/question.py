"""One question on the way, as data/questions/asked.yml has it: where it is answered, by which name, and what sets it apart (its marks)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from kernel.language import words_of
from kernel.need import NEEDS
from kernel.phrases import PhraseError, pattern_of
from kernel.urgency import Urgency

WHAT_IS = "what_is"
"""The name under which examples ask what a word means; answered by the word."""
_SAID_BY_ITSELF = "noted"
"""The name that questions bear which have no examples: said by the bot alone, or known by their words."""
REPLY = "utter_question_"
"""How the names of the answers begin (data/responses/questions.yml)."""
_MARKS = (
    *("anywhere", "bare", "alone", "in_danger", "of_body", "over_talk", "serious", "opens", "told", "small"),
    *("for_victims", "after_danger", "of_another", "own_story", "in_strong_words", "drops_level", "over_guess", "far_day", "decides"),
    *("need_first", "in_now"),
)
_WHERE = ("on", "not_on", "not_after", "instead", "unless", "takes", "behind", "yes_to", "no_to", "asked_at", "opened_by")
_KEYS = frozenset({"name", "like", "lines", "law", "need", *_WHERE, *_MARKS})
_WORD_KEYS = frozenset({"name", "said", "lines", "answer"})
_PATHS = frozenset(need for need, known in NEEDS.items() if not known.is_conversation)


class QuestionsError(ValueError):
    """data/questions/asked.yml is not what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: what its examples are called (`like`), on which needs' paths it is given, the need whose lines go with it.

    `bare`: a message of few words that is nothing but this says no more than that: beside a path it is answered rather than guessed at.
    `not_after`: questions of paths, without "utter_ask_", to which it is a plain answer where it has no question mark. `law`: the record of
    data/safety/law.yml that is said behind the answer. `alone`: beside a path no subject is
    asked for behind it. `instead`: beside a path it is answered in place of small talk, and of needs up to this level of urgency when it is
    surer; None for what nothing else understood. `in_danger`: also where it is asked how they get out of a danger now. `of_body`: only
    while a body is in danger (pills, blood, somebody who does not react), and there in place of others. `over_talk`: beside a path it is
    answered in place of what the bot can do and who reads this, whose words it shares. `unless`: words that tell more
    than the question. `serious`: no small talk, though no subject is asked for behind it: what comes next may tell of anything.
    `opens`: nothing is told yet ("ik heb iets gedaan"): beside a path it is answered in place of any plain answer or small talk, and what
    comes next is heard as if it were the first message.
    `takes`: names of examples that ask the same where it is asked how they get out of a danger now, or, with `behind`, right behind these
    questions, which stand alone ("kost da iets", behind a pregnancy: the test). `yes_to`, `no_to`: questions of paths,
    without "utter_ask_" and with * for any end, to which what is told is a yes or a no ("mijn zus weet het al"): said in place of the
    path's remark.
    `told`: what is told rather than asked: never answered where the words hold a phrase of `told_unless`, or an emergency is heard.
    `opened_by`: words that ask or tell nothing but this, whatever the classifier hears; with `behind`, only right behind those.
    `small`: its examples are nothing but small talk, and teach that to the classifier of needs too. `need`: what it is counted as where it
    is asked beside a path.

    What an answer to words (`opened_by`) heeds besides; see bot/components/worded_question.py:
    `for_victims`: its answer says that nothing was their fault: never for who told of a deed of their own, also not by its examples.
    `after_danger`: only where a danger was told or asked about before ("ik beef").
    `of_another`: only about somebody else ("hij is op school"): there the emergency that their path met already is no new one.
    `own_story`: nobody else is spoken of: a friend that was heard in the words is dropped.
    `in_strong_words`: strong words that insult nobody ("klote hier thuis"): also where an insult is heard.
    `drops_level`: beside a path the level of danger that the model alone guessed is dropped: its words leave out what tells of any.
    `over_guess`: beside a path also where the model alone guessed an emergency, and hardly knows which.
    `far_day`: also where an emergency was heard, in words that name a day far off ("on part le 3 juillet").
    `decides`: also in place of a plain answer on a path ("oke ik ga ni"), except to the questions of paths in `asked_at` (without
    "utter_ask_"), which ask just this.
    `need_first`: with `over_talk`: where the need that it is counted as is surely heard, that one's own answer, with its buttons, is given.
    `in_now`: with `in_danger`: also where the same words tell of the danger that was met, but to the questions in `asked_at`.
    """

    name: str
    like: str
    on: frozenset[str]
    anywhere: bool
    lines: str | None
    bare: bool = False
    not_after: frozenset[str] = frozenset()
    law: str | None = None
    alone: bool = False
    instead: Urgency | None = None
    in_danger: bool = False
    of_body: bool = False
    over_talk: bool = False
    unless: re.Pattern[str] | None = None
    serious: bool = False
    opens: bool = False
    told: bool = False
    small: bool = False
    opened_by: re.Pattern[str] | None = None
    need: str | None = None
    takes: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    yes_to: frozenset[str] = frozenset()
    no_to: frozenset[str] = frozenset()
    for_victims: bool = False
    after_danger: bool = False
    of_another: bool = False
    own_story: bool = False
    in_strong_words: bool = False
    drops_level: bool = False
    over_guess: bool = False
    far_day: bool = False
    decides: bool = False
    asked_at: frozenset[str] = frozenset()
    need_first: bool = False
    in_now: bool = False

    @property
    def reply(self) -> str:
        """The response that answers it."""
        return f"{REPLY}{self.name}"

    @property
    def is_of_words(self) -> bool:
        """Whether only its words open it: it has no examples of its own, and those that it names tell something else."""
        return self.like == _SAID_BY_ITSELF and self.opened_by is not None

    @property
    def only_follows(self) -> bool:
        """Whether it is a variant of another that is only opened by its words, right behind what it follows."""
        return self.like != self.name and self.opened_by is not None and bool(self.behind) and not self.takes

    def is_for(self, path: str | None) -> bool:
        """Whether it is answered on the path of the need `path`; None for beside a path."""
        return self.anywhere if path is None else path in self.on

    def says(self, after: str) -> str | None:
        """The plain answer (affirm, deny) that what is told gives to the question `after`, without "utter_ask_"; None for none."""
        for heard, places in (("affirm", self.yes_to), ("deny", self.no_to)):
            if any(fnmatchcase(after, place) for place in places):
                return heard
        return None


def question_of(raw: Any) -> Question:
    """An entry under `asked`. Raises QuestionsError."""
    name = _name(raw, _KEYS)
    marks = [raw.get(mark, False) for mark in _MARKS]
    if ("on" in raw and "not_on" in raw) or not all(isinstance(mark, bool) for mark in marks):
        raise QuestionsError(f"{name}: either on or not_on; {', '.join(_MARKS)} are true or false")
    named = frozenset(str(raw.get("on", raw.get("not_on", ""))).split())
    if unknown := named - _PATHS:
        raise QuestionsError(f"{name}: no need: {', '.join(sorted(unknown))}")
    on = named if "on" in raw else _PATHS - named
    named_in = ("not_after", "takes", "behind", "yes_to", "no_to", "asked_at")
    not_after, takes, behind, yes_to, no_to, asked_at = (frozenset(str(raw.get(key, "")).split()) for key in named_in)
    instead = Urgency.parse(raw["instead"]) if "instead" in raw else None
    like, lines, law = str(raw.get("like", name)), _lines(name, raw), raw.get("law")
    try:
        unless, opened_by = pattern_under("unless", raw), pattern_under("opened_by", raw)
    except QuestionsError as error:
        raise QuestionsError(f"{name}: {error}") from error
    return Question(
        name=name, like=like, on=on, lines=lines, not_after=not_after, law=law, instead=instead, unless=unless, takes=takes, behind=behind,
        opened_by=opened_by, yes_to=yes_to, no_to=no_to, asked_at=asked_at, need=_need(name, raw), **dict(zip(_MARKS, marks, strict=True)),
    )  # fmt: skip


def pattern_under(key: str, raw: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Of the phrases under `key`; None where there are none. Raises QuestionsError."""
    try:
        return pattern_of(raw[key]) if key in raw else None
    except PhraseError as error:
        raise QuestionsError(f"{key} {error}") from error


def word_of(raw: Any, asked: Mapping[str, Question]) -> tuple[Question, list[str]]:
    """The question about a word (an entry under `words`), and its spellings; `answer` names one of `asked` that says what it is.

    Raises QuestionsError.
    """
    name = _name(raw, _WORD_KEYS)
    said = said_in(name, raw.get("said"))
    if "answer" in raw:
        if raw["answer"] not in asked or "lines" in raw:
            raise QuestionsError(f"{name}: answer names a question that is asked, which has the lines")
        return replace(asked[raw["answer"]], like=WHAT_IS, on=_PATHS, anywhere=True, bare=True), said
    return Question(f"word_{name}", WHAT_IS, _PATHS, True, _lines(name, raw), True), said


def said_in(name: str, text: Any) -> list[str]:
    """The phrases between commas in a `text` under `name`. Raises QuestionsError."""
    said = [" ".join(words_of(part)) for part in str(text or "").split(",")]
    if not all(said):
        raise QuestionsError(f"{name}: needs words between commas")
    return said


def _name(raw: Any, keys: frozenset[str]) -> str:
    name = str(raw.get("name") or "") if isinstance(raw, Mapping) else ""
    if not name or set(raw) - keys:
        raise QuestionsError(f"{name or raw}: needs a name, and only {', '.join(sorted(keys))}")
    return name


def _need(name: str, raw: Mapping[str, Any]) -> str | None:
    """Raises QuestionsError for a need that does not exist."""
    need = raw.get("need")
    if need is not None and need not in NEEDS:
        raise QuestionsError(f"{name}: no need: {need}")
    return None if need is None else str(need)


def _lines(name: str, raw: Mapping[str, Any]) -> str | None:
    lines = raw.get("lines")
    if lines is not None and lines not in _PATHS:
        raise QuestionsError(f"{name}: lines names no need: {lines}")
    return None if lines is None else str(lines)
