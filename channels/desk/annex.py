"""A room built on to the desk site by somebody else (the studio): its routes come behind the desk's guards, its pages in its frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from kernel.role import Role

if TYPE_CHECKING:  # routes imports the views, which import the pages, which look for annexes
    from channels.desk.routes import Route

Navigation = tuple[str, str, frozenset[Role]]
"""A name of the group `frame` in data/desk, the path, and who sees it in the menu."""


@dataclass(frozen=True, slots=True)
class Annex:
    """What it brings: `templates` are found under `name/`, `values` are known to all templates, `homes` says where a role lands."""

    name: str
    routes: Sequence[Route]
    templates: Path
    navigation: Sequence[Navigation] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    homes: Mapping[Role, str] = field(default_factory=dict)
    set_up: Callable[[web.Application], None] = lambda _app: None


ANNEXES = web.AppKey("desk_annexes", tuple[Annex, ...])
