"""Which need a message is about: multinomial logistic regression over sentence vector and character n-grams.

What is stored is plain arrays, so loading imports no scikit-learn and unpickles nothing.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import softmax_fit
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency

INTENT_RANKING = "intent_ranking"
DANGER_ODDS = "danger_odds"
"""On a message: see `danger_odds`. That somebody is in danger is surer than which danger it is."""
_NEARLY = 0.9
_DELICATE = frozenset({"worried_own_feelings"})  # answering this to somebody who meant something else hurts: only when it leads
_ANSWERS = frozenset({"affirm", "deny", "dont_know"})
_ADULT = "parent_or_adult_asks_for_child"
_NO_LINE = frozenset({"privacy_question", "want_human"})  # answered without a need's own lines: no harm in a false alarm


def _features(messages: List[Message]) -> Tuple[sp.csr_matrix, np.ndarray]:
    """Sparse n-gram counts (n, vocabulary) and sentence vectors (n, 512) of messages that carry both."""
    rows = [_row(message) for message in messages]
    ends = np.cumsum([0, *(len(columns) for columns, _, _ in rows)])
    columns, counts = (np.concatenate([row[place] for row in rows]) for place in (0, 1))
    sparse = sp.csr_matrix((counts, columns, ends), shape=(len(rows), _vocabulary(messages[0])))
    return sparse, np.vstack([vector for _, _, vector in rows])


def _vocabulary(message: Message) -> int:
    """How many n-grams there are."""
    sparse = [part for part in message.features if part.attribute == TEXT and part.type == FEATURE_TYPE_SENTENCE and part.is_sparse()]
    return sum(int(part.features.shape[1]) for part in sparse)


def _row(message: Message) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of one message, without joining matrices: the n-grams' columns, their counts, and the sentence vector (512,)."""
    columns, counts, width = [], [], 0
    vector = np.zeros(0, dtype=np.float32)
    for part in message.features:
        if part.attribute != TEXT or part.type != FEATURE_TYPE_SENTENCE:
            continue
        if part.is_sparse():
            row = sp.coo_matrix(part.features)
            columns.append(row.col + width)
            counts.append(row.data)
            width += row.shape[1]
        else:
            vector = part.features[0].astype(np.float32)
    return np.concatenate(columns), np.concatenate(counts).astype(np.float32), vector


def _rows_of_length_one(matrix: sp.csr_matrix) -> sp.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.diags(1.0 / np.maximum(lengths, 1e-9)) @ matrix


