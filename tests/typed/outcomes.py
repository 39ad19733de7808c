"""What became of a reply that was typed in place of a button, beside what a listener hears in it."""

from __future__ import annotations

from itertools import chain

from reached import Reached
from turns import Answer, last_turn

from kernel.denial import NO_DANGER, need_of_question
from kernel.need import MEANT_OTHERWISE, NEEDS
from kernel.typed import grave_answer

_ANSWERED = "action_answer_question"
_LEFT = frozenset({"action_leave_path", "utter_question_meant_otherwise", NO_DANGER, f"utter_{MEANT_OTHERWISE}"})
_OF_DANGER = ("utter_ask_now", "utter_now")
NOW, SUBJECT, BACK, ASKS, TOLD, SILENT = "now", "subject", "back", "asks", "told", "silent"
"""Met as danger now; another subject begun; taken back; a question answered; told; nothing said. Else the buttons it was taken for."""


def became(found: Reached, answer: Answer) -> str:
    """One of the above, or the buttons ("b1", "b1+b3" where these are answered with the same words)."""
    did = last_turn(answer["state"])
    if not answer["messages"]:
        return SILENT
    if _is_now(found, answer, did):
        return NOW
    if _begins_another(found, did):
        return SUBJECT
    if _LEFT & set(did) or answer["takes_back"] or answer["is_denied"]:
        return BACK
    pressed = [f"b{number}" for number, names in enumerate(found.pressed, 1) if names and names[0] in did]
    return "+".join(pressed) or (ASKS if _ANSWERED in did else TOLD)


def judged(means: str, outcome: str, found: Reached) -> str:
    """The kind of row, and what its outcome is worth: the lines of the report count these."""
    if _is_button(means):
        return f"button {'right' if means in outcome.split('+') else 'other' if _is_button(outcome) else outcome}"
    if means == "now":
        grave = grave_answer(found.question)
        alarms = [f"b{number}" for number, meant in enumerate(found.meant, 1) if meant == grave]
        return f"now {'heard' if outcome == NOW or set(alarms) & set(outcome.split('+')) else 'missed'}"
    if means == "other":
        return f"other {'heard' if outcome in (SUBJECT, NOW) else 'missed'}"
    if means == "asks":
        return f"asks {'answered' if outcome == ASKS else 'passed'}"
    if means == "back":
        return f"back {'heard' if outcome == BACK else 'missed'}"
    return f"told {'button' if _is_button(outcome) else outcome}"


def _is_button(name: str) -> bool:
    return name[:1] == "b" and name != BACK


def _is_now(found: Reached, answer: Answer, did: list[str]) -> bool:
    """Whether the level rises to an emergency, or it is asked how they get out of a danger, where no button does."""
    has_risen = answer["urgency"] == "emergency" != found.answer["urgency"]
    is_asked = any(name.startswith(_OF_DANGER) for name in did)
    return has_risen or (is_asked and not any(name.startswith(_OF_DANGER) for name in chain.from_iterable(found.pressed)))


def _begins_another(found: Reached, did: list[str]) -> bool:
    """Whether the path of another need begins, or one is asked about that no button leads to."""
    own, asked = need_of_question(found.question), need_of_question(did[-1]) if did else None
    begun = any(f"utter_{need}" in did for need in NEEDS if need != own and not NEEDS[need].is_conversation)
    possible = {own, *(need_of_question(names[-1]) for names in found.pressed if names)}
    return begun or (asked is not None and asked not in possible)
