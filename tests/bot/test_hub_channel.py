"""The bot's one door: who may enter, what is refused, what is never obeyed, and how small a conversation's state stays."""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from product_world import TOKEN, Product, get
from reply_texts import texts
from turns import BotDoor, actions_of

sys.path.insert(0, str(Path(__file__).parent))
from parts_tables import TAUGHT_ROLES

pytestmark = pytest.mark.product


def question(**more: Any) -> dict[str, Any]:
    """A well-formed request."""
    ids = {"conversation": uuid.uuid4().hex, "message_id": uuid.uuid4().hex}
    return ids | {"text": "hallo", "payload": None, "language": "nl", "urgency": "none", "state": None} | more


@pytest.fixture
def door(product: Product) -> Iterator[BotDoor]:
    """The running bot's door."""
    door = BotDoor(product.bot_url)
    yield door
    door.close()


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "Bearer"])
def test_without_the_token_nobody_enters(product: Product, door: BotDoor, token: str) -> None:
    assert door.post(question(), token=token) == (403, {"error": "forbidden"})
    assert get(f"{product.bot_url}/webhooks/hub/ready", token)[0] == 403
    assert get(f"{product.bot_url}/webhooks/hub/ready", TOKEN)[0] == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"conversation": ""},
        {"conversation": 3},
        {"message_id": None},
        {"text": None},
        {"text": ["hallo"]},
        {"language": "en"},
        {"language": None},
        {"urgency": 2},
        {"state": "x"},
        {"state": []},
        {"payload": {"intent": "affirm"}},
        {"leaves_path": "yes"},
    ],
)
def test_malformed_is_refused(door: BotDoor, wrong: dict[str, Any]) -> None:
    assert door.post(question(**wrong)) == (400, {"error": "malformed"})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"3", b'"hallo"', b"\xff\xfe"])
def test_what_is_no_request_is_refused(door: BotDoor, body: bytes) -> None:
    status, answer = door.post(body)
    assert status == 400
    assert "Traceback" not in str(answer)
    assert door.post(question())[0] == 200


@pytest.mark.parametrize("path", ["/", "/webhooks/rest/webhook", "/model/parse", "/conversations/x/tracker", "/webhooks/hub/", "/model"])
def test_there_is_no_other_door(product: Product, door: BotDoor, path: str) -> None:
    status, _ = door.post(question(), path=path)
    assert status in (404, 405)
    status, body = get(product.bot_url + path)
    assert status in (404, 405) or body.startswith("Hello from Rasa")


@pytest.mark.parametrize(
    "typed", ["/restart", "/session_start", "/suicidal", " / restart", "//restart", '/nude_spread{"who": "adult"}', "/back"]
)
def test_typed_commands_are_not_obeyed(door: BotDoor, typed: str) -> None:
    before = door.turn(payload="/sextortion")
    after = door.turn(text=typed, state=before["state"])
    assert after["messages"], "silence"
    kept = actions_of(before["state"])
    assert actions_of(after["state"])[: len(kept)] == kept, "the conversation was reset"
    assert after["slots"]["who"] == "self"
    assert after["need"] is None or after["confidence"] < 1.0, "taken for a button"


def test_whom_it_is_about_is_heard_by_the_build_of_a_sentence(door: BotDoor) -> None:
    heard = [(text, door.turn(text=text)["slots"]["who"], who or "self") for text, who in TAUGHT_ROLES]
    wrong = [row for row in heard if row[1] != row[2]]
    assert len(wrong) <= len(heard) // 6, wrong


@pytest.mark.parametrize(
    ("opening", "correction", "before", "after"),
    [
        ("mijn vriendin wordt gechanteerd met een foto", "nee ik ben het zelf", "friend", "self"),
        ("un type me fait chanter avec ma photo", "non c'est pour une copine", "self", "friend"),
        ("mijn vriendin zit opgesloten en haar stiefvader slaat haar nu", "welke persoon, ik ben het zelf", "friend", "self"),
    ],
)
def test_whose_trouble_it_is_can_be_set_right_and_the_question_comes_again(
    door: BotDoor, opening: str, correction: str, before: str, after: str
) -> None:
    first = door.turn(text=opening)
    assert first["slots"]["who"] == before
    then = door.turn(text=correction, state=first["state"], urgency=first["urgency"])
    assert (then["slots"]["who"], then["slots"]["topic"]) == (after, first["slots"]["topic"])
    assert then["acted"] == ["action_answer_question", "action_ask_again"]
    assert [len(then["messages"]), "?" in then["messages"][-1]["text"]] == [2, True]


def test_somebody_young_who_says_so_is_no_adult_who_asks_for_a_child(door: BotDoor) -> None:
    for text in ("jsuis une meuf de 14 ans ils me demandent des sous", "ik ben een gast van 15 en ze bedreigen mij met een foto"):
        heard = door.turn(text=text)
        assert heard["need"] != "parent_or_adult_asks_for_child" and heard["slots"]["who"] == "self", text


