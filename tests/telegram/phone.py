"""A teenager's Telegram: writes, presses buttons, and sees what stands in the chat. Knows nothing of the bot but its messages."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable

from bot_api import BotApi
from bot_api_methods import BOT
from bot_api_state import ChatState, Json, Query, Sent
from bot_api_updates import Update
from made_updates import MEDIA, member, message, pressed, private, text_of, user

_NUMBERS = itertools.count(5_550_100)
_QUERIES = itertools.count(1)


class Phone:
    """One person with a private chat. What they do becomes an update; `chat` is what their screen shows."""

    def __init__(self, api: BotApi, language: str = "nl", number: int | None = None) -> None:
        self.api = api
        self.user = user(number or next(_NUMBERS), language)
        self.chat = api.state.chats.setdefault(self.user["id"], ChatState(self.user["id"], user=self.user))

    # ---- what they do --------------------------------------------------------------------------------------------

    def write(self, text: str, reply_to: Sent | None = None) -> tuple[Sent, Update | None]:
        """Send a text, as an answer to a message if given."""
        sent = self.chat.add(Sent(0, self.chat.id, False, text, self.api.methods.now(), received_at=time.monotonic()))
        payload = text_of(self.user, sent.id, text)
        if reply_to is not None:
            payload["reply_to_message"] = reply_to.as_json(private(self.user), BOT)
        return sent, self.api.updates.add("message", payload, self.chat.id)

    def send(self, kind: str) -> Update | None:
        """Send a photo, a voice message, a sticker, … (see MEDIA)."""
        sent = self.chat.add(Sent(0, self.chat.id, False, f"[{kind}]", self.api.methods.now()))
        return self.api.updates.add("message", message(self.user, sent.id, **MEDIA[kind]), self.chat.id)

    def edit(self, sent: Sent, text: str) -> Update | None:
        """Change what was sent."""
        sent.text = text
        edited = text_of(self.user, sent.id, text) | {"edit_date": int(time.time())}
        return self.api.updates.add("edited_message", edited, self.chat.id)

    def press(self, title: str, *, wanted: Callable[[Sent], bool] = lambda _: True) -> tuple[Query, Update | None]:
        """Press the newest button whose title is (or, when none is, contains) this."""
        offered = [(sent, button) for sent in self.chat.shown if wanted(sent) for button in sent.buttons if "callback_data" in button]
        fitting = [pair for pair in offered if pair[1]["text"] == title] or [pair for pair in offered if title in pair[1]["text"]]
        assert fitting, f"no button {title!r} among {[button['text'] for _, button in offered]}"
        sent, button = fitting[-1]
        return self.press_data(sent, button["callback_data"])

    def press_data(self, sent: Sent, data: str) -> tuple[Query, Update | None]:
        """Press a button by its data, also one that is no longer shown."""
        query = Query(f"q{next(_QUERIES)}", self.chat.id, sent.id, data, made_at=time.monotonic())
        self.api.state.queries[query.id] = query
        on = sent.as_json(private(self.user), BOT)
        return query, self.api.updates.add("callback_query", pressed(self.user, data, on, query.id), self.chat.id)

    def block(self) -> None:
        """Block the bot."""
        self.chat.is_blocked = True
        self.api.updates.add("my_chat_member", member(self.user, private(self.user), "member", "kicked"), self.chat.id)

    def unblock(self) -> None:
        """Let it in again."""
        self.chat.is_blocked = False
        self.api.updates.add("my_chat_member", member(self.user, private(self.user), "kicked", "member"), self.chat.id)

    def raw(self, kind: str, payload: Json, queue: int | None = None) -> Update | None:
        """Any other update."""
        return self.api.updates.add(kind, payload, queue or self.chat.id)

    # ---- what they see -------------------------------------------------------------------------------------------

    @property
    def bubbles(self) -> list[Sent]:
        """What the bot says in the chat now."""
        return [sent for sent in self.chat.shown if sent.is_bots]

    @property
    def buttons(self) -> list[str]:
        """The titles of all buttons that can be pressed now and lead to the bot."""
        return [button["text"] for sent in self.bubbles for button in sent.buttons if "callback_data" in button]

    async def until(self, check: Callable[[], object], seconds: float = 10.0, what: str = "") -> None:
        """Wait until `check()` holds; fails with what stands in the chat when it does not."""
        end = time.monotonic() + seconds
        while not check():
            shown = [(sent.id, sent.is_bots, sent.text[:80], [button["text"] for button in sent.buttons]) for sent in self.chat.shown[-8:]]
            assert time.monotonic() < end, f"not within {seconds} s: {what}; the chat shows {shown}"
            await asyncio.sleep(0.02)

    async def said(self, part: str, seconds: float = 10.0, after: int = 0) -> Sent:
        """The first bubble of the bot behind message `after` that contains `part`."""
        await self.until(lambda: any(part in sent.text and sent.id > after for sent in self.bubbles), seconds, part)
        return next(sent for sent in self.bubbles if part in sent.text and sent.id > after)
