"""First messages of a few words, and what is told behind small talk: never sent away, never swallowed."""

from __future__ import annotations

import pytest
from talking import Talk, line_ids, say, says

pytestmark = pytest.mark.product


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "Ik ben verdrietig!"), ("nl", "MIJN MAMA DRINKT"), ("fr", "ça va mal"), ("fr", "j'en ai marre de tout")],
)
async def test_what_stands_among_the_examples_is_heard(talk: Talk, language: str, text: str) -> None:
    assert says((await say(await talk(language), text))[:1], "utter_other_wellbeing")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "ik heb iets gedaan"),
        ("nl", "er is iets gebeurd"),
        ("nl", "mag k iets vragen"),
        ("fr", "g fait un truc"),
        ("fr", "jai un secret"),
        ("fr", "jpeux te dire un truc"),
    ],
)
async def test_whoever_opens_is_listened_to(talk: Talk, language: str, text: str) -> None:
    found = await say(await talk(language), text)
    assert says(found, "utter_question_opens_up") and len(found) == 1
    assert line_ids(found) == []


@pytest.mark.parametrize(
    ("language", "text", "reply"),
    [
        (
            "nl",
            "Hallo. Ik had 15 op 20 voor geschiedenis! Mijn papa heeft gisteren weer gedronken en een stoel naar mama gegooid. "
            "Zaterdag is het feest van mijn nicht. Welke kleur van schoenen past bij groen?",
            "utter_unsafe_home",
        ),
        (
            "nl",
            "yo\nmorgen match tegen Aalst\neen gast van insta wil 100 euro of hij stuurt mijn naaktfoto naar iedereen\nmn bot heeft een gat lol",
            "utter_sextortion",
        ),
        (
            "fr",
            "coucou. j'ai eu 8 en néerlandais et je dois faire signer. la dernière fois mon père m'a frappé avec la ceinture. "
            "sinon mon lapin a eu des petits. t'as un prénom pour eux ?",
            "utter_unsafe_home",
        ),
        (
            "fr",
            "Bonjour ! On a mangé des crêpes chez mamy.\nJe veux plus vivre, j'en peux plus.\nDemain c'est la sortie à Pairi Daiza.",
            "utter_suicidal",
        ),
    ],
)
async def test_what_matters_is_heard_among_ordinary_things(talk: Talk, language: str, text: str, reply: str) -> None:
    assert says((await say(await talk(language), text))[:1], reply)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "hey, ik ben keimoe. we hadden drie uur turnen en dan nog training. mijn papa maakt lasagne en mijn broer zaagt over zijn game. "),
        ("nl", "Gisteren naar een escape room geweest met de klas! Wij zaten opgesloten in een kelder met een lijk van karton. We waren als eerste buiten."),
        ("fr", "salut, dimanche on a fait une marche de 15 km avec les scouts et j'ai perdu mes gants. mon oncle est venu nous chercher. la raclette après, trop bon"),
        ("fr", "J'ai fini Hunger Games hier soir sous ma couette. La fin m'a fait pleurer un peu mais c'était génial. Tu connais un livre du même genre ?"),
    ],
)  # fmt: skip
async def test_a_long_message_about_nothing_names_no_line(talk: Talk, language: str, text: str) -> None:
    chat = await talk(language)
    assert line_ids(await say(chat, text)) == []


@pytest.mark.parametrize(
    ("language", "opening", "told", "reply"),
    [
        ("nl", "mag ik iets vragen", "wa moek doen als iemand u chanteert", "utter_sextortion"),
        ("nl", "mag k iets vragen", "iemand heeft mn foto gelekt", "utter_nude_spread"),
        ("fr", "je peux te poser une question", "mon père me frappe", "utter_unsafe_home"),
    ],
)
async def test_what_is_told_behind_an_opening_is_heard_as_ever(talk: Talk, language: str, opening: str, told: str, reply: str) -> None:
    chat = await talk(language)
    await say(chat, opening)
    assert says((await say(chat, told))[:1], reply)


@pytest.mark.parametrize(
    ("language", "said", "reply"),
    [
        ("nl", ["ben verliefd op een jongen", "hij is wel ouder", "27"], "utter_grooming"),
        ("fr", ["g un crush", "il a 30 ans"], "utter_grooming"),
        ("nl", ["mn hond is gestorven", "ik mis hem", "ik wil bij hem zijn"], "utter_suicidal"),
        ("nl", ["mn oma is gestorven", "ik wil bij mn oma zijn"], "utter_suicidal"),
        ("fr", ["ma mamie est morte", "jveux la rejoindre"], "utter_suicidal"),
        ("fr", ["jme tue a bosser pr les exams", "jprend des trucs pr tenir", "les medocs de ma mere"], "utter_suicidal"),
        ("nl", ["ruzie met mn vriendin", "ik eet al dagen niks"], "utter_question_eating"),
    ],
)
async def test_a_danger_told_in_small_talk_is_no_small_talk(talk: Talk, language: str, said: list[str], reply: str) -> None:
    chat = await talk(language)
    for text in said:
        found = await say(chat, text)
    assert says(found[:1], reply)
    assert not any(words in found[0]["text"] for words in ("niemand alleen te redden", "sauver personne")), (
        "spoken to as a friend who helps"
    )


async def test_two_pieces_of_small_talk_tell_a_danger_together(talk: Talk) -> None:
    chat = await talk("nl")
    await say(chat, "ruzie met mn beste vriend")
    first, both = await say(chat, "hij heeft mij geduwd"), await say(chat, "van de trap")
    heard = [says(found[:1], "utter_unsafe_home") or "emergency_112" in line_ids(found) for found in (first, both)]
    assert any(heard), "a push down the stairs was passed over"
    assert "116000" in first[-1]["text"] or line_ids([*first, *both]), "no line was named"


@pytest.mark.parametrize(("language", "text"), [("nl", "nikske"), ("nl", "jdjdjdjdjdj"), ("fr", "💀💀")])
async def test_what_tells_nothing_is_neither_anger_nor_danger(talk: Talk, language: str, text: str) -> None:
    found = await say(await talk(language), text)
    assert not says(found[:1], "utter_insult")
    assert "emergency_112" not in line_ids(found)
