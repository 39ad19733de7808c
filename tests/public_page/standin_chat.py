"""A stand-in for the hub: the real pages, and a small server that speaks the chat protocol as a test tells it to.

It is not the product. It keeps what it was told in memory and answers with set replies.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from channels.public.pages import add_pages
from kernel.settings import read_settings

Frame = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
CHILD_FOCUS: Frame = {
    "id": "childfocus", "name": "Child Focus", "phone": "116 000", "chat": "https://childfocus.example/chat",
    "url": "https://childfocus.example/", "open": True, "note": "Dag en nacht, gratis.",
}  # fmt: skip
AWEL: Frame = {
    "id": "awel", "name": "Awel", "phone": "102", "chat": "https://awel.example/", "url": "javascript:alert(1)", "email": "hulp@awel.example",
    "open": False, "note": "Voor kinderen en jongeren. Uren: kijk op awel.be.",
}  # fmt: skip
TAKE_IT_DOWN: Frame = {
    "id": "take_it_down", "name": "Take It Down", "phone": None, "chat": None, "url": "https://takeitdown.example/",
    "open": None, "note": "Haalt beelden van het internet. De foto blijft op je toestel.",
}  # fmt: skip
GREETING = {
    "nl": ("Hallo. Ik ben een bot, geen mens. Je hoeft niet te zeggen wie je bent.", "Kan je nu veilig praten?", "Ja", "Nee"),
    "fr": ("Salut. Je suis un bot, pas une personne. Tu n'as pas à dire qui tu es.", "Tu peux parler en sécurité ?", "Oui", "Non"),
}


def reply(seq: int | None, text: str, **more: Any) -> Frame:
    """A reply frame with the contract's defaults."""
    return {
        "type": "reply",
        "seq": seq,
        "in_reply_to": None,
        "from": "bot",
        "lang": "nl",
        "text": text,
        "choices": [],
        "helplines": [],
    } | more


@dataclass
class Chat:
    """One conversation: its replies by number, the ids that are done."""

    token: str
    language: str
    replies: list[Frame] = field(default_factory=list)
    done: set[str] = field(default_factory=set)


