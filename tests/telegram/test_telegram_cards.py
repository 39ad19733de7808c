"""The hand-off card in a Telegram chat over days: what was not sent is forgotten, what was sent can be taken back."""

from __future__ import annotations

from at_rest import age, kept, places_of
from phone import Phone
from small_world import SmallWorld, until

from channels.retention import delete_idle
from channels.store.desk_tables import ESCALATIONS
from channels.store.telegram_tables import TELEGRAM_CARDS
from kernel.escalation import EscalationState

CARD = "telegram card"


async def places(world: SmallWorld, word: str) -> set[str]:
    """The kinds of places in the store where a word stands."""
    return places_of(word, await kept(world.hub.store, world.hub.settings.secret_key))


async def ask_for_a_person(world: SmallWorld, phone: Phone, words: str) -> None:
    """Tell the bot something, and see the card with it."""
    phone.write(words)
    said = await phone.said(f": {words}")
    phone.write("/mens")
    await phone.said("Dit krijgt een mens te lezen", after=said.id)


async def test_a_card_that_was_not_sent_goes_after_a_day_beside_an_earlier_case(world: SmallWorld) -> None:
    phone, desk = await world.phone(), world.hub.relay.escalations
    await ask_for_a_person(world, phone, "eerst dit zaakwoord verteld")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    (case,) = await world.rows(ESCALATIONS)
    await desk.claim(case.id, "counsellor")
    await world.hub.store.staff_moves.plan_return(case.id, "counsellor", 1.0)
    await desk.return_now(await world.hub.store.escalations.get(case.id))
    await ask_for_a_person(world, phone, "en daarna dit kaartwoord gezegd")
    await until(lambda: _stands_in(world, "kaartwoord", CARD))
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    assert await places(world, "kaartwoord") == set()
    assert await places(world, "zaakwoord") == {"payload"}, "what staff were sent stays"


async def test_of_a_card_that_was_sent_only_what_staff_got_is_kept_and_it_can_be_taken_back_days_later(world: SmallWorld) -> None:
    phone = await world.phone()
    await ask_for_a_person(world, phone, "dit wegwoord krijgt niemand")
    phone.press("wegwoord")
    await phone.until(lambda: any("✗ Ik schreef" in bubble.text for bubble in phone.bubbles))
    assert CARD in await places(world, "wegwoord")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    await until(lambda: _has_state(world, EscalationState.WAITING))
    await until(lambda: _stands_in(world, "wegwoord", CARD, is_there=False))
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).thinned == 1
    assert await places(world, "wegwoord") == set()
    assert len(await world.rows(TELEGRAM_CARDS)) == 1
    phone.press("Ik wil toch geen mens")
    await phone.said("Niet verstuurd")
    await until(lambda: _has_state(world, EscalationState.CANCELLED))


async def _stands_in(world: SmallWorld, word: str, place: str, *, is_there: bool = True) -> bool:
    return (place in await places(world, word)) is is_there


async def _has_state(world: SmallWorld, state: EscalationState) -> bool:
    return [row.state for row in await world.rows(ESCALATIONS)] == [state]
