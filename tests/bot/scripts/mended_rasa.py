"""Runs in the bot's environment: what our quicker ways through Rasa give, beside what Rasa's own ways give. One JSON line.

`python mended_rasa.py MODEL DIALOGUES ACTIONS_URL`: the model is loaded and talked to twice, the first time with Rasa's own ways.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
import tempfile
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries
os.environ["RASA_TELEMETRY_ENABLED"] = "false"

# Both ways leave TensorFlow out: half a minute less, and a component that wanted it would say so.
from bot.quicker.left_out import leave_out, leave_training_out

leave_out()

import logging

from jsonschema import ValidationError
from rasa.core import agent as agents
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog

from bot import hub_channel, turn_answered, turn_asked
from bot.components.sentence_ngrams import SentenceNgrams
from bot.conversation_state import build_tracker
from bot.quicker.all import take_quicker_ways
from bot.quicker.logged_copies import MODULES
from bot.quicker.model_domain import read_domain, write_domains_quickly
from bot.quicker.processor import TurnProcessor
from bot.quicker.together import Together
from bot.reading import UNFINISHED

Asked = dict[str, Any]
DOMAIN = """
version: "3.1"
intents: [affirm, "no", "on"]
slots:
  tries: {type: float, initial_value: 0, max_value: 10, mappings: [{type: custom}]}
  language: {type: categorical, values: [nl, fr, "no", "yes", "null", "1"], mappings: [{type: custom}]}
responses:
  utter_ask:
  - text: "12:30"
  - text: "0800 32 123"
  - text: "116000"
  - text: "1e3"
  - text: "~"
  - text: "J'ai compris : « non » ? \\U0001f44d\\nTwee regels"
    condition: [{type: slot, name: language, value: "no"}]
    buttons: [{title: "no", payload: /affirm}, {title: "Yes", payload: /no}, {title: "2026-11-24", payload: /on}]
"""
ANSWERS: tuple[object, ...] = (
    {"events": [], "responses": [{"text": "hoi"}]},
    {"events": [{"event": "slot", "name": "topic", "value": "grooming", "timestamp": None}], "responses": []},
    {"events": "none"},
    {"responses": {}},
    {"events": [{"event": 3}]},
    [],
)


def checked() -> list[str]:
    """What becomes of each answer of an action."""
    outcomes = []
    for answer in ANSWERS:
        try:
            RemoteAction("action_wipe", None)._validate_action_result(answer)
            outcomes.append("ok")
        except ValidationError:
            outcomes.append("refused")
    return outcomes


async def own_turn(agent: agents.Agent, asked: Asked) -> Asked:
    """A turn as Rasa's own channels make it: through its store, its lock and its processor."""
    mirrored = {"language": asked["language"], "urgency": asked["urgency"]}
    tracker = build_tracker(asked["conversation"], asked["state"], mirrored, agent.domain)
    await agent.tracker_store.save(tracker)
    said = CollectingOutputChannel()
    message = UserMessage(
        turn_asked.text_for_rasa(asked),
        said,
        asked["conversation"],
        parse_data=turn_asked.pressed(asked),
        input_channel="hub",
        message_id=asked["message_id"],
        metadata={**mirrored, **turn_asked.what_it_may_answer(tracker, agent.domain, asked["language"])},
    )
    unfinished = tracker.get_slot(UNFINISHED)
    if message.parse_data is None and not tracker.get_slot("scenario"):  # our reading, of what Rasa's own processor understands
        message.parse_data = await hub_channel.HubChannel("t" * 40)._reader.read(agent.processor, message, unfinished)  # type: ignore[arg-type]
    await agent.handle_message(message)
    after = await agent.tracker_store.retrieve(asked["conversation"])
    assert after is not None, "Rasa kept no tracker"
    after.update(SlotSet(UNFINISHED, hub_channel.HubChannel._unfinished(asked, after, unfinished)))
    return turn_answered.as_answer(after, said.messages, mirrored)


