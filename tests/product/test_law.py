"""The path of a question about the law: the age is asked where it changes the answer, and what the law says carries its date."""

from __future__ import annotations

import pytest
from product_world import ROOT, Product
from talking import Talk, check, line_ids, press, say, says

from kernel.language import Language
from safety.laws import ANY, Laws

pytestmark = pytest.mark.product

LAWS = Laws.load(ROOT / "data/safety/law.yml")
ASKED = {"nl": "kan ik daarvoor gestraft worden?", "fr": "est-ce que je peux être puni pour ça ?"}
YES, NO = {"nl": "Ja", "fr": "Oui"}, {"nl": "Nee", "fr": "Non"}
AGES = [
    ("nl", "Jonger dan 14", "under14"),
    ("nl", "14 of 15", "14_15"),
    ("nl", "16 of 17", "16_17"),
    ("nl", "Zeg ik liever niet", ANY),
    ("fr", "Moins de 14 ans", "under14"),
    ("fr", "14 ou 15 ans", "14_15"),
    ("fr", "16 ou 17 ans", "16_17"),
    ("fr", "18 ans ou plus", ANY),
]


@pytest.mark.parametrize(("language", "button", "group"), AGES)
async def test_the_age_group_decides_what_is_said(talk: Talk, language: str, button: str, group: str) -> None:
    chat = await talk(language)
    assert says(await say(chat, ASKED[language]), "utter_ask_legal_question_images")
    assert says(await press(chat, YES[language]), "utter_ask_legal_question_age")
    for record, pressed, following in (
        ("passing_on", button, "utter_ask_legal_question_pressure"),
        ("saying_yes", NO[language], "utter_ask_legal_question_alone"),
    ):
        found = await press(chat, pressed)
        check(found, language)
        law = LAWS.named(record)
        assert found[0]["text"].endswith(law.texts.get(group, law.texts[ANY])[Language(language)])
        assert LAWS.day(law, Language(language)) in found[0]["text"]
        assert says(found, following)


@pytest.mark.parametrize(
    ("language", "typed", "group"), [("nl", "ik ben 15", "14_15"), ("fr", "j'ai 13 ans", "under14"), ("nl", "17", "16_17")]
)
async def test_an_age_that_is_typed_counts(talk: Talk, language: str, typed: str, group: str) -> None:
    chat = await talk(language)
    await say(chat, ASKED[language])
    await press(chat, YES[language])
    found = await say(chat, typed)
    check(found, language)
    assert found[0]["text"].endswith(LAWS.named("passing_on").texts[group][Language(language)])


@pytest.mark.parametrize(("language", "typed"), [("nl", "ik ben 13"), ("nl", "15 jaar"), ("fr", "j'ai 13 ans"), ("fr", "16 ans")])
async def test_an_age_alone_is_no_call_for_help(product: Product, talk: Talk, language: str, typed: str) -> None:
    chat = await talk(language)
    found = await say(chat, typed)
    check(found, language)
    assert line_ids(found) == []
    assert product.urgency_rank(chat.token) == 0


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_leaving_home(talk: Talk, language: str) -> None:
    chat = await talk(language)
    await say(chat, ASKED[language])
    other = {"nl": "Nee, iets anders", "fr": "Non, autre chose"}[language]
    assert says(await press(chat, other), "utter_ask_legal_question_home")
    found = await press(chat, YES[language])
    check(found, language)
    assert found[0]["text"].endswith(LAWS.named("leaving_home").texts[ANY][Language(language)])
