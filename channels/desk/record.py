"""The record of a case: at most eight fields, filled in beforehand with what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from channels.answers import About, Answers
from channels.store import CaseRecord, Escalation
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.directory import Card

CATEGORIES = tuple(name for name, need in NEEDS.items() if not need.is_conversation)
OUTCOMES = ("listened", "step", "referred", "followed_up", "emergency", "no_answer", "misuse")
"""Those a counsellor chooses; `wiped` and `expired` are written by the hub."""
_ALWAYS = ("childfocus", "emergency_112", "police_101")
_MOST_REFERRED = 3
_LONGEST_REMARK = 2000
_LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the form shows before anybody touches it: the lines of this need first, then the ones that are always near."""

    lines: tuple[Card, ...]
    minutes: int


def suggestions(escalation: Escalation, answers: Answers, language: Language, now: float) -> Suggestions:
    """For this case; `now` in seconds since the epoch."""
    about = About(escalation.need, escalation.who or "self", escalation.age_group or "unknown", escalation.urgency or Urgency.NONE)
    ids = dict.fromkeys((*answers.some_lines(about, language), *_ALWAYS))
    started = escalation.claimed_at or now
    return Suggestions(answers.cards(ids, language), max(1, round((now - started) / 60)))


def record_of(form: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], helplines: Collection[str]) -> CaseRecord | None:
    """What the form says, only values we know; None when no outcome was chosen."""
    outcome = _one_of(form, "outcome", OUTCOMES)
    if outcome is None:
        return None
    chosen = tuple(name.removeprefix("line_") for name in form if name.startswith("line_"))
    minutes, remark = str(form.get("minutes", "")), form.get("remark", "")
    return CaseRecord(
        need=_one_of(form, "need", CATEGORIES),
        outcome=outcome,
        referred_to=tuple(line for line in chosen if line in helplines)[:_MOST_REFERRED],
        age_group=_one_of(form, "age_group", names["age_group"]),
        who=_one_of(form, "who", names["who"]),
        channel=_one_of(form, "channel", names["channel"]),
        minutes=min(int(minutes), _LONGEST_MINUTES) if minutes.isascii() and minutes.isdigit() and len(minutes) < 6 else None,
        remark=remark.strip()[:_LONGEST_REMARK] if isinstance(remark, str) else "",
    )


def _one_of(form: Mapping[str, Any], name: str, allowed: Collection[str]) -> str | None:
    value = form.get(name)
    return value if isinstance(value, str) and value in allowed and value != "unknown" else None
