"""What data/speakers.yml holds: who speaks, by the words (bot/components/speaker_words.py)."""

FAKE, HARM = "fake", "harm"
"""What somebody says they did: made a picture, or pressed, threatened, hit or bullied somebody."""
PUNISH, AMENDS = "punish", "amends"
"""What who did it asks about it: whether they will be punished, or how to set it right."""
PHRASES = (
    *("no_adult", "adult", "adult_first", "child", "home", "not_friend", "friend", "meeting", "no_meeting"),
    *("not_did", "not_shared", "opens", "opens_beside"),
    *("hit_by_child",),
    *("me_too", "me_too_alone", "me_too_beside", "no_me_too", "farewell", "taken_along", "with_them"),
)
"""Entries with phrases in both languages."""
GROUPS = {"did": (FAKE, HARM), "doer_asks": (AMENDS, PUNISH)}
"""Entries with phrases for each of these; the first that fits counts."""
