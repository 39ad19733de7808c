"""What the Bot API server of the tests remembers: chats, messages with their keyboards, callback queries, what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
BOT_ID = 700_000_001
DELETABLE_S = 48 * 3600.0


class Refused(Exception):
    """A 400 of the Bot API. `is_limit`: it breaks a rule that the bot could have kept; else the world had changed meanwhile."""

    def __init__(self, description: str, *, is_limit: bool = True) -> None:
        super().__init__(description)
        self.description, self.is_limit = f"Bad Request: {description}", is_limit


@dataclass(frozen=True)
class Violation:
    """A request that Telegram would have refused."""

    method: str
    description: str


@dataclass
class Sent:
    """A message of a chat, of the bot or not. `answered_at` None: the bot never heard that it was sent. Times are monotonic."""

    id: int
    chat_id: int
    is_bots: bool
    text: str
    date: float
    keyboard: list[list[Json]] = field(default_factory=list)
    raw_text: str = ""
    reply_to: int | None = None
    asked_reply: bool = False
    received_at: float = 0.0
    answered_at: float | None = None
    edits: list[str] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def buttons(self) -> list[Json]:
        """All buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    def as_json(self, chat: Json, user: Json) -> Json:
        """The message as the API shows it."""
        shown: Json = {"message_id": self.id, "date": int(self.date), "chat": chat, "text": self.text, "from": user}
        if self.keyboard:
            shown["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.edits:
            shown["edit_date"] = int(self.date)
        return shown


@dataclass
class ChatState:
    """One chat. `is_blocked`: the user blocked the bot."""

    id: int
    kind: str = "private"
    user: Json = field(default_factory=dict)
    messages: dict[int, Sent] = field(default_factory=dict)
    actions: list[tuple[float, str]] = field(default_factory=list)
    is_blocked: bool = False
    has_left: bool = False
    next_id: int = 1

    def as_json(self) -> Json:
        """The chat as the API shows it."""
        if self.kind != "private":
            return {"id": self.id, "type": self.kind, "title": "Klas 3B"}
        names = {key: self.user[key] for key in ("first_name", "last_name", "username") if key in self.user}
        return {"id": self.id, "type": "private"} | names

    def add(self, sent: Sent) -> Sent:
        """Keep a message; its number is the chat's next."""
        sent.id, self.next_id = self.next_id, self.next_id + 1
        self.messages[sent.id] = sent
        return sent

    @property
    def of_bot(self) -> list[Sent]:
        """Everything the bot sent here, deleted or not, oldest first."""
        return [sent for sent in self.messages.values() if sent.is_bots]

    @property
    def shown(self) -> list[Sent]:
        """What stands in the chat now."""
        return [sent for sent in self.messages.values() if not sent.is_deleted]


@dataclass
class Query:
    """A pressed button."""

    id: str
    chat_id: int
    message_id: int
    data: str
    answers: list[str] = field(default_factory=list)
    made_at: float = 0.0


@dataclass
class State:
    """Everything."""

    chats: dict[int, ChatState] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    refused: list[Violation] = field(default_factory=list)
    too_fast: list[str] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    inline_answers: list[str] = field(default_factory=list)
    about: dict[tuple[str, str], str] = field(default_factory=dict)

    def chat(self, chat_id: int) -> ChatState:
        """The chat; raises Refused when the bot does not know it."""
        found = self.chats.get(chat_id)
        if found is None or found.has_left:
            raise Refused("chat not found")
        return found

    def message(self, chat_id: int, message_id: int, what: str) -> Sent:
        """A message that is there; raises Refused."""
        sent = self.chat(chat_id).messages.get(message_id)
        if sent is None or sent.is_deleted:
            raise Refused(f"message to {what} not found", is_limit=False)
        return sent
