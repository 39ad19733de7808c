"""What the bot keeps of its answers: enough for a repeat, and nothing of a conversation that was wiped some minutes ago."""

from __future__ import annotations

import asyncio

from bot.answer_memory import AnswerMemory


async def test_a_repeat_gets_the_same_answer_for_a_while_and_then_nothing_is_left() -> None:
    memory = AnswerMemory(most=512, kept_s=0.1)
    memory.keep("a/1", {"state": "woorden die niet begrepen werden"})
    memory.keep("a/2", {"state": ""})
    assert memory.recall("a/1") == {"state": "woorden die niet begrepen werden"}
    await asyncio.sleep(0.3)
    assert memory.recall("a/1") is None
    assert len(memory) == 0, "it goes without anybody asking"


async def test_the_oldest_go_when_there_are_too_many() -> None:
    memory = AnswerMemory(most=2, kept_s=60.0)
    for number in range(3):
        memory.keep(f"a/{number}", {"number": number})
    assert [memory.recall(f"a/{number}") for number in range(3)] == [None, {"number": 1}, {"number": 2}]


async def test_by_itself_it_keeps_answers_for_minutes_at_most() -> None:
    kept = AnswerMemory()._kept_s
    assert 60 <= kept <= 120, "a hub that restarts asks again within a minute; what was wiped is not to be found for long"
