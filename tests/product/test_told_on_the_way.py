"""What is told rather than asked in the middle of a path is met with words of its own, and never over danger."""

from __future__ import annotations

import pytest
from chat_client import Chat
from talking import Talk, check, line_ids, press, say, says

pytestmark = pytest.mark.product

SEXTORTION = {"nl": "iemand dreigt mijn naaktfoto door te sturen", "fr": "un gars menace d'envoyer ma photo nue"}
HOME = {"nl": "mijn papa slaat mij als hij gedronken heeft", "fr": "mon père me frappe quand il a bu"}
YES, NO = {"nl": "Ja", "fr": "Oui"}, {"nl": "Nee", "fr": "Non"}
TO_THE_PERSON = {"nl": ("Ja", "Geld", "Ja, dat lukt", "Nee"), "fr": ("Oui", "De l'argent", "Oui, ça va", "Non")}
"""The buttons up to the question whether an adult may know."""


async def begun(talk: Talk, language: str, told: str, titles: tuple[str, ...]) -> Chat:
    """A chat in which this was told, and these buttons were pressed."""
    chat = await talk(language)
    await say(chat, told)
    for title in titles:
        await press(chat, title)
    return chat


@pytest.mark.parametrize(
    ("language", "told", "name"),
    [
        ("nl", "kga het vanavond tegen mama zeggen", "plan_tell"),
        ("fr", "ce soir je le dis à ma soeur", "plan_tell"),
        ("fr", "je vais le dire à mes parents demain", "plan_tell"),
        ("nl", "heb hem al geblokkeerd", "blocked_already"),
        ("fr", "je l'ai déjà bloqué", "blocked_already"),
        ("nl", "mijn broer gaat hem in elkaar slaan", "revenge"),
        ("fr", "mais je l'aime encore", "love_him"),
    ],
)
async def test_it_is_met_and_the_path_asks_on(talk: Talk, language: str, told: str, name: str) -> None:
    chat = await begun(talk, language, SEXTORTION[language], (YES[language],))
    found = await say(chat, told)
    check(found, language)
    assert says(found[:1], f"utter_question_{name}")
    assert says(found, "utter_ask_sextortion_happened")


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "mijn zus weet het al en ze helpt mij"), ("fr", "ma soeur est au courant et elle m'aide")]
)
async def test_where_it_answers_the_path_nothing_is_asked_again(talk: Talk, language: str, told: str) -> None:
    chat = await begun(talk, language, SEXTORTION[language], TO_THE_PERSON[language])
    found = await say(chat, told)
    check(found, language)
    assert says(found[:1], "utter_question_told_already")
    assert says(found, "utter_ask_sextortion_person")


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "geblokkeerd maar nu staat hij voor mijn deur"), ("fr", "je l'ai bloqué mais là il est devant chez moi")]
)
async def test_danger_goes_before(talk: Talk, language: str, told: str) -> None:
    chat = await begun(talk, language, SEXTORTION[language], (YES[language],))
    found = await say(chat, told)
    check(found, language)
    assert line_ids(found)[:1] == ["emergency_112"] or "112" in found[0]["text"]
    assert not says(found[:1], "utter_question_blocked_already")


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "papa weet het al dat ik met iemand gepraat heb"), ("fr", "mon père sait déjà que j'en ai parlé")]
)
async def test_at_home_nobody_is_told_to_lean_on_who_beats(talk: Talk, language: str, told: str) -> None:
    chat = await begun(talk, language, HOME[language], (NO[language],))
    found = await say(chat, told)
    check(found, language)
    assert not says(found[:1], "utter_question_told_already")


@pytest.mark.parametrize(
    ("language", "told", "begins"),
    [
        ("nl", "nee mijn mama weet het maar die doet niks", "Dat doet pijn, want het was moedig om het te zeggen. Geef niet op"),
        ("fr", "non, ma mere est au courant mais elle fait rien", "Ça fait mal, alors qu'il fallait du courage pour le dire."),
        ("nl", "ja maar kdurf da aan niemand zeggen", "Heel begrijpelijk: zoiets zeggen is moeilijk. Het hoeft niet in één keer"),
        ("fr", "oui mais j ose pas en parler", "C'est normal, c'est difficile à dire. Pas besoin de tout dire d'un coup"),
    ],
)
async def test_behind_a_yes_or_no_it_is_met_before_the_next_question(talk: Talk, language: str, told: str, begins: str) -> None:
    chat = await begun(talk, language, HOME[language], (NO[language],))
    found = await say(chat, told)
    check(found, language)
    assert found[-1]["text"].startswith(begins), found
    assert says(found, "utter_ask_unsafe_home_night")


@pytest.mark.parametrize(
    ("language", "told", "comes", "cannot"),
    [
        ("nl", "mijn nonkel zegt dat ik sexy ben en stuurt mij savonds berichtjes", "hij komt zondag eten bij ons", "Nee, dat lukt niet"),
        (
            "fr",
            "mon oncle m'écrit que je suis belle et me demande des photos",
            "il vient manger dimanche chez nous",
            "Non, je n'y arrive pas",
        ),
    ],
)
async def test_nobody_can_stay_away_from_family(talk: Talk, language: str, told: str, comes: str, cannot: str) -> None:
    chat = await talk(language)
    assert "alleen met die persoon" in (asked := (await say(chat, told))[-1]["text"]) or "à deux avec cette personne" in asked
    found = await say(chat, comes)
    check(found, language)
    assert says(found[:1], "utter_grooming_meeting")
    assert "bij de anderen" in found[0]["text"] or "près des autres" in found[0]["text"]
    check(await press(chat, cannot), language)


@pytest.mark.parametrize(("language", "told"), [("nl", "nee ik ben ni veilig"), ("fr", "non jsuis pas en sécurité")])
async def test_not_safe_is_danger_whatever_the_first_word_is(talk: Talk, language: str, told: str) -> None:
    chat = await begun(talk, language, HOME[language], ())
    found = await say(chat, told)
    check(found, language)
    assert line_ids(found)[0] == "emergency_112"
    assert says(found, "utter_ask_now_away") or says(found, "utter_ask_unsafe_home_out")


@pytest.mark.parametrize(("language", "told"), [("nl", "ik ben veilig vannacht, hij is er ni"), ("fr", "oui jsuis en sécurité il dort")])
async def test_safe_is_no_alarm(talk: Talk, language: str, told: str) -> None:
    chat = await begun(talk, language, HOME[language], ())
    found = await say(chat, told)
    check(found, language)
    assert "emergency_112" not in line_ids(found)
    assert says(found, "utter_ask_unsafe_home_long")
