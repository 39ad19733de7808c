"""Asks the bot, with a deadline. Several bots take turns; one that is not ready is not asked."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from channels.logs import log_of
from kernel.conversation import BotTurn, Bubble, Choice
from kernel.language import Language

_LOG = log_of("bot_client")
_POLL_S, _POLL_TIMEOUT_S = 0.5, 1.0
_LARGEST_ANSWER = 1_000_000


class BotSilent(Exception):
    """The bot gave no answer that can be shown; `reason` is one of a fixed set: down, deadline, status, malformed, empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Question:
    """One message for the bot. `payload` set means a resolved button (`text` is empty then)."""

    conversation: str
    message_id: str
    text: str
    payload: str | None
    language: Language
    urgency: str
    state: dict[str, Any] | None

    def body(self) -> dict[str, Any]:
        """The request's JSON."""
        return {
            "conversation": self.conversation,
            "message_id": self.message_id,
            "text": self.text,
            "payload": self.payload,
            "language": self.language.value,
            "urgency": self.urgency,
            "state": self.state,
        }


class _Bot:
    def __init__(self, url: str) -> None:
        self.url = url
        self.is_ready = False
        self.was_ready = False
        self.last_ready_at = time.monotonic()
        self.is_late = False


class BotClient:
    """All bots of BOT_URLS."""

    def __init__(self, urls: tuple[str, ...], token: str) -> None:
        self._bots = [_Bot(url) for url in urls]
        self._token = token
        self._next = 0
        self._session: aiohttp.ClientSession | None = None
        self._polls: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Open the connections and begin to watch which bots are ready."""
        headers = {"Authorization": f"Bearer {self._token}"}
        # No environment proxies, no cookies: the bots are on loopback or a private network.
        self._session = aiohttp.ClientSession(
            headers=headers, cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0), trust_env=False
        )
        await asyncio.gather(*(self._poll(bot) for bot in self._bots))
        self._polls = [asyncio.create_task(self._watch(bot)) for bot in self._bots]

    async def close(self) -> None:
        """Stop watching and close the connections."""
        for task in self._polls:
            task.cancel()
        await asyncio.gather(*self._polls, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    @property
    def is_ready(self) -> bool:
        """True when some bot would answer."""
        return any(bot.is_ready for bot in self._bots)

    @property
    def was_ready(self) -> bool:
        """True once some bot has been ready since the start."""
        return any(bot.was_ready for bot in self._bots)

    @property
    def seconds_since_ready(self) -> float:
        """Seconds since some bot last said it is ready (since the start, when none has)."""
        return time.monotonic() - max(bot.last_ready_at for bot in self._bots)

    async def ask(self, question: Question, seconds: float) -> BotTurn:
        """The bot's answer; raises BotSilent, at the latest after `seconds`."""
        if seconds <= 0.02:
            raise BotSilent("deadline")
        bot = self._choose()
        try:
            async with asyncio.timeout(seconds):
                try:
                    return turn_of(await self._post(bot, question))
                except aiohttp.ServerDisconnectedError:
                    # A kept connection that the bot had just closed; the turn is safe to ask again, by its message id.
                    return turn_of(await self._post(bot, question))
        except TimeoutError as error:
            raise BotSilent("deadline") from error
        except (aiohttp.ClientConnectionError, OSError) as error:
            self._set_ready(bot, False)
            raise BotSilent("down") from error
        except aiohttp.ClientError as error:
            raise BotSilent("malformed") from error

    def _choose(self) -> _Bot:
        for _ in self._bots:
            bot = self._bots[self._next % len(self._bots)]
            self._next += 1
            if bot.is_ready:
                return bot
        raise BotSilent("down")

    async def _post(self, bot: _Bot, question: Question) -> Any:
        assert self._session is not None, "start() comes first"
        async with self._session.post(f"{bot.url}/webhooks/hub/turn", json=question.body(), allow_redirects=False) as response:
            if response.status != 200:
                raise BotSilent("status")
            raw = await response.content.read(_LARGEST_ANSWER)
            while not response.content.at_eof() and len(raw) < _LARGEST_ANSWER:
                raw += await response.content.read(_LARGEST_ANSWER - len(raw))
        try:
            return json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise BotSilent("malformed") from error

    async def _watch(self, bot: _Bot) -> None:
        while True:
            await asyncio.sleep(_POLL_S)
            await self._poll(bot)

    async def _poll(self, bot: _Bot) -> None:
        assert self._session is not None, "start() comes first"
        ready, late = False, False
        try:
            async with (
                asyncio.timeout(_POLL_TIMEOUT_S),
                self._session.get(f"{bot.url}/webhooks/hub/ready", allow_redirects=False) as response,
            ):
                ready = response.status == 200
        except TimeoutError:
            late = True
        except (aiohttp.ClientError, OSError):
            ready = False
        # One late answer may only mean a busy machine: each turn has its own deadline anyway. Two in a row mean a frozen bot.
        if not (late and not bot.is_late):
            self._set_ready(bot, ready)
        bot.is_late = late

    def _set_ready(self, bot: _Bot, ready: bool) -> None:
        if ready != bot.is_ready:
            _LOG.info("bot ready" if ready else "bot not ready", extra={"bot": self._bots.index(bot)})
        bot.is_ready = ready
        if ready:
            bot.was_ready = True
            bot.last_ready_at = time.monotonic()


def turn_of(answer: Any) -> BotTurn:
    """The bot's answer, checked; raises BotSilent for an empty or malformed one."""
    if not isinstance(answer, dict) or not isinstance(answer.get("messages"), list):
        raise BotSilent("malformed")
    if not answer["messages"]:
        raise BotSilent("empty")
    try:
        language = Language(answer["language"])
        bubbles = tuple(_bubble_of(message, language) for message in answer["messages"])
        need, state, slots = answer.get("need"), answer.get("state"), answer.get("slots")
        return BotTurn(
            bubbles=bubbles,
            need=need if isinstance(need, str) else None,
            confidence=float(answer.get("confidence") or 0.0),
            urgency=str(answer.get("urgency")),
            language=language,
            detected=str(answer.get("detected")),
            slots=slots if isinstance(slots, dict) else {},
            state=state if isinstance(state, dict) else {},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BotSilent("malformed") from error


def _bubble_of(message: Any, language: Language) -> Bubble:
    text, choices, helplines = message["text"], message.get("choices") or [], message.get("helplines") or []
    if not isinstance(text, str) or not text.strip():
        raise BotSilent("empty")
    return Bubble(
        text=text,
        language=language,
        choices=tuple(Choice(str(choice["title"]), str(choice["payload"])) for choice in choices),
        helplines=tuple(str(helpline) for helpline in helplines),
    )
