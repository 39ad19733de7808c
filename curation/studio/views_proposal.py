"""One proposal: its changes in plain words with what the checks say, comments at the change, approval by somebody else, the history."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from channels.store.studio_proposals import LONGEST_TITLE, LONGEST_WORDS
from curation.change_json import dumped
from curation.changes import AddReply, ReplaceFile
from curation.content_tree import Tree
from curation.draft_checks import Judged
from curation.draft_reading import DraftReader
from curation.editing import carry_out_what_fits
from curation.proposals import Proposal, State
from curation.studio.context import Kit, Visitor
from curation.studio.pages import asked, fields, need_names, show, to, words
from curation.studio.shelf import proposal_of, set_changes
from curation.studio.telling import Card, Teller
from curation.studio.views_proposals import may_approve
from kernel.language import Language

_SOON_S = 1.5
"""So long a page waits for the checks; later the page asks again by itself."""
_ENOUGH_S = 150.0
"""So long a form waits; the checks take a few seconds unless the machine does much else."""


async def proposal(request: web.Request) -> web.StreamResponse:
    """GET /studio/proposals/{id}"""
    return await _page(request)


async def findings(request: web.Request) -> web.StreamResponse:
    """GET /studio/proposals/{id}/findings: 200 when the checks are through, 202 while they run; JSON."""
    kit, one = await _asked_for(request)
    judged = await _judged(kit, one, 10.0)
    if judged is None:
        return web.json_response({"ready": False}, status=202)
    return web.json_response({"ready": True, "errors": judged.errors, "may_be_proposed": judged.may_be_proposed})


async def set_words(request: web.Request) -> web.StreamResponse:
    """POST …/words: title and why."""
    kit, one, visitor = await _own_draft(request)
    title, why = await fields(request, "title", "why")
    title, why = " ".join(title.split())[:LONGEST_TITLE], why.replace("\r\n", "\n").strip()[:LONGEST_WORDS]
    if not title:
        return await _page(request, fault="title")
    await kit.store.proposals.save(one.id, visitor.id, one.version, title=title, why=why)
    raise to(f"/studio/proposals/{one.id}", "saved")


async def drop(request: web.Request) -> web.StreamResponse:
    """POST …/drop: a change less."""
    kit, one, visitor = await _own_draft(request)
    (change_id,) = await fields(request, "change")
    await set_changes(kit, visitor, one, lambda change: change.id != change_id)
    raise to(f"/studio/proposals/{one.id}", "dropped")


async def pick(request: web.Request) -> web.StreamResponse:
    """POST …/pick: this draft is the one in hand."""
    kit, one, visitor = await _own_draft(request)
    await kit.store.proposals.save(one.id, visitor.id, one.version, said="picked", title=one.title)
    raise to("/studio", "picked")


async def propose(request: web.Request) -> web.StreamResponse:
    """POST …/propose: for others to read, when the checks let it."""
    kit, one, visitor = await _own_draft(request)
    title, why = await fields(request, "title", "why")
    if title.strip() and (title.strip() != one.title or why.strip() != one.why):
        title, why = " ".join(title.split())[:LONGEST_TITLE], why.replace("\r\n", "\n").strip()[:LONGEST_WORDS]
        version = await kit.store.proposals.save(one.id, visitor.id, one.version, title=title, why=why)
        one = replace(one, title=title, why=why, version=version)
    if not one.why:
        return await _page(request, fault="why")
    judged = await _judged(kit, one, _ENOUGH_S)
    if judged is None or not judged.may_be_proposed:
        return await _page(request, fault="findings" if judged is not None else "slow")
    await kit.store.proposals.propose(one.id, visitor.id, one.version)
    raise to(f"/studio/proposals/{one.id}", "proposed")


async def withdraw(request: web.Request) -> web.StreamResponse:
    """POST …/withdraw: back to a draft."""
    kit, one = await _asked_for(request)
    await kit.store.proposals.withdraw(one.id, kit.visitor(request).id)
    raise to(f"/studio/proposals/{one.id}", "withdrawn")


async def approve(request: web.Request) -> web.StreamResponse:
    """POST …/approve: by somebody else than the author (the database says so too), of exactly what was read."""
    kit, one = await _asked_for(request)
    visitor = kit.visitor(request)
    (version,) = await fields(request, "version")
    if not may_approve(one, visitor.id, guarded=visitor.may_approve_guarded):
        raise web.HTTPForbidden
    if version != str(one.version):
        raise web.HTTPConflict
    judged = await _judged(kit, one, _ENOUGH_S)
    if judged is None or not judged.may_be_proposed:
        return await _page(request, fault="findings" if judged is not None else "slow")
    is_last = await kit.store.proposals.approve(one.id, visitor.id, one.version)
    raise to(f"/studio/proposals/{one.id}", "approved" if is_last else "approved_once")


async def refuse(request: web.Request) -> web.StreamResponse:
    """POST …/refuse: not this way, and why."""
    kit, one = await _asked_for(request)
    visitor = kit.visitor(request)
    (why,) = await fields(request, "why")
    if visitor.id == one.author_id or (one.is_guarded and not visitor.may_approve_guarded):
        raise web.HTTPForbidden
    if not why.strip():
        return await _page(request, fault="refuse_why")
    await kit.store.proposals.refuse(one.id, visitor.id, why.strip()[:LONGEST_WORDS])
    raise to(f"/studio/proposals/{one.id}", "refused")


async def comment(request: web.Request) -> web.StreamResponse:
    """POST …/comment: at a change, or about the whole."""
    kit, one = await _asked_for(request)
    change_id, text = await fields(request, "change", "text")
    if not text.strip():
        return await _page(request, fault="comment")
    if change_id and change_id not in {change.id for change in one.changes}:
        raise web.HTTPNotFound
    await kit.store.proposals.comment(one.id, kit.visitor(request).id, change_id, text.strip()[:LONGEST_WORDS])
    raise to(f"/studio/proposals/{one.id}", "commented", change_id or "talk")


async def comment_done(request: web.Request) -> web.StreamResponse:
    """POST …/done: a comment was seen to."""
    kit, one = await _asked_for(request)
    (comment_id,) = await fields(request, "comment")
    await kit.store.proposals.comment_done(one.id, comment_id)
    raise to(f"/studio/proposals/{one.id}", "comment_done")


# ---- helpers -----------------------------------------------------------------------------------------------------------


async def _asked_for(request: web.Request) -> tuple[Kit, Proposal]:
    kit, _ = asked(request)
    row = await kit.store.proposals.get(request.match_info["id"])
    if row is None:
        raise web.HTTPNotFound
    return kit, proposal_of(row)


async def _own_draft(request: web.Request) -> tuple[Kit, Proposal, Visitor]:
    """The author's own draft; 403 for anybody else's, 409 for one that is no draft."""
    kit, one = await _asked_for(request)
    visitor = kit.visitor(request)
    if one.author_id != visitor.id:
        raise web.HTTPForbidden
    if one.state is not State.DRAFT:
        raise web.HTTPConflict
    return kit, one, visitor


async def _judged(kit: Kit, one: Proposal, seconds: float) -> Judged | None:
    """What the checks say; None when they take longer."""
    task = kit.bench.judged(dumped(one.changes))
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return task.result() if done else None


async def _page(request: web.Request, fault: str | None = None) -> web.Response:
    kit, one = await _asked_for(request)
    visitor, s = kit.visitor(request), words(request)
    is_open = one.state in (State.DRAFT, State.PROPOSED, State.APPROVED)
    judged = await _judged(kit, one, _SOON_S) if is_open and one.changes else None
    said = await kit.store.proposals.comments(one.id)
    cards, lines = await asyncio.to_thread(_told, kit, one, judged, s, need_names(request), visitor.language)
    return await show(
        request,
        "proposal.html",
        status=422 if fault else 200,
        one=one,
        cards=cards,
        lines=lines,
        judged=judged,
        is_judging=judged is None and is_open and bool(one.changes),
        loose=judged.by_change.get("", ()) if judged is not None else (),
        comments=said,
        history=await kit.store.proposals.history(one.id),
        mine=visitor.id == one.author_id,
        may_approve=one.state is State.PROPOSED and may_approve(one, visitor.id, guarded=visitor.may_approve_guarded),
        may_refuse=is_open and visitor.id != one.author_id and (visitor.may_approve_guarded or not one.is_guarded),
        problem=s["proposal"].get(f"fault_{fault}") if fault else None,
        in_draft=one.state is State.DRAFT,
        can_gate=kit.workshop is not None,
    )


def _told(
    kit: Kit, one: Proposal, judged: Judged | None, s: Mapping[str, Any], names: Mapping[str, str], language: Language
) -> tuple[list[Card], list[tuple[str, list[tuple[str, str]]]]]:
    """The cards, and the same as lines of files, each with its mark ("+", "-", " ", "@")."""
    tree = Tree(kit.root)
    misfits = {misfit.change_id: misfit for misfit in carry_out_what_fits(tree, one.changes)} if one.state is not State.PUBLISHED else {}
    reader, own = DraftReader(tree), {change.reply: change for change in one.changes if isinstance(change, AddReply)}

    def label(name: str) -> str:
        if name in own:
            return own[name].nl if language is Language.NL else own[name].fr
        return str(s["actions"].get(name) or names.get(name) or reader.said(name, language) or name)

    teller, cards = Teller(s, names, label), []
    for change in one.changes:
        misfit = misfits.get(change.id)
        why = str(s["refused"].get(misfit.reason, misfit.reason)).replace("{what}", misfit.what[:80]) if misfit else ""
        cards.append(teller.card(change, judged.by_change.get(change.id, ()) if judged else (), why))
    return cards, _lines(kit, one, tree)


def _lines(kit: Kit, one: Proposal, tree: Tree) -> list[tuple[str, list[tuple[str, str]]]]:
    if one.state is State.PUBLISHED or not any(one.changes):
        return []
    found = []
    for name, data in tree.changed().items():
        before = (kit.root / name).read_text(encoding="utf-8").splitlines()
        around = 3 if any(isinstance(change, ReplaceFile) for change in one.changes) else 1
        diff = list(difflib.unified_diff(before, data.decode("utf-8").splitlines(), n=around, lineterm=""))[2:]
        found.append((name, [(line[0], line[1:] if line[0] != "@" else "…") for line in diff]))
    return found
