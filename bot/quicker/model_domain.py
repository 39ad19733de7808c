"""The domain of a model, read and written quickly: Rasa does both in pure Python (27 of a start's 40 s for reading it three times; 15
of a training's 190 s for writing it once). JSON is YAML as well, so whoever reads it as YAML still can.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Union

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION
from rasa.shared.core.domain import KEY_TRAINING_DATA_FORMAT_VERSION, Domain

from bot.yaml12 import read_yaml


def read_domain(folder: Path) -> Domain:
    """The domain that training left in `folder` (one domain.yml). It was checked when it was trained."""
    path = folder / "domain.yml"
    text = path.read_text(encoding="utf-8")
    return Domain.from_dict(json.loads(text) if text.startswith("{") else read_yaml(path))


def read_domains_quickly() -> None:
    """From here on models are loaded with `read_domain`."""

    def load(
        cls: Any, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any
    ) -> DomainProvider:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, read_domain(Path(folder)))

    DomainProvider.load = classmethod(load)  # type: ignore[arg-type]  # the class comes first, as classmethod gives it


def write_domains_quickly() -> None:
    """From here on domains are written as JSON, with the same content in the same order."""

    def persist(self: Domain, filename: Union[str, Path]) -> None:
        content = {KEY_TRAINING_DATA_FORMAT_VERSION: LATEST_TRAINING_DATA_FORMAT_VERSION, **self.as_dict()}
        Path(filename).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    Domain.persist = persist  # type: ignore[method-assign]
