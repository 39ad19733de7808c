"""What a classifier asks: softmax regression, and for some a perceptron (docs/adr/0039) and a tuned encoder (docs/adr/0044) beside it.

The first hears each word for itself, the second what words mean together, the third how they follow each other; the weighted geometric
mean of their probabilities is right more often than any.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np
from rasa.shared.nlu.training_data.message import Message

from bot import encoder, linear_model, perceptron, perceptron_fit, softmax_fit, tuned_encoder
from bot.encoder import read_by_encoder
from bot.kept_tuning import SETTING, KeptTuning
from bot.linear_model import LinearModel, features_of, row_of, softmax
from bot.perceptron import Perceptron
from bot.perceptron_fit import Asides
from bot.tuned_encoder import TunedEncoder

_BESIDE = ("hidden", "readings", "hidden_share", "hidden_even", "aside", "aside_share", "tuned_readings", "tuned_share")
_LEAST = 1e-9
"""Of a probability, so that its logarithm is finite."""


def source_fingerprint() -> str:
    """Changes with the code of the fits and of their features: what a component stored with other code is stale."""
    modules = (softmax_fit, perceptron_fit, perceptron, linear_model, encoder, tuned_encoder, sys.modules[__name__])
    told = Path(__file__).with_name("tuned_fit.py").read_text(encoding="utf-8")  # not imported: it loads TensorFlow
    return hashlib.sha256("".join([*map(inspect.getsource, modules), told, version(encoder.PACKAGE)]).encode()).hexdigest()


@dataclass(frozen=True)
class Settings:
    """`ngram_weight`: length of the n-gram part beside the sentence vector's 1. `inverse_strength`, `rounds`: of the regression.

    `hidden`: units of the perceptron, 0 for none; `readings`: how often it reads every example; `hidden_share`: its weight in the mean.
    `hidden_even`: whether it takes every label to be as likely as another, as the regression does, and not as frequent as its examples.
    `aside`: the label of small talk, which it reads beside so many examples (`aside_share`, 0..1), as trouble is told among other things.
    `tuned_readings`: how often the encoder that is tuned reads every example, 0 for none; `tuned_share`: its weight in the mean.
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
    tuned_readings: int = 0
    tuned_share: float = 0.0

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """From a component's configuration."""
        more = {name: config[name] for name in _BESIDE if name in config}
        return cls(config["ngram_weight"], config["C"], config["max_iter"], **more)


