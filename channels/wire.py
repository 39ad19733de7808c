"""Live events as JSON and back, for other hubs: frozen dataclasses of plain fields, enums, times, and tuples of these.

What comes in was sealed by a hub with the same SECRET_KEY (channels/peers.py); all the same only the events named here are made of it.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Union

from channels import desk_events, fanout
from channels.peers import Peers

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (*typing.get_args(fanout.Event), *typing.get_args(desk_events.DeskEvent))
    if kind not in (fanout.Welcomed, fanout.Acked, fanout.Failed, fanout.Gap)  # for one listener only: they never travel
}


class NotAnEvent(ValueError):
    """JSON that is none of our events."""


def plain(event: Any) -> list[Any]:
    """JSON-ready: the kind's name and its fields in order. Raises NotAnEvent for a kind that does not travel."""
    kind = type(event).__name__
    if _KINDS.get(kind) is not type(event):
        raise NotAnEvent(kind)
    return [kind, _plain(event)]


def event_of(said: Any) -> Any:
    """The event that `plain` gave; raises NotAnEvent."""
    try:
        kind, values = said
        return _made(_KINDS[kind], values)
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnEvent from error


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value


@cache
def _types_of(kind: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _made(wanted: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        [wanted] = [each for each in arguments if each is not type(None)]
        return _made(wanted, value)
    if origin is tuple:
        inner = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_made(kind, each) for kind, each in zip(inner, value, strict=True))
    if isinstance(wanted, type) and is_dataclass(wanted):
        return wanted(*(_made(kind, each) for kind, each in zip(_types_of(wanted), value, strict=True)))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if wanted is datetime:
        return datetime.fromisoformat(value)
    if wanted is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, wanted):
        raise NotAnEvent
    return value


def join[E](peers: Peers, fanout_here: fanout.Fanout[E], topic: str) -> None:
    """From here on what is published in one hub reaches the listeners of all."""

    def hear(value: Any) -> None:
        to, said = value
        fanout_here.deliver(str(to), event_of(said))

    peers.on(topic, hear)
    fanout_here.beyond = (lambda to, event: peers.tell(topic, [to, plain(event)])) if peers.is_shared else None
