"""Asks the bot, with a deadline. Of several bots the least busy one is asked; when it fails or hangs, another, within the same deadline."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from channels.logs import log_of
from kernel.conversation import BotTurn, Bubble, Choice
from kernel.language import Language

_LOG = log_of("bot_client")
_POLL_S, _POLL_TIMEOUT_S = 0.5, 1.0
_LARGEST_ANSWER, _LONGEST_READY = 1_000_000, 1_000
_PATIENCE_S = 0.7
"""A bot that answered nobody for so long, not even whether it is ready, is taken for frozen while another one is ready."""
_LEAST_S = 0.02
"""With less time left, nobody is asked any more."""
_ELSEWHERE = frozenset({"down", "status", "frozen"})
"""Failures of one bot that say nothing about another."""


class BotSilent(Exception):
    """The bot gave no answer that can be shown; `reason` is one of a fixed set: down, deadline, status, malformed, empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Question:
    """One message for the bot. `payload` set means a resolved button (`text` is empty then); `now`: its words say that a danger is now;
    `leaves_path`: the state's path is over, since staff lowered the urgency."""

    conversation: str
    message_id: str
    text: str
    payload: str | None
    language: Language
    urgency: str
    state: dict[str, Any] | None
    now: bool = False
    leaves_path: bool = False

    def body(self) -> dict[str, Any]:
        """The request's JSON."""
        said = {name: True for name in ("now", "leaves_path") if getattr(self, name)}
        return {
            "conversation": self.conversation,
            "message_id": self.message_id,
            "text": self.text,
            "payload": self.payload,
            "language": self.language.value,
            "urgency": self.urgency,
            "state": self.state,
        } | said


class _Bot:
    def __init__(self, url: str, *, is_spare: bool = False) -> None:
        self.url = url
        self.is_spare = is_spare  # watched, but not asked: a new model that warms up, an old one that ends
        self.model = ""
        self.is_ready = False
        self.was_ready = False
        self.last_ready_at = time.monotonic()
        self.is_late = False
        self.asked = 0
        self.answered_at = 0.0


