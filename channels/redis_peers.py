"""Other hubs, reached through Redis: one channel for all events, a lease per conversation. Nothing is kept in Redis but leases.

What travels is sealed under a key of its own, derived from SECRET_KEY: Redis sees neither words nor ids of conversations.
When Redis is gone each hub goes on by itself: the store still takes care that no message is answered twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.logs import log_of
from channels.peers import Heard, Peers
from channels.store.crypto import Unreadable, hash_token, link_box

_LOG = log_of("peers")
_CHANNEL = "chatmasjien:events"
_PLACE = "event"
_MOST_WAITING = 20_000
"""Events that wait to be told; more are dropped, and the others are told of a gap."""
_TOGETHER = 200
_TIMEOUT_S, _BACK_OFF_S = 1.0, (0.1, 0.2, 0.5, 1.0, 2.0)
_LEASE_MS, _RENEW_S, _POLL_S = 6_000, 2.0, 0.03
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
_RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"
_FAILURES = (RedisError, OSError, TimeoutError)
_GAP = "gap"


class RedisPeers(Peers):
    """All hubs on this Redis with this SECRET_KEY."""

    is_shared = True

    def __init__(self, url: str, secret_key: str) -> None:
        self._me = secrets.token_hex(8)
        self._box = link_box(secret_key)
        self._redis = Redis.from_url(url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S)
        self._listening = Redis.from_url(url, socket_connect_timeout=_TIMEOUT_S, health_check_interval=5)
        self._heard: dict[str, list[Heard]] = {}
        self._gaps: list[Callable[[], None]] = []
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(_MOST_WAITING)
        self._has_dropped = False
        self._tasks: list[asyncio.Task[None]] = []
        self.is_connected = False

    async def start(self) -> None:
        """Listen before anything else happens; raises OSError when Redis cannot be reached (a first start only)."""
        try:
            await self._redis.ping()
        except _FAILURES as error:
            raise OSError("Redis cannot be reached") from error
        ready = asyncio.Event()
        self._tasks = [asyncio.create_task(self._listen(ready)), asyncio.create_task(self._send())]
        await asyncio.wait_for(ready.wait(), 5)

    async def close(self) -> None:
        """Stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in (self._redis, self._listening):
            with contextlib.suppress(*_FAILURES):
                await client.aclose()

    def on(self, topic: str, hear: Heard) -> None:
        """See the parent class."""
        self._heard.setdefault(topic, []).append(hear)

    def on_gap(self, hear: Callable[[], None]) -> None:
        """See the parent class."""
        self._gaps.append(hear)

    # ---- telling -------------------------------------------------------------------------------------------------

    def tell(self, topic: str, value: Any) -> None:
        """See the parent class."""
        try:
            self._waiting.put_nowait(self._box.seal([self._me, topic, value], _PLACE))
        except asyncio.QueueFull:
            self._has_dropped = True

    async def _send(self) -> None:
        while True:
            sealed = [await self._waiting.get()]
            while len(sealed) < _TOGETHER and not self._waiting.empty():
                sealed.append(self._waiting.get_nowait())
            if self._has_dropped:
                sealed.append(self._box.seal([self._me, _GAP, None], _PLACE))
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    for each in sealed:
                        pipe.publish(_CHANNEL, each)
                    await pipe.execute()
                self._has_dropped = False
            except _FAILURES:
                self._has_dropped = True
                _LOG.warning("not told to other hubs", extra={"events": len(sealed)})
                await asyncio.sleep(_BACK_OFF_S[0])

    # ---- hearing -------------------------------------------------------------------------------------------------

    async def _listen(self, ready: asyncio.Event) -> None:
        failures = 0
        while True:
            try:
                async with self._listening.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(_CHANNEL)
                    self._set_connected(True)
                    if ready.is_set():
                        self._missed_something()
                    ready.set()
                    failures = 0
                    while True:
                        message = await pubsub.get_message(timeout=5.0)
                        if message is not None:
                            self._hear(message["data"])
            except _FAILURES:
                self._set_connected(False)
                await asyncio.sleep(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])
                failures += 1

    def _hear(self, sealed: Any) -> None:
        try:
            sender, topic, value = self._box.open(sealed, _PLACE)
        except (Unreadable, ValueError, TypeError):
            _LOG.error("not one of ours")
            return
        if sender == self._me:
            return
        if topic == _GAP:
            self._missed_something()
        for hear in self._heard.get(topic, ()):
            try:
                hear(value)
            except Exception:
                _LOG.exception("not understood")

    def _missed_something(self) -> None:
        for hear in self._gaps:
            hear()

    def _set_connected(self, connected: bool) -> None:
        if connected != self.is_connected:
            _LOG.info("other hubs can be told" if connected else "other hubs cannot be told")
        self.is_connected = connected

    # ---- one queue per conversation ------------------------------------------------------------------------------

    @asynccontextmanager
    async def lease(self, conversation_id: str, seconds: float) -> AsyncIterator[None]:
        """See the parent class. Without Redis, and after `seconds`, the turn goes on without: the store decides who was first."""
        key, token = f"chatmasjien:queue:{hash_token(conversation_id)[:32]}", secrets.token_hex(8)
        has_it = await self._take(key, token, seconds)
        renewing = asyncio.create_task(self._renew(key, token)) if has_it else None
        try:
            yield
        finally:
            if renewing is not None:
                renewing.cancel()
                with contextlib.suppress(*_FAILURES):
                    await self._redis.eval(_RELEASE, 1, key, token)

    async def _take(self, key: str, token: str, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.is_connected:
            try:
                if await self._redis.set(key, token, nx=True, px=_LEASE_MS):
                    return True
            except _FAILURES:
                return False
            if time.monotonic() > until:
                return False
            await asyncio.sleep(_POLL_S)
        return False

    async def _renew(self, key: str, token: str) -> None:
        while True:
            await asyncio.sleep(_RENEW_S)
            with contextlib.suppress(*_FAILURES):
                await self._redis.eval(_RENEW, 1, key, token, str(_LEASE_MS))
