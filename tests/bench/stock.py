"""The stock configuration of Rasa 3.6.21 (what `rasa init` gives), trained on this project's data; kept by the hash of both.

Its speed when serving does not depend on the number of epochs, so it is trained for one of each; what a hundred would take is
worked out from the measured seconds of one. Everything else is stock: components, their settings, augmentation, importer.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from sides import ROOT, WORK, run_command

EPOCHS_OF_STOCK = 100
CONFIG = """recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: "char_wb"
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 1
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: ResponseSelector
    epochs: 1
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: UnexpecTEDIntentPolicy
    max_history: 5
    epochs: 1
  - name: TEDPolicy
    max_history: 5
    epochs: 1
    constrain_similarities: true
"""
_DATA = ("nlu", "stories", "rules", "responses")
_EPOCH = re.compile(r"1/1 \[(?:(\d+):)?(\d+):(\d+)<")


def folder() -> Path:
    """Where the model for the data at hand lies, or will."""
    digest = hashlib.sha256(CONFIG.encode())
    for path in [ROOT / "data/domain.yml", *(path for name in _DATA for path in sorted((ROOT / "data" / name).rglob("*.yml")))]:
        digest.update(path.read_bytes())
    return WORK / f"stock-{digest.hexdigest()[:16]}"


def model() -> Path:
    """The trained model; trains it when it is not there (about ten minutes)."""
    place = folder()
    trained = place / "stock.tar.gz"
    if not trained.exists():
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.yml").write_text(CONFIG, encoding="utf-8")
        data = str(ROOT / "data")
        command = [str(ROOT / "bot/.venv/bin/rasa"), "train", "--config", "config.yml", "--data", data, "--domain", data]
        command += ["--out", ".", "--fixed-model-name", "stock", "--skip-validation"]
        seconds = run_command(command, place / "train.log", place)
        (place / "training.json").write_text(json.dumps(times(place / "train.log", seconds)), encoding="utf-8")
    return trained


def times(log: Path, seconds: float) -> dict[str, float]:
    """Seconds of the whole training, of all its single epochs together, and of a stock training worked out from both."""
    said = log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n")
    epochs: dict[str, float] = {}
    component = "?"
    for line in said.splitlines():
        started = re.search(r"Starting to train component '(\w+)'", line)
        component = started[1] if started else component
        found = _EPOCH.search(line)
        if found and "Epochs" in line:
            epochs[component] = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    once = sum(epochs.values())
    return {"seconds": seconds, "epochs": once, "worked_out": seconds + (EPOCHS_OF_STOCK - 1) * once} | epochs


def trained_in() -> dict[str, float]:
    """As `times`, of the model at hand."""
    kept: dict[str, float] = json.loads((folder() / "training.json").read_text(encoding="utf-8"))
    return kept
