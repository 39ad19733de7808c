"""The store: the hub's record of conversations, messages, replies, states, choices and wipes, encrypted at rest."""

from __future__ import annotations

from collections.abc import Sequence

from channels.store.accounts import Account, Accounts, LastAdmin, NameTaken
from channels.store.audit import Audit, Entry
from channels.store.begin import begin
from channels.store.cases import Case, Cases, Note, Said
from channels.store.conversations import Conversation, Conversations, Gone
from channels.store.crypto import ChatNumbers, Keys
from channels.store.desk_keys import DeskKeys
from channels.store.engine import Database, StorageFailed
from channels.store.escalations import Escalation, Escalations, NotPossible
from channels.store.hours import HOLIDAY, Hours, Shift
from channels.store.inbox import Inbox, InboxItem, InboxState, NewItem, Verdict
from channels.store.messages import Accepted, AlreadyDone, Body, Message, Messages, Outcome
from channels.store.outbox import Alarm, Outbox
from channels.store.replies import Reply, without_wipe_question
from channels.store.return_codes import ReturnCodes
from channels.store.scenario_counts import ScenarioCounts
from channels.store.sessions import Session, Sessions
from channels.store.staff_moves import CaseRecord, Lowering, Moved, StaffMoves
from channels.store.studio_jobs import Job, JobKind, JobState, StudioJobs
from channels.store.studio_proposals import Comment, Event, NotNow, ProposalRow, Proposals
from channels.store.teen_moves import CardLine, Offer, Offered, TeenMoves
from channels.store.telegram import Arrived, Linked, TelegramChats
from channels.store.telegram_cards import OpenCard, TelegramCards
from channels.store.telegram_sent import TelegramSent, Undelivered
from kernel.conversation import Bubble
from kernel.language import Language

__all__ = [
    "HOLIDAY",
    "Accepted",
    "Account",
    "Alarm",
    "AlreadyDone",
    "Arrived",
    "Body",
    "CardLine",
    "Case",
    "CaseRecord",
    "Comment",
    "Conversation",
    "Entry",
    "Escalation",
    "Event",
    "Gone",
    "InboxItem",
    "InboxState",
    "Job",
    "JobKind",
    "JobState",
    "LastAdmin",
    "Linked",
    "Lowering",
    "Message",
    "Moved",
    "NameTaken",
    "NewItem",
    "NotNow",
    "NotPossible",
    "Note",
    "Offer",
    "Offered",
    "OpenCard",
    "Outcome",
    "ProposalRow",
    "Reply",
    "Said",
    "Session",
    "Shift",
    "StorageFailed",
    "Store",
    "Undelivered",
    "Verdict",
    "without_wipe_question",
]


class Store:
    """Everything stored, by noun: `conversations`, `messages`, staff's `accounts`, `sessions` and `audit`; `db` for transactions."""

    def __init__(self, database_url: str, secret_key: str) -> None:
        """`database_url` as in settings (sqlite:///PATH or postgresql://…); opens nothing yet."""
        keys = Keys(secret_key)
        self.db = Database(database_url)
        self.conversations = Conversations(self.db, keys)
        self.messages = Messages(self.db, keys)
        self.escalations = Escalations(self.db)
        self.teen_moves = TeenMoves(self.db, keys)
        self.staff_moves = StaffMoves(self.db, keys)
        self.cases = Cases(self.db, keys)
        self.outbox = Outbox(self.db)
        self.return_codes = ReturnCodes(self.db, secret_key)
        self.hours = Hours(self.db)
        self.scenario_counts = ScenarioCounts(self.db)
        self.desk_keys = DeskKeys(secret_key)
        self.accounts = Accounts(self.db, self.desk_keys)
        self.sessions = Sessions(self.db)
        self.audit = Audit(self.db)
        self.proposals = Proposals(self.db)
        self.jobs = StudioJobs(self.db)
        self.inbox = Inbox(self.db, keys)
        numbers = ChatNumbers(secret_key)
        self.telegram = TelegramChats(self.db, keys, numbers, self.conversations)
        self.telegram_sent = TelegramSent(self.db, numbers)
        self.telegram_cards = TelegramCards(self.db, keys)

    async def open(self) -> None:
        """Bring the tables to the newest form; what a process that ended left in the write-ahead log goes."""
        await self.db.migrate()
        await self.db.truncate_log()

    async def close(self) -> None:
        """Close all connections."""
        await self.db.close()

    async def begin(self, language: Language, channel: str, greeting: Sequence[Bubble]) -> tuple[str, str, list[Reply]]:
        """A new conversation with its greeting, in one commit: its id, its token, the greeting as stored."""
        return await begin(self.db, self.conversations, language, channel, greeting)
