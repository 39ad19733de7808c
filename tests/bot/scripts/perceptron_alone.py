"""Runs in the bot's environment: what the perceptron learns, and that what is stored of it says the same. JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")

from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot import perceptron_fit, softmax_fit
from bot.perceptron_fit import Asides, Layers
from bot.read_shares import read_shares
from bot.sentence_model import SentenceModel, Settings

_ROWS, _WIDTH = 800, 4


def together() -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    """Examples whose class is whether one of two words stands there, and not both: no word tells it by itself."""
    chance = np.random.default_rng(116000)
    words = (chance.random((_ROWS, 12)) < 0.5).astype(np.float32)
    targets = (words[:, 0] != words[:, 1]).astype(int)
    return sp.csr_matrix(words), np.zeros((_ROWS, _WIDTH), np.float32), targets


def right(layers: Layers, words: sp.csr_matrix, targets: np.ndarray) -> float:
    """The share of the examples that it has right."""
    units = np.maximum(words @ layers.ngrams + layers.shift, 0.0)
    return float(((units @ layers.out + layers.bias).argmax(axis=1) == targets).mean())


def among(share: float) -> float:
    """The share that is right of examples told among small talk, which stood alone while learning; with asides beside `share` of them."""
    chance = np.random.default_rng(3)
    words, targets = np.zeros((_ROWS, 64), np.float32), np.arange(_ROWS) % 3  # 0: small talk
    for row, target in zip(words, targets, strict=True):
        row[6 * target - 6 + chance.choice(6, 3) if target else 12 + chance.choice(52, 8)] = 1.0
    told = words.copy()
    told[targets > 0] += words[chance.choice(np.flatnonzero(targets == 0), int((targets > 0).sum()))]
    asides = Asides(np.flatnonzero(targets == 0), share) if share else None
    rows, after = (_of_length_one(one) for one in (words, told))
    layers = perceptron_fit.fit(rows, np.ones((_ROWS, _WIDTH), np.float32), targets, (16, 40), asides=asides)
    units = np.maximum(after @ layers.ngrams + layers.vector.sum(axis=0) + layers.shift, 0.0)
    return float(((units @ layers.out + layers.bias).argmax(axis=1) == targets)[targets > 0].mean())


def _of_length_one(words: np.ndarray) -> sp.csr_matrix:
    return sp.csr_matrix(words / np.linalg.norm(words, axis=1, keepdims=True))


def kept_lengths() -> float:
    """How much the length of a row changes at most where an aside is read beside it."""
    words, vectors, _ = together()
    rows = words[np.asarray(words.sum(axis=1)).ravel() > 0]
    vectors = np.ones((rows.shape[0], _WIDTH), np.float32)
    read, beside = Asides(np.arange(20), 0.5).read(np.arange(rows.shape[0]), rows, vectors, np.random.default_rng(1))
    assert (read != rows).nnz, "no aside was read: the lengths would tell nothing"
    before, after = (np.sqrt(np.asarray(one.multiply(one).sum(axis=1)).ravel()) for one in (rows, read))
    return float(max(np.abs(before - after).max(), np.abs(np.linalg.norm(beside, axis=1) - 2.0).max()))


class _Whole:
    """Chance that leaves nothing out."""

    @staticmethod
    def random(shape: Any, kind: Any) -> Any:
        return np.ones(shape, kind)


def slope() -> float:
    """The greatest difference between a gradient and the slope that small steps find."""
    chance = np.random.default_rng(3)
    words, vectors = sp.random(40, 9, 0.4, "csr", np.float32, random_state=1), chance.normal(size=(40, _WIDTH)).astype(np.float32)
    targets, layers = chance.integers(0, 3, 40), Layers.started((9, _WIDTH, 6, 3), chance)
    weights = chance.uniform(0.5, 3.0, 40)
    for name, part in vars(layers).items():  # float64, for small steps
        setattr(layers, name, part.astype(np.float64))
    perceptron_fit._NGRAMS_LEFT_OUT = perceptron_fit._UNITS_LEFT_OUT = 0.0

    def loss() -> float:
        logits = np.maximum(words @ layers.ngrams + vectors @ layers.vector + layers.shift, 0.0) @ layers.out + layers.bias
        return float(np.average(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(40), targets], weights=weights))

    columns, gradients, _ = perceptron_fit._gradients(layers, words, vectors, targets, _Whole(), weights)  # type: ignore[arg-type]
    whole = np.zeros_like(layers.ngrams)
    whole[columns] = gradients[0]
    worst = 0.0
    for part, gradient in zip(vars(layers).values(), [whole, *gradients[1:]], strict=True):
        for place in np.ndindex(part.shape):
            before = part[place]
            part[place] = before + 1e-6
            above = loss()
            part[place] = before - 1e-6
            worst = max(worst, abs((above - loss()) / 2e-6 - gradient[place]))
            part[place] = before
    return worst


def shares() -> dict[str, float]:
    """How likely easy and hard examples are read, and all together, where two fifths of them are to be."""
    lacks = np.array([0.01] * 60 + [0.9] * 30 + [0.2] * 10, np.float32)
    found = read_shares(lacks, 0.4)
    return {"easy": float(found[0]), "hard": float(found[60]), "middle": float(found[99]), "all": float(found.mean())}


def stored() -> dict[str, Any]:
    """A whole model, with and without a perceptron, before and after it was stored."""
    words, vectors, targets = together()
    messages = [Message({TEXT: "x"}) for _ in targets]
    for message, row, vector in zip(messages, words, vectors, strict=True):
        message.add_features(Features(row.tocoo(), FEATURE_TYPE_SENTENCE, TEXT, "n"))
        message.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, "v"))
    labels = ["one" if target else "none" for target in targets]
    found: dict[str, Any] = {}
    for name, hidden in (("with", 32), ("without", 0)):
        model = SentenceModel.fitted(messages, labels, Settings(2.5, 20.0, 60, hidden, 2, 150, hidden_share=0.9, hidden_even=True))
        with TemporaryDirectory() as folder:
            model.write(Path(folder))
            again = SentenceModel.read(Path(folder))
        before, after = ([each.probabilities_of_message(message) for message in messages[:50]] for each in (model, again))
        found[name] = {
            "differ": max(abs(one[label] - other[label]) for one, other in zip(before, after, strict=True) for label in one),
            "sums": max(abs(sum(one.values()) - 1.0) for one in after),
            "right": float(np.mean([max(one, key=lambda label: one[label]) == label for one, label in zip(after, labels, strict=False)])),
        }
    return found


def main() -> None:
    """Prints all of it."""
    words, vectors, targets = together()
    one, again = (perceptron_fit.fit(words, vectors, targets, (32, 150)) for _ in range(2))
    weights, bias = softmax_fit.fit(words, vectors, targets, 20.0, 200)
    linear = float(((np.hstack([words.toarray(), vectors]) @ weights + bias).argmax(axis=1) == targets).mean())
    told = {"right": right(one, words, targets), "linear": linear, "same": bool((one.ngrams == again.ngrams).all())}
    seldom = perceptron_fit.fit(words, vectors, targets, (32, 150), read_share=0.4)
    told |= {"seldom": right(seldom, words, targets), "shares": shares()}
    told |= {"alone": among(0.0), "among": among(0.5), "lengths": kept_lengths()}
    print(json.dumps({**told, "stored": stored(), "slope": slope()}))


if __name__ == "__main__":
    main()
