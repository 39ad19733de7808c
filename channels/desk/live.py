"""The live part of every desk page: one socket per page, JSON frames. Nothing a teenager wrote travels unless the case is open.

To the page: `desk` (queue, signals, what rings), `said`, `typing`, `case` (of the case that is open), `over` (log in again).
From the page: `typing`, `seen` (a danger), both without text.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from channels.desk.context import DESK, Desk, visitor_of
from channels.desk.level import level_of
from channels.desk.pages import words
from channels.desk.permissions import may_read, may_see
from channels.desk.watch import Looked
from channels.desk_events import CaseSaid, CaseTyping, DeskEvent, QueueChanged
from channels.fanout import Listener
from channels.store import Escalation, Gone, NotPossible, Said, StorageFailed
from kernel.conversation import Speaker
from kernel.escalation import EscalationState

_GATHER_S = 0.05
"""So long changes are gathered before a page is told: many at once become one frame."""
_SEEN_EVERY_S = 15.0
_TYPING_EVERY_S = 1.0
_LARGEST_FRAME = 1024
_ID = re.compile(r"^[0-9a-f]{32}\Z")


async def live(request: web.Request) -> web.StreamResponse:
    """WS /live/ws, with `?case=` for the case that is open on the page."""
    desk, account = request.app[DESK], visitor_of(request).account
    case_id = request.query.get("case") or None
    if case_id is not None:
        if not _ID.match(case_id):
            raise web.HTTPNotFound
        escalation = await desk.store.escalations.get(case_id)
        if not may_see(account.role, account.id, escalation.claimed_by):
            raise web.HTTPForbidden
        await desk.store.audit.note(account.id, "case_watched", case_id)
    socket = web.WebSocketResponse(heartbeat=20, max_msg_size=_LARGEST_FRAME)
    await socket.prepare(request)
    desk.sockets.add(socket)
    try:
        with desk.escalations.subscribe(case_id) as listener, desk.watch.present(account.id, case_id, listener):
            await _Page(request, socket, desk, case_id, listener).run()
    finally:
        desk.sockets.discard(socket)
    return socket


class _Page:
    """One page's socket until it closes."""

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, desk: Desk, case_id: str | None, listener: Listener[Any]
    ) -> None:
        self._request, self._socket, self._desk, self._case_id, self._listener = request, socket, desk, case_id, listener
        self._account = visitor_of(request).account
        self._names = words(request)
        self._typed_at = 0.0

    async def run(self) -> None:
        """Tell and listen at once; the end of either ends both."""
        work = [asyncio.create_task(part) for part in (self._tell(), self._hear(), self._stay())]
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in work:
                task.cancel()
            for ended in await asyncio.gather(*work, return_exceptions=True):
                if isinstance(ended, Exception) and not isinstance(ended, ConnectionError | StorageFailed | Gone):
                    raise ended
            with suppress(ConnectionError):
                await self._socket.close()

    async def _tell(self) -> None:
        await self._send_desk(0.0)
        # What was said between the making of the page and this moment; the page knows what it shows already.
        if self._case_id is not None:
            found = await self._desk.escalations.case(self._case_id)
            for said in found.talk if self._may_read(found.escalation) else ():
                await self._send_said(said, is_new=False)
            await self._send_case()  # a page that was away may show what is not there any more
        while not self._listener.is_cut:
            first = await self._listener.get()
            if not isinstance(first, CaseSaid | CaseTyping):
                await asyncio.sleep(_GATHER_S)
            events = [first, *self._listener.drain()]
            for event in events:
                await self._tell_case(event)
            if not all(isinstance(event, CaseSaid | CaseTyping) for event in events):
                await self._send_desk(time.monotonic())

    async def _tell_case(self, event: DeskEvent | Looked) -> None:
        match event:
            case CaseSaid(said=said):
                if self._may_read(await self._desk.store.escalations.get(self._case_id or "")):
                    await self._send_said(said, is_new=True)
            case CaseTyping(speaker=Speaker.TEENAGER):
                await self._send("typing")
            case QueueChanged(escalation_id=changed) if changed == self._case_id:
                await self._send_case()
            case _:
                return

    def _may_read(self, escalation: Escalation) -> bool:
        return may_read(self._account.role, self._account.id, escalation.claimed_by)

    async def _send_said(self, said: Said, *, is_new: bool) -> None:
        frame = {"id": said.id, "from": said.speaker.value, "text": said.text, "at": said.at, "is_new": is_new}
        await self._send("said", **frame)

    async def _send_desk(self, not_before: float) -> None:
        snapshot = await self._desk.watch.snapshot(not_before)
        await self._send("desk", **self._desk.watch.shown(snapshot, self._names, self._account.id))

    async def _send_case(self) -> None:
        """The page reloads itself on most changes; what it must show at once is here."""
        escalation, version = await self._desk.store.escalations.with_version(self._case_id or "")
        if not may_see(self._account.role, self._account.id, escalation.claimed_by):
            await self._send("case", state="lost")
            await self._socket.close()
            return
        if escalation.state in (EscalationState.OFFERED, EscalationState.CANCELLED):
            return  # asking again after it was given back: nothing to read until that is sent
        left = max(0.0, escalation.returning_at - time.time()) if escalation.returning_at else None
        has_left, is_wiped = escalation.left_at is not None, escalation.wiped_at is not None
        mine = escalation.claimed_by == self._account.id and escalation.is_held
        level = level_of(escalation, version, self._names)
        await self._send("case", state=escalation.state.value, mine=mine, returning=left, left=has_left, wiped=is_wiped, level=level)

    async def _hear(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                frame = json.loads(message.data)
            except ValueError:
                continue
            if isinstance(frame, dict):
                await self._act(frame)

    async def _act(self, frame: dict[str, object]) -> None:
        kind, case_id = frame.get("type"), frame.get("id")
        if kind == "typing" and self._case_id is not None and time.monotonic() - self._typed_at > _TYPING_EVERY_S:
            self._typed_at = time.monotonic()
            with suppress(NotPossible, Gone):
                await self._desk.escalations.typing(self._case_id, self._account.id)
        elif kind == "seen" and isinstance(case_id, str) and _ID.match(case_id):
            await self._desk.store.audit.note(self._account.id, "signal_seen", case_id)
            self._desk.watch.mark_seen(case_id)
            await self._desk.escalations.danger_seen(case_id)

    async def _stay(self) -> None:
        """Keep the desk open while this page is, as long as the session lasts; and show what changes with time."""
        while True:
            await asyncio.sleep(_SEEN_EVERY_S)
            visitor = await self._desk.door.visitor(self._request)
            if visitor is None or visitor.account.role is not self._account.role:
                await self._send("over")
                return
            self._desk.escalations.hours.seen(self._account.id)
            self._desk.watch.still_there(self._account.id, self._case_id)
            await self._send_desk(time.monotonic() - 1)

    async def _send(self, kind: str, **fields: object) -> None:
        await self._socket.send_json({"type": kind, **fields})
