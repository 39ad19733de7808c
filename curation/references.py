"""What the product must be ahead of: the same messages answered by simple references, trained on the same `data/nlu`.

- `keywords`: each need's most telling words; the need with the most of them.
- `nearest`: the need of the closest example by the sentence encoder.
- `stock`: Rasa's stock configuration (DIET). It is far too slow for all examples, so it gets a sample, and so does the
  product once more (`product_sampled`): those two make a fair pair.
- `constant`: 116000, whatever is said.

A need becomes lines by the same routes as in the product. Those with a sentence encoder or Rasa are trained by scripts/train_references.py.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from curation import scoring
from curation.content import Content
from curation.measuring_sets import DANGER, EVERYDAY, HARMLESS, HELP, TWINS, Row
from curation.scoring import Answer, Rate, RightLines, rate
from kernel.language import Language, words_of
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency
from safety.routes import HOTLINE, Routes

PRODUCT, SAMPLED, STOCK, NEAREST, KEYWORDS, CONSTANT = "product", "product_sampled", "stock", "nearest", "keywords", "constant"
NAMES = {
    PRODUCT: "the product",
    SAMPLED: "its pipeline, on the sample",
    STOCK: "Rasa's stock configuration, on the sample",
    NEAREST: "nearest example",
    KEYWORDS: "keywords only",
    CONSTANT: "always 116000",
}
"""In the order of the report."""
_KEYWORDS_PER_NEED = 40
_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""A weekday afternoon, as in scoring.RightLines: the routes as they are written."""


class NotTrained(Exception):
    """A reference could not be trained; the message says why."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How much Rasa's stock configuration learns from: examples per need and language, rounds, and the seed of both."""

    per_need: int = 25
    epochs: int = 40
    seed: int = 7


@dataclass(frozen=True, slots=True)
class References:
    """Each reference's answers, in the order of the rows, and what the report says about how they were made."""

    answers: dict[str, list[Answer]]
    sample: Sample
    examples: int = 0
    sampled: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


class Keywords:
    """The words that tell needs apart, by their log-odds in the examples of one language, and how much each tells."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        """`examples`: need and text."""
        by_need: dict[str, Counter[str]] = {}
        for need, text in examples:
            by_need.setdefault(need, Counter()).update(set(words_of(text)))
        everywhere: Counter[str] = sum(by_need.values(), Counter())
        total = len(examples)
        sizes = Counter(need for need, _ in examples)
        self._telling: dict[str, dict[str, float]] = {}
        for need, words in by_need.items():
            size = sizes[need]
            odds = {
                word: math.log((count + 0.5) / (size - count + 0.5))
                - math.log((everywhere[word] - count + 0.5) / (total - size - everywhere[word] + count + 0.5))
                for word, count in words.items()
                if count > 1
            }
            best = sorted(odds, key=lambda word: (-odds[word] * math.sqrt(words[word]), word))[:_KEYWORDS_PER_NEED]
            self._telling[need] = {word: odds[word] for word in best if odds[word] > 0}

    def need_of(self, text: str) -> str:
        """The need whose words weigh most in `text`; small talk when none is there."""
        words = set(words_of(text))
        scores = {need: sum(odds for word, odds in telling.items() if word in words) for need, telling in self._telling.items()}
        best = max(scores, key=lambda need: (scores[need], need))
        return best if scores[best] > 0 else "off_topic"


class Answering:
    """From a need to an answer, through the product's own routes."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    def of(self, row: Row, need: str | None, confidence: float = 1.0, urgency: Urgency | None = None) -> Answer:
        """The lines of the need, nobody's age or role known; none for conversation or no need."""
        known = NEEDS.get(need or "")
        level = urgency if urgency is not None else urgency_of(need)
        lines = self._routes.lines(need, row.language, urgency=level, at=_AT) if known and need and not known.is_conversation else ()
        return Answer(need, confidence, level, row.language.value, tuple(lines))


