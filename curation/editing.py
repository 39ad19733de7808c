"""Carrying out changes on the content (`curation.changes` says what there is to carry out)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from curation import edit_examples, edit_replies, edit_stories, edit_texts
from curation.changes import Change
from curation.content_tree import Conflict, Tree

_HANDS: dict[str, Callable[[Tree, Any], None]] = {
    **edit_examples.HANDS,
    **edit_replies.HANDS,
    **edit_stories.HANDS,
    **edit_texts.HANDS,
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """A change that does not fit the content any more: its id, and why (see Conflict)."""

    change_id: str
    reason: str
    what: str


def carry_out(tree: Tree, changes: Iterable[Change]) -> None:
    """All of them, in order. Raises Conflict at the first that does not fit."""
    for change in changes:
        _HANDS[change.kind](tree, change)


def carry_out_what_fits(tree: Tree, changes: Iterable[Change]) -> list[Misfit]:
    """Those that fit; what does not is left out and named."""
    misfits = []
    for change in changes:
        try:
            _HANDS[change.kind](tree, change)
        except Conflict as conflict:
            misfits.append(Misfit(change.id, conflict.reason, conflict.what))
    return misfits
