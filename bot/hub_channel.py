"""The bot's one door: a message and the conversation's compact state come in, the answer and the new state go out.

Nothing is kept between turns but the answers of the last minute or so, so that a repeated message id gets the same
answer. The hub's urgency is the truth; here it is mirrored into a slot.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, Optional
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answer_memory import AnswerMemory
from bot.asked import asked_questions
from bot.conversation_state import build_tracker, left_path, what_is_open
from bot.reading import UNFINISHED, Reader, still_unfinished
from bot.turn_answered import as_answer, latest_parsed
from bot.turn_asked import is_well_formed, pressed, text_for_rasa, what_it_may_answer
from kernel.urgency import Urgency

logger = logging.getLogger(__name__)
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
        self._reader = Reader.of(asked_questions())
        self._answers = AnswerMemory()
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
            if not is_well_formed(asked):
                return response.json({"error": "malformed"}, status=400)
            agent: Agent = request.app.ctx.agent
            if not agent.is_ready():
                return response.json({"error": "starting"}, status=503)
            key = f"{asked['conversation']}/{asked['message_id']}"
            async with self._turn_of(asked["conversation"]):
                answer = self._answers.recall(key)
                if answer is None:
                    answer = await self._answer(agent, asked)
                    self._answers.keep(key, answer)
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

    async def _answer(self, agent: Agent, asked: Dict[str, Any]) -> Dict[str, Any]:
        conversation, language = asked["conversation"], asked["language"]
        mirrored = {"language": language, "urgency": str(Urgency.parse(asked["urgency"]))}
        state = left_path(asked.get("state")) if asked.get("leaves_path") is True else asked.get("state")
        tracker = build_tracker(conversation, state, mirrored, agent.domain)
        said = CollectingOutputChannel()
        text, unfinished = text_for_rasa(asked), tracker.get_slot(UNFINISHED)
        message = UserMessage(
            text,
            said,
            conversation,
            parse_data=pressed(asked),
            input_channel=self.name(),
            message_id=asked["message_id"],
            metadata={**mirrored, "now": asked.get("now") is True, **what_it_may_answer(tracker, agent.domain, language)},
        )
        processor: Any = agent.processor  # a TurnProcessor; the agent is ready
        if message.parse_data is None and not tracker.get_slot("scenario"):  # what is said to a story is read as it stands
            message.parse_data = await self._reader.read(processor, message, unfinished)
        await processor.turn(message, tracker)
        tracker.update(SlotSet(UNFINISHED, self._unfinished(asked, tracker, unfinished)))
        return as_answer(tracker, said.messages, mirrored)

    @staticmethod
    def _unfinished(asked: Dict[str, Any], tracker: DialogueStateTracker, before: Optional[str]) -> Optional[str]:
        """The words that are not understood yet, kept for the next message; none of what was pressed."""
        parsed = latest_parsed(tracker)
        question = next((entity.get("value") for entity in parsed.get("entities") or () if entity.get("entity") == "question"), None)
        heard = (parsed.get("intent") or {}).get("name")
        return None if asked.get("payload") else still_unfinished(before, str(asked["text"]), heard, question, what_is_open(tracker))
