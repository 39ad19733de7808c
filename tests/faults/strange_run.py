"""10,000 strange messages to the real product, through the real database: 1,000 conversations, four at once, seeded."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from product_world import Product
from strange_talks import EACH, broken, converse

_AT_ONCE = 4
_BATCH = 50
MOST_BY_THE_HUB = 0.2
"""The share of messages that the hub may answer alone; above it the bot hardly took part, and nothing was shown about it."""


@dataclass
class Outcome:
    """What a run gave. `faults`: kinds of what went wrong, without the messages; `by_the_hub`: answered without the bot."""

    first: int
    messages: int = 0
    conversations: int = 0
    by_the_hub: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready; `done` is what was made, `acknowledged` what was answered."""
        faults = dict(self.faults)
        return vars(self) | {
            "done": {"strange message": self.messages},
            "acknowledged": self.messages - faults.get("silence", 0),
            "faults": faults,
        }

    def as_text(self) -> str:
        """The report for people."""
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        return "\n".join(
            [
                "# Strange messages to the real product",
                "",
                f"Made by `make faults`: {self.messages} random and mutated messages in {self.conversations} conversations"
                f" (the first is number {self.first}), {_AT_ONCE} at once, in {self.seconds:.0f} s;"
                f" {self.by_the_hub} were answered by the hub alone (late, refused or typed commands).",
                "",
                "What must hold: each is answered, nothing breaks in hub or bot, the urgency never falls.",
                "",
                "Faults found:",
                *faults,
                "",
            ]
        )


async def run(folder: Path, messages: int, first: int, tell: Callable[[str], None]) -> Outcome:
    """Says `messages` strange messages to a product of its own in `folder`, from conversation number `first` on."""
    outcome, product = Outcome(first), Product(folder)
    product.start_bot()
    began = time.monotonic()
    try:
        await asyncio.to_thread(product.make_whole)
        gate, printed, silent = asyncio.Semaphore(_AT_ONCE), len(product.printed()), product.fallbacks()
        for start in range(first, first + messages // EACH, _BATCH):
            numbers = range(start, min(start + _BATCH, first + messages // EACH))
            async with aiohttp.ClientSession() as session:
                found = await asyncio.gather(*(converse(number, product, session, gate) for number in numbers))
            outcome.faults.update(_kind(line) for wrong in found for line in wrong)
            outcome.conversations += len(numbers)
            outcome.messages += len(numbers) * EACH
            tell(f"{outcome.messages} of {messages} strange messages, faults: {dict(outcome.faults) or 'none'}")
        outcome.faults.update({"exception printed": len(lines)} if (lines := broken(product, printed)) else {})
        outcome.by_the_hub = int(product.fallbacks() - silent)
        if outcome.by_the_hub > outcome.messages * MOST_BY_THE_HUB:
            outcome.faults["the bot hardly answered"] += 1
    finally:
        product.end()
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


def _kind(line: str) -> str:
    """What went wrong, without the message: 'silence', 'urgency fell', 'error'."""
    return next((kind for kind in ("silence", "urgency fell", "a line of another country") if kind in line), "error")
