"""Which pages, which custom actions and which desk the hub starts with: the one place where channels meets its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.live_switch import LiveSwitch
from channels.relay import Relay
from channels.site import Actions, Desk, Pages, Telegram
from channels.store import Store
from channels.studio_wiring import ROOT, studio
from kernel.settings import Settings


def pages() -> Pages | None:
    """The chat page and its neighbours."""
    found: Pages = import_module("channels.public.pages").add_pages
    return found


def actions() -> Actions | None:
    """The custom actions."""
    found: Actions = import_module("actions").build_executor
    return found


def desk(live: Callable[[], LiveSwitch | None] = lambda: None) -> Desk:
    """The desk of the hotline, with the studio. `live`: the running bots, once they are there; for the studio's publishing."""

    def add(app: web.Application, settings: Settings, relay: Relay) -> None:
        annex = studio(settings, relay.store, ROOT, workshop(settings, ROOT, relay.store, live()))
        import_module("channels.desk.app").add_desk(app, settings, relay, annexes=[annex])

    return add


def finish_publishing(root: Path) -> None:
    """Before anything starts: what a killed publishing had decided is finished on the disk."""
    import_module("curation.release").carry_on(root)


def workshop(settings: Settings, root: Path, store: Store, live: LiveSwitch | None) -> Any:
    """The studio's background work; without `live` the model is changed on the disk alone."""
    switch = live or import_module("curation.offline").OfflineSwitch()
    return import_module("curation.studio.workshop").Workshop(root, settings.var, store, switch)


def telegram(settings: Settings) -> Telegram | None:
    """Telegram, where there is a token; its library is loaded only then."""
    if not settings.telegram_token:
        return None
    found: Telegram = import_module("channels.public.telegram").Telegram
    return found
