"""The bot's own door, asked directly: state in, answer and state out. Used where the hub would only be in the way."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from product_world import TOKEN

Answer = dict[str, Any]
State = dict[str, Any]


@dataclass
class BotDoor:
    """One kept connection to the bot (one per thread)."""

    url: str
    token: str = TOKEN
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def post(self, body: object, token: str | None = None, path: str = "/webhooks/hub/turn") -> tuple[int, Any]:
        """Status and JSON (or text) of any request; `token` "" leaves the header out."""
        bearer = self.token if token is None else token
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        sent = body if isinstance(body, bytes) else json.dumps(body)
        try:
            self._connection.request("POST", path, sent, headers)
        except ConnectionError:  # idle for too long: the bot closed it, nothing was taken
            self._connection.close()
            self._connection.request("POST", path, sent, headers)
        answer = self._connection.getresponse()
        raw = answer.read()
        try:
            return answer.status, json.loads(raw)
        except ValueError:
            return answer.status, raw.decode(errors="replace")

    def turn(self, text: str = "", payload: str | None = None, state: State | None = None, language: str = "nl", **more: str) -> Answer:
        """A turn; fails when the status is not 200."""
        asked = {
            "conversation": uuid.uuid4().hex,
            "message_id": uuid.uuid4().hex,
            "text": text,
            "payload": payload,
            "language": language,
            "urgency": "none",
            "state": state,
        }
        status, answer = self.post(asked | more)
        assert status == 200, (status, answer)
        assert isinstance(answer, dict)
        return answer


def actions_of(state: State) -> list[str]:
    """The actions of a state, in order, those that only listen left out."""
    names = [str(event["name"]) for event in state["events"] if event["event"] == "action"]
    return [name for name in names if name != "action_listen"]


def last_turn(state: State) -> list[str]:
    """The actions since the last message of the teenager."""
    names: list[str] = []
    for event in reversed(state["events"]):
        if event["event"] == "user":
            break
        if event["event"] == "action" and event["name"] != "action_listen":
            names.insert(0, str(event["name"]))
    return names


def place_of(state: State) -> str:
    """Where a conversation stands: its last question; where the last turn asked none, what it said last."""
    names = actions_of(state)
    if names[-1] == "action_ask_again" or names[-1].startswith("utter_ask_"):
        return next((name for name in reversed(names) if name.startswith("utter_ask_")), "utter_ask_topic")
    return names[-1]