async def talked(model: str, url: str, dialogues: list[dict[str, Any]], *, own: bool) -> list[list[Asked]]:
    """All answers of all dialogues."""
    endpoints = AvailableEndpoints.read_endpoints(str(Path(__file__).resolve().parents[3] / "bot/endpoints.yml"))
    endpoints.action = EndpointConfig(url=url, enable_selective_domain=True)
    agent = await agents.load_agent(model, endpoints=endpoints)
    if own:
        return [await _talk(number, dialogue, lambda asked: own_turn(agent, asked)) for number, dialogue in enumerate(dialogues)]
    channel = hub_channel.HubChannel("t" * 40)
    # All at once: what waits at the same moment is understood together, and must mean what it means alone.
    return list(
        await asyncio.gather(
            *(_talk(number, dialogue, lambda asked: channel._answer(agent, asked)) for number, dialogue in enumerate(dialogues))
        )
    )


async def _talk(number: int, dialogue: dict[str, Any], turn: Callable[[Asked], Awaitable[Asked]]) -> list[Asked]:
    state, answered = None, []
    for place, said in enumerate(dialogue["says"]):
        answer = await turn(
            {
                "conversation": f"c{number}",
                "message_id": str(place),
                "text": "" if said.startswith("/") else said,
                "payload": said if said.startswith("/") else None,
                "language": dialogue["language"],
                "urgency": "none",
                "state": state,
            }
        )
        answered.append(_without_times(answer))
        state = json.loads(json.dumps(answer["state"]))
    return answered


async def gathered() -> dict[str, Any]:
    """What becomes of messages that wait together when one of them cannot be understood and one is no longer waited for."""
    runs: list[int] = []

    def understand(messages: list[UserMessage]) -> list[dict[str, Any]]:
        runs.append(len(messages))
        if any(message.text == "bad" for message in messages):
            raise ValueError
        return [{"text": message.text} for message in messages]

    together = Together(understand)
    asked = [asyncio.ensure_future(together.parsed(UserMessage(text))) for text in ("one", "bad", "gone", *map(str, range(20)))]
    await asyncio.sleep(0)
    asked[2].cancel()
    done = await asyncio.gather(*asked, return_exceptions=True)
    return {"runs": runs, "answers": [each["text"] if isinstance(each, dict) else type(each).__name__ for each in done]}


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(inner) for key, inner in value.items() if key != "timestamp"}
    if isinstance(value, list):
        return [_without_times(inner) for inner in value]
    return round(value, 5) if isinstance(value, float) else value


def main(model: str, dialogues: str, url: str, out: str) -> None:
    """See the module."""
    logging.getLogger().setLevel(logging.WARNING)
    configure_structlog(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        Domain.from_yaml(DOMAIN).persist(path / "domain.yml")
        quick, own = read_domain(path).as_dict(), Domain.from_path(path).as_dict()
        write_domains_quickly()
        Domain.from_path(path).persist(path / "domain.yml")
        written = [read_domain(path).as_dict() == own, Domain.from_path(path).as_dict() == own]
        written.append((path / "domain.yml").read_text(encoding="utf-8").startswith('{"version": "3.1", "'))
    before = checked()
    copies = {module.__name__: inspect.getsource(module).count("copy.") for module in MODULES}
    logged = {module.__name__: inspect.getsource(module).count("copy.deepcopy(") for module in MODULES}
    leave_training_out()
    asked = json.loads(dialogues)
    with patch.object(SentenceNgrams, "_create_features", CountVectorsFeaturizer._create_features):
        by_rasa = asyncio.run(talked(model, url, asked, own=True))
    take_quicker_ways()
    sizes: list[int] = []
    meant = TurnProcessor._meant
    with patch.object(TurnProcessor, "_meant", lambda self, messages: sizes.append(len(messages)) or meant(self, messages)):
        by_us = asyncio.run(talked(model, url, asked, own=False))
    texts = [said["text"] for said in own["responses"]["utter_ask"]]
    found = {"domain": quick == own, "texts": texts, "before": before, "after": checked(), "own": by_rasa, "quick": by_us}
    found |= {"copies": copies, "logged": logged, "has_tensorflow": "tensorflow" in sys.modules}
    found |= {"written": written, "sizes": sizes, "gathered": asyncio.run(gathered())}
    Path(out).write_text(json.dumps(found), encoding="utf-8")  # not printed: libraries change how standard output is written


if __name__ == "__main__":
    main(*sys.argv[1:])
