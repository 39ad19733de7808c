"""Runs in the bot's environment: fingerprints of examples, alike and not. JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")

from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.quicker.fingerprints import fingerprint_quickly

fingerprint_quickly()


def example(
    text: str = "hij dreigt", intent: str = "sextortion", token: str = "hij", dense: float = 1.0, sparse: int = 2, column: int = 3
) -> Message:
    """A message as it is after every featurizer."""
    message = Message.build(text=text, intent=intent)
    message.set("text_tokens", [Token(token, 0), Token("dreigt", 4)])
    counts = sp.coo_matrix(([sparse], ([0], [column])), shape=(1, 9))
    for matrix, origin in ((np.full((1, 4), dense, np.float32), "encoder"), (counts, "ngrams")):
        message.add_features(Features(matrix, FEATURE_TYPE_SENTENCE, TEXT, origin))
    return message


def main() -> None:
    """See the module."""
    changed = {"text": "hij dreigde", "intent": "grooming", "token": "zij", "dense": 1.5, "sparse": 3, "column": 4}
    first = example()
    before = first.fingerprint()
    first.set("metadata", {"language": "nl"})
    found = {
        "same": [example().fingerprint(), before],
        "others": [example(**{name: value}).fingerprint() for name, value in changed.items()],  # type: ignore[arg-type]
        "after_a_change": first.fingerprint(),
        "sets": [TrainingData([example(), example("x")]).fingerprint(), TrainingData([example("x"), example()]).fingerprint()],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
