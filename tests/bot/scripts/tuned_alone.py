"""Runs in the bot's environment: what the tuned encoder learns, and that what is stored of it says the same. Prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np
import scipy.sparse as sp
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot import tuned_fit
from bot.encoder import encoder
from bot.sentence_model import SentenceModel, Settings
from bot.tuned_encoder import TunedEncoder

_FIRST = ("mama", "de buurman", "mijn zus", "tante", "de coach", "oma", "le voisin", "ma soeur", "papa", "un ami")
_DOES = ("ziet", "roept", "zoekt", "kent", "helpt", "cherche", "appelle", "voit")
_EVEN = 1 / 3


def _told(begin: int, step: int) -> list[tuple[str, str]]:
    """The same words in two orders, which mean two things: who does it to whom."""
    pairs = [(who, does) for who in _FIRST for does in _DOES][begin::step]
    return [(f"{who} {does} de hond", "does") for who, does in pairs] + [(f"de hond {does} {who}", "undergoes") for who, does in pairs]


def _message(text: str) -> Message:
    """With the features of a bag of words: letters do not tell the two apart."""
    message = Message(data={TEXT: text})
    counts = np.zeros((1, 40), np.float32)
    for word in text.split():
        counts[0, sum(map(ord, word)) % 40] += 1.0
    for values in (sp.csr_matrix(counts), np.ones((1, 512), np.float32) / np.sqrt(512)):
        message.add_features(Features(values, FEATURE_TYPE_SENTENCE, TEXT, "test"))
    return message


def _right(model: Any, told: list[tuple[str, str]]) -> float:
    guesses = [model.probabilities_of_message(_message(text)) for text, _ in told]
    return float(np.mean([max(guess, key=lambda label: guess[label]) == label for guess, (_, label) in zip(guesses, told, strict=True)]))


def unmoved() -> float:
    """How far the vectors of the net that is tuned are from the package's before it learned anything."""
    texts = ["hij dreigt met mijn foto", "salut", "we gaan naar zee en daarna eten we frietjes met mayonaise", ""]
    words, net = tuned_fit._Words(texts), tuned_fit._Net(4, 2, np.random.default_rng(0))
    return float(np.abs(net.vector(*words.batch(words.numbers)).numpy() - encoder(1).encode(texts)).max())


def learned() -> dict[str, float]:
    """How much of the order of words is learned with the tuned encoder, and without; and what storing changes."""
    seen, new = [one for begin in (0, 1) for one in _told(begin, 3)], _told(2, 3)
    messages, labels = [_message(text) for text, _ in seen], [label for _, label in seen]
    plain = {"ngram_weight": 1.8, "C": 20.0, "max_iter": 50, "hidden": 8, "readings": 20, "hidden_share": _EVEN}
    with patch.object(tuned_fit, "_WARM", 10):
        arrays = tuned_fit.fit(
            [text for text, _ in seen], np.searchsorted(["does", "undergoes"], labels), np.array([], int), tuned_fit.Tuning(30, 32)
        )
    without = SentenceModel.fitted(messages, labels, Settings.of(plain))
    model = SentenceModel(without._linear, without._network, _EVEN, TunedEncoder(arrays), _EVEN)
    with tempfile.TemporaryDirectory() as folder:
        model.write(Path(folder))
        again = SentenceModel.read(Path(folder))
    pairs = [(model.probabilities_of_message(_message(text)), again.probabilities_of_message(_message(text))) for text, _ in new]
    return {
        "with": _right(model, new),
        "without": _right(without, new),
        "differ": max(abs(one[label] - other[label]) for one, other in pairs for label in one),
        "sums": max(abs(sum(one.values()) - 1.0) for one, _ in pairs),
    }


def fitted_apart() -> bool:
    """Whether a model that asks for it has a tuned encoder, learned in a process of its own."""
    told = _told(0, 4)
    config = {"ngram_weight": 1.8, "C": 20.0, "max_iter": 5, "hidden": 4, "readings": 1, "tuned_readings": 1, "tuned_share": _EVEN}
    with patch.object(tuned_fit, "fit", side_effect=AssertionError("learned in this process")):
        model = SentenceModel.fitted([_message(text) for text, _ in told], [label for _, label in told], Settings.of(config))
    return model._tuned is not None


def easy() -> list[int]:
    """How many examples the first reading has, and how many the last, when all is easy."""
    texts, counts = [text for text, _ in _told(0, 1)] * 20, []
    targets = np.zeros(len(texts), int)
    targets[0] = 1
    own = tuned_fit._batches

    def counted(read: Any, chance: Any) -> Any:
        counts.append(len(read))
        return own(read, chance)

    with patch.object(tuned_fit, "_batches", counted), patch.object(tuned_fit, "_WARM", 1):
        tuned_fit.fit(texts, targets, np.array([0]), tuned_fit.Tuning(3, 8))
    return [counts[0], counts[-1]]


if __name__ == "__main__":
    print(json.dumps({"unmoved": unmoved(), "learned": learned(), "apart": fitted_apart(), "easy": easy()}))
