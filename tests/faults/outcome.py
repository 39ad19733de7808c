"""What a run in which several kinds of trouble are made gives: how often each, what was promised meanwhile, what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Troubles:
    """Counts of a run; `done` by kind of trouble."""

    seed: int
    done: Counter[str] = field(default_factory=Counter)
    conversations: int = 0
    acknowledged: int = 0
    replies: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return vars(self) | {"done": dict(self.done), "faults": dict(self.faults)}

    def tables(self, kinds: tuple[str, ...]) -> list[str]:
        """Lines for the report: how often each kind, and what was found."""
        rows = [f"| {kind} | {self.done[kind]} |" for kind in kinds]
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        return ["| fault | times |", "|---|---|", *rows, "", "Faults found:", *faults, ""]
