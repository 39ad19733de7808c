"""Walks every path of the dialogue and tries every intent at every place, in both languages.

A place is the bot's last question. The bot is asked directly, with saved states, so that every place is reached once per
language and every intent is tried from exactly there.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from threading import local

import pytest
from product_world import ROOT, Product
from reply_texts import texts, words
from ruamel.yaml import YAML
from turns import Answer, BotDoor, State, last_turn, place_of

from kernel.need import NEEDS, NOT_UNDERSTOOD

pytestmark = pytest.mark.product

INTENTS = (*NEEDS, NOT_UNDERSTOOD)
START = "utter_ask_safe"
MOST_BUBBLES, MOST_WORDS, MOST_LINES = 2, 60, 3
DETOURS = ("utter_ask_wipe", "utter_ask_privacy_", "utter_ask_want_human_", "utter_ask_safe", "utter_ask_topic")
"""Beside the path (actions/dialogue.py): after an interruption the path's own question is asked again, not these."""
NOW = {
    "nl": (
        "hij bonkt op mijn deur",
        "ik heb een hele doos pillen geslikt",
        "ik ben een uur geleden verkracht",
        "mijn ouders willen mij dwingen om te trouwen",
    ),
    "fr": (
        "il tambourine à ma porte avec une ceinture",
        "j'ai avalé toute la boîte de médicaments",
        "on m'a violée il y a une heure",
        "mes parents veulent me forcer à me marier",
    ),
}
"""Danger that is now, or another opening, is no intent: what opens its paths (bot/policies/danger_now.py) is said in words."""
BESIDE = {
    "nl": (
        "er staat een naaktfoto van een meisje uit mijn klas in onze groep",
        "ik ben weggelopen en ik slaap buiten / een man zegt dat ik bij hem mag slapen",
    ),
    "fr": (
        "on m'a envoyé un nude d'un mec de ma classe",
        "je suis partie de chez moi et je dors dehors / un mec m'a proposé de dormir chez lui",
    ),
}
"""What leads to questions that no button and no other answer leads to, in one message or in two; walked last, so that every other place is
reached as ever."""
INTERRUPTIONS = ("greeting", "bot_challenge", "what_can_you_do", "insult", "off_topic", "switch_language")
NOT_NOW = ("utter_ask_now_away", "dont_know")
"""Written for where nobody knows what it is about; elsewhere the policy goes on with the path (bot/policies/path_questions.py)."""
_THREADS = 3
_TELLS = re.compile(r"/(?:scenario:\w+|age_group:(?:under14|14_15|16_17|adult))")
"""A button that tells something: a step of a scenario (tests/product/test_scenarios.py), an age."""


@dataclass
class Place:
    """A place, how it was reached, and the bubble that was said last there."""

    name: str
    state: State | None
    last_bubble: str | None
    offered: tuple[str, ...]
    way: str


@dataclass
class Walk:
    """One language's walk: the places it found and what was wrong."""

    language: str
    url: str
    places: dict[str, Place] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    did: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Place and intent → the actions of that turn."""
    turns: int = 0
    _doors: local = field(default_factory=local)
    _opened: list[BotDoor] = field(default_factory=list)

    def go(self) -> None:
        """Breadth first from the hub's first question, until no new place is found."""
        start = Place(START, None, None, ("/affirm", "/deny"), "")
        self.places[START] = start
        self._walk(deque([start, *self._opened_by(start, NOW)]))
        self._walk(deque(self._opened_by(start, BESIDE)))

    def _opened_by(self, start: Place, openings: Mapping[str, tuple[str, ...]]) -> Iterator[Place]:
        """The places that these words lead to, in this walk's language."""
        for said in openings[self.language]:
            first, *more = said.split(" / ")
            answer = self._door().turn(first, language=self.language)
            for text in more:
                answer = self._door().turn(text, state=answer["state"], language=self.language)
            found = self._next(start, said, answer)
            assert found is not None
            self.places.setdefault(found.name, found)
            yield self.places[found.name]

    def _walk(self, waiting: deque[Place]) -> None:
        """Every intent at these places, and at every new one that it leads to."""
        with ThreadPoolExecutor(_THREADS) as pool:
            while waiting:
                round_, waiting = list(waiting), deque()
                steps = [(place, intent) for place in round_ for intent in INTENTS]
                for (place, intent), answer in zip(steps, pool.map(lambda step: self._try(*step), steps), strict=True):
                    found = self._next(place, intent, answer)
                    if found is not None and found.name not in self.places:
                        self.places[found.name] = found
                        waiting.append(found)

    def close(self) -> None:
        """Close the connections."""
        for door in self._opened:
            door.close()

    def turn(self, intent: str, state: State | None) -> Answer:
        """One turn of this walk."""
        self.turns += 1
        answer: Answer = self._door().turn(payload=f"/{intent}", state=state, language=self.language)
        return answer

    def _door(self) -> BotDoor:
        """This thread's connection."""
        if not hasattr(self._doors, "door"):
            self._doors.door = BotDoor(self.url)
            self._opened.append(self._doors.door)
        door: BotDoor = self._doors.door
        return door

    def _try(self, place: Place, intent: str) -> Answer:
        answer = self.turn(intent, place.state)
        where = f"{self.language} {place.name} + {intent}"
        self.wrong += [f"{where}: {what}" for what in faults(answer, place.last_bubble, self.expected(intent))]
        self.did[place.name, intent] = last_turn(answer["state"])
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
        last = answer["messages"][-1]
        offered = tuple(choice["payload"] for choice in last["choices"])
        return Place(place_of(answer["state"]), answer["state"], last["text"], offered, f"{place.way} {intent}".strip())


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
        if not _TELLS.fullmatch(choice["payload"]) and choice["payload"].lstrip("/") not in INTENTS:
            found.append(f"a button leads nowhere: {choice['payload']}")
        if choice["title"] not in texts().titles[language]:
            found.append(f"a button is not {language}: {choice['title']}")
    return found


