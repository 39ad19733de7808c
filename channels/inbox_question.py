"""When the one question about sentences that were not understood may be asked, and what counts as a yes. Nothing here touches the store.

It is asked once, after a goodbye, where the bot has just said its own; never when the urgency was high at any time, nor when an age
under 16 was said or can be guessed. Most people never say how old they are, and readers are from 11 on: so the question itself says
that it is for 16 and older, and the button that says yes says the age too. Without that no sentence is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from channels.store import Body, Conversation, Outcome
from channels.turn import Answer
from kernel.conversation import Bubble, Choice, Holder, Speaker
from kernel.language import Language, words_of
from kernel.urgency import Urgency
from safety.crisis import Finding
from safety.fallback import FixedAnswers
from safety.masking_text import KINDS

YES, NO = "/inbox_yes", "/inbox_no"
"""Payloads of the two buttons: the hub's own, never the bot's."""
_TOKEN = re.compile(r"\[(" + "|".join(KINDS) + r")\]")
NAMES = frozenset(f"inbox_token_{kind}" for kind in KINDS) | frozenset(
    f"inbox_{name}" for name in ("question", "yes", "no", "thanks", "refused", "yes_words", "no_words", "young_words")
)
UNSURE = 0.5
"""Below this confidence (0 to 1) a sentence counts as not understood."""
MOST_SENTENCES = 5
_FEWEST_WORDS, _LONGEST = 2, 300
_ENDS = frozenset({"thanks_bye", "deny"})
_SMALL_TALK = frozenset({"affirm", "deny", "dont_know", "thanks_bye", "greeting", "insult", "wipe_chat", "switch_language"})
_OPEN, _OVER = "open", "over"
_YOUNG_GROUPS = frozenset({"under14", "14_15"})
_YOUNG_NUMBER = re.compile(r"(?<!\d)(?:[5-9]|1[0-5])(?!\d)")
"""Any number from 5 to 15, whatever it counts: an age is written in too many ways, and a question less is no harm."""


class InboxQuestion:
    """The question's words, and its rules."""

    def __init__(self, texts: FixedAnswers) -> None:
        self._texts = texts
        self._yes, self._no = (self._listed(f"inbox_{name}_words") for name in ("yes", "no"))
        self._young = [words for language in Language for words in self._listed("inbox_young_words")[language]]

    @classmethod
    def load(cls, path: Path) -> InboxQuestion:
        """From data/safety/inbox.yml. Raises DataError when a sentence is missing."""
        return cls(FixedAnswers.load(path, NAMES))

    def _listed(self, name: str) -> dict[Language, list[list[str]]]:
        return {code: [words_of(part) for part in self._texts.text(name, code).split(",")] for code in Language}

    def natural(self, masked: str, language: Language) -> str:
        """A masked sentence as a person would say it: [name] becomes "iemand"."""
        return _TOKEN.sub(lambda found: self._texts.text(f"inbox_token_{found[1]}", language), masked)

    # ---- what was not understood ---------------------------------------------------------------------------------

    def noted(self, conversation: Conversation, message_id: str, body: Body, finding: Finding | None, answer: Answer) -> Answer:
        """The answer, remembering (by its id, never its words) a message that was not understood; the open question is over."""
        if answer.outcome.memory is None:
            return answer
        kept = self._kept(conversation.memory)
        if kept.get("question") == _OPEN:
            kept["question"] = _OVER
        if self._is_unclear(body, finding, answer):
            seen = [entry for entry in kept.get("unclear", []) if entry[0] != message_id]
            kept["unclear"] = [*seen, [message_id, answer.need, round(answer.confidence, 3)]][-MOST_SENTENCES:]
        return _with(answer, kept) if kept else answer

    def _is_unclear(self, body: Body, finding: Finding | None, answer: Answer) -> bool:
        if body.payload is not None or finding is not None or answer.fallback is not None:
            return False
        if answer.bubbles and answer.bubbles[0].speaker is Speaker.SYSTEM:  # the hub's own words, such as those to English
            return False
        if ((answer.outcome.memory or {}).get("slots") or {}).get("scenario"):
            return False  # said to a story, not to the bot
        if answer.need in _SMALL_TALK or len(body.text) > _LONGEST or len(words_of(body.text)) < _FEWEST_WORDS:
            return False
        return answer.need is None or answer.confidence < UNSURE

    # ---- asking --------------------------------------------------------------------------------------------------

    def is_due(self, conversation: Conversation, finding: Finding | None, answer: Answer) -> bool:
        """Whether this answer is the end of a chat in which it may be asked; ages said in words are looked at by `sounds_young`."""
        kept = self._kept(answer.outcome.memory or {})
        is_end = answer.need in _ENDS and answer.fallback is None and len(answer.bubbles) == 1 and not answer.bubbles[-1].choices
        return is_end and bool(kept.get("unclear")) and "question" not in kept and self.is_allowed(conversation, finding, answer)

    def is_allowed(self, conversation: Conversation, finding: Finding | None, answer: Answer | None = None) -> bool:
        """Never after high urgency, nor in an age group under 16, nor while anybody but the bot answers."""
        memories: list[Mapping[str, Any]] = [conversation.memory]
        levels = [conversation.urgency]
        if answer is not None:
            memories.append(answer.outcome.memory or {})
            levels.append(answer.outcome.urgency)
        calm = finding is None and not any(level.is_danger for level in levels) and not any(memory.get("worry") for memory in memories)
        calm = calm and not conversation.urgency_version  # nor where staff lowered it since
        groups = {str((memory.get("slots") or {}).get("age_group")) for memory in memories}
        return calm and conversation.holder is Holder.BOT and not groups & _YOUNG_GROUPS

    def sounds_young(self, said: Iterable[str]) -> bool:
        """Whether something in what was said makes one guess an age under 16: a number, a class, a primary school."""
        for text in said:
            words = words_of(text)
            flat = f" {' '.join(words)} "
            if _YOUNG_NUMBER.search(text) or any(f" {' '.join(young)} " in flat for young in self._young if young):
                return True
        return False

    def asked(self, answer: Answer) -> Answer:
        """The answer with the question as its last bubble."""
        language = answer.bubbles[-1].language
        choices = (Choice(self._texts.text("inbox_yes", language), YES), Choice(self._texts.text("inbox_no", language), NO))
        question = Bubble(self._texts.text("inbox_question", language), language, choices)
        kept = self._kept(answer.outcome.memory or {}) | {"question": _OPEN}
        return _with(replace(answer, bubbles=(*answer.bubbles, question)), kept)

    # ---- the answer to it ----------------------------------------------------------------------------------------

    def decision(self, conversation: Conversation, body: Body) -> bool | None:
        """True for a yes, False for a no, None for a message that is not about the question.

        A button counts whenever it is pressed (one that is no longer open as a no); typed words only right after the question.
        """
        is_open = self._kept(conversation.memory).get("question") == _OPEN
        if body.payload in (YES, NO):
            return is_open and body.payload == YES
        if body.payload is not None or not is_open:
            return None
        words = words_of(body.text)
        for listed, meant in ((self._yes, True), (self._no, False)):
            if words and any(words in phrases for phrases in listed.values()):
                return meant
        return None

    def unclear(self, conversation: Conversation) -> list[tuple[str, str | None, float]]:
        """The remembered messages: id, what they were taken for, how surely."""
        return [(str(one[0]), one[1], float(one[2])) for one in self._kept(conversation.memory).get("unclear", [])]

    def thanked(self, conversation: Conversation, *, is_taken: bool) -> Answer:
        """What is said to a yes or a no. The question is over for this conversation."""
        language = conversation.language
        text = self._texts.text("inbox_thanks" if is_taken else "inbox_refused", language)
        memory = conversation.memory | {"inbox": {"question": _OVER}, "said": text}
        return Answer((Bubble(text, language),), Outcome(Urgency.NONE, memory=memory))

    @staticmethod
    def _kept(memory: Mapping[str, Any]) -> dict[str, Any]:
        return dict(memory.get("inbox") or {})


def _with(answer: Answer, kept: Mapping[str, Any]) -> Answer:
    memory = (answer.outcome.memory or {}) | {"inbox": dict(kept)}
    return replace(answer, outcome=replace(answer.outcome, memory=memory))
