"""Reading what a form sends: text only, and never a fault of ours for a strange form."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from multidict import MultiDictProxy

LONGEST = 4000


async def read_form(request: web.Request) -> MultiDictProxy[Any]:
    """The form; 400 for one that cannot be read (an unknown charset, broken parts)."""
    try:
        return await request.post()
    except (ValueError, LookupError, AssertionError, RuntimeError) as error:
        raise web.HTTPBadRequest from error


async def fields(request: web.Request, *names: str) -> list[str]:
    """The named fields as texts of at most 4,000 characters; an empty text for what is missing or a file."""
    form = await read_form(request)
    values = [form.get(name) for name in names]
    return [value[:LONGEST].replace("\x00", "") if isinstance(value, str) else "" for value in values]


async def field(request: web.Request, name: str) -> str:
    """One field."""
    return (await fields(request, name))[0]
