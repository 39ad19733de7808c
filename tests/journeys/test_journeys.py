"""Two whole conversations on a phone, to their end: a boy who is blackmailed (nl), a girl who wants to run away tonight (fr)."""

from __future__ import annotations

import pytest
from chat_page import ChatPage, OpenChat, Turn
from product_world import Product
from reply_texts import texts, words
from teen_scripts import BOY, GIRL, WORRIED, Step

from curation.foreign import find_foreign

pytestmark = [pytest.mark.product, pytest.mark.asyncio(loop_scope="session")]


async def hold(chat: ChatPage, step: Step, lang: str) -> Turn:
    """One step of a journey, and what every answer on the page must hold."""
    turn = await (chat.press(step.words) if step.is_button else chat.write(step.words))
    for name in step.replies:
        assert turn.says(name), f"{step.words!r} was answered without {name}: {turn.bubbles}"
    assert turn.lang == lang
    assert len(turn.bubbles) <= 2
    assert sum(map(words, turn.bubbles)) <= 60
    assert all(texts().language_of(bubble) == lang for bubble in turn.bubbles), turn.bubbles
    assert chat.lines()[: len(step.lines)] == list(step.lines)
    assert len(chat.lines()) == len(turn.cards) <= 3
    assert not any(map(find_foreign, (*turn.bubbles, *turn.choices, *turn.cards)))
    return turn


@pytest.mark.parametrize(("lang", "steps"), [("nl", BOY), ("fr", GIRL)], ids=["boy, blackmailed, nl", "girl, runs away tonight, fr"])
async def test_a_whole_conversation(product: Product, open_chat: OpenChat, lang: str, steps: tuple[Step, ...]) -> None:
    chat = await open_chat(lang)
    before = product.action_calls("action_escalate_to_hotline")
    turns = [await hold(chat, step, lang) for step in steps]

    assert product.action_calls("action_escalate_to_hotline") == before + 1
    assert product.urgency_rank(await chat.token()) >= 2
    assert all(turn.choices for turn in turns[:-1]), "a question without buttons on the way"
    first_number = chat.page.locator("#log .turn.bot .card a[href^='tel:']").first
    assert await first_number.get_attribute("href") == "tel:116000"
    said = [bubble for turn in turns for bubble in turn.bubbles]
    assert len(set(said)) == len(said), "a bubble came twice in one conversation"
    assert (await chat.bubbles())[-len(said) :] == said
    assert await chat.own() == [step.words for step in steps]


@pytest.mark.parametrize(("lang", "first_card"), [("nl", "Stop it Now!"), ("fr", "SéOS")])
async def test_the_worried_teenager(open_chat: OpenChat, lang: str, first_card: str) -> None:
    chat, step = await open_chat(lang), WORRIED[lang][0]
    turn = await hold(chat, step, lang)
    assert chat.lines() == list(step.lines)
    assert first_card in turn.cards[0]
    assert turn.choices
