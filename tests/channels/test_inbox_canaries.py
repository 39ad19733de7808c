"""Thirty personal details in sentences that a teenager agrees to share: none reaches the inbox, the database or the log."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "safety"))

from hub_world import ROOT, World, environment
from inbox_world import chat_that_ends, in_inbox, press, question_in
from masking_stand_ins import real_masker
from standin_bot import StandinBot

from channels.answers import Answers
from channels.inbox_masking import InboxMasker
from channels.inbox_question import InboxQuestion
from channels.secrets import with_secrets
from channels.site import Hub
from kernel.language import Language
from kernel.settings import read_settings
from safety.masking_text import plain

CANARIES = [
    ("Wietske Vandenabeele", "{} heeft mijn ding doorgegeven"), ("bartholomeus", "ik heet {} en snap dit niet"),
    ("0478 91 23 64", "zijn gsm is {} voor als het moet"), ("+32499887766", "app mij op {} aub"), ("052/34.56.78", "thuis is het {} denk ik"),
    ("k.verstraeten@voorbeeld.be", "mail naar {} dan"), ("zeynep punt kaya apenstaartje gmail punt com", "ge kunt mailen naar {}"),
    ("Lindestraat 47", "ik woon in de {} bij de bakker"), ("Zwaluwenlaan", "hij staat altijd op {} 8 te wachten"), ("9310 Moorsel", "ik ben van {} zeg"),
    ("Sint-Ritacollege", "op het {} weet iedereen het"), ("@dark.wolfke", "zijn insta is {} ofzo"), ("xx_lien_2009", "mijn snap is {} he"),
    ("03.07.21-314.59", "mijn rijksregister is {} precies"), ("BE71 0961 2345 6769", "ik moest storten op {} snel"),
    ("Dieudonné Mukendi", "mon prof c'est {} et il rigole"), ("Maëlys", "ma pote {} m'a rien dit"), ("0471/23.45.67", "son gsm c'est le {} voilà"),
    ("+33612345678", "il m'appelle du {} tout le temps"), ("02 344 55 66", "à la maison c'est le {} le soir"), ("m.lambert@exemple.be", "écris à {} stp"),
    ("yanis arobase hotmail point com", "mon mail c'est {} je crois"), ("rue du Moulin 18", "j'habite {} à côté du parc"),
    ("avenue des Tilleuls 3", "il attend {} tous les jours"), ("Athénée Royal de Waremme", "à l'{} tout le monde parle"),
    ("@lia.bxl07", "son compte c'est {} tu vois"), ("darkangel_7788", "mon insta {} est piraté"), ("85.07.30-033.28", "mon numéro national est {} là"),
    ("BE39 1030 1234 5619", "j'ai versé sur {} hier"), ("Kasperowski", "meneer {} van de zwemclub deed raar"),
]  # fmt: skip


class RealWorker:
    """The real masker with its engines, in this process: what the worker's process runs."""

    async def start(self) -> bool:
        return True

    async def mask(self, text: str, language: Language) -> str:
        return real_masker().mask(text, language)

    async def close(self) -> None:
        """Kept for the other tests."""


@pytest.fixture
async def world(bot: StandinBot, answers: Answers, tmp_path: Path) -> AsyncIterator[World]:
    real_masker()  # seconds: before anybody talks
    settings = with_secrets(read_settings(environment(tmp_path / "var", bot.url) | {"INBOX": "on"}, ROOT))
    masker = InboxMasker(RealWorker)  # type: ignore[arg-type]
    hub = Hub(settings, ROOT, pages=None, actions=None, answers=answers, masker=masker)
    await hub.start()
    running = World(hub, bot, aiohttp.ClientSession(), settings)
    await running.ready()
    yield running
    await running.session.close()
    await hub.stop()


async def test_no_canary_gets_through(world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    world.hub_limits_off()
    question = InboxQuestion.load(ROOT / "data/safety/inbox.yml")
    assert len(CANARIES) == 30
    sentences = [(text.format(canary), "fr" if number in range(15, 29) else "nl") for number, (canary, text) in enumerate(CANARIES)]
    agreed = 0
    for start in range(0, 30, 5):
        part = sentences[start : start + 5]
        chat, said = await chat_that_ends(world, *(text for text, _ in part), lang=part[0][1])
        asked = question_in(said, question)
        if asked is not None:
            agreed += 1
            await press(chat, asked, 0)
    for text, language in sentences:  # those in which an age could be guessed too, past the question
        await world.hub.inbox.flag(text, Language(language))
    found = await in_inbox(world)
    assert agreed >= 1
    assert found, "nothing came in at all: nothing was checked"
    everything = plain(" ".join(item.text for item in found))
    leaks = [canary for canary, _ in CANARIES if plain(canary) in everything or plain(canary).split()[-1] in everything.split()]
    assert leaks == []
    files = b"".join(path.read_bytes() for path in (tmp_path / "var").rglob("*") if path.is_file())
    told = caplog.text.encode()
    assert [canary for canary, _ in CANARIES if canary.encode() in files or canary.encode() in told] == []
