"""The vocabulary of needs: what a teenager comes for. Intents, topics, files and statistics carry these names."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Need:
    """One need.

    `urgency` is the level it brings by itself (what is said can raise it);
    `is_conversation` marks the small talk that never leads to a path.
    """

    name: str
    urgency: Urgency
    is_conversation: bool = False


_HELP = {
    "sexting_question": Urgency.NORMAL,
    "pressured_to_send": Urgency.NORMAL,
    "nude_spread": Urgency.HIGH,
    "sextortion": Urgency.HIGH,
    "deepfake_nude": Urgency.HIGH,
    "i_shared_it": Urgency.NORMAL,
    "report_content_removal": Urgency.NORMAL,
    "grooming": Urgency.HIGH,
    "teen_pimp": Urgency.HIGH,
    "sexual_abuse": Urgency.HIGH,
    "seen_csam": Urgency.NORMAL,
    "worried_own_feelings": Urgency.HIGH,
    "runaway_thinking": Urgency.HIGH,
    "runaway_now": Urgency.EMERGENCY,
    "unsafe_home": Urgency.HIGH,
    "friend_missing": Urgency.EMERGENCY,
    "parental_abduction": Urgency.HIGH,
    "unaccompanied_minor": Urgency.HIGH,
    "suicidal": Urgency.EMERGENCY,
    "self_harm": Urgency.HIGH,
    "cyberbullying": Urgency.NORMAL,
    "legal_question": Urgency.NORMAL,
    "other_wellbeing": Urgency.NORMAL,
    "parent_or_adult_asks_for_child": Urgency.NORMAL,
    "privacy_question": Urgency.NONE,
    "want_human": Urgency.NORMAL,
}
_CONVERSATION = (
    "greeting",
    "thanks_bye",
    "affirm",
    "deny",
    "dont_know",
    "bot_challenge",
    "what_can_you_do",
    "switch_language",
    "wipe_chat",
    "insult",
    "off_topic",
)

NEEDS: dict[str, Need] = {name: Need(name, urgency) for name, urgency in _HELP.items()} | {
    name: Need(name, Urgency.NONE, is_conversation=True) for name in _CONVERSATION
}
OF_LIFE = frozenset({"suicidal", "self_harm"})
"""About who may hurt or kill themself: what ends other dangers does not end these, and a no is taken less at its word."""
OPENS_ITSELF = frozenset({"friend_missing", "runaway_now"})
"""Their openings name the police, and ask at once whether somebody was called, or whether they are safe where they are: who says that they
left home, and at which station they are, is asked that first."""
MAY_TURN = frozenset({"cyberbullying", "pressured_to_send", "other_wellbeing"})
"""Not urgent by themselves; told of this moment they are: "ze wachten mij op met een mes"."""
IS_NOW = ("yes", "body", "soon", "after", "act", "near", "waits", "gone", "ride")
"""What the bot says of a danger that is now: at this moment, a body that needs a doctor, a meeting in hours, abuse that just happened, an
act that is announced where the danger was met already, somebody who comes up to them outside; a stranger who waits for them now, somebody
else who is on the way to one, a stranger who offers a lift or a bed."""
MAY_BE_PAST = frozenset(
    {"nude_spread", "sextortion", "deepfake_nude", "grooming", "teen_pimp", "sexual_abuse", "unsafe_home", "cyberbullying"}
    | {"pressured_to_send", "parental_abduction"}
)
"""Done by others: told as long ago and over, it is asked whether anything goes on, before the steps for today."""
IS_PAST = "past"
"""What it says when that is told as over."""
OVER, GOES_ON = "over", "goes_on"
"""The kinds of examples in data/now/past_*.yml."""
OPENS_OTHERWISE = (
    *("forced", "did", "watches", "received", "unasked", "unasked_by_stranger", "grief", "ages", "pregnant", "drinks"),
    *("age_gap", "age_gap_sex", "blackout", "work", "stranger_car", "meets", "strangled", IS_PAST),
)
"""What it says of a first message whose path needs another first sentence: a forced marriage or excision; what they did themself, or look
at; a picture of somebody else that reached them, or that nobody asked for; somebody who died or is ill; whether it is allowed at these
ages; fear of being pregnant; somebody much older who comes close, or with whom they slept; a night of which nothing is remembered; work
without pay or papers; a stranger in a car from whom they got away; a meeting with somebody from online that they have agreed on; a throat
that was squeezed; what is told as long ago, or over."""
IS_SAFE = "safe"
"""What it says when whoever was in danger is safe now."""
IS_OVER = "over"
"""What it says when help has come, or who was missing is found."""
IS_DEAD = "dead"
"""What it says when who was missing, or wanted to die, has died."""
IS_LATER = "later"
"""What it says when the danger asked about is not now after all: "c juste sur insta", "het was vorig jaar"."""
ANSWERS = ("affirm", "deny", "dont_know")
"""What is said to a question without naming anything."""
NOT_UNDERSTOOD = "nlu_fallback"
"""What Rasa's fallback classifier says instead of a need."""
ON_THE_WAY = "question_on_the_way"
"""What stands in place of a need when a question is asked in the middle of a path (kernel/questions.py)."""

MEANT_OTHERWISE = "meant_otherwise"
"""What stands in place of a need when the path was begun by a misunderstanding: "t is een boek voor school", "mijn kat he"."""
SAID_LIGHTLY = "said_lightly"
"""Entity: the need of words of danger which the whole of a first message takes back ("mijn blauwe plek van het paintballen")."""


def urgency_of(need: str | None) -> Urgency:
    """The level a need brings by itself; none for an unknown name."""
    known = NEEDS.get(need or "")
    return known.urgency if known else Urgency.NONE
