"""One turn: ask the bot; when it is silent the fixed answer; after danger the worry. Nothing here touches the store."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from channels.answers import MOST_LINES, About, Answers
from channels.bot_client import BotClient, BotSilent, Question
from channels.bubbles import at_most_two
from channels.danger_said import (
    GENTLY,
    asked_gently,
    is_taken_back,
    need_in_emergency,
    told_as_now,
    with_danger_heard,
    with_lines_of,
    with_now_said,
)
from channels.lowering import LEAVES_PATH
from channels.store import Conversation, Message, Outcome
from channels.typed import for_bot
from channels.worry import (
    BELIEVED,
    RECHECK,
    Worry,
    after_turn,
    is_coming,
    is_explained,
    is_help_called,
    is_help_coming,
    is_laughing,
    is_meant_after_all,
    is_topic,
    recheck_is_due,
    remembering,
    takes_back,
)
from kernel.conversation import BotTurn, Bubble
from kernel.language import Language, language_by_words
from kernel.language_wish import is_danger_in_english
from kernel.need import urgency_of
from kernel.urgency import Urgency, highest
from safety.crisis import Finding

_NOTHING = "nothing_to_read"
"""Why no bot was asked, and the sentence for it: only spaces, or signs that nobody sees."""
_AT_HAND = "unsafe_home"
"""The need of somebody who is near, when nothing else was told yet: "hij komt"."""
_SURE = 0.6
"""From this confidence on a need that the bot heard counts (config.yml, CrisisFinder)."""
_SURELY_MEANT = 3
"""So many answers after danger a "joke" is about it, also when the bot takes it for small talk; later it may be a joke wanted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives: bubbles and what changes. `fallback` is why the bot did not answer, None when it did.

    `is_now`: the message said that a danger is now; `is_emergency`: it told of an emergency, whatever was told before; `is_light`: the
    danger in its words was taken back by the rest of it.
    """

    bubbles: tuple[Bubble, ...]
    outcome: Outcome
    need: str | None = None
    confidence: float = 0.0
    fallback: str | None = None
    acted: tuple[str, ...] = ()
    is_now: bool = False
    is_emergency: bool = False
    is_light: bool = False


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


def about_answer(conversation: Conversation, finding: Finding | None, answer: Answer) -> About:
    """As `about_of`, with what the turn itself heard: for a fixed answer in the place of one that cannot be stored."""
    before = about_of(conversation, finding)
    need = before.need if finding or not is_topic(answer.need) else answer.need
    return replace(before, need=need, urgency=highest(before.urgency, answer.outcome.urgency), now=before.now or answer.is_now)


def fixed_language(text: str, finding: Finding | None, default: Language) -> Language:
    """The language of a fixed answer: of the words, of the danger found in them, else the conversation's."""
    return language_by_words(text) or (finding.language if finding else default)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a turn starts from. `until` is on the monotonic clock."""

    conversation: Conversation
    message: Message
    finding: Finding | None
    until: float

    @property
    def memory(self) -> dict[str, Any]:
        return self.conversation.memory


class Turns:
    """Answers messages."""

    def __init__(self, bot: BotClient, answers: Answers) -> None:
        self._bot = bot
        self._answers = answers

    async def answer(self, conversation: Conversation, message: Message, finding: Finding | None, seconds: float) -> Answer:
        """The answer to `message`, at the latest after about `seconds`. Never empty, never raises BotSilent."""
        payload = message.body.payload
        coming = self._coming(conversation, message)
        this = _Turn(conversation, message, told_as_now(finding, coming), time.monotonic() + seconds)
        ready = for_bot(message.body.text, (lambda part: self._finds(part, finding)) if finding else None)
        if payload is None and not ready:
            return self._fallback(this, _NOTHING)
        try:
            turn = await self._ask(this, message.id, "" if payload is not None else ready, payload)
            if turn.detected == "en":
                return self._in_english(this, turn)
            if is_taken_back(conversation, finding, turn):
                return self._gently(this, await self._worried(replace(this, finding=coming), turn))
            if finding is not None and not finding.now and finding.need in turn.denies:
                this = replace(this, finding=coming)  # the term stands in the very words that deny it
            takes_it_back = turn.takes_back or turn.is_denied or takes_back(self._answers.fixed, message.body.text)
            heard_now = None if takes_it_back else _heard_now(conversation, turn)
            return await self._worried(replace(this, finding=told_as_now(this.finding, heard_now)), turn)
        except BotSilent as silent:
            return self._fallback(this, silent.reason)

    def _coming(self, conversation: Conversation, message: Message) -> Finding | None:
        """On the path of a danger fewer words say that it is now: "il revient". Not in a story, where they are said to its people, nor
        where help was called: "ils arrivent" is the help."""
        need, text = conversation.memory.get("need"), message.body.text
        is_played = bool((conversation.memory.get("slots") or {}).get("scenario"))
        was_called = conversation.memory.get("helped") is True or is_help_called(self._answers.fixed, text)
        is_help = was_called and is_help_coming(self._answers.fixed, text)
        if message.body.payload is not None or is_played or is_help or not is_coming(self._answers.fixed, need, text):
            return None
        language = fixed_language(text, None, conversation.language)
        return Finding(
            str(need) if urgency_of(need).is_danger else _AT_HAND, Urgency.EMERGENCY, now=True, language=language, pattern="coming_words"
        )

    def _gently(self, this: _Turn, answer: Answer) -> Answer:
        """An answer to words that only sound like danger: it is asked whether something is the matter."""
        bubbles = at_most_two(asked_gently(self._answers, answer.bubbles, this.memory))
        outcome = replace(answer.outcome, memory=(answer.outcome.memory or {}) | {GENTLY: True})
        return replace(answer, bubbles=bubbles, outcome=outcome, is_light=True)

    async def _ask(self, this: _Turn, message_id: str, text: str, payload: str | None) -> BotTurn:
        conversation, finding = this.conversation, this.finding
        question = Question(
            conversation=conversation.id,
            message_id=message_id,
            text=text,
            payload=payload,
            language=conversation.language,
            urgency=conversation.urgency.value,  # what the words say was raised when they were stored, or waits for the answer
            state=this.memory.get("bot"),
            now=payload is None and finding is not None and finding.now,
            leaves_path=this.memory.get(LEAVES_PATH) is True,
        )
        return await self._bot.ask(question, this.until - time.monotonic())

    async def _instead(self, this: _Turn, payload: str) -> BotTurn:
        """The bot's answer to `payload` in place of what was said: an answer to the hub's own question."""
        return await self._ask(this, f"{this.message.id}{payload}", "", payload)

    def _finds(self, part: str, finding: Finding | None) -> bool:
        found = self._answers.find_danger(part)
        return found is not None and finding is not None and found.level is finding.level

    def _fallback(self, this: _Turn, reason: str) -> Answer:
        language = fixed_language(this.message.body.text, this.finding, this.conversation.language)
        about = about_of(this.conversation, this.finding)
        answer = self._answers.fallback(about, language)
        if reason == _NOTHING and not about.urgency.is_danger:
            answer = self._answers.bubble(_NOTHING, language, *self._answers.some_lines(about, language))
        bubble = self._not_again(this, answer, "fallback_again")
        outcome = Outcome(about.urgency, memory=remembering(this.memory, this.finding) | {"said": bubble.text})
        is_emergency = _is_emergency(this.finding)
        return Answer((bubble,), outcome, about.need, fallback=reason, is_now=about.now, is_emergency=is_emergency)

    def _not_again(self, this: _Turn, bubble: Bubble, name: str) -> Bubble:
        """`bubble`, with the sentence `name` when its own was the last thing said: never the same twice in a row."""
        is_repeated = bubble.text == this.memory.get("said")
        return replace(bubble, text=self._answers.text(name, bubble.language)) if is_repeated else bubble

    def _in_english(self, this: _Turn, turn: BotTurn) -> Answer:
        about = _about_turn(this.conversation, turn, this.finding)
        language = this.conversation.language
        lines = self._answers.some_lines(about, language)
        if is_danger_in_english(this.message.body.text):
            lines = tuple(dict.fromkeys(("emergency_112", *lines)))[:MOST_LINES]
        bubble = self._answers.bubble("english", language, *lines)
        bubble = self._not_again(this, bubble, "english_again")
        outcome = Outcome(about.urgency, memory=this.memory | {"said": bubble.text})
        is_emergency = _is_emergency(this.finding)
        return Answer((bubble,), outcome, turn.need, turn.confidence, is_now=about.now, is_emergency=is_emergency)

    # ---- after danger --------------------------------------------------------------------------------------------

    async def _worried(self, this: _Turn, turn: BotTurn) -> Answer:
        """The bot's answer, with what an earlier sign of danger adds to it (channels/worry.py)."""
        before = Worry.of(this.memory)
        if before is None or this.finding is not None:
            return self._answered(this, turn, before)
        if turn.is_denied:
            return self._answered(this, turn, before.denied(is_explained=is_explained(self._answers.fixed, before, this.message.body.text)))
        match before.question, turn.need:
            case _ if is_meant_after_all(self._answers.fixed, before, this.message.body.text):
                turn = await self._instead(this, f"/{before.need}")
            case "recheck", "deny" | "dont_know":
                turn = await self._instead(this, f"/{before.need}")
            case "recheck", "affirm":
                good = Bubble(self._answers.text("recheck_good", turn.language), turn.language)
                return self._kept_state(this, turn, (good, *before.held_bubble(turn.language)), before.answered())
            case "believed", "deny" | "thanks_bye":
                return self._after_believed(this, turn, before, "believed_bye")
            case "believed", "affirm":
                return self._after_believed(this, turn, before, "believed_tell")
            case _ if before.may_be_taken_back and self._takes_back(this, turn, before):
                return self._believed(this, turn, before)
        return self._answered(this, turn, before)

    def _takes_back(self, this: _Turn, turn: BotTurn, worry: Worry) -> bool:
        is_another = is_topic(turn.need) and turn.need != worry.need and turn.confidence >= _SURE
        is_small_talk = turn.need == "off_topic" and worry.age > _SURELY_MEANT
        return turn.takes_back or (not is_another and not is_small_talk and takes_back(self._answers.fixed, this.message.body.text))

    def _believed(self, this: _Turn, turn: BotTurn, worry: Worry) -> Answer:
        """A joke, they say: believed, and the path is left. The bot starts afresh; the urgency stays what it was."""
        text, language = self._answers.text, turn.language
        about = replace(about_of(this.conversation, None), need=worry.need)
        lines = self._answers.some_lines(about, language)
        worry = replace(worry, is_rechecked=worry.is_rechecked or is_explained(self._answers.fixed, worry, this.message.body.text))
        more = Bubble(text("believed_more", language), language, self._answers.yes_or_no(language))
        answer = self._kept_state(this, turn, (Bubble(text("believed", language), language, helplines=lines), more), worry.asked(BELIEVED))
        memory = (answer.outcome.memory or {}) | {"bot": None, "helped": False, LEAVES_PATH: True}
        return replace(answer, outcome=replace(answer.outcome, memory=memory))

    def _after_believed(self, this: _Turn, turn: BotTurn, worry: Worry, text: str) -> Answer:
        """What is said when they want to talk of other things, or not: the alarm that was taken back is not sounded again."""
        bubble = Bubble(self._answers.text(text, turn.language), turn.language)
        bubbles = with_lines_of(self._answers, worry.need if text == "believed_bye" else None, (bubble,), about_of(this.conversation, None))
        return self._kept_state(this, turn, bubbles, worry.answered())

    def _kept_state(self, this: _Turn, turn: BotTurn, bubbles: tuple[Bubble, ...], worry: Worry) -> Answer:
        """An answer of the hub's own in a conversation that stays where it was; what the bot raised in this turn stays raised."""
        memory = this.memory | {"worry": worry.kept(), "said": bubbles[-1].text}
        urgency = highest(this.conversation.urgency, Urgency.parse(turn.urgency))
        return Answer(bubbles, Outcome(urgency, turn.language, memory), turn.need, turn.confidence)

    def _with_recheck(self, bubbles: tuple[Bubble, ...], about: About, worry: Worry) -> tuple[tuple[Bubble, ...], Worry]:
        """The gentle question as the last bubble; the bot's own question waits until it is answered."""
        held = bubbles[-1] if bubbles[-1].choices else None
        kept = bubbles[:-1] if held is not None else bubbles
        language = bubbles[-1].language
        shown = any(bubble.helplines for bubble in kept)
        lines = () if shown else self._answers.some_lines(replace(about, need=worry.need, now=False), language)
        bubble = Bubble(self._answers.text(worry.recheck, language), language, self._answers.yes_or_no(language), lines)
        return (*kept, bubble), worry.asked(RECHECK, held)

    # ---- the bot's answer ----------------------------------------------------------------------------------------

    def _answered(self, this: _Turn, turn: BotTurn, before: Worry | None) -> Answer:
        conversation, finding = this.conversation, this.finding
        known = self._answers.directory.ids
        bubbles = tuple(replace(b, helplines=tuple(h for h in b.helplines if h in known)[:MOST_LINES]) for b in turn.bubbles)
        about = _about_turn(conversation, turn, finding)
        if finding is not None:
            now_said = with_now_said(self._answers, this.memory, bubbles, about, finding)
            bubbles = now_said or with_danger_heard(self._answers, bubbles, turn, about, finding)
        elif not any(bubble.helplines for bubble in bubbles):
            bubbles = with_lines_of(self._answers, need_in_emergency(turn, before), bubbles, about)
        worry = before if turn.is_denied and finding is None else after_turn(before, finding, turn)
        if worry is not None and worry is not before and worry.age == 0 and not worry.is_light:
            worry = replace(worry, is_light=before is None and is_laughing(self._answers.fixed, this.message.body.text))
        if worry is not None and recheck_is_due(before, worry, turn):
            bubbles, worry = self._with_recheck(bubbles, about, worry)
        bubbles = at_most_two(bubbles)
        need = turn.need if is_topic(turn.need) else conversation.memory.get("need")
        memory: dict[str, Any] = {
            "bot": turn.state,
            "need": finding.need if finding else need,
            "slots": turn.slots,
            "worry": worry.kept() if worry is not None else None,
            "said": bubbles[-1].text,
            "asks_wipe": turn.need == "wipe_chat",
            "helped": turn.helped,
            "now_said": bubbles[0].text == self._answers.text("danger_now", bubbles[0].language),
        }
        understood = finding.need if finding and not is_topic(turn.need) else turn.need
        outcome, is_emergency = Outcome(about.urgency, turn.language, memory), _is_emergency(finding, turn)
        return Answer(bubbles, outcome, understood, turn.confidence, acted=turn.acted, is_now=about.now, is_emergency=is_emergency)


