"""What of a Telegram update is looked at; nothing else is ever read: no name, username, phone number, photo or file.

An update may be anything. What is not exactly a message of a person in a private chat, a tap there, or a group or inline query to
turn away, is `None`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from channels.public.frames import whole
from kernel.language import Language

ALLOWED = ["message", "callback_query", "inline_query", "channel_post", "my_chat_member"]
"""What Telegram is asked to send. Edited messages are not among it, and ignored where they come all the same."""
_MEDIA = frozenset(
    "photo voice video video_note animation audio document sticker contact location venue poll dice game story paid_media checklist".split()
)
_LARGEST = 2**52  # Telegram's numbers have at most 52 bits
_LARGEST_UPDATE = 2**62
_MOST_KEPT_S = 24 * 3600.0
"""Telegram keeps what it could not deliver for a day: a date further back says nothing."""


@dataclass(frozen=True, slots=True)
class Private:
    """Somebody did something in a private chat. `sent_at` in seconds since the epoch; `language` as their Telegram is set."""

    update_id: int
    number: int
    message_id: int
    sent_at: float
    language: Language | None


@dataclass(frozen=True, slots=True)
class Written(Private):
    """Text; `replies_to` is the number of the message that it answers."""

    text: str
    replies_to: int | None


@dataclass(frozen=True, slots=True)
class Media(Private):
    """A photo, a voice message, a sticker, …: only that it was one, and the words beneath it."""

    caption: str


@dataclass(frozen=True, slots=True)
class Tapped(Private):
    """A button under one of our messages. `links` are the buttons of that message that lead to sites (title, address)."""

    tap_id: str
    data: str
    links: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """The bot was blocked in a private chat, `at` seconds since the epoch."""

    update_id: int
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A group or a channel."""

    update_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Inline:
    """Somebody calls the bot from another chat."""

    update_id: int
    query_id: str


Incoming = Written | Media | Tapped | Blocked | Elsewhere | Inline


def parse(body: bytes, now: float) -> Incoming | None:
    """The update in a request's body; None for anything else, however strange."""
    try:
        return read(json.loads(body), now)
    except (ValueError, RecursionError):
        return None


def read(update: object, now: float) -> Incoming | None:
    """As `parse`, of what is already JSON; `now` in seconds since the epoch."""
    if not isinstance(update, dict) or (update_id := _whole(update.get("update_id"), _LARGEST_UPDATE)) is None or update_id < 0:
        return None
    if isinstance(message := update.get("message"), dict):
        return _message(update_id, message, now)
    if isinstance(tap := update.get("callback_query"), dict):
        return _tap(update_id, tap, now)
    if isinstance(query := update.get("inline_query"), dict):
        return Inline(update_id, query["id"]) if _is_name(query.get("id")) else None
    if isinstance(post := update.get("channel_post"), dict):
        return _elsewhere(update_id, post)
    if isinstance(change := update.get("my_chat_member"), dict):
        return _member(update_id, change, now)
    return None


def _message(update_id: int, message: dict[str, Any], now: float) -> Incoming | None:
    if not _is_private(message):
        return _elsewhere(update_id, message)
    person, message_id = message.get("from"), _whole(message.get("message_id"))
    if not _is_person(person) or message_id is None or "sender_chat" in message:
        return None
    who = (update_id, message["chat"]["id"], message_id, _sent_at(message, now), _language(person))
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        answered = message.get("reply_to_message")
        return Written(*who, whole(text), _whole(answered.get("message_id")) if isinstance(answered, dict) else None)
    if _MEDIA.isdisjoint(message):
        return None
    caption = message.get("caption")
    return Media(*who, whole(caption).strip() if isinstance(caption, str) else "")


def _tap(update_id: int, tap: dict[str, Any], now: float) -> Tapped | None:
    message, person, data = tap.get("message"), tap.get("from"), tap.get("data")
    if not isinstance(message, dict) or not _is_private(message) or not _is_person(person):
        return None
    message_id = _whole(message.get("message_id"))
    if message_id is None or not _is_name(tap.get("id")) or not isinstance(data, str) or not 0 < len(data) <= 64:
        return None
    return Tapped(update_id, message["chat"]["id"], message_id, now, _language(person), tap["id"], whole(data), _links(message))


def _links(message: dict[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The rows of address buttons beneath a message, so that they can stay when its choices go."""
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else ():
        buttons = [button for button in row if isinstance(button, dict)] if isinstance(row, list) else []
        links = [(button.get("text"), button.get("url")) for button in buttons]
        found.append(tuple((text, url) for text, url in links if isinstance(text, str) and isinstance(url, str) and text and url))
    return tuple(row for row in found if row)


def _elsewhere(update_id: int, message: dict[str, Any]) -> Elsewhere | None:
    chat = message.get("chat")
    if not isinstance(chat, dict) or chat.get("type") not in ("group", "supergroup", "channel"):
        return None
    number = _whole(chat.get("id"))
    return Elsewhere(update_id, number) if number is not None and number < 0 and "left_chat_member" not in message else None


def _member(update_id: int, change: dict[str, Any], now: float) -> Blocked | Elsewhere | None:
    """The bot itself was added somewhere, or blocked."""
    after = change.get("new_chat_member")
    status = after.get("status") if isinstance(after, dict) else None
    if _is_private(change):
        return Blocked(update_id, change["chat"]["id"], _sent_at(change, now)) if status == "kicked" else None
    return _elsewhere(update_id, change) if status in ("member", "administrator", "restricted") else None


def _is_private(message: dict[str, Any]) -> bool:
    chat = message.get("chat")
    return isinstance(chat, dict) and chat.get("type") == "private" and (_whole(chat.get("id")) or 0) > 0


def _is_person(person: object) -> bool:
    return isinstance(person, dict) and _whole(person.get("id")) is not None and person.get("is_bot") is not True


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 128


def _whole(value: object, largest: int = _LARGEST) -> int | None:
    return value if type(value) is int and -largest < value < largest else None


def _sent_at(message: dict[str, Any], now: float) -> float:
    """When it was written (or done), where that can be believed; else now."""
    date = _whole(message.get("date"))
    return float(date) if date is not None and now - _MOST_KEPT_S < date < now else now


def _language(person: object) -> Language | None:
    code = person.get("language_code") if isinstance(person, dict) else None
    return Language(code[:2]) if isinstance(code, str) and code[:2] in ("nl", "fr") else None
