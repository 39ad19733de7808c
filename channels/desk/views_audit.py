"""The audit, for leads: who read or did what. Looking at it is an entry too."""

from __future__ import annotations

from aiohttp import web

from channels.desk.context import DESK, visitor_of
from channels.desk.pages import page
from channels.store.audit import PAGE


async def audit(request: web.Request) -> web.StreamResponse:
    """GET /audit; `?account=`, `?act=` and `?case=` narrow it, `?before=` pages back."""
    desk, asked = request.app[DESK], request.query
    chosen = {name: asked.get(name, "")[:40].replace("\x00", "") for name in ("account", "act", "case")}
    before = asked.get("before", "")
    await desk.store.audit.note(visitor_of(request).account.id, "audit_read")
    entries = await desk.store.audit.entries(
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
        account_id=chosen["account"],
        subject=chosen["case"],
        act=chosen["act"],
    )
    people = await desk.store.accounts.all()
    named = {account.id: account.name for account in people}
    older = entries[-1].id if len(entries) == PAGE else None
    return page(request, "audit.html", entries=entries, people=people, named=named, chosen=chosen, older=older)
