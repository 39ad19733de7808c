"""No word is lost: behind a command, on the card's note, on a button that is dead; and no danger is left without a number. The bot is a stand-in."""

from __future__ import annotations

import asyncio
import json

import pytest
from at_rest import age
from bot_api_state import Sent
from phone import Phone
from small_world import SmallWorld, until

from channels.handoff import LONGEST_NOTE
from channels.public.telegram_cards import CardState
from channels.retention import delete_idle
from channels.store.desk_tables import ESCALATIONS
from kernel.escalation import EscalationState
from kernel.language import Language

DANGER = "Ik ben blij dat je"
"""How the fixed answer to "gevaarwoord" begins."""
CARD, OLD = "Dit krijgt een mens", "Deze kaart geldt niet meer"


def asked(world: SmallWorld) -> list[str]:
    """What the bot was asked."""
    return [question["text"] for question in world.bot.asked]


async def has_state(world: SmallWorld, state: EscalationState) -> bool:
    return [row.state for row in await world.rows(ESCALATIONS)] == [state]


# ---- stop --------------------------------------------------------------------------------------------------------------


async def test_stop_right_after_danger_comes_with_the_lines(world: SmallWorld) -> None:
    phone = await world.phone()
    world.bot.delay_s = 0.6
    phone.write("gevaarwoord")
    await asyncio.sleep(0.2)
    phone.write("stop")
    stopped = await phone.said("ik stop hier")
    assert "1813" in stopped.text
    assert "116000" in stopped.text
    await asyncio.sleep(1.2)
    assert phone.bubbles[-1] is stopped


