"""One minute and five kills on Telegram; `make faults` does ten minutes and fifty. The judge is checked with planted faults."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "telegram")]

from bot_api_state import Sent
from telegram_kills import run
from telegram_verdict import Window, brought_otherwise, judge


async def test_nothing_is_lost_or_doubled_on_telegram(tmp_path: Path) -> None:
    result = await run(tmp_path, 5, 45.0, 116000)  # a minute with the starts
    print(result.as_json())
    assert result.faults == {}
    assert result.messages > 60, "hardly anything was said: nothing was tried"
    assert result.replies + result.fixed >= result.messages
    assert result.seconds >= 60
    assert sum(result.failed.values()) > 15
    assert {kind.split("_")[0] for kind in result.failed} >= {"429", "500", "cut", "hang"}


def bubble(number: int, text: str, answered: float | None = 10.0) -> Sent:
    return Sent(number, 1, True, text, 0.0, received_at=9.9, answered_at=answered)


WRITTEN = ["een.", "twee."]


def test_a_chat_in_which_all_held_has_no_fault() -> None:
    found = judge([bubble(1, "turn: een."), bubble(2, "turn: twee.")], WRITTEN, [5.0, 30.0])
    assert (found.faults, found.windows, found.replies) == ({}, {}, 2)


@pytest.mark.parametrize(
    ("sent", "killed", "fault"),
    [
        ([bubble(1, "twee."), bubble(2, "een.")], [], "replies out of order"),
        ([bubble(1, "een."), bubble(2, "twee."), bubble(3, "een.")], [], "a reply sent twice"),
        ([bubble(1, "een."), bubble(2, "twee."), bubble(3, "een.")], [5.0, 11.5], "a reply sent twice"),
    ],
)
def test_planted_faults_are_found(sent: list[Sent], killed: list[float], fault: str) -> None:
    assert judge(sent, WRITTEN, killed).faults == {fault: 1}


def test_a_message_that_no_bubble_names_is_looked_for_in_the_store(tmp_path: Path) -> None:
    assert judge([bubble(1, "een.")], WRITTEN, []).unanswered == ["twee."]
    with contextlib.closing(sqlite3.connect(tmp_path / "made.db")) as database:
        database.execute("create table telegram_chats (id, conversation_id, sent_seq)")
        database.execute("create table replies (conversation_id, seq, in_reply_to)")
        database.execute("insert into telegram_chats values ('chat', 'talk', 5)")
        database.executemany("insert into replies values ('talk', ?, ?)", [(4, "brought"), (5, "brought"), (6, "waits")])
        database.commit()
    ids = ["brought", "waits", "lost"]
    assert [brought_otherwise(tmp_path / "made.db", "chat", [each]) for each in ids] == [1, 0, 0]
    assert brought_otherwise(tmp_path / "made.db", "chat", ids) == 1
    assert brought_otherwise(tmp_path / "made.db", "other", ids) == brought_otherwise(tmp_path / "made.db", "chat", []) == 0


@pytest.mark.parametrize(
    ("first", "killed", "window"),
    [
        (bubble(1, "een.", None), [], Window.ANSWER_LOST),
        (bubble(1, "een."), [9.95], Window.KILLED),
        (bubble(1, "een."), [10.9], Window.KILLED),
    ],
)
def test_a_copy_that_nobody_can_rule_out_is_counted_apart(first: Sent, killed: list[float], window: Window) -> None:
    found = judge([first, bubble(2, "een."), bubble(3, "twee.")], WRITTEN, killed)
    assert (found.faults, found.windows) == ({}, {window.value: 1})
