"""One round through a Telegram chat: everything that is to be done in it now, the answers before what only looks nicer."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from channels.delivery import STORE_WITHIN_S
from channels.fanout import CardShown, Replied
from channels.logs import log_of
from channels.public.telegram_api import DELETED_AT_ONCE, Blocked, Later, Parcel, Refused, Rows, TelegramApi
from channels.public.telegram_cards import CardState, CardView
from channels.public.telegram_courier import Courier, Noting
from channels.public.telegram_view import View
from channels.relay import Relay
from channels.store import Gone, OpenCard, Reply, Undelivered
from kernel.conversation import Holder
from kernel.language import Language

_LOG = log_of("telegram")
LATE_AFTER_S = 300.0
"""After so long without a word of the teenager their screen may lie open to others: an answer is announced neutrally first."""


@dataclass(slots=True)
class Chat:
    """What is to be done in one chat, beside what the store says."""

    key: str
    number: int | None = None
    conversation_id: str | None = None
    taps: deque[tuple[str, str | None]] = field(default_factory=deque)
    edits: deque[tuple[int, Parcel | Rows]] = field(default_factory=deque)
    unstored: deque[Replied] = field(default_factory=deque)
    card: CardShown | None = None
    looks_for_card: bool = False
    redraws_card: bool = False
    is_typing: bool = False
    typed_at: float = 0.0
    is_wiping: bool = False
    has_doomed: bool = False
    is_awake: bool = False
    is_waiting: bool = False
    has_moved: bool = False
    task: asyncio.Task[None] | None = None


class Rounds:
    """Methods raise Later, Blocked and StorageFailed; what was done by then stays done, and the next round goes on after it."""

    def __init__(self, relay: Relay, api: TelegramApi, courier: Courier, view: View, cards: CardView) -> None:
        self._relay, self._store = relay, relay.store
        self._api, self._courier, self._view, self._cards = api, courier, view, cards

    async def run(self, chat: Chat) -> None:
        """Everything that is to be done now."""
        await self._answer_taps(chat)
        await self._edit(chat)
        await self._say_unstored(chat)
        state = await self._state(chat)
        if state is not None:
            chat.number = state.number
            await self._type(chat, state)
            if await self._replies(chat, state):
                await self._card(chat, state)
        await self._delete(chat)
        await self._edit(chat)
        if chat.edits:
            raise Later

    async def leave(self, chat: Chat) -> None:
        """Blocked: the conversation is left, nothing is tried again until the teenager writes. Raises StorageFailed."""
        for waiting in (chat.taps, chat.edits, chat.unstored):
            waiting.clear()
        chat.card, chat.looks_for_card, chat.redraws_card = None, False, False
        state = await self._state(chat)
        if state is None:
            return
        await self._relay.leave(state.conversation_id, state.language, is_silent=True)
        await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.blocked(chat.key))
        _LOG.info("chat blocked")

    async def open_card(self, key: str) -> tuple[OpenCard, CardState] | None:
        """The card that the chat shows."""
        found = await self._store.db.within(STORE_WITHIN_S, self._store.telegram_cards.get(key))
        return (found, CardState.of(found.handoff_id, found.body)) if found is not None else None

    async def _state(self, chat: Chat) -> Undelivered | None:
        return await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.undelivered(chat.key))

    # ---- taps, buttons, typing -----------------------------------------------------------------------------------

    async def _answer_taps(self, chat: Chat) -> None:
        while chat.taps:
            try:
                await self._api.answer_tap(*chat.taps.popleft())
            except (Later, Refused, Blocked):
                continue  # the sign of waiting ends by itself

    async def _edit(self, chat: Chat) -> None:
        """Tried again later when Telegram does not take it now, and never instead of an answer."""
        while chat.edits and chat.number is not None:
            message_id, to = chat.edits[0]
            try:
                if isinstance(to, Parcel):
                    await self._api.edit(chat.number, message_id, to)
                else:
                    await self._api.set_buttons(chat.number, message_id, to)
            except Later:
                return
            except Refused:
                pass  # like that already, or gone
            chat.edits.popleft()

    async def _type(self, chat: Chat, state: Undelivered) -> None:
        if not chat.is_typing:
            return
        chat.is_typing = False
        if state.last_seq > state.sent_seq or _is_late(state):
            return
        try:
            await self._api.typing(state.number)
        except (Later, Refused):
            return

    # ---- what is said --------------------------------------------------------------------------------------------

    async def _say_unstored(self, chat: Chat) -> None:
        while chat.unstored:
            number = chat.number = chat.number or await self._number(chat)
            if number is None:
                chat.unstored.clear()
                return
            for parcel in self._view.bubble(chat.unstored[0]):
                await self._bring(chat, number, parcel, self._noting(chat))
            chat.unstored.popleft()

    async def _bring(self, chat: Chat, number: int, parcel: Parcel, note: Noting | None) -> None:
        await self._courier.bring(number, parcel, note)
        chat.has_moved = True

    async def _number(self, chat: Chat) -> int | None:
        state = await self._state(chat)
        if state is not None:
            return state.number
        number, _ = await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.doomed(chat.key))
        return number

    def _noting(self, chat: Chat) -> Noting | None:
        """What is said while a chat is wiped stays, 116000 among it."""
        conversation_id = chat.conversation_id
        if conversation_id is None or chat.is_wiping:
            return None
        return self._noted(chat, conversation_id)

    def _noted(self, chat: Chat, conversation_id: str, *, is_notice: bool = False) -> Noting:
        async def noted(message_id: int | None) -> bool:
            if message_id is None:
                return True
            return await self._store.telegram_sent.noted(chat.key, conversation_id, message_id, is_notice=is_notice)

        return noted

    async def _replies(self, chat: Chat, state: Undelivered) -> bool:
        """Bring the stored replies; False while they wait until the teenager asks for them, or are not to be brought at all."""
        if state.last_seq <= state.sent_seq:
            return True
        work = self._store.messages.replies_after(state.conversation_id, state.sent_seq)
        try:
            replies, _ = await self._store.db.within(STORE_WITHIN_S, work)
        except Gone:
            return False
        part = state.sent_part
        for reply in replies:
            if state.until_seq is not None and (reply.seq or 0) > state.until_seq:
                return False
            if _is_late(state):
                await self._announce(chat, state, reply.bubble.language)
                return False
            await self._reply(chat, state, reply, part)
            part = 0
        return True

    async def _announce(self, chat: Chat, state: Undelivered, language: Language) -> None:
        if not state.is_notified:
            notice = self._view.notice(language)
            await self._bring(chat, state.number, notice, self._noted(chat, state.conversation_id, is_notice=True))

    async def _reply(self, chat: Chat, state: Undelivered, reply: Reply, part: int) -> None:
        """A reply from its message `part` on."""
        parcels = self._view.bubble(self._relay.delivery.shown(reply))
        seq = reply.seq or 0
        for number in range(min(part, len(parcels) - 1), len(parcels)):
            is_whole = number + 1 == len(parcels)

            async def sent(message_id: int | None, brought: int | None = None if is_whole else number + 1) -> bool:
                return await self._store.telegram_sent.sent(chat.key, state.conversation_id, seq, brought, message_id)

            await self._bring(chat, state.number, parcels[number], sent)

    # ---- the card ------------------------------------------------------------------------------------------------

    async def _card(self, chat: Chat, state: Undelivered) -> None:
        """Show the card that was asked for, or the one that is offered and not shown; redraw the one that stands there."""
        await self._redraw_card(chat, state)
        if chat.is_awake:  # something was said since `state` was read: the card comes after it, in the next round
            return
        asked = chat.card
        shown = asked or (await self._relay.person.card(state.conversation_id) if chat.looks_for_card else None)
        if shown is not None and (shown.lines or state.holder is Holder.WAITING):
            before = await self.open_card(chat.key)
            card = self._cards.state(shown, state.language, before[1] if before else None)
            if before is None or asked is not None or before[1].lines != card.lines:
                if _is_late(state):
                    await self._announce(chat, state, state.language)
                    return
                await self._bring_card(chat, state, card, before[0] if before else None)
        chat.looks_for_card = False
        if chat.card is asked:
            chat.card = None

    async def _bring_card(self, chat: Chat, state: Undelivered, card: CardState, before: OpenCard | None) -> None:
        """Send it; only then it is the one that can be decided on, and the buttons of the one before go."""

        async def put(message_id: int | None) -> bool:
            if message_id is None:
                return True
            kept = OpenCard(card.handoff_id, message_id, card.body())
            try:
                await self._store.telegram_cards.put(chat.key, state.conversation_id, kept)
            except Gone:
                return False
            return await self._store.telegram_sent.noted(chat.key, state.conversation_id, message_id)

        await self._bring(chat, state.number, self._cards.parcel(card), put)
        if before is not None:
            chat.edits.append((before.message_id, ()))

    async def _redraw_card(self, chat: Chat, state: Undelivered) -> None:
        if not chat.redraws_card:
            return
        found = await self.open_card(chat.key)
        chat.redraws_card = False
        if found is None:
            return
        if found[1].is_sent and state.holder is not Holder.WAITING:  # there is nothing to take back any more
            chat.edits.append((found[0].message_id, ()))
            await self._store.db.within(STORE_WITHIN_S, self._store.telegram_cards.drop(chat.key))
        else:
            chat.edits.append((found[0].message_id, self._cards.parcel(found[1])))

    # ---- after a wipe --------------------------------------------------------------------------------------------

    async def _delete(self, chat: Chat) -> None:
        """What was said goes in Telegram too, as far as Telegram lets us."""
        while chat.has_doomed:
            work = self._store.telegram_sent.doomed(chat.key)
            number, message_ids = await self._store.db.within(STORE_WITHIN_S, work)
            batch = message_ids[:DELETED_AT_ONCE]
            if number is None or not batch:
                chat.has_doomed = False
                return
            try:
                await self._delete_batch(number, batch)
            except Blocked:
                _LOG.warning("messages of a wiped conversation not deleted")
            await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.deleted(chat.key, batch))

    async def _delete_batch(self, number: int, batch: list[int]) -> None:
        try:
            await self._api.delete(number, batch)
        except Refused:
            for message_id in batch:  # one that cannot go must not keep the others
                try:
                    await self._api.delete(number, [message_id])
                except Refused:
                    continue


def _is_late(state: Undelivered) -> bool:
    return time.time() - state.seen_at > LATE_AFTER_S
