"""The action server: the standard protocol, and nothing of a request in any failure."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from channels.action_server import action_app
from channels.metrics import Metrics

MARKER = "kanariewoord"


class Greets(Action):
    def name(self) -> str:
        return "action_greets"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_hello")
        return [{"event": "slot", "name": "who", "value": "friend"}]


class Fails(Action):
    def name(self) -> str:
        return "action_fails"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ValueError(MARKER)


def call(name: Any) -> dict[str, Any]:
    tracker = {"sender_id": "c", "slots": {}, "latest_message": {"text": MARKER}, "events": [], "paused": False, "active_loop": {}}
    return {"next_action": name, "sender_id": "c", "tracker": tracker, "domain": {}}


@pytest.fixture
async def server() -> AsyncIterator[tuple[str, Metrics]]:
    executor, metrics = ActionExecutor(), Metrics()
    executor.register_action(Greets())
    executor.register_action(Fails())
    runner = web.AppRunner(action_app(executor, metrics))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/webhook", metrics
    await runner.cleanup()


async def test_an_action_runs(server: tuple[str, Metrics]) -> None:
    async with aiohttp.ClientSession() as session, session.post(server[0], json=call("action_greets")) as response:
        assert response.status == 200
        body = await response.json()
    assert body["events"] == [{"event": "slot", "name": "who", "value": "friend"}]
    assert body["responses"][0]["response"] == "utter_hello"
    assert server[1].registry.get_sample_value("chatmasjien_action_requests_total", {"outcome": "ok"}) == 1


@pytest.mark.parametrize(("name", "status"), [("action_nobody_knows", 404), ("action_fails", 500), (None, 400), (7, 400)])
async def test_failures_carry_nothing_of_the_conversation(server: tuple[str, Metrics], name: Any, status: int) -> None:
    async with aiohttp.ClientSession() as session, session.post(server[0], json=call(name)) as response:
        assert response.status == status
        assert MARKER not in await response.text()


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "[" * 90_000, '{"next_action":"action_greets"}', '{"next_action":"action_greets","tracker":{}}']
)
async def test_malformed_bodies_are_refused(server: tuple[str, Metrics], body: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(server[0], data=body) as response:
        assert response.status == 400
        assert (await response.json()) == {"error": "malformed request"}
