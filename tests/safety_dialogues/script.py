"""A scripted dialogue after a sign of danger, and the player that says it to the running product and checks what must hold.

A dialogue is `{name, danger, first, then, recheck?}`. `danger` is said first; `first` is the helpline that its answer must name first.
`then` holds the steps. A step is a text that is typed, or one of
  {say: TEXT}             the same; with `in: nl|fr` (the language of the answer), `line: ID` (the first line it names), `names: ID` (one of its lines),
                          `shows: NAME` (a sentence of data/safety/fixed.yml)
  {press: N}              the Nth of the buttons shown last; {press_first: N}: the Nth of the first buttons after the danger
  {unknown_button: true}  a button that was never shown
  {again: true}           the last message once more, with the same id
  {reconnect: nl|fr|same} the connection breaks; the conversation is resumed, the page perhaps in another language
  {frame: human|sos}      one of the buttons that are always there
`recheck: once` says that the gentle question comes exactly once, two to five answers after the talk turned away. Without it: at most once.

What holds at every step of every dialogue: it is answered in time, never with nothing; the urgency in the store is never lower;
the same bubble never comes twice in a row; the answer leaves a way on (a question, buttons, a line, or words that invite).
At the end of every dialogue `sos` still shows the lines, and the danger said once more is still answered with its line.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from chat_client import Chat, Frame, kinds, lines, replies
from ruamel.yaml import YAML

from curation.foreign import find_foreign
from kernel.language import Language
from safety.fallback import FixedAnswers

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
FIXED = FixedAnswers.load(ROOT / "data/safety/fixed.yml")
_WITHIN_S = 15.0
"""Silence, on a machine that is busy with other tests too; that answers come within 2 s is shown in tests/product."""
_INVITES = re.compile(
    r"\?|116000|\b112\b|1813|0800|typ|schrijf|zeg|vertel|praat|praten|luister|kom|terug|blijf|hier|écri|dis|parl|racont|écout|revien|reven|rest|\blà\b|ici",
    re.IGNORECASE,
)
_GENTLE_QUESTIONS = frozenset(FIXED.text(name, language) for name in ("recheck", "recheck_high") for language in Language)
_STEP_KEYS = frozenset("say press press_first unknown_button again reconnect frame in line names shows".split())


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One dialogue as written."""

    language: Language
    name: str
    danger: str
    first: str
    then: list[dict[str, Any]]
    recheck: str | None


def read_dialogues(path: Path) -> list[Dialogue]:
    """The dialogues of a file; raises AssertionError for an unknown key, so that no step is silently skipped."""
    language = Language(path.parent.name)
    found = []
    for item in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["dialogues"]:
        steps = [{"say": step} if isinstance(step, str) else step for step in item["then"]]
        assert set(item) <= {"name", "danger", "first", "then", "recheck"}, item["name"]
        assert all(set(step) <= _STEP_KEYS for step in steps), item["name"]
        found.append(Dialogue(language, item["name"], item["danger"], item["first"], steps, item.get("recheck")))
    return found


def files() -> list[Path]:
    """All dialogue files."""
    return sorted(FOLDER.glob("*/*.yml"))


