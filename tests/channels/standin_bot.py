"""A stand-in for the bot (not Rasa): speaks the hub's protocol in a few modes, for unit and kill tests of the hub.

Run as a program: `python tests/channels/standin_bot.py PORT TOKEN [MODE]`.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from aiohttp import web

MODES = ("answering", "slow", "silent", "empty", "broken", "error", "english", "danger", "unready", "frozen")


class StandinBot:
    """Answers `/webhooks/hub/turn`; `mode` may be changed at any time; `asked` holds every question."""

    def __init__(self, token: str, mode: str = "answering") -> None:
        self.token, self.mode = token, mode
        self.asked: list[dict[str, Any]] = []
        self.delay_s = 0.0
        self.language: str | None = None
        self.need: str | None = "greeting"
        self.urgency: str | None = None
        self.confidence = 0.9
        self.age_group = "unknown"
        self.scenario: str | None = None
        self.has_choices = True
        self.says_now = False
        self.takes_back = False
        self.is_denied = False
        self.denies: list[str] = []
        self.said_lightly: list[str] = []
        self.helped = False
        self.release = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, port: int = 0) -> str:
        """Serve on loopback; gives the address."""
        app = web.Application()
        app.router.add_post("/webhooks/hub/turn", self._turn)
        app.router.add_get("/webhooks/hub/ready", self._ready)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{bound}"
        return self.url

    async def stop(self) -> None:
        """Stop serving."""
        self.release.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _check(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise web.HTTPForbidden

    async def _ready(self, request: web.Request) -> web.Response:
        self._check(request)
        if self.mode == "frozen":
            await self.release.wait()
        return web.Response(status=503 if self.mode == "unready" else 200)

    async def _turn(self, request: web.Request) -> web.Response:
        self._check(request)
        question = await request.json()
        self.asked.append(question)
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        match self.mode:
            case "slow":
                await asyncio.sleep(2.5)
            case "silent" | "frozen":
                await self.release.wait()
            case "broken":
                return web.Response(text='{"messages": [{"text": 5', content_type="application/json")
            case "error":
                return web.Response(status=500, text=question["text"])
        return web.json_response(self._answer(question))

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        turns = int((question["state"] or {}).get("turns", 0)) + 1
        language = self.language or question["language"]
        said = question["payload"] or question["text"]
        message = {
            "text": f"turn {turns}: {said[:50]}",
            "choices": [{"title": "ja" if language == "nl" else "oui", "payload": "/affirm"}] if self.has_choices else [],
            "helplines": ["childfocus"] if self.mode == "danger" else [],
        }
        return {
            "messages": [] if self.mode == "empty" else [message],
            "need": "sextortion" if self.mode == "danger" else self.need,
            "confidence": self.confidence,
            "urgency": self.urgency or ("high" if self.mode == "danger" else question["urgency"]),
            "language": language,
            "detected": "en" if self.mode == "english" else language,
            "slots": {"who": "self", "age_group": self.age_group, "scenario": self.scenario},
            "says_now": self.says_now and question["payload"] is None,
            "takes_back": self.takes_back and question["payload"] is None,
            "is_denied": self.is_denied,
            "denies": self.denies,
            "said_lightly": self.said_lightly,
            "helped": self.helped,
            "state": {"turns": turns},
        }


async def _main(port: int, token: str, mode: str) -> None:
    bot = StandinBot(token, mode)
    await bot.start(port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "answering"))
