"""Questions that may be asked on the way, in the middle of a path (data/questions/asked.yml): where each is answered, and by which name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from kernel.clauses import AskingWords
from kernel.language import Language, words_of
from kernel.need import NEEDS
from kernel.phrases import PhraseError, pattern_of
from kernel.urgency import Urgency

WHAT_IS = "what_is"
"""The name under which examples ask what a word means; answered by the word."""
_SAID_BY_ITSELF = "noted"
"""The name that questions bear which have no examples: said by the bot alone, or known by their words."""
NO_QUESTION = "none"
"""The name of examples that ask none of these questions."""
MEANT, MEANT_OTHERS = "meant", "meant_others"
"""Said by the bot alone: which of some questions is meant, with a button for each; and that it is none of them."""
LEAVES = frozenset({"will_harm", "will_harm_now", "will_harm_meant"})
"""Said to who announces to hurt somebody (bot/components/threats.py): whichever path was begun for a victim is left."""
OF_OTHERS = frozenset({"attack_planned", "drug_errand"})
"""Said where others plan an attack or force somebody to carry drugs (bot/components/others_plans.py)."""
NOT_ALONE = frozenset({"not_alone", "parent_near"})
"""Said to who fears that somebody reads along."""
WAITS_AFTER = frozenset({MEANT, "annoyed", "let_go", "just_friend", *NOT_ALONE, *LEAVES, *OF_OTHERS})
"""Which question is meant; and what is said to who is annoyed, wants to stop, fears that somebody reads along, or says that it is only a
friend: the path's own question waits, as behind LEAVES and OF_OTHERS."""
ASKS = "/question:"
"""The payload of such a button begins so; the question's name follows."""
_MOST_OFFERED, _LEAST_OFFERED, _LEAST_FIRST = 3, 0.04, 0.15
"""So many questions are offered at most, each at least so likely, the first likelier still."""
REPLY = "utter_question_"
"""How the names of the answers begin (data/responses/questions.yml)."""
_MARKS = ("anywhere", "bare", "alone", "in_danger", "of_body", "over_talk", "serious", "opens", "told", "small")
_WHERE = ("on", "not_on", "not_after", "instead", "unless", "takes", "behind", "yes_to", "no_to", "opened_by")
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


