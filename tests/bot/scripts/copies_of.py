"""Runs in the bot's environment: what becomes of an example when its copy is changed, with Rasa's way and the quick one. JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from copy import deepcopy
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
warnings.filterwarnings("ignore")

from fingerprints_of import example
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.quicker.copies import copy_quickly


def changed_copy() -> dict[str, Any]:
    """An example, its copy after all that components do to one, and the example itself after that."""
    first = example()
    data = TrainingData([first])
    merged = data.merge(TrainingData([example("x")]))
    copy = deepcopy(first)
    alike = copy.fingerprint() == first.fingerprint()
    before = first.fingerprint()
    copy.set("intent", "grooming")
    copy.get("text_tokens").append(Token("ook", 11))
    copy.add_features(first.features[0])
    copy.output_properties.add("intent")
    first._cached_fingerprint = None  # reckoned anew
    return {
        "alike": alike,
        "untouched": first.fingerprint() == before and first.output_properties == {"text"},
        "changed": copy.fingerprint() != before,
        "merged": [one.get("text") for one in merged.training_examples],
        "apart": merged.training_examples[0] is not data.training_examples[0],
    }


def main() -> None:
    """See the module."""
    theirs = changed_copy()
    copy_quickly()
    print(json.dumps({"theirs": theirs, "ours": changed_copy()}))


if __name__ == "__main__":
    main()
