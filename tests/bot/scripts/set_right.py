"""Runs in the bot's environment: what sets a danger right, ends an alarm, or denies one. Tables in on stdin, JSON out."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import denied_in, says_bye, says_soon
from bot.components.crisis_finder import CrisisFinder
from bot.components.denials import denied_by, denies_another, goes_back_to, lead_back
from bot.components.how_it_ended import how_it_ended
from bot.components.message_intent import IN_WORDS
from bot.components.past_classifier import PAST_ODDS
from bot.components.path_answer import SAYS_LATER
from bot.components.question_classifier import QuestionClassifier, may_wait_for_help
from bot.components.set_right import says_over, what_was_meant
from bot.policies.danger_now import next_action
from bot.replies import VariedReplies
from kernel.language import words_of

SETTINGS = QuestionClassifier.get_default_config()
DOMAIN = Domain.load([str(ROOT / "data/domain.yml"), *(str(ROOT / f"data/responses/{name}.yml") for name in ("sextortion", "questions"))])


def message(text: str, told: dict[str, Any], in_words: bool = False) -> Message:
    """As it reaches the classifier."""
    found = Message(data={"text": text, "intent": {"name": "nlu_fallback", "confidence": 0.3}, "metadata": told})
    found.set(IN_WORDS, in_words)
    return found


def over(rows: list[list[Any]]) -> list[str | None]:
    """Text, probabilities, path, question asked, whether danger is in the words → "over", "safe" or None."""
    return [
        says_over(message(text, {"asking": path, "question": question}, in_words), odds, SETTINGS)
        for text, odds, path, question, in_words in rows
    ]


def meant(rows: list[list[Any]]) -> list[bool]:
    """Text, probabilities, path, whether terms found danger before → whether a misunderstanding is believed."""
    return [
        what_was_meant(message(text, {"asking": path, "in_words": in_words}), odds, SETTINGS) is not None
        for text, odds, path, in_words in rows
    ]


def helped(rows: list[list[Any]]) -> list[str | None]:
    """Text, whether help was called before → "over" or None, on the path of a danger that was met as one of this moment."""
    told = {"asking": "unsafe_home", "question": "utter_ask_now_person", "was_now": True}
    return [says_over(message(text, {**told, "helped": is_helped}), {}, SETTINGS) for text, is_helped in rows]


def ended(rows: list[list[Any]]) -> list[str | None]:
    """Text, path, question, whether a body is in danger → how a danger of this moment ended, by the words alone."""
    told = [
        {"asking": path, "question": question, "was_now": question != "utter_ask_unsafe_home_now", "body": body}
        for _, path, question, body in rows
    ]
    return [how_it_ended(row[0], asked) for row, asked in zip(rows, told, strict=True)]


def near(rows: list[list[Any]]) -> list[str | None]:
    """Text, whether a danger was met as one of this moment → how it ended, by words and odds, behind a no about dying."""
    found = []
    for text, was_now in rows:
        told = {"asking": "suicidal", "question": "utter_ask_suicidal_with", "no_wish": True, "was_now": was_now}
        found.append(how_it_ended(text, told) or says_over(message(text, told), {"help_came": 0.9}, SETTINGS))
    return found


def denied(rows: list[list[str]]) -> list[list[str]]:
    """Text → the needs that it denies."""
    return [sorted(denied_in(" ".join(words_of(text)))) for (text,) in rows]


def denials(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, path, question, whether terms found its danger, the path before (or that others told them to die) → kind, and the need it goes
    back to; [] for no denial."""
    found: list[list[str | None]] = []
    for text, path, question, in_words, before in rows:
        told = {"asking": path, "topic": path, "question": question, "told": 1, "in_words": in_words}
        told |= {"walked": [one for one in (path, before) if one], "told_in_words": path if in_words else None}
        if before == "told_to_die":
            told |= {"walked": [path], "told_before": {before: "said"}}
        denied = denied_by(text, told, {})
        found.append([] if denied is None else [denied.kind, goes_back_to(denied, told)])
    return found


def others(rows: list[list[Any]]) -> list[bool]:
    """Text, need heard beside the path of a picture → whether the words deny that need."""
    return [denies_another(text, need, "nude_spread") for text, need in rows]


