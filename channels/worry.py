"""The worry that a sign of danger leaves behind: taken back kindly, and asked about once more later (talk.md, safety behaviour).

Kept in the conversation's stored state, so that it survives a reconnect and a restart of every process. Nothing here lowers
the urgency: staff do, and the worry ends with that (channels/lowering.py). Every sentence and every word that is looked for stands in
data/safety/fixed.yml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from kernel.conversation import BotTurn, Bubble, Choice
from kernel.language import Language, words_of
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD, urgency_of
from kernel.phrases import PhraseError, pattern_of
from kernel.urgency import Urgency, highest
from safety.crisis import Finding
from safety.fallback import FixedAnswers

BELIEVED, RECHECK = "believed", "recheck"
"""The hub's own questions."""
_EARLIEST, _LATEST = 2, 4
"""The re-check comes so many answers after the worry was taken back or the subject changed: as soon as it fits, then anyway."""
_TAKEN_BACK_WITHIN = 6
_SHORT, _LONGER = 14, 30
"""Words of a message that takes back, and of one that may be told laughing."""
_NO_OTHER_SUBJECT = frozenset({*ANSWERS, NOT_UNDERSTOOD, None})
_MOST_ALONE = 7
"""Words that may say so where no danger is spoken of; more tell of what comes: "il arrive à quelle heure le bus 95 svp"."""
_MAY_COME = frozenset({"unsafe_home", "sexual_abuse", "grooming", "teen_pimp", "parental_abduction", "runaway_now"})
"""The dangers that come from somebody who may be near."""
_REACHING_OUT = frozenset({"want_human", "privacy_question"})
_NEVER_IN_BETWEEN = _REACHING_OUT | {"wipe_chat"}
"""Where the re-check would push aside a question that matters more."""


@dataclass(frozen=True, slots=True)
class Worry:
    """One worry. Counts are answers of the bot.

    `age`: since the danger was last heard; `since_turned`: since it was taken back or the subject changed, None before that;
    `question`: the hub's own question that the next message answers; `is_denied`: it was said on its own path that there is none;
    `is_light`: it was told laughing; `held`: the bot's question that waits behind it.
    """

    need: str
    level: Urgency
    age: int = 0
    since_turned: int | None = None
    is_believed: bool = False
    is_rechecked: bool = False
    is_paused: bool = False
    is_denied: bool = False
    is_light: bool = False
    question: str | None = None
    held: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, memory: Mapping[str, Any]) -> Worry | None:
        """The worry in a conversation's memory; None when there is none."""
        kept = memory.get("worry")
        return cls(**{**kept, "level": Urgency.parse(kept["level"])}) if kept else None

    def kept(self) -> dict[str, Any]:
        """JSON-ready, for the memory."""
        return asdict(self) | {"level": self.level.value}

    @property
    def may_be_taken_back(self) -> bool:
        """True while a "grapje" is about this worry, and was not answered yet."""
        return not self.is_believed and self.age <= _TAKEN_BACK_WITHIN

    @property
    def recheck(self) -> str:
        """The name of the gentle question: how it goes now, after an emergency; else whether all is well with what was said."""
        return RECHECK if self.level is Urgency.EMERGENCY else f"{RECHECK}_high"

    def asked(self, question: str, held: Bubble | None = None) -> Worry:
        """The worry after the hub asked its own question."""
        waiting = _packed(held) if held is not None else None
        if question == BELIEVED:
            return replace(self, is_believed=True, since_turned=0, age=self.age + 1, question=question, held=None)
        return replace(self, is_rechecked=True, age=self.age + 1, question=question, held=waiting)

    def denied(self, *, is_explained: bool) -> Worry:
        """The worry after it was said, on its own path, that there is no danger: the talk goes on, and it is asked once more later, unless
        it was explained as a figure of speech."""
        is_rechecked = self.is_rechecked or is_explained
        return replace(
            self, is_believed=True, is_denied=True, is_rechecked=is_rechecked, since_turned=0, age=self.age + 1, question=None, held=None
        )

    @property
    def is_over(self) -> bool:
        """True once it was denied, or explained as a figure of speech: its lines no longer come by themselves."""
        return self.is_denied or (self.is_believed and self.is_rechecked)

    def answered(self) -> Worry:
        """The worry after the hub's own question was answered, in whatever way."""
        return replace(self, question=None, held=None)

    def told_again(self, level: Urgency) -> Worry:
        """The worry after its danger was told once more, at `level`: no longer taken back, and asked about anew, unless it was told in
        answer to that very question."""
        is_rechecked = self.is_rechecked and self.question == RECHECK
        is_light = self.is_light and is_rechecked is self.is_rechecked
        level = highest(self.level, level)
        return Worry(self.need, level, is_rechecked=is_rechecked, is_light=is_light)

    def held_bubble(self, language: Language) -> tuple[Bubble, ...]:
        """The bot's question that waits; nothing when there is none, or the language changed meanwhile."""
        held = self.held
        if held is None or held["language"] != language.value:
            return ()
        choices = tuple(Choice(title, payload) for title, payload in held["choices"])
        return (Bubble(held["text"], language, choices, tuple(held["helplines"])),)


