"""Held-out conversations with the real bot: the share of actions right per language, and no turn that leaves a teenager standing."""

from __future__ import annotations

from collections import Counter

import pytest
from held_conversations import LANGUAGES, Held, hold, read, senseless, share
from product_world import Product

pytestmark = pytest.mark.product

REACHED, FEWEST = 0.94, 30
"""The bar of the report is 95 % (reached: 95.6 % in Dutch and French); one conversation more or less is a point."""
DEVIATIONS = {
    "danger", "free_text", "friend", "greeting", "language", "no_for_yes", "path", "question_to_bot", "thanks", "topic_switch",
    "unknown_words", "want_human", "wipe",
}  # fmt: skip


@pytest.fixture(scope="module")
def held(running_bot: Product) -> list[Held]:
    """All of them, held once."""
    running_bot.make_whole()
    return hold(read(), running_bot.bot_url)


def test_there_are_enough_and_of_every_kind() -> None:
    conversations = read()
    counts = Counter(one.language for one in conversations)
    assert min(counts[language] for language in LANGUAGES) >= FEWEST
    assert {one.deviation for one in conversations} == DEVIATIONS
    assert all(turn.actions for one in conversations for turn in one.turns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_actions_are_right(held: list[Held], language: str) -> None:
    found = share(one for one in held if one.conversation.language == language)
    assert found >= REACHED, f"{found:.1%}; python -m tests.conversations lists what went wrong"


def test_no_turn_leaves_a_teenager_standing(held: list[Held]) -> None:
    assert [line for one in held for line in senseless(one)] == []
