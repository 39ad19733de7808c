"""Who is named: seen in the replies and in the counts of the custom actions."""

from __future__ import annotations

import pytest
from product_world import ROOT, Product
from talking import Talk, check, line_ids, press, say
from turns import BotDoor

from channels.answers import now
from kernel.language import Language
from kernel.need import NEEDS, urgency_of
from safety.directory import Directory
from safety.routes import Routes

pytestmark = pytest.mark.product


async def test_a_boys_sextortion_calls_the_escalation(product: Product, talk: Talk) -> None:
    before = product.action_calls("action_escalate_to_hotline")
    chat = await talk("nl")
    found = await say(chat, "ik ben 15, een meisje op snap heeft mijn naaktfoto en wil 300 euro of ze stuurt hem naar iedereen")
    check(found, "nl")
    assert line_ids(found)[:2] == ["childfocus", "take_it_down"]
    for text in ("ja", "ja", "nee", "nee ik durf het aan niemand zeggen"):
        check(await say(chat, text), "nl")
    assert product.action_calls("action_escalate_to_hotline") == before
    found = await press(chat, "Ja")
    check(found, "nl")
    assert line_ids(found)[:2] == ["childfocus", "take_it_down"]
    assert product.action_calls("action_escalate_to_hotline") == before + 1
    assert product.urgency_rank(chat.token) >= 2


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        ("nl", "ik heb gevoelens voor kleine kinderen en ik ben daar bang van", ["stopitnow_nl", "zelfmoordlijn_1813"]),
        ("fr", "j'ai des pensées sexuelles pour des enfants et ça me fait peur", ["seos", "stopitnow_brussels", "prevention_suicide"]),
    ],
)
async def test_the_worried_teenager(product: Product, talk: Talk, language: str, text: str, lines: list[str]) -> None:
    before = product.action_calls("action_point_to_help")
    found = await say(await talk(language), text)
    check(found, language)
    assert line_ids(found) == lines
    assert product.action_calls("action_point_to_help") == before + 1


@pytest.mark.parametrize(("language", "text"), [("nl", "ik wil met een echte mens praten"), ("fr", "je veux parler à une vraie personne")])
async def test_a_person(product: Product, talk: Talk, language: str, text: str) -> None:
    before = product.action_calls("action_escalate_to_hotline")
    found = await say(await talk(language), text)
    check(found, language)
    assert line_ids(found)[0] == "childfocus"
    assert product.action_calls("action_escalate_to_hotline") == before + 1


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_the_button_a_person(product: Product, talk: Talk, language: str) -> None:
    chat = await talk(language)
    await chat.send(type="human")
    found = [frame for frame in await chat.answer(1.0) if frame["type"] == "reply"]
    assert found
    assert line_ids(found)[0] == "childfocus"
    assert product.urgency_rank(chat.token) >= 2


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        ("nl", "ik ben vanavond weggelopen van thuis en ik weet niet waar ik moet slapen", ["childfocus", "emergency_112", "awel"]),
        ("fr", "je me suis enfuie de chez moi ce soir, je suis dehors", ["childfocus", "emergency_112", "ecoute_enfants_103"]),
    ],
)
async def test_runaway_tonight(product: Product, talk: Talk, language: str, text: str, lines: list[str]) -> None:
    chat = await talk(language)
    found = await say(chat, text)
    check(found, language)
    assert line_ids(found) == lines
    assert product.urgency_rank(chat.token) == 3


@pytest.mark.parametrize("language", list(Language))
def test_every_need_names_its_lines_at_once(product: Product, language: Language) -> None:
    """The first answer to a need carries the lines of data/safety/routes.yml, also when it was chosen with a button."""
    routes = Routes.load(ROOT / "data/safety/routes.yml", Directory.load(ROOT / "data/safety/helplines.yml"))
    door = BotDoor(product.bot_url)
    beside = {"want_human", "privacy_question"}  # the first leads to a person (above), the second names nobody
    needs = [need for need in NEEDS.values() if not need.is_conversation and need.name not in beside]
    shown, wanted = {}, {}
    for need in needs:
        messages = door.turn(payload=f"/{need.name}", language=language.value)["messages"]
        shown[need.name] = tuple(line for message in messages for line in message["helplines"])
        wanted[need.name] = routes.lines(need.name, language, urgency=urgency_of(need.name), at=now())
    door.close()
    assert len(needs) >= 20
    assert shown == wanted
