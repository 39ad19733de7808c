"""Questions that may be asked on the way, in the middle of a path (data/questions/asked.yml): where each is answered, and by which name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kernel.clauses import AskingWords
from kernel.language import Language, words_of
from kernel.question import WHAT_IS, Question, QuestionsError, pattern_under, question_of, said_in, word_of

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


class Questions:
    """All of data/questions/asked.yml. Holds no state between messages."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        """`section`: what stands under `questions:`. Raises QuestionsError."""
        if set(section) - {"titles", "told_unless"} != {"asked", "words", "begins", "holds"}:
            raise QuestionsError("questions: asked, words, begins, holds, told_unless and titles, nothing else")
        self.asking = AskingWords(frozenset(_in_both("begins", section)), tuple(_in_both("holds", section)))
        asked = [question_of(raw) for raw in section["asked"] or ()]
        by_name = {question.name: question for question in asked}
        words = [word_of(raw, by_name) for raw in section["words"] or ()]
        own = [word for word, _ in words if word.name not in by_name]
        self.all: dict[str, Question] = by_name | {word.name: word for word in own}
        if len(self.all) != len(asked) + len(own):
            raise QuestionsError("questions: two have the same name")
        self.titles = {str(label): _title(str(label), raw) for label, raw in (section.get("titles") or {}).items()}
        if unknown := set(self.titles) - self.labels - {MEANT_OTHERS}:
            raise QuestionsError(f"titles: no question: {', '.join(sorted(unknown))}")
        self._told_unless = pattern_under("told_unless", section)
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
    r"\b(?:mij|me(?! (?:dire|expliquer|zeggen|uitleggen))|mijn|mn|men|"
    r"heb|kheb|hij|ze|zij|iemand|iemad|iemd|gast|overkom\w*|overkwam|gebeurd|m|moi|mon|mes"
    r"|il (?!faut|y\b|parait)|ils|elle|quelqu|qqn|kelkun|mec|gars|type|menace\w*|dreig\w*)\b"
)
"""Beside the question what a word means: somebody, or what was done."""
_ASKS_MEANING = (
    r"(?:(?:wat|wa|wuk) (?:is|s|zijn|betekent|betekend|wil zeggen)|(?:c|cest|c est|ca veut dire|sa veut dire) (?:quoi|koi|kwa)"
    r"|qu est ce que(?: c est)?(?: que)?|quest ce que|keske|que (?:veut dire|signifie)|verschil|difference(?: entre| avec)?|pas compris"
    r"|(?:niet|ni|nie) begrijpen|(?:wat|wa) (?:het|da|dat|t) (?:is|betekent)|def(?:inition)?(?: (?:de|du|d))?|betekenis(?: van)?)"
)
_MEANING_BEHIND = r"(?:(?:wat|wa) (?:is|s|betekent|betekend|zijn)|(?:c|cest|c est|ca veut dire|sa veut dire|veut dire) (?:quoi|koi|kwa))"


def _meaning_of(said: list[str]) -> re.Pattern[str]:
    """How it is asked what one of the words `said` means, in both languages, with nothing of weight between."""
    word = rf"(?:{'|'.join(sorted(map(re.escape, said), key=len, reverse=True))})"
    before, between = rf"{_ASKS_MEANING} {_OF_NO_WEIGHT}{{0,3}}{word}", rf"(?:wat|wa) {_OF_NO_WEIGHT}?{word} (?:is|betekent|zijn)"
    return re.compile(rf"\b(?:{before}|{between}|{word} {_MEANING_BEHIND})\b")


def _taken(odds: Mapping[str, float], by: list[Question]) -> dict[str, float]:
    """The `odds` where these questions count what they take as their own."""
    taken = {label: question.like for question in by for label in question.takes}
    found = {label: sure for label, sure in odds.items() if label not in taken}
    for label, taker in taken.items():
        found[taker] = found.get(taker, 0.0) + odds.get(label, 0.0)
    return found


def _title(label: str, raw: Any) -> dict[Language, str]:
    said = {language: str((raw or {}).get(language.value) or "") for language in Language} if isinstance(raw, Mapping) else {}
    if not all(said.values()) or not said:
        raise QuestionsError(f"titles: {label}: needs nl and fr")
    return said


def _in_both(key: str, section: Mapping[str, Any]) -> list[str]:
    """The words of both languages under `key`."""
    return [word for language in Language for word in said_in(key, (section[key] or {}).get(language.value))]
