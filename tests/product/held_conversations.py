"""The held-out conversations of tests/conversations: read, held with the bot, and counted.

Each is held as it runs: a message that is misheard leads the conversation astray, and what follows counts as wrong too.
(Rasa's own `rasa test core` puts a story back on its way after each mistake.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from reply_texts import texts
from ruamel.yaml import YAML
from turns import Answer, BotDoor, State, last_turn

FOLDER = Path(__file__).resolve().parents[1] / "conversations"
LANGUAGES = ("nl", "fr")
STRAIGHT = "path"
"""The deviation of a conversation that has none."""
ASKS_WHAT_IS_MEANT, MOST_IN_A_ROW = "action_ask_what_is_meant", 2
CLOSES = frozenset({"utter_thanks_bye", "utter_way_open", "utter_want_human_go", "action_wipe"})
"""May stand last without a question: a goodbye with the way back open, the way to the phone, a wiped chat."""
_THREADS = 3


@dataclass(frozen=True)
class Turn:
    """What a teenager says, the need a reviewer hears in it, and the actions that should follow."""

    text: str
    need: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Conversation:
    """One held-out conversation. `deviation` names how it leaves the straight path."""

    name: str
    language: str
    file: str
    deviation: str
    turns: tuple[Turn, ...]


@dataclass
class Held:
    """A conversation as it was held: the answers beside the turns."""

    conversation: Conversation
    answers: list[Answer] = field(default_factory=list)
    did: list[list[str]] = field(default_factory=list)
    """Per turn, the bot's actions."""

    def pairs(self) -> Iterator[tuple[Turn, Answer, list[str]]]:
        """Each turn with its answer and what the bot did."""
        return zip(self.conversation.turns, self.answers, self.did, strict=True)

    @property
    def counted(self) -> tuple[int, int]:
        """Actions right, and of how many: an action too many or too few is one wrong."""
        rows = [(turn.actions, did) for turn, _, did in self.pairs()]
        right = sum(one == other for wanted, did in rows for one, other in zip(wanted, did, strict=False))
        return right, sum(max(len(wanted), len(did)) for wanted, did in rows)


def read() -> list[Conversation]:
    """All of them, by language, file and place. Raises KeyError for one that is not a Rasa test story of this form."""
    found = []
    for language in LANGUAGES:
        for path in sorted((FOLDER / language).glob("*.yml")):
            for story in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["stories"]:
                name = f"{language}/{path.stem}"
                turns = tuple(_turns(story["steps"]))
                found.append(Conversation(story["story"], language, name, story["metadata"]["deviation"], turns))
    return found


def _turns(steps: list[dict[str, str]]) -> Iterator[Turn]:
    """Steps cut where the teenager speaks."""
    starts = [number for number, step in enumerate(steps) if "user" in step]
    for start, end in pairwise([*starts, len(steps)]):
        said = steps[start]
        yield Turn(said["user"].strip(), said["intent"], tuple(step["action"] for step in steps[start + 1 : end]))


def hold(conversations: Iterable[Conversation], bot_url: str) -> list[Held]:
    """Holds each with the bot, from the hub's first question on."""
    waiting = list(conversations)
    groups = [waiting[number::_THREADS] for number in range(_THREADS)]
    with ThreadPoolExecutor(_THREADS) as pool:
        held = [one for group in pool.map(lambda some: _hold_group(some, bot_url), groups) for one in group]
    order = {id(conversation): number for number, conversation in enumerate(waiting)}
    return sorted(held, key=lambda one: order[id(one.conversation)])


def _hold_group(conversations: list[Conversation], bot_url: str) -> list[Held]:
    door = BotDoor(bot_url)
    try:
        return [_hold(conversation, door) for conversation in conversations]
    finally:
        door.close()


def _hold(conversation: Conversation, door: BotDoor) -> Held:
    """Language and urgency go from answer to message as in the hub."""
    held = Held(conversation)
    state: State | None = None
    language, urgency = conversation.language, "none"
    for turn in conversation.turns:
        answer = door.turn(turn.text, state=state, language=language, urgency=urgency)
        state, language, urgency = answer["state"], answer["language"], answer["urgency"]
        held.answers.append(answer)
        held.did.append(turn_of(answer))
    return held


def turn_of(answer: Answer) -> list[str]:
    """The actions of this turn. A turn that asked what is meant took its message back: it is known by what it said."""
    said = answer["messages"][-1]["text"] if answer["messages"] else ""
    names = ("utter_rephrase", "utter_rephrase_more", "utter_three_choices", "utter_open_affirm", "utter_open_deny", "utter_open_dont_know")
    if any(said in variations for name in names for variations in texts().replies[name].values()):
        return [ASKS_WHAT_IS_MEANT]
    return last_turn(answer["state"])


def share(held: Iterable[Held]) -> float:
    """Actions right, of all; 0.0 for none."""
    counts = [one.counted for one in held]
    return sum(right for right, _ in counts) / max(sum(all_ for _, all_ in counts), 1)


def senseless(held: Held) -> list[str]:
    """Turns that leave a teenager standing: silence, no question and no goodbye, the same bubble again, asked too often what is meant,
    two languages in one answer.
    """
    found = []
    before, asked = "", 0
    for turn, answer, did in held.pairs():
        where = f"{held.conversation.file} «{turn.text}»"
        bubbles = [message["text"] for message in answer["messages"]]
        asked = asked + 1 if did == [ASKS_WHAT_IS_MEANT] else 0
        is_open = bool(did) and (did[-1].startswith("utter_ask_") or did[-1] in {"action_ask_again", ASKS_WHAT_IS_MEANT} | CLOSES)
        if not bubbles:
            found.append(f"{where}: silence")
        elif not is_open:
            found.append(f"{where}: ends in {did}")
        if any(one == other for one, other in pairwise([before, *bubbles])):
            found.append(f"{where}: the same bubble again")
        if asked > MOST_IN_A_ROW:
            found.append(f"{where}: asked what is meant {asked} times")
        if {texts().language_of(bubble) for bubble in bubbles} - {answer["language"]}:
            found.append(f"{where}: not {answer['language']}: {bubbles}")
        before = bubbles[-1] if bubbles else before
    return found