class Questions:
    """All of data/questions/asked.yml. Holds no state between messages."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        """`section`: what stands under `questions:`. Raises QuestionsError."""
        if set(section) - {"titles", "told_unless"} != {"asked", "words", "begins", "holds"}:
            raise QuestionsError("questions: asked, words, begins, holds, told_unless and titles, nothing else")
        self.asking = AskingWords(frozenset(_in_both("begins", section)), tuple(_in_both("holds", section)))
        asked = [_question(raw) for raw in section["asked"] or ()]
        by_name = {question.name: question for question in asked}
        words = [_word(raw, by_name) for raw in section["words"] or ()]
        own = [word for word, _ in words if word.name not in by_name]
        self.all: dict[str, Question] = by_name | {word.name: word for word in own}
        if len(self.all) != len(asked) + len(own):
            raise QuestionsError("questions: two have the same name")
        self.titles = {str(label): _title(str(label), raw) for label, raw in (section.get("titles") or {}).items()}
        if unknown := set(self.titles) - self.labels - {MEANT_OTHERS}:
            raise QuestionsError(f"titles: no question: {', '.join(sorted(unknown))}")
        self._told_unless = _pattern("told_unless", section)
        self._words = [(f" {said} ", word) for word, phrases in words for said in phrases]
        self._asks_meaning = _meaning_of([said for _, phrases in words for said in phrases])

    @property
    def labels(self) -> frozenset[str]:
        """The names that examples must have: one for each question, one for what words mean, one for none of them."""
        return frozenset(question.like for question in self.all.values()) | {NO_QUESTION}

    def in_danger(self, odds: Mapping[str, float]) -> dict[str, float]:
        """The `odds` of each name of examples where a danger now is asked about: "what do I say if I call?" means 112 there."""
        return _taken(odds, [question for question in self.all.values() if not question.behind and not question.is_of_words])

    def behind(self, odds: Mapping[str, float], talk: str | None) -> dict[str, float]:
        """The `odds` of each name of examples right behind the question `talk`, which stands alone; None behind none."""
        return _taken(odds, [question for question in self.all.values() if talk in question.behind and not question.is_of_words])

    def on_path(self, odds: Mapping[str, float], path: str | None, none: float) -> dict[str, float]:
        """The `odds` on the path of the need `path` (None: beside one), 0..1, of what can be asked there; they sum to 1.

        Most of what is said on a path asks nothing, while each name of examples weighs alike in training: what asks none counts `none`
        times. What is answered on other paths only, and what asks none of it, competes no more with what is answered here.
        """
        possible = {question.like for question in self.all.values() if question.is_for(path) and not question.is_of_words} | {WHAT_IS}
        stays = {label for label in odds if label in possible or label not in self.labels or label == NO_QUESTION}
        found = {label: odds[label] * (none if label == NO_QUESTION else 1.0) for label in stays}
        whole = sum(found.values())
        return {label: sure / whole for label, sure in found.items()} if whole > 0.0 else found

    def meaning(self, text: str) -> Question | None:
        """The word whose meaning a `text` asks in so many words, whatever else stands there ("wa is grooming? moet da weten vo taak"); None
        for none, and where somebody tells of themself beside it."""
        words = " ".join(words_of(text))
        if _TELLS_OF_SELF.search(words) or not self._asks_meaning.search(words):
            return None
        return self.asked(WHAT_IS, text, None)

    def may_be_meant(self, odds: Mapping[str, float], text: str, path: str | None) -> tuple[Question, ...]:
        """What a `text` may ask on the path of the need `path` (None: beside a path), the likeliest first, three at most; only what has a
        title, so that it can be offered.

        `odds`: the probability of each name of examples, 0..1.
        """
        labels = sorted(odds, key=lambda label: -odds[label])
        likely = [label for label in labels if label != NO_QUESTION and odds[label] >= _LEAST_OFFERED]
        titled = [label for label in likely if label in self.titles]
        if not titled or odds[titled[0]] < _LEAST_FIRST:
            return ()
        found = [self.asked(label, text, path) for label in titled]
        return tuple(question for question in found if question is not None)[:_MOST_OFFERED]

    def title(self, question: Question, language: Language) -> str:
        """How a button names the question. Raises KeyError for one that has no title."""
        return self.titles[question.name if question.name == MEANT_OTHERS else question.like][language]

    def asked(self, label: str, text: str, path: str | None, *, in_danger: bool = False, of_body: bool = False) -> Question | None:
        """The question that a `text` heard as `label` asks on the path of the need `path` (None: beside a path).

        `in_danger`: it was asked how they get out of a danger now, where the same words mean 112 ("komt de politie dan?"). `of_body`: it
        is a body that is in danger, so nobody has to get away, or to wait and see ("tzal wel meevallen").
        None when it is not answered there, or the words tell more; where several are heard alike, the first of which they do not.
        """
        if label == WHAT_IS:
            flat = f" {' '.join(words_of(text))} "
            return next((word for said, word in self._words if said in flat), None)
        possible = [question for question in self.all.values() if question.like == label and question.is_for(path)]
        alike = [question for question in possible if not question.is_of_words and not question.only_follows]
        fitting = [question for question in alike if of_body and question.of_body] or [one for one in alike if not one.of_body]
        words = " ".join(words_of(text))
        said = [one for one in fitting if one.name == label or one.opened_by is None or one.opened_by.search(words)]
        first = [question for question in said if question.in_danger is in_danger] or said
        others = [question for question in fitting if question not in said]  # known by words that are not there: behind all else
        return next((question for question in (*first, *others) if not self._tells_more(question, words)), None)

    def opened(self, text: str, path: str | None, talk: str | None, *, in_danger: bool = False) -> Question | None:
        """The first question whose own words stand in `text` (`opened_by`), on the path of the need `path` (None: beside one) and, beside a
        path, right behind the question `talk`. `in_danger`: it was asked how they get out of a danger now."""
        words = " ".join(words_of(text))
        for question in sorted(self.all.values(), key=lambda one: not one.behind):  # what stands right behind another goes first
            is_here = question.is_for(path) and (question.in_danger or not in_danger) and (not question.behind or talk in question.behind)
            is_said = is_here and question.opened_by is not None and question.opened_by.search(words) is not None
            if is_said and not self._tells_more(question, words):
                return question
        return None

    def _tells_more(self, question: Question, words: str) -> bool:
        """Whether the `words` hold what the `question` does not answer."""
        unless = (question.unless, self._told_unless if question.told else None)
        return any(pattern is not None and pattern.search(words) for pattern in unless)


_OF_NO_WEIGHT = (
    r"(?:(?:een|de|het|t|da|dat|nu|eigenlijk|eigelijk|eig|precies|juist|exact|en|of|tss|tussen|nen|ne|le|la|l|les|un|une|du|entre|et) )"
)
_TELLS_OF_SELF = re.compile(
    r"\b(?:mij|me|mijn|mn|men|heb|kheb|hij|ze|zij|iemand|iemad|iemd|gast|overkom\w*|overkwam|gebeurd|m|moi|mon|mes"
    r"|il (?!faut|y\b|parait)|ils|elle|quelqu|qqn|kelkun|mec|gars|type|menace\w*|dreig\w*)\b"
)
"""Beside the question what a word means: somebody, or what was done."""
_ASKS_MEANING = (
    r"(?:(?:wat|wa|wuk) (?:is|s|zijn|betekent|betekend|wil zeggen)|(?:c|cest|c est|ca veut dire|sa veut dire) (?:quoi|koi|kwa)"
    r"|qu est ce que(?: c est)?(?: que)?|quest ce que|keske|que (?:veut dire|signifie)|verschil|difference|pas compris"
    r"|(?:niet|ni|nie) begrijpen)"
)
_MEANING_BEHIND = r"(?:(?:wat|wa) (?:is|s|betekent|betekend|zijn)|(?:c|cest|c est|ca veut dire|sa veut dire|veut dire) (?:quoi|koi|kwa))"


def _meaning_of(said: list[str]) -> re.Pattern[str]:
    """How it is asked what one of the words `said` means, in both languages, with nothing of weight between."""
    word = rf"(?:{'|'.join(sorted(map(re.escape, said), key=len, reverse=True))})"
    before, between = rf"{_ASKS_MEANING} {_OF_NO_WEIGHT}{{0,3}}{word}", rf"(?:wat|wa) {_OF_NO_WEIGHT}?{word} (?:is|betekent|zijn)"
    return re.compile(rf"\b(?:{before}|{between}|{word} {_MEANING_BEHIND})\b")


def _question(raw: Any) -> Question:
    name = _name(raw, _KEYS)
    marks = [raw.get(mark, False) for mark in _MARKS]
    if ("on" in raw and "not_on" in raw) or not all(isinstance(mark, bool) for mark in marks):
        raise QuestionsError(f"{name}: either on or not_on; {', '.join(_MARKS)} are true or false")
    named = frozenset(str(raw.get("on", raw.get("not_on", ""))).split())
    if unknown := named - _PATHS:
        raise QuestionsError(f"{name}: no need: {', '.join(sorted(unknown))}")
    on = named if "on" in raw else _PATHS - named
    named_in = ("not_after", "takes", "behind", "yes_to", "no_to")
    not_after, takes, behind, yes_to, no_to = (frozenset(str(raw.get(key, "")).split()) for key in named_in)
    instead = Urgency.parse(raw["instead"]) if "instead" in raw else None
    like, lines, law = str(raw.get("like", name)), _lines(name, raw), raw.get("law")
    try:
        unless, opened_by = _pattern("unless", raw), _pattern("opened_by", raw)
    except QuestionsError as error:
        raise QuestionsError(f"{name}: {error}") from error
    return Question(
        name=name, like=like, on=on, lines=lines, not_after=not_after, law=law, instead=instead, unless=unless, takes=takes, behind=behind,
        opened_by=opened_by, yes_to=yes_to, no_to=no_to, need=_need(name, raw), **dict(zip(_MARKS, marks, strict=True)),
    )  # fmt: skip


def _taken(odds: Mapping[str, float], by: list[Question]) -> dict[str, float]:
    """The `odds` where these questions count what they take as their own."""
    taken = {label: question.like for question in by for label in question.takes}
    found = {label: sure for label, sure in odds.items() if label not in taken}
    for label, taker in taken.items():
        found[taker] = found.get(taker, 0.0) + odds.get(label, 0.0)
    return found


def _pattern(key: str, raw: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Of the phrases under `key`; None where there are none."""
    try:
        return pattern_of(raw[key]) if key in raw else None
    except PhraseError as error:
        raise QuestionsError(f"{key} {error}") from error


