"""What of an update is looked at, and that nothing else ever is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels.public.telegram_incoming import command_in
from channels.public.telegram_updates import Blocked, Elsewhere, Inline, Media, Tapped, Written, parse, read
from kernel.language import Language

NOW = 2_000_000_000.0
PERSON = {"id": 5551234, "is_bot": False, "first_name": "Naam", "username": "geheim", "language_code": "fr-BE"}
PRIVATE = {"id": 5551234, "type": "private", "first_name": "Naam", "username": "geheim"}
GROUP = {"id": -1001234, "type": "supergroup", "title": "De klas"}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": int(NOW) - 3, "from": PERSON, "chat": PRIVATE} | more


def update(**what: Any) -> dict[str, Any]:
    return {"update_id": 42} | what


def test_text() -> None:
    found = read(update(message=message(text="hoi", reply_to_message={"message_id": 3})), NOW)
    assert found == Written(42, 5551234, 7, NOW - 3, Language.FR, "hoi", 3)
    assert "geheim" not in repr(found)
    assert "Naam" not in repr(found)


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "document", "contact", "location", "sticker", "video_note", "animation"])
def test_media_is_only_known_to_be_media(kind: str) -> None:
    found = read(update(message=message(**{kind: {"file_id": "geheim", "phone_number": "0470"}}, caption="kijk")), NOW)
    assert found == Media(42, 5551234, 7, NOW - 3, Language.FR, "kijk")


def test_a_tap_keeps_the_links_of_its_message() -> None:
    rows = [[{"text": "Ja", "callback_data": "c:1"}, {"text": "Site", "url": "https://example.org"}], "x", [{"text": 5, "url": "u"}]]
    query = {"id": "99", "from": PERSON, "data": "c:1", "message": message(reply_markup={"inline_keyboard": rows})}
    found = read(update(callback_query=query), NOW)
    assert found == Tapped(42, 5551234, 7, NOW, Language.FR, "99", "c:1", ((("Site", "https://example.org"),),))


def test_groups_channels_and_inline_queries() -> None:
    assert read(update(message=message(chat=GROUP, text="hoi")), NOW) == Elsewhere(42, -1001234)
    assert read(update(channel_post={"chat": {"id": -100, "type": "channel"}, "text": "x"}), NOW) == Elsewhere(42, -100)
    assert read(update(my_chat_member={"chat": GROUP, "new_chat_member": {"status": "member"}}), NOW) == Elsewhere(42, -1001234)
    assert read(update(my_chat_member={"chat": GROUP, "new_chat_member": {"status": "left"}}), NOW) is None
    assert read(update(my_chat_member={"chat": PRIVATE, "new_chat_member": {"status": "kicked"}}), NOW) == Blocked(42, 5551234, NOW)
    earlier = {"chat": PRIVATE, "date": int(NOW) - 30, "new_chat_member": {"status": "kicked"}}
    assert read(update(my_chat_member=earlier), NOW) == Blocked(42, 5551234, NOW - 30)
    assert read(update(my_chat_member={"chat": PRIVATE, "new_chat_member": {"status": "member"}}), NOW) is None
    assert read(update(inline_query={"id": "1", "from": PERSON, "query": "hoi"}), NOW) == Inline(42, "1")


@pytest.mark.parametrize(
    "strange",
    [
        None, [], "x", 5, {}, {"update_id": "42", "message": message(text="x")}, {"update_id": True, "message": message(text="x")},
        {"update_id": -1, "message": message(text="x")}, update(message="x"), update(message=message(text="")), update(message=message(text=5)),
        update(message=message(chat=None, text="x")), update(message=message(chat={"id": "5", "type": "private"}, text="x")),
        update(message=message(chat={"id": -5, "type": "private"}, text="x")), update(message=message(chat={"id": 5, "type": "secret"}, text="x")),
        update(message=message(text="x") | {"message_id": 1.5}), update(message=message(text="x") | {"from": {"id": 1, "is_bot": True}}),
        update(message=message(text="x") | {"from": None}), update(message=message(text="x", sender_chat={"id": 1})),
        update(edited_message=message(text="x")), update(edited_channel_post=message(text="x")), update(business_message=message(text="x")),
        update(message=message(pinned_message={})), update(message=message(new_chat_members=[PERSON])),
        update(callback_query={"id": "1", "from": PERSON, "data": "x" * 65, "message": message()}),
        update(callback_query={"id": "1", "from": PERSON, "message": message()}), update(callback_query={"id": "1", "from": PERSON, "data": "x"}),
        update(callback_query={"id": "1", "from": PERSON, "data": "x", "message": message(chat=GROUP)}),
        update(inline_query={"id": 5}), update(my_chat_member={"chat": GROUP}), update(my_chat_member=[]),
    ],
)  # fmt: skip
def test_everything_else_is_nothing(strange: object) -> None:
    assert read(strange, NOW) is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"NaN", b'{"update_id": ' + b"9" * 5000 + b"}"])
def test_no_body_is_too_strange(body: bytes) -> None:
    assert parse(body, NOW) is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [(NOW - 600, NOW - 600), (NOW - 90_000, NOW), (NOW + 500, NOW), (0, NOW), ("x", NOW), (None, NOW)],
)
def test_a_date_is_believed_where_it_can_be_true(date: Any, expected: float) -> None:
    date = int(date) if isinstance(date, float) else date
    found = read(update(message=message(text="x") | {"date": date}), NOW)
    assert isinstance(found, Written)
    assert found.sent_at == expected


def test_half_a_character_does_not_reach_the_store() -> None:
    found = parse(json.dumps(update(message=message(text="a\ud83d"))).encode(), NOW)
    assert isinstance(found, Written)
    assert found.text.encode()


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/start", "start", ""), ("/START x", "start", "x"), ("/sos@een_bot", "sos", ""), ("/sos help mij", "sos", "help mij"),
        ("/wis", "wipe", ""), ("efface", "wipe", ""), ("stop", "leave", ""), ("/humain", "human", ""), ("/mens", "human", ""),
        ("/taal", "taal", ""), ("/langue", "langue", ""), ("mens", None, ""), ("/anders", None, ""), ("wis niet", None, ""),
        ("/startje", None, ""),
    ],
)  # fmt: skip
def test_commands(text: str, command: str | None, rest: str) -> None:
    assert command_in(text) == (command, rest)
