"""Runs in the bot's environment: what sets a premise right, ends an alarm, or tells whom a message is about. Tables in on stdin, JSON out."""

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
from bot.components.denials import denied_by, denies_another, goes_back_to
from bot.components.how_it_ended import how_it_ended
from bot.components.message_intent import IN_WORDS
from bot.components.path_answer import SAYS_LATER
from bot.components.question_classifier import QuestionClassifier
from bot.components.role_classifier import ROLE_ODDS
from bot.components.set_right import says_over, what_was_meant, whose_is_told
from bot.components.speaker_role import SpeakerRole
from bot.components.told_before import ToldBefore
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


def denied(rows: list[list[str]]) -> list[list[str]]:
    """Text → the needs that it denies."""
    return [sorted(denied_in(" ".join(words_of(text)))) for (text,) in rows]


def denials(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, path, question, whether terms found its danger, the path before → kind, and the need it goes back to; [] for no denial."""
    found: list[list[str | None]] = []
    for text, path, question, in_words, before in rows:
        told = {"asking": path, "topic": path, "question": question, "told": 1, "in_words": in_words}
        told |= {"walked": [one for one in (path, before) if one], "told_in_words": path if in_words else None}
        denied = denied_by(text, told, {})
        found.append([] if denied is None else [denied.kind, goes_back_to(denied, told)])
    return found


def others(rows: list[list[Any]]) -> list[bool]:
    """Text, need heard beside the path of a picture → whether the words deny that need."""
    return [denies_another(text, need, "nude_spread") for text, need in rows]


def premises(rows: list[list[Any]]) -> list[str]:
    """Text, need heard, path → the need after CrisisFinder."""
    finder = CrisisFinder(CrisisFinder.get_default_config())
    messages = [
        Message(data={"text": text, "intent": {"name": need, "confidence": 0.7}, "metadata": {"asking": path}}) for text, need, path in rows
    ]
    return [one.get("intent")["name"] for one in finder.process(messages)]


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


def roles(rows: list[list[Any]]) -> list[str | None]:
    """Text and odds that it is about a friend → the entity who."""
    finder, found = SpeakerRole(SpeakerRole.get_default_config()), []
    for text, odds in rows:
        one = Message(data={"text": text, "intent": {"name": "sexual_abuse", "confidence": 0.9}})
        one.set(ROLE_ODDS, {"friend": odds})
        found.append(next((entity["value"] for entity in finder.process([one])[0].get("entities", [])), None))
    return found


def speakers(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, need heard and the next with their odds, what was known before (young, friend: odds) → need, and the entities who,
    child_need, question and did."""
    role, finder = (kind(kind.get_default_config()) for kind in (SpeakerRole, CrisisFinder))
    told, found = ToldBefore(), []
    for text, need, sure, other, odds, known in rows:
        one = message(text, {name: value for name, value in known.items() if name not in ("young", "friend")})
        ranking = [{"name": need, "confidence": sure}, {"name": other, "confidence": odds}]
        one.set("intent", ranking[0])
        one.set("intent_ranking", ranking)
        one.set(ROLE_ODDS, {"friend": known.get("friend", 0.0)})
        if known.get("young"):
            one.set("entities", [{"entity": "age_group", "value": "under14"}])
        for component in (role, finder, told):
            component.process([one])
        entities = {entity["entity"]: entity["value"] for entity in one.get("entities", [])}
        did = (entities.get("told_before") or {}).get("did")
        found.append([one.get("intent")["name"], *(entities.get(name) for name in ("who", "child_need", "question")), did])
    return found


def turns(rows: list[list[Any]]) -> list[list[str]]:
    """Actions before the message, its need, CHILD_NEED, the topic, what was told before → the turn of the policy of danger now."""
    found = []
    for before, need, about, topic, known, first in rows:
        entities = [{"entity": "child_need", "value": about}] if about else []
        if need == "meant_otherwise":
            entities.append({"entity": "question", "value": "opens_up"})
        events = [*(ActionExecuted(name) for name in before), UserUttered("x", {"name": need, "confidence": 1.0}, entities)]
        said = list(first)
        events += [ActionExecuted(name) for name in said]
        while (action := next_action(events, topic, known)) not in (None, "action_listen"):
            said.append(str(action))
            events.append(ActionExecuted(str(action)))
        found.append(said)
    return found


def whose(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, the path that asked, its question, whom it was about before → the entity who, and the remark that is said to it."""
    finder, found = SpeakerRole(SpeakerRole.get_default_config()), []
    for text, path, question, before in rows:
        one = message(text, {"asking": path, "question": question, "who": before})
        who = next((entity["value"] for entity in finder.process([one])[0].get("entities", [])), None)
        found.append([who, whose_is_told(one)])
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
        "ended": ended(asked["ended"]),
        "denials": denials(asked["denials"]),
        "others": others(asked["others"]),
        "byes": [says_bye(" ".join(words_of(text))) for (text,) in asked["byes"]],
        "premises": premises(asked["premises"]),
        "later": later(asked["later"]),
        "roles": roles(asked["roles"]),
        "speakers": speakers(asked["speakers"]),
        "turns": turns(asked["turns"]),
        "whose": whose(asked["whose"]),
        "first": asyncio.run(first(asked["first"])),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
