"""The counsellor's part: flagging a sentence in a case, and passing or rewording each before a volunteer sees it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "desk"))

from desk_world import ROOT, DeskWorld, asks_for_a_person, said, teenager
from inbox_world import QuickWorker, quick_masker

from channels.answers import Answers
from channels.inbox import InboxDoor
from channels.inbox_question import InboxQuestion
from channels.store import InboxState, NewItem
from kernel.language import Language
from kernel.role import Role

FROM_CASE = "lotte zegt zwanenfietsbel tegen mij"


@pytest.fixture
async def world(tmp_path: Path, answers: Answers) -> AsyncIterator[DeskWorld]:
    """A desk whose inbox is on, with a quick masker."""
    made = desk_with_inbox(tmp_path / "var", answers, QuickWorker())
    await made.start()
    yield made
    await made.stop()


def desk_with_inbox(var: Path, answers: Answers, worker: QuickWorker) -> DeskWorld:
    made = DeskWorld(var, answers)
    made.settings = made.hub.settings = dataclasses.replace(made.settings, inbox=True)
    question = InboxQuestion.load(ROOT / "data/safety/inbox.yml")
    door = InboxDoor(made.hub.store, made.hub.metrics, question, quick_masker(worker), is_on=True)
    made.hub.inbox = made.hub.relay.inbox = made.hub.relay._turn_runner.inbox = door
    return made


async def test_a_flagged_sentence_is_read_reworded_and_passed(world: DeskWorld) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world)
    case = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{case}/claim"))[0] == 303
    await chat.say(FROM_CASE)
    _, body = await an.get(f"/cases/{case}")
    assert f'action="/cases/{case}/flag"' in body
    message = body.split('class="said teenager" data-id="')[1].split('"')[0]
    assert (await an.post(f"/cases/{case}/flag", said=message))[0] == 303
    assert "valt de zin weg" in (await an.get(f"/cases/{case}?flagged"))[1]
    await world.hub.inbox.settled()
    (item,) = await world.store.inbox.new()
    assert item.text == "[name] zegt zwanenfietsbel tegen mij"
    _, body = await an.get("/inbox")
    assert "iemand zegt zwanenfietsbel tegen mij" in body and case not in body
    assert await world.store.inbox.open_for(an.id) == []
    assert (await an.post(f"/inbox/{item.id}", act="pass", text="lotte zegt een raar woord tegen mij"))[0] == 303
    (passed,) = await world.store.inbox.open_for("x" * 32)
    assert (passed.text, passed.state) == ("iemand zegt een raar woord tegen mij", InboxState.OPEN)
    acts = [entry.act for entry in await world.store.audit.entries()]
    assert {"sentence_flagged", "inbox_read", "inbox_passed"} <= set(acts)


async def test_only_the_one_who_holds_the_case_may_flag_and_only_the_teenagers_words(world: DeskWorld) -> None:
    an, bo = await world.staff("An", Role.COUNSELLOR), await world.staff("Bo", Role.COUNSELLOR)
    chat = await teenager(world)
    case = await asks_for_a_person(chat)
    await an.post(f"/cases/{case}/claim")
    await chat.say(FROM_CASE)
    await an.post(f"/cases/{case}/say", id="22222222-2222-4222-8222-222222222222", text="ik luister")
    await said(chat)
    talk = (await world.parts.escalations.case(case)).talk
    assert (await bo.post(f"/cases/{case}/flag", said=talk[0].id))[0] == 403
    assert (await an.post(f"/cases/{case}/flag", said="22222222-2222-4222-8222-222222222222"))[0] == 404
    assert (await an.post(f"/cases/{case}/flag", said="nonsense"))[0] == 404
    await world.hub.inbox.settled()
    assert await world.store.inbox.new() == []


async def test_words_that_may_name_somebody_are_not_passed(world: DeskWorld) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    await world.store.inbox.add([NewItem(Language.NL, "ik snap [school] niet", None, 0.2)], "teenager")
    (item,) = await world.store.inbox.new()
    for typed in ("ik ken Bartel van daar", "mijn nummer 0470123456", "kapot gemaakt", ""):
        status, body = await an.post(f"/inbox/{item.id}", act="pass", text=typed)
        assert status == 422 and "niet doorgegeven" in body
    assert await world.store.inbox.open_for(an.id) == []
    assert (await an.post(f"/inbox/{item.id}", act="pass", text="ik snap mijn school niet"))[0] == 303
    assert [one.text for one in await world.store.inbox.open_for(an.id)] == ["ik snap mijn school niet"]


async def test_a_dropped_sentence_is_gone(world: DeskWorld) -> None:
    an, bo = await world.staff("An", Role.COUNSELLOR), await world.staff("Bo", Role.LEAD)
    await world.store.inbox.add([NewItem(Language.FR, "une phrase bizarre", None, 0.2)], "teenager")
    (item,) = await world.store.inbox.new()
    await an.post(f"/inbox/{item.id}", act="drop", text="")
    assert sum((await world.store.inbox.counts()).values()) == 0
    status, _ = await bo.post(f"/inbox/{item.id}", act="pass", text="une phrase bizarre")
    assert status == 303
    assert sum((await world.store.inbox.counts()).values()) == 0


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ADMIN])
async def test_nobody_else_reads_what_was_not_passed(world: DeskWorld, role: Role) -> None:
    person = await world.staff("Cas", role)
    assert (await person.get("/inbox"))[0] == 403
    assert (await person.post(f"/inbox/{'a' * 32}", act="pass", text="x"))[0] == 403


async def test_off_there_is_no_such_page(tmp_path: Path, answers: Answers) -> None:
    world = DeskWorld(tmp_path / "var", answers)
    await world.start()
    an = await world.staff("An", Role.COUNSELLOR)
    assert (await an.get("/inbox"))[0] == 404
    assert 'href="/inbox"' not in (await an.get("/queue"))[1]
    await world.stop()
