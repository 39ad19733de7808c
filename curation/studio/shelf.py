"""The proposals of the studio: a row of the store as a Proposal, and the draft that somebody is working on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from channels.store import NotNow, ProposalRow, Store
from curation.change_json import dumped, loaded
from curation.changes import Change
from curation.content_tree import Conflict, Tree
from curation.editing import carry_out, carry_out_what_fits
from curation.proposals import Proposal, State, files_of, guard_of
from curation.studio.context import Visitor
from kernel.language import Language
from safety.hours import BRUSSELS

MOST_CHANGES = 400
"""A larger proposal is too much to read for anybody."""


class Shelf(Protocol):
    """What of the Kit the shelf needs: so that a command can use it without a site."""

    @property
    def root(self) -> Path: ...
    @property
    def store(self) -> Store: ...
    @property
    def texts(self) -> Mapping[Language, dict[str, dict[str, Any]]]: ...


class Refused(Exception):
    """An edit that cannot be made; `reason` is a word of the texts (studio.refused), `what` names the thing."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


def proposal_of(row: ProposalRow) -> Proposal:
    """The proposal in a row. Raises BadChange for changes that cannot be read."""
    return Proposal(
        row.id, row.title, row.why, row.author_id, row.author, State(row.state), loaded(row.changes), row.version,
        row.approvals_needed, row.is_guarded, row.approvers, row.created_at, row.changed_at,
    )  # fmt: skip


async def current_draft(kit: Shelf, visitor: Visitor) -> Proposal | None:
    """The draft somebody works on: their own that changed last; None when they have none."""
    rows = await kit.store.proposals.all(State.DRAFT, author_id=visitor.id, limit=1)
    return proposal_of(rows[0]) if rows else None


async def draft_tree(kit: Shelf, visitor: Visitor) -> tuple[Tree, Proposal | None]:
    """The content as the visitor's draft makes it; what does not fit any more is left out (its page says so)."""
    draft, tree = await current_draft(kit, visitor), Tree(kit.root)
    if draft is not None:
        carry_out_what_fits(tree, draft.changes)
    return tree, draft


async def add_changes(kit: Shelf, visitor: Visitor, changes: Sequence[Change]) -> Proposal:
    """Put changes into the visitor's draft (made when there is none); the draft.

    Raises Refused when one does not fit, BadChange for forged ones.
    """
    changes = loaded(dumped(changes))  # field by field, whatever form they came from
    if guard_of().is_guarded(files_of(changes)) and not visitor.is_admin:
        raise Refused("guarded")
    for _ in range(3):
        draft = await current_draft(kit, visitor)
        _try(kit, draft.changes if draft is not None else (), changes)
        if draft is None:
            await kit.store.proposals.create(visitor.id, _first_title(kit, visitor))
            draft = await current_draft(kit, visitor)
        if draft is None:
            break
        try:
            await _save(kit, visitor, draft, (*draft.changes, *changes))
        except NotNow:
            continue  # saved in another window meanwhile: on what it is now
        found = await current_draft(kit, visitor)
        if found is not None:
            return found
    raise Refused("not_now")


async def set_changes(kit: Shelf, visitor: Visitor, proposal: Proposal, keep: Callable[[Change], bool]) -> None:
    """Leave changes out of the visitor's own draft. Raises NotNow."""
    await _save(kit, visitor, proposal, tuple(change for change in proposal.changes if keep(change)))


async def _save(kit: Shelf, visitor: Visitor, draft: Proposal, changes: tuple[Change, ...]) -> None:
    guard, files = guard_of(), files_of(changes)
    await kit.store.proposals.save(
        draft.id,
        visitor.id,
        draft.version,
        changes=dumped(changes),
        approvals_needed=guard.approvals_for(files),
        is_guarded=guard.is_guarded(files),
    )


def _try(kit: Shelf, before: Sequence[Change], changes: Sequence[Change]) -> None:
    """Raises Refused when a change does not fit the content as the draft makes it."""
    if len(before) + len(changes) > MOST_CHANGES:
        raise Refused("many")
    tree = Tree(kit.root)
    carry_out_what_fits(tree, before)
    try:
        carry_out(tree, changes)
        tree.changed()
    except Conflict as conflict:
        raise Refused(conflict.reason, conflict.what) from conflict


def _first_title(kit: Shelf, visitor: Visitor) -> str:
    today = datetime.now(BRUSSELS).strftime("%d/%m/%Y")
    return str(kit.texts[visitor.language]["proposal"]["first_title"]).replace("{date}", today)
