"""What the desk hears at once, in all hubs: that something changed, and, for whoever opened a case, what is said in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from channels.fanout import Fanout, Listener
from channels.store import Escalation, Said
from kernel.conversation import Speaker
from kernel.language import Language
from kernel.urgency import Urgency

_QUEUE = "queue"
CAUSES = frozenset(
    "danger new claimed released lowered restored returning returned closed left back cancelled wiped overdue invited".split()
)


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """An escalation changed; `cause` is one of CAUSES. No text; need, urgency and language only as the desk may see them.

    "danger": found in words of a teenager who sent nothing, who waits, or whom a counsellor holds (`held_by`, whom it rings).
    """

    escalation_id: str
    cause: str
    urgency: Urgency | None = None
    need: str | None = None
    language: Language | None = None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class CaseSaid:
    """Something was said while a counsellor holds. It is in the store already."""

    escalation_id: str
    said: Said


@dataclass(frozen=True, slots=True)
class CaseTyping:
    """Somebody types."""

    escalation_id: str
    speaker: Speaker


DeskEvent = QueueChanged | CaseSaid | CaseTyping


class DeskEvents:
    """Brings events to the desk's listeners."""

    def __init__(self) -> None:
        self.fanout = Fanout[DeskEvent]()

    @contextmanager
    def listening(self, escalation_id: str | None = None) -> Iterator[Listener[DeskEvent]]:
        """The queue's changes; with `escalation_id` also what is said in that case (whoever asks has checked who may hear it)."""
        with self.fanout.listening(_QUEUE) as listener:
            if escalation_id is not None:
                self.fanout.subscribe(escalation_id, listener)
            try:
                yield listener
            finally:
                if escalation_id is not None:
                    self.fanout.unsubscribe(escalation_id, listener)

    def changed(self, escalation: Escalation, cause: str) -> None:
        """Tell the queue."""
        assert cause in CAUSES, cause
        held_by = escalation.claimed_by if escalation.is_held else None
        event = QueueChanged(escalation.id, cause, escalation.urgency, escalation.need, escalation.language, held_by)
        self.fanout.publish(_QUEUE, event)

    def said(self, escalation_id: str, said: Said) -> None:
        """Tell whoever has this case open."""
        self.fanout.publish(escalation_id, CaseSaid(escalation_id, said))

    def typing(self, escalation_id: str, speaker: Speaker) -> None:
        """Tell whoever has this case open."""
        self.fanout.publish(escalation_id, CaseTyping(escalation_id, speaker))