def led(rows: list[list[Any]]) -> list[str | None]:
    """Path, the paths that were walked, the latest first → the one that the talk goes back to."""
    found = []
    for path, walked in rows:
        one = message("c'est une expression", {"asking": path, "walked": walked})
        lead_back(one, CrisisFinder(CrisisFinder.get_default_config()))
        found.append(next((entity["value"] for entity in one.get("entities", [])), None))
    return found


def past(rows: list[list[Any]]) -> list[str]:
    """Text, need heard, odds that it is over, the topic before → danger_now."""
    finder, found = CrisisFinder(CrisisFinder.get_default_config()), []
    for text, need, odds, topic in rows:
        one = Message(
            data={
                "text": text,
                "intent": {"name": need, "confidence": 0.9},
                "metadata": {"topic": topic, "question": "utter_ask_past" if topic else None},
            }
        )
        one.set(PAST_ODDS, odds)
        entities = finder.process([one])[0].get("entities")
        found.append(next(entity["value"] for entity in entities if entity["entity"] == "danger_now"))
    return found


def waits(rows: list[list[Any]]) -> list[bool]:
    """Question, topic, whether a danger of this moment was met → whether help that was called may be late."""
    told = [{"question": question, "topic": topic, "was_now": was_now} for question, topic, was_now in rows]
    return [may_wait_for_help(Message(data={"text": "x", "metadata": one})) for one in told]


def later(rows: list[list[Any]]) -> list[list[Any]]:
    """Text that a rule calls "not now" → danger_now, and whether it says that it comes soon."""
    finder, found = CrisisFinder(CrisisFinder.get_default_config()), []
    for (text,) in rows:
        one = Message(data={"text": text, "intent": {"name": "dont_know", "confidence": 1.0}, "metadata": {"asking": "unsafe_home"}})
        one.set(SAYS_LATER, True)
        entities = finder.process([one])[0].get("entities")
        moment = next(entity["value"] for entity in entities if entity["entity"] == "danger_now")
        found.append([moment, says_soon(" ".join(words_of(text)))])
    return found


def turns(rows: list[list[Any]]) -> list[list[str]]:
    """Actions before the message, its need, CHILD_NEED, the topic, what was told before → the turn of the policy of danger now."""
    found = []
    for before, need, about, topic, known, first in rows:
        entities = [{"entity": "child_need", "value": about}] if about not in (None, "led") else []
        if need == "meant_otherwise":
            entities.append({"entity": "question", "value": "opens_up"} if about != "led" else {"entity": "back_to", "value": "sextortion"})
        events = [*(ActionExecuted(name) for name in before), UserUttered("x", {"name": need, "confidence": 1.0}, entities)]
        said = list(first)
        events += [ActionExecuted(name) for name in said]
        while (action := next_action(events, topic, known)) not in (None, "action_listen"):
            said.append(str(action))
            events.append(ActionExecuted(str(action)))
        found.append(said)
    return found


async def first(rows: list[list[Any]]) -> list[str]:
    """Reply, intent, question on the way, whether the path was left → the text that is said, in an emergency."""
    generator, found = VariedReplies(None, DOMAIN), []  # type: ignore[arg-type]
    for reply, intent, asked in rows:
        tracker = DialogueStateTracker("c", DOMAIN.slots)
        for event in (SlotSet("language", "nl"), ActionExecuted("action_listen")):
            tracker.update(event)
        tracker.update(UserUttered("x", {"name": intent, "confidence": 1.0}, [{"entity": "question", "value": asked}] if asked else []))
        found.append(str((await generator.generate(reply, tracker, "hub") or {})["text"]))
    return found


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    said = {
        "over": over(asked["over"]),
        "meant": meant(asked["meant"]),
        "denied": denied(asked["denied"]),
        "helped": helped(asked["helped"]),
        "near": near(asked["near"]),
        "ended": ended(asked["ended"]),
        "denials": denials(asked["denials"]),
        "others": others(asked["others"]),
        "led": led(asked["led"]),
        "byes": [says_bye(" ".join(words_of(text))) for (text,) in asked["byes"]],
        "later": later(asked["later"]),
        "past": past(asked["past"]),
        "waits": waits(asked["waits"]),
        "turns": turns(asked["turns"]),
        "first": asyncio.run(first(asked["first"])),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
