"""The bot's one door: a message and the conversation's compact state come in, the answer and the new state go out.

Nothing is kept between turns but a small memory of the latest answers, so that a repeated message id gets the same
answer. The hub's urgency is the truth; here it is mirrored into a slot.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import re
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.conversation_state import TOLD_BEFORE, build_tracker, compact, open_question, question_asked
from bot.policies.danger_now import ANSWERS_NOW
from bot.reading import UNFINISHED, Reader, still_unfinished
from bot.yaml12 import read_yaml
from kernel.need import ANSWERS, IS_NOW, MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, ON_THE_WAY
from kernel.questions import Questions
from kernel.urgency import Urgency, highest

logger = logging.getLogger(__name__)
_REMEMBERED_ANSWERS = 512
_MAX_CHARACTERS = 1000
_TELLS = re.compile(r"/(?P<entity>scenario|age_group):(?P<value>[\w/]+)")
"""A button that tells something instead of a need: a step of a scenario, an age."""
_SCENARIO = "action_scenario"
_ASKED = Path(__file__).resolve().parents[1] / "data" / "questions" / "asked.yml"
# The last has no word of any list, so that lingua loads its models too (two seconds that no teenager should wait for).
_WARM_UP = (("nl", "hallo, kan ik hier praten?"), ("fr", "bonjour, je peux parler ici ?"), ("nl", "alfa bravo tango foxtrot sierra"))


class HubChannel(InputChannel):
    """`POST /webhooks/hub/turn` and `GET /webhooks/hub/ready`, both guarded by the hub's token."""

    @classmethod
    def name(cls) -> str:
        """Under `/webhooks/`."""
        return "hub"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> "HubChannel":
        """Raises RasaException when the token is missing: an unguarded bot does not start."""
        token = str((credentials or {}).get("token") or "")
        if not token or token.startswith("${"):
            cls.raise_missing_credentials_exception()
        return cls(token)

    def __init__(self, token: str) -> None:
        self._token = token
        self._reader = Reader(_questions().begins)
        self._answers: "OrderedDict[str, Dict[str, Any]]" = OrderedDict()
        self._turns: "WeakValueDictionary[str, asyncio.Lock]" = WeakValueDictionary()
        self._warming: Optional["asyncio.Task[None]"] = None

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes."""
        door = Blueprint("hub_channel", "hub_channel")

        @door.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            if not self._is_hub(request):
                return response.json({"error": "forbidden"}, status=403)
            is_warm = await self._is_warm(request.app.ctx)
            model = os.environ.get("BOT_MODEL_HASH", "")
            return response.json({"ready": is_warm, "model": model}, status=200 if is_warm else 503)

        @door.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_hub(request):
                return response.json({"error": "forbidden"}, status=403)
            asked = request.json
            if not _is_well_formed(asked):
                return response.json({"error": "malformed"}, status=400)
            agent: Agent = request.app.ctx.agent
            if not agent.is_ready():
                return response.json({"error": "starting"}, status=503)
            key = f"{asked['conversation']}/{asked['message_id']}"
            async with self._turn_of(asked["conversation"]):
                answer = self._answers.get(key)
                if answer is None:
                    answer = await self._answer(agent, asked)
                    self._remember(key, answer)
            return response.json(answer)

        return door

    def _turn_of(self, conversation: str) -> asyncio.Lock:
        """One turn of a conversation at a time: its tracker stands under its id while it runs. Gone when nobody holds it."""
        lock = self._turns.get(conversation)
        if lock is None:
            lock = self._turns[conversation] = asyncio.Lock()
        return lock

    def _is_hub(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())

    async def _is_warm(self, ctx: Any) -> bool:
        """The first turn after loading takes a second and more: it is done before the bot calls itself ready."""
        agent: Optional[Agent] = getattr(ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return False
        if self._warming is not None and self._warming.done() and self._warming.exception() is not None:
            logger.error("warming up failed: %s", type(self._warming.exception()).__name__)
            self._warming = None
        if self._warming is None:
            self._warming = asyncio.create_task(self._warm_up(agent))
        return self._warming.done()

    async def _warm_up(self, agent: Agent) -> None:
        """One message per language is understood and one whole turn is made; that one calls no action."""
        for language, text in _WARM_UP:
            # Not agent.parse_message: that takes a bare text, which would be read in no language.
            await agent.processor.parse_message(UserMessage(text, metadata={"language": language}))
            asked = {"conversation": "warm-up", "message_id": "", "text": "", "payload": "/affirm", "language": language, "urgency": "none"}
            await self._answer(agent, asked)

    def _remember(self, key: str, answer: Dict[str, Any]) -> None:
        self._answers[key] = answer
        while len(self._answers) > _REMEMBERED_ANSWERS:
            self._answers.popitem(last=False)

    async def _answer(self, agent: Agent, asked: Dict[str, Any]) -> Dict[str, Any]:
        conversation, language = asked["conversation"], asked["language"]
        mirrored = {"language": language, "urgency": str(Urgency.parse(asked["urgency"]))}
        tracker = build_tracker(conversation, asked.get("state"), mirrored, agent.domain)
        said = CollectingOutputChannel()
        text, unfinished = _text_for_rasa(asked), tracker.get_slot(UNFINISHED)
        message = UserMessage(
            text,
            said,
            conversation,
            parse_data=_pressed(asked),
            input_channel=self.name(),
            message_id=asked["message_id"],
            metadata={**mirrored, "now": asked.get("now") is True, **_asked(tracker, agent.domain, language)},
        )
        processor: Any = agent.processor  # a TurnProcessor; the agent is ready
        if message.parse_data is None and not tracker.get_slot("scenario"):  # what is said to a story is read as it stands
            message.parse_data = await self._reader.read(processor, message, unfinished)
        await processor.turn(message, tracker)
        tracker.update(SlotSet(UNFINISHED, self._unfinished(asked, tracker, unfinished)))
        return _as_answer(tracker, said.messages, mirrored)

    @staticmethod
    def _unfinished(asked: Dict[str, Any], tracker: DialogueStateTracker, before: Optional[str]) -> Optional[str]:
        """The words that are not understood yet, kept for the next message; none of what was pressed."""
        parsed = _latest_parsed(tracker)
        question = next((entity.get("value") for entity in parsed.get("entities") or () if entity.get("entity") == "question"), None)
        heard = (parsed.get("intent") or {}).get("name")
        return None if asked.get("payload") else still_unfinished(before, str(asked["text"]), heard, question, open_question(tracker))


def _asked(tracker: DialogueStateTracker, domain: Domain, language: str) -> Dict[str, Any]:
    """What the message may be an answer to: the question, the need whose path asks it, its buttons as title and meaning.

    `topic`: the need the conversation is about, also while something beside its path was asked; `told`: how often it was told;
    `was_now`: a danger was met as one of this moment before; `in_words`: reviewed terms found danger before, not the
    model alone; `told_before`: what the path's own questions need not ask anew.
    """
    topic = tracker.get_slot("topic")
    question = question_asked(tracker)
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
        "question": question,
        "titles": titles,
        "told": told,
        TOLD_BEFORE: tracker.get_slot(TOLD_BEFORE),
        "was_now": _was_now(tracker),
        "in_words": tracker.get_slot("danger_in_words") is not None,
    }


def _was_now(tracker: DialogueStateTracker) -> bool:
    """Whether an answer to danger now was said in this conversation (bot/policies/danger_now.py)."""
    return any(isinstance(event, ActionExecuted) and str(event.action_name) in ANSWERS_NOW for event in tracker.events)


def _is_well_formed(asked: Any) -> bool:
    if not isinstance(asked, dict):
        return False
    strings = all(isinstance(asked.get(key), str) for key in ("conversation", "message_id", "text", "urgency"))
    return (
        strings
        and asked.get("language") in ("nl", "fr")
        and isinstance(asked.get("state"), (dict, type(None)))
        and isinstance(asked.get("payload"), (str, type(None)))
        and isinstance(asked.get("now", False), bool)
        and bool(asked["conversation"])
    )


def _text_for_rasa(asked: Dict[str, Any]) -> str:
    """A button's payload as it is; typed text never starts with "/", or Rasa would obey it (rasa-traps.md, 20)."""
    payload = asked.get("payload")
    if payload:
        return str(payload)
    return str(asked["text"])[:_MAX_CHARACTERS].lstrip().lstrip("/").strip() or "…"


