"""A running desk with its studio on a copy of the content, and the people of both: what the tests of the studio share."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "channels"), str(ROOT / "tests" / "desk")]

from aiohttp import web
from desk_world import NOW, DeskWorld, Person

from channels.answers import Answers
from channels.desk.app import add_desk
from channels.relay import Relay
from channels.studio_wiring import studio
from curation.changes import Change
from curation.proposals import PARTS
from curation.studio.context import KIT, Kit
from curation.studio.shelf import proposal_of
from kernel.language import Language
from kernel.role import Role
from kernel.settings import Settings


def copy_of_content(folder: Path) -> Path:
    """The project's content in a folder of its own, so that a test may change it."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
        else:
            shutil.copy2(source, target)
    return folder


class StudioWorld(DeskWorld):
    """A hub whose desk has the studio; `parts` replace parts of its Kit (a workshop, draft bots)."""

    def __init__(self, var: Path, answers: Answers, root: Path, workshop: Any = None, **parts: Any) -> None:
        super().__init__(var, answers)
        self.root = root
        self._workshop, self._parts = workshop, parts

    def _add(self, app: web.Application, settings: Settings, relay: Relay) -> None:
        self.app = app
        annex = studio(settings, relay.store, self.root, self._workshop, **self._parts)
        add_desk(app, settings, relay, annexes=[annex], clock=lambda: NOW)

    @property
    def kit(self) -> Kit:
        """What the studio is made of."""
        assert self.app is not None, "not started"
        return self.app[KIT]

    async def volunteer(self, name: str, language: Language = Language.NL, role: Role = Role.VOLUNTEER) -> Person:
        """Somebody logged in, with pages in this language."""
        person = await self.staff(name, role)
        await person.post("/me", language=language.value, speaks_nl="on")
        return person

    async def draft_of(self, person: Person) -> str:
        """The id of the draft that somebody works on."""
        (row, *_) = await self.store.proposals.all("draft", author_id=person.id)
        return row.id

    async def changes_of(self, proposal_id: str) -> list[Change]:
        """The changes of a proposal."""
        row = await self.store.proposals.get(proposal_id)
        assert row is not None
        return list(proposal_of(row).changes)

    async def checked(self, person: Person, proposal_id: str) -> dict[str, Any]:
        """What the checks say, once they are through."""
        for _ in range(36):  # each asks for ten seconds; the checks give way to all else (nice), which on a full machine may take long
            status, body = await person.get(f"/studio/proposals/{proposal_id}/findings")
            if status == 200:
                found: dict[str, Any] = json.loads(body)
                return found
        raise AssertionError("the checks took more than six minutes")


def shown(body: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