class SentenceModel:
    """Probabilities of `labels` for a message."""

    def __init__(
        self,
        linear: LinearModel,
        network: Optional[Perceptron] = None,
        share: float = 0.0,
        tuned: Optional[TunedEncoder] = None,
        tuned_share: float = 0.0,
    ) -> None:
        """`share`, `tuned_share`: of the network and of the tuned encoder in the mean, 0..1; the regression has the rest."""
        self._linear = linear
        self._network = network
        self._tuned = tuned
        self._shares = (share if network is not None else 0.0, tuned_share if tuned is not None else 0.0)

    @classmethod
    def fitted(cls, messages: List[Message], labels: List[str], settings: Settings) -> SentenceModel:
        """Learned from `messages` and the label of each."""
        aside = np.flatnonzero(np.array(labels) == settings.aside)
        with _tuning(messages, labels, aside, settings.tuned_readings) as tuned:
            linear, network = _fitted_beside(messages, labels, settings, aside)
            return cls(linear, network, settings.hidden_share, tuned(), settings.tuned_share)

    @classmethod
    def read(cls, folder: Path) -> SentenceModel:
        """What `write` stored in `folder`."""
        with np.load(folder / "model.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        linear = LinearModel(said["labels"], arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], said["ngram_weight"])
        network = Perceptron.of(arrays) if Perceptron.is_in(arrays) else None
        tuned = TunedEncoder.of(arrays) if TunedEncoder.is_in(arrays) else None
        return cls(linear, network, said["hidden_share"], tuned, said.get("tuned_share", 0.0))

    def write(self, folder: Path) -> None:
        """Stores it in `folder`: loading imports no scikit-learn and unpickles nothing."""
        linear = self._linear
        arrays: Dict[str, Any] = {"idf": linear.idf, "weights": linear.weights.astype(np.float16), "bias": linear.bias}
        for beside in (self._network, self._tuned):
            arrays |= beside.arrays() if beside is not None else {}
        np.savez_compressed(folder / "model.npz", **arrays)
        share, tuned_share = self._shares
        told = {"labels": linear.labels, "ngram_weight": linear.ngram_weight, "hidden_share": share, "tuned_share": tuned_share}
        (folder / "labels.json").write_text(json.dumps(told), encoding="utf-8")

    def probabilities_of_message(self, message: Message, *, is_first: bool = True) -> Dict[str, float]:
        """Of each label, for one message; they sum to 1. `is_first`: what answers a question is not read by the tuned encoder, which was
        chosen for first messages; the others have its share."""
        columns, counts, vector = row_of(message)
        values = self._linear.weighted_of_one(columns, counts)
        found = self._linear.probabilities_of_one(columns, values, vector)
        share, tuned_share = self._shares
        others = []
        if self._network is not None:
            others.append((share, self._network.logits_of_one(columns, values, vector)))
        if self._tuned is not None and is_first:
            others.append((tuned_share, self._tuned.logits_of(read_by_encoder(message))))
        if others:
            mean = (1.0 - share - tuned_share) * np.log(found + _LEAST)
            for weight, logits in others:
                mean = mean + weight * np.log(softmax(logits[np.newaxis, :])[0] + _LEAST)
            read = 1.0 if is_first else 1.0 - tuned_share
            found = softmax(mean[np.newaxis, :] / read)[0]
        return dict(zip(self._linear.labels, found.tolist(), strict=True))


def _fitted_beside(
    messages: List[Message], labels: List[str], settings: Settings, aside: np.ndarray
) -> Tuple[LinearModel, Optional[Perceptron]]:
    """The regression, and the perceptron where there is to be one. `aside`: the places of small talk."""
    sparse, dense = features_of(messages)
    linear = LinearModel.fitted(sparse, dense, labels, (settings.ngram_weight, settings.inverse_strength, settings.rounds))
    if not settings.hidden:
        return linear, None
    words, targets = linear.weighted(sparse, linear.idf, linear.ngram_weight), linear.numbers(labels)
    asides = Asides(aside, settings.aside_share) if len(aside) and settings.aside_share else None
    network = Perceptron.fitted(words, dense, targets, (settings.hidden, settings.readings), asides)
    if settings.hidden_even:
        network.take_as_even(np.bincount(targets) / len(targets))
    return linear, network


@contextmanager
def _tuning(
    messages: List[Message], labels: List[str], asides: np.ndarray, readings: int
) -> Iterator[Callable[[], Optional[TunedEncoder]]]:
    """The encoder is tuned in a process of its own meanwhile, with the other core; TensorFlow stays there. What is given waits for it, and
    gives None where there are no readings. One that is kept and fits these examples is not tuned again."""
    if not readings:
        yield lambda: None
        return
    kept_in, texts = os.environ.get(SETTING), [read_by_encoder(message) for message in messages]
    kept = KeptTuning(Path(kept_in), f"{source_fingerprint()} {readings}") if kept_in else None
    known = kept.read(texts, labels) if kept is not None else None
    if known is not None:
        yield lambda: TunedEncoder(known)
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        learned = process.submit(_learned, texts, labels, asides, readings)

        def tuned() -> TunedEncoder:
            arrays = learned.result()
            if kept is not None:
                kept.write(arrays, texts, labels)
            return TunedEncoder(arrays)

        yield tuned


def _learned(texts: List[str], labels: List[str], asides: np.ndarray, readings: int) -> Dict[str, np.ndarray]:
    from bot.tuned_fit import Tuning, fit  # loads TensorFlow, which only a training needs

    return fit(texts, np.searchsorted(sorted(set(labels)), labels), asides, Tuning(readings))
