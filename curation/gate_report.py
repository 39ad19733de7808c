"""The gate's report: what got better and worse, per language and need, with the sentences that flipped and pictures of the confusion.

Sentences of the project's own sets are shown; of what people really wrote (`../shared/realtexts`) only the place is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from curation import comparing, scoring
from curation.comparing import OVERRIDABLE, Comparison, Reason, Sentence
from curation.evaluation_report import picture
from curation.files import put_json
from curation.finding import Finding
from curation.measuring_sets import DANGER, EVERYDAY, HARMLESS, HELP, TWINS
from kernel.language import Language

FILE = "report.json"
MOST_FLIPS = 200
_SHOWN = (TWINS, DANGER, HARMLESS)
"""Sets whose sentences may be shown."""


def of_findings(findings: Iterable[Finding]) -> dict[str, Any]:
    """A change that the checks refuse, before anything is trained."""
    listed = [
        {"file": one.file, "line": one.line, "rule": one.rule, "nl": [one.message_nl, one.fix_nl], "fr": [one.message_fr, one.fix_fr]}
        for one in findings
    ]
    nothing = dict.fromkeys(("language", "need", "before", "after"))
    reason: dict[str, Any] = {"rule": comparing.Rule.CHECK.value, **nothing, "sentences": []}
    return {
        "passed": False, "reasons": [reason], "may_override": False, "findings": listed,
        "figures": {}, "needs": [], "worse": [], "better": [],
    }  # fmt: skip


def of_comparison(comparison: Comparison, found: list[Reason]) -> dict[str, Any]:
    """Everything a person wants to know, as JSON can hold it."""
    worse, better = comparing.flips(comparison)
    return {
        "passed": not found,
        "may_override": bool(found) and all(reason.rule in OVERRIDABLE for reason in found),
        "reasons": [_reason(reason) for reason in found],
        "findings": [],
        "figures": {language.value: _figures(comparison, language) for language in Language},
        "needs": _needs(comparison),
        "worse": [_sentence(one) for one in worse[:MOST_FLIPS]],
        "better": [_sentence(one) for one in better[:MOST_FLIPS]],
        "asked": len(comparison.sentences),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule.value,
        "language": reason.language and reason.language.value,
        "need": reason.need,
        "before": _plain(reason.before),
        "after": _plain(reason.after),
        "sentences": [_sentence(one) for one in reason.sentences],
    }


def _sentence(one: Sentence) -> dict[str, Any]:
    row = one.row
    return {
        "kind": row.kind,
        "place": row.place,
        "text": row.text if row.kind in _SHOWN else None,
        "language": row.language.value,
        "right": row.needs[0] if row.needs else None,
        "urgency": row.urgency.value,
        "before": {"need": one.before.need, "urgency": one.before.urgency.value, "lines": list(one.before.lines)},
        "after": {"need": one.after.need, "urgency": one.after.urgency.value, "lines": list(one.after.lines)},
    }


def _figures(comparison: Comparison, language: Language) -> dict[str, Any]:
    dangers = [one for one in comparison.of(language, (HELP, DANGER)) if comparing.is_danger(one.row)]

    def both(kinds: tuple[str, ...], is_hit: Any) -> list[Any]:
        return [_plain(rate) for rate in comparison.rates(language, kinds, is_hit)]

    def of_danger(is_hit: Any) -> list[Any]:
        sides = ([(one.row, one.before) for one in dangers], [(one.row, one.after) for one in dangers])
        return [_plain(scoring.rate(side, is_hit)) for side in sides]

    before, after = comparison.before[language], comparison.after[language]
    return {
        "danger": of_danger(comparing.seen),
        "danger_level": of_danger(comparing.at_level),
        "alarms": both((EVERYDAY, HARMLESS), scoring.is_alarm),
        "need_right": both((TWINS,), scoring.need_right),
        "not_understood": both((TWINS,), scoring.not_understood),
        "macro_f1": [before and round(before.macro_f1, 4), after and round(after.macro_f1, 4)],
    }


def _needs(comparison: Comparison) -> list[dict[str, Any]]:
    """Per language and need: the F1 before and after, how many sentences; the greatest change first."""
    rows = []
    for language in Language:
        before, after = comparison.before[language], comparison.after[language]
        if before is None or after is None:
            continue
        for need, old in before.per_need.items():
            new = after.per_need.get(need, {"f1": 0.0})
            rows.append({"language": language.value, "need": need, "before": old["f1"], "after": new["f1"], "count": old["count"]})
    return sorted(rows, key=lambda row: (-abs(row["after"] - row["before"]), row["need"], row["language"]))


def _plain(value: Any) -> Any:
    return value.plain() if isinstance(value, scoring.Rate) else value


def write(folder: Path, report: dict[str, Any], comparison: Comparison | None = None) -> None:
    """The pictures first, then the report in one step: once it is there, it is whole."""
    sides = (("before", comparison.before), ("after", comparison.after)) if comparison is not None else ()
    for name, of in sides:
        for language, found in of.items():
            if found is not None:
                title = f"{language.value}, {name}: macro F1 {100 * found.macro_f1:.1f} %"
                picture(found, title, folder / f"confusion_{language.value}_{name}.svg")
    put_json(folder / FILE, report)