@pytest.fixture(scope="module")
def walks(running_bot: Product) -> Iterator[dict[str, Walk]]:
    """Both walks, done once; every test here looks at what they found."""
    running_bot.make_whole()
    done = {}
    for language in ("nl", "fr"):
        began = time.monotonic()
        walk = done[language] = Walk(language, running_bot.bot_url)
        walk.go()
        print(f"\n{language}: {len(walk.places)} places, {walk.turns} turns, {time.monotonic() - began:.0f} s")
    yield done
    for walk in done.values():
        walk.close()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_intent_at_every_place_gets_a_right_answer(walks: dict[str, Walk], language: str) -> None:
    walk = walks[language]
    assert walk.turns >= len(walk.places) * len(INTENTS)
    assert len(walk.wrong) == 0, f"{len(walk.wrong)} of {walk.turns}:\n" + "\n".join(walk.wrong[:60])


def written_steps() -> dict[tuple[str, str], list[str]]:
    """Place and intent → the actions that data/stories and data/rules write down for it."""
    written = {}
    for path in (*(ROOT / "data/stories").glob("*.yml"), *(ROOT / "data/rules").glob("*.yml")):
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for story in (*content.get("stories", ()), *content.get("rules", ())):
            place, said, *actions = story["steps"]
            if "action" in place:
                for one in said.get("or", [said]):
                    written[place["action"], one["intent"]] = [step["action"] for step in actions]
    return written


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_step_is_done_as_it_is_written(walks: dict[str, Walk], language: str) -> None:
    """Every place that is written down can be reached, and what follows there is what the story says: two stories that look
    the same to the dialogue model make it forget both, and the bot then asks what is meant.
    """
    written, did = written_steps(), walks[language].did
    assert len(written) > 1000
    assert {place for place, _ in written} - set(walks[language].places) == set(), "cannot be reached"
    assert did[NOT_NOW][0] == "utter_now_away_later" and did[NOT_NOW][-1].startswith("utter_ask_")
    # The walk comes here behind pills: whatever is not understood, and who wants no person, then brings 112 again (danger_now.py).
    refused = {("utter_ask_now_person", heard) for heard in ("deny", "dont_know")}
    behind_pills = {("utter_ask_now_person", "nlu_fallback"), *(("utter_ask_else", heard) for heard in ("nlu_fallback", "dont_know"))}
    assert {step: did[step] for step in behind_pills if did[step][0] != "utter_now_body"} == {}
    assert {step: did[step] for step in refused if did[step][0] != "utter_now_body_choice"} == {}
    behind_pills |= refused
    assert {step: did[step] for step in written if did[step] != written[step] and step not in {NOT_NOW, *behind_pills}} == {}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_button_fits_its_place(walks: dict[str, Walk], language: str) -> None:
    """What a button says is written down for the place where it stands, or opens the path of a need."""
    written = written_steps()
    places = walks[language].places.values()
    offered = {(place.name, payload.lstrip("/")) for place in places for payload in place.offered if not _TELLS.fullmatch(payload)}
    assert len(offered) > len(places)
    assert {
        (place, said) for place, said in offered if (place, said) not in written and (said not in NEEDS or NEEDS[said].is_conversation)
    } == set()


def test_a_path_goes_on_where_it_was_interrupted(walks: dict[str, Walk]) -> None:
    """A question in between (another one at each place) is answered, and yes then means what it meant before."""
    walk = walks["nl"]
    places = [place for place in walk.places.values() if place.name.startswith("utter_ask_") and not place.name.startswith(DETOURS)]
    lost = []
    for number, place in enumerate(places):
        interruption = INTERRUPTIONS[number % len(INTERRUPTIONS)]
        between = walk.turn(interruption, place.state)
        after = walk.turn("affirm", between["state"])
        if last_turn(after["state"]) != walk.did[place.name, "affirm"]:
            lost.append(f"{place.name} + {interruption}: {last_turn(after['state'])}, not {walk.did[place.name, 'affirm']}")
    assert len(places) > 100
    assert lost == []
