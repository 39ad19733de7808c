"""Measures the bot's classifier against Rasa's logistic regression and against DIET, on the same features (docs/adr/0004).

`bot/.venv/bin/python scripts/compare_classifiers.py [--examples 40 | --all] [--epochs 20] [--seed 7]`

Three models, each with the language, tokeniser, encoder and n-grams of `config.yml` and another classifier, are trained by Rasa
in a temporary folder on one seeded sample of `data/nlu`, and asked all of `tests/nlu`. Each runs in a process of its own with
`nice`, since the machine has other work. Writes reports/classifiers.md and .json: figures only, never a message.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import functools
import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("nl", "fr")
WARM_UP = 20
"""Messages asked before the clock runs: the first ones wait for what is loaded late."""
Lines = dict[str, dict[str, list[str]]]
Figures = dict[str, Any]

CANDIDATES = {
    "NeedClassifier": "bot.components.need_classifier",
    "LogisticRegressionClassifier": "rasa.nlu.classifiers.logistic_regression_classifier",
    "DIETClassifier": "rasa.nlu.classifiers.diet_classifier",
}
"""Class and module, in the order of the report."""


def lines_in(folder: Path) -> Lines:
    """The sentences under `folder`/{nl,fr}, by language and need."""
    found: Lines = {}
    for language in LANGUAGES:
        by_need = found.setdefault(language, {})
        for path in sorted((folder / language).glob("*.yml")):
            for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                texts = (line.strip().removeprefix("-").strip() for line in block["examples"].splitlines())
                by_need.setdefault(block["intent"], []).extend(text for text in texts if text)
    return found


def sample(lines: Lines, size: int | None, seed: int) -> dict[str, list[str]]:
    """By need at most `size` sentences of each language (None: all); the same seed takes the same ones."""
    chance = random.Random(seed)
    chosen: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for need, texts in sorted(lines[language].items()):
            taken = texts if size is None else chance.sample(texts, min(size, len(texts)))
            chosen.setdefault(need, []).extend(taken)
    return chosen


def recipe(classifier: str, epochs: int, seed: int) -> dict[str, Any]:
    """`config.yml` up to its classifier, then `classifier`: what stands behind ours mends its answers and is left out."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    names = [component["name"].rsplit(".", 1)[-1] for component in config["pipeline"]]
    ours = names.index("NeedClassifier")
    settings = {
        "NeedClassifier": config["pipeline"][ours],
        "LogisticRegressionClassifier": {"name": "LogisticRegressionClassifier", "random_state": seed},
        "DIETClassifier": {
            "name": "DIETClassifier",
            "epochs": epochs,
            "entity_recognition": False,
            "constrain_similarities": True,  # Rasa's advice for cross-entropy, and a warning without it
            "random_seed": seed,
        },
    }
    pipeline = [*config["pipeline"][:ours], settings[classifier]]
    return {"recipe": config["recipe"], "assistant_id": "comparison", "language": config["language"], "pipeline": pipeline}


def write_project(folder: Path, classifier: str, examples: dict[str, list[str]], epochs: int, seed: int) -> None:
    """What Rasa trains from: config.yml and nlu.yml in `folder`."""
    blocks = [{"intent": need, "examples": "".join(f"- {text}\n" for text in texts)} for need, texts in examples.items()]
    folder.mkdir()
    (folder / "config.yml").write_text(yaml.safe_dump(recipe(classifier, epochs, seed), sort_keys=False), encoding="utf-8")
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=4000), encoding="utf-8")


