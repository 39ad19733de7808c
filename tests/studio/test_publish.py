"""Publishing while people talk, with stand-in bots: nothing fails, nothing old comes late, and what goes wrong changes nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from publish_world import PublishWorld, Talkers, model
from small_release import gated, left_over, state_of

from channels import bots
from channels.answers import Answers
from curation import release, workspace
from curation.files import hash_of, put_json, read_json
from curation.gate import REPORT
from curation.jobs import JobFailed, Progress
from curation.publish import Wanted


@pytest.fixture
async def world(tmp_path: Path, studio_answers: Answers, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PublishWorld]:
    """A running hub with the old model."""
    monkeypatch.setattr(bots, "READY_WITHIN_S", 20.0)
    made = PublishWorld(tmp_path, studio_answers)
    await made.start()
    yield made
    await made.stop()


async def test_twenty_chats_move_over_between_turns(world: PublishWorld) -> None:
    gate = world.gate("g", model("new", load=1.0))
    async with Talkers(world) as talkers:
        await asyncio.sleep(2)
        begun = time.monotonic()
        await world.publish(gate)
        announced = time.monotonic()
        while sum(ended > announced for _, ended, _ in talkers.turns) <= 60:  # however slow the machine is at the moment
            assert time.monotonic() < announced + 30, "the chats fell silent"
            await asyncio.sleep(0.1)
    assert talkers.failed == []
    assert all(said.split()[0] in ("old", "new") for *_, said in talkers.turns), "a turn was answered by the fixed answer"
    assert world.fallbacks() == 0
    assert len(talkers.turns) > 100
    replies_after = [said for _, ended, said in talkers.turns if ended > announced]
    assert len(replies_after) > 40
    assert not [said for said in replies_after if said.startswith("old")], "a reply of the old model after the end was announced"
    quiet = talkers.p95(0, begun)
    slow = [second for second in range(int(announced - begun) + 1) if talkers.p95(begun + second, begun + second + 1) > max(2 * quiet, 0.1)]
    assert len(slow) <= 10, f"p95 {quiet:.3f} s before; more than twice that in {len(slow)} seconds"
    assert world.hub.bot.models == (hash_of(world.root / workspace.MODEL),)


async def test_what_was_published_is_current_with_its_card(world: PublishWorld) -> None:
    before = world.bots.pid
    name = await world.publish(world.gate("g", model("new")), proposal={"id": "p", "title": "Greeting", "author": "Noor"})
    assert await world.said() == "new 1"
    assert (world.root / workspace.MODEL).read_text(encoding="utf-8") == model("new")
    assert (world.root / "data/responses/greeting.yml").read_text(encoding="utf-8") == "reply of g\n"
    card = read_json(world.root / workspace.CARD)
    assert card is not None
    assert card["release"] == name
    assert card["model"] == hash_of(world.root / workspace.MODEL)
    assert card["data"] == workspace.content_digest(world.root)
    assert (card["approved_by"], card["published_by"]["name"]) == (["Lou"], "An")
    assert card["scores"]["fr"]["danger"]["hits"] == 9
    ((act, about, files),) = world.books.said
    assert (act, about["proposal"]["title"], files) == ("published", "Greeting", ["data/responses/greeting.yml"])
    assert world.bots.pid not in (None, before)
    assert left_over(world.root) == []


async def test_one_click_back_and_back_again(world: PublishWorld) -> None:
    old = state_of(world.root)
    first = await world.publish(world.gate("g", model("new")), proposal={"id": "p", "title": "Greeting", "author": "Noor"})
    await world.publish(world.gate("h", model("newer")), proposal={"id": "q", "title": "More", "author": "Lou"})
    assert await world.said() == "newer 1"
    assert await world.back() == first
    assert await world.said() == "new 1"
    assert world.books.said[-1][1]["proposals"] == [{"id": "q", "title": "More", "author": "Lou"}]
    await world.back("back2")
    assert await world.said() == "old 1"
    assert state_of(world.root) == old
    with pytest.raises(JobFailed, match="no_way_back"):
        await world.back("back3")
    await world.back("forward", to=first)
    assert await world.said() == "new 1"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (model("new", deaf=True), "smoke"),
        (model("new", starts=False), "not_started"),
        (model("new", lies=True), "other_model"),
    ],
)
async def test_a_model_that_is_not_good_enough_changes_nothing(
    world: PublishWorld, new: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.bot_process._BACK_OFF", (0.1,))
    old, pid = state_of(world.root), world.bots.pid
    async with Talkers(world, 5) as talkers:
        with pytest.raises(JobFailed, match=reason):
            await world.publish(world.gate("g", new))
    assert talkers.failed == []
    assert all(said.startswith("old") for *_, said in talkers.turns)
    assert (state_of(world.root), world.bots.pid, world.books.said) == (old, pid, [])
    assert await world.said() == "old 1"


async def test_too_little_memory_changes_nothing(world: PublishWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bots, "_free_memory", lambda: 10_000_000)
    with pytest.raises(JobFailed, match="memory"):
        await world.publish(world.gate("g", model("new")))
    assert await world.said() == "old 1"


async def test_what_the_gate_refused_is_not_published_and_a_reason_helps_only_where_nobody_is_in_danger(world: PublishWorld) -> None:
    gate = world.gate("g", model("new"), passed=False)
    with pytest.raises(JobFailed, match="refused"):
        await world.publish(gate)
    assert await world.said() == "old 1"


@pytest.mark.parametrize("file", ["work", "root", "model"])
async def test_a_gate_that_measured_something_else_is_too_old(world: PublishWorld, file: str) -> None:
    gate = world.gate("g", model("new"))
    if file == "work":
        (gate / "work/data/responses/greeting.yml").write_text("put in later\n", encoding="utf-8")
    elif file == "root":
        (world.root / "data/responses/greeting.yml").write_text("edited since\n", encoding="utf-8")
    else:
        (gate / "work" / workspace.MODEL).write_text(model("another"), encoding="utf-8")
    with pytest.raises(JobFailed, match="gate_is_old" if file == "root" else "changed_since"):
        await world.publish(gate)
    assert await world.said() == "old 1"


async def test_cancelled_before_it_is_decided_nothing_changed(world: PublishWorld) -> None:
    old = state_of(world.root)
    task = asyncio.create_task(world.publish(world.gate("g", model("new", load=3.0))))
    await asyncio.sleep(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert state_of(world.root) == old
    assert await world.said() == "old 1"
    await world.publish(world.gate("h", model("new")))
    assert await world.said() == "new 1"


async def test_started_again_after_a_kill_it_is_done_once(world: PublishWorld) -> None:
    """The decision is on the disk, the process is gone before anybody was told: the next one finishes and tells."""
    gate = world.gate("g", model("new"))
    report = read_json(gate / REPORT)
    assert report is not None
    card = {"model": report["model"], "previous": None, "job": "g", "proposal": None, "published_at": 1.0}
    to = release.stage(world.root, gate / "work", card)
    release.begin(world.root, to, {"act": "publish", "job": "g", "release": to.id, "proposal": None, "by": {"id": None}})
    assert await world.publish(gate, Progress()) == to.id
    assert [act for act, *_ in world.books.said] == ["published"]
    assert await world.publish(gate, Progress()) == to.id
    assert len(world.books.said) == 1


async def test_a_bot_that_dies_after_the_switch_comes_again_with_the_new_model(
    world: PublishWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.bot_process._BACK_OFF", (0.1,))
    await world.publish(world.gate("g", model("new")))
    pid = world.bots.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    said = ""
    for _ in range(50):
        await asyncio.sleep(0.2)
        if (said := await world.said()) == "new 1":
            break
    assert said == "new 1"
    assert world.bots.pid not in (None, pid)


async def test_a_lead_lets_false_alarms_pass_and_the_card_says_so(world: PublishWorld) -> None:
    gate = gated(world.root, "g", model("new"), passed=False, responses__greeting="reply\n")
    report = read_json(gate / REPORT)
    assert report is not None
    for reason in report["reasons"]:
        reason["rule"] = "alarm"
    put_json(gate / REPORT, report)
    said = {"by": {"id": "l" * 32, "name": "An"}, "reason": "seen one by one"}
    card = {"published_by": {"id": "l" * 32, "name": "An"}, "proposal": None, "approved_by": []}
    await world.publisher.publish("g", Wanted(gate, card, said), Progress())
    assert await world.said() == "new 1"
    card_now = release.card_of_current(world.root)
    assert card_now is not None
    assert card_now["override"]["reason"] == "seen one by one"
    assert card_now["gate"]["passed"] is False
