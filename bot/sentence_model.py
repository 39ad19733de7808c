"""What a classifier asks: softmax regression, and for some a multilayer perceptron beside it (docs/adr/0039).

The one hears each word for itself, the other what words mean together; the weighted geometric mean of their probabilities is right more
often than either.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

import numpy as np
from rasa.shared.nlu.training_data.message import Message

from bot import linear_model, perceptron, perceptron_fit, softmax_fit
from bot.linear_model import LinearModel, features_of, row_of, softmax
from bot.perceptron import Perceptron
from bot.perceptron_fit import Asides

_OF_PERCEPTRON = ("hidden", "readings", "hidden_share", "hidden_even", "aside", "aside_share")
_LEAST = 1e-9
"""Of a probability, so that its logarithm is finite."""


def source_fingerprint() -> str:
    """Changes with the code of the fits and of their features: what a component stored with other code is stale."""
    modules = (softmax_fit, perceptron_fit, perceptron, linear_model, sys.modules[__name__])
    return hashlib.sha256("".join(map(inspect.getsource, modules)).encode()).hexdigest()


@dataclass(frozen=True)
class Settings:
    """`ngram_weight`: length of the n-gram part beside the sentence vector's 1. `inverse_strength`, `rounds`: of the regression.

    `hidden`: units of the perceptron, 0 for none; `readings`: how often it reads every example; `hidden_share`: its weight in the mean.
    `hidden_even`: whether it takes every label to be as likely as another, as the regression does, and not as frequent as its examples.
    `aside`: the label of small talk, which it reads beside so many examples (`aside_share`, 0..1), as trouble is told among other things.
    """

    ngram_weight: float
    inverse_strength: float
    rounds: int
    hidden: int = 0
    readings: int = 8
    hidden_share: float = 0.5
    hidden_even: bool = False
    aside: str = ""
    aside_share: float = 0.0

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """From a component's configuration."""
        more = {name: config[name] for name in _OF_PERCEPTRON if name in config}
        return cls(config["ngram_weight"], config["C"], config["max_iter"], **more)


class SentenceModel:
    """Probabilities of `labels` for a message."""

    def __init__(self, linear: LinearModel, network: Optional[Perceptron] = None, share: float = 0.0) -> None:
        """`share`: of the network in the mean, 0..1."""
        self._linear = linear
        self._network = network
        self._share = share

    @classmethod
    def fitted(cls, messages: List[Message], labels: List[str], settings: Settings) -> SentenceModel:
        """Learned from `messages` and the label of each."""
        sparse, dense = features_of(messages)
        linear = LinearModel.fitted(sparse, dense, labels, (settings.ngram_weight, settings.inverse_strength, settings.rounds))
        if not settings.hidden:
            return cls(linear)
        words = linear.weighted(sparse, linear.idf, linear.ngram_weight)
        targets = linear.numbers(labels)
        aside = np.flatnonzero(np.array(labels) == settings.aside)
        asides = Asides(aside, settings.aside_share) if len(aside) and settings.aside_share else None
        network = Perceptron.fitted(words, dense, targets, (settings.hidden, settings.readings), asides)
        if settings.hidden_even:
            network.take_as_even(np.bincount(targets) / len(targets))
        return cls(linear, network, settings.hidden_share)

    @classmethod
    def read(cls, folder: Path) -> SentenceModel:
        """What `write` stored in `folder`."""
        with np.load(folder / "model.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        linear = LinearModel(said["labels"], arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], said["ngram_weight"])
        network = Perceptron.of(arrays) if Perceptron.is_in(arrays) else None
        return cls(linear, network, said["hidden_share"])

    def write(self, folder: Path) -> None:
        """Stores it in `folder`: loading imports no scikit-learn and unpickles nothing."""
        linear = self._linear
        arrays: Dict[str, Any] = {"idf": linear.idf, "weights": linear.weights.astype(np.float16), "bias": linear.bias}
        np.savez_compressed(folder / "model.npz", **arrays | (self._network.arrays() if self._network is not None else {}))
        told = {"labels": linear.labels, "ngram_weight": linear.ngram_weight, "hidden_share": self._share}
        (folder / "labels.json").write_text(json.dumps(told), encoding="utf-8")

    def probabilities_of_message(self, message: Message) -> Dict[str, float]:
        """Of each label, for one message; they sum to 1."""
        columns, counts, vector = row_of(message)
        values = self._linear.weighted_of_one(columns, counts)
        found = self._linear.probabilities_of_one(columns, values, vector)
        if self._network is not None:
            other = softmax(self._network.logits_of_one(columns, values, vector)[np.newaxis, :])[0]
            mean = (1.0 - self._share) * np.log(found + _LEAST) + self._share * np.log(other + _LEAST)
            found = softmax(mean[np.newaxis, :])[0]
        return dict(zip(self._linear.labels, found.tolist(), strict=True))
