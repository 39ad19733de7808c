"""Staff lower the urgency of a case they hold: in the store, and against danger at the same moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hub_world import ROOT
from servers import Postgres

from channels.lowering import LEAVES_PATH, restored, settled
from channels.store import Accepted, Body, CaseRecord, Escalation, Gone, Lowering, NotPossible, Offer, Outcome, Store
from channels.store.deletion import thin_rows
from channels.worry import Worry
from kernel.language import Language
from kernel.urgency import Urgency

AN, BO = "a" * 32, "b" * 32
EMERGENCY, HIGH, NORMAL = Urgency.EMERGENCY, Urgency.HIGH, Urgency.NORMAL
MEMORY = {
    "need": "suicidal",
    "worry": Worry("suicidal", EMERGENCY).kept(),
    "bot": {"turns": 3},
    "slots": {"who": "friend", "topic": "suicidal"},
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    server = Postgres()
    yield server.url
    server.remove()


@pytest.fixture(params=["sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """One store on each database."""
    url = request.getfixturevalue("postgres") if request.param == "postgres" else f"sqlite:///{tmp_path / 'store.db'}"
    opened = Store(url, "s" * 48)
    await opened.open()
    yield opened
    await opened.close()


async def held(store: Store, level: Urgency = EMERGENCY) -> tuple[str, str]:
    """A conversation in danger whose card was sent and which An holds; its id and the case's."""
    key, _, _ = await store.begin(Language.NL, "web", [])
    await store.messages.accept(key, "m", Body("x"), level)
    await store.messages.finish(key, "m", [], Outcome(level, memory=MEMORY))
    case = (await store.teen_moves.offer(key, Offer("danger", "suicidal", level, True))).escalation.id
    await store.teen_moves.put_card(case, [])
    await store.teen_moves.send(key, case, [], "", is_after_hours=False, ways=[])
    await store.staff_moves.claim(case, AN, [])
    return key, case


async def lowered(
    store: Store, key: str, case: str, to: Urgency = NORMAL, *, before: Urgency = EMERGENCY, by: str | None = AN, version: int | None = None
) -> Escalation:
    seen = (await store.conversations.get(key)).urgency_version if version is None else version
    return await store.staff_moves.lower(case, by, Lowering(before, to, seen), settled)


async def level(store: Store, key: str) -> Urgency:
    return (await store.conversations.get(key)).urgency


# ---- the store ---------------------------------------------------------------------------------------------------


async def test_lowering_is_for_the_case_and_its_conversation_and_can_be_undone(store: Store) -> None:
    key, case = await held(store)
    escalation = await lowered(store, key, case, HIGH)
    assert (escalation.urgency, escalation.lowered_from, await level(store, key)) == (HIGH, EMERGENCY, HIGH)
    escalation = await lowered(store, key, case, NORMAL, before=HIGH)
    assert (escalation.urgency, escalation.lowered_from, await level(store, key)) == (NORMAL, EMERGENCY, NORMAL)
    kept = (await store.conversations.get(key)).memory
    assert (kept["need"], kept["worry"], kept["slots"]["who"], kept[LEAVES_PATH]) == (None, None, "friend", True)
    escalation = await store.staff_moves.undo_lowering(case, AN, restored)
    assert (escalation.urgency, escalation.lowered_from, await level(store, key)) == (EMERGENCY, None, EMERGENCY)
    assert (await store.conversations.get(key)).memory == MEMORY
    with pytest.raises(NotPossible):
        await store.staff_moves.undo_lowering(case, AN, restored)


async def test_only_down_only_from_what_was_seen_only_while_it_is_held(store: Store) -> None:
    key, case = await held(store)
    for before, to in ((EMERGENCY, EMERGENCY), (HIGH, NORMAL), (NORMAL, HIGH), (HIGH, EMERGENCY)):
        with pytest.raises(NotPossible):
            await lowered(store, key, case, to, before=before)
    with pytest.raises(NotPossible):
        await lowered(store, key, case, by=BO)
    assert (await lowered(store, key, case, HIGH, by=None)).urgency is HIGH, "a lead holds nothing"
    await store.staff_moves.plan_return(case, AN, 1.0)
    await store.staff_moves.give_back(case, 2.0, [])
    for by in (AN, None):
        with pytest.raises(NotPossible):
            await lowered(store, key, case, before=HIGH, by=by)
        with pytest.raises(NotPossible):
            await store.staff_moves.undo_lowering(case, by, restored)
    assert await level(store, key) is HIGH


async def test_after_closing_and_after_a_wipe_nothing_is_lowered(store: Store) -> None:
    key, case = await held(store)
    await store.staff_moves.close(case, AN, CaseRecord(), [])
    for by in (AN, None):
        with pytest.raises(NotPossible):
            await lowered(store, key, case, by=by)
    assert await level(store, key) is EMERGENCY
    wiped, other = await held(store)
    await store.conversations.wipe(wiped)
    with pytest.raises(Gone):
        await lowered(store, wiped, other, version=0)


@pytest.mark.parametrize("way", ["message", "flood", "offer"])
async def test_danger_heard_since_whoever_lowers_looked_refuses_it_also_on_the_same_level(store: Store, way: str) -> None:
    key, case = await held(store)
    seen = (await store.conversations.get(key)).urgency_version
    if way == "message":
        await store.messages.accept(key, "n", Body("y"), HIGH)
    elif way == "flood":
        await store.conversations.raise_urgency(key, EMERGENCY)
    else:
        await store.teen_moves.offer(key, Offer("danger", "suicidal", EMERGENCY, True))
    with pytest.raises(NotPossible):
        await lowered(store, key, case, version=seen)
    assert await level(store, key) is EMERGENCY
    assert (await store.conversations.get(key)).memory == MEMORY


