"""What the hub asks in a turn, as Rasa reads it: well formed or not, the words or the button, and what they may be an answer to."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.asked import asked_questions
from bot.components.question_classifier import MAY_ASK
from bot.conversation_state import DID, OFFERS_QUESTIONS, TOLD_BEFORE, open_question, question_asked
from bot.policies.now_turns import ANSWERS_NOW
from bot.policies.open_danger import is_body_open
from bot.reading import TALK_ASKED, TALK_ON
from bot.turn_answered import was_helped
from kernel.denial import ASKS_TO_DIE, walked
from kernel.need import NEEDS, NOT_UNDERSTOOD, ON_THE_WAY
from kernel.paths import QUESTION
from kernel.question import REPLY, Question
from kernel.questions import NOT_ALONE
from kernel.speakers import HARM

_MAX_CHARACTERS = 1000
_TO_DOERS = f"{REPLY}did_wrong"
_TO_WHO_IS_NOT_ALONE = frozenset(f"{REPLY}{name}" for name in NOT_ALONE)
_GOES_ON = frozenset({TALK_ON, TALK_ASKED})
_TELLS = re.compile(r"/(?P<entity>scenario|age_group|question):(?P<value>[\w/]+)")
"""A button that tells something instead of a need: a step of a scenario, an age, a question that is asked."""


def what_it_may_answer(tracker: DialogueStateTracker, domain: Domain, language: str) -> Dict[str, Any]:
    """What the message may be an answer to: the question, the need whose path asks it, its buttons as title and meaning.

    `topic`: the need the conversation is about, also while something beside its path was asked; `who`: whom it is about;
    `told`: how often it was told;
    `was_now`: a danger was met as one of this moment before; `body`: pills or blood, and no help is on its way yet;
    `helped`: help was called or has come since; `walked`: the needs whose own questions were asked, the latest first; `told_in_words`: the
    need of the danger that reviewed terms found last; `in_words`: reviewed terms found danger before, not the
    model alone; `told_before`: what the path's own questions need not ask anew; `said`: the words of the bot's last bubble;
    `talk`: the question beside any path that stands alone
    and was answered last, None where something else was; `small_talk`: whether it was about nothing serious; `opened`: it was said that
    there is something to tell, and nothing else yet; `did`: what the writer said that they did to somebody;
    `no_wish`: the question about dying was answered with no; `offered`: the questions that were offered just now, None for none;
    `was_not_alone`: they were told what to do while somebody is near.
    """
    topic = tracker.get_slot("topic")
    question = question_asked(tracker)
    talk = None if topic else _alone_before(tracker)
    titles = [
        [button["title"], button["payload"][1:]]
        for variation in domain.responses.get(question or "", [])
        if any(rule.get("name") == "language" and rule.get("value") == language for rule in variation.get("condition") or [])
        for button in variation.get("buttons") or []
        if button["payload"][1:] in NEEDS
    ]
    told = sum(1 for event in tracker.events if isinstance(event, UserUttered) and event.intent.get("name") == topic)
    return {
        "asking": open_question(tracker),
        "topic": topic,
        "who": tracker.get_slot("who"),
        "question": question,
        "titles": titles,
        "told": told,
        TOLD_BEFORE: tracker.get_slot(TOLD_BEFORE),
        "said": _said_last(tracker),
        "was_now": _was_now(tracker),
        "body": is_body_open(list(tracker.events)),
        "helped": was_helped(tracker),
        "talk": talk and talk.name,
        "no_wish": _denied_wish(tracker),
        "offered": tracker.get_slot(MAY_ASK) if _said_reply(tracker) == OFFERS_QUESTIONS else None,
        "was_not_alone": _said_reply(tracker) in _TO_WHO_IS_NOT_ALONE,
        "small_talk": talk is not None and not talk.serious,
        "opened": talk is not None and talk.opens,
        "walked": walked([str(event.action_name) for event in tracker.events if isinstance(event, ActionExecuted)]),
        "told_in_words": tracker.get_slot("danger_in_words"),
        "in_words": tracker.get_slot("danger_in_words") is not None,
        DID: did_it(tracker),
    }


def did_it(tracker: DialogueStateTracker) -> Optional[str]:
    """What the writer told that they did to somebody (bot/components/doers.py); None for nothing."""
    told = (tracker.get_slot(TOLD_BEFORE) or {}).get(DID)
    said = any(isinstance(event, BotUttered) and (event.metadata or {}).get("utter_action") == _TO_DOERS for event in tracker.events)
    return str(told) if told else HARM if said else None


def _said_last(tracker: DialogueStateTracker) -> str:
    """What the bot's last bubble said; "" where it said nothing yet."""
    return next((str(event.text or "") for event in reversed(tracker.events) if isinstance(event, BotUttered)), "")