class StandinHub:
    """Serves the pages and `/chat/ws` on a free port of loopback; `received` holds every frame in order."""

    def __init__(self, **env: str) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.received: list[Frame] = []
        self.paths: list[str] = []
        self.cookies: list[str] = []
        self.chats: dict[str, Chat] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self.accepts = True  # False: sockets are refused, as when the hub is down
        self.dead: set[web.WebSocketResponse] = set()  # sockets that stay open and never say anything again
        self.is_full = False  # True: a hello is answered with "busy"
        self.wipe_fails = 0  # so many wipes are not done, and said so
        self.wipes_on: str | None = None
        self.acknowledges = True  # False: a say gets no ack and is not stored
        self.answer: Callable[[Frame, Chat], list[Frame]] = self.plain_answer
        self._tokens = count(1)
        settings = read_settings({"PUBLIC_URL": self.url, "DESK_URL": "http://localhost:1"} | env, ROOT)
        self._app = web.Application(middlewares=[self._note])
        add_pages(self._app, settings)
        self._app.router.add_get("/chat/ws", self._talk)
        self._runner = web.AppRunner(self._app)

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        """End, with all sockets."""
        await self.drop()
        await self._runner.cleanup()

    async def drop(self) -> None:
        """Cut every socket, as a lost connection does."""
        for each in tuple(self.sockets):
            await each.close()

    def fall_silent(self) -> None:
        """The line dies without a word: every socket stays open, takes what it is sent and gives nothing back. New ones work."""
        self.dead |= self.sockets

    async def push(self, frame: Frame) -> None:
        """Send `frame` to every socket."""
        for each in tuple(self.sockets - self.dead):
            await each.send_json(frame)

    def of(self, kind: str) -> list[Frame]:
        """The frames received of one type."""
        return [frame for frame in self.received if frame["type"] == kind]

    def plain_answer(self, frame: Frame, chat: Chat) -> list[Frame]:
        """Two bubbles, choices, three lines."""
        said = frame.get("text") or frame.get("payload")
        more = {"in_reply_to": frame["id"], "lang": chat.language}
        return [
            reply(0, f"Ik hoor je: {said}", **more),
            reply(0, "Wil je een tip?", choices=[{"title": "Ja", "payload": "c1"}, {"title": "Nee", "payload": "c2"}],
                  helplines=[CHILD_FOCUS, AWEL, TAKE_IT_DOWN], **more),
        ]  # fmt: skip

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.paths.append(request.path)
        if "Cookie" in request.headers:
            self.cookies.append(request.headers["Cookie"])
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        if not self.accepts:
            raise web.HTTPServiceUnavailable
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        self.sockets.add(ws)
        chat: Chat | None = None
        try:
            async for message in ws:
                if message.type is not WSMsgType.TEXT:
                    continue
                frame = json.loads(message.data)
                self.received.append(frame)
                if ws in self.dead:
                    continue
                chat = await self._hear(ws, frame, chat)
        finally:
            self.sockets.discard(ws)
        return ws

    async def _hear(self, ws: web.WebSocketResponse, frame: Frame, chat: Chat | None) -> Chat | None:
        if frame["type"] == "hello":
            return await self._hello(ws, frame)
        if chat is None and frame["type"] == "sos":
            await ws.send_json(reply(None, "Hier zijn de lijnen (sos).", helplines=[CHILD_FOCUS], **{"from": "system"}))
        elif chat is None:
            await ws.send_json({"type": "error", "code": "bad_frame", "text": "?", "retry_after": None})
        elif frame["type"] in ("say", "choose"):
            await self._turn(ws, frame, chat)
        elif frame["type"] in ("sos", "human"):
            await self._store_and_send(
                ws, chat, [reply(0, f"Hier zijn de lijnen ({frame['type']}).", helplines=[CHILD_FOCUS], **{"from": "system"})]
            )
        elif frame["type"] == "wipe":
            return await self._wipe(ws, chat)
        elif frame["type"] == "leave":
            self.chats.pop(chat.token, None)
        return chat

    async def _wipe(self, ws: web.WebSocketResponse, chat: Chat) -> Chat | None:
        if self.wipe_fails:
            self.wipe_fails -= 1
            await ws.send_json(reply(None, "Wissen lukte nog niet.", **{"from": "system"}))
            await ws.send_json({"type": "error", "code": "busy", "text": "Wissen lukte nog niet.", "retry_after": 1})
            return chat
        self.chats.pop(chat.token, None)
        await ws.send_json(reply(None, "Gewist. Hulp blijft er altijd.", helplines=[CHILD_FOCUS], **{"from": "system"}))
        await ws.send_json({"type": "wiped"})
        return None

    async def _hello(self, ws: web.WebSocketResponse, frame: Frame) -> Chat | None:
        if self.is_full:
            await ws.send_json({"type": "error", "code": "busy", "text": "Het is heel druk.", "retry_after": 1})
            return None
        if frame["resume"] is not None:
            chat = self.chats.get(frame["resume"])
            if chat is None:
                await ws.send_json({"type": "error", "code": "unknown_token", "text": "?", "retry_after": None})
                return None
            chat.language = frame["lang"] or chat.language
            await ws.send_json({"type": "welcome", "token": chat.token, "lang": chat.language, "holder": "bot", "last": len(chat.replies)})
            for old in chat.replies[frame["after"] or 0 :]:
                await ws.send_json(old)
            return chat
        chat = Chat(f"token-{next(self._tokens)}", frame["lang"] or "nl")
        self.chats[chat.token] = chat
        await ws.send_json({"type": "welcome", "token": chat.token, "lang": chat.language, "holder": "bot", "last": 0})
        hello, question, yes, no = GREETING[chat.language]
        choices = [{"title": yes, "payload": "yes"}, {"title": no, "payload": "no"}]
        first = reply(0, hello, lang=chat.language, helplines=[CHILD_FOCUS])
        await self._store_and_send(ws, chat, [first, reply(0, question, lang=chat.language, choices=choices)])
        return chat

    async def _store_and_send(self, ws: web.WebSocketResponse, chat: Chat, frames: list[Frame]) -> None:
        for frame in frames:
            if frame["type"] == "reply" and frame["seq"] is not None:
                frame["seq"] = len(chat.replies) + 1
                chat.replies.append(frame)
        for frame in frames:
            if not ws.closed:
                await ws.send_json(frame)

    async def _wipe_by_word(self, ws: web.WebSocketResponse, frame: Frame, chat: Chat) -> None:
        """As the hub does: both sentences answer the word, and none is stored."""
        self.chats.pop(chat.token, None)
        more = {"in_reply_to": frame["id"], "lang": chat.language, "from": "system"}
        await ws.send_json(reply(None, "Hulp blijft er altijd: 116000.", helplines=[CHILD_FOCUS], **more))
        await ws.send_json(reply(None, "Gewist.", **more))
        await ws.send_json({"type": "done", "in_reply_to": frame["id"]})
        await ws.send_json({"type": "wiped"})

    async def _turn(self, ws: web.WebSocketResponse, frame: Frame, chat: Chat) -> None:
        if not self.acknowledges:
            await ws.send_json(reply(None, "Dat lukte niet.", in_reply_to=frame["id"], lang=chat.language))
            return
        await ws.send_json({"type": "ack", "id": frame["id"]})
        if self.wipes_on is not None and frame.get("text") == self.wipes_on:
            await self._wipe_by_word(ws, frame, chat)
            return
        if frame["id"] not in chat.done:
            chat.done.add(frame["id"])
            await ws.send_json({"type": "typing", "from": "bot"})
            await asyncio.sleep(0.05)
            await self._store_and_send(ws, chat, self.answer(frame, chat))
        if not ws.closed:
            await ws.send_json({"type": "done", "in_reply_to": frame["id"]})
