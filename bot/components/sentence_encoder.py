"""A multilingual sentence encoder as features: Dutch and French sentences of one meaning lie close together (bot/encoder.py)."""

from __future__ import annotations

import multiprocessing
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any, Callable, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import PACKAGE, WIDTH, encoder, read_by_encoder
from bot.known_vectors import SETTING, KnownVectors

_BATCH = 64
_MOST_WORKERS, _WORTH_WORKERS = 4, 2_000
_here: "List[SentenceEncoder]" = []
"""In a worker: the encoder that it was forked from."""


def _encode_in_worker(texts: List[str]) -> np.ndarray:
    return _here[0]._encode(texts)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """One vector of 512 floats, of length 1, per message."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`threads`: how many the matrix work may use; one is fastest for single short messages."""
        return {**DenseFeaturizer.get_default_config(), "threads": 1}

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = encoder(int(config["threads"]))

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEncoder:
        """See the parent class."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing to validate beyond the types."""

    def _encode(self, texts: List[str]) -> np.ndarray:
        """Shape (len(texts), 512), float32. Longer texts go in batches of like length, which is several times faster."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            vectors[rows] = self._encoder.encode([texts[index] for index in rows])
        return vectors

    def _encode_by_all_cores(self, texts: List[str]) -> np.ndarray:
        """As `_encode`, by a process per core: they share the weights, which were read before."""
        workers = min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
        if workers < 2 or len(texts) < _WORTH_WORKERS:
            return self._encode(texts)
        self._encode(texts[:1])  # reads the weights
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts = [order[worker::workers] for worker in range(workers)]  # of like lengths, so of like work
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        with multiprocessing.get_context("fork").Pool(workers, _here.append, (self,)) as pool:
            for rows, found in zip(parts, pool.map(_encode_in_worker, [[texts[index] for index in rows] for rows in parts]), strict=True):
                vectors[rows] = found
        return vectors

    def _encode_new(self, texts: List[str]) -> np.ndarray:
        """As `_encode`, but only what the last training did not encode, where it may keep that."""
        kept_in = os.environ.get(SETTING)
        if not kept_in:
            return self._encode_by_all_cores(texts)
        return KnownVectors(Path(kept_in), f"{PACKAGE} {version(PACKAGE)}", WIDTH).encode(texts, self._encode_by_all_cores)

    def _set(self, messages: List[Message], encode: Callable[[List[str]], np.ndarray]) -> None:
        messages = [message for message in messages if message.get(TEXT)]
        if not messages:
            return
        vectors = encode([read_by_encoder(message) for message in messages])
        for message, vector in zip(messages, vectors, strict=True):
            self.add_features_to_message(None, vector[np.newaxis, :], TEXT, message)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the sentence vector to each example."""
        self._set(training_data.training_examples, self._encode_new)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the sentence vector to each message."""
        self._set(messages, self._encode)
        return messages
