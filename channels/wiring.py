"""Which pages and which custom actions the hub starts with: the one place where channels meets its neighbours."""

from __future__ import annotations

from importlib import import_module

from channels.site import Actions, Pages


def pages() -> Pages | None:
    """The chat page and its neighbours."""
    found: Pages = import_module("channels.public.pages").add_pages
    return found


def actions() -> Actions | None:
    """The custom actions."""
    found: Actions = import_module("actions").build_executor
    return found
