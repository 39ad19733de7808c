"""The language is right for every reply, also when it changes in mid-conversation."""

from __future__ import annotations

import pytest
from reply_texts import fixed, texts
from talking import Talk, check, line_ids, press, say, says

pytestmark = pytest.mark.product


async def test_dutch_french_dutch_by_free_text(talk: Talk) -> None:
    chat = await talk("nl")
    check(await say(chat, "iemand dreigt mijn naaktfoto door te sturen als ik niet betaal"), "nl")
    check(await say(chat, "ja"), "nl")
    check(await say(chat, "il veut 200 euros sinon il envoie ma photo à ma classe"), "fr")
    check(await say(chat, "oui"), "fr")
    check(await say(chat, "ik weet niet goed of dat gaat lukken bij mij"), "nl")
    check(await say(chat, "ok"), "nl")


async def test_the_path_goes_on_in_the_other_language(talk: Talk) -> None:
    chat = await talk("nl")
    assert says(await say(chat, "ze chanteren mij met een naaktfoto"), "utter_ask_sextortion_safe")
    found = await say(chat, "oui je peux parler ici")
    check(found, "fr")
    assert says(found, "utter_ask_sextortion_happened")


async def test_by_asking_and_back(talk: Talk) -> None:
    chat = await talk("nl")
    check(await say(chat, "ik wil weglopen van thuis, ik hou het niet meer vol"), "nl")
    check(await say(chat, "kan het in het frans aub"), "fr")
    check(await press(chat, "Oui"), "fr")
    check(await say(chat, "en néerlandais s'il te plaît"), "nl")
    check(await press(chat, "Ja"), "nl")


@pytest.mark.parametrize(
    ("language", "ambiguous"), [("nl", "non"), ("fr", "nee"), ("nl", "ok"), ("fr", "ok"), ("fr", "?"), ("nl", "ja oui")]
)
async def test_short_ambiguous_messages_keep_the_language(talk: Talk, language: str, ambiguous: str) -> None:
    chat = await talk(language)
    check(await say(chat, ambiguous), language)


@pytest.mark.parametrize(
    ("language", "words", "later"),
    [("nl", "les trucmuches du machin sont dans le bidule", "enfin bon"), ("fr", "zij deed dat gelijk toen", "allee ja")],
)
async def test_what_is_not_understood_is_answered_in_its_own_language(talk: Talk, language: str, words: str, later: str) -> None:
    other = {"nl": "fr", "fr": "nl"}[language]
    chat = await talk(language)
    found = await say(chat, words)
    assert any(says(found, reply) for reply in ("utter_rephrase", "utter_tell_me_more", "utter_ask_topic"))
    check(found, other)
    check(await say(chat, later), other)


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_english_gets_one_bilingual_sentence_and_the_lines(talk: Talk, language: str) -> None:
    chat = await talk(language)
    found = await say(chat, "someone is threatening me with my pictures and wants money")
    assert [frame["text"] for frame in found] == [fixed("english", language)]
    assert line_ids(found)[0] == "childfocus"
    check(
        await say(chat, {"nl": "sorry, iemand dreigt met mijn foto", "fr": "désolé, quelqu'un me menace avec ma photo"}[language]), language
    )


def test_only_defaults_are_bilingual() -> None:
    """No sentence stands under two languages, and every reply has both languages and a default."""
    said = texts().said
    assert said["nl"] & said["fr"] == set()
    assert (said["nl"] | said["fr"]) & said["both"] == set()
    assert [name for name, of in texts().replies.items() if set(of) != {"nl", "fr", "both"}] == []
