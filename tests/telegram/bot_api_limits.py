"""Which requests the Bot API takes: keyboards, commands, addresses, and how fast messages may follow each other."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from bot_api_state import Json, Refused

MOST_BUTTONS, MOST_IN_ROW, MOST_DATA_BYTES = 100, 8, 64
PER_SECOND, PER_CHAT_S = 30, 1.0
_JITTER_S = 0.05
_KINDS = ("callback_data", "url", "login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "pay")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def keyboard_of(markup: object) -> list[list[Json]]:
    """The rows of an inline keyboard, checked; empty for another kind of markup or none. Raises Refused."""
    if markup is None or markup == "":
        return []
    if not isinstance(markup, dict):
        raise Refused("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if not {"force_reply", "remove_keyboard", "keyboard"} & set(markup):
            raise Refused("can't parse reply keyboard markup JSON object")
        if (hint := markup.get("input_field_placeholder")) is not None and not 1 <= len(hint) <= 64:
            raise Refused("INPUT_FIELD_PLACEHOLDER_INVALID")
        return []
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise Refused("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)
    return rows


def _check_button(button: Json) -> None:
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refused("inline keyboard button text must not be empty")
    if sum(kind in button for kind in _KINDS) != 1:
        raise Refused("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA_BYTES:
        raise Refused("BUTTON_DATA_INVALID")
    if "url" in button:
        check_url(button["url"])


def check_url(url: str) -> None:
    """An address as Telegram takes it behind a button: http(s) or tg, a host with a dot; raises Refused for all else (tel:, localhost)."""
    parts = urlsplit(url)
    is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", url)
    if not is_web and parts.scheme != "tg":
        raise Refused("BUTTON_URL_INVALID")


def check_commands(commands: object, language: str) -> list[Json]:
    """A list for setMyCommands; raises Refused."""
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused("LANGUAGE_CODE_INVALID")
    if not isinstance(commands, list) or len(commands) > 100:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", ""))):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_webhook(url: str, secret: str) -> None:
    """An address and a secret for setWebhook; http only on loopback, as a Bot API server of one's own takes it. Raises Refused."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise Refused("secret token contains unallowed characters")


class Pace:
    """One message a second in a chat, thirty a second in all; `burst` messages of a chat may come at once."""

    def __init__(self, per_chat_s: float = PER_CHAT_S, per_second: int = PER_SECOND, burst: int = 1) -> None:
        self.per_chat_s, self.per_second, self.burst = per_chat_s, per_second, burst
        self.clock: Callable[[], float] = time.monotonic
        self._chats: dict[int, deque[float]] = {}
        self._all: deque[float] = deque()

    def wait(self, chat_id: int) -> float:
        """0.0 when a message may be sent to this chat now (and counts from here on), else the seconds to wait."""
        now = self.clock()
        mine = self._chats.setdefault(chat_id, deque(maxlen=self.burst))
        if len(mine) == self.burst and (left := self.per_chat_s * self.burst - (now - mine[0])) > _JITTER_S:
            return left
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        if len(self._all) >= self.per_second:
            return 1 - (now - self._all[0])
        mine.append(now)
        self._all.append(now)
        return 0.0
