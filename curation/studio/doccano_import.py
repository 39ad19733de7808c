"""Sentences from doccano as a draft proposal: checked as a proposal is, then put into a draft by what the studio's pages use."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channels.store import Account, StorageFailed, Store
from curation.change_json import dumped, loaded
from curation.changes import Change
from curation.content import Content
from curation.doccano import Labelled, changes_for
from curation.draft_checks import Judged, judge
from curation.studio.context import Visitor
from curation.studio.routes import STUDIO
from curation.studio.shelf import MOST_CHANGES, Refused, add_changes
from kernel.language import Language
from kernel.settings import Settings

TITLE = {Language.NL: "Zinnen uit doccano", Language.FR: "Phrases de doccano"}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the shelf needs, without a site."""

    root: Path
    store: Store
    texts: Mapping[Language, dict[str, dict[str, Any]]]


async def bring_in(settings: Settings, root: Path, wanted: Sequence[Labelled], name: str) -> int:
    """Make the draft; 0 when it is there or nothing had to change, 1 when the checks said no, 2 for a wrong account or database."""
    store = Store(settings.database_url, settings.secret_key)
    try:
        await store.open()
    except StorageFailed:
        return _no("setting DATABASE_URL: the database cannot be opened", 2)
    try:
        account = await store.accounts.named(name)
        if account is None or account.is_ended or account.role not in STUDIO:
            return _no("ACCOUNT: expected the name of an account that may use the studio", 2)
        return await _draft(store, root, account, wanted)
    finally:
        await store.close()


async def _draft(store: Store, root: Path, account: Account, wanted: Sequence[Labelled]) -> int:
    changes = await asyncio.to_thread(_changes, root, wanted)
    print(f"{len(wanted)} sentences read, {len(wanted) - len(changes)} stand there already")
    if not changes:
        return 0
    if len(changes) > MOST_CHANGES:
        return _no(f"{len(changes)} changes: a proposal holds {MOST_CHANGES} at most; import the file in parts", 1)
    judged = await asyncio.to_thread(judge, str(root), dumped(changes))
    if not judged.may_be_proposed:
        return _no("\n".join(_said(judged, account.language)), 1)
    visitor = Visitor(account.id, account.name, account.role, account.language, mark="")
    title = TITLE[account.language]
    made = await store.proposals.create(account.id, title)  # a draft of its own: what they work on stays as it is
    shelf = _Shelf(root, store, {language: {"proposal": {"first_title": title}} for language in Language})
    try:
        draft = await add_changes(shelf, visitor, changes)
    except Refused as why:
        return _no(f"not taken: {why.reason}", 1)
    await store.audit.note(account.id, "proposal_created", draft.id)
    print(f"draft with {len(draft.changes)} changes: /studio/proposals/{made}")
    return 0


def _changes(root: Path, wanted: Sequence[Labelled]) -> tuple[Change, ...]:
    return loaded(dumped(changes_for(wanted, Content.load(root).examples)))


def _said(judged: Judged, language: Language) -> list[str]:
    """Every error and misfit, a line each."""
    findings = [finding for group in judged.by_change.values() for finding in group if finding.is_error]
    return [*(finding.told(language) for finding in findings), *(f"does not fit: {misfit.reason}" for misfit in judged.misfits)]


def _no(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
