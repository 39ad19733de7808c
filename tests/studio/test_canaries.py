"""Thirty personal details, from what a teenager types to the report of a gate: none is in the inbox, a page, a file, a table, a log or an export."""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from canary_world import CanaryWorld, found
from desk_world import Person, asks_for_a_person
from hub_world import TOKEN
from inbox_world import chat_that_ends, press, question_in
from masking_stand_ins import real_masker
from standin_bot import StandinBot

from channels.answers import Answers
from channels.inbox_masking import InboxMasker
from channels.inbox_question import InboxQuestion
from channels.store import JobKind, JobState
from curation.changes import AddExample
from kernel.language import Language
from kernel.role import Role
from safety.masking import Masker

NL, FR = "nl", "fr"
AGREED = [
    (NL, "{} heeft mij gisteren weer uitgelachen op de bus", "Jelle Vercauteren"), (NL, "mijn beste vriendin {} weet er niks van", "Noortje"),
    (NL, "das {} die het doorgestuurd heeft", "Ayoub El Khattabi"), (NL, "ge kunt mij bellen op {} na school", "0468 77 21 90"),
    (NL, "ik woon in de {} bij mijn oma", "Meidoornstraat 28"), (NL, "zijn snap is {} en hij stopt niet", "jellekeee_x77"),
    (NL, "mail mij op {} want gsm is afgepakt", "fenna.v@telemail.be"), (NL, "ik zit op het {} trouwens", "Sint-Godelievecollege"),
    (FR, "{} m'a encore humilié dans le bus hier", "Théo Vandenbossche"), (FR, "ma meilleure amie {} sait rien", "Océane"),
    (FR, "c'est {} qui a tout partagé", "Younes Benhaddou"), (FR, "tu peux m'appeler au {} si tu veux", "0485 66 17 93"),
    (FR, "j'habite {} chez ma mamy", "rue des Églantines 84"), (FR, "son snap c'est {} et il arrête pas", "theo.vdbx_99"),
    (FR, "mon mail c'est {} dit maman", "theo point vdb arobase telemail point be"),
]  # fmt: skip
"""Said to the bot by a teenager of 16 or more who then agrees."""
FLAGGED = [
    (NL, "ik ben {} en ik durf niks zeggen thuis", "fenna"), (NL, "mijn stiefvader {} kijkt altijd in mijn gsm", "Gunther De Wispelaere"),
    (NL, "hij belt altijd met {} savonds", "+32 493 88 71 02"), (NL, "mijn nummer {} staat op een site", "nul vier zeven acht 22 33 44"),
    (NL, "op school, {}, weet de leerkracht niks", "GO! Atheneum Keerbergen"), (NL, "mijn roblox naam is {} en hij vond mij daar", "DrakenTemmer2011"),
    (NL, "ik ben geboren op {} dus ja", "23/04/2009"), (NL, "ik ben geboren den {} zegt mama", "drieentwintig april tweeduizend negen"),
    (FR, "moi c'est {} et j'ose rien dire", "maïwenn"), (FR, "mr {} mon coach envoie des trucs bizarres", "Pirotte"),
    (FR, "il appelle avec le {} le soir", "+32 471.90.86.55"), (FR, "elle est devant chez moi, {} à Gembloux", "clos des Merles 71"),
    (FR, "je suis à {} et tout le monde l'a vu", "l'Institut Sainte-Begge"), (FR, "cherche moi sur insta: {} tu verras", "@maiwenn.lg"),
    (FR, "je suis né le {} et il le sait", "17 septembre 2009"),
]  # fmt: skip
"""Written to a counsellor, who marks each."""
CANARIES = [detail for *_, detail in (*AGREED, *FLAGGED)]


