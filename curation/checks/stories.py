"""The paths: every place answers everything, nothing loops or ends nowhere, every turn is short and asks one thing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from curation.content import QUESTION, Content
from curation.finding import Checked
from curation.nouns import Reply, Story
from curation.readability import words
from kernel.language import Language
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD, urgency_of

MOST_WORDS, MOST_BUBBLES, FEWEST_TURNS = 60, 2, 5
"""Words and bubbles of one turn together; turns of a teenager on the longest way through a path."""
SHARED_END = "utter_ask_else"
OPEN_QUESTIONS = frozenset({"utter_ask_topic"})
"""Asks for any subject: every need answers it, so it has no stories of its own."""
ENDS = {
    "utter_way_open": "the goodbye of a path, with the way back open",
    "utter_thanks_bye": "answers a goodbye",
    "utter_want_human_go": "the teenager goes to the phone",
    "action_wipe": "the conversation is gone",
}
"""Where a turn may end without a question, each with its reason."""
AGAIN = "action_ask_again"
SAYS = {"action_escalate_to_hotline": "utter_escalate"}
"""Actions that say a reply of their own."""
ANSWERED_BY_POLICY = frozenset({"utter_ask_past", "utter_ask_past_more"})
"""Questions whose answers lead to the path of whatever the talk is about, which no story can say (bot/policies/past.py)."""
_MEANT = frozenset({("suicidal", "self_harm"), ("runaway_now", "unsafe_home")})
"""Kept inside the path on purpose: whoever wants to die tells how they hurt, whoever left tells why. The lines are the same."""
_STARTED = frozenset(
    {"utter_ask_safe", "utter_ask_now_away", "utter_ask_now_helped", "utter_ask_now_after", "utter_ask_unsafe_home_trip"}
    | {"utter_ask_nude_spread_class_tell", "utter_ask_runaway_now_ride"}
)
"""Asked by the hub's greeting, and by DangerNowPolicy."""
NEVER_SWALLOWED = frozenset({"suicidal", "sexual_abuse", "unsafe_home", "runaway_now", "friend_missing", "self_harm"})


@dataclass(slots=True)
class Paths:
    """All steps: by (place, what is heard), and by file."""

    replies: dict[str, Reply]
    steps: dict[tuple[str | None, str], Story] = field(default_factory=dict)
    openings: dict[str, Story] = field(default_factory=dict)
    places: dict[str, Story] = field(default_factory=dict)


def check(content: Content) -> Checked:
    """Walks every path; see the rules stories.* in rules.yml."""
    checked = Checked(looked_at=len(content.stories))
    paths = Paths(content.reply_named())
    for story in content.stories:
        _note(story, paths, checked)
    for story in content.stories:
        _turn(story, paths, checked)
    _told_apart(content, checked)
    _coverage(content, paths, checked)
    for topic in sorted({story.topic for story in content.stories if not story.is_rule}):
        if topic in NEEDS:
            _walk(topic, [story for story in content.stories if not story.is_rule and story.topic == topic], checked)
    return checked


def _note(story: Story, paths: Paths, checked: Checked) -> None:
    for intent in dict.fromkeys(story.intents):
        earlier = paths.steps.setdefault((story.place, intent), story)
        if earlier is not story or story.intents.count(intent) > 1:
            values = {"place": story.place or "…", "intent": intent, "other": f"{earlier.file}:{earlier.line}"}
            checked.add("stories.answered_twice", story.file, story.line, **values)
        if story.place is None:
            paths.openings.setdefault(intent, story)
    if story.place is not None:
        paths.places.setdefault(story.place, story)


def _told_apart(content: Content, checked: Checked) -> None:
    """The dialogue model sees two actions back and what was heard (docs/adr/0005): what comes next must follow from those."""
    known: dict[tuple[str, str, str], tuple[str, Story]] = {}
    for story in content.stories:
        said = ["", *story.actions]
        for before, action, following in zip(said, said[1:], said[2:], strict=False):
            for intent in () if story.is_rule else story.intents:
                expected, earlier = known.setdefault((before, action, intent), (following, story))
                if expected != following:
                    values = {"action": action, "intent": intent, "other": f"{earlier.file}:{earlier.line}"}
                    checked.add("stories.told_apart", story.file, story.line, **values)


def _turn(story: Story, paths: Paths, checked: Checked) -> None:
    """One turn: it ends in exactly one question (or a known end), in at most two bubbles and sixty words."""
    said = [SAYS.get(action, action) for action in story.actions]
    bubbles = [action for action in said if action.startswith("utter_")] + [AGAIN] * (AGAIN in said)
    questions = [action for action in said if action.startswith(QUESTION) or action == AGAIN]
    if story.end in ENDS:
        if questions and story.is_rule is False:
            checked.add("stories.questions", story.file, story.line, story=story.name, count=len(questions))
    elif story.end not in questions:
        checked.add("stories.dead_end", story.file, story.line, story=story.name, end=story.end)
    if len(questions) > 1:
        checked.add("stories.questions", story.file, story.line, story=story.name, count=len(questions))
    if len(bubbles) > MOST_BUBBLES:
        checked.add("stories.bubbles", story.file, story.line, story=story.name, count=len(bubbles), limit=MOST_BUBBLES)
    for language in Language:
        count = sum(_longest(action, language, paths.replies) for action in bubbles)
        if count > MOST_WORDS:
            values = {"story": story.name, "language": language.value, "count": count, "limit": MOST_WORDS}
            checked.add("stories.words", story.file, story.line, **values)
    _swallows(story, checked)