def watch_training(kind: type[Any], seen: Figures) -> None:
    """Makes `kind.train` note its seconds, wall and CPU of all threads, and what a neural network says of its last epoch."""
    train = kind.train

    @functools.wraps(train)
    def timed(self: Any, training_data: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        resource = train(self, training_data)
        seen["train_wall_s"], seen["train_cpu_s"] = time.perf_counter() - wall, time.process_time() - cpu
        history = getattr(getattr(self, "model", None), "history", None)
        seen["last_epoch"] = {name: float(values[-1]) for name, values in history.history.items()} if history else None
        return resource

    kind.train = timed


async def answers_of(model: str, texts: list[str]) -> Figures:
    """What the model takes each text for, and the milliseconds of a message through the whole pipeline."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    said, walls, cpu = [], [], time.process_time()
    for text in texts:
        start = time.perf_counter()
        said.append((await agent.parse_message(text))["intent"]["name"])
        walls.append(time.perf_counter() - start)
    return {
        "said": said,
        "message_wall_ms": 1000 * statistics.median(walls),
        "message_cpu_ms": 1000 * (time.process_time() - cpu) / len(texts),
    }


def measure_here(classifier: str, folder: Path) -> None:
    """Trains and asks, in this process; the figures go to `folder`/figures.json."""
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # below that Rasa prints the messages
    seen: Figures = {}
    watch_training(getattr(import_module(CANDIDATES[classifier]), classifier), seen)
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    seen["model_mb"] = Path(model).stat().st_size / 1e6
    seen.update(asyncio.run(answers_of(model, json.loads((folder / "texts.json").read_text(encoding="utf-8")))))
    (folder / "figures.json").write_text(json.dumps(seen), encoding="utf-8")


def measure(classifier: str, folder: Path, twins: list[tuple[str, str, str]]) -> Figures:
    """Figures of one candidate; `twins`: language, need and text. Raises subprocess.CalledProcessError when its process fails."""
    (folder / "texts.json").write_text(json.dumps([text for _, _, text in twins]), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",  # nothing trained earlier is taken for this training
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYTHONWARNINGS": "ignore",
    }
    command = ["nice", "-n", "10", sys.executable, __file__, "--one", classifier, str(folder)]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True)
    figures: Figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    figures["whole_wall_s"] = time.perf_counter() - start
    said = figures.pop("said")
    return {**figures, "macro_f1": {language: macro_f1(language, twins, said) for language in LANGUAGES}}


def macro_f1(language: str, twins: list[tuple[str, str, str]], said: list[str | None]) -> float:
    """Mean F1 over the needs of that language's sentences, 0..1; as `make evaluate` counts it."""
    from sklearn.metrics import f1_score

    pairs = [(need, answer or "") for (spoken, need, _), answer in zip(twins, said, strict=True) if spoken == language]
    true, guessed = [need for need, _ in pairs], [answer for _, answer in pairs]
    return float(f1_score(true, guessed, labels=sorted(set(true)), average="macro", zero_division=0))


def page(report: Figures) -> str:
    """The report in Markdown."""
    rows = [
        f"| {name} | {100 * one['macro_f1']['nl']:.1f} | {100 * one['macro_f1']['fr']:.1f} | {one['train_cpu_s']:.1f} | "
        f"{one['train_wall_s']:.1f} | {one['message_cpu_ms']:.1f} | {one['message_wall_ms']:.1f} | {one['model_mb']:.1f} |"
        for name, one in report["classifiers"].items()
    ]
    last = report["classifiers"]["DIETClassifier"]["last_epoch"]
    size = "all examples" if report["per_need"] is None else f"at most {report['per_need']} per need and language"
    return f"""# Classifiers compared

Written by `scripts/compare_classifiers.py` on {report["date"]} (seed {report["seed"]}): {report["examples"]} examples of `data/nlu`
({size}), asked {report["twins"]} held-out sentences of `tests/nlu`; {report["cores"]} cores.

| classifier | macro F1 nl, % | fr, % | training, CPU s | wall s | a message, CPU ms | median wall ms | model MB |
| --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

- The same examples and features for all: language, tokens in plain spelling, sentence encoder, n-grams of characters and words.
- *NeedClassifier* with the settings of `config.yml`, its own rule for "call for help or not" included. *LogisticRegressionClassifier*
  with Rasa's settings: raw counts beside the sentence vector. *DIETClassifier*: {report["epochs"]} epochs, no entities, similarities
  constrained, all else as Rasa sets it (batches of 64 growing to 256); in its last epoch it had {100 * last["i_acc"]:.1f} % of its own
  examples right. More epochs were not run.
- *Training* is the classifier alone, without the features; *a message* is the whole pipeline up to the classifier. What stands behind it
  in `config.yml` is left out, so these are not the figures of `make evaluate`.
- The machine did other work at the same time and this ran with `nice`: wall seconds are noisy, compare the CPU seconds (all threads).
"""


def main() -> int:
    """0 when the report was written; 1 with one line when a candidate could not be trained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=40, help="per need and language, at most (40)")
    parser.add_argument("--all", action="store_true", help="every example")
    parser.add_argument("--epochs", type=int, default=20, help="of DIET (20)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=ROOT / "reports", help="folder of the report (reports)")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure_here(chosen.one[0], Path(chosen.one[1]))
        return 0
    per_need = None if chosen.all else chosen.examples
    examples = sample(lines_in(ROOT / "data" / "nlu"), per_need, chosen.seed)
    held_out = lines_in(ROOT / "tests" / "nlu")
    twins = [(language, need, text) for language in LANGUAGES for need, texts in held_out[language].items() for text in texts]
    report: Figures = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "seed": chosen.seed,
        "per_need": per_need,
        "examples": sum(map(len, examples.values())),
        "twins": len(twins),
        "epochs": chosen.epochs,
        "cores": os.cpu_count(),
        "classifiers": {},
    }
    with tempfile.TemporaryDirectory(prefix="chatmasjien-classifiers-") as temporary:
        for name in CANDIDATES:
            folder = Path(temporary) / name
            write_project(folder, name, examples, chosen.epochs, chosen.seed)
            try:
                report["classifiers"][name] = measure(name, folder, twins)
            except subprocess.CalledProcessError as error:
                print(f"{name} failed with exit code {error.returncode}; what it said stands above", file=sys.stderr)
                return 1
            print(f"{name}: {json.dumps(report['classifiers'][name])}", flush=True)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "classifiers.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (chosen.out / "classifiers.md").write_text(page(report), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
