"""Runs in the bot's environment, once for all tests beside it: tables in on stdin, what the bot's parts say to them out, as JSON."""

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
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_group import AgeGroup
from bot.components.crisis_finder import IN_WORDS, CrisisFinder
from bot.components.language_detector import LanguageChoice, LanguageDetector
from bot.components.need_classifier import DANGER_ODDS, NeedClassifier, danger_odds
from bot.components.now_classifier import NOW_ODDS
from bot.components.openings import other_need
from bot.components.path_answer import IS_ANSWER, SAYS_NOW, SAYS_OVER, PathAnswer
from bot.components.question_classifier import QuestionClassifier, goes_before, may_be_answered, may_be_meant_otherwise
from bot.components.scenario_words import ScenarioWords
from bot.components.speaker_role import SpeakerRole
from bot.components.told_before import ToldBefore
from bot.conversation_state import TOLD_BEFORE, build_tracker, compact
from bot.policies.scenario import next_action
from bot.replies import VariedReplies
from bot.tracker_store import BoundedTrackerStore
from bot.yaml12 import read_yaml
from kernel.language import words_of
from kernel.questions import Questions

DOMAIN = Domain.load(str(ROOT / "data/domain.yml"))
DOMAIN_WITH_REPLIES = DOMAIN.merge(Domain.load([str(ROOT / "data/responses/scenario.yml"), str(ROOT / "data/responses/sextortion.yml")]))
MIRRORED = {"language": "fr", "urgency": "high"}


def component(kind: Any) -> Any:
    """With its defaults, as in a model."""
    return kind(kind.get_default_config())


def languages(rows: list[list[str]]) -> list[str]:
    """Text and conversation's language → language."""
    defaults = LanguageDetector.get_default_config()
    choice = LanguageChoice(defaults["min_words"], defaults["min_lead"])
    return [choice.of(text, conversation) for text, conversation in rows]


def heard(rows: list[str], kind: Any) -> list[str | None]:
    """What an entity finder adds to a message, by its own `process`."""
    messages = kind.create(kind.get_default_config(), None, None, None).process([Message(data={"text": text}) for text in rows])
    return [next((entity["value"] for entity in message.get("entities") or []), None) for message in messages]


def detected(rows: list[list[str]]) -> list[dict[str, Any]]:
    """Text and conversation's language → what LanguageDetector's `process` leaves on the message."""
    messages = [Message(data={"text": text, "metadata": {"language": conversation}}) for text, conversation in rows]
    done = component(LanguageDetector).process(messages)
    return [{"language": one.get("language"), "entities": [entity["value"] for entity in one.get("entities") or []]} for one in done]


def ranked(rows: list[list[Any]]) -> list[list[Any]]:
    """Probabilities, the need of an open question, perhaps how many words → the answer, its confidence, and the whole ranking."""
    classifier = NeedClassifier(NeedClassifier.get_default_config(), None, None)  # type: ignore[arg-type]
    answers = []
    for row in rows:
        ranking = classifier._ranked(*row)
        answers.append([ranking[0]["name"], ranking[0]["confidence"], [one["name"] for one in ranking]])
    return answers


