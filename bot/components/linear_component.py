"""What the trained classifiers share: how a model of sentences is learned, stored and read again."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any, ClassVar, Dict, List, Optional, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.sentence_model import SentenceModel, Settings, source_fingerprint


class LinearComponent(GraphComponent):
    """A component with one SentenceModel, or none where there was nothing to learn from. A subclass chooses what is learned, and registers
    itself with Rasa."""

    is_needed: ClassVar[bool] = False

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model: Optional[SentenceModel] = None

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Self:
        """See the parent class."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The fit stands in files of its own; when they change, what it fitted is stale."""
        return source_fingerprint()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it in training reads the guesses on training examples."""
        return training_data

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Self:
        """Reads what was learned. Raises ValueError when nothing was, unless the component may do without (`is_needed`)."""
        component = cls(config, model_storage, resource)
        with nullcontext() if cls.is_needed else suppress(ValueError), model_storage.read_from(resource) as folder:
            component._model = SentenceModel.read(folder)
        return component

    def learn(self, messages: List[Message], labels: List[str]) -> Resource:
        """Fits on `messages` and the label of each (none: nothing is learned), with `ngram_weight`, `C`, `max_iter` and
        what the configuration says of what stands beside it, and stores the model."""
        if messages:
            self._model = SentenceModel.fitted(messages, labels, Settings.of(self._config))
            with self._storage.write_to(self._resource) as folder:
                self._model.write(folder)
        return self._resource