def _longest(action: str, language: Language, replies: dict[str, Reply]) -> int:
    """Words of the longest variation; asking again counts as the longest question of all paths."""
    names = [name for name in replies if name.startswith(QUESTION)] if action == AGAIN else [action]
    variations = [variation for name in names if name in replies for variation in replies[name].in_language(language)]
    return max((len(words(variation.text)) for variation in variations), default=0)


def _swallows(story: Story, checked: Checked) -> None:
    """A path takes no message for a detail of its own that is another, worse need with a path of its own."""
    if story.is_rule or story.place is None or story.topic not in NEEDS:
        return
    for intent in story.intents:
        is_worse = urgency_of(intent).rank > urgency_of(story.topic).rank and intent in NEVER_SWALLOWED
        if intent != story.topic and is_worse:
            checked.add("stories.swallows", story.file, story.line, story=story.name, intent=intent)
        elif intent != story.topic and intent in NEVER_SWALLOWED and (story.topic, intent) not in _MEANT:
            checked.add("stories.swallows_equal", story.file, story.line, story=story.name, intent=intent)


def _coverage(content: Content, paths: Paths, checked: Checked) -> None:
    """Every question asked has an answer for everything that can be heard; every button leads somewhere."""
    asked = {action: story for story in content.stories for action in story.actions if action.startswith(QUESTION)}
    for place, story in asked.items():
        if place not in paths.places and place not in OPEN_QUESTIONS:
            checked.add("stories.no_answers", story.file, story.line, place=place)
    for place, story in paths.places.items():
        if place not in asked and place not in _STARTED:
            checked.add("stories.unreachable", story.file, story.line, place=place)
        needed = ANSWERS if story.is_rule else (*ANSWERS, NOT_UNDERSTOOD)
        own = (story.topic,) if story.topic in NEEDS and not story.is_rule else ()
        for intent in (*needed, *own):
            if (place, intent) not in paths.steps:
                checked.add("stories.not_covered", story.file, story.line, place=place, intent=intent)
    for reply in paths.replies.values():
        for variation in reply.variations:
            for button in variation.buttons:
                if button.tells == "scenario":
                    continue  # opens a story anywhere (checks/scenarios.py)
                if reply.name in ANSWERED_BY_POLICY and button.intent in ANSWERS:
                    continue
                if (reply.name, button.intent) not in paths.steps and button.intent not in paths.openings:
                    values = {"title": button.title, "payload": button.payload, "place": reply.name}
                    checked.add("stories.button", variation.file, button.line, **values)
                elif reply.name in paths.places and (reply.name, button.intent) not in paths.steps and button.intent in ANSWERS:
                    checked.add("stories.button", variation.file, button.line, title=button.title, payload=button.payload, place=reply.name)


def _walk(topic: str, stories: list[Story], checked: Checked) -> None:
    """From the opening to the shared end: no circle, every place reached, long enough."""
    opening = next((story for story in stories if story.place is None), None)
    if opening is None:
        checked.add("stories.no_opening", stories[0].file, stories[0].line, need=topic)
        return
    prefix = f"{QUESTION}{topic}_"
    follow: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        if story.place is not None:
            follow[story.place].append(story)
            if not story.place.startswith(prefix):
                checked.add("stories.place_name", story.file, story.line, place=story.place, prefix=prefix)
    reached: set[str] = set()
    longest = _depth(opening.end, follow, (), reached, checked) + 1
    for place in sorted(place for place in _STARTED if place in follow):
        _depth(place, follow, (), reached, checked)
    for place, first in ((place, group[0]) for place, group in follow.items() if place not in reached):
        checked.add("stories.unreachable", first.file, first.line, place=place)
    if longest < FEWEST_TURNS:
        checked.add("stories.short", opening.file, opening.line, need=topic, count=longest, limit=FEWEST_TURNS)


def _depth(place: str, follow: dict[str, list[Story]], way: tuple[str, ...], reached: set[str], checked: Checked) -> int:
    """Turns of the longest way from `place` on; 0 at the shared end. A circle is a finding, once."""
    known: dict[str, int] = {}

    def walk(at: str, behind: tuple[str, ...]) -> int:
        if at in known:
            return known[at]
        reached.add(at)
        deepest = 0
        for story in follow.get(at, []):
            if story.end in (*behind, at):
                checked.add("stories.circle", story.file, story.line, story=story.name, place=story.end)
                continue
            deepest = max(deepest, 1 + (walk(story.end, (*behind, at)) if story.end.startswith(QUESTION) else 0))
        known[at] = deepest
        return deepest

    return walk(place, way)