def crisis(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Text, classified need, confidence, perhaps the need whose path asked → what CrisisFinder makes of it."""
    messages = []
    for text, need, confidence, *asking in rows:
        guesses = [{"name": need, "confidence": confidence}]
        told = {"asking": asking[0]} if asking else {}
        messages.append(Message(data={"text": text, "intent": guesses[0] if need else None, "intent_ranking": guesses, "metadata": told}))
    done = component(CrisisFinder).process(messages)
    return [
        {
            "need": (one.get("intent") or {}).get("name"),
            "confidence": (one.get("intent") or {}).get("confidence"),
            "first_of_ranking": one.get("intent_ranking")[0]["name"],
            "entities": {entity["entity"]: entity["value"] for entity in one.get("entities") or []},
        }
        for one in done
    ]


def now(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, classified need, confidence, odds that it is now → urgency and danger_now of CrisisFinder."""
    messages = [
        Message(data={"text": text, "intent": {"name": need, "confidence": sure}, NOW_ODDS: odds}) for text, need, sure, odds in rows
    ]
    told = [{one["entity"]: one["value"] for one in done.get("entities")} for done in component(CrisisFinder).process(messages)]
    return [[entities.get("urgency"), entities["danger_now"]] for entities in told]


def raised(rows: list[list[Any]]) -> list[str | None]:
    """Need, confidence, probabilities, the need whose path asked → the urgency that CrisisFinder raises on words without danger in them."""
    messages = [
        Message(
            data={
                "text": "het gaat over iets",
                "intent": {"name": need, "confidence": sure},
                "metadata": {"asking": asking},
                DANGER_ODDS: danger_odds(odds),
            }
        )
        for need, sure, odds, asking in rows
    ]
    found = [one.get("entities") or [] for one in component(CrisisFinder).process(messages)]
    return [next((entity["value"] for entity in entities if entity["entity"] == "urgency"), None) for entities in found]


def answered(rows: list[list[Any]]) -> list[bool]:
    """Need heard, confidence, "now", path, question and perhaps the words → whether the question is answered."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    found = []
    for need, sure, now, path, name, *text in rows:
        message = Message(
            data={
                "text": text[0] if text else "hm",
                "intent": {"name": need, "confidence": sure},
                "entities": [{"entity": "danger_now", "value": now}],
            }
        )
        message.set(IN_WORDS, now == "words")
        found.append(may_be_answered(message, questions.all[name], path))
    return found


def before(rows: list[list[Any]]) -> list[bool]:
    """Need heard, whether danger is in the words, "now", question and its probability → whether it goes before, beside a path."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    config, found = QuestionClassifier.get_default_config(), []
    for need, in_words, now, name, probability in rows:
        entities = [{"entity": "danger_now", "value": now}]
        message = Message(data={"text": "hm", "intent": {"name": need, "confidence": 0.9}, "entities": entities})
        message.set(IN_WORDS, in_words)
        found.append(goes_before(message, questions.all[name], probability, config))
    return found


def corrected(rows: list[list[Any]]) -> list[bool]:
    """Need heard, path, words, whether danger is in them, what the hub says of now → whether they may correct a misunderstanding."""
    found = []
    for need, path, text, in_words, now in rows:
        message = Message(data={"text": text, "intent": {"name": need, "confidence": 1.0}, "metadata": {"asking": path, "now": now}})
        message.set(IN_WORDS, in_words)
        found.append(may_be_meant_otherwise(message))
    return found


# ---- what is remembered ----------------------------------------------------------------------------------------------


def a_turn(tracker: DialogueStateTracker, number: int, words: str) -> None:
    """A turn with clean clocks: what is measured is the state, not the digits of a time stamp."""
    at = 1_764_000_000.5 + number
    intent = {"name": ("sextortion", "affirm", "deny", "grooming", "privacy_question")[number % 5], "confidence": 0.875}
    entities = [{"entity": "who", "value": "friend", "start": 0, "end": 3}]
    parsed = {"text": words, "intent": intent, "entities": entities, "intent_ranking": [intent] * 5, "language": "nl"}
    said = f"utter_step_{number % 5}"
    for event in (
        UserUttered(words, intent, entities, parsed, at, "hub", f"m-{number}", metadata={"language": "nl"}),
        SlotSet("who", "friend", at),
        ActionExecuted(said, "policy", 0.5, at),
        BotUttered(f"Bericht {number % 5}", {"buttons": [{"title": "Ja", "payload": "/affirm"}]}, {"utter_action": said}, at),
        ActionExecuted(f"utter_ask_{number % 5}", "policy", 0.5, at),
        ActionExecuted("action_listen", "policy", 1.0, at),
    ):
        tracker.update(event, DOMAIN)


def names(state: dict[str, Any]) -> list[str]:
    """Actions and intents in order."""
    return [event.get("name") or event.get("parse_data", {}).get("intent", {}).get("name") or event["event"] for event in state["events"]]


def conversation(marker: str, turns: int) -> dict[str, Any]:
    """A long conversation, its state taken out, through JSON and back in at every turn."""
    state: Any = None
    sizes, states, starts = [], {}, set()
    for number in range(1, turns + 1):
        tracker = build_tracker("c", state, {"language": "nl", "urgency": "none"}, DOMAIN)
        a_turn(tracker, number, f"{marker} {number} " * 20)
        state = json.loads(json.dumps(compact(tracker)))
        sizes.append(len(json.dumps(state)))
        starts.add(names(state)[0])
        if number in (1, 2, 50, turns):
            states[str(number)] = state
    return {"sizes": sizes, "states": states, "starts": sorted(starts), "events": len(state["events"])}


def round_trip() -> dict[str, Any]:
    """Out, in and out again without a turn in between; slots mirrored by the hub; slots nobody knows."""
    tracker = build_tracker("c", None, {"language": "nl", "urgency": "none"}, DOMAIN)
    new = names(compact(tracker))
    for number in range(1, 4):
        a_turn(tracker, number, "kanariewoord")
    tracker.update(SlotSet("topic", "sextortion"), DOMAIN)
    tracker.update(SlotSet("age_group", "14_15"), DOMAIN)
    first = json.loads(json.dumps(compact(tracker)))
    later = build_tracker("other", first, MIRRORED, DOMAIN)
    strange = build_tracker("c", {"events": [], "slots": {"nonsense": 1, "topic": "grooming"}}, {**MIRRORED, "alien": "x"}, DOMAIN)
    return {
        "new": new,
        "first": first,
        "second": compact(later),
        "slots": later.current_slot_values(),
        "latest_action": later.latest_action_name,
        "sender": later.sender_id,
        "strange": strange.current_slot_values(),
        "empty": names(compact(build_tracker("c", {}, {}, DOMAIN))),
    }


def next_actions(rows: list[list[Any]]) -> list[str | None]:
    """What happened (actions, "you" for a message, "you:scenario" for one of its buttons, "no" for a rejection) and the place →
    the scenario policy's action."""
    answers = []
    for happened, place in rows:
        events: list[Any] = []
        for what in happened:
            if what.startswith("you"):
                entities = [{"entity": "scenario", "value": "menu"}] if what == "you:scenario" else []
                events.append(UserUttered("x", {"name": "affirm"}, entities))
            else:
                events.append(ActionExecutionRejected("action_scenario") if what == "no" else ActionExecuted(what))
        answers.append(next_action(events, place))
    return answers


async def way_back(rows: list[list[Any]]) -> list[list[str]]:
    """A reply and the slot `scenario` → the payloads of its buttons."""
    generator = VariedReplies(None, DOMAIN_WITH_REPLIES)  # type: ignore[arg-type]
    answers = []
    for reply, place in rows:
        tracker = DialogueStateTracker("c", DOMAIN.slots)
        for name, value in (("language", "nl"), ("scenario", place)):
            tracker.update(SlotSet(name, value))
        chosen = await generator.generate(reply, tracker, "hub") or {}
        answers.append([button["payload"] for button in chosen.get("buttons") or []])
    return answers


async def can_talk(rows: list[list[list[str]]]) -> list[str]:
    """Questions and answers → which of two variations of the next question about safety is said."""
    domain = DOMAIN.merge(Domain.load(str(ROOT / "data/responses/sextortion.yml")))
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    said = []
    for row in rows:
        tracker = DialogueStateTracker("c", domain.slots)
        tracker.update(SlotSet("language", "nl"))
        for question, answer in row:
            tracker.update(ActionExecuted(question))
            tracker.update(UserUttered(f"/{answer}", {"name": answer, "confidence": 1.0}))
        chosen = await generator.generate("utter_ask_sextortion_safe", tracker, "hub") or {}
        said.append(str(chosen["text"]))
    return said


async def in_place(rows: list[list[Any]]) -> list[list[bool]]:
    """Reply, intent and question → whether the question's answer is said in its place, now and once more in the same turn."""
    files = ("sextortion", "questions")
    domain = DOMAIN.merge(Domain.load([str(ROOT / f"data/responses/{name}.yml") for name in files]))
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    found = []
    for reply, intent, asked in rows:
        tracker = DialogueStateTracker("c", domain.slots)
        tracker.update(SlotSet("language", "nl"))
        entities = [{"entity": "question", "value": asked}] if asked else []
        tracker.update(UserUttered("ja?", {"name": intent, "confidence": 1.0}, entities))
        answers = {variation["text"] for variation in domain.responses[f"utter_question_{asked}"]} if asked else set()
        said = []
        for _ in range(2):
            text = (await generator.generate(reply, tracker, "hub") or {})["text"]
            tracker.update(BotUttered(text, metadata={"utter_action": reply}))
            said.append(text in answers)
        found.append(said)
    return found


def told(rows: list[list[Any]]) -> list[Any]:
    """Message, need heard, need whose path asks, what was told before → the entity that ToldBefore adds, or None."""
    finder, found = ToldBefore(), []
    for text, need, asking, known in rows:
        message = Message(data={"text": text, "intent": {"name": need}, "metadata": {"asking": asking, TOLD_BEFORE: known}})
        finder.process([message])
        found.append(next((one["value"] for one in message.get("entities", []) if one["entity"] == TOLD_BEFORE), None))
    return found


def confirmed(rows: list[list[Any]]) -> list[Any]:
    """The answer and what was told before it → the intent it has at the question what that person does."""
    finder, found = component(PathAnswer), []
    for text, known in rows:
        asked = {"question": "utter_ask_grooming_happened", "asking": "grooming", "titles": [], TOLD_BEFORE: known}
        message = Message(data={"text": text, "intent": {"name": "nlu_fallback", "confidence": 0.3}, "metadata": asked})
        finder.process([message])
        found.append(message.get("intent")["name"])
    return found


def on_a_path(rows: list[list[Any]]) -> list[Any]:
    """Answer, question, need whose path asks, need heard and its confidence → the intent after PathAnswer, and whether it is an answer."""
    finder, found = component(PathAnswer), []
    for text, question, asking, heard, sure in rows:
        asked = {"question": question, "asking": asking, "titles": []}
        message = Message(data={"text": text, "intent": {"name": heard, "confidence": sure}, "metadata": asked})
        finder.process([message])
        moment = message.get(SAYS_NOW) or message.get(SAYS_OVER)
        found.append([message.get("intent")["name"], bool(message.get(IS_ANSWER)) and not moment])
    return found


async def replies(said: dict[str, Any]) -> dict[str, Any]:
    """For each row (reply, slots, how often): the texts that VariedReplies picks one after the other."""
    domain = Domain.from_dict({**DOMAIN.as_dict(), "responses": said["responses"]})
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    answers: list[list[Any]] = []
    for reply, slots, times in said["rows"]:
        tracker = DialogueStateTracker("c", domain.slots)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        texts: list[Any] = []
        for _ in range(times):
            chosen = await generator.generate(reply, tracker, "hub")
            texts.append(chosen and chosen["text"])
            if chosen:
                tracker.update(BotUttered(chosen["text"], metadata={"utter_action": reply}))
                chosen["text"] = "spoiled by the caller"
        answers.append(texts)
    return {"picked": answers}


async def store() -> dict[str, Any]:
    """A store for three trackers, given more."""
    kept = BoundedTrackerStore(DOMAIN, limit=3)
    seen = []
    for name in ("a", "b", "c", "d", "b", "e"):
        await kept.save(DialogueStateTracker(name, DOMAIN.slots))
        seen.append(list(await kept.keys()))
    await kept.delete("nobody")
    before = {name: (found.sender_id if found else None) for name, found in [(name, await kept.retrieve(name)) for name in "abcde"]}
    await kept.delete("b")
    standard = BoundedTrackerStore(DOMAIN)
    for number in range(400):
        await standard.save(DialogueStateTracker(str(number), DOMAIN.slots))
    return {"seen": seen, "before": before, "after": list(await kept.keys()), "standard": len(list(await standard.keys()))}


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    said = {
        "languages": languages(asked["languages"]),
        "detected": detected(asked["detected"]),
        "roles": heard(asked["roles"], SpeakerRole),
        "ages": heard(asked["ages"], AgeGroup),
        "scenario_words": heard(asked["scenario_words"], ScenarioWords),
        "next_actions": next_actions(asked["next_actions"]),
        "way_back": asyncio.run(way_back(asked["way_back"])),
        "ranked": ranked(asked["ranked"]),
        "off_path": ranked(asked["off_path"]),
        "by_length": ranked(asked["by_length"]),
        "answered": answered(asked["answered"]),
        "goes_before": before(asked["goes_before"]),
        "corrected": corrected(asked["corrected"]),
        "crisis": crisis(asked["crisis"]),
        "on_its_path": crisis(asked["on_its_path"]),
        "now": now(asked["now"]),
        "odds": raised(asked["odds"]),
        "on_a_path": on_a_path(asked["on_a_path"]),
        "other_needs": [other_need(need, " ".join(words_of(text))) for text, need in asked["other_needs"]],
        "told": told(asked["told"]),
        "confirmed": confirmed(asked["confirmed"]),
        "conversation": conversation(asked["marker"], 300),
        "round_trip": round_trip(),
        "in_place": asyncio.run(in_place(asked["in_place"])),
        "can_talk": asyncio.run(can_talk(asked["can_talk"])),
        "replies": asyncio.run(replies(asked["replies"])),
        "store": asyncio.run(store()),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
