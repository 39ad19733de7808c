"""The checks on a draft: what its changes bring that is not in the content already, each finding at its change.

Runs in a process of its own (curation.studio.bench), which remembers what it read: only changed files are parsed again, and a
check whose files are the same gives the same.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from curation.change_json import loaded
from curation.changes import Change
from curation.check_all import CHECKS
from curation.content import Content
from curation.content_tree import Tree
from curation.editing import Misfit, carry_out_what_fits
from curation.finding import Checked, Finding, make
from curation.proposals import write_tree

LOOKS_AT: dict[str, tuple[str, ...]] = {
    "examples": ("data/nlu/", "tests/nlu/"),
    "overlap": ("data/nlu/", "tests/", "data/safety/terms"),
    "stories": ("data/stories/", "data/rules/", "data/responses/"),
    "reading_level": ("data/responses/", "data/safety/helplines"),
    "terms": ("data/safety/",),
    "scenarios": ("data/scenarios/", "data/safety/", "data/responses/", "data/stories/", "data/rules/", "data/page/"),
    "law": ("data/safety/", "data/stories/", "data/responses/", "data/domain.yml"),
}
"""The files a check depends on, for those that do not look at everything. A check that is not named is run whenever anything changed."""
_PLACE = re.compile(r"(data/[\w/]+\.yml):(\d+)")
_NEAR_LINES = 14
"""A finding this far below a change's first line still belongs to it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks say of a draft: by change id ("" for none), and the changes that do not fit the content any more."""

    by_change: dict[str, tuple[Finding, ...]]
    misfits: tuple[Misfit, ...]
    unchanged: bool

    @property
    def errors(self) -> int:
        """How many findings stop a proposal."""
        return sum(finding.is_error for findings in self.by_change.values() for finding in findings)

    @property
    def may_be_proposed(self) -> bool:
        """Nothing stops it."""
        return not self.errors and not self.misfits and not self.unchanged


def judge(root: str, changes_json: str) -> Judged:
    """The findings that the changes bring to the content under `root`."""
    changes, tree = loaded(changes_json), Tree(Path(root))
    misfits = carry_out_what_fits(tree, changes)
    changed = tree.changed()
    if not changed:
        if not changes:
            _findings(Content.load(Path(root)))  # asked for nothing: be ready for what comes
        return Judged({}, tuple(misfits), unchanged=True)
    folder = Path(tempfile.mkdtemp(prefix="draft-"))
    try:
        write_tree(Path(root), folder, changed)
        new = _new(_findings(Content.load(Path(root))), _findings(Content.load(folder)))
    finally:
        shutil.rmtree(folder)
    texts = {name: data.decode("utf-8").splitlines() for name, data in changed.items()}
    return Judged(_at_changes(new, changes, texts), tuple(misfits), unchanged=False)


def _findings(content: Content) -> list[Finding]:
    found: list[Finding] = []
    digests = {name: hashlib.sha256("\n".join(file.lines).encode()).hexdigest() for name, file in content.files.items()}
    for name in CHECKS:
        looks_at = LOOKS_AT.get(name, ("",))
        key = hashlib.sha256()
        for file, digest in digests.items():
            if file.startswith(looks_at):
                key.update(f"{file} {digest}\n".encode())
        for slip in content.slips:
            key.update(f"{slip.file} {slip.line} {slip.message_nl}\n".encode())
        found += _checked(name, key.hexdigest(), _Held(content))
    return found


class _Held:
    """A content that is no part of a cache's key."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _checked(name: str, _digest: str, held: _Held) -> tuple[Finding, ...]:
    checked: Checked = CHECKS[name](held.content)
    nothing = () if checked.looked_at else (make("check.nothing", "data", 1, check=name),)
    return (*checked.findings, *nothing)


def _new(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Those of `after` that are not in `before`; a line that only moved does not count."""
    known = Counter((finding.rule, finding.file, finding.message_nl) for finding in before)
    new = []
    for finding in after:
        key = (finding.rule, finding.file, finding.message_nl)
        if known[key]:
            known[key] -= 1
        else:
            new.append(finding)
    return new


def _at_changes(found: list[Finding], changes: Sequence[Change], texts: dict[str, list[str]]) -> dict[str, tuple[Finding, ...]]:
    places = [(name, _line(change, texts.get(name, [])), change.id) for change in changes for name in change.files]
    sorted_out: dict[str, list[Finding]] = {}
    for finding in found:
        # Of two sentences that are the same, the finding may stand at the old one and name the new one.
        named = [(name, int(line)) for name, line in _PLACE.findall(finding.message_nl)]
        spots = [(finding.file, finding.line), *named]
        near = [(line, who) for name, line, who in places for file, at in spots if name == file and 0 <= at - line < _NEAR_LINES]
        whole = [who for name, _, who in places if name == finding.file]
        belongs = max(near)[1] if near else whole[0] if len(whole) == 1 else ""
        sorted_out.setdefault(belongs, []).append(finding)
    return {change_id: tuple(group) for change_id, group in sorted_out.items()}


def _line(change: Change, lines: list[str]) -> int:
    """Where a change begins in its file (from 1); a line beyond the end when it cannot be found."""
    for name in ("new", "text", "nl", "name", "title_nl", "reply", "scene", "key"):
        wanted = getattr(change, name, None)
        if isinstance(wanted, str) and wanted and "\n" not in wanted:
            flat = " ".join(wanted.split())
            for number, line in enumerate(lines, 1):
                if flat in line:
                    return number
    return len(lines) + 1
