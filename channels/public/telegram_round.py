"""One round through a Telegram chat: everything that is to be done in it now, the answers before what only looks nicer."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from channels.delivery import STORE_WITHIN_S
from channels.logs import log_of
from channels.public.telegram_api import DELETED_AT_ONCE, Blocked, Later, Parcel, Refused, TelegramApi
from channels.public.telegram_cards import CardState, CardView
from channels.public.telegram_chat import Chat
from channels.public.telegram_courier import Courier, Noting
from channels.public.telegram_view import View
from channels.relay import Relay
from channels.store import Gone, OpenCard, Reply, StorageFailed, Undelivered
from kernel.conversation import Holder
from kernel.language import Language

_LOG = log_of("telegram")
_LOOK_S, _LONGEST_LOOK_S = 0.1, 5.0
LATE_AFTER_S = 300.0
"""After so long without a word of the teenager their screen may lie open to others: an answer is announced neutrally first."""


class Rounds:
    """Methods raise Later, Blocked and StorageFailed; what was done by then stays done, and the next round goes on after it."""

    def __init__(
        self, relay: Relay, api: TelegramApi, courier: Courier, view: View, cards: CardView, doom: Callable[[str, int, int], None]
    ) -> None:
        """`doom` takes a chat's key and number, and the number of a message that is to be deleted there."""
        self._relay, self._store, self._doom = relay, relay.store, doom
        self._api, self._courier, self._view, self._cards = api, courier, view, cards

    async def run(self, chat: Chat) -> None:
        """Everything that is to be done now."""
        await self._answer_taps(chat)
        await self._delete_first(chat)
        await self._say_unstored(chat)
        await self._edit(chat)
        state = await self._state(chat)
        if state is not None:
            chat.number = state.number
            await self._type(chat, state)
            if await self._replies(chat, state):
                await self._card(chat, state)
        await self._delete(chat)
        await self._edit(chat)
        if chat.edits or chat.is_held:
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
            reply = chat.unstored[0]
            for parcel in self._view.bubble(reply):
                await self._send(chat, number, parcel, self._noting(chat))  # it is noted beside: storing may fail for long
            if chat.unstored and chat.unstored[0] is reply:  # not blocked meanwhile
                chat.unstored.popleft()

    async def _send(self, chat: Chat, number: int, parcel: Parcel, note: Noting | None) -> asyncio.Task[None] | None:
        noting = await self._courier.bring(number, parcel, note, lambda message_id: self._doom(chat.key, number, message_id))
        chat.has_moved = True
        return noting

    async def _bring(self, chat: Chat, number: int, parcel: Parcel, note: Noting) -> None:
        """Send it and wait until that is noted, so that it is not sent again. What cannot be stored is said meanwhile: danger is not to
        wait until storing works."""
        chat.number, noting, pause = number, await self._send(chat, number, parcel, note), _LOOK_S
        while noting is not None and not (await asyncio.wait({noting}, timeout=pause))[0]:
            try:
                await self._say_unstored(chat)
                pause = _LOOK_S
            except (Later, Blocked) as error:  # to send the stored one again would be worse: what failed is tried again here
                asked = error.seconds if isinstance(error, Later) else None
                pause = asked if asked is not None else min(2 * pause, _LONGEST_LOOK_S)
        if noting is not None:
            noting.result()

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
            if await self._is_over(chat, state) or (state.until_seq is not None and (reply.seq or 0) > state.until_seq):
                return False
            if _is_late(state):
                await self._announce(chat, state, reply.bubble.language)
                return False
            if not await self._reply(chat, state, reply, part):
                return False
            part = 0
        return True

    async def _is_over(self, chat: Chat, state: Undelivered) -> bool:
        """Whether (once the chat may have its next message) a wipe of its conversation began, or was done, since `state` was read."""
        await self._api.turn_of(state.number)
        return chat.is_held or chat.conversation_id != state.conversation_id

    async def _announce(self, chat: Chat, state: Undelivered, language: Language) -> None:
        if not state.is_notified:
            notice = self._view.notice(language)
            await self._bring(chat, state.number, notice, self._noted(chat, state.conversation_id, is_notice=True))

    async def _reply(self, chat: Chat, state: Undelivered, reply: Reply, part: int) -> bool:
        """A reply from its message `part` on; False when it is not to be brought any more."""
        parcels = self._view.bubble(self._relay.delivery.shown(reply))
        seq = reply.seq or 0
        for number in range(min(part, len(parcels) - 1), len(parcels)):
            if await self._is_over(chat, state):
                return False
            is_whole = number + 1 == len(parcels)

            async def sent(message_id: int | None, brought: int | None = None if is_whole else number + 1) -> bool:
                return await self._store.telegram_sent.sent(chat.key, state.conversation_id, seq, brought, message_id)

            await self._bring(chat, state.number, parcels[number], sent)
        return True

    # ---- the card ------------------------------------------------------------------------------------------------

    async def _card(self, chat: Chat, state: Undelivered) -> None:
        """Show the card that was asked for, or the one that is offered and not shown; redraw the one that stands there."""
        await self._redraw_card(chat, state)
        if chat.news.is_set():  # something was said since `state` was read: the card comes after it, in the next round
            return
        asked = chat.card
        shown = asked or (await self._relay.person.card(state.conversation_id) if chat.looks_for_card else None)
        if shown is not None and (await self._is_over(chat, state) or chat.news.is_set()):
            return
        if shown is not None and (shown.lines or state.holder is Holder.WAITING):
            before = await self.open_card(chat.key)
            card = self._cards.state(shown, shown.language or state.language, before[1] if before else None)
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
            with contextlib.suppress(Gone):  # wiped meanwhile: what follows notes that the message is to be deleted
                await self._store.telegram_cards.put(chat.key, state.conversation_id, kept)
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

    async def _delete_first(self, chat: Chat) -> None:
        """What was wiped goes before anything is said; but nothing that has to be said waits for it."""
        try:
            await self._delete(chat)
        except Later as later:
            if later.seconds is not None:
                raise
        except StorageFailed:
            return

    async def _delete(self, chat: Chat) -> None:
        """What was said goes in Telegram too, as far as Telegram lets us."""
        while chat.has_doomed:
            chat.has_doomed = False  # more may come while these are looked up and deleted
            try:
                has_more = await self._delete_some(chat)
            except (Later, StorageFailed):
                chat.has_doomed = True
                raise
            chat.has_doomed = chat.has_doomed or has_more

    async def _delete_some(self, chat: Chat) -> bool:
        """False when nothing is left. `chat.doomed`: where the chat's row is gone, nothing but this process knows of them."""
        within, sent = self._store.db.within, self._store.telegram_sent
        number, message_ids = await within(STORE_WITHIN_S, sent.doomed(chat.key))
        chat.number = number or chat.number
        batch = sorted({*message_ids, *chat.doomed})[:DELETED_AT_ONCE]
        if chat.number is None or not batch:
            return False
        try:
            await self._delete_batch(chat.number, batch)
        except Blocked:
            _LOG.warning("messages of a wiped conversation not deleted")
        chat.doomed.difference_update(batch)
        await within(STORE_WITHIN_S, sent.deleted(chat.key, batch))
        return True

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
