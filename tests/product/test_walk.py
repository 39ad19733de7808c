"""Walks every path of the dialogue and tries every intent at every place, in both languages.

A place is the bot's last question. The bot is asked directly, with saved states, so that every place is reached once per
language and every intent is tried from exactly there.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from threading import local

import pytest
from product_world import Product
from reply_texts import texts, words
from turns import Answer, BotDoor, State, place_of

from kernel.need import NEEDS, NOT_UNDERSTOOD

pytestmark = pytest.mark.product

INTENTS = (*NEEDS, NOT_UNDERSTOOD)
START = "utter_ask_safe"
MOST_BUBBLES, MOST_WORDS, MOST_LINES = 2, 60, 3
INTERRUPTIONS = ("greeting", "bot_challenge", "what_can_you_do", "insult", "off_topic", "switch_language")
_THREADS = 3


@dataclass
class Place:
    """A place, how it was reached, and the bubble that was said last there."""

    name: str
    state: State | None
    last_bubble: str | None
    way: str


@dataclass
class Walk:
    """One language's walk: the places it found and what was wrong."""

    language: str
    url: str
    places: dict[str, Place] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    turns: int = 0
    _doors: local = field(default_factory=local)
    _opened: list[BotDoor] = field(default_factory=list)

    def go(self) -> None:
        """Breadth first from the hub's first question, until no new place is found."""
        waiting = deque([Place(START, None, None, "")])
        self.places[START] = waiting[0]
        with ThreadPoolExecutor(_THREADS) as pool:
            while waiting:
                round_, waiting = list(waiting), deque()
                steps = [(place, intent) for place in round_ for intent in INTENTS]
                for (place, intent), answer in zip(steps, pool.map(lambda step: self._try(*step), steps), strict=True):
                    found = self._next(place, intent, answer)
                    if found is not None and found.name not in self.places:
                        self.places[found.name] = found
                        waiting.append(found)
        for door in self._opened:
            door.close()

    def turn(self, intent: str, state: State | None) -> Answer:
        """One turn of this walk."""
        if not hasattr(self._doors, "door"):
            self._doors.door = BotDoor(self.url)
            self._opened.append(self._doors.door)
        self.turns += 1
        answer: Answer = self._doors.door.turn(payload=f"/{intent}", state=state, language=self.language)
        return answer

    def _try(self, place: Place, intent: str) -> Answer:
        answer = self.turn(intent, place.state)
        where = f"{self.language} {place.name} + {intent}"
        self.wrong += [f"{where}: {what}" for what in faults(answer, place.last_bubble, self.expected(intent))]
        return answer

    def expected(self, intent: str) -> str:
        """The language of the answer: another one only when that was asked for."""
        if intent == "switch_language":
            return "fr" if self.language == "nl" else "nl"
        return self.language

    def _next(self, place: Place, intent: str, answer: Answer) -> Place | None:
        """Where the answer leads; None when it is silent (a fault) or in the other language (that walk's business)."""
        if not answer["messages"] or intent == "switch_language":
            return None
        return Place(place_of(answer["state"]), answer["state"], answer["messages"][-1]["text"], f"{place.way} {intent}".strip())


def faults(answer: Answer, said_before: str | None, language: str) -> list[str]:
    """What is wrong with one answer."""
    bubbles = [message["text"] for message in answer["messages"]]
    if not bubbles or not all(bubble.strip() for bubble in bubbles):
        return ["silence"]
    found = []
    if len(bubbles) > MOST_BUBBLES:
        found.append(f"{len(bubbles)} bubbles")
    total = sum(words(bubble) for bubble in bubbles)
    if total > MOST_WORDS:
        found.append(f"{total} words")
    row = [said_before, *bubbles]
    found += [f"the same bubble twice in a row: {one[:40]}" for one, other in pairwise(row) if one == other and one]
    if answer["language"] != language:
        found.append(f"the answer calls itself {answer['language']}")
    found += [f"not {language}: {bubble[:50]}" for bubble in bubbles if texts().language_of(bubble) != language]
    lines = [line for message in answer["messages"] for line in message["helplines"]]
    if len(lines) > MOST_LINES or len(set(lines)) != len(lines):
        found.append(f"lines {lines}")
    for choice in (choice for message in answer["messages"] for choice in message["choices"]):
        if choice["payload"].lstrip("/") not in INTENTS:
            found.append(f"a button leads nowhere: {choice['payload']}")
        if choice["title"] not in texts().titles[language]:
            found.append(f"a button is not {language}: {choice['title']}")
    return found


@pytest.fixture(scope="module")
def walks(running_bot: Product) -> dict[str, Walk]:
    """Both walks, done once; every test here looks at what they found."""
    running_bot.make_whole()
    done = {}
    for language in ("nl", "fr"):
        began = time.monotonic()
        walk = done[language] = Walk(language, running_bot.bot_url)
        walk.go()
        print(f"\n{language}: {len(walk.places)} places, {walk.turns} turns, {time.monotonic() - began:.0f} s")
    return done


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_intent_at_every_place_gets_a_right_answer(walks: dict[str, Walk], language: str) -> None:
    walk = walks[language]
    assert walk.turns >= len(walk.places) * len(INTENTS)
    assert len(walk.wrong) == 0, f"{len(walk.wrong)} of {walk.turns}:\n" + "\n".join(walk.wrong[:60])
