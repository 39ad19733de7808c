"""Run in the bot's environment: what the sentences of test_joke_taken_back.py are heard as, and whether they set right who speaks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from rasa.shared.nlu.training_data.message import Message

from bot.components.message_intent import heard_in
from bot.components.taken_back import JOKED, hear_no_joke
from bot.components.whose_trouble import set_right_in
from kernel.language import words_of


def heard(text: str, told: dict[str, object]) -> list[object]:
    """What it was heard as, and whether a joke about dying is remembered."""
    intent = {"name": told.get("heard", "off_topic"), "confidence": 0.9}
    harm = {"name": "self_harm", "confidence": told.get("likely", 0.0)}
    message = Message(data={"text": text, "intent": intent, "intent_ranking": [intent, harm], "metadata": told})
    hear_no_joke(message)
    return [heard_in(message).name, message.get(JOKED)]


asked = json.loads(sys.stdin.read())
said = {
    "heard": [heard(text, told) for text, told in asked["heard"]],
    "sets_right": [set_right_in(" ".join(words_of(text)), "utter_ask_unsafe_home_long") is not None for text in asked["sets_right"]],
}
print(json.dumps(said))
