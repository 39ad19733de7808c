"""Telegram's Bot API, through python-telegram-bot: paced as Telegram asks, and each expected failure as a value of its own."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultsButton, LinkPreviewOptions, MessageEntity
from telegram.constants import ChatAction
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from channels.metrics import Metrics

PER_S = 28
"""Calls in a second, all chats together: Telegram allows 30 messages, and some calls are longer on their way than others."""
PER_CHAT_S = 1.0
"""Seconds between two messages in one chat."""
_TIMEOUT_S, _TYPING_S = 5.0, 1.0
_POLL_S, _POOL_WAIT_S = 25, 30.0
_WRONG_TOKEN_S, _CONFLICT_S = 30.0, 3.0
_CONNECTIONS = 64
_MOST_CHATS = 1000
DELETED_AT_ONCE = 100
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview would have Telegram visit the address and show it


class Blocked(Exception):
    """The teenager blocked the bot, or the chat is gone."""


class Refused(Exception):
    """Telegram will never take this request."""


class Later(Exception):
    """Not now; `seconds` as Telegram asks, None where it does not say. After a time-out it may have happened all the same."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Button:
    """A button beneath a message: leads to `url`, or sends `data` (at most 64 bytes)."""

    title: str
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message of Telegram: plain text, which parts of it are bold (offset and length in UTF-16 units), its buttons."""

    text: str
    rows: Rows = ()
    bold: tuple[tuple[int, int], ...] = ()


class PacedLimiter(AIORateLimiter):
    """PTB's limiter for all calls together, evenly spread; and one message a second in each private chat, which it does not know.

    A chat's second counts from the end of the call before: when Telegram took that message is not known any better.
    """

    def __init__(self) -> None:
        super().__init__(overall_max_rate=1, overall_time_period=1 / PER_S, group_max_rate=1, group_time_period=PER_CHAT_S)
        self._ended: dict[Any, float] = {}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """As PTB's; a message waits for its chat first. Messages of one chat are sent one after the other (telegram_send.py)."""
        if endpoint != "sendMessage":
            return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        number = data.get("chat_id")
        await self.turn_of(number)
        try:
            return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        finally:
            self._note(number)

    async def turn_of(self, number: Any) -> None:
        """Wait until this chat may have its next message."""
        await asyncio.sleep(max(0.0, self._ended.get(number, 0.0) + PER_CHAT_S - time.monotonic()))

    def _note(self, number: Any) -> None:
        now = time.monotonic()
        if len(self._ended) >= _MOST_CHATS:
            self._ended = {key: ended for key, ended in self._ended.items() if ended > now - PER_CHAT_S}
        self._ended[number] = now


class _Bot(ExtBot[int]):
    """PTB's bot; updates come as plain JSON, since one that PTB cannot read would stop all that follow."""

    async def raw_updates(self, offset: int, allowed: Sequence[str]) -> list[Any]:
        data = {"offset": offset, "timeout": _POLL_S, "allowed_updates": list(allowed)}
        found = await self._post("getUpdates", data, read_timeout=_POLL_S + _TIMEOUT_S)
        return found if isinstance(found, list) else []


