"""Updates as Telegram sends them, of every kind that can reach a bot: (kind, payload)."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bot_api_methods import BOT
from bot_api_state import Json

GROUP_ID, SUPERGROUP_ID, CHANNEL_ID = -4_001_002_003, -1_001_002_003_004, -1_005_006_007_008


def user(number: int, language: str = "nl") -> Json:
    """A person with everything a profile may hold: none of it may be kept."""
    return {
        "id": number,
        "is_bot": False,
        "first_name": "Kanarieken",
        "last_name": "Van Vogelsang",
        "username": f"kanarie_vogel_{number}",
        "language_code": language,
    }


def private(of: Json) -> Json:
    """The private chat with a person."""
    return {"id": of["id"], "type": "private"} | {key: of[key] for key in ("first_name", "last_name", "username") if key in of}


def group(number: int = SUPERGROUP_ID, kind: str = "supergroup") -> Json:
    """A group or channel."""
    return {"id": number, "type": kind, "title": "Klas 3B"}


def message(of: Json, number: int, chat: Json | None = None, **content: object) -> Json:
    """A message of a person; private when no chat is given."""
    return {"message_id": number, "from": of, "chat": chat or private(of), "date": int(time.time())} | content


def text_of(of: Json, number: int, text: str, chat: Json | None = None) -> Json:
    """A typed message; a command at its start is marked as Telegram marks it."""
    made = message(of, number, chat, text=text)
    if text.startswith("/") and len(text) > 1:
        made["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return made


_FILE: Json = {"file_id": "AgACAgQAAxkBAAE-file", "file_unique_id": "AQADunique", "file_size": 51234}
_PICTURE: Json = _FILE | {"width": 90, "height": 90}
MEDIA: dict[str, Json] = {
    "photo": {"photo": [_PICTURE, _PICTURE | {"width": 800, "height": 800}], "caption": "kijk"},
    "voice": {"voice": _FILE | {"duration": 3, "mime_type": "audio/ogg"}},
    "video": {"video": _FILE | {"width": 640, "height": 360, "duration": 12}},
    "video_note": {"video_note": _FILE | {"length": 240, "duration": 5}},
    "audio": {"audio": _FILE | {"duration": 100}},
    "animation": {
        "animation": _FILE | {"width": 320, "height": 240, "duration": 2},
        "document": _FILE | {"file_name": "giphy.mp4"},
    },
    "document": {"document": _FILE | {"file_name": "huiswerk.pdf", "mime_type": "application/pdf"}, "caption": "hier"},
    "sticker": {"sticker": _PICTURE | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}},
    "contact": {"contact": {"phone_number": "+32470998877", "first_name": "Kanarieken", "user_id": 99}},
    "location": {"location": {"latitude": 50.8503, "longitude": 4.3517}},
    "venue": {
        "venue": {"location": {"latitude": 50.85, "longitude": 4.35}, "title": "Thuis", "address": "Kanariestraat 12"},
        "location": {"latitude": 50.85, "longitude": 4.35},
    },
    "poll": {
        "poll": {
            "id": "5", "question": "Wie?", "options": [{"text": "ik", "voter_count": 0}, {"text": "jij", "voter_count": 0}],
            "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "story": {"story": {"chat": {"id": 77, "type": "private", "first_name": "X"}, "id": 3}},
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
}  # fmt: skip
"""Content of private messages that are no text, each refused kindly."""
SERVICE: dict[str, Json] = {
    "new_chat_members": {"new_chat_members": [BOT]},
    "left_chat_member": {"left_chat_member": BOT},
    "group_chat_created": {"group_chat_created": True},
    "pinned_message": {"pinned_message": {"message_id": 0, "date": 0, "chat": {"id": 5, "type": "private"}}},
    "message_auto_delete_timer_changed": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
}


def pressed(of: Json, data: str, on: Json, query: str = "4382bfdwdsb323b2d9") -> Json:
    """A pressed button of a message of the bot."""
    return {"id": query, "from": of, "message": on, "chat_instance": "-2871", "data": data}


def member(of: Json, chat: Json, before: str, after: str) -> Json:
    """The bot was added, removed, blocked."""

    def as_(status: str) -> Json:
        return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    return {"chat": chat, "from": of, "date": int(time.time()), "old_chat_member": as_(before), "new_chat_member": as_(after)}


def every_kind(of: Json) -> Iterator[tuple[str, str, Json]]:
    """(name, kind, payload) of one valid update of each sort."""
    here, bots = group(), message(BOT, 11, private(of), text="hoi")
    yield "text", "message", text_of(of, 5, "hallo")
    yield "command", "message", text_of(of, 6, "/start")
    yield "reply", "message", text_of(of, 7, "ja") | {"reply_to_message": bots}
    yield "callback", "callback_query", pressed(of, "abc", bots)
    yield "callback without message", "callback_query", {k: v for k, v in pressed(of, "abc", bots).items() if k != "message"}
    yield "callback on an old message", "callback_query", pressed(of, "abc", {"message_id": 3, "chat": private(of), "date": 0})
    yield (
        "callback inline",
        "callback_query",
        {k: v for k, v in pressed(of, "abc", bots).items() if k != "message"} | {"inline_message_id": "1"},
    )
    for name, content in MEDIA.items():
        yield name, "message", message(of, 8, **content)
    for name, content in SERVICE.items():
        yield f"service {name}", "message", message(of, 9, here, **content)
    yield "edited", "edited_message", text_of(of, 5, "hallo daar") | {"edit_date": int(time.time())}
    yield "group text", "message", text_of(of, 10, "hallo bot", here)
    yield "small group text", "message", text_of(of, 10, "/sos", group(GROUP_ID, "group"))
    yield "group photo", "message", message(of, 12, here, **MEDIA["photo"])
    yield "channel post", "channel_post", {"message_id": 4, "date": 0, "chat": group(CHANNEL_ID, "channel"), "text": "post"}
    yield "edited channel post", "edited_channel_post", {"message_id": 4, "date": 0, "chat": group(CHANNEL_ID, "channel"), "text": "post"}
    yield "inline query", "inline_query", {"id": "77", "from": of, "query": "help", "offset": ""}
    yield "chosen inline result", "chosen_inline_result", {"result_id": "1", "from": of, "query": "help"}
    yield "blocked", "my_chat_member", member(of, private(of), "member", "kicked")
    yield "added to a group", "my_chat_member", member(of, here, "left", "member")
    yield "poll", "poll", MEDIA["poll"]["poll"]
    yield "poll answer", "poll_answer", {"poll_id": "5", "user": of, "option_ids": [0]}
    yield "pre checkout", "pre_checkout_query", {"id": "1", "from": of, "currency": "EUR", "total_amount": 1, "invoice_payload": "x"}
    yield "shipping", "shipping_query", {"id": "1", "from": of, "invoice_payload": "x", "shipping_address": {}}
    yield "join request", "chat_join_request", {"chat": here, "from": of, "user_chat_id": of["id"], "date": 0}
    yield (
        "reaction",
        "message_reaction",
        {"chat": private(of), "message_id": 4, "user": of, "date": 0, "old_reaction": [], "new_reaction": []},
    )
    yield "business", "business_message", text_of(of, 5, "hallo") | {"business_connection_id": "1"}
    yield "unknown kind", "something_new", {"id": 1, "from": of}
