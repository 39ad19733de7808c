"""The bot's latest answers, so that a repeated message id gets the same one; for as long as somebody may still repeat it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any, Dict, Optional

_MOST, _KEPT_S = 512, 90.0
"""So many answers, each so long: the hub asks again before its deadline, after a restart or when storing failed (a minute at most)."""


class AnswerMemory:
    """Answers by key, in memory only. What is forgotten goes by itself, also when nobody asks any more."""

    def __init__(self, most: int = _MOST, kept_s: float = _KEPT_S) -> None:
        self._answers: "OrderedDict[str, Dict[str, Any]]" = OrderedDict()
        self._most, self._kept_s = most, kept_s

    def __len__(self) -> int:
        return len(self._answers)

    def recall(self, key: str) -> Optional[Dict[str, Any]]:
        """The answer that was kept under `key`, None once it is forgotten."""
        return self._answers.get(key)

    def keep(self, key: str, answer: Dict[str, Any]) -> None:
        """Keep `answer` for a while; the oldest go when there are too many. Call it in the event loop."""
        self._answers[key] = answer
        asyncio.get_running_loop().call_later(self._kept_s, self._answers.pop, key, None)
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)
