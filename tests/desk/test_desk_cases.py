"""Claiming, talking, giving back, closing and wiping, over HTTP and the live socket."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from desk_world import DeskWorld, Live, asks_for_a_person, said, teenager

from channels.desk.canned import load_canned
from channels.desk.context import DATA
from kernel.conversation import Holder
from kernel.language import Language
from kernel.role import Role


async def test_a_hundred_claims_have_one_winner(desk: DeskWorld) -> None:
    people = [await desk.staff(f"Person {number}", Role.COUNSELLOR) for number in range(5)]
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    tries = await asyncio.gather(*(people[number % 5].post(f"/cases/{case_id}/claim") for number in range(100)))
    assert {status for status, _ in tries} <= {303, 503}, "a full store is said, never a second winner"
    holder = (await desk.store.escalations.get(case_id)).claimed_by
    assert holder in {person.id for person in people}
    seeing = [person.id for person in people if (await person.get(f"/cases/{case_id}"))[0] == 200]
    assert seeing == [holder]
    told = desk.hub.relay.handoff_texts.text("counsellor_here", Language.NL)
    async with asyncio.timeout(20):
        while not any(frame.get("text") == told for frame in chat.seen):
            await chat.quiet()
    await chat.quiet(1.0)
    assert len([frame for frame in chat.seen if frame["type"] == "reply" and frame["text"] == told]) == 1, "the teenager was told once"
    await chat.close()


async def test_a_talk_both_ways_back_to_the_bot_and_again(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "fr", "quelqu'un me menace avec ma photo nue")
    case_id = await asks_for_a_person(chat, "svp vite")
    status, body = await an.get(f"/cases/{case_id}")
    assert status == 200 and "svp vite" in body
    assert (await an.post("/queue/next", language="all"))[0] == 303
    page = await Live.of(desk, an, case_id)
    said_id = str(uuid.uuid4())
    for _ in range(3):  # a page that sends again says nothing twice
        assert (await an.post(f"/cases/{case_id}/say", text="Bonjour, je suis là", id=said_id))[0] == 303
    assert (await said(chat))["text"] == "Bonjour, je suis là"
    await chat.say("il veut 200 euros", seconds=6)
    heard = await page.until(lambda frame: frame["type"] == "said" and frame["from"] == "teenager")
    assert heard["text"] == "il veut 200 euros"
    await chat.send(type="typing")
    await page.until(lambda frame: frame["type"] == "typing")
    await page.socket.send_json({"type": "typing"})
    await chat.until("typing")
    assert (await an.post(f"/cases/{case_id}/return"))[0] == 303
    returning = await page.until(lambda frame: frame["type"] == "case" and frame["returning"])
    assert 8 < returning["returning"] <= 10
    assert (await an.post(f"/cases/{case_id}/stay"))[0] == 303
    await page.until(lambda frame: frame["type"] == "case" and frame["returning"] is None)
    assert (await an.post(f"/cases/{case_id}/return"))[0] == 303
    await page.until(lambda frame: frame["type"] == "case" and frame["state"] == "returned", 14)
    again = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{again}/claim"))[0] == 303
    form = {"outcome": "referred", "need": "sextortion", "line_childfocus": "on", "line_nonsense": "on", "age_group": "14_15", "who": "self",
            "channel": "web", "minutes": "12", "remark": "belt morgen terug"}  # fmt: skip
    assert (await an.post(f"/cases/{again}/close", **(form | {"outcome": ""})))[0] == 422
    assert (await an.post(f"/cases/{again}/close", **form))[0] == 303
    closed = await desk.store.escalations.get(again)
    assert (closed.outcome, closed.referred_to, closed.age_group, closed.minutes) == ("referred", ("childfocus",), "14_15", 12)
    assert "belt morgen terug" in (await an.get(f"/cases/{again}"))[1]
    assert len([frame for frame in chat.seen if frame["type"] == "reply" and frame["text"] == "Bonjour, je suis là"]) == 1
    acts = {entry.act for entry in await desk.store.audit.entries(subject=case_id)}
    assert {"case_read", "case_claimed", "case_watched", "case_said", "case_returned", "case_stayed"} <= acts
    await chat.close()


async def test_most_urgent_first_and_an_emergency_in_every_language(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chats = [await teenager(desk, language, text) for language, text in (
        ("nl", "ze pesten mij op school"), ("nl", "iemand dreigt met mijn naaktfoto"), ("fr", "je veux mourir"), ("fr", "on me menace avec ma photo nue"))]  # fmt: skip
    calm, urgent, emergency, french = [await asks_for_a_person(chat) for chat in chats]
    _, body = await an.get("/queue?language=nl")
    places = [body.find(f"/cases/{case_id}/claim") for case_id in (emergency, urgent, calm)]
    assert places == sorted(places) and -1 not in places
    assert f"/cases/{french}/claim" not in body
    taken = []
    for language in ("nl", "nl", "nl", "nl", "all"):
        await an.post("/queue/next", language=language)
        taken.append([each.id for each in await desk.store.escalations.of_account(an.id)])
    assert [len(each) for each in taken] == [1, 2, 3, 3, 4]
    assert [next(iter(set(now) - set(before))) for before, now in zip([[], *taken], taken, strict=False) if len(now) > len(before)] == [
        emergency, urgent, calm, french,
    ]  # fmt: skip
    for chat in chats:
        await chat.close()


async def test_wiping_takes_the_text_away_and_says_so(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat, "een heel eigen woord: kolibrie")
    assert "kolibrie" in (await an.get(f"/cases/{case_id}"))[1]
    await an.post(f"/cases/{case_id}/claim")
    await chat.send(type="wipe")
    await chat.until("wiped", 5)
    status, body = await an.get(f"/cases/{case_id}")
    assert status == 200
    assert "kolibrie" not in body and "gewist" in body
    assert (await an.post(f"/cases/{case_id}/say", text="nog daar?"))[0] in (404, 422)


async def test_the_bot_stays_silent_while_a_counsellor_holds(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    conversation_id = (await desk.store.escalations.get(case_id)).conversation_id
    assert (await desk.store.conversations.get(conversation_id or "")).holder is Holder.COUNSELLOR
    await chat.quiet()
    frames = [frame for number in range(5) for frame in await chat.say(f"bericht {number}", seconds=6)]
    assert [frame for frame in frames if frame["type"] == "reply"] == []
    await chat.close()


def test_canned_replies_are_pairs_and_short() -> None:
    canned = load_canned(DATA / "canned.yml")
    assert len(canned) >= 12
    assert all(len(one.texts[language].split()) <= 60 for one in canned for language in Language)


async def test_no_word_name_or_id_is_logged_or_counted(desk: DeskWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")  # what every start uses (channels/logs.py); the database driver would write values at DEBUG
    an = await desk.staff("Annemarijke Kanarie", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto kolibrie")
    case_id = await asks_for_a_person(chat, "woord: spreeuw")
    await an.post(f"/cases/{case_id}/claim")
    await an.post(f"/cases/{case_id}/say", text="antwoord: merel")
    await an.post(f"/cases/{case_id}/note", text="notitie: koolmees")
    await an.log_in(password="fout: boomklever")
    await an.get("/cases/" + "0" * 32)
    await an.post(f"/cases/{case_id}/close", outcome="step", remark="opmerking: winterkoning")
    async with desk.http.get(f"http://127.0.0.1:{desk.settings.metrics_port}/metrics") as answer:
        counted = await answer.text()
    written = caplog.text + str([record.__dict__ for record in caplog.records]) + counted
    assert "escalation offered" in written and "chatmasjien_" in written, "nothing was looked at"
    canaries = ("kolibrie", "spreeuw", "merel", "koolmees", "boomklever", "winterkoning", "Annemarijke", "Kanarie", an.id, case_id, an.mark)
    assert [canary for canary in (*canaries, *an.cookies.values(), an.secret) if canary in written] == []
    await chat.close()