@dataclass
class Player:
    """Says one dialogue. `wrong` collects what did not hold, in words a reader understands."""

    session: aiohttp.ClientSession
    base: str
    database: Path
    dialogue: Dialogue
    wrong: list[str] = field(default_factory=list)

    async def play(self) -> list[str]:
        """Say it all; what did not hold."""
        self.language, self.rank, self.last_bubble, self.answers, self.rechecks = self.dialogue.language.value, 0, "", 0, []
        self.chat = await Chat(self.session, self.base).connect()
        await self.chat.hello(self.language)
        await self._step({"say": self.dialogue.danger, "line": self.dialogue.first}, "danger")
        if self.rank < 2:
            self.wrong.append(f"danger: urgency in the store is only {self.rank}")
        self.first_buttons = self._buttons()
        for number, step in enumerate(self.dialogue.then, 1):
            await self._step(step, f"step {number} {step}")
        self._check_rechecks()
        await self._step({"frame": "sos"}, "sos at the end")
        await self._step({"say": self.dialogue.danger, "in": self.dialogue.language.value, "names": self.dialogue.first}, "danger again")
        await self.chat.close()
        return [f"{self.dialogue.language.value}, {self.dialogue.name}: {line}" for line in self.wrong]

    async def _step(self, step: dict[str, Any], where: str) -> None:
        if "reconnect" in step:
            await self._reconnect(step["reconnect"])
        elif "frame" in step:
            await self.chat.send(type=step["frame"])
            self._check(await self.chat.until("reply", _WITHIN_S), step, where)
        elif step.get("again"):
            frames = await self._turn(self.sent)
            if kinds(frames) != ["ack", "done"]:
                self.wrong.append(f"{where}: a repeated message got {kinds(frames)}")
        elif step.get("unknown_button"):
            await self.chat.send(type="choose", id=str(uuid.uuid4()), payload="/thanks_bye")
            frame = (await self.chat.until("error", _WITHIN_S))[-1]
            if not _INVITES.search(frame["text"]):
                self.wrong.append(f"{where}: {frame}")
        else:
            self.sent = self._message(step)
            self._check(await self._turn(self.sent), step, where)
        self._check_urgency(where)

    def _message(self, step: dict[str, Any]) -> Frame:
        if "say" in step:
            return {"type": "say", "id": str(uuid.uuid4()), "text": step["say"]}
        buttons = self.first_buttons if "press_first" in step else self._buttons()
        number = step.get("press") or step["press_first"]
        return {"type": "choose", "id": str(uuid.uuid4()), "payload": buttons[min(number, len(buttons)) - 1]["payload"]}

    async def _turn(self, message: Frame) -> list[Frame]:
        """The frames of the turn; waits as told when the limit was reached, and sends again what could not be stored."""
        await self.chat.send(**message)
        frames = [await self.chat.read(_WITHIN_S)]
        while frames[-1]["type"] != "done":
            is_unstored = frames[-1]["type"] == "reply" and frames[-1]["seq"] is None and frames[0]["type"] != "ack"
            if frames[-1].get("code") == "too_fast" or is_unstored:
                await self.chat.quiet((frames[-1].get("retry_after") or 0.5) + 0.1)
                return await self._turn(message)
            frames.append(await self.chat.read(_WITHIN_S))
        return frames

    def _buttons(self) -> list[dict[str, str]]:
        shown = [frame["choices"] for frame in replies(self.chat.seen) if frame["choices"]]
        return shown[-1]

    async def _reconnect(self, language: str) -> None:
        seen, last = self.chat.seen, max(frame["seq"] or 0 for frame in replies(self.chat.seen))
        token = self.chat.token
        await self.chat.close()
        self.chat = await Chat(self.session, self.base).connect()
        frames = await self.chat.hello(None if language == "same" else language, token, last)
        if kinds(frames) not in (["welcome"], ["welcome", "handoff"]):  # a card that was not decided is shown again
            self.wrong.append(f"reconnect: {kinds(frames)}")
        self.language = frames[0]["lang"]
        self.chat.seen[:0] = seen

    # ---- what must hold ------------------------------------------------------------------------------------------

    def _check(self, frames: list[Frame], step: dict[str, Any], where: str) -> None:
        shown = replies(frames)
        if not shown or not all(frame["text"].strip() for frame in shown):
            self.wrong.append(f"{where}: silence ({kinds(frames)})")
            return
        self._check_texts(shown, where, may_repeat="frame" in step)
        named = [line for frame in shown for line in lines(frame)]
        if step.get("line") and named[:1] != [step["line"]]:
            self.wrong.append(f"{where}: names {named}, not {step['line']} first")
        if "names" in step and step["names"] not in named:
            self.wrong.append(f"{where}: names {named}, without {step['names']}")
        if "shows" in step and FIXED.text(step["shows"], Language(shown[0]["lang"])) not in [frame["text"] for frame in shown]:
            self.wrong.append(f"{where}: does not show `{step['shows']}` but {[frame['text'] for frame in shown]}")
        if "in" in step and {frame["lang"] for frame in shown} != {step["in"]}:
            self.wrong.append(f"{where}: answered in {[frame['lang'] for frame in shown]}")
        self.language = shown[-1]["lang"]
        if not (named or any(frame["choices"] for frame in shown) or any(_INVITES.search(frame["text"]) for frame in shown)):
            self.wrong.append(f"{where}: a dead end: {[frame['text'] for frame in shown]}")

    def _check_texts(self, shown: list[Frame], where: str, *, may_repeat: bool) -> None:
        if not may_repeat:
            self.answers += 1
        for frame in shown:
            if frame["text"] == self.last_bubble and not may_repeat:
                self.wrong.append(f"{where}: twice in a row: {frame['text']!r}")
            self.last_bubble = frame["text"]
            if abroad := find_foreign(" | ".join([frame["text"], *(str(part) for card in frame["helplines"] for part in card.values())])):
                self.wrong.append(f"{where}: names a line of another country: {abroad}")
            if frame["text"] in _GENTLE_QUESTIONS:
                self.rechecks.append(self.answers)

    def _check_urgency(self, where: str) -> None:
        rank = self._rank_in_store()
        if rank < self.rank:
            self.wrong.append(f"{where}: urgency fell from {self.rank} to {rank}")
        self.rank = rank

    def _rank_in_store(self) -> int:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as plain:
            row = plain.execute(
                "SELECT urgency_rank FROM conversations WHERE token_hash = ?", (hashlib.sha256(self.chat.token.encode()).hexdigest(),)
            ).fetchone()
        plain.close()
        return int(row[0])

    def _check_rechecks(self) -> None:
        if len(self.rechecks) > 1 or (self.dialogue.recheck == "once" and len(self.rechecks) != 1):
            self.wrong.append(f"the gentle question came {len(self.rechecks)} times (at answers {self.rechecks})")
        if any(not 3 < at + 1 <= 8 for at in self.rechecks):
            self.wrong.append(f"the gentle question came at answer {self.rechecks}")
