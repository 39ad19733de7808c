"""One turn: ask the bot; when it is silent the fixed answer. Nothing here touches the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from channels.answers import MOST_LINES, About, Answers
from channels.bot_client import BotClient, BotSilent, Question
from channels.store import Conversation, Message, Outcome
from channels.typed import for_bot
from kernel.conversation import BotTurn, Bubble, Speaker
from kernel.language import Language, language_by_words
from kernel.need import NEEDS, NOT_UNDERSTOOD
from kernel.urgency import Urgency, highest
from safety.crisis import Finding


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives: bubbles and what changes. `fallback` is why the bot did not answer, None when it did."""

    bubbles: tuple[Bubble, ...]
    outcome: Outcome
    need: str | None = None
    confidence: float = 0.0
    fallback: str | None = None


def about_of(conversation: Conversation, finding: Finding | None) -> About:
    """Whom and what the lines are for: the danger found now, else what the conversation was about."""
    memory = conversation.memory
    slots = memory.get("slots") or {}
    urgency = highest(conversation.urgency, finding.level) if finding else conversation.urgency
    return About(
        need=finding.need if finding else memory.get("need"),
        who=str(slots.get("who") or "self"),
        age_group=str(slots.get("age_group") or "unknown"),
        urgency=urgency,
        now=bool(finding and finding.now),
    )


def fixed_language(text: str, finding: Finding | None, default: Language) -> Language:
    """The language of a fixed answer: of the words, of the danger found in them, else the conversation's."""
    return language_by_words(text) or (finding.language if finding else default)


class Turns:
    """Answers messages."""

    def __init__(self, bot: BotClient, answers: Answers) -> None:
        self._bot = bot
        self._answers = answers

    async def answer(self, conversation: Conversation, message: Message, finding: Finding | None, seconds: float) -> Answer:
        """The answer to `message`, at the latest after about `seconds`. Never empty, never raises BotSilent."""
        text = message.body.text
        ready = for_bot(text, (lambda part: self._finds(part, finding)) if finding else None)
        if message.body.payload is None and not ready:
            return self._fallback(conversation, message, finding, "nothing_to_read")
        question = Question(
            conversation=conversation.id,
            message_id=message.id,
            text=ready if message.body.payload is None else "",
            payload=message.body.payload,
            language=conversation.language,
            urgency=highest(conversation.urgency, finding.level).value if finding else conversation.urgency.value,
            state=conversation.memory.get("bot"),
        )
        try:
            turn = await self._bot.ask(question, seconds)
        except BotSilent as silent:
            return self._fallback(conversation, message, finding, silent.reason)
        if turn.detected == "en":
            return self._in_english(conversation, turn, finding)
        return self._answered(conversation, turn, finding)

    def _finds(self, part: str, finding: Finding | None) -> bool:
        found = self._answers.find_danger(part)
        return found is not None and finding is not None and found.level is finding.level

    def _fallback(self, conversation: Conversation, message: Message, finding: Finding | None, reason: str) -> Answer:
        language = fixed_language(message.body.text, finding, conversation.language)
        about = about_of(conversation, finding)
        return Answer((self._answers.fallback(about, language),), Outcome(about.urgency), about.need, fallback=reason)

    def _in_english(self, conversation: Conversation, turn: BotTurn, finding: Finding | None) -> Answer:
        about = _about_turn(conversation, turn, finding)
        lines = self._answers.some_lines(about, conversation.language)
        bubble = self._answers.bubble("english", conversation.language, *lines)
        return Answer((bubble,), Outcome(about.urgency), turn.need, turn.confidence)

    def _answered(self, conversation: Conversation, turn: BotTurn, finding: Finding | None) -> Answer:
        known = self._answers.directory.ids
        bubbles = tuple(replace(b, helplines=tuple(h for h in b.helplines if h in known)[:MOST_LINES]) for b in turn.bubbles)
        about = _about_turn(conversation, turn, finding)
        if finding is not None:
            bubbles = self._with_danger_heard(bubbles, turn, about, finding)
        need = turn.need if _is_topic(turn.need) else conversation.memory.get("need")
        memory: dict[str, Any] = {"bot": turn.state, "need": finding.need if finding else need, "slots": turn.slots}
        heard = finding.need if finding and not _is_topic(turn.need) else turn.need
        return Answer(bubbles, Outcome(about.urgency, turn.language, memory), heard, turn.confidence)

    def _with_danger_heard(self, bubbles: tuple[Bubble, ...], turn: BotTurn, about: About, finding: Finding) -> tuple[Bubble, ...]:
        """The hub found danger: its first line is on the answer; where the bot heard none at all, the words say so too."""
        danger = replace(about, need=finding.need, now=finding.now)
        wanted = self._answers.lines(danger, turn.language)
        shown = [helpline for bubble in bubbles for helpline in bubble.helplines]
        if not shown and not _is_topic(turn.need):
            words = self._answers.fixed.fallback(turn.language, finding.need, finding.level)
            return Bubble(words, turn.language, helplines=wanted, speaker=Speaker.BOT), bubbles[0]
        if not wanted or wanted[0] in shown[: None if not finding.now else 1]:
            return bubbles
        merged = tuple(dict.fromkeys((*wanted, *shown)))[:MOST_LINES]
        return replace(bubbles[0], helplines=merged), *(replace(bubble, helplines=()) for bubble in bubbles[1:])


def _is_topic(need: str | None) -> bool:
    return need is not None and need != NOT_UNDERSTOOD and need in NEEDS and not NEEDS[need].is_conversation


def _about_turn(conversation: Conversation, turn: BotTurn, finding: Finding | None) -> About:
    """As `about_of`, with what the bot understood; the urgency is the highest of hub, terms and bot."""
    before = about_of(conversation, finding)
    need = before.need if finding or not _is_topic(turn.need) else turn.need
    return About(
        need=need,
        who=str(turn.slots.get("who") or before.who),
        age_group=str(turn.slots.get("age_group") or before.age_group),
        urgency=highest(before.urgency, Urgency.parse(turn.urgency)),
        now=before.now,
    )
