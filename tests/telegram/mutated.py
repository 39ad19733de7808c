"""Updates that are not as they should be: valid ones of every kind, with parts changed, missing, huge, nested or of another type (seeded)."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from bot_api_state import Json
from made_updates import MEDIA, every_kind, user

PLACE = 5_000_001
"""Stands for the person in a valid update, until it is known whether they may be answered."""
_STRINGS = (
    "", " ", "\0", "\u202e\u2066x", "🙂" * 50, "a\u0301" * 200, "x" * 5000, "x" * 70_000, "/start", "/start@other_bot", "/" * 40, "/sos ",
    "<b>&amp;</b>", "'; DROP TABLE messages; --", "{{7*7}}", "\ud800", "../../etc/passwd", "ⅷ", "ik wil dood", "NaN", "null", "0", "true",
)  # fmt: skip
_NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 10**40, 1.5, 1e308, -0.0)
_OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None], {"": None}, {"a": {"b": {"c": {}}}}, "private")
_ELSEWHERE = ("service", "group", "small group", "channel", "added")
"""Groups and channels: all alike, as all media are, so fewer of them."""
_MORE_KEYS = (
    "text",
    "caption",
    "photo",
    "via_bot",
    "forward_origin",
    "sender_chat",
    "is_topic_message",
    "chat",
    "from",
    "entities",
    "data",
    "new",
)


class Mutated:
    """`next()` gives the raw body of an update and what it holds (None when it is no JSON object)."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._valid = list(every_kind(user(PLACE)))
        self._weights = [1 if name in MEDIA or name.startswith(_ELSEWHERE) else 3 for name, _, _ in self._valid]
        self._id = 900_000

    def next(self) -> tuple[bytes, Json | None]:
        """One update; now and then a valid one, a repeated number, or no JSON at all."""
        dice = self._chance.random()
        if dice < 0.01:
            return self._chance.choice(
                (b"", b"null", b"[]", b"1", b'"x"', b"{", b"\xff\xfe", b"[" * 5000, b'{"update_id":' + b"9" * 5000 + b"}")
            ), None
        ((_, kind, payload),) = self._chance.choices(self._valid, self._weights)
        self._id += self._chance.random() > 0.02
        update: Json = {"update_id": self._id, kind: copy.deepcopy(payload)}
        for _ in range(self._chance.choice((0, 1, 1, 1, 2, 3, 6))):
            self._mutate(update)
        return json.dumps(update).encode(), update

    def _mutate(self, update: Json) -> None:
        if not (spots := list(_spots(update))):
            return
        parent, key = self._chance.choice(spots)
        match self._chance.randrange(8):
            case 0 | 1:
                del parent[key]
            case 2 | 3:
                parent[key] = self._value()
            case 4 if isinstance(parent, dict):
                parent[self._chance.choice(_MORE_KEYS)] = self._value()
            case 5 if isinstance(parent, dict):
                parent |= copy.deepcopy(self._chance.choice(list(MEDIA.values())))
            case 6:
                parent[key] = _nested(parent[key], self._chance.choice((1, 3, 60)))
            case _:
                other, name = self._chance.choice(spots)
                if name in (other if isinstance(other, dict) else range(len(other))):
                    parent[key] = copy.deepcopy(other[name])

    def _value(self) -> Any:
        return copy.deepcopy(self._chance.choice(self._chance.choice((_STRINGS, _NUMBERS, _OTHERS))))


def _spots(inside: Any) -> Iterator[tuple[Any, Any]]:
    """Every place that holds a value: (container, key)."""
    keys = list(inside) if isinstance(inside, dict) else range(len(inside))
    for key in keys:
        yield inside, key
        if isinstance(inside[key], dict | list):
            yield from _spots(inside[key])


def _nested(value: Any, depth: int) -> Any:
    for level in range(depth):
        value = [value] if level % 2 else {"message": value}
    return value


def placed(value: Any, number: int) -> Any:
    """The same update with PLACE replaced by this person."""
    if isinstance(value, dict):
        return {key: placed(part, number) for key, part in value.items()}
    if isinstance(value, list):
        return [placed(part, number) for part in value]
    return number if value == PLACE and type(value) is int else value


def answerable(update: Json | None) -> int | None:
    """The private chat that may be answered because of this update; None for all others. Written from the Bot API's reference alone."""
    if update is None or type(update.get("update_id")) is not int:
        return None
    pressed = update.get("callback_query")
    if isinstance(pressed, dict) and isinstance(pressed.get("data"), str):
        on = pressed.get("message")
        return _private(on.get("chat")) if isinstance(on, dict) else _person(pressed.get("from"))
    message = update.get("message")
    if not isinstance(message, dict):
        return None
    said = isinstance(message.get("text"), str) or any(name in message for name in MEDIA)
    return _private(message.get("chat")) if said else None


def _private(chat: Any) -> int | None:
    return chat["id"] if isinstance(chat, dict) and chat.get("type") == "private" and _is_id(chat.get("id")) else None


def _person(of: Any) -> int | None:
    return of["id"] if isinstance(of, dict) and _is_id(of.get("id")) else None


def _is_id(number: Any) -> bool:
    return type(number) is int and 0 < number < 2**52
