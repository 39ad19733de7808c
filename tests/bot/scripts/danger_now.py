"""Runs in the bot's environment: what the policy for danger that is now does, and which names it knows, as JSON. Tables on stdin."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.now_classifier import MOMENT, NowClassifier
from bot.conversation_state import SITUATION
from bot.policies import danger_now, now_turns

TEXTS = {
    "there": "ja ziekenwagen is er",
    "more": "nee ik vraag gewoon hoe lang dat duurt",
    "hedged": "nee niet echt, soms wel",
    "pressed": "/dont_know",
    "feared": "mon père va me défoncer",
    "close": "papa komt hier naartoe en gaat mij slaan",
}
"""What is said where the words count: help that stands there; a no that tells more, or settles nothing; a button; what waits at home, and who
comes."""


def next_actions(rows: list[list[Any]]) -> list[str | None]:
    """What happened (actions; "topic=NEED" for that slot; "you:INTENT", "now:INTENT", "body:INTENT" and so on for messages, "now+car:INTENT" where a situation is
    told) and the topic → the policy's action."""
    answers = []
    for happened, topic in rows:
        events: list[Any] = []
        for what in happened:
            if what.startswith("topic="):
                events.append(SlotSet("topic", what.removeprefix("topic=")))
                continue
            said, _, intent = what.partition(":")
            events.append(UserUttered(TEXTS.get(said, "x"), {"name": intent}, marks(said)) if intent else ActionExecuted(what))
        answers.append(danger_now.next_action(events, topic))
    return answers


def marks(said: str) -> list[dict[str, str]]:
    """The entities of a message: "now+car" → danger_now and situation, "you+friend" → whom it is about."""
    moment, _, situation = said.partition("+")
    found = [
        {
            "entity": "danger_now",
            "value": {
                "you": "no",
                "more": "no",
                "hedged": "no",
                "pressed": "no",
                "now": "yes",
                "there": "over",
                "feared": "yes",
                "close": "yes",
            }.get(moment, moment),
        }
    ]
    if situation in ("friend", "adult"):
        return [*found, {"entity": "who", "value": situation}]
    return [*found, {"entity": SITUATION, "value": situation}] if situation else found


def labelled(rows: list[list[Any]]) -> list[list[str]]:
    """Intent, text and mark of examples → what the classifier learns from, as text and label."""
    classifier = NowClassifier({**NowClassifier.get_default_config(), "others": 2}, None, None)  # type: ignore[arg-type]
    examples = []
    for intent, text, mark in rows:
        examples.append(Message.build(text=text, intent=intent))
        examples[-1].set(MOMENT, mark)
    return [[message.get("text"), label] for message, label in classifier._labelled(TrainingData(examples))]


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    turns = [
        *now_turns.OWN.values(),
        now_turns.FROM_PEOPLE,
        now_turns.BODY,
        now_turns.MEETING,
        now_turns.ONCE_MORE,
        now_turns.AFTER,
        now_turns.ACT,
    ]
    of_strangers = [now_turns.WAITS, now_turns.GONE, now_turns.RIDE]
    print(
        json.dumps(
            {
                "actions": next_actions(asked["actions"]),
                "labelled": labelled(asked["labelled"]),
                "unmarked": labelled([[intent, text, None] for intent, text, _ in asked["labelled"]]),
                "turns": turns,
                "strangers": of_strangers,
                "over": [
                    now_turns.HELP_IS_THERE,
                    now_turns.HELP_IS_THERE_LATE,
                    now_turns.HELP_COMES,
                    now_turns.HELP_COMES_LATE,
                    now_turns.FOUND,
                    now_turns.SAFE_NOW,
                ],
                "openings": list(now_turns.OPENINGS.values()),
            }
        )
    )


if __name__ == "__main__":
    main()
