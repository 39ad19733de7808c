"""Reading what a form sends: text only, and never a fault of ours for a strange form."""

from __future__ import annotations

from aiohttp import web

LONGEST = 4000


async def fields(request: web.Request, *names: str) -> list[str]:
    """The named fields as texts of at most 4,000 characters; an empty text for what is missing or a file."""
    form = await request.post()
    values = [form.get(name) for name in names]
    return [value[:LONGEST] if isinstance(value, str) else "" for value in values]


async def field(request: web.Request, name: str) -> str:
    """One field."""
    return (await fields(request, name))[0]
