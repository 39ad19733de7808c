"""Runs in the bot's environment, for inside_bot.py: what is remembered of a conversation, done next and said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import build_tracker, compact, left_path, what_is_open
from bot.policies.scenario import next_action
from bot.replies import VariedReplies
from bot.tracker_store import BoundedTrackerStore
from bot.turn_asked import what_it_may_answer

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = Domain.load(str(ROOT / "data/domain.yml"))
DOMAIN_WITH_REPLIES = DOMAIN.merge(Domain.load([str(ROOT / "data/responses/scenario.yml"), str(ROOT / "data/responses/sextortion.yml")]))
MIRRORED = {"language": "fr", "urgency": "high"}


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
        "left": left(first),
        "empty": names(compact(build_tracker("c", {}, {}, DOMAIN))),
    }


def left(state: dict[str, Any]) -> dict[str, Any]:
    """The state of a path that is left, also where there was none yet: what stands in it, its slots, the question that is open."""
    trackers = [build_tracker("c", json.loads(json.dumps(left_path(each))), MIRRORED, DOMAIN) for each in (state, None)]
    return {
        "names": [names(compact(tracker)) for tracker in trackers],
        "slots": [tracker.current_slot_values() for tracker in trackers],
        "open": [what_is_open(tracker) for tracker in trackers],
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


async def after_words(said: dict[str, Any]) -> list[str]:
    """For each row (reply, what was typed): the text that is said to it, in Dutch."""
    domain = Domain.from_dict({**DOMAIN.as_dict(), "responses": said["responses"]})
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    answers = []
    for reply, typed in said["rows"]:
        tracker = DialogueStateTracker("c", domain.slots)
        tracker.update(SlotSet("language", "nl"))
        tracker.update(UserUttered(typed, {"name": "affirm", "confidence": 1.0}))
        answers.append(str((await generator.generate(reply, tracker, "hub") or {})["text"]))
    return answers


async def in_place(rows: list[list[Any]]) -> list[list[bool]]:
    """Reply, intent, question and what was asked before → whether the question's answer is said in its place, now and once more in the
    same turn."""
    files = ("sextortion", "questions")
    domain = DOMAIN.merge(Domain.load([str(ROOT / f"data/responses/{name}.yml") for name in files]))
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    found = []
    for reply, intent, asked, before in rows:
        tracker = DialogueStateTracker("c", domain.slots)
        tracker.update(BotUttered("?", metadata={"utter_action": before}))
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


async def ahead(rows: list[list[str]]) -> list[bool]:
    """Reply and who it is about → whether what is said names 112 and the police, where violence is announced."""
    domain = DOMAIN.merge(Domain.load([str(ROOT / f"data/responses/{name}.yml") for name in ("cyberbullying", "sextortion")]))
    generator, found = VariedReplies(None, domain), []  # type: ignore[arg-type]
    for reply, who in rows:
        tracker = DialogueStateTracker("c", domain.slots)
        for slot, value in (("language", "nl"), ("who", who)):
            tracker.update(SlotSet(slot, value))
        tracker.update(UserUttered("x", {"name": "cyberbullying", "confidence": 1.0}, [{"entity": "violence_ahead", "value": "yes"}]))
        text = (await generator.generate(reply, tracker, "hub") or {})["text"]
        found.append("112" in text and "101" in text)
    return found


async def situations(said: dict[str, Any]) -> list[list[str]]:
    """For each row (remark, what is told of a danger now, who it is about): what is said to it, and to the same once more."""
    domain = Domain.from_dict({**DOMAIN.as_dict(), "responses": said["responses"]})
    generator = VariedReplies(None, domain)  # type: ignore[arg-type]
    found = []
    for reply, told, who in said["rows"]:
        tracker, texts = DialogueStateTracker("c", domain.slots), []
        for name, value in (("language", "nl"), ("who", who)):
            tracker.update(SlotSet(name, value))
        for _ in range(2):
            entities = [{"entity": "situation", "value": told}] if told else []
            tracker.update(UserUttered("hij slaapt", {"name": "deny", "confidence": 1.0}, entities))
            texts.append(str((await generator.generate(reply, tracker, "hub") or {})["text"]))
            tracker.update(BotUttered(texts[-1], metadata={"utter_action": reply}))
        found.append(texts)
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


def _after(turns: list[tuple[str, str, str]]) -> dict[str, Any]:
    """What a message may answer behind these turns: intent, action, the reply that its bubble said."""
    tracker = build_tracker("c", None, {"language": "nl", "urgency": "none"}, DOMAIN)
    tracker.update(SlotSet("may_ask", "cost|on_bill"))
    for intent, action, reply in turns:
        tracker.update(UserUttered("…", {"name": intent}))
        tracker.update(ActionExecuted(action))
        tracker.update(BotUttered("…", metadata={"utter_action": reply}))
        tracker.update(ActionExecuted("action_listen"))
    told = what_it_may_answer(tracker, DOMAIN, "nl")
    return {name: told[name] for name in ("question", "offered", "was_not_alone", "no_wish")}


def _talk_behind(question: str) -> Any:
    """What stands alone and was said last, where helplines stand below the answer to this question."""
    tracker = build_tracker("c", None, {"language": "nl", "urgency": "none"}, DOMAIN)
    tracker.update(UserUttered("…", {"name": "question_on_the_way"}))
    tracker.update(BotUttered("…", metadata={"utter_action": f"utter_question_{question}"}))
    tracker.update(BotUttered(None, {"custom": {"helplines": ["awel"]}}))
    return what_it_may_answer(tracker, DOMAIN, "nl")["talk"]


def may_answer() -> dict[str, Any]:
    """Behind a path's question alone, and behind what was said to the next message."""
    asks, dying = ("sextortion", *["utter_ask_sextortion_tell"] * 2), ("suicidal", *["utter_ask_suicidal_now"] * 2)
    answers = "action_answer_question"
    return {
        "asked": _after([asks]),
        "offered": _after([asks, ("question_on_the_way", answers, "utter_question_meant")]),
        "not_alone": _after([asks, ("question_on_the_way", answers, "utter_question_not_alone")]),
        "no": _after([dying, ("deny", *["utter_ask_suicidal_with"] * 2)]),
        "yes": _after([dying, ("deny", *["utter_ask_suicidal_now"] * 2), ("affirm", *["utter_ask_suicidal_with"] * 2)]),
        "lines": {name: _talk_behind(name) for name in ("family_ill", "cry_help", "what_to_do")},
    }


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
