"""The desk's side of a hand-off: the queue, claiming, the talk, giving back, closing. The interface of the desk site.

Whoever calls has checked that the account may do this at all (role, own case); here is checked that the state allows it.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from channels.answers import CHILD_FOCUS
from channels.delivery import STORE_WITHIN_S, Delivery
from channels.desk_events import DeskEvent, DeskEvents
from channels.desk_hours import DeskHours
from channels.fanout import HolderChanged, Listener, Typing
from channels.handoff import Handoffs
from channels.handoff_texts import HandoffTexts
from channels.lowering import restored, settled
from channels.store import Case, CaseRecord, Escalation, Gone, Lowering, Moved, NotPossible, Said
from channels.turn import about_of
from kernel.conversation import Bubble, Holder, Speaker

UNDO_S = 10.0
LONGEST_SAID = 2000
SIGNAL_HOURS = 4
"""So long a danger that nobody sent a word about stays on the desk."""


class Escalations:
    """What the desk may ask for. Methods raise Gone, NotPossible (the state forbids it, or another holds it), StorageFailed."""

    def __init__(self, delivery: Delivery, events: DeskEvents, hours: DeskHours, texts: HandoffTexts, handoffs: Handoffs) -> None:
        self._delivery, self._store, self._texts = delivery, delivery.store, texts
        self.events, self.hours, self.handoffs = events, hours, handoffs

    # ---- looking -------------------------------------------------------------------------------------------------

    @contextmanager
    def subscribe(self, escalation_id: str | None = None) -> Iterator[Listener[DeskEvent]]:
        """Live events: of the queue, and with `escalation_id` of the talk in that case."""
        with self.events.listening(escalation_id) as listener:
            yield listener

    async def queue(self) -> list[Escalation]:
        """Most urgent first, then longest waiting; those that are talked to last."""
        return await self._store.escalations.queue()

    async def signals(self) -> list[Escalation]:
        """Danger where nothing was sent (yet): need, urgency and language, no text, and nobody to talk to unless they agree."""
        return await self._store.escalations.signals(time.time() - SIGNAL_HOURS * 3600)

    async def next_most_urgent(self, account: str) -> Escalation | None:
        """Claim the first of the queue that can be had; None when nobody waits."""
        for escalation in await self.queue():
            if escalation.claimed_by is None:
                try:
                    return await self.claim(escalation.id, account)
                except (Gone, NotPossible):
                    continue
        return None

    async def case(self, escalation_id: str) -> Case:
        """Everything staff may see of it."""
        return await self._store.cases.get(escalation_id)

    # ---- holding -------------------------------------------------------------------------------------------------

    async def claim(self, escalation_id: str, account: str) -> Escalation:
        """Take it; NotPossible when somebody else was first. From here on the bot says nothing."""
        conversation_id, bubble = await self._said_by_hub(escalation_id, "counsellor_here")
        self.hours.acted(account)
        work = partial(self._store.staff_moves.claim, escalation_id, account, [bubble])
        return await self._move(conversation_id, work, "claimed", Holder.COUNSELLOR)

    async def take_over(self, escalation_id: str, before: str, account: str) -> Escalation:
        """Take it from `before`, who is away (whoever calls has checked that); NotPossible when another was first."""
        conversation_id, bubble = await self._said_by_hub(escalation_id, "taken_over")
        self.hours.acted(account)
        work = partial(self._store.staff_moves.take_over, escalation_id, before, account, [bubble])
        return await self._move(conversation_id, work, "claimed")

    async def release(self, escalation: Escalation) -> Escalation:
        """Whoever holds it is gone (whoever calls has checked that): it waits again and rings; the teenager is told, with open lines."""
        conversation_id, bubble = await self._said_by_hub(escalation.id, "released", has_lines=True)
        work = partial(self._store.staff_moves.release, escalation.id, escalation.claimed_by or "", [bubble], self.handoffs.ways)
        return await self._move(conversation_id, work, "released", Holder.WAITING)

    async def say(self, escalation_id: str, account: str, client_id: str, text: str) -> Said:
        """Say something, at most LONGEST_SAID characters: stored, then shown. A known `client_id` is stored once.

        Also to who has left: they read it when they come back with their return code.
        """
        conversation_id = await self._conversation_of(escalation_id)
        language = (await self._store.conversations.get(conversation_id)).language
        bubble = Bubble(text[:LONGEST_SAID], language, speaker=Speaker.COUNSELLOR)
        self.hours.acted(account)

        async def stored() -> Said:
            moved, is_new = await self._store.staff_moves.say(escalation_id, account, client_id, bubble)
            self._show(moved)  # also what is known: whoever shows it knows its number, and may have missed it the first time
            said = Said(client_id, Speaker.COUNSELLOR, moved.replies[0].bubble.text, time.time())
            if is_new:
                self._delivery.count([bubble])
                self.events.said(escalation_id, said)
            return said

        async with self._delivery.order.of(conversation_id):
            return await self._store.db.within(STORE_WITHIN_S, stored())

    async def typing(self, escalation_id: str, account: str) -> None:
        """The counsellor types: shown to the teenager, and to whoever else has the case open."""
        escalation = await self._store.escalations.get(escalation_id)
        if escalation.claimed_by != account or not escalation.is_held or escalation.conversation_id is None:
            raise NotPossible
        self._delivery.fanout.publish(escalation.conversation_id, Typing(Speaker.COUNSELLOR))
        self.events.typing(escalation_id, Speaker.COUNSELLOR)

    async def note(self, escalation_id: str, account: str, text: str) -> None:
        """Add an internal note; the teenager never sees it."""
        await self._store.db.within(STORE_WITHIN_S, self._store.staff_moves.note(escalation_id, account, text))

    async def lower(self, escalation_id: str, holder: str | None, lowering: Lowering) -> Escalation:
        """Lower the urgency while a counsellor holds; `holder` None: a lead does. From then on the bot's turns have the new level.

        NotPossible also when danger was heard since whoever lowers looked.
        """
        work = self._store.staff_moves.lower(escalation_id, holder, lowering, settled)
        return await self._store.db.within(STORE_WITHIN_S, self._noted_once(work, "lowered"))

    async def undo_lowering(self, escalation_id: str, holder: str | None) -> Escalation:
        """Back to the level before it was lowered, and to what was remembered then."""
        work = self._store.staff_moves.undo_lowering(escalation_id, holder, restored)
        return await self._store.db.within(STORE_WITHIN_S, self._noted_once(work, "restored"))

    async def danger_seen(self, escalation_id: str) -> None:
        """Staff say that they saw the danger: the second channel need not ring of it."""
        await self._store.db.within(STORE_WITHIN_S, self._store.staff_moves.danger_seen(escalation_id))

    async def give_back(self, escalation_id: str, account: str) -> Escalation:
        """To the bot in UNDO_S seconds: until then nothing is said and the counsellor still holds. Saying something undoes it."""
        return await self._plan(escalation_id, account, time.time() + UNDO_S)

    async def undo_give_back(self, escalation_id: str, account: str) -> Escalation:
        """Stay."""
        return await self._plan(escalation_id, account, None)

    async def _plan(self, escalation_id: str, account: str, at: float | None) -> Escalation:
        async def planned() -> Escalation:
            escalation = await self._store.staff_moves.plan_return(escalation_id, account, at)
            self.events.changed(escalation, "returning" if at is not None else "claimed")
            return escalation

        return await self._store.db.within(STORE_WITHIN_S, planned())

    async def return_now(self, escalation: Escalation) -> None:
        """The time to undo is over: kind words, and the bot listens again."""
        conversation_id, bubble = await self._said_by_hub(escalation.id, "given_back")
        work = partial(self._store.staff_moves.give_back, escalation.id, time.time(), [bubble])
        await self._move(conversation_id, work, "returned", Holder.BOT)

    async def close(self, escalation_id: str, account: str, record: CaseRecord, version: int | None = None) -> Escalation:
        """End it, with its record. What the teenager writes from then on opens the conversation again, with the bot.

        `version`: as of the conversation, seen by whoever closes; NotPossible when danger was heard since.
        """
        conversation_id, plain = await self._said_by_hub(escalation_id, "case_closed")
        bubble = replace(plain, helplines=(CHILD_FOCUS,))
        work = partial(self._store.staff_moves.close, escalation_id, account, record, [bubble], version)
        return await self._move(conversation_id, work, "closed", Holder.CLOSED)

    # ---- reaching out --------------------------------------------------------------------------------------------

    async def invite(self, escalation_id: str) -> Escalation:
        """Ask a teenager in danger once, neutrally; NotPossible after a no, a second time, or when they left."""
        conversation_id, bubble = await self._said_by_hub(escalation_id, "invite")

        async def invited() -> Escalation:
            moved = await self._store.staff_moves.invite(escalation_id, [bubble])
            self._show(moved)
            escalation = self._noted(moved, "invited")
            await self.handoffs.show_card(conversation_id)
            return escalation

        async with self._delivery.order.of(conversation_id):
            return await self._store.db.within(STORE_WITHIN_S, invited())

    async def tell_unclaimed(self, escalation: Escalation) -> None:
        """Nobody picked up in time: say so once, with lines that are open, and ring again."""
        conversation_id, bubble = await self._said_by_hub(escalation.id, "not_claimed", has_lines=True)
        work = partial(self._store.staff_moves.tell, escalation.id, [bubble], self.handoffs.ways)
        await self._move(conversation_id, work, "overdue")

    # ---- inside --------------------------------------------------------------------------------------------------

    async def _move(
        self, conversation_id: str, work: Callable[[], Coroutine[Any, Any, Moved]], step: str, holder: Holder | None = None
    ) -> Escalation:
        """Do it, and show what was stored. Both in one piece of work: a commit that comes too late for whoever asked is shown all the same,
        and whoever tries again finds it done."""

        async def done() -> Escalation:
            moved = await work()
            self._show(moved, holder)
            return self._noted(moved, step)

        async with self._delivery.order.of(conversation_id):
            return await self._store.db.within(STORE_WITHIN_S, done())

    async def _noted_once(self, work: Awaitable[Escalation], step: str) -> Escalation:
        """As `_move`, for what the teenager is not told."""
        return self._noted(Moved(await work), step)

    async def _said_by_hub(self, escalation_id: str, name: str, *, has_lines: bool = False) -> tuple[str, Bubble]:
        """The conversation of a case, and a bubble of our own for it; `has_lines`: with lines that are open now. Raises Gone."""
        conversation_id = await self._conversation_of(escalation_id)
        conversation = await self._store.conversations.get(conversation_id)
        language = conversation.language
        lines = self._delivery.answers.some_lines(about_of(conversation, None), language) if has_lines else ()
        return conversation_id, Bubble(self._texts.text(name, language), language, helplines=lines, speaker=Speaker.SYSTEM)

    async def _conversation_of(self, escalation_id: str) -> str:
        conversation_id = (await self._store.escalations.get(escalation_id)).conversation_id
        if conversation_id is None:
            raise Gone
        return conversation_id

    def _show(self, moved: Moved, holder: Holder | None = None) -> None:
        """Show what was stored with a move: the bubbles, and who answers from here on."""
        conversation_id = moved.escalation.conversation_id or ""
        publish = self._delivery.fanout.publish
        if holder is not None:
            publish(conversation_id, HolderChanged(holder))
        for reply in moved.replies:
            publish(conversation_id, self._delivery.shown(reply))

    def _noted(self, moved: Moved, step: str) -> Escalation:
        self._delivery.metrics.handoffs.labels(step=step).inc()
        self.events.changed(moved.escalation, step)
        return moved.escalation
