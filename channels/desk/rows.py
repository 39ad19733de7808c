"""The queue as the page and the socket show it: one row per case, words in the reader's language, no word of a teenager."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from channels.desk.shown import clock, label, literal
from channels.store import Escalation
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.urgency import Urgency

Names = Mapping[str, Mapping[str, Any]]
"""The desk's texts in one language, by group."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case. `since` in seconds since the epoch; `remark` says what is special; `holder` is an account's id."""

    id: str
    urgency: str
    urgency_label: str
    need: str
    language: str
    language_label: str
    age: str
    channel: str
    since: float
    remark: str
    holder: str
    holder_name: str
    viewers: str
    is_alone: bool
    can_invite: bool

    def plain(self) -> dict[str, object]:
        """For the socket."""
        return asdict(self)


def row_of(
    escalation: Escalation,
    names: Names,
    people: Mapping[str, str],
    viewers: Collection[str] = (),
    me: str = "",
    *,
    is_alone: bool = False,
) -> Row:
    """The row of a case; `people`: name by account id; `viewers`: account ids, of which `me` goes without saying.

    `is_alone`: its counsellor is away.
    """
    urgency = (escalation.urgency or Urgency.NORMAL).value
    holder = escalation.claimed_by or "" if escalation.is_held else ""
    watching = [literal(people.get(each, "?")) for each in sorted(viewers) if each not in (holder, me)]
    return Row(
        id=escalation.id,
        urgency=urgency,
        urgency_label=names["urgency"][urgency],
        need=label(names["needs"], escalation.need or "unknown"),
        language=escalation.language.value if escalation.language else "",
        language_label=language_label(names, escalation.language),
        age=label(names["age_group"], escalation.age_group or "unknown"),
        channel=label(names["channel"], escalation.channel),
        since=escalation.waiting_at or escalation.offered_at,
        remark=str(names["queue"]["alone"]) if is_alone else _remark(escalation, names),
        holder=holder,
        holder_name=literal(people.get(holder, "?")) if holder else "",
        viewers=names["queue"]["viewers"].replace("{names}", ", ".join(watching)) if watching else "",
        is_alone=is_alone,
        can_invite=escalation.state is EscalationState.OFFERED and escalation.invited_at is None and escalation.declined_at is None,
    )


def language_label(names: Names, language: Language | None) -> str:
    """What a language is called on the page."""
    return str(names["language"][f"code_{language.value}" if language else "unknown"])


def may_ring(escalation: Escalation) -> bool:
    """True for a case that somebody should take now: sent, not taken, and not left for the next opening. An emergency never is."""
    is_for_later = escalation.is_after_hours and escalation.urgency is not Urgency.EMERGENCY
    return escalation.state is EscalationState.WAITING and escalation.claimed_by is None and not is_for_later


def wanted(rows: Iterable[Row], language: str) -> list[Row]:
    """The rows of one language ("nl", "fr"; anything else: all). An emergency is in every list, and so is an unknown language."""
    return [row for row in rows if language not in ("nl", "fr") or row.language in (language, "") or row.urgency == Urgency.EMERGENCY.value]


def _remark(escalation: Escalation, names: Names) -> str:
    said = names["queue"]
    if escalation.state in (EscalationState.OFFERED, EscalationState.CANCELLED):
        if escalation.declined_at is not None:
            return str(said["declined"])
        return str(said["invited"]).replace("{when}", clock(escalation.invited_at)) if escalation.invited_at is not None else ""
    if escalation.left_at is not None:
        return str(said["left"])
    if escalation.is_held and escalation.lowered_from is not None:
        return str(said["lowered_tag"])
    if escalation.is_after_hours:
        return str(said["after_hours"])
    return str(said["overdue"]) if escalation.told_at is not None and not escalation.is_held else ""
