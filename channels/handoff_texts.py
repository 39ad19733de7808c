"""The words around a hand-off, from data/safety/handoff.yml; and the lines of the card made of what is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from channels.store import CardLine, Conversation, Escalation
from channels.typed import command_of
from channels.worry import Worry
from kernel.language import Language
from kernel.need import NEEDS, urgency_of
from kernel.speakers import FAKE, HARM
from kernel.urgency import Urgency, highest
from safety.fallback import FixedAnswers

_NEEDS = tuple(name for name, need in NEEDS.items() if not need.is_conversation and name != "want_human")
_AGE_GROUPS = ("under14", "14_15", "16_17", "adult")
_ADULT = "adult"
_WHO = ("friend", _ADULT)
_DID = (FAKE, HARM)
"""What the teenager said they did themself (bot/components/doers.py): then the card says that, and nothing of a victim."""
_NOT_OWN = (
    *("pressured_to_send", "nude_spread", "sextortion", "deepfake_nude", "grooming", "teen_pimp", "sexual_abuse", "cyberbullying"),
    *("runaway_thinking", "runaway_now", "unsafe_home", "unaccompanied_minor", "self_harm", "other_wellbeing"),
)
"""Needs whose line says "I" or "me": told of somebody else, the card says so."""
_OF_DOERS = (None, "i_shared_it")
"""What the bot's talk is about where nobody did anything to them."""
_URGENCIES = tuple(level.value for level in Urgency if level is not Urgency.NONE)
_SINGLE = """
    card_language card_wants card_wants_later card_said who_gets_to_know human_open human_closed human_waiting human_here invite
    waiting waiting_emergency waiting_closed waiting_closed_here not_claimed counsellor_here taken_over released given_back
    case_closed came_back mail_subject mail_text
""".split()
_LISTS = {"need": _NEEDS, "other": _NOT_OWN, "age_group": _AGE_GROUPS, "who": _WHO, "urgency": _URGENCIES, "did": _DID}
REQUIRED_NAMES = frozenset(_SINGLE) | {f"card_{kind}_{value}" for kind, values in _LISTS.items() for value in values}
MOST_SENTENCES = 3
SAID = "said"
"""The kind of line that quotes the teenager."""
_LONGEST = 300
_SAYS_SOMETHING = re.compile(r"\w\W+\w+\W+\w")  # three words at least: "ok" and "ja" tell staff nothing


class HandoffTexts:
    """Sentences by name and language, and the card."""

    def __init__(self, fixed: FixedAnswers) -> None:
        self._fixed = fixed

    @classmethod
    def load(cls, path: Path) -> HandoffTexts:
        """Reads data/safety/handoff.yml; raises safety's DataError for a missing or malformed sentence."""
        return cls(FixedAnswers.load(path, REQUIRED_NAMES))

    def text(self, name: str, language: Language, **values: str) -> str:
        """A sentence, with its `{placeholders}` filled."""
        return self._fixed.text(name, language, **values)

    def plain(self, kind: str, value: str, language: Language) -> str:
        """What `value` means, in plain words: `kind` is need, other (a need of somebody else), did, age_group, who or urgency; "" for one
        that has no words."""
        return self.text(f"card_{kind}_{value}", language) if value in _LISTS[kind] else ""

    def card(self, conversation: Conversation, escalation: Escalation, said: Sequence[str], *, is_desk_open: bool) -> list[CardLine]:
        """The lines that staff would get; `said` is what the teenager wrote to the bot, oldest first. Unknown things have no line."""
        language, memory = conversation.language, conversation.memory
        slots = memory.get("slots") or {}
        need = _need_said(conversation, escalation)
        did = slots.get("did") if slots.get("did") in _DID else None
        is_doer = did is not None and slots.get("topic") in _OF_DOERS  # who did it may be in danger too, and then is led along that path
        known = {"did": did} if is_doer else {"need": need, "did": did}
        known |= {"urgency": _urgency_said(conversation, escalation, is_doer=is_doer)}
        who, age = slots.get("who"), slots.get("age_group")
        known |= {"age_group": None if who == _ADULT and age != _ADULT else age, "who": who}  # a child's age is no adult's own
        lines = [CardLine(kind, text, str(value)) for kind, value in known.items() if (text := self._line(kind, value, who, language))]
        lines.append(CardLine("language", self.text("card_language", language), language.value))
        lines.append(CardLine("wants", self.text("card_wants" if is_desk_open else "card_wants_later", language)))
        return lines + [CardLine(SAID, self.text("card_said", language, text=_shortened(text))) for text in telling(said)]

    def _line(self, kind: str, value: object, who: object, language: Language) -> str:
        """As `plain`; a need that is told of somebody else in the words for that."""
        of_another = self.plain("other", str(value), language) if kind == "need" and who in _WHO else ""
        return of_another or self.plain(kind, str(value), language)


def urgency_for(conversation: Conversation, escalation: Escalation) -> Urgency:
    """How soon a person is needed. That a person was offered raised the conversation's own level to high: that alone says nothing.

    Where staff lowered it, only what was told since raises it; not the need of before by its name.
    """
    own = Urgency.EMERGENCY if conversation.urgency is Urgency.EMERGENCY else Urgency.NORMAL
    need = _newer_need(conversation, escalation)
    if escalation.lowered_from is None:
        need = escalation.need or conversation.memory.get("need")
    return highest(own, urgency_of(need), escalation.urgency or Urgency.NONE)


def _urgency_said(conversation: Conversation, escalation: Escalation, *, is_doer: bool) -> str | None:
    """The level that the card names; None for no line. That there is danger is said only where words or a need told it and nobody took it
    back: the model's odds alone are no word of the teenager's. Who did something says how urgent it is themself."""
    level, worry = urgency_for(conversation, escalation), Worry.of(conversation.memory)
    if worry is not None and worry.is_believed:
        return None
    need = _newer_need(conversation, escalation) or escalation.need or conversation.memory.get("need")
    is_told = escalation.is_danger and escalation.reason == "danger"
    is_told = is_told or (worry is not None and worry.level is Urgency.EMERGENCY) or urgency_of(need) is Urgency.EMERGENCY
    if level is Urgency.EMERGENCY and not is_told:
        level = highest(Urgency.NORMAL, urgency_of(need))
    return None if is_doer and level is not Urgency.EMERGENCY else level.value


def _newer_need(conversation: Conversation, escalation: Escalation) -> str | None:
    """What was told since staff lowered the urgency: the memory let go of the need then (channels/lowering.py). None: they did not."""
    return conversation.memory.get("need") if escalation.lowered_from is not None else None


def _need_said(conversation: Conversation, escalation: Escalation) -> str | None:
    """What the card says it is about: where the teenager said that what the bot had understood is not so, the talk's own subject."""
    need = _newer_need(conversation, escalation) or escalation.need or conversation.memory.get("need")
    topic, worry = (conversation.memory.get("slots") or {}).get("topic"), Worry.of(conversation.memory)
    is_taken_back = worry is not None and worry.is_believed and worry.need == need
    return (str(topic) if topic else None) if is_taken_back and topic != need else need


def telling(said: Sequence[str]) -> list[str]:
    """The last few messages that say something, oldest first."""
    fit = [text for text in said if _SAYS_SOMETHING.search(text) and command_of(text) is None]
    return fit[-MOST_SENTENCES:]


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
