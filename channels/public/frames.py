"""Chat protocol version 1: frames of clients, checked and typed; events of the hub as frames."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from channels.fanout import Acked, Event, Failed, Left, Replied, TurnDone, Typing, Welcomed, Wiped
from kernel.language import Language

MOST_CHARACTERS = 4000
LARGEST_FRAME = 256 * 1024
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LARGEST_SEQ = 2**31 - 1


class BadFrame(Exception):
    """Not a frame of the protocol."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Begin, or come back with `resume` and hear everything after number `after`."""

    language: Language | None
    resume: str | None
    after: int


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
class Handoff:
    """The teenager's decision about a hand-off card."""

    id: str


@dataclass(frozen=True, slots=True)
class Command:
    """`human`, `sos`, `wipe` or `leave`."""

    name: str


Frame = Hello | Say | Choose | Handoff | Command


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
            if frame.get("decision") not in ("send", "cancel"):
                raise BadFrame
            return Handoff(_string(frame, "id"))
        case "human" | "sos" | "wipe" | "leave" as name:
            return Command(name)
        case _:
            raise BadFrame


def whole(text: str) -> str:
    """`text` with surrogate pairs joined and lone surrogates replaced, so that it can be encoded anywhere."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _hello(frame: dict[str, Any]) -> Hello:
    if type(frame.get("version")) is not int or frame["version"] != 1:
        raise BadFrame
    language, resume, after = frame.get("lang"), frame.get("resume"), frame.get("after")
    if language not in ("nl", "fr", None) or not isinstance(resume, str | None):
        raise BadFrame
    if after is not None and (type(after) is not int or not 0 <= after <= _LARGEST_SEQ):
        raise BadFrame
    return Hello(Language(language) if language else None, resume, after or 0)


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
        case Wiped():
            return {"type": "wiped"}
        case Failed(code, text, retry_after):
            return {"type": "error", "code": code, "text": text, "retry_after": retry_after}
        case Left():
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