async def test_harmless_words_do_not_refuse_it(store: Store) -> None:
    key, case = await held(store)
    seen = (await store.conversations.get(key)).urgency_version
    await store.messages.accept(key, "n", Body("ok dan"), Urgency.NONE)
    assert (await lowered(store, key, case, version=seen)).urgency is NORMAL


async def _after(seconds: float, work: Coroutine[Any, Any, Any]) -> Any:
    await asyncio.sleep(seconds)
    return await work


async def test_danger_at_the_same_moment_wins_whatever_comes_first(store: Store) -> None:
    refused, waits = 0, ((0.02, 0.0), (0.0, 0.02), (0.0, 0.0))
    for number, (first, second) in enumerate(waits * 6):
        key, case = await held(store)
        version = (await store.conversations.get(key)).urgency_version
        danger = store.messages.accept(key, f"n{number}", Body("y"), EMERGENCY)
        tries = _after(first, lowered(store, key, case, version=version)), _after(second, danger)
        lowering, accepted = await asyncio.gather(*tries, return_exceptions=True)
        assert isinstance(lowering, Escalation | NotPossible)
        assert isinstance(accepted, Accepted)
        refused += isinstance(lowering, NotPossible)
        assert await level(store, key) is EMERGENCY
    assert 0 < refused < len(waits) * 6, "both orders were tried"


async def test_of_two_who_lower_at_once_one_does(store: Store) -> None:
    key, case = await held(store)
    tries = await asyncio.gather(
        lowered(store, key, case, HIGH), lowered(store, key, case, NORMAL, by=None), lowered(store, key, case), return_exceptions=True
    )
    done = [one for one in tries if isinstance(one, Escalation)]
    assert len(done) == 1
    assert all(isinstance(one, Escalation | NotPossible) for one in tries)
    assert await level(store, key) is done[0].urgency


async def test_danger_that_comes_later_raises_both_again_and_is_news(store: Store) -> None:
    key, case = await held(store)
    await lowered(store, key, case)
    await store.messages.accept(key, "n", Body("y"), HIGH)
    assert await level(store, key) is HIGH
    offered = await store.teen_moves.offer(key, Offer("danger", "sextortion", HIGH, True))
    assert offered.is_news
    assert (offered.escalation.urgency, offered.escalation.lowered_from) == (HIGH, None)


async def test_what_was_urgent_before_there_was_a_version_counts_as_heard(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "channels/store/migrations"))
    opened = Store(f"sqlite:///{tmp_path / 'old.db'}", "s" * 48)

    def before(connection: sa.Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for name, rank in (("calm", 1), ("urgent", 2)):
            connection.exec_driver_sql(
                "INSERT INTO conversations (id, key_wrapped, channel, language, holder, urgency_rank, last_seq, created_at, active_at)"
                f" VALUES ('{name}', x'00', 'web', 'nl', 'bot', {rank}, 0, 0, 0)"
            )

    async with opened.db.write() as connection:
        await connection.run_sync(before)
    await opened.open()
    async with opened.db.read() as connection:
        versions = (await connection.execute(sa.text("SELECT id, urgency_version FROM conversations ORDER BY id"))).all()
    assert [tuple(row) for row in versions] == [("calm", 0), ("urgent", 1)]
    await opened.close()


async def test_what_was_too_old_is_not_remembered_again(store: Store) -> None:
    key, case = await held(store)
    assert await store.conversations.thin_idle(9e9) >= 1
    await lowered(store, key, case)
    assert (await level(store, key), (await store.conversations.get(key)).memory) == (NORMAL, {})


async def test_a_talk_that_went_on_after_it_was_too_old_is_settled_and_restored(store: Store) -> None:
    key, case = await held(store)
    await store.conversations.thin_idle(9e9)
    await store.messages.finish(key, None, [], Outcome(EMERGENCY, memory=MEMORY, is_command=True))
    await lowered(store, key, case)
    assert (await store.conversations.get(key)).memory[LEAVES_PATH] is True
    await store.staff_moves.undo_lowering(case, AN, restored)
    assert (await store.conversations.get(key)).memory == MEMORY


async def test_who_became_active_while_the_idle_were_looked_for_is_not_thinned(store: Store) -> None:
    key, _ = await held(store)
    before = (await store.conversations.get(key)).memory
    async with store.db.write() as connection:
        assert await thin_rows(connection, [key], time.time() - 60) == 0
    assert (await store.conversations.get(key)).memory == before == MEMORY


async def test_level_and_version_are_of_one_moment_and_stay_readable_after_a_wipe(store: Store) -> None:
    key, case = await held(store)
    escalation, version = await store.escalations.with_version(case)
    assert (escalation.urgency, version) == (EMERGENCY, (await store.conversations.get(key)).urgency_version)
    await store.conversations.wipe(key)
    escalation, version = await store.escalations.with_version(case)
    assert (escalation.id, escalation.conversation_id, version) == (case, None, 0)
    with pytest.raises(Gone):
        await store.escalations.with_version("0" * 32)
