"""Reading the domain out of a model, quickly: Rasa parses it three times in pure Python (27 of a start's 40 s, measured)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict

import yaml
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain


class _Yaml12(yaml.CSafeLoader):
    """libyaml with the scalars of YAML 1.2, in which the domain was written ("no" is a word, 12:30 is no number)."""

    yaml_implicit_resolvers: Dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+.0123456789",
    ),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    _Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_domain(folder: Path) -> Domain:
    """The domain that training left in `folder` (one domain.yml). It was checked when it was trained."""
    with (folder / "domain.yml").open(encoding="utf-8") as file:
        return Domain.from_dict(yaml.load(file, Loader=_Yaml12))  # noqa: S506  a safe loader, from a model of our own


def read_domains_quickly() -> None:
    """From here on models are loaded with `read_domain`."""

    def load(
        cls: Any, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any
    ) -> DomainProvider:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, read_domain(Path(folder)))

    DomainProvider.load = classmethod(load)  # type: ignore[arg-type]  # the class comes first, as classmethod gives it
