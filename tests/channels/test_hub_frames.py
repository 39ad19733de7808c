"""What clients may send, and what not."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.person import Decision
from channels.public.frames import BadFrame, Choose, Command, Hello, Say, parse
from kernel.language import Language

ID = str(uuid.uuid4())
GOOD = [
    ({"type": "hello", "version": 1, "lang": "nl", "resume": None, "after": None}, Hello(Language.NL, None, 0)),
    ({"type": "hello", "version": 1, "lang": None, "resume": "t", "after": 7}, Hello(None, "t", 7)),
    ({"type": "hello", "version": 1}, Hello(None, None, 0)),
    ({"type": "say", "id": ID, "text": "hoi", "extra": 1}, Say(ID, "hoi")),
    ({"type": "choose", "id": ID, "payload": "x"}, Choose(ID, "x")),
    ({"type": "handoff", "id": "h", "decision": "send", "note": None, "share": []}, Decision("h", is_sent=True)),
    *(({"type": name}, Command(name)) for name in ("human", "sos", "wipe", "leave")),
]
BAD: list[Any] = [
    None, 1, [], "x", {}, {"type": None}, {"type": ["say"]}, {"type": "Say"}, {"type": "say"},
    {"type": "say", "id": ID, "text": 5}, {"type": "say", "id": ID, "text": None}, {"type": "say", "id": ID, "text": ""},
    {"type": "say", "id": "1", "text": "x"}, {"type": "say", "id": 1, "text": "x"}, {"type": "say", "id": ID + "\n", "text": "x"},
    {"type": "choose", "id": ID, "payload": {}}, {"type": "choose", "id": ID},
    {"type": "hello"}, {"type": "hello", "version": 2}, {"type": "hello", "version": True}, {"type": "hello", "version": 1.0},
    {"type": "hello", "version": 1, "lang": "en"}, {"type": "hello", "version": 1, "resume": 5},
    {"type": "hello", "version": 1, "after": -1}, {"type": "hello", "version": 1, "after": True},
    {"type": "hello", "version": 1, "after": 2**70}, {"type": "hello", "version": 1, "after": 1.5},
    {"type": "handoff", "id": "h", "decision": "maybe"}, {"type": "handoff", "decision": "send"},
]  # fmt: skip
BAD_RAW = [
    "", "{", "nul", '{"type":"hello","version":NaN}', '{"type":"say","id":1e999,"text":"x"}', "[" * 100_000,
    '{"a":' * 50_000, "1" * 200_000, '{"type":"hello","version":1,"after":Infinity}', "\x00", '{"type":"sos"} {"type":"sos"}',
]  # fmt: skip


@pytest.mark.parametrize(("frame", "parsed"), GOOD)
def test_frames_of_the_contract_are_understood(frame: dict[str, Any], parsed: object) -> None:
    assert parse(json.dumps(frame)) == parsed


@pytest.mark.parametrize("frame", BAD)
def test_other_json_is_a_bad_frame(frame: Any) -> None:
    with pytest.raises(BadFrame):
        parse(json.dumps(frame))


@pytest.mark.parametrize("raw", BAD_RAW)
def test_other_text_is_a_bad_frame(raw: str) -> None:
    with pytest.raises(BadFrame):
        parse(raw)


def test_lone_surrogates_are_replaced_and_pairs_joined() -> None:
    raw = json.dumps({"type": "say", "id": ID, "text": "a\ud800b\ud83d\ude00"})
    assert "\\ud800b" in raw
    frame = parse(raw)
    assert isinstance(frame, Say)
    assert frame.text == "a\ufffdb\U0001f600"
    frame.text.encode()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
_KEYS = st.sampled_from(["id", "text", "payload", "version", "lang", "resume", "after", "decision"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(["hello", "say", "choose", "handoff", "sos"]), st.dictionaries(_KEYS, _JSON | st.just(ID)))
def test_whatever_comes_is_a_frame_or_a_bad_frame(kind: str, rest: dict[str, Any]) -> None:
    try:
        frame = parse(json.dumps({"type": kind, **rest}))
    except BadFrame:
        return
    assert type(frame) in (Hello, Say, Choose, Decision, Command)
    if isinstance(frame, Say):
        frame.text.encode()
