"""The same store on PostgreSQL, where its programs are installed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from at_rest import kept, places_of
from servers import Postgres
from sqlalchemy.exc import DBAPIError

from channels.store import Accepted, AlreadyDone, Body, CardLine, CaseRecord, Moved, Offer, OpenCard, Outcome, Store
from channels.store.accounts import LastAdmin, NameTaken
from kernel.conversation import Bubble, Choice
from kernel.language import Language
from kernel.role import Role
from kernel.urgency import Urgency


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    server = Postgres()
    yield server.url
    server.remove()


async def test_two_hubs_share_one_database(database_url: str) -> None:
    hubs = [Store(database_url, "s" * 40) for _ in range(2)]
    await asyncio.gather(*(hub.open() for hub in hubs))  # both migrate at once
    first, second = hubs
    key, token, replies = await first.begin(Language.FR, "web", [Bubble("salut", Language.FR, (Choice("oui", "/affirm"),))])
    found = await second.conversations.by_token(token)
    assert found is not None
    assert found.id == key
    assert await second.messages.resolve_choice(key, replies[0].bubble.choices[0].payload) == ("/affirm", "oui")

    accepted = await asyncio.gather(*(hub.messages.accept(key, "m", Body("a\x00b"), Urgency.HIGH) for hub in hubs * 4))
    assert sorted(one.is_new for one in accepted) == [False] * 7 + [True]
    assert [message.body.text for message in await second.messages.unfinished()] == ["a\x00b"]

    finishing = (hub.messages.finish(key, "m", [Bubble("ok", Language.FR)], Outcome(memory={"n": 1})) for hub in hubs * 3)
    results = await asyncio.gather(*finishing, return_exceptions=True)
    assert sum(isinstance(result, AlreadyDone) for result in results) == 5
    assert [reply.seq for reply in (await first.messages.replies_after(key, 0))[0]] == [1, 2]
    assert await first.messages.accept(key, "m", Body("a"), Urgency.NONE) == Accepted(is_new=False, is_done=True)

    levels = [Urgency.EMERGENCY, Urgency.NONE, Urgency.NORMAL] * 3
    await asyncio.gather(*(hubs[n % 2].conversations.raise_urgency(key, level) for n, level in enumerate(levels)))
    assert (await first.conversations.get(key)).urgency is Urgency.EMERGENCY

    await second.conversations.wipe(key)
    assert await first.conversations.by_token(token) is None
    assert await first.conversations.wiped_ids() == [key]
    for hub in hubs:
        await hub.close()


async def test_two_hubs_hand_off_through_one_database(database_url: str) -> None:
    hubs = [Store(database_url, "s" * 40) for _ in range(2)]
    await asyncio.gather(*(hub.open() for hub in hubs))
    first, second = hubs
    key, _, _ = await first.begin(Language.NL, "web", [Bubble("hoi", Language.NL)])
    offers = (hub.teen_moves.offer(key, Offer("danger", "suicidal", Urgency.EMERGENCY, True)) for hub in hubs * 3)
    offered = await asyncio.gather(*offers)
    assert len({one.escalation.id for one in offered}) == 1
    assert sum(one.is_news for one in offered) == 1
    case = offered[0].escalation.id
    card = await first.teen_moves.put_card(case, [CardLine("said", "ik schreef", None)])
    sends = (hub.teen_moves.send(key, case, [card[0].id], "noot", is_after_hours=False, ways=["email"]) for hub in hubs * 3)
    assert sorted(is_new for _, is_new in await asyncio.gather(*sends)) == [False] * 5 + [True]

    taken = await asyncio.gather(*(hub.outbox.take(time.time() + 61, 30) for hub in hubs * 3))
    assert sorted(map(len, taken)) == [0] * 5 + [1]
    await first.messages.accept(key, "m", Body("voor wie?"), Urgency.NONE)
    claims = (hub.staff_moves.claim(case, f"account {number}", []) for number, hub in enumerate(hubs * 20))
    tried = await asyncio.gather(*claims, return_exceptions=True)
    assert sum(isinstance(one, Moved) for one in tried) == 1
    assert await second.messages.finish(key, "m", [Bubble("bot", Language.NL)], Outcome()) == []
    assert [said.text for said in (await first.cases.get(case)).talk] == ["voor wie?"]
    await second.conversations.wipe(key)
    assert (await first.cases.get(case)).talk == ()
    for hub in hubs:
        await hub.close()


async def test_danger_that_two_hubs_store_at_once_is_offered_once(database_url: str) -> None:
    hubs = [Store(database_url, "s" * 40) for _ in range(2)]
    await asyncio.gather(*(hub.open() for hub in hubs))
    key, _, _ = await hubs[0].begin(Language.NL, "web", [])
    danger = Offer("danger", "sextortion", Urgency.HIGH, is_danger=True)
    accepted = await asyncio.gather(*(hub.messages.accept(key, "m", Body("x"), Urgency.HIGH, danger=danger) for hub in hubs * 4))
    offered = [one.offered for one in accepted if one.offered is not None]
    assert (len(offered), offered[0].is_news) == (1, True)
    found = await hubs[1].escalations.alive(key)
    assert found is not None
    assert (found.is_danger, found.urgency, found.need) == (True, Urgency.HIGH, "sextortion")
    for hub in hubs:
        await hub.close()


async def test_a_card_that_was_not_sent_goes_with_what_was_said(database_url: str) -> None:
    store, secret = Store(database_url, "s" * 40), "s" * 40
    await store.open()
    number = 5_550_000
    linked = await store.telegram.begin(number, Language.NL, [], time.time(), message_id=None, update_id=None)
    chat, key = store.telegram.numbers.pseudonym(number), linked.conversation_id
    for words, is_sent in (("zaakwoord", True), ("kaartwoord", False)):
        case = (await store.teen_moves.offer(key, Offer("danger", "suicidal", Urgency.EMERGENCY, True))).escalation.id
        (line,) = await store.teen_moves.put_card(case, [CardLine("said", words)])
        await store.telegram_cards.put(chat, key, OpenCard(case, 1, {"lines": [words]}))
        if is_sent:
            await store.teen_moves.send(key, case, [line.id], "", is_after_hours=False, ways=[])
            await store.staff_moves.claim(case, "a", [])
            await store.staff_moves.close(case, "a", CaseRecord(), [])
    assert places_of("kaartwoord", await kept(store, secret)) == {"card", "telegram card"}
    assert await store.conversations.thin_idle(time.time() + 1) == 1
    found = await kept(store, secret)
    assert (places_of("kaartwoord", found), places_of("zaakwoord", found)) == (set(), {"payload"})
    await store.conversations.wipe(key)
    await store.close()


async def test_staff_and_their_audit_through_two_hubs(database_url: str) -> None:
    hubs = [Store(database_url, "s" * 40) for _ in range(2)]
    await asyncio.gather(*(hub.open() for hub in hubs))
    first, second = hubs
    account_id, token = await first.accounts.create("An Peeters", Role.ADMIN)
    with pytest.raises(NameTaken):
        await second.accounts.create(" an  PEETERS", Role.LEAD)
    enrolling = (hub.accounts.enrol(token, "hash", 1, ["CODE"]) for hub in hubs * 4)
    assert sorted(await asyncio.gather(*enrolling)) == [False] * 7 + [True]

    tries = await asyncio.gather(*(hub.accounts.begin_try(account_id) for hub in hubs * 8))
    assert sum(tries) == 5, "five tries at the same moment, then locked"
    await second.accounts.unlock(account_id)
    assert sorted(await asyncio.gather(*(hub.accounts.use_step(account_id, 7) for hub in hubs * 3))) == [False] * 5 + [True]
    assert sorted(await asyncio.gather(*(hub.accounts.use_code(account_id, "CODE") for hub in hubs * 3))) == [False] * 5 + [True]
    with pytest.raises(LastAdmin):
        await second.accounts.end(account_id)

    cookie = await first.sessions.begin(account_id)
    found = await second.sessions.find(cookie)
    assert found is not None
    assert found[1].name == "An Peeters"
    assert await second.sessions.end(found[0].handle, account_id) == 1
    assert await first.sessions.find(cookie) is None

    await first.audit.note(account_id, "login", account_id)
    for statement in ("UPDATE audit SET act = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with second.db.write() as connection:
                await connection.execute(sa.text(statement))
    assert [entry.act for entry in await second.audit.entries(account_id=account_id)] == ["login"]
    for hub in hubs:
        await hub.close()