class TelegramApi:
    """The calls the hub makes. All raise Later; those about a chat also Blocked and Refused."""

    def __init__(self, token: str, api_url: str, metrics: Metrics) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # PTB warns about its old way of giving seconds with every flood wait
        server = api_url or "https://api.telegram.org"
        self._polling, self._limiter = _request(1), PacedLimiter()
        self._bot = _Bot(
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=_request(_CONNECTIONS),
            get_updates_request=self._polling,
            rate_limiter=self._limiter,
        )
        self._metrics = metrics

    async def start(self) -> None:
        """Ask who we are: the token is good and Telegram can be reached."""
        await self._call("start", self._bot.initialize())

    async def close(self) -> None:
        """Close all connections."""
        await self._bot.request.shutdown()
        await self._polling.shutdown()

    # ---- set-up --------------------------------------------------------------------------------------------------

    async def set_webhook(self, url: str, secret: str, allowed: Sequence[str]) -> None:
        """Updates come to `url` from now on."""
        await self._call("webhook", self._bot.set_webhook(url, allowed_updates=allowed, secret_token=secret, max_connections=40))

    async def delete_webhook(self) -> None:
        """Updates are fetched from now on."""
        await self._call("webhook", self._bot.delete_webhook())

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str | None) -> None:
        """The list of commands, for people whose Telegram speaks `language` (None: any other)."""
        await self._call("commands", self._bot.set_my_commands([BotCommand(*one) for one in commands], language_code=language))

    async def set_descriptions(self, long: str, short: str, language: str | None) -> None:
        """What stands in an empty chat, and in Telegram's list of bots."""
        await self._call("commands", self._bot.set_my_description(long, language_code=language))
        await self._call("commands", self._bot.set_my_short_description(short, language_code=language))

    async def updates(self, offset: int, allowed: Sequence[str]) -> list[Any]:
        """Wait for updates numbered `offset` and up; those below are not given again."""
        found: list[Any] = await self._call("updates", self._bot.raw_updates(offset, allowed))
        return found

    # ---- in a chat -----------------------------------------------------------------------------------------------

    async def turn_of(self, number: int) -> None:
        """Wait until `send` would not wait for the chat's pace: until then what is to be said may change."""
        await self._limiter.turn_of(number)

    async def send(self, number: int, parcel: Parcel) -> int:
        """Send a message; its number."""
        bold = [MessageEntity(MessageEntity.BOLD, offset, length) for offset, length in parcel.bold]
        work = self._bot.send_message(
            number, parcel.text, entities=bold or None, reply_markup=_keyboard(parcel.rows), link_preview_options=_NO_PREVIEW
        )
        message = await self._call("send", work)
        return int(message.message_id)

    async def edit(self, number: int, message_id: int, parcel: Parcel) -> None:
        """Put this in place of a message of ours."""
        bold = [MessageEntity(MessageEntity.BOLD, offset, length) for offset, length in parcel.bold]
        work = self._bot.edit_message_text(
            parcel.text,
            number,
            message_id,
            entities=bold or None,
            reply_markup=_keyboard(parcel.rows),
            link_preview_options=_NO_PREVIEW,
        )
        await self._call("edit", work)

    async def set_buttons(self, number: int, message_id: int, rows: Rows) -> None:
        """Put these buttons in place of a message's own."""
        await self._call("edit", self._bot.edit_message_reply_markup(number, message_id, reply_markup=_keyboard(rows)))

    async def typing(self, number: int) -> None:
        """Show for a few seconds that somebody writes."""
        await self._call("typing", self._bot.send_chat_action(number, ChatAction.TYPING, read_timeout=_TYPING_S, connect_timeout=_TYPING_S))

    async def delete(self, number: int, message_ids: Sequence[int]) -> None:
        """Delete messages, DELETED_AT_ONCE at most."""
        await self._call("delete", self._bot.delete_messages(number, message_ids))

    async def leave(self, number: int) -> None:
        """Leave a group or channel."""
        await self._call("leave", self._bot.leave_chat(number))

    # ---- answering taps ------------------------------------------------------------------------------------------

    async def answer_tap(self, tap_id: str, text: str | None) -> None:
        """End the waiting sign of a button; `text` is shown in a small window."""
        await self._call("tap", self._bot.answer_callback_query(tap_id, text, show_alert=text is not None))

    async def answer_inline(self, query_id: str, title: str) -> None:
        """No results, but a button that leads to a private chat."""
        button = InlineQueryResultsButton(title, start_parameter="start")
        await self._call("inline", self._bot.answer_inline_query(query_id, [], cache_time=300, is_personal=True, button=button))

    async def _call(self, call: str, work: Awaitable[Any]) -> Any:
        try:
            result = await work
        except TelegramError as error:
            failure = _failure(error)
            self._metrics.telegram_calls.labels(call=call, outcome=type(failure).__name__.lower()).inc()
            raise failure from None  # PTB's errors carry the token, or words of Telegram's answer
        self._metrics.telegram_calls.labels(call=call, outcome="ok").inc()
        return result


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=_TIMEOUT_S,
        read_timeout=_TIMEOUT_S,
        write_timeout=_TIMEOUT_S,
        pool_timeout=_POOL_WAIT_S,
    )


def _failure(error: TelegramError) -> Blocked | Refused | Later:
    match error:
        case RetryAfter():
            asked = error.retry_after
            seconds = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
            return Later(seconds)
        case Forbidden():
            return Blocked()
        case BadRequest() if "chat not found" in error.message.casefold():
            return Blocked()
        case BadRequest():  # a kind of NetworkError in PTB
            return Refused()
        case InvalidToken():
            return Later(_WRONG_TOKEN_S)
        case Conflict():  # another process still fetches updates
            return Later(_CONFLICT_S)
    return Later()


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(one.title, url=one.url, callback_data=one.data) for one in row] for row in rows])
