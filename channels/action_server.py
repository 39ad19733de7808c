"""POST /webhook on loopback: the standard action-server protocol of Rasa, run by rasa_sdk's ActionExecutor.

rasa_sdk's own server answers a failing action with the whole conversation in the body, which Rasa then logs. Here no answer
to a failure carries anything of the request.
"""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from channels.logs import log_of
from channels.metrics import Metrics

_LOG = log_of("action_server")
_LARGEST_BODY = 4 * 1024 * 1024


class CurrentExecutor:
    """The custom actions as they are now: `now` is exchanged when content was published."""

    def __init__(self, executor: ActionExecutor) -> None:
        self.now = executor

    async def run(self, body: Any) -> Any:
        """Run the action that `body` names."""
        return await self.now.run(body)


def action_app(executor: ActionExecutor | CurrentExecutor, metrics: Metrics) -> web.Application:
    """The site of ACTIONS_PORT."""

    async def webhook(request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _answer(metrics, "malformed", 400, {"error": "malformed request"})
        name = body["next_action"]
        try:
            # The bot leaves its domain out (bot/endpoints.yml); rasa_sdk then wants to be given one, and no action reads it.
            result = await executor.run({"domain": {}} | body)
        except ActionExecutionRejection:
            # Rasa's word for "I do not want to run now"; it then asks its policies again.
            return _answer(metrics, "rejected", 400, {"error": "action rejected", "action_name": name})
        except ActionNotFoundException:
            return _answer(metrics, "unknown", 404, {"error": "no such action", "action_name": name})
        except Exception:
            _LOG.exception("action failed")
            return _answer(metrics, "failed", 500, {"error": "action failed", "action_name": name})
        return _answer(metrics, "ok", 200, result.model_dump() if result is not None else {"events": [], "responses": []})

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application(client_max_size=_LARGEST_BODY)
    app.router.add_post("/webhook", webhook)
    app.router.add_get("/health", healthz)
    return app


async def _body(request: web.Request) -> dict[str, Any] | None:
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError, web.HTTPRequestEntityTooLarge):
        return None
    if not isinstance(body, dict) or not isinstance(body.get("next_action"), str) or not isinstance(body.get("tracker"), dict):
        return None
    # The bot leaves the domain out (bot/endpoints.yml: no action reads it), which rasa_sdk takes for a mistake.
    body["domain"] = body.get("domain") or {}
    return body if isinstance(body["tracker"].get("sender_id"), str) else None


def _answer(metrics: Metrics, outcome: str, status: int, body: dict[str, Any]) -> web.Response:
    metrics.action_requests.labels(outcome=outcome).inc()
    return web.json_response(body, status=status)
