"""Limits against floods: token buckets, in memory only. Nothing here may silence danger; callers look for it first."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

MESSAGES_PER_S, MESSAGES_BURST = 5.0, 10.0
CHATS_PER_S, CHATS_BURST = 50.0, 50.0
_SWEEP_AT = 10_000


class Bucket:
    """Holds up to `burst` tokens and gains `rate` per second."""

    __slots__ = ("_burst", "_clock", "_rate", "_seen", "_tokens")

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._seen = burst, clock()

    def take(self) -> float:
        """0.0 when a token was taken, else the seconds until there is one."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._seen) * self._rate)
        self._seen = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._rate

    @property
    def is_full(self) -> bool:
        """True when it says no more than a new one would."""
        return self._tokens + (self._clock() - self._seen) * self._rate >= self._burst


class Limiter:
    """One bucket per key (a conversation, an address), forgotten once it is full again."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: dict[str, Bucket] = {}

    def take(self, key: str) -> float:
        """0.0 when `key` may go on, else the seconds to wait."""
        if len(self._buckets) >= _SWEEP_AT:
            self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.is_full}
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self._rate, self._burst, self._clock)
        return bucket.take()

    def forget(self, key: str) -> None:
        """Drop what is remembered of `key`."""
        self._buckets.pop(key, None)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._buckets)


def rounded_up(seconds: float) -> float:
    """Whole tenths, upwards: who waits as long as told is let in."""
    return math.ceil(seconds * 10) / 10
