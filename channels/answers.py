"""The fixed answers as bubbles, with the lines that belong to them; and lines as cards at this moment."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from channels.logs import log_of
from kernel.conversation import Bubble, Choice, Speaker
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector, Finding, most_urgent
from safety.directory import Card, Directory
from safety.fallback import FixedAnswers
from safety.pieces import PIECE, pieces_of
from safety.routes import Routes

_LOG = log_of("answers")
BRUSSELS = ZoneInfo("Europe/Brussels")
CHILD_FOCUS = "childfocus"
_SUICIDE_LINE = {Language.NL: "zelfmoordlijn_1813", Language.FR: "prevention_suicide"}
MOST_LINES = 3
_REMEMBERED = 1024
"""A message is looked at when it comes, when its turn begins, and beside the bot's answer: the finding is kept, by a digest of the text."""
_KEY = secrets.token_bytes(16)
"""Of this process alone: the digest of a short message could be guessed otherwise."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of whom the lines are for."""

    need: str | None = None
    who: str = "self"
    age_group: str = "unknown"
    urgency: Urgency = Urgency.NONE
    now: bool = False


class Answers:
    """Fixed sentences and lines. Holds what of `safety` the hub needs: directory, routes, fixed answers, danger terms."""

    def __init__(self, directory: Directory, routes: Routes, fixed: FixedAnswers, detector: CrisisDetector) -> None:
        self.directory, self.routes, self.fixed, self.detector = directory, routes, fixed, detector
        self._found_by, self._found = detector, OrderedDict[bytes, Finding | None]()
        self._one_long = asyncio.Semaphore(1)

    @classmethod
    def load(cls, folder: Path) -> Answers:
        """From data/safety; raises safety's DataError on malformed data."""
        directory = Directory.load(folder / "helplines.yml")
        return cls(
            directory, Routes.load(folder / "routes.yml", directory), FixedAnswers.load(folder / "fixed.yml"), CrisisDetector.load(folder)
        )

    def become(self, other: Answers) -> None:
        """Say from now on what `other` says: everybody who holds this one does too (data/safety was published anew)."""
        self.directory, self.routes, self.fixed, self.detector = other.directory, other.routes, other.fixed, other.detector

    def find_danger(self, text: str) -> Finding | None:
        """The most urgent sign of danger in the whole text. A defect in the terms must not stop the message."""
        known, key = self._known(), _digest(text)
        if key in known:
            return known[key]
        found, is_whole = self._look_at(text)
        if is_whole:
            _keep(known, key, found)
        return found

    async def find_danger_in_turns(self, text: str) -> Finding | None:
        """As `find_danger`, for what may be as long as a frame: one long text at a time, and between its pieces others get their turn."""
        if len(text) <= PIECE:
            return self.find_danger(text)
        async with self._one_long:
            return await self._find_in_long(text)

    async def _find_in_long(self, text: str) -> Finding | None:
        known, key = self._known(), _digest(text)
        if key in known:
            return known[key]
        found, is_whole = None, True
        for piece in pieces_of(text):
            in_piece, is_read = self._look_at(piece)
            found, is_whole = most_urgent((found, in_piece)), is_whole and is_read
            if found is not None and found.is_utmost:
                break
            await asyncio.sleep(0)
        if is_whole:
            _keep(known, key, found)
        return found

    def _known(self) -> OrderedDict[bytes, Finding | None]:
        """What these terms found, by digest; empty after they were published anew."""
        if self._found_by is not self.detector:
            self._found_by, self._found = self.detector, OrderedDict()
        return self._found

    def _look_at(self, text: str) -> tuple[Finding | None, bool]:
        """What is found; and False where the terms failed, which is not to be kept as "no danger"."""
        try:
            return self.detector.find(text), True
        except Exception:
            _LOG.exception("danger terms failed")
            return None, False

    def lines(self, about: About, language: Language) -> tuple[str, ...]:
        """Helpline ids for this need, first to name first."""
        return self.routes.lines(
            about.need, language, who=about.who, age_group=about.age_group, urgency=about.urgency, now=about.now, at=now()
        )

    def cards(self, helplines: Iterable[str], language: Language) -> tuple[Card, ...]:
        """The cards as they are right now (open or not)."""
        at = now()
        return tuple(self.directory.card(helpline, language, at) for helpline in helplines if helpline in self.directory.ids)

    def text(self, name: str, language: Language) -> str:
        """A fixed sentence."""
        return self.fixed.text(name, language)

    def bubble(self, name: str, language: Language, *helplines: str) -> Bubble:
        """A fixed sentence as a bubble, with lines."""
        return Bubble(self.text(name, language), language, helplines=helplines, speaker=Speaker.SYSTEM)

    def greeting(self, language: Language) -> tuple[Bubble, ...]:
        """The first words of every conversation; they come from here so that they come also when the bot is down."""
        first = Bubble(self.text("greeting", language), language, helplines=(CHILD_FOCUS,))
        return first, Bubble(self.text("greeting_question", language), language, choices=self.yes_or_no(language))

    def yes_or_no(self, language: Language) -> tuple[Choice, ...]:
        """The two buttons beneath the hub's own questions."""
        return Choice(self.text("yes", language), "/affirm"), Choice(self.text("no", language), "/deny")

    def fallback(self, about: About, language: Language) -> Bubble:
        """The answer when the bot is silent: by need and urgency, always with a line."""
        text = self.fixed.fallback(language, about.need, about.urgency)
        return Bubble(text, language, helplines=self.some_lines(about, language), speaker=Speaker.SYSTEM)

    def some_lines(self, about: About, language: Language) -> tuple[str, ...]:
        """The lines, and 116000 where a need (small talk) has none of its own."""
        return self.lines(about, language) or (CHILD_FOCUS,)

    def sos(self, language: Language, *, now: bool = False) -> Bubble:
        """The lines, now; `now`: the words say that a danger is now, and 112 is the first."""
        first = ("emergency_112", CHILD_FOCUS) if now else (CHILD_FOCUS, "emergency_112")
        return self.bubble("sos", language, *first, _SUICIDE_LINE[language])

    def human(self, language: Language) -> Bubble:
        """A person, when the hand-off itself cannot be stored: 116000."""
        return self.bubble("human", language, CHILD_FOCUS)

    def not_stored(self, about: About, language: Language) -> Bubble:
        """Storage failed: the danger's own sentence when there is danger, else that we could not keep it; with lines."""
        if about.urgency.is_danger:
            return self.fallback(about, language)
        return self.bubble("storage_failed", language, *self.some_lines(about, language))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=_KEY).digest()


def _keep(known: OrderedDict[bytes, Finding | None], key: bytes, found: Finding | None) -> None:
    """Note it; the oldest are forgotten first."""
    known[key] = found
    while len(known) > _REMEMBERED:
        known.popitem(last=False)


def now() -> datetime:
    return datetime.now(BRUSSELS)