def _heard_now(conversation: Conversation, turn: BotTurn) -> Finding | None:
    """Danger that is now, which the bot alone heard: told by circumstances (bot/components/now_classifier.py)."""
    need = turn.need if is_topic(turn.need) else conversation.memory.get("need")
    if not turn.says_now or need is None:
        return None
    return Finding(str(need), Urgency.EMERGENCY, now=True, language=turn.language, pattern="now_classifier")


def _is_emergency(finding: Finding | None, turn: BotTurn | None = None) -> bool:
    """Whether this very message tells of an emergency; the bot's own level says it also of what was told before."""
    if finding is not None and finding.level is Urgency.EMERGENCY:
        return True
    if turn is None or turn.is_denied or turn.slots.get("scenario") or turn.confidence < _SURE:
        return False
    return is_topic(turn.need) and urgency_of(turn.need) is Urgency.EMERGENCY


def _about_turn(conversation: Conversation, turn: BotTurn, finding: Finding | None) -> About:
    """As `about_of`, with what the bot understood; the urgency is the highest of hub, terms and bot."""
    before = about_of(conversation, finding)
    need = before.need if finding or not is_topic(turn.need) else turn.need
    return About(
        need=need,
        who=str(turn.slots.get("who") or before.who),
        age_group=str(turn.slots.get("age_group") or before.age_group),
        urgency=highest(before.urgency, Urgency.parse(turn.urgency)),
        now=before.now,
    )
