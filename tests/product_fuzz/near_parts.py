"""The stand-in bot without HTTP and a store without a database, for messages by the thousand; the real ones take the rest."""

from __future__ import annotations

import secrets
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from hub_world import TOKEN
from standin_bot import StandinBot

from channels.bot_client import BotClient, Question, turn_of
from channels.store import Accepted, Body, Conversation, Message, Offer, Outcome, Reply
from kernel.conversation import BotTurn, Bubble, Holder
from kernel.language import Language
from kernel.urgency import Urgency, highest


class NearBot(BotClient):
    """Answers at once."""

    def __init__(self) -> None:
        super().__init__(("http://127.0.0.1:9",), TOKEN)
        self.standin = StandinBot(TOKEN)

    async def ask(self, question: Question, seconds: float) -> BotTurn:
        """The stand-in's answer."""
        body = question.body()
        self.standin.asked.append(body)
        return turn_of(self.standin._answer(body))


@dataclass
class NearStore:
    """What the relay asks of a store in a conversation that nobody leaves; all in memory."""

    def __post_init__(self) -> None:
        self._kept: dict[str, Conversation] = {}
        self._done: dict[tuple[str, str], bool] = {}
        self.db = SimpleNamespace(within=_within)
        self.conversations = SimpleNamespace(get=self._get, raise_urgency=self._raise_urgency)
        self.teen_moves = SimpleNamespace(offer=self._offer)
        self.messages = SimpleNamespace(accept=self._accept, finish=self._finish, unfinished=self._unfinished)

    async def begin(self, language: Language, channel: str, greeting: Sequence[Bubble]) -> tuple[str, str, list[Reply]]:
        """A new conversation."""
        key = secrets.token_hex(16)
        self._kept[key] = Conversation(key, language, Holder.BOT, Urgency.NONE, 0)
        return key, "token", await self._finish(key, None, greeting, Outcome())

    async def _get(self, key: str) -> Conversation:
        return self._kept[key]

    async def _raise_urgency(self, key: str, level: Urgency) -> None:
        self._kept[key] = replace(self._kept[key], urgency=highest(self._kept[key].urgency, level))

    async def _offer(self, key: str, offer: Offer) -> SimpleNamespace:
        """A person was offered before: no card, no news."""
        await self._raise_urgency(key, highest(Urgency.HIGH, offer.level))
        return SimpleNamespace(escalation=SimpleNamespace(is_held=False), is_card_due=False, is_news=False)

    async def _accept(
        self, key: str, message_id: str, body: Body, level: Urgency, *, is_command: bool, danger: Offer | None = None, waits: bool = False
    ) -> Accepted:
        if waits and not self._kept[key].urgency.is_danger:
            level, danger = Urgency.NONE, None
        await self._raise_urgency(key, level)
        is_new = (key, message_id) not in self._done
        offered: Any = await self._offer(key, danger) if danger is not None and is_new else None
        return Accepted(is_new, self._done.setdefault((key, message_id), False), offered=offered)

    async def _finish(self, key: str, message_id: str | None, bubbles: Sequence[Bubble], outcome: Outcome) -> list[Reply]:
        await self._raise_urgency(key, outcome.urgency)
        before = self._kept[key]
        if message_id is not None:
            assert self._done.get((key, message_id)) is False, "answered twice, or never accepted"
            self._done[key, message_id] = True
        language, memory = outcome.language or before.language, before.memory if outcome.memory is None else outcome.memory
        self._kept[key] = replace(before, language=language, memory=memory, last_seq=before.last_seq + len(bubbles))
        return [Reply(seq, message_id, bubble) for seq, bubble in enumerate(bubbles, before.last_seq + 1)]

    async def _unfinished(self, *_: Any, **__: Any) -> list[Message]:
        return []


async def _within[T](_seconds: float, work: Coroutine[Any, Any, T]) -> T:
    return await work