def answers(
    rows: Sequence[Row], content: Content, routes: Routes, product: list[Answer], root: Path, folder: Path, job: Sample
) -> References:
    """All references' answers to `rows`; `folder` is empty and private, and holds the messages while they are asked.

    Raises NotTrained when training fails.
    """
    said = trained(rows, root, folder, job)
    answering = Answering(routes)
    found: dict[str, list[Answer]] = {PRODUCT: product}
    for name in (SAMPLED, STOCK, NEAREST):
        found[name] = [
            answering.of(row, one["need"], one["confidence"], Urgency.parse(one["urgency"]) if name == SAMPLED else None)
            for row, one in zip(rows, said[name], strict=True)
        ]
    keywords = {
        language: Keywords([(example.need, example.text) for example in content.examples if example.language is language])
        for language in Language
    }
    found[KEYWORDS] = [answering.of(row, keywords[row.language].need_of(row.text)) for row in rows]
    found[CONSTANT] = [Answer(None, 1.0, Urgency.NONE, row.language.value, (HOTLINE,)) for row in rows]
    return References(found, job, said["examples"], said["sampled"], said["seconds"])


def trained(rows: Sequence[Row], root: Path, folder: Path, job: Sample) -> dict[str, Any]:
    """What scripts/train_references.py says of each row, by reference, with its counts and seconds. Raises NotTrained."""
    texts = [[row.language.value, row.text] for row in rows]
    named = {"per_need": job.per_need, "epochs": job.epochs, "seed": job.seed}
    (folder / "job.json").write_text(json.dumps({"texts": texts, **named}), encoding="utf-8")
    env = os.environ | {
        "PYTHONPATH": str(root),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",  # nothing trained earlier is taken for this training
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYTHONWARNINGS": "ignore",
    }
    command = [str(root / "bot" / ".venv" / "bin" / "python"), str(root / "scripts" / "train_references.py"), str(folder)]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    target = folder / "said.json"
    if done.returncode != 0 or not target.is_file():
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotTrained(f"scripts/train_references.py ended with {done.returncode}: {lines[-1] if lines else 'without a word'}")
    said: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return said


def figures(rows: Sequence[Row], made: References, right: RightLines) -> dict[str, dict[str, dict[Language, Any]]]:
    """Figure, then reference, then language."""
    found: dict[str, dict[str, dict[Language, Any]]] = {}
    for name, said in made.answers.items():
        for language in Language:
            pairs = [(row, answer) for row, answer in zip(rows, said, strict=True) if row.language is language]
            for figure, value in _figures_of(pairs, right).items():
                found.setdefault(figure, {}).setdefault(name, {})[language] = value
    return found


def _figures_of(pairs: list[tuple[Row, Answer]], right: RightLines) -> dict[str, float | Rate | None]:
    of = {kind: [pair for pair in pairs if pair[0].kind == kind] for kind in (TWINS, HELP, EVERYDAY, DANGER, HARMLESS)}
    known = scoring.understanding(of[TWINS])
    lines = scoring.line_rates(of[HELP], right)
    fresh = [pair for pair in of[DANGER] if not pair[0].seen]
    return {
        "twins: macro F1": known.macro_f1 if known else None,
        "help messages: need right": rate(of[HELP], scoring.need_right),
        "help messages: right line": lines["right_line"],
        "help messages: first card": lines["first_card"],
        "danger: emergency, seen": scoring.danger_rates(fresh, Urgency.EMERGENCY)["seen"],
        "danger: high, seen": scoring.danger_rates(fresh, Urgency.HIGH)["seen"],
        "everyday: false alarms": rate(of[EVERYDAY], scoring.is_alarm),
        "everyday: taken for a need": rate(of[EVERYDAY], scoring.is_taken_for_help),
        "harmless (hard): false alarms": rate([pair for pair in of[HARMLESS] if not pair[0].seen], scoring.is_alarm),
    }
