"""States of a talk in which a question of a path was just asked: reached by pressing buttons from a need on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from turns import Answer, BotDoor, last_turn

from kernel.need import NEEDS

_MOST_PRESSED = 9
"""Buttons pressed on the way to a question; no path is longer."""


@dataclass(frozen=True)
class Reached:
    """Behind which answer `question` is open; `meant`: what each button means, in order; `pressed`: what the bot does then."""

    question: str
    answer: Answer
    meant: tuple[str, ...]
    pressed: tuple[tuple[str, ...], ...]


def reach(door: BotDoor, language: str, wanted: set[str]) -> dict[str, Reached]:
    """Each of the wanted questions that buttons lead to, by name. A question is taken where it is asked first, by the shortest way."""
    found: dict[str, Reached] = {}
    for need in NEEDS:
        if any(question.startswith(f"utter_ask_{need}_") for question in wanted - set(found)):
            _walk(door, language, door.turn(payload=f"/{need}", language=language), found)
    return {question: found[question] for question in wanted & set(found)}


def _walk(door: BotDoor, language: str, first: Answer, found: dict[str, Reached]) -> None:
    waiting = deque([(first, 0)])
    while waiting:
        answer, pressed = waiting.popleft()
        question = asked(answer)
        if question is None or question in found or pressed > _MOST_PRESSED:
            continue
        payloads = [str(button["payload"]) for button in answer["messages"][-1].get("choices") or ()]
        behind = [press(door, language, answer, payload) for payload in payloads]
        done = tuple(tuple(last_turn(one["state"])) for one in behind)
        found[question] = Reached(question, answer, tuple(payload.removeprefix("/") for payload in payloads), done)
        waiting.extend((one, pressed + 1) for one in behind)


def asked(answer: Answer) -> str | None:
    """The question at the end of an answer; None where it ends otherwise."""
    did = last_turn(answer["state"])
    return did[-1] if did and did[-1].startswith("utter_ask_") else None


def press(door: BotDoor, language: str, answer: Answer, payload: str) -> Answer:
    """The answer to a button."""
    return door.turn(payload=payload, state=answer["state"], language=language, urgency=answer["urgency"])


def say(door: BotDoor, language: str, answer: Answer, text: str) -> Answer:
    """The answer to words."""
    return door.turn(text, state=answer["state"], language=language, urgency=answer["urgency"])
