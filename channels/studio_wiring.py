"""The studio as an annex of the desk: what it needs is handed in here, since neither of the two knows the other."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.site_assets import Assets
from channels.site_texts import load_page_texts
from channels.store import Store
from kernel.role import Role
from kernel.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


def studio(settings: Settings, store: Store, root: Path, workshop: Any = None, **parts: Any) -> Any:
    """The annex. `root` is the folder of the content; without `workshop` nothing can be trained; `parts` replace parts of the Kit."""
    app, context = import_module("curation.studio.app"), import_module("curation.studio.context")
    table = import_module("curation.studio.routes")
    desk_pages, annex = import_module("channels.desk.pages"), import_module("channels.desk.annex")
    route = import_module("channels.desk.routes").Route
    assets = Assets(app.STATIC, "/studio/static")
    given = {
        "root": root,
        "var": settings.var,
        "store": store,
        "texts": load_page_texts(ROOT / "data" / "studio" / "texts", "studio"),
        "words": desk_pages.words,
        "visitor": _visitor,
        "page": desk_pages.page,
        "fields": import_module("channels.desk.forms").fields,
        "bench": import_module("curation.studio.bench").Bench(root),
        "workshop": workshop,
        "inbox": settings.inbox,
    }
    if workshop is not None:
        given["drafts"] = workshop.drafts
    kit = context.Kit(**(given | parts))
    routes = [route(one.method, one.path, one.roles, one.handler) for one in app.guarded_routes()]
    return annex.Annex(
        name="studio",
        routes=[*routes, route("GET", "/studio/static/{version}/{name}", None, assets.handle)],
        templates=app.TEMPLATES,
        navigation=[("studio", "/studio", table.STUDIO)],
        values={"studio_asset": assets.url},
        homes={Role.VOLUNTEER: "/studio"},
        set_up=partial(app.set_up, kit=kit),
    )


def _visitor(request: web.Request) -> Any:
    """Who is asking, as the studio knows people."""
    found = import_module("channels.desk.context").visitor_of(request)
    account = found.account
    return import_module("curation.studio.context").Visitor(account.id, account.name, account.role, account.language, found.mark)
