"""What the pages of the studio may use. All of it is handed in by `channels.wiring`: the studio knows neither the desk nor its guards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from channels.store import Store
from curation.studio.bench import Bench
from curation.studio.drafts import Drafts, NoDrafts
from kernel.language import Language
from kernel.role import Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking; `mark` goes into every form."""

    id: str
    name: str
    role: Role
    language: Language
    mark: str

    @property
    def is_admin(self) -> bool:
        """May change guarded files."""
        return self.role is Role.ADMIN

    @property
    def may_approve_guarded(self) -> bool:
        """May approve changes to guarded files."""
        return self.role in (Role.LEAD, Role.ADMIN)


class Page(Protocol):
    """Shows a template of the studio in the frame of the desk."""

    def __call__(self, request: web.Request, template: str, *, status: int = 200, **more: Any) -> web.Response: ...


@dataclass(frozen=True, slots=True)
class Kit:
    """The parts. `root` is the folder of the content, `var` of run-time files; `texts` by language, then group; `inbox`: the setting."""

    root: Path
    var: Path
    store: Store
    texts: dict[Language, dict[str, dict[str, Any]]]
    words: Callable[[web.Request], dict[str, dict[str, Any]]]
    visitor: Callable[[web.Request], Visitor]
    page: Page
    fields: Callable[..., Awaitable[list[str]]]
    bench: Bench
    drafts: Drafts = field(default_factory=NoDrafts)
    workshop: Any = None
    inbox: bool = False


KIT = web.AppKey("studio_kit", Kit)
