"""What every handler of the desk may use, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.answers import Answers
from channels.desk.auth import Door, Visitor
from channels.desk.canned import Canned, load_canned
from channels.desk.watch import Watch
from channels.escalation import Escalations
from channels.relay import Relay
from channels.site_assets import Assets
from channels.site_texts import load_page_texts
from channels.store import Store
from kernel.language import Language
from kernel.settings import Settings
from safety.scenarios import Scenarios

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data" / "desk"


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of the desk, put together once at the start."""

    settings: Settings
    store: Store
    door: Door
    assets: Assets
    texts: dict[Language, dict[str, dict[str, Any]]]
    escalations: Escalations
    watch: Watch
    answers: Answers
    canned: tuple[Canned, ...]
    scenarios: Scenarios
    sockets: set[web.WebSocketResponse] = field(default_factory=set)


DESK = web.AppKey("desk", Desk)
VISITOR = web.RequestKey("visitor", Visitor)


def desk_of(settings: Settings, relay: Relay, clock: Callable[[], float]) -> Desk:
    """The parts, ready. Raises DataError when a text is missing in one language."""
    store = relay.store
    return Desk(
        settings=settings,
        store=store,
        door=Door(store, settings.desk_url, clock),
        assets=Assets(HERE / "static"),
        texts=load_page_texts(DATA / "texts", "desk"),
        escalations=relay.escalations,
        watch=Watch(store, relay.escalations),
        answers=relay.answers,
        canned=load_canned(DATA / "canned.yml"),
        scenarios=Scenarios.load(DATA.parent / "scenarios"),
    )


def visitor_of(request: web.Request) -> Visitor:
    """Who is asking; only where the route asks for a role, so that there is somebody."""
    return request[VISITOR]
