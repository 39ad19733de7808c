"""What is to be brought to which Telegram chat, and a worker for each in which something is.

Replies are in the store with their numbers before this module hears of them; a chat has a cursor there ("brought up to this
reply"), moved after each message that Telegram took. Telegram knows no idempotent sending: when the hub is killed between
Telegram's "ok" and the commit of the cursor, or when that "ok" is lost on the way (a time-out), the message is sent a second
time. That is the only place where one can be; the other choice would be to lose it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import replace

from channels.delivery import STORE_WITHIN_S
from channels.fanout import CardShown, Event, Gap, HolderChanged, Listener, Replied, Typing, Wiped, Wiping
from channels.logs import log_of
from channels.public.telegram_api import Blocked, Later, Parcel, Rows, TelegramApi
from channels.public.telegram_cards import CardState, CardView
from channels.public.telegram_chat import Chat
from channels.public.telegram_courier import Courier
from channels.public.telegram_round import Rounds
from channels.public.telegram_view import View
from channels.relay import Relay
from channels.store import OpenCard, StorageFailed
from kernel.conversation import Speaker

_LOG = log_of("telegram")
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.4, 60.0
_MOST_DOUBLINGS = 10
_CLOSE_WITHIN_S = 3.0
_TYPING_LASTS_S = 4.0


class _Tap(Listener[Event]):
    """Hands events on at once: nothing waits here, the store holds what matters."""

    def __init__(self, hear: Callable[[Event], None]) -> None:
        super().__init__()
        self._hear = hear

    def put(self, event: Event) -> None:
        """Hand over an event."""
        self._hear(event)


class Deliveries:
    """All chats. `key` is a chat's pseudonym, `number` Telegram's number of it."""

    def __init__(self, relay: Relay, api: TelegramApi, view: View, cards: CardView) -> None:
        self._relay, self._store = relay, relay.store
        self.cards = cards
        self._courier = Courier(relay.store, api)
        self._rounds = Rounds(relay, api, self._courier, view, cards, self._doom)
        self._chats: dict[str, Chat] = {}
        self._is_closing = False
        self._taps: dict[str, tuple[str, _Tap]] = {}
        self.on_wiped: Callable[[str], None] = lambda _key: None
        """Told the key of a chat whose conversation was wiped."""

    # ---- the process begins and ends -----------------------------------------------------------------------------

    async def start(self) -> None:
        """Listen to all chats, and go on where the last process ended. Raises StorageFailed."""
        for key, conversation_id in await self._store.telegram_sent.links():
            self.link(key, conversation_id)
        for key in await self._store.telegram_sent.unfinished():
            chat = self._chat(key)
            chat.looks_for_card = chat.has_doomed = True
            self.wake(key)

    async def tidy(self) -> None:
        """Forget chats whose conversation grew too old and was deleted; try again what was wiped and still stands. Raises StorageFailed."""
        before = {chat.key: chat.conversation_id for chat in self._chats.values()}
        linked = dict(await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.links()))
        for key, conversation_id in before.items():
            chat = self._chats.get(key)
            if chat is None or chat.task is not None or chat.conversation_id != conversation_id:
                continue  # busy, or begun since they were read
            if linked.get(key) != conversation_id:
                self._unlink(chat)
                self._chats.pop(key, None)
        for key in await self._store.db.within(STORE_WITHIN_S, self._store.telegram_sent.with_doomed()):
            self._chat(key).has_doomed = True
            self.wake(key)

    async def close(self) -> None:
        """Let the messages under way arrive and be noted, then end."""
        self._is_closing = True
        self._courier.begin_nothing()
        working = [chat for chat in self._chats.values() if chat.task is not None]
        tasks = [chat.task for chat in working if chat.task is not None]
        for chat in working:
            if chat.is_waiting and chat.task is not None:
                chat.task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_CLOSE_WITHIN_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._courier.close()

    # ---- what is to be done --------------------------------------------------------------------------------------

    def link(self, key: str, conversation_id: str, number: int | None = None) -> None:
        """This chat is that conversation from now on."""
        chat = self._chat(key, number)
        if chat.conversation_id == conversation_id:
            return
        self._unlink(chat)
        chat.has_doomed = chat.has_doomed or chat.is_wiping  # its end may be told after nobody listens to it any more
        chat.conversation_id, chat.wiping_at, chat.card = conversation_id, None, None
        tap = _Tap(lambda event: self._hear(chat, event))
        self._taps[key] = conversation_id, tap
        self._relay.fanout.subscribe(conversation_id, tap)

    def unlink(self, key: str) -> None:
        """The chat's conversation grew too old and was deleted: what is said now belongs to none, and stays."""
        chat = self._chats.get(key)
        if chat is not None and not chat.is_wiping:
            self._unlink(chat)
            chat.has_doomed = True  # whatever of it is to go is looked up

    def wake(self, key: str) -> None:
        """Look what there is to do."""
        chat = self._chat(key)
        chat.news.set()
        if chat.task is None:
            chat.task = asyncio.create_task(self._work(chat))

    def answer_tap(self, key: str, number: int, tap_id: str, text: str | None = None) -> None:
        """End the waiting sign of a button; `text` is shown in a small window."""
        self._chat(key, number).taps.append((tap_id, text))
        self.wake(key)

    def edit(self, key: str, number: int, message_id: int, to: Parcel | Rows) -> None:
        """Change a message of ours, or its buttons alone."""
        self._chat(key, number).edits.append((message_id, to))
        self.wake(key)

    def redraw_card(self, key: str, number: int) -> None:
        """Show the card as it stands in the store now."""
        self._chat(key, number).redraws_card = True
        self.wake(key)

    def look_for_card(self, key: str) -> None:
        """Show the card that is offered, if its chat does not show it yet."""
        self._chat(key).looks_for_card = True
        self.wake(key)

    def say(self, key: str, number: int, reply: Replied) -> None:
        """Say what is not in the store."""
        _put(self._chat(key, number), reply)
        self.wake(key)

    async def open_card(self, key: str) -> tuple[OpenCard, CardState] | None:
        """The card that the chat shows. Raises StorageFailed."""
        return await self._rounds.open_card(key)

    async def block(self, key: str) -> None:
        """The teenager blocked the bot: the conversation is left, nothing is tried again."""
        await self._rounds.leave(self._chat(key))
        self.wake(key)

    def _chat(self, key: str, number: int | None = None) -> Chat:
        chat = self._chats.setdefault(key, Chat(key))
        chat.number = number or chat.number
        return chat

    def _hear(self, chat: Chat, event: Event) -> None:
        match event:
            case Replied(seq=None):
                _put(chat, event)
            case Replied():
                pass
            case Typing(speaker):
                if speaker is Speaker.COUNSELLOR and time.monotonic() - chat.typed_at < _TYPING_LASTS_S:
                    return  # Telegram still shows it
                chat.is_typing, chat.typed_at = True, time.monotonic()
            case CardShown():
                chat.card = event
            case Gap():  # of another hub: the store has what was missed
                chat.looks_for_card = chat.redraws_card = True
            case HolderChanged():
                chat.redraws_card = True
            case Wiping():
                chat.wiping_at = time.monotonic()
            case Wiped():
                chat.has_doomed, chat.card, chat.looks_for_card = True, None, False
                self._unlink(chat)
                self.on_wiped(chat.key)
            case _:
                return
        self.wake(chat.key)

    def _doom(self, key: str, number: int, message_id: int) -> None:
        chat = self._chat(key, number)
        chat.doomed.add(message_id)
        chat.has_doomed = True
        self.wake(key)

    def _unlink(self, chat: Chat) -> None:
        if chat.key in self._taps:
            self._relay.fanout.unsubscribe(*self._taps.pop(chat.key))
        chat.conversation_id = None

    # ---- doing it ------------------------------------------------------------------------------------------------

    async def _work(self, chat: Chat) -> None:
        tries = 0
        while chat.news.is_set() and not self._is_closing:
            chat.news.clear()
            wait: float | None = None
            try:
                try:
                    await self._rounds.run(chat)
                except Blocked:
                    await self._rounds.leave(chat)
                tries = 0
                continue
            except Later as later:
                wait = later.seconds
            except StorageFailed:
                pass
            except Exception:
                _LOG.exception("delivery failed")
            tries = 0 if chat.has_moved else tries
            chat.has_moved = False
            await self._pause(chat, wait, tries)
            tries = min(tries + 1, _MOST_DOUBLINGS)
            chat.news.set()
        chat.task = None
        if chat.conversation_id is None:
            self._chats.pop(chat.key, None)  # nothing has to be remembered of it

    async def _pause(self, chat: Chat, asked: float | None, tries: int) -> None:
        """Before the next try: as long as Telegram asked; else ever longer, and until there is something new, which may be danger."""
        if self._is_closing:
            return
        chat.is_waiting = True
        if asked is not None:
            await asyncio.sleep(asked)
        else:
            backing_off = min(_FIRST_WAIT_S * 2**tries, _LONGEST_WAIT_S) * random.uniform(0.8, 1.2)
            least = min(backing_off, _FIRST_WAIT_S)
            await asyncio.sleep(least)  # also with news: whoever writes much must not make the hub hammer on a Telegram that fails
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(chat.news.wait(), backing_off - least)
        chat.is_waiting = False


def _put(chat: Chat, reply: Replied) -> None:
    """What is not in the store is to be said; the same words that already wait are said once, whatever they answer."""
    if all(replace(one, in_reply_to=None) != replace(reply, in_reply_to=None) for one in chat.unstored):
        chat.unstored.append(reply)
