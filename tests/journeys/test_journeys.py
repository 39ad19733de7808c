"""Two whole conversations on a phone, to their end: a boy who is blackmailed (nl), a girl who wants to run away tonight (fr)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from chat_page import ChatPage, Turn
from conftest import OpenChat
from product_world import Product
from reply_texts import texts, words

pytestmark = [pytest.mark.product, pytest.mark.asyncio(loop_scope="session")]


@dataclass(frozen=True)
class Step:
    """What is written (or pressed, with `is_button`), the replies that must come, and the first helplines of the turn."""

    words: str
    replies: tuple[str, ...]
    lines: tuple[str, ...] = ()
    is_button: bool = False


BOY = (
    Step(
        "ze hebben men naakte foto en willen geld, wa moek doen",
        ("utter_sextortion", "utter_ask_sextortion_safe"),
        ("childfocus", "take_it_down"),
    ),
    Step("jaa kan wel praten", ("utter_ask_sextortion_happened",)),
    Step("ze wil 200 euro of ze stuurt het naar men vriende", ("utter_sextortion_step", "utter_ask_sextortion_step")),
    Step("Ja, dat lukt", ("utter_sextortion_proof", "utter_ask_sextortion_removal"), is_button=True),
    Step("ja graag", ("utter_sextortion_removal", "utter_ask_sextortion_tell"), ("childfocus", "take_it_down")),
    Step("nee durf da tegen niemand zegge", ("utter_sextortion_tell_no", "utter_ask_sextortion_person")),
    Step("Ja", ("utter_escalate", "utter_ask_else"), ("childfocus", "take_it_down"), is_button=True),
    Step("nee", ("utter_way_open",)),
)
GIRL = (
    Step(
        "jveux fuguer ce soir jen peux plus ici",
        ("utter_runaway_thinking", "utter_ask_runaway_thinking_safe"),
        ("childfocus", "ecoute_enfants_103"),
    ),
    Step("oui jpeux parler", ("utter_runaway_thinking_safe_yes", "utter_ask_runaway_thinking_why")),
    Step(
        "chez moi ca crie tt le temps et mon pere est jamais content",
        ("utter_runaway_thinking_why_heard", "utter_ask_runaway_thinking_place"),
    ),
    Step("Oui", ("utter_runaway_thinking_place_yes", "utter_ask_runaway_thinking_soon"), is_button=True),
    Step("nn pas ce soir", ("utter_runaway_thinking_soon_no", "utter_ask_runaway_thinking_know")),
    Step("oui", ("utter_runaway_thinking_know", "utter_ask_runaway_thinking_person")),
    Step("oui stp", ("utter_escalate", "utter_ask_else"), ("childfocus", "ecoute_enfants_103")),
    Step("Non", ("utter_way_open",), is_button=True),
)


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


@pytest.mark.parametrize(
    ("lang", "said", "lines", "first_card"),
    [
        ("nl", "ik heb gevoelens voor kleine kinderen en ben daar bang van", ["stopitnow_nl", "zelfmoordlijn_1813"], "Stop it Now!"),
        (
            "fr",
            "jai des pensees sexuelles pour des petits et jai peur de moi",
            ["seos", "stopitnow_brussels", "prevention_suicide"],
            "SéOS",
        ),
    ],
)
async def test_the_worried_teenager(open_chat: OpenChat, lang: str, said: str, lines: list[str], first_card: str) -> None:
    chat = await open_chat(lang)
    turn = await hold(chat, Step(said, ("utter_worried_own_feelings", "utter_ask_worried_own_feelings_child")), lang)
    assert chat.lines() == lines
    assert first_card in turn.cards[0]
    assert turn.choices
