"""What adults tell on the way, and what is told of somebody who is missing: the path it belongs to goes on, and nobody becomes a teenager."""

from __future__ import annotations

import pytest
from talking import Talk, check, line_ids, say, says

pytestmark = pytest.mark.product


@pytest.mark.parametrize(
    ("language", "missing", "told"),
    [
        ("nl", "mijn dochter van 12 is niet thuisgekomen van school", "ze zei gisteren dat ze ging afspreken met iemand van tiktok"),
        ("fr", "ma fille de 13 ans n'est pas rentrée depuis hier soir", "elle m'a dit qu'elle avait rdv avec un mec de snap"),
    ],
)
async def test_a_meeting_of_who_is_missing_stays_with_the_search(talk: Talk, language: str, missing: str, told: str) -> None:
    chat = await talk(language)
    await say(chat, missing)
    found = await say(chat, told)
    check(found, language)
    assert says(found, "utter_ask_friend_missing_danger")
    assert "police_101" in line_ids(found)


@pytest.mark.parametrize(
    ("language", "told", "corrected"),
    [
        ("nl", "mijn papa slaat mij als hij gedronken heeft", "nee niet bij mij he, ik ben de trainer van dat kind"),
        ("fr", "mon père me frappe quand il a bu", "non pas moi, je suis sa prof"),
    ],
)
async def test_an_adult_who_sets_that_right_denies_nothing(talk: Talk, language: str, told: str, corrected: str) -> None:
    chat = await talk(language)
    await say(chat, told)
    found = await say(chat, corrected)
    check(found, language)
    assert says(found, "utter_ask_parent_or_adult_asks_for_child_danger")
