"""The whole way of a sentence in one hub: chat, desk, inbox, studio, gate; and the search for what must not have come along."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "channels"), str(ROOT / "tests" / "safety")]

import sqlalchemy as sa
from aiohttp import web
from chat_client import Chat
from desk_world import NOW, teenager
from masking_stand_ins import real_masker
from small_gate import TRAIN, with_product
from standin_bot import StandinBot
from studio_world import StudioWorld

from channels.answers import Answers
from channels.desk.app import add_desk
from channels.inbox_masking import InboxMasker
from channels.limits import Limiter
from channels.public.app import SOCKETS
from channels.relay import Relay
from channels.site import Hub
from channels.store.tables import METADATA
from channels.studio_wiring import studio as studio_annex
from curation.offline import OfflineSwitch
from curation.studio.workshop import Workshop
from kernel.language import Language
from kernel.settings import Settings
from safety.masking_text import plain

# The stand-in training, which tells its log every sentence it learns from: the worst that a training could do.
TALKATIVE = (
    TRAIN
    + """
for path in sorted(pathlib.Path("data/nlu").rglob("*.yml")):
    print(path.read_text(encoding="utf-8"))
"""
)
GENERIC = frozenset(
    "bus avenue clos college institut sainte saint atheneum point punt arobase telemail april septembre tweeduizend deux mille neuf negen zero "
    "quatre nul vier zeven acht".split()
)
"""Words in details that tell nothing by themselves."""
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-/()]+(?=\d)")


class RealWorker:
    """The real masker with its engines, in this process: what the worker's process runs."""

    async def start(self) -> bool:
        return True

    async def mask(self, text: str, language: Language) -> str:
        return real_masker().mask(text, language)

    async def close(self) -> None:
        """Kept for the other tests."""


class CanaryWorld(StudioWorld):
    """A hub with its inbox on, the real masking, a stand-in bot, and a studio whose gate trains and measures a small project."""

    def __init__(self, folder: Path, answers: Answers, bot: StandinBot) -> None:
        super().__init__(folder / "var", answers, with_product(folder / "project").root)
        self.folder, self.bot = folder, bot
        self._before = {_digest(path) for path in self.root.rglob("*") if path.is_file()}  # its lists of names hold many
        self.settings = dataclasses.replace(self.settings, inbox=True, bot_urls=(bot.url,))
        masker = InboxMasker(RealWorker)  # type: ignore[arg-type]
        self.hub = Hub(self.settings, ROOT, pages=None, actions=None, desk=self._add, answers=answers, masker=masker)

    def _add(self, app: web.Application, settings: Settings, relay: Relay) -> None:
        self.app = app
        self.workshop = Workshop(self.root, settings.var, relay.store, OfflineSwitch(), train=(sys.executable, "-c", TALKATIVE))
        annex = studio_annex(settings, relay.store, self.root, self.workshop)
        add_desk(app, settings, relay, annexes=[annex], clock=lambda: NOW)

    async def talk(self, language: str) -> Chat:
        """A new chat, after the greeting."""
        return await teenager(self, language)

    def limits_off(self) -> None:
        """No limit on messages: for tests that write faster than people."""
        app = next(runner.app for runner in self.hub._runners if runner.app is not None and SOCKETS in runner.app)
        app[SOCKETS].per_conversation = app[SOCKETS].per_address = Limiter(1e6, 1e6)

    async def rows(self) -> str:
        """Every cell of every table, as it lies there."""
        cells = []
        async with self.store.db.read() as connection:
            for table in METADATA.sorted_tables:
                for row in (await connection.execute(sa.select(table))).all():
                    cells += [cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for cell in row]
        return "\n".join(cells)

    def files(self) -> str:
        """Every file that the run wrote: var/ with the database and the jobs, changes of the project, temporary ones that were left."""
        paths = [path for path in sorted(self.folder.rglob("*")) if path.is_file() and _digest(path) not in self._before]
        return "\n".join(f"{path.name}\n{path.read_bytes().decode('utf-8', 'replace')}" for path in paths)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def found(details: Iterable[str], where: str) -> list[str]:
    """The details of which something stands in a text: the whole, in other capitals or accents or with other signs between its digits, or
    one telling word."""
    flat = plain(where)
    joined, words = _BETWEEN_DIGITS.sub("", flat), frozenset(_WORD.findall(flat))
    return [detail for detail in details if _stands(plain(detail), flat, joined, words)]


def _stands(detail: str, flat: str, joined: str, words: frozenset[str]) -> bool:
    telling = {word for word in _WORD.findall(detail) if len(word) > 3 and not word.isdigit()} - GENERIC
    return detail in flat or _BETWEEN_DIGITS.sub("", detail) in joined or bool(telling & words)