def _packed(bubble: Bubble) -> dict[str, Any]:
    choices = [[choice.title, choice.payload] for choice in bubble.choices]
    return {"text": bubble.text, "language": bubble.language.value, "choices": choices, "helplines": list(bubble.helplines)}


def is_topic(need: str | None) -> bool:
    """True for a need that leads to a path: not small talk, not "not understood"."""
    return need is not None and need != NOT_UNDERSTOOD and need in NEEDS and not NEEDS[need].is_conversation


def heard(finding: Finding | None, need: str | None = None) -> Worry | None:
    """The worry that danger in the words, or the need that the bot heard, brings; None below the level "high"."""
    if finding is not None and finding.level.is_danger:
        return Worry(finding.need, highest(finding.level, urgency_of(finding.need)))
    if need is not None and is_topic(need) and urgency_of(need).is_danger:
        return Worry(need, urgency_of(need))
    return None


def remembering(memory: Mapping[str, Any], finding: Finding | None) -> dict[str, Any]:
    """The memory with danger that was found while the bot says nothing to it: what the talk is about, and the worry."""
    worry = heard(finding)
    return {**memory, "need": worry.need, "worry": worry.kept()} if worry is not None else dict(memory)


def after_turn(before: Worry | None, finding: Finding | None, turn: BotTurn) -> Worry | None:
    """The worry after an answer of the bot: a new one, the same spoken of again, or one from which the talk turned away. `before` holds
    the hub's own question, if this was said to it."""
    now = heard(finding, turn.need)
    if before is None or (now is not None and _is_another(before, now)):
        return now
    goes_on_denied = before.is_denied and finding is None  # the path goes on with what is no danger
    if now is not None and now.need == before.need and not goes_on_denied:
        return before.told_again(now.level)
    turned = before.since_turned
    if turned is not None:
        turned += 1
    elif _turns_away(before, turn):
        turned = 0
    return replace(before.answered(), age=before.age + 1, since_turned=turned, is_paused=turn.need == "wipe_chat")


def _is_another(before: Worry, now: Worry) -> bool:
    """Another danger that is the one to ask about from now on: one as urgent, or any once the first was asked about."""
    return now.need != before.need and (before.is_rechecked or now.level.rank >= before.level.rank)


def _turns_away(worry: Worry, turn: BotTurn) -> bool:
    """Another subject, small talk, a scenario gone back to, or a no that answers nothing on the worry's own path."""
    if turn.slots.get("scenario"):
        return True
    if turn.need in _REACHING_OUT or turn.need in ("affirm", "dont_know", "wipe_chat"):
        return False
    if turn.need == "deny":
        return not _is_on_path(worry, turn)
    return turn.need in NEEDS and turn.need != worry.need


def _is_on_path(worry: Worry, turn: BotTurn) -> bool:
    """True when the bot itself is still asking about the worry."""
    return turn.slots.get("topic") == worry.need and turn.need in _NO_OTHER_SUBJECT


def _is_asked_about(worry: Worry) -> bool:
    """An emergency that the talk turned away from; lesser danger once it was taken back. Who merely speaks of something else after that
    had its lines and did not say that nothing was wrong."""
    return worry.level is Urgency.EMERGENCY or worry.is_believed


def recheck_is_due(before: Worry | None, after: Worry | None, turn: BotTurn) -> bool:
    """True when this answer is the one to carry the gentle question."""
    if before is None or after is None or after.is_rechecked or after.since_turned is None or not _is_asked_about(after):
        return False
    if before.is_paused or turn.need in _NEVER_IN_BETWEEN or after.since_turned < _EARLIEST:
        return False
    says_something = len(turn.bubbles) > 1 or not turn.bubbles[-1].choices
    return after.since_turned >= _LATEST or (says_something and not _is_on_path(after, turn))


