"""Chat protocol version 1: frames of clients, checked and typed; events of the hub as frames."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from channels.fanout import (
    Acked,
    CardShown,
    CardStored,
    Event,
    Failed,
    Gap,
    HolderChanged,
    Left,
    Replied,
    TurnDone,
    Typing,
    Welcomed,
    Wiped,
    Wiping,
)
from channels.person import Decision
from kernel.language import Language

MOST_CHARACTERS = 4000
LARGEST_FRAME = 256 * 1024
MOST_LINES = 50
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LARGEST_SEQ = 2**31 - 1


class BadFrame(Exception):
    """Not a frame of the protocol."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Begin, or come back with `resume` and hear everything after number `after`; or with the four words of a return code."""

    language: Language | None
    resume: str | None
    after: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Typed text; may be longer than allowed, so that danger in it is still heard."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Choose:
    """A choice's opaque payload."""

    id: str
    payload: str


@dataclass(frozen=True, slots=True)
class Command:
    """`human`, `sos`, `wipe`, `leave`, or `typing` (while a counsellor holds)."""

    name: str


Frame = Hello | Say | Choose | Decision | Command


def _refuse_constant(_name: str) -> NoReturn:
    raise BadFrame


def parse(raw: str) -> Frame:
    """The frame in `raw`; raises BadFrame for anything else, however strange."""
    try:
        frame = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(frame, dict):
        raise BadFrame
    match frame.get("type"):
        case "hello":
            return _hello(frame)
        case "say":
            return Say(_uuid(frame), whole(_string(frame, "text")))
        case "choose":
            return Choose(_uuid(frame), _string(frame, "payload"))
        case "handoff":
            return _decision(frame)
        case "human" | "sos" | "wipe" | "leave" | "typing" as name:
            return Command(name)
        case _:
            raise BadFrame


def whole(text: str) -> str:
    """`text` with surrogate pairs joined and lone surrogates replaced, so that it can be encoded anywhere."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _hello(frame: dict[str, Any]) -> Hello:
    if type(frame.get("version")) is not int or frame["version"] != 1:
        raise BadFrame
    language, resume, after, code = (frame.get(key) for key in ("lang", "resume", "after", "code"))
    if language not in ("nl", "fr", None) or not isinstance(resume, str | None) or not isinstance(code, str | None):
        raise BadFrame
    if after is not None and (type(after) is not int or not 0 <= after <= _LARGEST_SEQ):
        raise BadFrame
    return Hello(Language(language) if language else None, resume, after or 0, whole(code) if code else None)


def _decision(frame: dict[str, Any]) -> Decision:
    """A note and the list of lines may be missing in a "cancel"; `share` holds ids as they were in the card."""
    decision, note, share = frame.get("decision"), frame.get("note"), frame.get("share")
    if decision == "cancel":
        return Decision(_string(frame, "id"), is_sent=False)
    if decision != "send" or not isinstance(note, str | None) or not isinstance(share, list) or len(share) > MOST_LINES:
        raise BadFrame
    if not all(isinstance(line, str) for line in share):
        raise BadFrame
    return Decision(_string(frame, "id"), is_sent=True, share=tuple(share), note=whole(note or "").strip())


def _string(frame: dict[str, Any], key: str) -> str:
    value = frame.get(key)
    if not isinstance(value, str) or not value:
        raise BadFrame
    return value


def _uuid(frame: dict[str, Any]) -> str:
    value = _string(frame, "id")
    if not _UUID.fullmatch(value):
        raise BadFrame
    return value


def frame_of(event: Event) -> dict[str, Any] | None:
    """The frame for an event; None for one that has none."""
    match event:
        case Welcomed(token, language, holder, last):
            return {"type": "welcome", "token": token, "lang": language.value, "holder": holder.value, "last": last}
        case Acked(message_id):
            return {"type": "ack", "id": message_id}
        case Typing(speaker):
            return {"type": "typing", "from": speaker.value}
        case Replied():
            return _reply(event)
        case TurnDone(message_id):
            return {"type": "done", "in_reply_to": message_id}
        case CardShown():
            return _card(event)
        case CardStored(handoff_id, code):
            return {"type": "handoff_stored", "id": handoff_id} | ({"return_code": code} if code else {})
        case HolderChanged(holder):
            return {"type": "holder", "holder": holder.value}
        case Wiped():
            return {"type": "wiped"}
        case Failed(code, text, retry_after, has_left):
            return {"type": "error", "code": code, "text": text, "retry_after": retry_after} | ({"left": True} if has_left else {})
        case Left() | Wiping() | Gap():
            return None


def _reply(reply: Replied) -> dict[str, Any]:
    return {
        "type": "reply",
        "seq": reply.seq,
        "in_reply_to": reply.in_reply_to,
        "from": reply.speaker.value,
        "lang": reply.language.value,
        "text": reply.text,
        "choices": [{"title": choice.title, "payload": choice.payload} for choice in reply.choices],
        "helplines": [card.frame() for card in reply.cards],
    }


def _card(card: CardShown) -> dict[str, Any]:
    return {
        "type": "handoff",
        "id": card.handoff_id,
        "lang": card.language.value if card.language is not None else None,
        "lines": [{"id": line_id, "text": text} | ({"own": True} if line_id in card.own else {}) for line_id, text in card.lines],
        "desk": "open" if card.is_desk_open else "closed",
        "opens_at": card.opens_at.isoformat() if card.opens_at is not None else None,
        "who_gets_to_know": card.who_gets_to_know,
    }
