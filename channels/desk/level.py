"""The urgency of a case as its page shows it, and what a form that lowers it says."""

from __future__ import annotations

from collections.abc import Sequence

from channels.desk.rows import Names
from channels.desk.shown import fill
from channels.store import Escalation, Lowering
from kernel.urgency import Urgency

_CALMER = (Urgency.HIGH, Urgency.NORMAL)
"""What staff may lower to; a case is never less than normal."""


def level_of(escalation: Escalation, version: int, names: Names) -> dict[str, object]:
    """For the page, its socket and its script: `urgency` and its `label`, the levels `below` it as [value, label], the `version`
    that a lowering has to name, and in `lowered` the sentence that staff lowered it ("" where they did not)."""
    now, called = escalation.urgency or Urgency.NORMAL, names["urgency"]
    before = escalation.lowered_from
    return {
        "urgency": now.value,
        "label": called[now.value],
        "below": [[level.value, called[level.value]] for level in _CALMER if level.rank < now.rank],
        "version": version,
        "lowered": fill(names["case"]["lowered"], before=called[before.value], now=called[now.value]) if before is not None else "",
    }


def version_of(said: str) -> int | None:
    """The version that a form says its page showed; None for anything else than a number."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else None


def lowering_of(said: Sequence[str]) -> Lowering | None:
    """What the fields `before`, `to` and `version` say; None for anything else than a step down that staff may take."""
    before, to, seen = said
    version = version_of(seen)
    if to not in _CALMER or version is None:
        return None
    lowering = Lowering(Urgency.parse(before), Urgency(to), version)
    return lowering if lowering.to.rank < lowering.before.rank else None
