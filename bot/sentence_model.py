"""What a classifier asks: softmax regression, and for some a perceptron beside it (docs/adr/0039).

The first hears each word for itself, the second what words mean together; the weighted geometric mean of their probabilities is right
more often than either.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import scipy.sparse as sp
from rasa.shared.nlu.training_data.message import Message

from bot import encoder, linear_model, perceptron, perceptron_fit, read_shares, softmax_fit
from bot.linear_model import LinearModel, features_of, row_of, softmax
from bot.perceptron import Perceptron
from bot.perceptron_fit import Asides

_BESIDE = ("hidden", "networks", "readings", "read_share", "hidden_share", "first_share", "hidden_even", "aside", "aside_share")
_LEAST = 1e-9
"""Of a probability, so that its logarithm is finite."""


def source_fingerprint() -> str:
    """Changes with the code of the fits and of their features: what a component stored with other code is stale."""
    modules = (softmax_fit, perceptron_fit, read_shares, perceptron, linear_model, encoder, sys.modules[__name__])
    return hashlib.sha256("".join([*map(inspect.getsource, modules), version(encoder.PACKAGE)]).encode()).hexdigest()


@dataclass(frozen=True)
class Settings:
    """`ngram_weight`: length of the n-gram part beside the sentence vector's 1. `inverse_strength`, `rounds`: of the regression.

    `hidden`: units of the perceptron, 0 for none; `networks`: how many there are, each begun with other weights: their mean moves less from
    one training to the next; `readings`: how often it goes through the examples; `read_share`: the share of them that
    it reads each time but the first two, 0..1; `hidden_share`: its weight in the mean, `first_share` in that of a message that answers no
    question (the same where it is not given).
    `hidden_even`: whether it takes every label to be as likely as another, as the regression does, and not as frequent as its examples.
    `aside`: the label of small talk, which it reads beside so many examples (`aside_share`, 0..1), as trouble is told among other things.
    """

    ngram_weight: float
    inverse_strength: float
    rounds: int
    hidden: int = 0
    networks: int = 1
    readings: int = 8
    read_share: float = 1.0
    hidden_share: float = 0.5
    first_share: Optional[float] = None
    hidden_even: bool = False
    aside: str = ""
    aside_share: float = 0.0

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """From a component's configuration."""
        more = {name: config[name] for name in _BESIDE if name in config}
        return cls(config["ngram_weight"], config["C"], config["max_iter"], **more)


class SentenceModel:
    """Probabilities of `labels` for a message."""

    def __init__(self, linear: LinearModel, networks: Sequence[Perceptron] = (), shares: Tuple[float, float] = (0.0, 0.0)) -> None:
        """`shares`: of all `networks` in the mean, 0..1, for what answers a question and for all else; the regression has the rest."""
        self._linear = linear
        self._networks = tuple(networks)
        self._shares = shares if networks else (0.0, 0.0)

    @classmethod
    def fitted(cls, messages: List[Message], labels: List[str], settings: Settings) -> SentenceModel:
        """Learned from `messages` and the label of each."""
        linear, networks = _fitted_beside(features_of(messages), labels, settings)
        first = settings.hidden_share if settings.first_share is None else settings.first_share
        return cls(linear, networks, (settings.hidden_share, first))

    @classmethod
    def read(cls, folder: Path) -> SentenceModel:
        """What `write` stored in `folder`."""
        with np.load(folder / "model.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        linear = LinearModel(said["labels"], arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], said["ngram_weight"])
        return cls(linear, Perceptron.all_of(arrays), (said["hidden_share"], said["first_share"]))

    def write(self, folder: Path) -> None:
        """Stores it in `folder`: loading imports no scikit-learn and unpickles nothing."""
        linear = self._linear
        arrays: Dict[str, Any] = {"idf": linear.idf, "weights": linear.weights.astype(np.float16), "bias": linear.bias}
        for number, network in enumerate(self._networks):
            arrays |= network.arrays(number)
        np.savez_compressed(folder / "model.npz", **arrays)
        share, first = self._shares
        told = {"labels": linear.labels, "ngram_weight": linear.ngram_weight, "hidden_share": share, "first_share": first}
        (folder / "labels.json").write_text(json.dumps(told), encoding="utf-8")

    def probabilities_of_message(self, message: Message, *, is_first: bool = True) -> Dict[str, float]:
        """Of each label, for one message; they sum to 1. `is_first`: it answers no question."""
        columns, counts, vector = row_of(message)
        values = self._linear.weighted_of_one(columns, counts)
        found = self._linear.probabilities_of_one(columns, values, vector)
        if self._networks:
            share = self._shares[is_first]
            beside = [softmax(one.logits_of_one(columns, values, vector)[np.newaxis, :])[0] for one in self._networks]
            mean = (1.0 - share) * np.log(found + _LEAST) + share * np.mean(np.log(np.add(beside, _LEAST)), axis=0)
            found = softmax(mean[np.newaxis, :])[0]
        return dict(zip(self._linear.labels, found.tolist(), strict=True))


def _fitted_beside(
    features: Tuple[sp.csr_matrix, np.ndarray], labels: List[str], settings: Settings
) -> Tuple[LinearModel, List[Perceptron]]:
    """The regression, and the perceptrons where there are to be some: none needs the other, so all learn at once."""
    sparse, dense = features
    idf, names = linear_model.idf_of(sparse), sorted(set(labels))
    words, targets = LinearModel.weighted(sparse, idf, settings.ngram_weight), linear_model.numbers(names, labels)
    seeds = range(settings.networks if settings.hidden else 0)
    with ThreadPoolExecutor(max(1, len(seeds))) as beside:
        networks = [beside.submit(_network, (words, dense, targets), names, settings, seed) for seed in seeds]
        weights, bias = softmax_fit.fit(words, dense, targets, settings.inverse_strength, settings.rounds)
        linear = LinearModel(names, idf, weights, bias, settings.ngram_weight)
        return linear, [network.result() for network in networks]


def _network(rows: Tuple[sp.csr_matrix, np.ndarray, np.ndarray], names: List[str], settings: Settings, seed: int) -> Perceptron:
    """One perceptron alone, of `rows`: n-grams, sentence vectors and class numbers."""
    words, dense, targets = rows
    small = np.flatnonzero(targets == names.index(settings.aside)) if settings.aside in names else np.zeros(0, np.int64)
    asides = Asides(small, settings.aside_share) if len(small) and settings.aside_share else None
    network = Perceptron.fitted(words, dense, targets, (settings.hidden, settings.readings), asides, settings.read_share, seed)
    if settings.hidden_even:
        network.take_as_even(np.bincount(targets) / len(targets))
    return network
