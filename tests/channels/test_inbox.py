"""The one question at the end of a chat, who is never asked, and what reaches the inbox."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa
from chat_client import replies
from desk_side import Counsellor, hand_off
from hub_world import ROOT, World, environment
from inbox_world import QuickWorker, chat_that_ends, in_inbox, press, question_in, quick_masker
from standin_bot import StandinBot

from channels.answers import Answers
from channels.inbox_masking import InboxMasker, is_clean
from channels.inbox_question import InboxQuestion
from channels.public.pages import add_pages
from channels.retention import delete_idle
from channels.secrets import with_secrets
from channels.site import Hub
from channels.store import Lowering, NewItem
from kernel.language import Language
from kernel.settings import read_settings
from kernel.urgency import Urgency

QUESTION = InboxQuestion.load(ROOT / "data/safety/inbox.yml")
UNCLEAR = "de zwaan op mijn fiets bromt weer"
SECRET = "xylofoonkanarie"


async def _world(bot: StandinBot, answers: Answers, var: Path, worker: QuickWorker, inbox: str) -> World:
    settings = with_secrets(read_settings(environment(var, bot.url) | {"INBOX": inbox}, ROOT))
    hub = Hub(settings, ROOT, pages=None, actions=None, answers=answers, masker=quick_masker(worker))
    await hub.start()
    running = World(hub, bot, aiohttp.ClientSession(), settings)
    await running.ready()
    return running


@pytest.fixture
def worker() -> QuickWorker:
    return QuickWorker()


@pytest.fixture
async def world(bot: StandinBot, answers: Answers, tmp_path: Path, worker: QuickWorker) -> AsyncIterator[World]:
    """INBOX=on."""
    running = await _world(bot, answers, tmp_path / "var", worker, "on")
    yield running
    await running.session.close()
    await running.hub.stop()


async def test_a_yes_brings_the_sentences_and_nothing_else(world: World) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR, "lotte weet het ook niet")
    asked = question_in(said, QUESTION)
    assert asked is not None and len(said) == 2
    assert len(" ".join(frame["text"] for frame in said).split()) <= 60
    assert [len(choice["title"]) <= 30 for choice in asked["choices"]] == [True, True]
    assert await in_inbox(world) == []
    (thanks,) = await press(chat, asked, 0)
    assert "niet meer van wie" in thanks["text"]
    found = await in_inbox(world)
    assert sorted(item.text for item in found) == ["[name] weet het ook niet", UNCLEAR]
    assert {(item.origin, item.confidence, item.suggested, item.language) for item in found} == {("teenager", 0.12, None, Language.NL)}


async def test_in_french_too(world: World) -> None:
    chat, said = await chat_that_ends(world, "le canard du vélo ronronne encore", bye="merci", lang="fr")
    asked = question_in(said, QUESTION)
    assert asked is not None and asked["lang"] == "fr"
    await press(chat, asked, 0)
    assert [item.language for item in await in_inbox(world)] == [Language.FR]


async def test_off_by_default(bot: StandinBot, answers: Answers, tmp_path: Path, worker: QuickWorker) -> None:
    assert not read_settings(environment(tmp_path), ROOT).inbox
    running = await _world(bot, answers, tmp_path / "var", worker, "off")
    _, said = await chat_that_ends(running, UNCLEAR)
    assert question_in(said, QUESTION) is None
    await running.hub.inbox.flag(UNCLEAR, Language.NL)
    assert await in_inbox(running) == []
    await running.session.close()
    await running.hub.stop()


@pytest.mark.parametrize("answer", ["button", "nee", "misschien later eens", "non"])
async def test_a_no_or_no_answer_brings_nothing_and_it_is_asked_once(world: World, answer: str) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR)
    asked = question_in(said, QUESTION)
    assert asked is not None
    said = await press(chat, asked, 1) if answer == "button" else replies(await chat.say(answer))
    assert question_in(said, QUESTION) is None
    world.bot.need, world.bot.confidence = None, 0.12
    await chat.say("nog een vreemde zin van mij")
    world.bot.need, world.bot.confidence = "thanks_bye", 0.97
    assert question_in(replies(await chat.say("dag he")), QUESTION) is None
    await press(chat, asked, 0)  # the old button, pressed after all: no longer a yes
    assert await in_inbox(world) == []


@pytest.mark.parametrize("word", ["ja", "Ja hoor!", "ok", "oui", "D'accord"])
async def test_a_clear_yes_may_be_typed(world: World, word: str) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR)
    assert question_in(said, QUESTION)
    await chat.say(word)
    assert len(await in_inbox(world)) == 1


async def test_a_yes_inside_a_longer_message_is_none(world: World) -> None:
    chat, _ = await chat_that_ends(world, UNCLEAR)
    await chat.say("ja maar mijn mama mag het niet weten")
    assert await in_inbox(world) == []


@pytest.mark.parametrize("group", ["under14", "14_15"])
async def test_never_in_a_young_age_group(world: World, group: str) -> None:
    _, said = await chat_that_ends(world, UNCLEAR, age_group=group)
    assert question_in(said, QUESTION) is None


@pytest.mark.parametrize(
    "said_before",
    [
        "ik ben 13", "mijn zus is vijftien ofzo", "da was in 2e middelbaar", "onze juf zei dat", "ik zit in het zesde leerjaar", "'k ben nog geen 16",
        "j'ai 12 ans", "mon instit a rigolé", "je suis en 3e secondaire", "jai quatorze ans", "à l'école primaire déjà", "13j en 8m", "kben 11",
    ],
)  # fmt: skip
def test_an_age_under_sixteen_is_guessed(said_before: str) -> None:
    assert QUESTION.sounds_young(["hallo", said_before])


def test_other_words_let_one_guess_nothing() -> None:
    assert not QUESTION.sounds_young(
        ["ik ben 16", "j'ai 17 ans", "hij stuurde 20 berichten", "ik snap het niet", "116000", "ma soeur est partie"]
    )


async def test_never_when_an_age_under_sixteen_was_said(world: World) -> None:
    _, said = await chat_that_ends(world, "ik ben 13 en alles is raar", UNCLEAR)
    assert question_in(said, QUESTION) is None


async def test_an_age_said_and_taken_back_counts(world: World) -> None:
    chat, _ = await chat_that_ends(world, UNCLEAR, bye="nee nog even", age_group="14_15")
    world.bot.age_group = "16_17"
    world.bot.need = "thanks_bye"
    await chat.say("ik was toen 14")
    assert question_in(chat.seen, QUESTION) is None


@pytest.mark.parametrize("level", ["high", "emergency"])
async def test_never_after_high_urgency(world: World, level: str) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR, urgency=level)
    assert question_in(said, QUESTION) is None
    world.bot.urgency = None
    assert question_in(replies(await chat.say("nog eens bedankt")), QUESTION) is None


async def test_never_where_staff_lowered_the_urgency_since(world: World) -> None:
    desk = Counsellor(world)
    chat, _ = await chat_that_ends(world, UNCLEAR, bye="nee wacht")
    await chat.say("gevaarwoord")
    case_id = await hand_off(chat)
    await desk.claim()
    version = (await desk.case(case_id)).urgency_version
    await desk.desk.lower(case_id, desk.account, Lowering(Urgency.EMERGENCY, Urgency.NORMAL, version))
    await desk.return_now(case_id)
    world.bot.need, world.bot.confidence = None, 0.12
    await chat.say(UNCLEAR)
    world.bot.need, world.bot.confidence = "thanks_bye", 0.97
    assert question_in(replies(await chat.say("bedankt")), QUESTION) is None
    assert world.bot.asked[-1]["urgency"] == "normal", "it is calm again, and not asked all the same"


async def test_a_yes_counts_no_more_once_the_urgency_rose(world: World) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR)
    asked = question_in(said, QUESTION)
    assert asked is not None
    async with world.hub.store.db.read() as connection:
        conversation = (await connection.execute(sa.text("SELECT id FROM conversations"))).scalar_one()
    await world.hub.store.conversations.raise_urgency(conversation, Urgency.HIGH)
    await press(chat, asked, 0)
    assert await in_inbox(world) == []


async def test_nothing_is_asked_when_all_was_understood_or_while_the_talk_goes_on(world: World) -> None:
    _, said = await chat_that_ends(world)
    assert question_in(said, QUESTION) is None
    chat, _ = await chat_that_ends(world, UNCLEAR, bye="eh")
    assert question_in(chat.seen, QUESTION) is not None  # the stand-in hears every word as a goodbye
    world.bot.has_choices = True
    chat = await world.talk()
    world.bot.need, world.bot.confidence = None, 0.12
    await chat.say(UNCLEAR)
    world.bot.need = "thanks_bye"
    assert question_in(replies(await chat.say("dag")), QUESTION) is None  # the bot asks something itself


async def test_what_cannot_be_masked_is_dropped(world: World, worker: QuickWorker) -> None:
    chat, said = await chat_that_ends(world, "dit is kapot gemaakt", "mijn code is 48291 zeg", "vraag het aan Joris van daar", UNCLEAR)
    asked = question_in(said, QUESTION)
    assert asked is not None
    await press(chat, asked, 0)
    assert [item.text for item in await in_inbox(world)] == [UNCLEAR]
    assert world.metric("chatmasjien_inbox_total", step="dropped") == 3


async def test_a_masker_that_does_not_start_drops_everything(world: World, worker: QuickWorker) -> None:
    worker.is_away = True
    chat, said = await chat_that_ends(world, UNCLEAR)
    asked = question_in(said, QUESTION)
    assert asked is not None
    assert "Dank je" in (await press(chat, asked, 0))[0]["text"]
    assert await in_inbox(world) == []
    assert worker.asked == []


async def test_the_rows_lead_to_no_conversation(world: World) -> None:
    chat, said = await chat_that_ends(world, f"wat doet die {SECRET} hier")
    asked = question_in(said, QUESTION)
    assert asked is not None
    await press(chat, asked, 0)
    (item,) = await in_inbox(world)
    async with world.hub.store.db.read() as connection:
        row = (await connection.execute(sa.text("SELECT * FROM inbox"))).one()
        conversation = (await connection.execute(sa.text("SELECT id FROM conversations"))).scalar_one()
    stored = dict(row._mapping.items())
    assert conversation not in str(stored) and SECRET not in str(stored)
    assert stored["added_day"] % 86400 == 0 and item.id not in conversation
    await chat.send(type="wipe")
    await chat.until("wiped")
    assert [one.text for one in await in_inbox(world)] == [item.text]


async def test_a_sentence_flagged_by_a_counsellor(world: World) -> None:
    await world.hub.inbox.flag("lotte heeft een vreemd woord gezegd", Language.NL)
    (item,) = await in_inbox(world)
    assert (item.text, item.origin) == ("[name] heeft een vreemd woord gezegd", "counsellor")


async def test_what_went_to_a_counsellor_is_not_taken_by_a_yes(world: World) -> None:
    chat, said = await chat_that_ends(world, UNCLEAR)
    asked = question_in(said, QUESTION)
    await hand_off(chat)
    counsellor = Counsellor(world)
    await counsellor.claim()
    assert asked is not None
    await chat.send(type="choose", id="11111111-1111-4111-8111-111111111111", payload=asked["choices"][0]["payload"])
    await chat.until("done")
    assert await in_inbox(world) == []


async def test_retention_empties_the_inbox(world: World) -> None:
    store = world.hub.store
    await store.inbox.add([NewItem(Language.NL, UNCLEAR, None, 0.2)], "teenager")
    await delete_idle(store, 24, 30)
    assert len(await store.inbox.new()) == 1
    await delete_idle(store, 24, 30, now=time.time() + 32 * 86400)
    assert await store.inbox.new() == []


async def test_the_worker_is_let_go_and_made_again() -> None:
    made: list[QuickWorker] = []

    def make() -> QuickWorker:
        made.append(QuickWorker())
        return made[-1]

    masker = InboxMasker(make, 0.05)
    assert await masker.mask(UNCLEAR, Language.NL) == UNCLEAR
    assert await masker.mask(UNCLEAR, Language.NL) == UNCLEAR
    assert len(made) == 1
    await asyncio.sleep(0.3)
    assert made[0].closed == 1
    assert await masker.mask(UNCLEAR, Language.NL) == UNCLEAR
    assert len(made) == 2
    await masker.close()
    assert made[1].closed == 1


@pytest.mark.parametrize(
    ("masked", "clean"),
    [
        ("ik snap het niet", True), ("[name] zei dat", True), ("[masked]", False), ("bel 116000 of 112", True), ("mijn pin is 4821", False),
        ("op 12 05 2009 dan", False), ("kijk op www.iets", False), ("iets@daar", False), ("dat zei Bartholomeus dus", False), ("[name] [name]", False),
        ("[name] en [school] en [phone] samen", False), ("Gisteren dus. Morgen ook", True), ("ga naar instaxx.com", False),
        ("ik verjaar op 23 april", False), ("den eenendertigste mei dus", False), ("née le dix-sept septembre", False), ("le 1er août", False),
        ("le vingt et un mars", False), ("in mei was ik bang", True), ("04, 70, 12, 34, 56", False), ("04*70*12*34*56", False), ("we zijn met acht", True), ("il a deux marteaux", True),
    ],
)  # fmt: skip
def test_the_second_look(masked: str, clean: bool) -> None:
    assert is_clean(masked) is clean


def test_the_settings_say_it(tmp_path: Path) -> None:
    on = read_settings(environment(tmp_path) | {"INBOX": "on"}, ROOT)
    assert on.inbox and not replace(on, inbox=False).inbox


@pytest.mark.parametrize("inbox", ["on", "off"])
async def test_the_privacy_page_tells_it_only_where_it_happens(bot: StandinBot, answers: Answers, tmp_path: Path, inbox: str) -> None:
    settings = with_secrets(read_settings(environment(tmp_path / "var", bot.url) | {"INBOX": inbox}, ROOT))
    hub = Hub(settings, ROOT, pages=add_pages, actions=None, answers=answers)
    await hub.start()
    async with aiohttp.ClientSession() as session:
        pages = [await (await session.get(f"{settings.public_url}/privacy?lang={code}")).text() for code in ("nl", "fr")]
    await hub.stop()
    assert ["vanaf 16 jaar" in pages[0], "à partir de 16 ans" in pages[1]] == [inbox == "on"] * 2
