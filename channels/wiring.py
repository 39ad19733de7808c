"""Which pages, which custom actions and which desk the hub starts with: the one place where channels meets its neighbours."""

from __future__ import annotations

from importlib import import_module

from channels.site import Actions, Desk, Pages, Telegram
from kernel.settings import Settings


def pages() -> Pages | None:
    """The chat page and its neighbours."""
    found: Pages = import_module("channels.public.pages").add_pages
    return found


def actions() -> Actions | None:
    """The custom actions."""
    found: Actions = import_module("actions").build_executor
    return found


def desk() -> Desk:
    """The desk of the hotline."""
    found: Desk = import_module("channels.desk.app").add_desk
    return found


def telegram(settings: Settings) -> Telegram | None:
    """Telegram, where there is a token; its library is loaded only then."""
    if not settings.telegram_token:
        return None
    found: Telegram = import_module("channels.public.telegram").Telegram
    return found
