"""An interactive scenario is left, resumed, interrupted by danger and by all else; typed answers are choices."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import pairwise

import pytest
from chat_client import replies
from playing import LANGUAGES, MENU, SCENARIOS, at_scene, begin, go_to, titles
from product_world import Product
from reply_texts import fixed, texts
from talking import Talk, check, line_ids, press, say, says

from kernel.language import Language
from safety.scenarios import BEFORE

pytestmark = pytest.mark.product

BACK = {"nl": "Terug naar het verhaal", "fr": "Retour à l'histoire"}

# ---- left and resumed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_paused_and_resumed_by_words(talk: Talk, language: str) -> None:
    chat, scene = await at_scene(talk, language)
    found = await say(chat, {"nl": "ik wil even stoppen", "fr": "je veux faire une pause"}[language])
    assert says(found, "utter_ask_else")
    check(await say(chat, {"nl": "hallo", "fr": "salut"}[language]), language)
    found = await say(chat, {"nl": "verder met het verhaal", "fr": "reprendre l'histoire"}[language])
    check(found, language)
    assert found[-1]["text"] == scene[-1]["text"]
    assert titles(found) == titles(scene)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_paused_by_its_button_and_resumed_from_the_menu(talk: Talk, language: str) -> None:
    chat, scene = await at_scene(talk, language)
    await press(chat, fixed("scenario_pause", language))
    found = await say(chat, {"nl": "verhaal", "fr": "histoire"}[language])
    assert titles(found)[0] == fixed("scenario_resume", language)
    assert (await press(chat, titles(found)[0]))[-1]["text"] == scene[-1]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_lost_connection_loses_nothing(talk: Talk, language: str) -> None:
    chat, scene = await at_scene(talk, language)
    token = chat.token
    await chat.close()
    await chat.connect()
    missed = replies(await chat.hello(language, resume=token, after=scene[0]["seq"] - 1))
    assert scene[-1]["text"] in [frame["text"] for frame in missed]
    found = await press(chat, titles(scene)[0])
    check(found, language)
    assert found[-1]["text"] != scene[-1]["text"]


# ---- danger and everything else that is not the story ----------------------------------------------------------------------

DANGER = [
    ("nl", "ik wil niet meer leven", "suicidal", ["zelfmoordlijn_1813", "childfocus"], 3),
    ("fr", "je veux mourir", "suicidal", ["prevention_suicide", "childfocus"], 3),
    ("nl", "dit is bij mij echt gebeurd, iemand chanteert mij met een naaktfoto en wil geld", "sextortion", ["childfocus"], 2),
    ("fr", "on me fait chanter avec ma photo nue, il veut de l'argent", "sextortion", ["childfocus"], 2),
    ("nl", "mijn stiefvader slaat mij elke dag en ik ben bang om naar huis te gaan", "unsafe_home", [], 2),
    ("fr", "mon beau-père me frappe tous les jours et j'ai peur de rentrer", "unsafe_home", [], 2),
]


@pytest.mark.parametrize(("language", "text", "need", "lines", "rank"), DANGER)
async def test_danger_said_inside_is_answered_first_then_the_way_back_is_offered(
    product: Product, talk: Talk, language: str, text: str, need: str, lines: list[str], rank: int
) -> None:
    chat, scene = await at_scene(talk, language, "sextortion")
    found = await say(chat, text)
    check(found, language)
    assert found[0]["text"] in texts().replies[f"utter_{need}"][language]
    assert line_ids(found)
    assert line_ids(found)[: len(lines)] == lines or set(lines) <= set(line_ids(found))
    assert product.urgency_rank(chat.token) >= rank
    assert BACK[language] in titles(found)
    found = await say(chat, {"nl": "ja", "fr": "oui"}[language])  # the path of the danger goes on, the way back stays
    assert found[-1]["text"] not in [one.says[Language(language)] for one in SCENARIOS["sextortion"].scenes.values()]
    assert BACK[language] in titles(found)
    found = await press(chat, BACK[language])
    check(found, language)
    assert found[-1]["text"] == scene[-1]["text"]
    assert product.urgency_rank(chat.token) >= rank


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_said_to_the_story_raises_no_alarm(product: Product, talk: Talk, language: str) -> None:
    chat, _ = await at_scene(talk, language, "sextortion", 4)
    found = await say(chat, {"nl": "ik betaal niet", "fr": "je ne paie pas"}[language])
    assert found[-1]["text"] == SCENARIOS["sextortion"].scenes["niet_betaald"].says[Language(language)]
    assert product.urgency_rank(chat.token) == 0


def typed() -> Iterator[tuple[str, str, str, str, int]]:
    """Language, story, scene, what is typed, the choice it means (from 0)."""
    yield from (
        ("nl", "group_chat", "vinger", "neen da doe ik ni", 0),
        ("nl", "group_chat", "vinger", "ik stuur het wel door", 1),
        ("nl", "group_chat", "vinger", "gewoon niet antwoorden", 2),
        ("nl", "group_chat", "wissen", "verwijderen", 0),
        ("nl", "gamer", "afspraak", "nee ik ga daar niet naartoe", 0),
        ("nl", "crush", "kies", "ik zou niks sturen", 0),
        ("nl", "crush", "kies", "2", 1),
        ("fr", "group_chat", "vinger", "non je fais pas ça", 0),
        ("fr", "group_chat", "vinger", "je transfere la photo", 1),
        ("fr", "group_chat", "wissen", "supprimer", 0),
        ("fr", "gamer", "afspraak", "j'y vais pas", 0),
        ("fr", "crush", "kies", "jenvoie rien moi", 0),
        ("fr", "crush", "kies", "2", 1),
    )


@pytest.mark.parametrize(("language", "name", "scene", "text", "number"), list(typed()))
async def test_a_typed_answer_is_a_choice(talk: Talk, language: str, name: str, scene: str, text: str, number: int) -> None:
    chat = await begin(talk, language, SCENARIOS[name])
    await go_to(chat, language, name, scene)
    found = await say(chat, text)
    check(found, language)
    option = SCENARIOS[name].scenes[scene].options[number]
    expected = option.reply[Language(language)] if option.reply else SCENARIOS[name].scenes[option.goes_to].says[Language(language)]
    assert found[0]["text"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_fits_no_choice_is_asked_again_without_repeating_itself(talk: Talk, language: str) -> None:
    chat, scene = await at_scene(talk, language)
    said = []
    for text in {"nl": ("pizza", "blauw", "koffie"), "fr": ("pizza", "bleu", "café")}[language]:
        found = await say(chat, text)
        check(found, language)
        assert titles(found) == titles(scene)
        said.append(found[-1]["text"])
    assert all(one != other for one, other in pairwise(said))


@pytest.mark.parametrize(
    ("language", "text", "reply"),
    [
        ("nl", "ben jij een robot?", "utter_bot_challenge"),
        ("fr", "t'es un robot ?", "utter_bot_challenge"),
        ("nl", "wie kan dit allemaal lezen?", "utter_privacy_question"),
        ("fr", "qui peut lire ce que j'écris ?", "utter_privacy_question"),
        ("nl", "ik wil met een mens praten", "utter_escalate"),
        ("fr", "je veux parler à une vraie personne", "utter_escalate"),
    ],
)
async def test_other_questions_are_answered_inside(talk: Talk, language: str, text: str, reply: str) -> None:
    chat, scene = await at_scene(talk, language)
    found = await say(chat, text)
    check(found, language)
    assert found[0]["text"] in texts().replies[reply][language]
    if reply == "utter_bot_challenge":
        assert titles(found) == titles(scene)  # the story asks again at once
    else:
        assert BACK[language] in titles(found)
        await press(chat, BACK[language])
    assert (await press(chat, titles(scene)[0]))[-1]["text"] != scene[-1]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_sos_a_person_and_wiping_work_inside(talk: Talk, language: str) -> None:
    chat, scene = await at_scene(talk, language)
    assert line_ids(await say(chat, "sos"))[0] == "childfocus"
    await chat.send(type="human")
    assert "childfocus" in line_ids(replies(await chat.until("reply", 5)))
    found = await press(chat, titles(scene)[0])
    check(found, language)
    await chat.send(type="say", id=str(uuid.uuid4()), text={"nl": "wis", "fr": "efface"}[language])
    assert (await chat.until("wiped", 5))[-1]["type"] == "wiped"


async def test_the_language_can_change_inside(talk: Talk) -> None:
    chat, _ = await at_scene(talk, "nl", "group_chat", 1)
    found = await say(chat, "je lis les messages du groupe")
    check(found, "fr")
    assert found[-1]["text"] == SCENARIOS["group_chat"].scenes["reacties"].says[Language.FR]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_boredom_and_a_question_about_sexting_lead_there(talk: Talk, language: str) -> None:
    chat = await talk(language)
    found = await say(chat, {"nl": "ik verveel me zo hard", "fr": "tu connais une blague ?"}[language])
    assert MENU[language] in titles(found)
    chat = await talk(language)
    await say(
        chat,
        {"nl": "is het normaal om een naaktfoto te sturen naar je lief?", "fr": "c'est normal d'envoyer un nude à son copain ?"}[language],
    )
    found = await press(chat, {"nl": "Gewoon benieuwd", "fr": "Juste par curiosité"}[language])
    assert MENU[language] in titles(found)
    found = await press(chat, MENU[language])
    assert found[-1]["text"] == SCENARIOS["crush"].scenes[BEFORE].says[Language(language)]