def _word(raw: Any, asked: Mapping[str, Question]) -> tuple[Question, list[str]]:
    """The question about a word, and its spellings; `answer` names one of `asked` that says what it is."""
    name = _name(raw, _WORD_KEYS)
    said = _phrases(name, raw.get("said"))
    if "answer" in raw:
        if raw["answer"] not in asked or "lines" in raw:
            raise QuestionsError(f"{name}: answer names a question that is asked, which has the lines")
        return replace(asked[raw["answer"]], like=WHAT_IS, on=_PATHS, anywhere=True, bare=True), said
    return Question(f"word_{name}", WHAT_IS, _PATHS, True, _lines(name, raw), True), said


def _title(label: str, raw: Any) -> dict[Language, str]:
    said = {language: str((raw or {}).get(language.value) or "") for language in Language} if isinstance(raw, Mapping) else {}
    if not all(said.values()) or not said:
        raise QuestionsError(f"titles: {label}: needs nl and fr")
    return said


def _phrases(name: str, text: Any) -> list[str]:
    said = [" ".join(words_of(part)) for part in str(text or "").split(",")]
    if not all(said):
        raise QuestionsError(f"{name}: needs words between commas")
    return said


def _in_both(key: str, section: Mapping[str, Any]) -> list[str]:
    """The words of both languages under `key`."""
    return [word for language in Language for word in _phrases(key, (section[key] or {}).get(language.value))]


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
