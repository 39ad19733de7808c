"""10,000 strange messages through frame parser, danger terms and relay, with a stand-in for the bot: no exception, no silence."""

from __future__ import annotations

import json
import logging
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hub_world import ROOT
from near_parts import NearBot, NearStore
from strange import DRESSED, KNOWN, PAYLOADS, Strange

from channels.answers import Answers
from channels.fanout import Event, Failed, Listener, Replied, TurnDone
from channels.handoff_kit import HandoffKit
from channels.metrics import Metrics
from channels.public.frames import MOST_CHARACTERS, BadFrame, Say, parse
from channels.relay import Relay
from channels.store import Store
from kernel.language import Language
from kernel.settings import read_settings
from kernel.urgency import Urgency

MESSAGES, CONVERSATIONS = 10_000, 100
_WITHIN_S = 120.0
"""Processor time, since the machine may be busy with other things."""


@pytest.fixture
async def real_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on its own database."""
    store = Store(f"sqlite:///{tmp_path / 'fuzz.db'}", "s" * 40)
    await store.open()
    yield store
    await store.close()


def relay_on(store: Any, bot: NearBot) -> Relay:
    """A relay with the real terms, routes, lines and fixed answers."""
    kit = HandoffKit.load(ROOT / "data/safety", read_settings({}, ROOT))
    return Relay(store, bot, Answers.load(ROOT / "data/safety"), Metrics(), 1.8, kit)


async def test_ten_thousand_strange_messages_are_all_answered(real_store: Store, caplog: pytest.LogCaptureFixture) -> None:
    bot = NearBot()
    relays = relay_on(real_store, bot), relay_on(NearStore(), bot)
    began, seen, asked = time.process_time(), Counter[str](), bot.standin.asked
    with caplog.at_level(logging.ERROR):
        for number in range(CONVERSATIONS):
            strange = Strange(number)
            relay = relays[0] if number % 10 == 0 else relays[1]  # each tenth through the database
            await _converse(relay, [strange.message() for _ in range(MESSAGES // CONVERSATIONS)], seen)
    seconds = time.process_time() - began
    for relay in relays:
        await relay.close()
    assert caplog.records == []
    assert seen["messages"] == MESSAGES
    assert seen["done"] + seen["too_long"] == MESSAGES
    assert seen["danger"] > 500, "hardly any danger was heard: nothing was shown about urgency"
    assert len(asked) > MESSAGES * 0.8
    assert all(len(question["text"]) <= 1000 for question in asked)
    assert not [question["text"] for question in asked if question["text"].strip().startswith(("/", "／"))]
    assert seconds < _WITHIN_S, f"{seconds:.0f} s of processor time"


async def _converse(relay: Relay, texts: list[str], seen: Counter[str]) -> None:
    """One conversation; what is said is judged at every message."""
    opened = await relay.open(Language.NL, "web")
    key, rank = opened.conversation_id, 0
    with relay.fanout.listening(key) as listener:
        for text in texts:
            seen["messages"] += 1
            frame = parse(json.dumps({"type": "say", "id": str(uuid.uuid4()), "text": text}))
            assert isinstance(frame, Say)
            shown = await _say(relay, key, frame, listener)
            seen.update(shown)
            if not shown["replies"] and not shown["too_long"]:
                raise AssertionError(f"silence after {text[:80]!r}")
            now = (await relay.store.conversations.get(key)).urgency.rank
            assert now >= rank, f"urgency fell after {text[:80]!r}"
            finding = relay.answers.find_danger(frame.text)
            if finding is not None:
                seen["danger"] += 1
                assert now >= finding.level.rank, f"danger not stored: {text[:80]!r}"
            rank = now


async def _say(relay: Relay, key: str, frame: Say, listener: Listener[Event], shown: list[Event] | None = None) -> Counter[str]:
    """As the chat socket does; counts of what came, which is added to `shown`."""
    own: list[Event] = []
    shown = [] if shown is None else shown
    if len(frame.text) > MOST_CHARACTERS:
        await relay.refuse(key, "too_long", frame.text, Language.NL, own.append)
        events = own + listener.drain()
        shown += events
        assert any(isinstance(event, Failed) and event.text for event in events)
        assert (relay.answers.find_danger(frame.text) is None) or any(isinstance(event, Replied) and event.cards for event in events)
        return Counter({"too_long": 1})
    await relay.say(key, Language.NL, frame.id, frame.text, own.append)
    found: Counter[str] = Counter()
    while not found["done"]:
        event = await listener.get()
        shown.append(event)
        if isinstance(event, Replied):
            assert event.text.strip()
            found["replies"] += 1
        found["done"] += isinstance(event, TurnDone)
    return found


async def test_what_is_known_to_be_danger_is_answered_as_such_however_it_is_dressed(caplog: pytest.LogCaptureFixture) -> None:
    relay, at_once = (
        relay_on(NearStore(), NearBot()),
        {"suicidal": {"zelfmoordlijn_1813", "prevention_suicide"}, "unsafe_home": {"line_1712"}},
    )
    for said, need, level in KNOWN:
        for number, dress in enumerate(DRESSED):
            opened = await relay.open(Language.NL, "web")
            shown: list[Event] = []
            frame = parse(json.dumps({"type": "say", "id": str(uuid.uuid4()), "text": dress(said)}))
            assert isinstance(frame, Say)
            with relay.fanout.listening(opened.conversation_id) as listener:
                await _say(relay, opened.conversation_id, frame, listener, shown)
            now = (await relay.store.conversations.get(opened.conversation_id)).urgency
            assert now.rank >= Urgency(level).rank, f"{said}, dressed as {number}"
            cards = {card.id for event in shown if isinstance(event, Replied) for card in event.cards}
            assert cards & at_once.get(need, cards), f"{said}, dressed as {number}"
    await relay.close()
    assert caplog.records == []


async def test_what_looks_like_a_command_of_rasa_changes_no_urgency(real_store: Store) -> None:
    bot = NearBot()
    relay = relay_on(real_store, bot)
    for typed in PAYLOADS:
        opened = await relay.open(Language.FR, "web")
        with relay.fanout.listening(opened.conversation_id) as listener:
            for text in ("je veux mourir", typed):
                await _say(relay, opened.conversation_id, Say(str(uuid.uuid4()), text), listener)
        asked = bot.standin.asked[-1]
        assert (await real_store.conversations.get(opened.conversation_id)).urgency is Urgency.EMERGENCY, typed
        assert (asked["urgency"], asked["payload"]) == ("emergency", None), typed
        assert not asked["text"].startswith("/"), typed
    await relay.close()


def test_mutated_frames_are_frames_or_bad_frames() -> None:
    chance = random.Random(116000)
    frames = [
        '{"type":"hello","version":1,"lang":"nl","resume":null,"after":3}',
        '{"type":"say","id":"00000000-0000-4000-8000-000000000000","text":"ik ben bang"}',
        '{"type":"choose","id":"00000000-0000-4000-8000-000000000000","payload":"x"}',
        '{"type":"handoff","id":"h","decision":"send","note":null,"share":["a"]}',
        '{"type":"sos"}',
    ]
    pieces = [
        "{",
        "}",
        "[",
        "]",
        '"',
        ":",
        ",",
        "null",
        "1e999",
        "NaN",
        "-0",
        "\\ud800",
        "\\u0000",
        "true",
        " ",
        "\x00",
        "é",
        "[" * 3000,
        '{"a":' * 500,
    ]
    good = 0
    for _ in range(10_000):
        raw = chance.choice(frames)
        for _ in range(chance.randint(0, 4)):
            place = chance.randint(0, len(raw))
            raw = raw[:place] + chance.choice([*pieces, ""]) + raw[place + chance.randint(0, 3) :]
        try:
            frame = parse(raw)
        except BadFrame:
            continue
        good += 1
        assert not isinstance(frame, Say) or frame.text.encode()
    assert 1000 < good < 9000
