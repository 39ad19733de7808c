"""WS /chat/ws: one listener of one conversation at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from channels.fanout import Event, Failed, Gap, Left, Listener, Replied, Welcomed, Wiped
from channels.limits import CHATS_BURST, CHATS_PER_S, MESSAGES_BURST, MESSAGES_PER_S, Bucket, Limiter, rounded_up
from channels.line import LineTooLong
from channels.pace import Pace
from channels.person import Decision
from channels.public.code_gate import CodeGate
from channels.public.frames import LARGEST_FRAME, MOST_CHARACTERS, BadFrame, Choose, Command, Frame, Hello, Say, frame_of, parse
from channels.relay import Opened, Relay
from channels.store import StorageFailed
from kernel.language import Language

_LOG = logging.getLogger("chatmasjien.public.chat_socket")
_HEARTBEAT_S = 25.0
_RETRY_S = 2.0


class ChatSockets:
    """All sockets: what they share."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.per_conversation = Limiter(MESSAGES_PER_S, MESSAGES_BURST)
        self.per_address = Limiter(CHATS_PER_S, CHATS_BURST)
        self.codes = CodeGate(relay)
        self._open: set[web.WebSocketResponse] = set()

    async def serve(self, request: web.Request, language: Language, address: str) -> web.WebSocketResponse:
        """Serve one socket until it closes."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S, max_msg_size=LARGEST_FRAME, compress=False)
        await socket.prepare(request)
        self._open.add(socket)
        self.relay.metrics.sockets.inc()
        try:
            await _ChatSocket(self, socket, language, address).run()
        finally:
            self._open.discard(socket)
            self.relay.metrics.sockets.dec()
        return socket

    async def close(self) -> None:
        """Close all; clients resume at the next start."""
        for socket in tuple(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)


class _ChatSocket:
    def __init__(self, shared: ChatSockets, socket: web.WebSocketResponse, language: Language, address: str) -> None:
        self._shared, self._relay, self._socket = shared, shared.relay, socket
        self._language, self._address = language, address
        self._listener = Listener[Event]()
        self._conversation: str | None = None
        self._last_seq = 0
        self._unbound = Bucket(MESSAGES_PER_S, MESSAGES_BURST)
        self._pace = Pace()

    async def run(self) -> None:
        writer = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                self._pace.came()
                await self._take(message)
                if pause := self._pace.pause():
                    await asyncio.sleep(pause)
        finally:
            self._bind(None)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer

    # ---- out -----------------------------------------------------------------------------------------------------

    async def _write(self) -> None:
        while not self._socket.closed:
            event = await self._listener.get()
            if self._listener.is_cut:
                await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
                return
            for each in await self._without_holes(event):
                await self._show(each)

    async def _show(self, event: Event) -> None:
        if isinstance(event, Replied) and not self._is_news(event):
            return
        self._note(event)
        frame = frame_of(event)
        if frame is not None:
            await self._socket.send_json(frame)

    async def _without_holes(self, event: Event) -> tuple[Event, ...]:
        """The event; before it, from the store, what another hub stored earlier and this socket was not told of."""
        is_late = isinstance(event, Replied) and event.seq is not None and event.seq > self._last_seq + 1
        if self._conversation is None or not (is_late or isinstance(event, Gap)):
            return (event,)
        return (*await self._relay.missed(self._conversation, self._last_seq), event)

    def _is_news(self, reply: Replied) -> bool:
        """False for a numbered reply that this socket was already sent (it came both by resuming and live)."""
        if reply.seq is None:
            return True
        if reply.seq <= self._last_seq:
            return False
        self._last_seq = reply.seq
        return True

    def _note(self, event: Event) -> None:
        match event:
            case Replied():
                self._language = event.language
            case Wiped(conversation_id) if conversation_id == self._conversation:
                self._bind(None)
            case Left(conversation_id) if conversation_id == self._conversation:
                self._left()
            case Failed(code=code):
                self._relay.metrics.errors.labels(code=code).inc()

    def _left(self) -> None:
        """Left by a typed word, or by a twin of this page: who listens here did not say so themself, and would write into nothing."""
        self._bind(None)
        self._listener.put(replace(self._relay.failure("unknown_token", self._language), has_left=True))

    def _bind(self, conversation_id: str | None) -> None:
        """Listen to this conversation, and to no other."""
        if self._conversation is not None:
            self._relay.fanout.unsubscribe(self._conversation, self._listener)
        self._conversation = conversation_id
        if conversation_id is not None:
            self._relay.fanout.subscribe(conversation_id, self._listener)

    # ---- in ------------------------------------------------------------------------------------------------------

    async def _take(self, message: WSMessage) -> None:
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            return
        try:
            if message.type is WSMsgType.BINARY:
                raise BadFrame
            frame = parse(message.data)
        except BadFrame:
            wait = self._take_token()
            self._fail("too_fast", wait) if wait else self._fail("bad_frame")
            return
        try:
            await self._handle(frame)
        except Exception:
            _LOG.exception("frame failed")
            self._fail("busy", _RETRY_S)

    async def _handle(self, frame: Frame) -> None:
        match frame:
            case Hello():
                await self._hello(frame)
            case Command(name="sos"):
                # Never refused; over the limit it is answered without being stored.
                await self._relay.sos(None if self._take_token() else self._conversation, self._language, self._listener.put)
            case Say():
                await self._say(frame)
            case _ if self._conversation is None:
                self._fail("bad_frame")
            case Command(name="wipe"):
                await self._wipe(self._conversation)
            case Command(name="leave"):
                await self._relay.leave(self._conversation, self._language)
                self._bind(None)
            case Choose() | Decision() | Command():
                await self._limited(frame, self._conversation)

    async def _wipe(self, conversation_id: str) -> None:
        """The words that it failed were shown; the error says when to ask again."""
        if await self._relay.wipe(conversation_id, self._language):
            self._bind(None)
        else:
            self._listener.put(Failed("busy", self._relay.answers.text("wipe_failed", self._language), _RETRY_S))

    async def _limited(self, frame: Choose | Decision | Command, conversation_id: str) -> None:
        wait = self._take_token()
        if wait:
            self._fail("too_fast", wait)
            return
        match frame:
            case Choose():
                await self._relay.choose(conversation_id, self._language, frame.id, frame.payload, self._listener.put)
            case Decision():
                await self._relay.person.decide(conversation_id, self._language, frame, self._listener.put)
            case Command(name="typing"):
                await self._relay.person.typing(conversation_id)
            case _:
                await self._relay.person.human(conversation_id, self._language, self._listener.put)

    async def _say(self, frame: Say) -> None:
        put, wait = self._listener.put, self._take_token()
        if wait:
            await self._relay.refuse(self._conversation, "too_fast", frame.text, self._language, put, rounded_up(wait))
        elif self._conversation is None:
            await self._relay.refuse(None, "bad_frame", frame.text, self._language, put)
        elif self._relay.is_too_much(self._conversation):
            self._pace.refused()
            await self._relay.refuse(self._conversation, "too_fast", frame.text, self._language, put, _RETRY_S)
        elif len(frame.text) > MOST_CHARACTERS:
            self._pace.refused()
            await self._relay.refuse(self._conversation, "too_long", frame.text, self._language, put)
        else:
            await self._relay.say(self._conversation, self._language, frame.id, frame.text, put)

    async def _hello(self, frame: Hello) -> None:
        self._language = frame.language or self._language
        try:
            token = await self._token_of(frame.code) if frame.code is not None else frame.resume
            if frame.code is not None and token is None:
                return  # what was open stays open
            opened = await (self._open_new() if token is None else self._resume(frame, token))
        except StorageFailed as failed:
            self._bind(None)
            self._listener.put(self._relay.not_opened(self._language))
            self._fail("busy", failed.wait_s if isinstance(failed, LineTooLong) else _RETRY_S)
            return
        if not opened:
            self._bind(None)

    async def _token_of(self, code: str) -> str | None:
        """The token that four words open; None with an error said."""
        token, wait = await self._shared.codes.token_of(code, self._address)
        if token is None:
            self._fail("too_fast" if wait else "unknown_code", wait or None)
        return token

    async def _open_new(self) -> bool:
        wait = self._shared.per_address.take(self._address)
        if wait:
            self._fail("busy", wait)
            return False
        self._start(await self._relay.open(self._language, "web"), 0)
        return True

    async def _resume(self, frame: Hello, token: str) -> bool:
        wait = self._take_token()
        if wait:
            self._fail("too_fast", wait)
            return self._conversation is not None
        self._bind(None)
        live = Listener[Event]()  # hears what happens while the missed replies are read
        listened: list[str] = []

        def listen(conversation_id: str) -> None:
            listened.append(conversation_id)
            self._relay.fanout.subscribe(conversation_id, live)

        try:
            opened = await self._relay.resume(token, frame.after, frame.language, listen)
        finally:
            for conversation_id in listened:
                self._relay.fanout.unsubscribe(conversation_id, live)
        if opened is None:
            self._fail("unknown_token")
            return False
        self._start(opened, frame.after, self._relay.person.welcome_back(opened.language) if frame.code is not None else None)
        self._listener.put_all(live.drain())
        return True

    def _start(self, opened: Opened, after: int, first: Event | None = None) -> None:
        """Welcome, then `first`, then what was missed."""
        self._language, self._last_seq = opened.language, min(after, opened.last)  # a number yet to come must not silence what follows
        self._bind(opened.conversation_id)
        self._listener.put(Welcomed(opened.token, opened.language, opened.holder, opened.last))
        self._listener.put_all((*([first] if first is not None else ()), *opened.missed))

    def _take_token(self) -> float:
        conversation = self._conversation
        wait = self._unbound.take() if conversation is None else self._shared.per_conversation.take(conversation)
        if wait:
            self._pace.refused()
        return wait

    def _fail(self, code: str, wait: float | None = None) -> None:
        self._listener.put(self._relay.failure(code, self._language, rounded_up(wait) if wait else None))
