"""Reading the domain out of a model, quickly: Rasa parses it three times in pure Python (27 of a start's 40 s, measured)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain

from bot.yaml12 import read_yaml


def read_domain(folder: Path) -> Domain:
    """The domain that training left in `folder` (one domain.yml). It was checked when it was trained."""
    return Domain.from_dict(read_yaml(folder / "domain.yml"))


def read_domains_quickly() -> None:
    """From here on models are loaded with `read_domain`."""

    def load(
        cls: Any, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any
    ) -> DomainProvider:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, read_domain(Path(folder)))

    DomainProvider.load = classmethod(load)  # type: ignore[arg-type]  # the class comes first, as classmethod gives it
