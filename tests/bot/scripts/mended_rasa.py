"""Runs in the bot's environment: what our two quicker ways into Rasa give, beside what Rasa's own ways give. One JSON line."""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain

from bot.action_answers import check_answers_with_one_schema
from bot.model_domain import read_domain

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


def main() -> None:
    """See the module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        Domain.from_yaml(DOMAIN).persist(path / "domain.yml")
        quick, own = read_domain(path).as_dict(), Domain.from_path(path).as_dict()
    before = checked()
    check_answers_with_one_schema()
    texts = [said["text"] for said in own["responses"]["utter_ask"]]
    print(json.dumps({"domain": quick == own, "texts": texts, "before": before, "after": checked()}))


if __name__ == "__main__":
    main()
