"""Turns that overlap (a slow turn that the hub gave up on may still run when the next message comes), and danger that took over."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from product_world import Product
from reply_texts import texts
from turns import BotDoor

pytestmark = pytest.mark.product
Answer = dict[str, Any]


def at_once(product: Product, questions: list[dict[str, Any]]) -> list[Answer]:
    """All questions at the same moment, each over its own connection."""

    def ask(question: dict[str, Any]) -> Answer:
        door = BotDoor(product.bot_url)
        try:
            return door.turn(**question)
        finally:
            door.close()

    with ThreadPoolExecutor(len(questions)) as pool:
        return list(pool.map(ask, questions))


def in_french_about_grooming(product: Product) -> dict[str, Any]:
    """The state of a French conversation on a path."""
    [answer] = at_once(product, [{"payload": "/grooming", "language": "fr"}])
    assert answer["slots"]["topic"] == "grooming"
    state: dict[str, Any] = answer["state"]
    return state


def not_kept(answers: list[Answer]) -> list[str]:
    """What is wrong with answers in that conversation."""
    wrong = []
    for place, answer in enumerate(answers):
        if answer["slots"]["topic"] != "grooming":
            wrong.append(f"{place}: the topic is {answer['slots']['topic']}")
        said = [message["text"] for message in answer["messages"]]
        wrong += [f"{place}: not French: {text[:60]}" for text in said if texts().language_of(text) != "fr"]
        wrong += [f"{place}: silence"] * (not said)
    return wrong


def test_conversations_at_once_do_not_mix(product: Product) -> None:
    state = in_french_about_grooming(product)
    for _ in range(4):
        asked = [{"payload": "/deny", "language": "fr", "state": state, "conversation": uuid.uuid4().hex} for _ in range(4)]
        assert not_kept(at_once(product, asked)) == []


def test_turns_of_one_conversation_at_once_each_keep_its_state(product: Product) -> None:
    state = in_french_about_grooming(product)
    wrong = []
    for _ in range(6):
        conversation = uuid.uuid4().hex
        asked = [
            {"payload": payload, "language": "fr", "state": state, "conversation": conversation}
            for payload in ("/want_human", "/deny", "/affirm")
        ]
        wrong += not_kept(at_once(product, asked))
    assert wrong == []


def test_a_message_asked_twice_at_once_gets_one_answer(product: Product) -> None:
    state = in_french_about_grooming(product)
    for _ in range(4):
        asked = {
            "payload": "/want_human",
            "language": "fr",
            "state": state,
            "conversation": uuid.uuid4().hex,
            "message_id": uuid.uuid4().hex,
        }
        first, second = at_once(product, [asked, asked])
        assert not_kept([first, second]) == []
        assert first["messages"] == second["messages"]


# The path is that of suicide, found in the words; the lines must be too, whatever the classifier made of the sentence.
IN_DANGER = [
    ("nl", "ik ga voor de trein springen"),
    ("nl", "niemand gaat mij missen als ik weg ben voor altijd"),
    ("nl", "kheb net een hele strip dafalgan genomen"),
    ("nl", "een maat van mij zegt dat hij zichzelf gaat ophangen"),
    ("fr", "je vais me jeter sous un train"),
    ("fr", "je vais me foutre en l'air cette nuit"),
    ("fr", "un pote menace de se pendre"),
]


def test_danger_found_in_the_words_gets_its_own_lines(product: Product) -> None:
    wrong = []
    for language, words in IN_DANGER:
        [answer] = at_once(product, [{"text": words, "language": language}])
        assert (answer["need"], answer["urgency"]) == ("suicidal", "emergency"), words
        lines = [line for message in answer["messages"] for line in message["helplines"]]
        if {"nl": "zelfmoordlijn_1813", "fr": "prevention_suicide"}[language] not in lines or answer["slots"]["topic"] != "suicidal":
            wrong.append((words, lines, answer["slots"]["topic"]))
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "words", "line"), [("nl", "ik wil dood", "zelfmoordlijn_1813"), ("fr", "je veux mourir", "prevention_suicide")]
)
def test_danger_said_plainly_leaves_any_path_and_gets_its_own_lines(product: Product, language: str, words: str, line: str) -> None:
    for topic in ("cyberbullying", "grooming", "greeting"):
        [before] = at_once(product, [{"payload": f"/{topic}", "language": language}])
        [answer] = at_once(product, [{"text": words, "language": language, "state": before["state"]}])
        assert (answer["need"], answer["urgency"], answer["slots"]["topic"]) == ("suicidal", "emergency", "suicidal")
        assert line in answer["messages"][-1]["helplines"]
