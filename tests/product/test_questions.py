"""Questions on the way: in the middle of a path they are answered, and the path asks its own question again."""

from __future__ import annotations

import itertools

import pytest
from chat_client import Chat
from reply_texts import texts, words
from talking import Talk, check, line_ids, press, say, says

pytestmark = pytest.mark.product

SEXTORTION = {
    "nl": "iemand dreigt mijn naaktfoto door te sturen",
    "fr": "un gars menace d'envoyer ma photo nue",
}
YES = {"nl": "Ja", "fr": "Oui"}
ASKED = [
    ("nl", "gaat hij het echt doen?", "will_he_do_it"),
    ("fr", "tu crois qu'il va vraiment le faire ?", "will_he_do_it"),
    ("nl", "is het mijn eigen schuld?", "my_fault"),
    ("fr", "c'est de ma faute ?", "my_fault"),
    ("nl", "wat zeg ik tegen mijn ouders?", "say_parents"),
    ("fr", "je dis quoi a mes parents ?", "say_parents"),
    ("nl", "kan die foto nog van het internet weg?", "remove_picture"),
    ("fr", "on peut encore faire supprimer la photo ?", "remove_picture"),
    ("nl", "wat is sextortion eigenlijk?", "word_sextortion"),
    ("fr", "c'est quoi la sextorsion ?", "word_sextortion"),
]


async def on_the_path(talk: Talk, language: str) -> Chat:
    """A chat where the path about threats has just asked what happened."""
    chat = await talk(language)
    await say(chat, SEXTORTION[language])
    assert says(await press(chat, YES[language]), "utter_ask_sextortion_happened")
    return chat


@pytest.mark.parametrize(("language", "asked", "name"), ASKED)
async def test_a_question_is_answered_and_the_path_goes_on(talk: Talk, language: str, asked: str, name: str) -> None:
    chat = await on_the_path(talk, language)
    found = await say(chat, asked)
    check(found, language)
    assert says(found[:1], f"utter_question_{name}")
    assert says(found, "utter_ask_sextortion_happened")
    found = await press(chat, YES[language])
    check(found, language)
    assert not says(found, "utter_ask_sextortion_happened")


UNSURE = {
    "nl": (
        "en wat als hij het aan de juf laat zien dan?",
        "gaat de directeur mij bellen of zo?",
        "weet hij waar mijn zus zit?",
        "hoe lang duurt da dan?",
    ),
    "fr": (
        "et si il le montre a la prof alors ?",
        "le directeur va savoir que cest moi ?",
        "il sait ou est ma soeur du coup ?",
        "ca dure combien alors ?",
    ),
}
"""Questions of which it is not sure which one is meant; a training may make it sure of some."""
OTHERS, NO = {"nl": "Iets anders", "fr": "Autre chose"}, {"nl": "nee", "fr": "non"}


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_what_is_not_surely_understood_is_offered_and_the_path_waits(talk: Talk, language: str) -> None:
    offered = 0
    for asked in UNSURE[language]:
        chat = await on_the_path(talk, language)
        found = await say(chat, asked)
        check(found, language)
        if not says(found, "utter_question_meant"):
            continue
        offered += 1
        titles = [choice["title"] for choice in found[-1]["choices"]]
        assert titles[-1] == OTHERS[language] and 2 <= len(titles) <= 4
        found = await press(chat, titles[0])
        check(found, language)
        assert not says(found[:1], "utter_question_meant"), "the question is answered"
        assert len(found) == 2, "and the path goes on"
        assert says(await say(chat, asked), "utter_question_meant")
        found = await say(chat, NO[language])
        assert says(found[:1], "utter_question_meant_others"), "a typed no is meant for what was offered, not for the path"
        assert len(found) == 2
    assert offered, "none of them was offered"


@pytest.mark.parametrize(
    ("language", "near", "back"), [("nl", "mijn pa staat op de gang", "is weg"), ("fr", "mon pere est dans le couloir", "il est parti")]
)
async def test_whoever_is_not_alone_may_wait_and_come_back(talk: Talk, language: str, near: str, back: str) -> None:
    chat = await on_the_path(talk, language)
    found = await say(chat, near)
    check(found, language)
    assert says(found, "utter_question_parent_near"), "no question stands behind it"
    found = await say(chat, back)
    assert says(found[:1], "utter_question_alone_again")
    assert says(found, "utter_ask_sextortion_happened")