@pytest.fixture
async def world(tmp_path: Path, studio_answers: Answers, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[CanaryWorld]:
    """Everything between a chat and a gate, with temporary files where they are searched too."""
    real_masker()  # seconds: before anybody talks
    monkeypatch.setattr("curation.measuring_sets.REALTEXTS", Path("nowhere"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    bot = StandinBot(TOKEN)
    await bot.start()
    made = CanaryWorld(tmp_path, studio_answers, bot)
    await made.start()
    made.limits_off()
    yield made
    await made.stop()
    await bot.stop()


async def say_and_agree(world: CanaryWorld) -> int:
    """Chats whose sentences the bot did not understand, each with a yes at the end; how many sentences were given."""
    question = InboxQuestion.load(Path(__file__).resolve().parents[2] / "data/safety/inbox.yml")
    given = 0
    for start, end in ((0, 4), (4, 8), (8, 12), (12, 15)):
        part = [text.format(detail) for _, text, detail in AGREED[start:end]]
        chat, said = await chat_that_ends(world, *part, lang=AGREED[start][0])  # type: ignore[arg-type]
        asked = question_in(said, question)
        assert asked is not None, "nobody was asked"
        await press(chat, asked, 0)
        await chat.close()
        given += len(part)
    return given


async def say_and_flag(world: CanaryWorld, counsellor: Person) -> int:
    """Cases in which a counsellor marks every sentence; how many."""
    flagged = 0
    for language in (NL, FR):
        chat = await world.talk(language)
        case = await asks_for_a_person(chat)
        assert (await counsellor.post(f"/cases/{case}/claim"))[0] == 303
        for text, detail in [(text, detail) for code, text, detail in FLAGGED if code == language]:
            await chat.say(text.format(detail))
        _, body = await counsellor.get(f"/cases/{case}")
        for said in re.findall(r'class="said teenager" data-id="([^"]+)"', body):
            assert (await counsellor.post(f"/cases/{case}/flag", said=said))[0] == 303
            flagged += 1
        await chat.close()
    return flagged


async def pass_all(world: CanaryWorld, counsellor: Person) -> tuple[str, int]:
    """The counsellor lets volunteers see everything as it is proposed; the page it was read on, and how many."""
    _, page = await counsellor.get("/inbox")
    shown = re.findall(r'action="/inbox/([0-9a-f]{32})".*?<textarea[^>]*>([^<]*)</textarea>', page, re.DOTALL)
    for item, text in shown:
        assert (await counsellor.post(f"/inbox/{item}", act="pass", text=html.unescape(text).strip("\n")))[0] == 303
    return page, len(shown)


async def accept_all(volunteer: Person) -> str:
    """A volunteer accepts what can be accepted, and skips the rest; all pages they saw."""
    pages = []
    for _ in range(80):
        _, page = await volunteer.get("/studio/inbox")
        pages.append(page)
        item = re.search(r'action="/studio/inbox/([0-9a-f]{32})"', page)
        if item is None:
            return "\n".join(pages)
        text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
        assert text
        form = {"need": "other_wellbeing", "text": html.unescape(text[1]).strip("\n")}
        status, body = await volunteer.post(f"/studio/inbox/{item[1]}", act="accept", **form)
        if status != 303:
            pages.append(body)
            await volunteer.post(f"/studio/inbox/{item[1]}", act="skip")
    raise AssertionError("the inbox does not get empty")


async def through_the_gate(world: CanaryWorld, an: Person, bo: Person) -> tuple[str, str]:
    """Proposed, approved by somebody else, trained and measured: the ids of proposal and job."""
    made = await world.draft_of(an)
    assert (await world.checked(an, made))["errors"] == 0
    assert (await an.post(f"/studio/proposals/{made}/propose", title="Uit het postvak", why="Zo zeggen ze het."))[0] == 303
    read = await world.store.proposals.get(made)
    assert read is not None
    assert (await bo.post(f"/studio/proposals/{made}/approve", version=str(read.version)))[0] == 303
    assert (await an.post("/studio/gate", proposal=made))[0] == 303
    for _ in range(240):
        (job,) = [one for one in await world.store.jobs.latest() if one.kind is JobKind.GATE]
        if job.is_over:
            assert job.state is JobState.DONE, job.outcome
            return made, job.id
        await asyncio.sleep(0.5)
    raise AssertionError("the gate took more than two minutes")


async def every_page(world: CanaryWorld, people: dict[str, Person], proposal: str, job: str) -> str:
    """What volunteers, a lead and a counsellor can open afterwards (the case itself apart), the exports and the metrics."""
    studio = (
        "/studio", "/studio/inbox", "/studio/proposals", f"/studio/proposals/{proposal}", "/studio/examples/other_wellbeing", "/studio/board",
        "/studio/jobs", f"/studio/jobs/{job}", f"/studio/jobs/{job}/state", "/studio/publish",
    )  # fmt: skip
    listed = {"an": studio, "bo": studio, "lead": (*studio, "/numbers", "/numbers.csv", "/audit"), "cas": ("/inbox", "/numbers.csv")}
    pages = []
    for name, paths in listed.items():
        for path in paths:
            status, body = await people[name].get(path)
            assert status == 200 or name == "cas", (name, path)
            pages.append(body)
    async with world.http.get(f"http://127.0.0.1:{world.settings.metrics_port}/metrics") as answer:
        pages.append(await answer.text())
    assert "chatmasjien_inbox_total" in pages[-1]
    return "\n".join(pages)


async def test_no_canary_gets_anywhere(world: CanaryWorld, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.INFO)
    assert len(CANARIES) == len(set(CANARIES)) == 30
    assert found(CANARIES, "\n".join(text.format(detail) for _, text, detail in (*AGREED, *FLAGGED))) == CANARIES, "the search is blind"
    people = {
        "cas": await world.staff("Cas", Role.COUNSELLOR), "an": await world.volunteer("An"),
        "bo": await world.volunteer("Bo", Language.FR), "lead": await world.volunteer("Lou", role=Role.LEAD),
    }  # fmt: skip
    assert await say_and_agree(world) + await say_and_flag(world, people["cas"]) == 30
    await world.hub.inbox.settled()
    steps = {step: world.hub.metrics.inbox.labels(step=step)._value.get() for step in ("masked", "dropped")}
    waiting = await world.store.inbox.new()
    assert steps["masked"] + steps["dropped"] == 30
    assert steps["dropped"] >= 4, "what cannot be masked (dates, a number in words) has to go"
    assert steps["masked"] == len(waiting) >= 20
    assert found(CANARIES, "\n".join(item.text for item in waiting)) == []

    desk_page, passed = await pass_all(world, people["cas"])
    assert passed == len(waiting)
    volunteer_pages = await accept_all(people["an"])
    open_now = [item.text for item in await world.store.inbox.open_for(people["bo"].id)]
    proposal, job = await through_the_gate(world, people["an"], people["bo"])
    accepted = [change.text for change in await world.changes_of(proposal) if isinstance(change, AddExample)]
    assert len(accepted) >= 15
    folder = world.workshop.gates.folder_of(job)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["passed"]
    training = (folder / "work" / "var" / "job.log").read_text(encoding="utf-8")
    assert [text for text in accepted if text not in training] == [], "the training did not learn them"

    read = await world.store.proposals.get(proposal)
    places = {
        "the counsellor's inbox": desk_page,
        "the volunteer's inbox": volunteer_pages,
        "what is still open": "\n".join(open_now),
        "the proposal": "\n".join(accepted) + repr(read),
        "pages, exports and metrics": await every_page(world, people, proposal, job),
        "tables": await world.rows(),
        "files": world.files(),
        "the log": caplog.text + "\n".join(repr(record.__dict__) for record in caplog.records),
        "the output": "".join(capfd.readouterr()),
    }
    assert len(places["files"]) > 10_000
    assert accepted[0] in places["files"]
    assert {name: leaks for name, text in places.items() if (leaks := found(CANARIES, text))} == {}


@pytest.mark.parametrize("engines", ["none", "broken"])
async def test_without_its_engines_nothing_is_kept(engines: str) -> None:
    empty = Masker(engines={})

    class Away:
        """A masking that cannot be started, or that fails on every sentence."""

        async def start(self) -> bool:
            return engines == "broken"

        async def mask(self, text: str, language: Language) -> str:
            return empty.mask(text, language)

        async def close(self) -> None:
            """Nothing."""

    masker = InboxMasker(Away)  # type: ignore[arg-type]
    kept = [await masker.mask(text.format(detail), Language(language)) for language, text, detail in (*AGREED, *FLAGGED)]
    await masker.close()
    assert kept == [None] * 30
