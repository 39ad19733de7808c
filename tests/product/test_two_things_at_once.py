"""An answer and news in one message, a misunderstanding set right, and a word that is asked: what readers of whole talks missed."""

from __future__ import annotations

import pytest
from talking import Talk, check, line_ids, say, says
from worry_world import FIXED

from kernel.language import Language

pytestmark = pytest.mark.product

SPREAD = {"nl": "mijn foto wordt doorgestuurd in de klas", "fr": "ma photo tourne dans la classe"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "nn ca va merci. il vient de m'écrire, si je paie pas 50 euros il poste tout"),
        ("nl", "nee gaat wel. en nu stuurt hij dat ik 50 euro moet betalen of hij post alles"),
    ],
)
async def test_news_behind_an_answer_begins_its_path(talk: Talk, language: str, told: str) -> None:
    chat = await talk(language)
    await say(chat, SPREAD[language])
    found = await say(chat, told)
    check(found, language)
    assert says(found[:1], "utter_sextortion")
    assert "childfocus" in line_ids(found)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            [
                "un mec me fait chanter sur snap avec ma photo",
                "oui",
                "mes parents vont me tuer",
                "mais nn c une expression, ils me frappent pas",
            ],
        ),
        (
            "nl",
            ["iemand chanteert mij met mijn foto", "ja", "mijn ouders gaan mij vermoorden", "nee tis een uitdrukking, ze slaan mij niet"],
        ),
    ],
)
async def test_a_figure_of_speech_leads_back_to_what_was_spoken_of(talk: Talk, language: str, said: list[str]) -> None:
    chat = await talk(language)
    *before, last = said
    for text in before:
        alarm = await say(chat, text)
    assert "emergency_112" in line_ids(alarm), "two parents who may mean it"
    found = await say(chat, last)
    check(found, language)
    assert any(says(found, f"utter_ask_sextortion_{place}") for place in ("happened", "step", "removal", "tell"))
    assert not says(found, "utter_ask_topic")


@pytest.mark.parametrize(
    ("language", "text", "reply"),
    [
        # what a word means is told before anything is asked
        ("nl", "ma wa is sexting eig, we moeten der iets over maken voor school", "utter_question_word_sexting"),
        ("fr", "c koi le sexting c juste pr savoir", "utter_question_word_sexting"),
        # what stands behind a hesitation is heard
        (
            "nl",
            "ik weet ni goe hoe te beginnen.. een oude man schrijft mij elke dag op snap en vraagt of ik alleen ben",
            "utter_grooming",
        ),
        ("fr", "jsais pas trop comment commencer, ya un vieux qui m'écrit tout le temps sur insta", "utter_grooming"),
    ],
)
async def test_a_first_message_is_met_for_what_it_tells(talk: Talk, language: str, text: str, reply: str) -> None:
    found = await say(await talk(language), text)
    check(found, language)
    assert says(found[:1], reply)


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "ben gisteren weggelope en zit nu bij nen maat in gent"), ("fr", "jai fugué hier et chui chez un pote a namur")],
)
async def test_whoever_left_home_is_no_friend_of_somebody_else(talk: Talk, language: str, text: str) -> None:
    found = await say(await talk(language), text)
    check(found, language)
    assert not any(words in found[0]["text"] for words in ("die ander", "die persoon", "cette personne", "l'autre"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["mon beau pere nous frappe", "oui il tape dans la porte", "jai envoyé un msg a ma tante elle arrive"]),
        ("nl", ["mijn stiefpa slaat ons", "ja hij bonkt op de deur", "kheb een bericht gestuurd naar mn tante ze komt"]),
    ],
)
async def test_help_that_comes_is_no_danger_that_comes(talk: Talk, language: str, said: list[str]) -> None:
    chat = await talk(language)
    for text in said:
        found = await say(chat, text)
    assert found[0]["text"] not in {FIXED.text(name, Language(language)) for name in ("danger_now", "danger_now_again")}


@pytest.mark.parametrize("text", ["ik weet niet goed hoe ik moet beginnen", "pff ik weet ni hoe ik da moet zeggen..."])
async def test_a_bare_hesitation_is_given_time(talk: Talk, text: str) -> None:
    found = await say(await talk("nl"), text)
    check(found, "nl")
    assert "emergency_112" not in line_ids(found)
    assert not says(found[:1], "utter_grooming")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["mon pere rentre il crie il a un couteau ds la main", "jsui coincé ds la sdb g pas mon tel jecris sur lordi"]),
        ("nl", ["mijn pa komt binnen met een mes", "kzit vast in de badkamer en kheb mijn gsm ni bij, kzit op de laptop"]),
    ],
)
async def test_whoever_has_no_phone_is_not_told_to_call(talk: Talk, language: str, said: list[str]) -> None:
    chat = await talk(language)
    for text in said:
        found = await say(chat, text)
    check(found, language)
    assert says(found[:1], "utter_question_no_phone_now")