@pytest.mark.parametrize(
    ("opening", "correction"),
    [
        ("ik wil niet meer leven", "nee nee het is een boek voor school"),
        ("je veux mourir", "mdr non c'est juste une expression, j'ai trop de devoirs"),
    ],
)
def test_a_misunderstanding_is_told_to_the_hub_and_lowers_nothing(door: BotDoor, opening: str, correction: str) -> None:
    before = door.turn(text=opening)
    after = door.turn(text=correction, state=before["state"], urgency=before["urgency"])
    assert (after["takes_back"] or after["is_denied"]) and not (before["takes_back"] or before["is_denied"])
    assert after["urgency"] == before["urgency"] == "emergency"
    assert after["slots"]["topic"] is None


@pytest.mark.parametrize(("language", "text"), [("nl", "hoi"), ("nl", "hey hoi"), ("fr", "salut"), ("fr", "bjr")])
def test_a_greeting_is_greeted(door: BotDoor, language: str, text: str) -> None:
    assert door.turn(text=text, language=language)["need"] == "greeting"


def test_a_repeated_message_gets_the_same_answer(door: BotDoor) -> None:
    asked = question(text="iemand dreigt met mijn naaktfoto en wil geld")
    first, again = door.post(asked), door.post(asked)
    assert first[0] == 200
    assert first == again
    other = door.post(asked | {"message_id": uuid.uuid4().hex})
    assert other[0] == 200


def test_the_urgency_of_the_hub_is_never_lowered(door: BotDoor) -> None:
    for level in ("none", "normal", "high", "emergency"):
        assert door.turn(text="hallo", urgency=level)["urgency"] == level
    assert door.turn(text="ik wil dood")["urgency"] == "emergency"


def test_the_state_holds_nothing_that_was_written(door: BotDoor) -> None:
    marker = "zeepaardje"
    state = None
    for text in (f"iemand dreigt met mijn foto, {marker}", "ja", f"hij heet {marker} en wil geld", f"{marker}?"):
        state = door.turn(text=text, state=state)["state"]
    assert marker not in json.dumps(state)


def test_the_300th_turn_costs_what_the_50th_does(door: BotDoor) -> None:
    said = (
        "/sextortion",
        "/affirm",
        "/deny",
        "/off_topic",
        "/dont_know",
        "/nlu_fallback",
        "/privacy_question",
        "/affirm",
        "/grooming",
        "/greeting",
    )
    state, sizes, times = None, [], []
    for number in range(300):
        began = time.monotonic()
        answer = door.turn(payload=said[number % len(said)], state=state)
        times.append(time.monotonic() - began)
        assert answer["messages"], f"silence at turn {number}"
        state = answer["state"]
        sizes.append(len(json.dumps(state)))
    # The same ten messages come round: the cycles that end at turns 50 and 300 are compared.
    assert max(sizes[290:]) <= max(sizes[40:50]) * 1.1, (sizes[40:50], sizes[290:])
    assert max(sizes) < 16_000
    assert sum(times[250:]) < 3 * sum(times[:50]), "turns become slower"


def test_unknown_state_from_elsewhere_does_no_harm(door: BotDoor) -> None:
    for state in ({}, {"events": [], "slots": {}}, {"events": [], "slots": {"language": "fr", "nonsense": "x", "urgency": "none"}}):
        answer = door.turn(text="hallo", state=state)
        assert answer["messages"]
        assert texts().language_of(answer["messages"][0]["text"]) == "nl"


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("nl", "zien ze mijn nummer als ik bel??", "privacy_question"),
        ("fr", "est-ce que je dois dire mon école", "privacy_question"),
        ("nl", "mijn snap is gehackt wa moek doen", "report_content_removal"),
        ("fr", "on ma hacké mon snap", "report_content_removal"),
        ("nl", "mama en papa scheiden en ik zit ertussen", "other_wellbeing"),
        ("fr", "mes parents se séparent", "other_wellbeing"),
        ("nl", "onze kat is al 3 dagen weg", "off_topic"),
        ("fr", "notre perroquet s'est envolé par la fenêtre ce matin", "off_topic"),
        ("nl", "is bellen gratis?", "what_can_you_do"),
    ],
)
def test_a_question_beside_a_path_is_counted_as_the_need_it_belongs_to(door: BotDoor, language: str, text: str, need: str) -> None:
    assert door.turn(text=text, language=language)["need"] == need


def test_a_question_on_a_path_is_counted_as_the_need_of_that_path(door: BotDoor) -> None:
    before = door.turn(text="ze dreigen mijn naaktfoto door te sturen als ik niet betaal")
    assert before["need"] == "sextortion"
    on_the_way = door.turn(text="zien ze mijn nummer als ik bel??", state=before["state"], urgency=before["urgency"])
    assert on_the_way["need"] == "sextortion"
    aside = door.turn(text="en mama en papa scheiden en ik zit ertussen", state=before["state"], urgency=before["urgency"])
    assert aside["need"] in ("sextortion", "off_topic"), "a smaller trouble told on the way hides the graver one"