class ShortPhrases:
    """Hears one of the phrases `name`_words in a short text, unless a word of `name`_not stands right around it."""

    def __init__(self, fixed: FixedAnswers, name: str) -> None:
        self._is_long = name == "laughs"
        self._phrases = [words_of(phrase) for phrase in _listed(fixed, f"{name}_words")]
        self._turned_round = {word for phrase in _listed(fixed, f"{name}_not") for word in words_of(phrase)}

    @staticmethod
    @lru_cache(16)
    def of(fixed: FixedAnswers, name: str) -> ShortPhrases:
        """Made once for each reading of the fixed sentences."""
        return ShortPhrases(fixed, name)

    def are_in(self, text: str) -> bool:
        """Whether `text` is short and holds one of them."""
        words = words_of(text)
        return len(words) <= (_LONGER if self._is_long else _SHORT) and any(self._says(words, phrase) for phrase in self._phrases)

    def _says(self, words: list[str], phrase: list[str]) -> bool:
        length = len(phrase)
        for start in range(len(words) - length + 1):
            end = start + length
            around = {*words[max(start - 3, 0) : start], *words[end : end + 1]}  # "geen grapje", "je rigole pas"
            if words[start:end] == phrase and not self._turned_round & around:
                return True
        return False


def takes_back(fixed: FixedAnswers, text: str) -> bool:
    """Whether a worry is taken back: "grapje", "c'était une blague"; not "geen grapje", nor a doubt or what somebody else says of it."""
    return ShortPhrases.of(fixed, "denial").are_in(text) and not _holds(fixed, "doubt_words", text)


def is_meant_after_all(fixed: FixedAnswers, worry: Worry, text: str) -> bool:
    """Whether a worry that was taken back, or left for another subject, is said to be true after all: "eigenlijk ni grapje"."""
    return worry.since_turned is not None and (ShortPhrases.of(fixed, "meant").are_in(text) or _is_still_so(fixed, worry, text))


def _is_still_so(fixed: FixedAnswers, worry: Worry, text: str) -> bool:
    """Whether the answer to "you want to talk of other things?" goes back to what was taken back: "ja maar soms denk ik da echt"."""
    if worry.question != BELIEVED or _holds(fixed, "still_aside_words", text):
        return False
    return ShortPhrases.of(fixed, "still").are_in(text)


def is_coming(fixed: FixedAnswers, need: str | None, text: str) -> bool:
    """Whether words say that a danger is now or about to be: "hij komt naar boven", "il revient"; where another kind of danger is
    spoken of (a picture) they say something else."""
    if need in _MAY_COME:
        return ShortPhrases.of(fixed, "coming").are_in(_comes_later(fixed).sub(" ", " ".join(words_of(text))))
    is_short = len(text.split()) <= _MOST_ALONE
    return is_short and not urgency_of(need).is_danger and ShortPhrases.of(fixed, "alone").are_in(text)


def is_help_coming(fixed: FixedAnswers, text: str) -> bool:
    """Whether words say, once help was called, that it comes or is there: "ils arrivent", "ze zijn hier"."""
    return ShortPhrases.of(fixed, "help").are_in(text)


def is_help_called(fixed: FixedAnswers, text: str) -> bool:
    """Whether words say that help was called, where they may go on with "ze komen"."""
    return ShortPhrases.of(fixed, "called").are_in(text)


@lru_cache(2)
def _comes_later(fixed: FixedAnswers) -> re.Pattern[str]:
    """What comes, but not now: "il rentre à 18h", "mijn oma komt mij halen". Raises PhraseError."""
    pattern = pattern_of({language.value: fixed.text("coming_later_words", language) for language in Language})
    if pattern is None:
        raise PhraseError("coming_later_words: no phrases")
    return pattern


def is_explained(fixed: FixedAnswers, worry: Worry, text: str) -> bool:
    """Whether a worry is explained away as a figure of speech, or as a joke where it was told laughing: nothing is asked about it later.
    That it was a joke does not explain what was told in earnest."""
    return ShortPhrases.of(fixed, "explained").are_in(text) or (worry.is_light and takes_back(fixed, text))


def is_laughing(fixed: FixedAnswers, text: str) -> bool:
    """Whether somebody laughs in a short text."""
    return ShortPhrases.of(fixed, "laughs").are_in(text)


def _holds(fixed: FixedAnswers, name: str, text: str) -> bool:
    """Whether one of the phrases `name` stands anywhere in the text."""
    flat = f" {' '.join(words_of(text))} "
    return any(f" {' '.join(words_of(phrase))} " in flat for phrase in _listed(fixed, name))


def _listed(fixed: FixedAnswers, name: str) -> list[str]:
    return [phrase for language in Language for phrase in fixed.text(name, language).split(",")]