@pytest.mark.parametrize(
    ("language", "sad", "no"),
    [
        ("nl", "kheb nergens nog zin in, waarvoor zou ik nog opstaan", "wat?? nee helemaal niet. kheb gwn ruzie met een vriendin"),
        (
            "fr",
            "jai plus envie d'etre la, jsais plus pourquoi jme leve",
            "quoi ?? non pas du tout. j'ai juste besoin de parler de mes parents",
        ),
    ],
)
async def test_a_plain_no_about_dying_is_believed(talk: Talk, language: str, sad: str, no: str) -> None:
    chat = await talk(language)
    assert says(await say(chat, sad), "utter_ask_suicidal_now")
    found = await say(chat, no)
    check(found, language)
    is_believed = "begreep je verkeerd" in found[0]["text"] or says(found[:1], "utter_question_meant_otherwise")
    assert is_believed, "what else is told is met behind the apology"
    assert not any("112" in bubble["text"] for bubble in found)


@pytest.mark.parametrize(
    ("language", "talk_of", "more", "danger"),
    [("nl", "mijn kat is dood", "ze was 14 jaar", "ik wil dood"), ("fr", "mon chat est mort", "elle avait 14 ans", "je veux mourir")],
)
async def test_small_talk_goes_on_and_hides_no_danger(talk: Talk, language: str, talk_of: str, more: str, danger: str) -> None:
    chat = await talk(language)
    assert says(await say(chat, talk_of), "utter_question_grief")
    found = await say(chat, more)
    assert says(found, "utter_question_talk_on")
    assert line_ids(found) == []
    assert says((await say(chat, danger))[:1], "utter_suicidal")


@pytest.mark.parametrize(
    ("language", "told", "called", "comes"),
    [
        ("nl", "papa staat met een mes voor mijn deur", "ik heb 112 gebeld", "ze zijn hier"),
        ("fr", "papa est devant ma porte avec un couteau", "j'ai appelé le 112", "ils sont là"),
    ],
)
async def test_once_112_was_called_who_comes_is_the_help(talk: Talk, language: str, told: str, called: str, comes: str) -> None:
    chat = await talk(language)
    assert says(await say(chat, told), "utter_ask_now_away")
    assert says((await say(chat, called))[:1], "utter_now_over")
    found = await say(chat, comes)
    assert not says(found, "utter_ask_now_away"), "the alarm is sounded again"
    assert not any(text in bubble["text"] for bubble in found for text in ("Is dit nu?", "C'est maintenant ?"))


@pytest.mark.parametrize(
    ("language", "told", "situations"),
    [
        ("nl", "papa staat met een mes voor mijn deur", ["nee ik kan niet weg, hij slaapt nu in de zetel", "ik weet niet waar ik ben"]),
        ("fr", "papa est devant ma porte avec un couteau", ["non je peux pas, il dort dans le canape la", "je sais pas ou je suis"]),
    ],
)
async def test_what_is_told_of_a_danger_now_is_answered(talk: Talk, language: str, told: str, situations: list[str]) -> None:
    chat = await talk(language)
    await say(chat, told)
    for situation in situations:
        found = await say(chat, situation)
        assert says(found[:1], "utter_now_situation") and "112" in found[0]["text"]


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_a_picture_brings_its_lines(talk: Talk, language: str) -> None:
    chat = await on_the_path(talk, language)
    asked = next(text for lang, text, name in ASKED if (lang, name) == (language, "remove_picture"))
    assert "take_it_down" in line_ids(await say(chat, asked))


@pytest.mark.parametrize(
    ("language", "words_said"),
    [("nl", "gaat dit ooit stoppen? ik wil dood"), ("fr", "ca va s'arreter un jour ? jveux mourir")],
)
async def test_a_danger_beside_a_question_wins(talk: Talk, language: str, words_said: str) -> None:
    chat = await on_the_path(talk, language)
    found = await say(chat, words_said)
    assert not says(found[:1], "utter_question_will_it_stop")
    assert {"zelfmoordlijn_1813", "prevention_suicide"} & set(line_ids(found))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "mijn ouders zijn boos op mij"),
        ("nl", "hij heeft het al doorgestuurd"),
        ("fr", "il m'a bloquée hier"),
        ("fr", "j'ai déjà appelé"),
    ],
)
async def test_what_is_told_is_no_question(talk: Talk, language: str, told: str) -> None:
    chat = await on_the_path(talk, language)
    found = await say(chat, told)
    answers = [said for name, said in texts().replies.items() if name.startswith("utter_question_")]
    assert found[0]["text"] not in {text for said in answers for text in said[language]}


