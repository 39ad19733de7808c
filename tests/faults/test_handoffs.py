"""Five kills in hand-offs and talks; `make faults` does two hundred."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from handoffs import KEY, Outcome, Told, _judge, run

from channels.store import Body, Offer, Store
from kernel.conversation import Bubble
from kernel.language import Language
from kernel.urgency import Urgency


@pytest.mark.parametrize("has_bot", [True, False], ids=["bot", "dead bot"])
async def test_hand_offs_and_talks_survive_kills(tmp_path: Path, has_bot: bool) -> None:
    result = await run(tmp_path, 5, 116000 + has_bot, has_bot=has_bot)
    print(result.as_json())
    assert result.faults == {}
    assert result.promised > 4, "hardly anybody was promised anything: nothing was tried"
    assert result.spoken > 4, "hardly any counsellor spoke: nothing was tried"
    assert result.messages > 8


@pytest.fixture
async def told(tmp_path: Path) -> Told:
    """A conversation in which all held: greeted, handed off, one message at the desk."""
    (tmp_path / "var").mkdir()
    store = Store(f"sqlite:///{tmp_path / 'var/chatmasjien.db'}", KEY)
    await store.open()
    key, token, _ = await store.begin(Language.NL, "web", [Bubble("hoi", Language.NL)])
    case = (await store.teen_moves.offer(key, Offer("button", None, Urgency.NORMAL, is_danger=False))).escalation.id
    await store.teen_moves.put_card(case, [])
    await store.teen_moves.send(key, case, [], "noot", is_after_hours=False, ways=[])
    await store.staff_moves.claim(case, "a" * 32, [])
    await store.messages.accept(key, "een", Body("hallo"), Urgency.NONE)
    await store.close()
    greeting = {"type": "reply", "seq": 1, "in_reply_to": None, "from": "bot", "text": "hoi"}
    return Told(token, case, True, {"een": "hallo"}, {"een"}, {1: greeting})


async def test_the_judge_finds_nothing_where_all_held(tmp_path: Path, told: Told) -> None:
    result = Outcome(0)
    await _judge(result, told, tmp_path)
    assert +result.faults == {}
    assert (result.conversations, result.promised, result.messages) == (1, 1, 1)


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("unpromised", "an escalation that was promised is not there"),
        ("lost", "a message lost"),
        ("both", "a message both at the desk and answered by the bot"),
        ("gap", "a reply missing or doubled"),
    ],
)
async def test_the_judge_finds_planted_faults(tmp_path: Path, told: Told, planted: str, fault: str) -> None:
    answer = {"type": "reply", "seq": 2, "in_reply_to": "een", "from": "bot", "text": "van de bot"}
    match planted:
        case "unpromised":
            told.handoff = ""
            told.acked.clear()
        case "lost":
            told.acked.add("twee")
        case "both":
            told.replies[2] = answer
        case "gap":
            told.replies[3] = answer | {"seq": 3, "in_reply_to": None}
    result = Outcome(0)
    await _judge(result, told, tmp_path)
    assert +result.faults == {fault: 1}
