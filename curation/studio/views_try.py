"""Trying a draft: a chat in the page with the bot that has learnt it."""

from __future__ import annotations

import re

from aiohttp import web

from curation.proposals import Proposal
from curation.studio.drafts import DraftAway, DraftState
from curation.studio.pages import asked, fields, need_names, show
from curation.studio.shelf import proposal_of
from kernel.language import Language

_CONVERSATION = re.compile(r"^[0-9a-f]{32}$")
LONGEST = 1000


async def page(request: web.Request) -> web.StreamResponse:
    """GET /studio/try?proposal=ID (the draft in hand without)."""
    kit, visitor = asked(request)
    wanted = request.query.get("proposal", "")
    row = await kit.store.proposals.get(wanted) if wanted else None
    if wanted and row is None:
        raise web.HTTPNotFound
    found: Proposal | None = proposal_of(row) if row is not None else None
    if found is None:
        rows = await kit.store.proposals.all("draft", "proposed", "approved", author_id=visitor.id, limit=1)
        found = proposal_of(rows[0]) if rows else None
    state = await kit.drafts.state(found.id) if found is not None else DraftState.NONE
    return await show(request, "try.html", tried=found, state=state, can_train=kit.workshop is not None)


async def ask(request: web.Request) -> web.StreamResponse:
    """POST /studio/try: one message to the draft bot; JSON. 409 when no draft bot answers."""
    kit, visitor = asked(request)
    proposal, conversation, text, language = await fields(request, "proposal", "conversation", "text", "language")
    if not _CONVERSATION.match(conversation) or language not in ("nl", "fr") or not text.strip() or len(text) > LONGEST:
        raise web.HTTPBadRequest
    if await kit.store.proposals.get(proposal) is None:
        raise web.HTTPNotFound
    try:
        # The page's own id and the account together: nobody can come into somebody else's try-out.
        answer = await kit.drafts.ask(proposal, f"{visitor.id[:8]}{conversation[:24]}", text, Language(language))
    except DraftAway:
        return web.json_response({"away": True}, status=409)
    names = need_names(request)
    bubbles = [
        {"text": said, "choices": [{"title": title, "payload": payload} for title, payload in choices]} for said, choices in answer.bubbles
    ]
    need = names.get(answer.need, answer.need) if answer.need else None
    return web.json_response({"bubbles": bubbles, "need": need, "confidence": round(100 * answer.confidence)})