class LinearModel:
    """Softmax over `features @ weights + bias`, with the inverse document frequencies of the n-grams."""

    def __init__(self, labels: List[str], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray, ngram_weight: float) -> None:
        """`idf`: (vocabulary,), `weights`: (vocabulary + 512, labels), `bias`: (labels,)."""
        self.labels = labels
        self.idf = idf
        self.weights = np.ascontiguousarray(weights)  # else each use would copy all of them
        self.bias = bias
        self.ngram_weight = ngram_weight

    @staticmethod
    def weighted(sparse: sp.csr_matrix, idf: np.ndarray, ngram_weight: float) -> sp.csr_matrix:
        """Sublinear tf-idf rows of length `ngram_weight`; the sentence vectors beside them have length 1."""
        counts = sparse.copy()
        counts.data = 1.0 + np.log(np.maximum(counts.data, 1.0))
        return (_rows_of_length_one(counts @ sp.diags(idf)) * ngram_weight).tocsr().astype(np.float32)

    def probabilities(self, sparse: sp.csr_matrix, dense: np.ndarray) -> np.ndarray:
        """Shape (n, labels); each row sums to 1."""
        words = self.weighted(sparse, self.idf, self.ngram_weight)
        vocabulary = words.shape[1]
        logits = words @ self.weights[:vocabulary] + dense @ self.weights[vocabulary:] + self.bias
        return _softmax(logits)

    def probabilities_of_one(self, columns: np.ndarray, counts: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """As `probabilities`, shape (labels,), for what `_row` gives: only the weights of n-grams that occur are read."""
        values = (1.0 + np.log(np.maximum(counts, 1.0))) * self.idf[columns]
        values *= self.ngram_weight / max(float(np.sqrt(values @ values)), 1e-9)
        logits = values @ self.weights[columns] + vector @ self.weights[len(self.idf) :] + self.bias
        return _softmax(logits[np.newaxis, :])[0]


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def most_urgent_of_equals(probabilities: Dict[str, float]) -> str:
    """The most probable need, or a more urgent one that is nearly as probable (needs.md: the more urgent of two equals)."""
    top = max(probabilities.values())
    equals = [
        need
        for need, probability in probabilities.items()
        if probability >= _NEARLY * top and (need not in _DELICATE or probability == top)
    ]
    return max(equals, key=lambda need: (urgency_of(need).rank, probabilities[need]))


def danger_odds(probabilities: Dict[str, float]) -> Dict[str, float]:
    """Per level (high, emergency) the summed probability of all needs that are at least so urgent, 0..1.

    Where a parent or teacher asks, what they ask about decides: the odds are those of all other needs, as if it were not known who asks.
    """
    levels = (Urgency.HIGH, Urgency.EMERGENCY)
    if max(probabilities, key=lambda need: probabilities[need]) == _ADULT:
        others = {need: odds for need, odds in probabilities.items() if need != _ADULT}
        rest = sum(others.values()) or 1.0
        probabilities = {need: odds / rest for need, odds in others.items()}
    return {level.value: sum(odds for need, odds in probabilities.items() if urgency_of(need).rank >= level.rank) for level in levels}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and the ranking of all needs on each message."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: inverse regularisation; `ngram_weight`: length of the n-gram part beside the sentence vector's 1.

        `sure`, `unlikely`: from and below which summed probability of all calls for help a message is one, or is none.
        `sure_high`, `sure_emergency`: the same as `sure` for needs of that urgency: they bring the lines for danger, so more surely
        meant; for an emergency less so, because missing one is worse than a false alarm.
        `answer`: from which probability a plain yes or no is heard where no path asked for one.
        `least`: below it no single need is named; `wants_person`: from which probability the wish for a person is taken at its word;
        `asks_privacy`: from which it is answered who reads this, which names no line.
        `off_path`, `off_path_emergency`: from which probability another need than the path's is heard as the answer to its question.
        """
        return {
            "C": 20.0,
            "ngram_weight": 2.5,
            "max_iter": 100,
            "ranking_length": 5,
            "sure": 0.8,
            "sure_high": 0.9,
            "sure_emergency": 0.8,
            "unlikely": 0.5,
            "answer": 0.6,
            "least": 0.25,
            "wants_person": 0.62,
            "asks_privacy": 0.4,
            "off_path": 0.9,
            "off_path_emergency": 0.7,
        }

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model: Optional[LinearModel] = None

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NeedClassifier:
        """See the parent class."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The fit stands in a file of its own; when it changes, what it fitted is stale."""
        return hashlib.sha256(inspect.getsource(softmax_fit).encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on every example that has text and intent."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        sparse, dense = _features(examples)
        present = np.asarray((sparse > 0).sum(axis=0)).ravel()
        idf = (np.log((1.0 + len(examples)) / (1.0 + present)) + 1.0).astype(np.float32)
        labels = sorted({str(message.get(INTENT)) for message in examples})
        numbers = {label: number for number, label in enumerate(labels)}
        targets = np.array([numbers[message.get(INTENT)] for message in examples])
        ngram_weight = self._config["ngram_weight"]
        # Stopped early on purpose: forty rounds cost over a point of macro F1 (docs/adr/0004); more than a hundred were not measured.
        weights, bias = softmax_fit.fit(
            LinearModel.weighted(sparse, idf, ngram_weight), dense, targets, self._config["C"], self._config["max_iter"]
        )
        self._model = LinearModel(labels, idf, weights, bias, ngram_weight)
        self._persist()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it in training reads the guesses on training examples."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; confidence is the softmax probability, 0..1."""
        for message in messages:
            if self._model is None or not message.features:
                message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
                continue
            row = self._model.probabilities_of_one(*_row(message))
            asking = (message.get("metadata") or {}).get("asking")
            probabilities = dict(zip(self._model.labels, row.tolist(), strict=True))
            ranking = self._ranked(probabilities, asking)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING, ranking, add_to_output=True)
            message.set(DANGER_ODDS, danger_odds(probabilities))
        return messages

    def _ranked(self, probabilities: Dict[str, float], asking: Optional[str] = None) -> List[Dict[str, Any]]:
        """Needs and probabilities, the answer first; its confidence is 0 when it may as well be small talk.

        Whether a message is a call for help is far surer than which one: the sum over all help needs decides, measured
        on held-out messages. Among help needs of nearly the same probability the more urgent goes first.

        `asking` is the need whose path has just asked something: then words are first of all an answer to that ("gisteren
        nog", "weet ni hoeveel mensen"), and another subject must be clearly meant to be heard as one.
        """
        help_needs = [need for need in probabilities if need in NEEDS and not NEEDS[need].is_conversation and need not in _NO_LINE]
        helping = sum(probabilities[need] for need in help_needs)
        order = sorted(probabilities, key=lambda need: -probabilities[need])
        best = order[0]
        if helping >= self._config["sure"]:
            meant = {need: probabilities[need] for need in help_needs}
            equals = (most_urgent_of_equals(meant), max(meant, key=lambda need: meant[need]))
            best = next((need for need in equals if helping >= self._surely(need)), equals[0])
        elif best in help_needs and helping < self._config["unlikely"]:
            best = next(need for need in order if need not in help_needs)
        unsure = (
            (best in help_needs and (helping < self._surely(best) or probabilities[best] < self._config["least"]))
            or (best in _ANSWERS and asking is None and probabilities[best] < self._config["answer"])
            or (best == "want_human" and probabilities[best] < self._config["wants_person"])
            or (best == "privacy_question" and probabilities[best] < self._config["asks_privacy"])
            or (asking is not None and best != asking and probabilities[best] < self._clearly_meant(best))
        )
        ranking = [best, *(need for need in order if need != best)][: self._config["ranking_length"]]
        confidences = [0.0 if unsure and need == best else probabilities[need] for need in ranking]
        return [{INTENT_NAME_KEY: need, PREDICTED_CONFIDENCE_KEY: sure} for need, sure in zip(ranking, confidences, strict=True)]

    def _surely(self, need: str) -> float:
        """The summed probability of all calls for help from which `need` is named."""
        urgency = urgency_of(need)
        return float(self._config[f"sure_{urgency.value}" if urgency.is_danger else "sure"])

    def _clearly_meant(self, need: str) -> float:
        """The probability from which `need` is heard while a path waits for an answer; an emergency is heard sooner."""
        if need in _ANSWERS:
            return 0.0
        is_emergency = urgency_of(need) is Urgency.EMERGENCY
        return float(self._config["off_path_emergency" if is_emergency else "off_path"])

    def _persist(self) -> None:
        assert self._model is not None
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / "model.npz", idf=self._model.idf, weights=self._model.weights.astype(np.float16), bias=self._model.bias
            )
            (folder / "labels.json").write_text(
                json.dumps({"labels": self._model.labels, "ngram_weight": self._model.ngram_weight}), encoding="utf-8"
            )

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NeedClassifier:
        """Reads what `train` stored; raises ValueError when it is not there."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            arrays = np.load(folder / "model.npz", allow_pickle=False)
            said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            component._model = LinearModel(
                said["labels"], arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], said["ngram_weight"]
            )
        return component
