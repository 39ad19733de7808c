"""Tables of what is heard on a path and right behind small talk, by probability and number of words (test_bot_understands.py)."""

from __future__ import annotations

# probabilities per need, the need whose path waits for an answer → the answer, its confidence
FEW_OFF_PATH: list[tuple[dict[str, float], str | None, int, str, float]] = [
    # few words must be surer to leave the path: "hij is hier"
    ({"grooming": 0.92, "unsafe_home": 0.05, "greeting": 0.03}, "sextortion", 3, "grooming", 0.0),
    ({"grooming": 0.98, "unsafe_home": 0.01, "greeting": 0.01}, "sextortion", 3, "grooming", 0.98),
    ({"suicidal": 0.75, "self_harm": 0.2, "greeting": 0.05}, "sextortion", 5, "suicidal", 0.0),
    ({"suicidal": 0.95, "self_harm": 0.05}, "sextortion", 5, "suicidal", 0.95),
    ({"suicidal": 0.75, "self_harm": 0.2, "greeting": 0.05}, "sextortion", 6, "suicidal", 0.75),
    ({"greeting": 0.95, "off_topic": 0.05}, "sextortion", 1, "greeting", 0.95),  # of calls for help alone
    ({"worried_own_feelings": 0.99, "off_topic": 0.01}, "suicidal", 5, "worried_own_feelings", 0.0),  # "ik ben bang van mezelf"
]
IN_TALK: list[tuple[dict[str, float], int, str, float]] = [
    # right behind small talk few words are told of that, and more must be surer
    ({"legal_question": 0.99, "off_topic": 0.01}, 4, "legal_question", 0.0),
    ({"legal_question": 0.98, "off_topic": 0.02}, 8, "legal_question", 0.98),
    ({"unsafe_home": 0.9, "off_topic": 0.1}, 8, "unsafe_home", 0.0),
    ({"suicidal": 0.98, "off_topic": 0.02}, 4, "suicidal", 0.98),  # an emergency in few words is heard all the same
    ({"suicidal": 0.9, "off_topic": 0.1}, 4, "suicidal", 0.0),
    # what is told of nothing else is heard in few words too, when it is that surely this; an age is the cat's
    ({"nude_spread": 0.99, "off_topic": 0.01}, 5, "nude_spread", 0.99),
    ({"nude_spread": 0.9, "sextortion": 0.09, "off_topic": 0.01}, 5, "nude_spread", 0.0),
    ({"grooming": 0.99, "off_topic": 0.01}, 3, "grooming", 0.0),
    ({"deny": 0.9, "off_topic": 0.1}, 2, "deny", 0.9),
]
BACK: list[tuple[dict[str, float], str, int, list[str], str, float]] = [
    # to a path that was walked before sooner than to a new one, though not at any probability
    ({"nude_spread": 0.86, "off_topic": 0.14}, "unsafe_home", 10, ["nude_spread"], "nude_spread", 0.86),
    ({"nude_spread": 0.86, "off_topic": 0.14}, "unsafe_home", 10, ["sextortion"], "nude_spread", 0.0),
    ({"nude_spread": 0.8, "off_topic": 0.2}, "unsafe_home", 10, ["nude_spread"], "nude_spread", 0.0),
]
OFF_PATH: list[tuple[dict[str, float], str | None, str, float]] = [
    # another need, small talk: heard when it is clearly meant; else the words answer the question (0: not understood as a need)
    ({"grooming": 0.85, "unsafe_home": 0.1, "greeting": 0.05}, "sextortion", "grooming", 0.0),
    ({"grooming": 0.85, "unsafe_home": 0.1, "greeting": 0.05}, None, "grooming", 0.85),
    ({"grooming": 0.92, "unsafe_home": 0.05, "greeting": 0.03}, "sextortion", "grooming", 0.92),
    ({"worried_own_feelings": 0.96, "off_topic": 0.04}, "seen_csam", "worried_own_feelings", 0.0),
    ({"worried_own_feelings": 0.98, "off_topic": 0.02}, "seen_csam", "worried_own_feelings", 0.98),
    ({"greeting": 0.5, "off_topic": 0.5 - 1e-9}, "sextortion", "greeting", 0.0),
    ({"greeting": 0.95, "off_topic": 0.05}, "sextortion", "greeting", 0.95),
    # the path's own need, and plain answers, at any probability
    ({"sextortion": 0.4, "grooming": 0.3, "nude_spread": 0.3}, "sextortion", "sextortion", 0.4),
    ({"deny": 0.3, "greeting": 0.25, "off_topic": 0.25, "thanks_bye": 0.2}, "sextortion", "deny", 0.3),
    # an emergency is heard sooner
    ({"suicidal": 0.75, "self_harm": 0.2, "greeting": 0.05}, "sextortion", "suicidal", 0.75),
]
