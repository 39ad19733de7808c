"""What danger adds to the bot's answer: 112 where it is now, the lines that go first, and words where the bot heard none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from channels.answers import CHILD_FOCUS, MOST_LINES, About, Answers
from channels.store import Conversation
from channels.worry import Worry, is_topic
from kernel.conversation import BotTurn, Bubble, Speaker
from kernel.need import urgency_of
from kernel.urgency import Urgency
from safety.crisis import Finding

GENTLY = "asked_gently"
"""In the memory of a conversation, for one turn: it was asked whether something is the matter (`asked_gently`)."""
_AT_ONCE = ("112", "101")


def told_as_now(finding: Finding | None, now: Finding | None) -> Finding | None:
    """The danger in the words, raised where `now` (what is said around them, or heard by the bot) is more urgent: who tells more is not
    taken for less. Its need stays, for the lines, unless the other's is the more urgent one."""
    if finding is None or now is None or now.rank <= finding.rank:
        return finding or now
    need = now.need if urgency_of(now.need).rank > urgency_of(finding.need).rank else finding.need
    return replace(finding, need=need, level=now.level, now=now.now, pattern=now.pattern)


def waits(conversation: Conversation, finding: Finding | None) -> bool:
    """Whether danger in the words of the message being answered was not raised when it was stored, since the rest may take it back: what
    was, has brought the conversation to its level."""
    return finding is not None and finding.level.is_danger and finding.level.rank > conversation.urgency.rank


def is_taken_back(conversation: Conversation, finding: Finding | None, turn: BotTurn) -> bool:
    """Whether the whole message, as the bot reads it, takes back the danger in its words."""
    return finding is not None and waits(conversation, finding) and finding.need in turn.said_lightly


def asked_gently(answers: Answers, bubbles: tuple[Bubble, ...], memory: Mapping[str, Any]) -> tuple[Bubble, ...]:
    """`bubbles`, and whether something is the matter all the same, with 116000; before the bot's own question where it has buttons. Not
    said again right after it was (`memory`), nor where a line is shown already."""
    if any(bubble.helplines for bubble in bubbles):
        return bubbles
    if memory.get(GENTLY):
        return *bubbles[:-1], replace(bubbles[-1], helplines=(CHILD_FOCUS,))
    own = answers.bubble("said_lightly", bubbles[-1].language, CHILD_FOCUS)
    return (*bubbles[:-1], own, bubbles[-1]) if bubbles[-1].choices else (*bubbles, own)


def with_lines_of(answers: Answers, need: str | None, bubbles: tuple[Bubble, ...], about: About) -> tuple[Bubble, ...]:
    """The lines of a need quietly beneath the last bubble; as it was for None."""
    if need is None:
        return bubbles
    lines = answers.lines(replace(about, need=need), bubbles[-1].language)
    return *bubbles[:-1], replace(bubbles[-1], helplines=lines)


def with_now_said(
    answers: Answers, memory: Mapping[str, Any], bubbles: tuple[Bubble, ...], about: About, finding: Finding
) -> tuple[Bubble, ...] | None:
    """Danger that is now, told in the middle of a path: 112 is in the words, in place of the path's own to what was said.

    None where it is not now, at the start (the path's own words and cards say it), or where the bot says a number already.
    """
    is_on_path = memory.get("need") is not None
    if not finding.now or not is_on_path or any(number in bubble.text for bubble in bubbles for number in _AT_ONCE):
        return None
    language = bubbles[0].language
    text = answers.text("danger_now_again" if memory.get("now_said") else "danger_now", language)
    lines = answers.lines(replace(about, need=finding.need, now=True), language)
    rest = bubbles[1:] or bubbles
    return Bubble(text, language, helplines=lines), *(replace(bubble, helplines=()) for bubble in rest)


def with_danger_heard(answers: Answers, bubbles: tuple[Bubble, ...], turn: BotTurn, about: About, finding: Finding) -> tuple[Bubble, ...]:
    """The hub found danger: its first line is on the answer; where the bot heard none at all, the words say so too."""
    danger = replace(about, need=finding.need, now=finding.now)
    wanted = answers.lines(danger, turn.language)
    shown = [helpline for bubble in bubbles for helpline in bubble.helplines]
    if not shown and not is_topic(turn.need):
        words = answers.fixed.fallback(turn.language, finding.need, finding.level)
        return Bubble(words, turn.language, helplines=wanted, speaker=Speaker.BOT), bubbles[0]
    if not wanted or wanted[0] in shown[: None if not finding.now else 1]:
        return bubbles
    merged = tuple(dict.fromkeys((*wanted, *shown)))[:MOST_LINES]
    return replace(bubbles[0], helplines=merged), *(replace(bubble, helplines=()) for bubble in bubbles[1:])


def need_in_emergency(turn: BotTurn, worry: Worry | None) -> str | None:
    """Whose lines an answer without lines still gets: the emergency that the bot alone heard, or the one before words it did not
    understand (they may say it again) or before they leave. A path shows its lines at some of its places only."""
    if urgency_of(turn.need) is Urgency.EMERGENCY:
        return turn.need
    is_unclear_or_leaves = turn.need in (None, "thanks_bye")
    return worry.need if is_unclear_or_leaves and worry is not None and not worry.is_over and worry.level is Urgency.EMERGENCY else None