def _denied_wish(tracker: DialogueStateTracker) -> bool:
    """Whether the latest answer to the question about dying was no."""
    answers: List[Any] = []
    asked = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            answers += [event.intent.get("name")] if asked == ASKS_TO_DIE else []
            asked = None
        elif isinstance(event, ActionExecuted) and str(event.action_name).startswith(QUESTION):
            asked = str(event.action_name)
    return answers[-1:] == ["deny"]


def _said_reply(tracker: DialogueStateTracker) -> str:
    """The name of the reply in the bot's last bubble; "" where it said nothing yet."""
    said = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return str((said.metadata or {}).get("utter_action") or "") if said is not None else ""


def _was_now(tracker: DialogueStateTracker) -> bool:
    """Whether an answer to danger now was said in this conversation (bot/policies/now_turns.py)."""
    return any(isinstance(event, ActionExecuted) and str(event.action_name) in ANSWERS_NOW for event in tracker.events)


def _alone_before(tracker: DialogueStateTracker) -> Optional[Question]:
    """What stands alone ("mijn kat is dood") and was all that the bot said last; None where it said something else. Where the talk of it
    went on since ("Oké, en toen?"), that which it began with. Helplines beside something serious are no other words."""
    found: Optional[Question] = None
    has_lines = says_law = False
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            name = str((event.metadata or {}).get("utter_action") or "")
            if not name and not event.text:
                has_lines = True
                continue
            if not name and not says_law:
                says_law = True  # what the law says stands behind its answer, in a bubble without a name
                continue
            question = asked_questions().all.get(name.removeprefix(REPLY)) if name.startswith(REPLY) else None
            if says_law and (question is None or question.law is None):
                break
            says_law = False
            if question is None or not question.alone or (has_lines and not question.serious):
                break
            found, has_lines = question, False
            if question.name not in _GOES_ON:
                break
    return found


def is_well_formed(asked: Any) -> bool:
    """Whether the hub's JSON holds what a turn needs, each of its kind."""
    if not isinstance(asked, dict):
        return False
    strings = all(isinstance(asked.get(key), str) for key in ("conversation", "message_id", "text", "urgency"))
    return (
        strings
        and asked.get("language") in ("nl", "fr")
        and isinstance(asked.get("state"), (dict, type(None)))
        and isinstance(asked.get("payload"), (str, type(None)))
        and all(isinstance(asked.get(flag, False), bool) for flag in ("now", "leaves_path"))
        and bool(asked["conversation"])
    )


def text_for_rasa(asked: Dict[str, Any]) -> str:
    """A button's payload as it is; typed text never starts with "/", or Rasa would obey it (rasa-traps.md, 20)."""
    payload = asked.get("payload")
    if payload:
        return str(payload)
    return str(asked["text"])[:_MAX_CHARACTERS].lstrip().lstrip("/").strip() or "…"


def pressed(asked: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    """What a button means is known: no need to understand it first (measured: half of such a turn)."""
    payload = asked.get("payload") or ""
    tells = _TELLS.fullmatch(payload)
    name = payload[1:] if tells is None else ON_THE_WAY if tells["entity"] == "question" else NOT_UNDERSTOOD
    if payload[:1] != "/" or (name not in NEEDS and tells is None and name != NOT_UNDERSTOOD):
        return None
    intent = {"name": name, "confidence": 1.0}
    entities = [{"entity": tells["entity"], "value": tells["value"], "start": 0, "end": len(payload)}] if tells else []
    return {"text": payload, "intent": intent, "intent_ranking": [intent], "entities": entities}