async def test_stop_without_danger_says_no_more_than_that(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("hoi")
    await phone.said("turn 1")
    phone.write("stop")
    assert "116000" not in (await phone.said("ik stop hier")).text


@pytest.mark.parametrize(
    ("word", "line", "stop"), [("gevaarwoord", "1813", "ik stop hier"), ("motdanger", "0800 32 123", "je m'arrête ici")]
)
async def test_danger_said_with_stop_is_answered_in_the_same_bubble(world: SmallWorld, word: str, line: str, stop: str) -> None:
    world.bot.delay_s = 0.6
    phone = await world.phone()
    phone.write(f"/stop {word}")
    stopped = await phone.said(stop)
    assert phone.bubbles[2:] == [stopped]
    assert line in stopped.text
    assert "116000" in stopped.text
    (case,) = await world.rows(ESCALATIONS)
    assert case.is_danger, "the desk sees that somebody is in danger"


@pytest.mark.parametrize(("command", "said"), [("/stop", "ik stop hier"), ("/wis", "staat er niets meer van je")])
async def test_danger_said_with_an_end_where_nothing_began_is_answered(world: SmallWorld, command: str, said: str) -> None:
    phone = Phone(world.api)
    phone.write(f"{command} gevaarwoord")
    await phone.said(said)
    assert phone.bubbles[0].text.startswith(DANGER)
    assert "1813" in phone.bubbles[0].text


# ---- words behind a command --------------------------------------------------------------------------------------------


async def test_danger_behind_the_first_start_is_heard(world: SmallWorld) -> None:
    phone = Phone(world.api)
    phone.write("/start gevaarwoord")
    await phone.said("gevaarwoord")
    assert asked(world) == ["gevaarwoord"]
    assert not any("Fijn dat je er weer bent" in sent.text for sent in phone.bubbles)


async def test_what_a_link_adds_to_start_is_no_message(world: SmallWorld) -> None:
    phone = Phone(world.api)
    phone.write("/start van-sexting.be")
    await phone.until(lambda: len(phone.bubbles) == 2)
    await asyncio.sleep(0.3)
    assert asked(world) == []
    assert len(phone.bubbles) == 2


@pytest.mark.parametrize(
    ("command", "said"), [("/mens", CARD), ("/start", "Fijn dat je er weer bent"), ("/sos", "Hier zijn de lijnen"), ("/taal", "Welke taal")]
)
async def test_words_behind_a_command_are_a_message(world: SmallWorld, command: str, said: str) -> None:
    phone = await world.phone()
    phone.write(f"{command} mijn stiefvader komt elke nacht")
    await phone.said(said)
    await phone.said(": mijn stiefvader komt elke nacht")
    assert asked(world) == ["mijn stiefvader komt elke nacht"]


# ---- the note ----------------------------------------------------------------------------------------------------------


async def card_of(phone: Phone) -> Sent:
    """Ask for a person, and see the card."""
    phone.write("/mens")
    return await phone.said(CARD)


async def note_of(world: SmallWorld) -> str:
    """What the teenager says beside the lines of the only case that was sent."""
    (case,) = await world.rows(ESCALATIONS)
    return (await world.hub.store.cases.get(case.id)).note


async def test_a_second_note_is_added_to_the_first(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    phone.write("hij zegt dat hij mijn zusje iets doet als ik praat", reply_to=card)
    await phone.until(lambda: "zusje" in card.text)
    phone.write("bel mij niet, app mij", reply_to=card)
    await phone.until(lambda: "app mij" in card.text)
    assert "zusje" in card.text
    phone.press("Stuur dit")
    await phone.said("bewaard")
    assert await note_of(world) == "hij zegt dat hij mijn zusje iets doet als ik praat\nbel mij niet, app mij"


async def test_a_note_can_be_taken_off(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    phone.write("dit toch niet", reply_to=card)
    await phone.until(lambda: "dit toch niet" in card.text)
    phone.press("Haal weg wat je erbij zei")
    await phone.until(lambda: "dit toch niet" not in card.text)
    phone.press("Stuur dit")
    await phone.said("bewaard")
    assert await note_of(world) == ""


async def test_what_finds_no_room_on_the_card_is_a_message(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    first, last = "Dit is een zin van gewone lengte. " * 25, "Hij komt elke avond naar mijn kamer en ik durf niets te zeggen. " * 5
    phone.write(first, reply_to=card)
    await phone.until(lambda: "gewone lengte" in card.text)
    phone.write(last, reply_to=card)
    await phone.said("De kaart is vol")
    await phone.until(lambda: "Hij komt elke avond" in card.text)
    await until(lambda: is_asked(world))
    (rest,) = asked(world)
    assert last.strip().endswith(rest)
    phone.press("Stuur dit")
    await phone.said("bewaard")
    note = await note_of(world)
    assert len(note) <= LONGEST_NOTE
    assert f"{note} {rest}" == f"{first.strip()}\n{last.strip()}"


async def is_asked(world: SmallWorld) -> bool:
    return bool(asked(world))


def test_the_same_words_are_added_once_and_all_else_up_to_the_limit() -> None:
    card = CardState("a" * 32, Language.NL, (("1", "Ik ben veilig."),), "", "")
    once, rest = card.with_more(" een ")
    again, _ = once.with_more("een")
    assert (once.note, again.note, rest) == ("een", "een", "")
    two, _ = again.with_more("twee")
    assert two.note == "een\ntwee"
    full, rest = two.with_more("😀" * 2000)
    assert len(full.note) <= LONGEST_NOTE
    assert len(full.note) - len("een\ntwee\n") + len(rest) == 2000
    assert full.with_more("nog iets") == (full, "nog iets") or len(full.note) < LONGEST_NOTE - 40
    assert json.dumps(full.body())


# ---- a card, or a button, that is dead ---------------------------------------------------------------------------------


async def test_a_card_that_stands_after_stop_offers_a_person_anew_with_what_was_said_on_it(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    phone.write("app mij, bel niet", reply_to=card)
    await phone.until(lambda: "app mij" in card.text)
    phone.write("stop")
    await phone.said("ik stop hier")
    await until(lambda: has_state(world, EscalationState.CANCELLED))
    query, _ = phone.press("Stuur dit")
    new = await phone.said(CARD, after=card.id)
    assert "app mij" in new.text
    await phone.until(lambda: query.answers and not card.buttons)
    assert await has_state(world, EscalationState.OFFERED)
    phone.press("Stuur dit")
    await phone.said("bewaard")
    assert await note_of(world) == "app mij, bel niet"


async def test_words_on_a_card_that_is_dead_are_a_message(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    phone.write("stop")
    await phone.said("ik stop hier")
    phone.write("mag ik toch iets zeggen", reply_to=card)
    await phone.said(": mag ik toch iets zeggen")
    assert "toch iets" not in card.text


async def test_a_button_of_a_talk_that_is_gone_is_answered_with_116000(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("hoi")
    last = await phone.said("turn 1")
    await asyncio.sleep(0.3)
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).deleted == 1
    query, _ = phone.press("ja")
    said = await phone.said("werkt niet meer", after=last.id)
    assert "116000" in said.text
    await phone.until(lambda: query.answers)


async def test_an_old_card_that_is_refused_is_answered_with_116000(world: SmallWorld) -> None:
    phone = await world.phone()
    card = await card_of(phone)
    data = next(button["callback_data"] for button in card.buttons if button["text"] == "Toch niet")
    phone.press_data(card, data[:2] + "f" * 32)
    assert "116000" in (await phone.said(OLD)).text
