"""`make evaluate`: how well the product understands and whom it names, per language, on every measuring set that is there.

The product is asked as a command (`python -m channels ask`), through the same code that answers people, with a bot of its own
on the published model; then the references (`curation/references.py`) answer the same messages. Writes reports/evaluation.md,
.json and pictures; prints the table.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from curation import evaluation_report, measuring_sets, references, scoring
from curation.agreed_bars import judged
from curation.asking import AskError, ask, ask_patiently
from curation.content import Content
from curation.measuring_sets import (
    AMONG,
    CALLS,
    DANGER,
    HARMLESS,
    HELP,
    HINTED,
    KINDS,
    LETTERS,
    MOMENT,
    MONTH,
    ORDINARY,
    TALK,
    TOLD,
    TWINS,
    Row,
    Sets,
)
from curation.references import NotTrained, References, Sample
from curation.scoring import Answer, RightLines, rate
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector
from safety.directory import Directory
from safety.routes import Routes

ROOT = Path(__file__).resolve().parents[1]
__all__ = ["AskError", "ask", "ask_patiently", "figures_of", "main", "sample"]
_SEED = 7
BY_NEED = (TWINS, HELP, LETTERS, TOLD, MOMENT, AMONG, HINTED, MONTH)
"""Sets whose rows say which need is right."""
NAMES = {
    TWINS: "twins",
    HELP: "help messages",
    measuring_sets.EVERYDAY: "everyday",
    LETTERS: "letters",
    measuring_sets.CHAT: "chat",
    DANGER: "danger",
    measuring_sets.IDIOMS: "harmless (idioms)",
    HARMLESS: "harmless (hard)",
    ORDINARY: "harmless (ordinary)",
    TOLD: "told by circumstances",
    measuring_sets.TOLD_CHAT: "told by circumstances, harmless",
    MOMENT: "now or not now",
    measuring_sets.MOMENT_CHAT: "now or not now, harmless",
    AMONG: "told among other things",
    measuring_sets.AMONG_CHAT: "told among other things, harmless",
    HINTED: "told by hints",
    measuring_sets.HINTED_CHAT: "told by hints, harmless",
    MONTH: "of a month",
    measuring_sets.MONTH_CHAT: "of a month, harmless",
}
"""What the sets are called in reports."""


def figures_of(sets: Sets, answers: Sequence[Answer], right: RightLines, detector: CrisisDetector) -> dict[str, Any]:
    """All numbers: `summary` (row name to language to figure), `understanding` per language, and `wrong` (places only)."""
    pairs: dict[tuple[str, Language], list[tuple[Row, Answer]]] = {(kind, language): [] for kind in KINDS for language in Language}
    for row, answer in zip(sets.rows, answers, strict=True):
        pairs[row.kind, row.language].append((row, answer))
    summary: dict[str, dict[Language, Any]] = {}
    found: dict[Language, scoring.Understanding] = {}
    for language in Language:
        of = {kind: pairs[kind, language] for kind in KINDS}
        if (known := scoring.understanding(of[TWINS])) is not None:
            found[language] = known
        # The danger sets were partly taken over as examples of the terms: only the rest measures anything.
        fresh = of | {kind: [pair for pair in of[kind] if not pair[0].seen] for kind in (DANGER, HARMLESS, ORDINARY)}
        cells = _twin_cells(of[TWINS], known) | _line_cells(fresh, right) | _danger_cells(fresh, detector)
        cells |= _alarm_cells(fresh, detector) | _caveat_cells(of)
        for name, value in cells.items():
            summary.setdefault(name, {})[language] = value
    return {"summary": summary, "understanding": found, "wrong": _wrong(pairs)}


def _twin_cells(pairs: list[tuple[Row, Answer]], known: scoring.Understanding | None) -> dict[str, Any]:
    fresh = scoring.understanding([(row, answer) for row, answer in pairs if not row.seen])
    return {
        "twins: macro F1": known.macro_f1 if known else None,
        "twins: macro F1, new words only": fresh.macro_f1 if fresh else None,
        "twins: need right": rate(pairs, scoring.need_right),
        "twins: not understood": rate(pairs, scoring.not_understood),
        "twins: right language": rate(pairs, scoring.language_right),
    }


def _line_cells(of: dict[str, list[tuple[Row, Answer]]], right: RightLines) -> dict[str, Any]:
    cells: dict[str, Any] = {f"{NAMES[kind]}: need right": rate(of[kind], scoring.need_right) for kind in BY_NEED if kind != TWINS}
    for kind, name in ((kind, NAMES[kind]) for kind in CALLS):
        cells |= {f"{name}: {line.replace('_', ' ')}": value for line, value in scoring.line_rates(of[kind], right).items()}
    urgent = scoring.line_rates_in_danger(of[HELP], right)
    cells |= {
        "help messages in danger: right line": urgent["right line"],
        "help messages in danger, no need of ours: 116000 or 112": urgent["116000 or 112"],
    }
    return cells | {"help messages: right language": rate(of[HELP], scoring.language_right)}


def _danger_cells(of: dict[str, list[tuple[Row, Answer]]], detector: CrisisDetector) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for kind, name in ((kind, NAMES[kind]) for kind in CALLS):
        for level in (Urgency.EMERGENCY, Urgency.HIGH):
            rates = scoring.danger_rates(of[kind], level)
            cells[f"{name}: {level.value}, seen"] = rates["seen"]
            cells[f"{name}: {level.value}, level"] = rates["level"]
            labelled = [pair for pair in of[kind] if pair[0].urgency is level]
            if level is Urgency.EMERGENCY:
                cells[f"{name}: emergency, 112 or 101 first"] = rate(labelled, scoring.is_at_once_first)
            else:
                cells[f"{name}: high, brought to emergency"] = rate(labelled, scoring.is_raised(Urgency.EMERGENCY))
            cells[f"{name}: {level.value}, seen by terms alone"] = rate(labelled, lambda row, _: detector.find(row.text) is not None)
    return cells


def _alarm_cells(of: dict[str, list[tuple[Row, Answer]]], detector: CrisisDetector) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for kind, name in ((kind, NAMES[kind]) for kind in TALK):
        cells[f"{name}: false alarms"] = rate(of[kind], scoring.is_alarm)
        for level in (Urgency.EMERGENCY, Urgency.HIGH):
            cells[f"{name}: false alarms, {level.value}"] = rate(of[kind], scoring.is_raised(level))
        cells[f"{name}: taken for a need"] = rate(of[kind], scoring.is_taken_for_help)
        cells[f"{name}: false alarms by terms alone"] = rate(of[kind], lambda row, _: detector.find(row.text) is not None)
    agreed = [pair for pair in of[HARMLESS] if not pair[0].disputed]
    cells[f"{NAMES[HARMLESS]}, where readers agree: false alarms"] = rate(agreed, scoring.is_alarm)
    return cells


def _caveat_cells(of: dict[str, list[tuple[Row, Answer]]]) -> dict[str, Any]:
    """How often the bot had no part in the answer, and how many rows of each set also stand in data/, word for word."""
    silent = rate([pair for kind in KINDS for pair in of[kind]], scoring.is_silent)
    learnt = {f"{NAMES[kind]}: also stand in data/": rate(of[kind], lambda row, _: row.seen) for kind in KINDS}
    return {"all sets: answered by the hub alone": silent, **learnt}


def _wrong(pairs: dict[tuple[str, Language], list[tuple[Row, Answer]]]) -> dict[str, list[dict[str, str]]]:
    """Places of what went wrong, for whoever may open the sets: need wrong, danger not seen, false alarm."""
    flat = [pair for group in pairs.values() for pair in group]
    tests: dict[str, Callable[[Row, Answer], bool]] = {
        "need": lambda row, answer: row.kind in BY_NEED and not scoring.need_right(row, answer),
        "danger": lambda row, answer: row.kind in CALLS and row.urgency.is_danger and not answer.urgency.is_danger,
        "alarm": lambda row, answer: row.kind in TALK and scoring.is_alarm(row, answer),
    }
    return {
        name: [
            {"place": row.place, "right": row.needs[0] if row.needs else "", "said": answer.need or scoring.OTHER}
            for row, answer in flat
            if is_wrong(row, answer)
        ]
        for name, is_wrong in tests.items()
    }


def sample(sets: Sets, most: int) -> Sets:
    """At most `most` rows of each kind and language, always the same ones."""
    chosen: list[Row] = []
    for kind in KINDS:
        for language in Language:
            rows = sets.of(kind, language)
            chosen += rows if len(rows) <= most else random.Random(_SEED).sample(rows, most)
    return Sets(tuple(chosen), sets.absent)


def _print(figures: dict[str, Any]) -> None:
    shown = Table("", *(language.value for language in Language), title=f"{figures['rows']} messages, model {figures['model']}")
    for name, values in figures["summary"].items():
        shown.add_row(*evaluation_report.both(name, values))
    Console().print(shown)
    for one in judged(figures["summary"]):
        if one.holds is False:
            Console().print(f"✗ {one.language.value}: {one.bar.row}: {evaluation_report.percent(one.value)}, agreed: {one.bar.words}")


def main(arguments: list[str]) -> int:
    """The exit code: 0, or 2 when the product could not be asked, its model changed meanwhile, or a reference could not be trained."""
    parser = argparse.ArgumentParser(prog="python -m curation.evaluate", description=__doc__)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="ask only N of each set and language")
    usual = Sample()
    parser.add_argument("--no-references", action="store_true", help="measure the product alone (the references take most of the time)")
    parser.add_argument("--stock-examples", type=int, default=usual.per_need, help="per need and language, for Rasa's stock configuration")
    parser.add_argument("--stock-epochs", type=int, default=usual.epochs, help="its rounds of training")
    parser.add_argument("--out", type=Path, default=ROOT / "reports", help="where the reports go")
    chosen = parser.parse_args(arguments)
    content = Content.load(ROOT)
    sets = measuring_sets.load(ROOT, content)
    if chosen.sample:
        sets = sample(sets, chosen.sample)
    print(f"→ Asking the product {len(sets.rows)} messages", file=sys.stderr, flush=True)
    started, model = time.monotonic(), _model_name()
    try:
        answers, silent_at_first = ask_patiently(sets.rows, ROOT)
    except AskError as error:
        print(error, file=sys.stderr)
        return 2
    seconds = time.monotonic() - started
    if _model_name() != model:
        print("the published model changed while it was asked; nothing was written, run it again", file=sys.stderr)
        return 2
    safety = ROOT / "data" / "safety"
    routes = Routes.load(safety / "routes.yml", Directory.load(safety / "helplines.yml"))
    right = RightLines(routes)
    compared: dict[str, Any] = {}
    if not chosen.no_references:
        job = Sample(chosen.stock_examples, chosen.stock_epochs, _SEED)
        try:
            made = _referenced(sets, answers, content, routes, job)
        except NotTrained as error:
            print(error, file=sys.stderr)
            return 2
        compared = {"references": references.figures(sets.rows, made, right), "made": made}
    figures = figures_of(sets, answers, right, CrisisDetector.load(safety)) | {
        "date": date.today().isoformat(),
        "rows": len(sets.rows),
        "seconds": seconds,
        "model": model,
        "silent_at_first": scoring.Rate(len(silent_at_first), len(sets.rows)),
        "absent": list(sets.absent),
        "is_sample": bool(chosen.sample),
        **compared,
    }
    evaluation_report.write(chosen.out, figures)
    _print(figures)
    return 0


def _referenced(sets: Sets, product: list[Answer], content: Content, routes: Routes, job: Sample) -> References:
    """The references' answers; the messages stand in a temporary folder of ours alone meanwhile."""
    print("→ Training and asking the references (minutes; --no-references leaves them out)", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="chatmasjien-references-") as folder:
        return references.answers(sets.rows, content, routes, product, ROOT, Path(folder), job)


def _model_name() -> str:
    """The first characters of the published model's hash."""
    path = ROOT / "models" / "current.tar.gz"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