@pytest.mark.parametrize(("language", "asked"), [("nl", "wat is grooming?"), ("fr", "c'est quoi un deepfake ?")])
async def test_a_word_is_explained_beside_a_path_too(talk: Talk, language: str, asked: str) -> None:
    found = await say(await talk(language), asked)
    check(found, language)
    assert says(found[:1], f"utter_question_word_{'grooming' if language == 'nl' else 'deepfake'}")
    assert says(found, "utter_ask_topic")
    assert line_ids(found) == []


@pytest.mark.parametrize(
    ("language", "privacy", "asked"),
    [("nl", "wie leest dit allemaal?", "gaan ze mij wel geloven?"), ("fr", "qui lit tout ça ?", "ils vont me croire ?")],
)
async def test_a_question_during_another_is_answered_too(talk: Talk, language: str, privacy: str, asked: str) -> None:
    chat = await on_the_path(talk, language)
    await say(chat, privacy)
    found = await say(chat, asked)
    assert says(found[:1], "utter_question_believe_me")
    assert says(found, "utter_ask_sextortion_happened")


@pytest.mark.parametrize(
    ("language", "vague"), [("nl", ["kheb iets stoms gedaan", "weet ni", "kweet het ni"]), ("fr", ["jsp", "je sais pas", "jsais pas trop"])]
)
async def test_who_cannot_say_it_never_gets_the_same_bubble_twice_in_a_row(talk: Talk, language: str, vague: list[str]) -> None:
    chat = await talk(language)
    await press(chat, YES[language])
    said = [(await say(chat, text))[-1]["text"] for text in vague]
    assert all(one != other for one, other in itertools.pairwise(said)), said


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_answer_and_any_question_of_a_path_fit_in_one_turn(language: str) -> None:
    replies = texts().replies
    longest = {
        begin: max(words(text) for name, said in replies.items() if name.startswith(begin) for text in said[language])
        for begin in ("utter_question_", "utter_ask_")
    }
    assert sum(longest.values()) <= 60, longest


@pytest.mark.parametrize(
    ("language", "felt"), [("nl", "kben zo moe"), ("fr", "je suis fatiguée"), ("nl", "ik ben bang"), ("fr", "jsuis stressé")]
)
async def test_a_bare_feeling_is_met_and_no_need_is_made_of_it(talk: Talk, language: str, felt: str) -> None:
    found = await say(await talk(language), felt)
    check(found, language)
    assert says(found[:1], "utter_question_feeling")
    assert says(found, "utter_ask_topic")
    assert line_ids(found) == []


@pytest.mark.parametrize(("language", "felt"), [("nl", "ik ben het leven moe"), ("fr", "je suis fatiguée de vivre")])
async def test_who_is_tired_of_life_is_heard(talk: Talk, language: str, felt: str) -> None:
    found = await say(await talk(language), felt)
    assert {"zelfmoordlijn_1813", "prevention_suicide"} & set(line_ids(found))


@pytest.mark.parametrize(("language", "told"), [("nl", "ik ben 13"), ("fr", "j'ai 15 ans")])
async def test_an_age_in_the_middle_of_a_path_answers_nothing(talk: Talk, language: str, told: str) -> None:
    chat = await on_the_path(talk, language)
    found = await say(chat, told)
    check(found, language)
    assert says(found[:1], "utter_question_noted")
    assert says(found, "utter_ask_sextortion_happened")


@pytest.mark.parametrize(
    ("language", "sent"),
    [("nl", "ik heb een naaktfoto van mezelf gestuurd en nu heb ik spijt"), ("fr", "jai envoyé une photo nue de moi et je regrette")],
)
async def test_who_sent_their_own_picture_is_not_spoken_to_like_who_passed_one_on(talk: Talk, language: str, sent: str) -> None:
    found = await say(await talk(language), sent)
    check(found, language)
    assert says(found, "utter_ask_nude_spread_safe")