def _pressed(asked: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    """What a button means is known: no need to understand it first (measured: half of such a turn)."""
    payload = asked.get("payload") or ""
    tells = _TELLS.fullmatch(payload)
    name = NOT_UNDERSTOOD if tells else payload[1:]
    if payload[:1] != "/" or (name not in NEEDS and name != NOT_UNDERSTOOD):
        return None
    intent = {"name": name, "confidence": 1.0}
    entities = [{"entity": tells["entity"], "value": tells["value"], "start": 0, "end": len(payload)}] if tells else []
    return {"text": payload, "intent": intent, "intent_ranking": [intent], "entities": entities}


def _as_answer(tracker: DialogueStateTracker, said: List[Dict[str, Any]], mirrored: Dict[str, str]) -> Dict[str, Any]:
    parsed: Dict[str, Any] = dict(tracker.latest_message.parse_data) if tracker.latest_message else {}
    heard = _heard(tracker)
    slots = tracker.current_slot_values()
    is_played = _is_played(tracker)
    if is_played and heard["name"] not in ANSWERS:
        heard |= {"name": None, "confidence": 0.0}  # what was said to a story is no need of the teenager's, nor a danger
    urgency = Urgency.NONE if is_played else Urgency.parse(slots.get("urgency"))
    shown = {name: slots.get(name) for name in ("language", "urgency", "who", "age_group", "topic")}
    return {
        "messages": _bubbles(said),
        "need": heard["name"],
        "confidence": heard["confidence"],
        "urgency": str(highest(Urgency.parse(mirrored["urgency"]), urgency)),
        "language": slots.get("language") or mirrored["language"],
        "detected": heard["language"] or slots.get("language") or mirrored["language"],
        "says_now": not is_played and _says_now(parsed),
        "takes_back": not is_played and (parsed.get("intent") or {}).get("name") == MEANT_OTHERWISE,
        "slots": shown | {"scenario": slots.get("scenario") if is_played else None},
        "acted": _acted(tracker),
        "state": compact(tracker),
    }


def _says_now(parsed: Dict[str, Any]) -> bool:
    """Whether this very message says that the danger is now (the slot may be an earlier one's)."""
    return any(entity.get("entity") == "danger_now" and entity.get("value") in IS_NOW for entity in parsed.get("entities") or ())


def _is_played(tracker: DialogueStateTracker) -> bool:
    """Whether the message was taken as an answer in a scenario: its action was the first of the turn."""
    first = None
    for event in reversed(tracker.events):
        if event.type_name == "user":
            break
        if event.type_name == "action" and event.action_name != ACTION_LISTEN_NAME:
            first = event.action_name
    return first == _SCENARIO


def _acted(tracker: DialogueStateTracker) -> List[str]:
    """The custom actions of this turn: with several hubs, another one may have served them."""
    names: List[str] = []
    for event in reversed(tracker.events):
        if event.type_name == "user":
            break
        if event.type_name == "action" and str(event.action_name).startswith("action_") and event.action_name != ACTION_LISTEN_NAME:
            names.insert(0, str(event.action_name))
    return names


def _latest_parsed(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """What was understood, looked up among all events: the tracker may have undone the message (fallback)."""
    return next((dict(event.parse_data or {}) for event in reversed(tracker.events) if isinstance(event, UserUttered)), {})


def _heard(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """The need that was heard. A question on the way belongs to the need whose path it was asked on; beside a path it asks what one can
    get here."""
    parsed = _latest_parsed(tracker)
    intent = parsed.get("intent") or {}
    name = intent.get("name")
    if name in (ON_THE_WAY, MEANT_OTHERWISE):
        name = "off_topic" if _is_small_talk(parsed) else tracker.get_slot("topic") or "what_can_you_do"
    return {
        "name": name if name in NEEDS else None,
        "confidence": float(intent.get("confidence") or 0.0),
        "language": parsed.get("language"),
    }


def _is_small_talk(parsed: Dict[str, Any]) -> bool:
    """Whether the question on the way is one that is answered in place of small talk: it turns away from whatever was told before."""
    asked = next((entity.get("value") for entity in parsed.get("entities") or () if entity.get("entity") == "question"), None)
    question = _questions().all.get(str(asked))
    return question is not None and question.instead is not None


@lru_cache(None)
def _questions() -> Questions:
    return Questions(read_yaml(_ASKED)["questions"])


def _bubbles(said: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Text bubbles in order; with the last one go the ids of helplines, quietly beneath the talk, and the buttons of all: the page
    keeps one set of buttons a turn, the question's own first."""
    bubbles: List[Dict[str, Any]] = []
    lines: List[str] = []
    choices: List[Dict[str, str]] = []
    for message in said:
        lines += [line for line in (message.get("custom") or {}).get("helplines", []) if line not in lines]
        if message.get("text"):
            offered = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
            choices = offered + [choice for choice in choices if choice not in offered]
            bubbles.append({"text": message["text"], "choices": [], "helplines": []})
    if bubbles:
        bubbles[-1] |= {"choices": choices, "helplines": lines[:3]}
    return bubbles
