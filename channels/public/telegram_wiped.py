"""Which updates came before a wipe. Telegram brings again what could not be stored: after a wipe that must not begin a new conversation."""

from __future__ import annotations

import time
from collections import OrderedDict

_MOST_CHATS = 10_000
_LASTS_S = 26 * 3600.0
"""Telegram keeps what it could not bring for a day; later a lower number need not be older (after a quiet week it begins anywhere)."""


class BeforeWipes:
    """In memory: after a restart an update from before a wipe is a message as any other. `key` is the chat's pseudonym."""

    def __init__(self) -> None:
        self._newest = OrderedDict[str, int]()
        self._wiped = OrderedDict[str, tuple[int, float]]()

    def took(self, key: str, update_id: int) -> None:
        """An update of this chat is being taken."""
        newest = max(update_id, self._newest.pop(key, 0))
        _put(self._newest, key, newest)

    def wiped(self, key: str) -> None:
        """All that was taken in this chat so far is gone."""
        self._wiped.pop(key, None)
        _put(self._wiped, key, (self._newest.get(key, 0), time.monotonic()))

    def has(self, key: str, update_id: int) -> bool:
        """Whether this update came before the last wipe of its chat."""
        newest, at = self._wiped.get(key, (-1, 0.0))
        return update_id <= newest and time.monotonic() - at < _LASTS_S


def _put[T](kept: OrderedDict[str, T], key: str, value: T) -> None:
    """As the newest; the oldest are forgotten first."""
    kept[key] = value
    while len(kept) > _MOST_CHATS:
        kept.popitem(last=False)