class BotClient:
    """All bots of BOT_URLS."""

    def __init__(self, urls: tuple[str, ...], token: str) -> None:
        self._bots = [_Bot(url) for url in urls]
        self._token = token
        self._next = 0
        self._session: aiohttp.ClientSession | None = None
        self._polls: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Open the connections and begin to watch which bots are ready."""
        headers = {"Authorization": f"Bearer {self._token}"}
        # No environment proxies, no cookies: the bots are on loopback or a private network.
        self._session = aiohttp.ClientSession(
            headers=headers, cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0), trust_env=False
        )
        await asyncio.gather(*(self._poll(bot) for bot in self._bots))
        self._polls = {bot.url: asyncio.create_task(self._watch(bot)) for bot in self._bots}

    async def close(self) -> None:
        """Stop watching and close the connections."""
        for task in self._polls.values():
            task.cancel()
        await asyncio.gather(*self._polls.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    @property
    def is_ready(self) -> bool:
        """True when some bot would answer."""
        return any(bot.is_ready and not bot.is_spare for bot in self._bots)

    @property
    def was_ready(self) -> bool:
        """True once some bot has been ready since the start."""
        return any(bot.was_ready for bot in self._bots)

    @property
    def seconds_since_ready(self) -> float:
        """Seconds since some bot last said it is ready (since the start, when none has)."""
        return time.monotonic() - max(bot.last_ready_at for bot in self._bots)

    # ---- a new model beside the old one ----------------------------------------------------------------------------

    def add_spare(self, url: str) -> None:
        """Watch one more bot, without asking it."""
        bot = _Bot(url, is_spare=True)
        self._bots.append(bot)
        self._polls[url] = asyncio.create_task(self._watch(bot))

    async def drop(self, url: str) -> None:
        """Watch it no more."""
        self._bots = [bot for bot in self._bots if bot.url != url]
        if (task := self._polls.pop(url, None)) is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def ask_only(self, url: str) -> None:
        """From this moment on every turn goes to this bot; what the others are answering now comes from them."""
        if not any(bot.url == url and bot.is_ready for bot in self._bots):
            raise BotSilent("down")
        for bot in self._bots:
            bot.is_spare = bot.url != url

    def is_ready_at(self, url: str) -> bool:
        """Whether the bot at this address would answer."""
        return any(bot.is_ready for bot in self._bots if bot.url == url)

    def model_at(self, url: str) -> str:
        """The hash of the model that the bot there says it runs; empty when it did not say."""
        return next((bot.model for bot in self._bots if bot.url == url), "")

    def seconds_silent(self, url: str) -> float:
        """Seconds since the bot there last said it is ready (since it is watched, when never)."""
        return next((time.monotonic() - bot.last_ready_at for bot in self._bots if bot.url == url), 0.0)

    @property
    def models(self) -> tuple[str, ...]:
        """The hashes of the models that answer now."""
        return tuple(dict.fromkeys(bot.model for bot in self._bots if bot.is_ready and not bot.is_spare))

    async def ask_at(self, url: str, question: Question, seconds: float) -> BotTurn:
        """The answer of the bot there, spare or not; raises BotSilent."""
        found = [bot for bot in self._bots if bot.url == url]
        if not found:
            raise BotSilent("down")
        return await self._ask(found[0], question, seconds, may_hang=True)

    async def ask(self, question: Question, seconds: float) -> BotTurn:
        """The bot's answer; raises BotSilent, at the latest after `seconds`.

        A turn may be asked again elsewhere: no bot keeps anything of it, and what its actions do is done once however often it is asked.
        """
        until, tried = time.monotonic() + seconds, set[_Bot]()
        while (left := until - time.monotonic()) > _LEAST_S:
            bot = self._choose(tried)
            tried.add(bot)
            try:
                return await self._ask(bot, question, left, may_hang=not self._ready_beside(tried))
            except BotSilent as silent:
                if silent.reason not in _ELSEWHERE or not self._ready_beside(tried):
                    raise
        raise BotSilent("deadline")

    async def _ask(self, bot: _Bot, question: Question, seconds: float, *, may_hang: bool) -> BotTurn:
        """One bot's answer. `may_hang`: nobody else could answer, so it has all of `seconds`."""
        bot.asked += 1
        try:
            async with asyncio.timeout(seconds):
                return await (self._post(bot, question) if may_hang else self._post_unless_frozen(bot, question))
        except TimeoutError as error:
            raise BotSilent("deadline") from error
        except (aiohttp.ClientConnectionError, OSError) as error:
            self._set_ready(bot, False)
            raise BotSilent("down") from error
        except aiohttp.ClientError as error:
            raise BotSilent("malformed") from error
        finally:
            bot.asked -= 1

    async def _post_unless_frozen(self, bot: _Bot, question: Question) -> BotTurn:
        """Its answer; raises BotSilent("frozen") when it stopped answering anybody. A busy bot answers others meanwhile."""
        work = asyncio.create_task(self._post(bot, question))
        try:
            since = time.monotonic()
            while not (await asyncio.wait({work}, timeout=_PATIENCE_S))[0]:
                if bot.answered_at < since:
                    self._set_ready(bot, False)  # until it says again that it is
                    raise BotSilent("frozen")
                since = time.monotonic()
            return work.result()
        finally:
            work.cancel()

    def _ready_beside(self, tried: set[_Bot]) -> bool:
        return any(bot.is_ready and not bot.is_spare for bot in self._bots if bot not in tried)

    def _choose(self, tried: set[_Bot]) -> _Bot:
        """The ready bot with the fewest open questions; those with equally many take turns."""
        self._next += 1
        order = [self._bots[(self._next + place) % len(self._bots)] for place in range(len(self._bots))]
        ready = [bot for bot in order if bot.is_ready and not bot.is_spare and bot not in tried]
        if not ready:
            raise BotSilent("down")
        return min(ready, key=lambda bot: bot.asked)

    async def _post(self, bot: _Bot, question: Question) -> BotTurn:
        try:
            answer = await self._post_once(bot, question)
        except aiohttp.ServerDisconnectedError:
            # A kept connection that the bot had just closed; the turn is safe to ask again, by its message id.
            answer = await self._post_once(bot, question)
        bot.answered_at = time.monotonic()
        return turn_of(answer)

    async def _post_once(self, bot: _Bot, question: Question) -> Any:
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
                bot.model = _model_in(await response.content.read(_LONGEST_READY)) or bot.model
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
            place = self._bots.index(bot) if bot in self._bots else -1
            _LOG.info("bot ready" if ready else "bot not ready", extra={"bot": place, "model": bot.model[:12]})
        bot.is_ready = ready
        if ready:
            bot.was_ready = True
            bot.last_ready_at = bot.answered_at = time.monotonic()


def _model_in(raw: bytes) -> str:
    """The hash of the model in a bot's answer to "are you ready"."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    model = said.get("model") if isinstance(said, dict) else None
    return model if isinstance(model, str) and re.fullmatch("[0-9a-f]{64}", model) else ""


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
            acted=tuple(str(name) for name in answer.get("acted") or ()),
            says_now=answer.get("says_now") is True,
            takes_back=answer.get("takes_back") is True,
            denies=tuple(str(need) for need in answer.get("denies") or ()),
            is_denied=answer.get("is_denied") is True,
            helped=answer.get("helped") is True,
            said_lightly=tuple(str(need) for need in answer.get("said_lightly") or ()),
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
