"""Trying out: talking with a bot that has learnt a proposal. Who trains and starts that bot is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kernel.language import Language


class DraftState(StrEnum):
    """Is there a bot that knows this proposal? OLD: it knows an earlier version of it."""

    NONE = "none"
    TRAINING = "training"
    OLD = "old"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the draft bot said to one message: bubbles with their choices (title, payload), and what it understood."""

    bubbles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    need: str | None
    confidence: float


class DraftAway(Exception):
    """No draft bot answers now."""


class Drafts(Protocol):
    """The draft bots."""

    async def state(self, proposal_id: str) -> DraftState:
        """Whether one can be asked."""
        ...

    async def ask(self, proposal_id: str, conversation: str, text: str, language: Language) -> Answer:
        """One turn. `conversation` is a random id of the page, nothing is kept of it. Raises DraftAway."""
        ...


class NoDrafts:
    """There is no draft bot here."""

    async def state(self, proposal_id: str) -> DraftState:
        """None."""
        return DraftState.NONE

    async def ask(self, proposal_id: str, conversation: str, text: str, language: Language) -> Answer:
        """Raises DraftAway."""
        raise DraftAway
