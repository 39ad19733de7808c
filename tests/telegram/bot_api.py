"""A Bot API server for tests: aiohttp on loopback; the real python-telegram-bot client talks to it as to Telegram.

It keeps every chat, checks every request against the limits of the Bot API (what Telegram would refuse is in `state.violations`),
paces as Telegram does (429 with retry_after), delivers updates by webhook or getUpdates, and fails on demand (`faults`).
"""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any

from aiohttp import web
from bot_api_faults import AFTER, Faults
from bot_api_limits import Pace
from bot_api_methods import Blocked, Methods, decoded, whole
from bot_api_state import ChatState, Json, Refused, Sent, State, Violation
from bot_api_updates import Conflict, Updates

TOKEN = "700000001:AAtest-token-of-the-tests-only-0123456789"
_PACED = "sendmessage"
_ERROR_PAGE = "<html><body>502 Bad Gateway</body></html>"


def error(code: int, description: str, **parameters: int) -> web.Response:
    """An error as the Bot API words it."""
    body: Json = {"ok": False, "error_code": code, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


class BotApi:
    """The server. `url` is for TELEGRAM_API_URL. `slow_s` is how long each call takes."""

    def __init__(self, token: str = TOKEN, pace: Pace | None = None, seed: int = 0) -> None:
        self.token, self.pace, self.faults = token, pace or Pace(), Faults(seed)
        self.state, self.updates = State(), Updates()
        self.methods = Methods(self.state, self.updates)
        self.url = ""
        self.slow_s = 0.0
        self._ending = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """Serve on loopback; gives the address."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Stop serving and delivering."""
        self._ending.set()
        await self.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # ---- what tests look at --------------------------------------------------------------------------------------

    def chat(self, chat_id: int) -> ChatState:
        """A chat, which must be there."""
        return self.state.chats[chat_id]

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of a method, failed ones too."""
        return [parameters for name, parameters in self.state.calls if name == method.casefold()]

    @property
    def violations(self) -> list[Violation]:
        """What Telegram would have refused though the bot could have known."""
        return self.state.violations

    def check(self) -> None:
        """No limit was broken, no message came too fast, nothing but 200 was said to a webhook. For the end of a test without faults."""
        assert self.violations == []
        assert self.state.too_fast == [], self.state.too_fast
        assert self.updates.replies_to_webhook == []

    # ---- a call --------------------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        received, name = time.monotonic(), request.match_info["method"].casefold()
        if request.match_info["token"] != self.token:
            return error(401, "Unauthorized")
        method = getattr(self.methods, name, None)
        if method is None or name.startswith("_") or name in ("state", "updates", "now"):
            self.state.violations.append(Violation(name, "Not Found: method not found"))
            return error(404, "Not Found: method not found")
        try:
            parameters = await self._parameters(request)
        except ConnectionResetError:  # the hub was killed while it asked
            return web.Response(status=400)
        self.state.calls.append((name, parameters))
        if self.slow_s:
            await asyncio.sleep(self.slow_s)
        kind = self.faults.next(request.match_info["method"])
        if kind is not None and kind not in AFTER:
            return await self._fail(request, kind)
        answer = await self._answer(name, method, parameters, received, is_heard=kind is None)
        return answer if kind is None else await self._fail(request, kind)

    @staticmethod
    async def _parameters(request: web.Request) -> Json:
        if request.content_type == "application/json":
            body = await request.json()
            return body if isinstance(body, dict) else {}
        return dict(request.query) | dict(await request.post())

    async def _answer(self, name: str, method: Any, parameters: Json, received: float, *, is_heard: bool) -> web.Response:
        """What the call gives; does the work also when nobody hears of it."""
        try:
            if name == _PACED and (wait := self._too_fast(parameters)):
                return error(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            result = method(parameters)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refused:
            found = Violation(name, refused.description)
            self.state.refused.append(found)
            if refused.is_limit:
                self.state.violations.append(found)
            return error(400, refused.description)
        except Blocked:
            return error(403, "Forbidden: bot was blocked by the user")
        except Conflict as conflict:
            return error(409, str(conflict))
        if name == _PACED:
            sent = self._sent(parameters, result)
            sent.received_at = received
            sent.answered_at = time.monotonic() if is_heard else None
        return web.json_response({"ok": True, "result": result})

    def _too_fast(self, parameters: Json) -> int:
        """0, or the whole seconds to wait. Told to wait: noted."""
        chat_id = whole(parameters, "chat_id")
        chat = self.state.chats.get(chat_id)
        if chat is None or chat.is_blocked:
            return 0
        wait = self.pace.wait(chat_id)
        if wait:
            self.state.too_fast.append(f"chat {chat_id}, {wait:.2f} s too early")
        return int(wait) + 1 if wait else 0

    def _sent(self, parameters: Json, result: Json) -> Sent:
        return self.state.chats[whole(parameters, "chat_id")].messages[result["message_id"]]

    async def _fail(self, request: web.Request, kind: str) -> web.StreamResponse:
        if kind == "429":
            return error(429, f"Too Many Requests: retry after {self.faults.retry_after_s}", retry_after=self.faults.retry_after_s)
        if kind == "403":
            return error(403, "Forbidden: bot was blocked by the user")
        if kind == "502":
            return web.Response(text=_ERROR_PAGE, status=502, content_type="text/html")
        if kind.startswith("500"):
            return error(500, "Internal Server Error")
        if kind.startswith("hang"):
            await self._ending.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


__all__ = ["TOKEN", "BotApi", "decoded"]
