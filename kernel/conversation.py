"""A conversation, its messages and replies, as every room names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kernel.language import Language


class Holder(StrEnum):
    """Who answers the teenager: exactly one at a time."""

    BOT = "bot"
    WAITING = "waiting"
    COUNSELLOR = "counsellor"
    CLOSED = "closed"


class Speaker(StrEnum):
    """Who said something."""

    TEENAGER = "teenager"
    BOT = "bot"
    COUNSELLOR = "counsellor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and what it means (a payload such as `/affirm`; outside the hub an opaque id)."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One reply bubble before it is stored: text, buttons, and the ids of the helplines to show, first to name first."""

    text: str
    language: Language
    choices: tuple[Choice, ...] = ()
    helplines: tuple[str, ...] = ()
    speaker: Speaker = Speaker.BOT


@dataclass(frozen=True, slots=True)
class BotTurn:
    """What the bot gives back for one message.

    `state` is opaque to the hub (JSON-ready); `confidence` lies between 0 and 1; `detected` is the language of the
    message itself and may be "en", which the relay answers with one bilingual sentence; `acted` names the custom actions;
    `says_now`: the message itself says, in words or by circumstances, that a danger is now; `takes_back`: that nothing of the kind was
    meant ("t is een boek voor school"); `denies`: the needs that it says are not so ("papa slaat niet"); `is_denied`: that a danger, or a
    wish to die, told before is none, and the talk goes on; `helped`: since the danger was met, help was called or has come;
    `said_lightly`: the needs of words of danger that the rest of a first message takes back.
    """

    bubbles: tuple[Bubble, ...]
    need: str | None
    confidence: float
    urgency: str
    language: Language
    detected: str
    slots: dict[str, object] = field(default_factory=dict)
    state: dict[str, object] = field(default_factory=dict)
    acted: tuple[str, ...] = ()
    says_now: bool = False
    takes_back: bool = False
    denies: tuple[str, ...] = ()
    is_denied: bool = False
    helped: bool = False
    said_lightly: tuple[str, ...] = ()
