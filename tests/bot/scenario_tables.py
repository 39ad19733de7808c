"""Tables for tests/bot/test_bot_scenarios.py, of the stories that are played: each row ends with what is expected."""

from __future__ import annotations

# what is typed, the entity `scenario`
SCENARIO_WORDS: list[tuple[str, str | None]] = [
    ("verhaal", "menu"),
    ("Een verhaal spelen?", "menu"),
    ("mag ik nog een verhaaltje doen", "menu"),
    ("oefenen met een verhaal", "menu"),
    ("scenario's", "menu"),
    ("histoire", "menu"),
    ("je veux jouer une histoire", "menu"),
    ("une autre histoire", None),
    ("terug naar het verhaal", "resume"),
    ("ik wil verder met het verhaal", "resume"),
    ("retour à l'histoire", "resume"),
    ("je veux continuer l'histoire", "resume"),
    ("stop met het verhaal", "leave"),
    ("arrêter l'histoire", "leave"),
    ("mijn verhaal is lang", None),
    ("dat is een ander verhaal", None),
    ("mon histoire est triste", None),
    ("hij wil een spel spelen met mij", None),
    ("il veut jouer à un jeu avec moi", None),
    ("ik wil mijn verhaal doen aan iemand die echt naar mij luistert", None),
    ("/scenario:menu", None),
    ("", None),
]
LISTEN, PLAY = "action_listen", "action_scenario"
# what happened, the place in a story, the policy's action
NEXT_ACTIONS: list[tuple[list[str], str | None, str | None]] = [
    ([], None, None),
    ([LISTEN], "crush/buik", None),
    (["utter_ask_safe", LISTEN, "you"], None, None),
    (["utter_ask_safe", LISTEN, "you"], "crush/buik", None),  # the story was left for something else
    (["utter_ask_safe", LISTEN, "you:scenario"], None, PLAY),
    (["utter_ask_safe", LISTEN, "you:scenario", PLAY], "crush/before", LISTEN),
    ([PLAY, LISTEN, "you"], "crush/before", PLAY),
    ([PLAY, LISTEN, "you"], None, None),  # the story is over
    ([PLAY, LISTEN, "you", "no"], "crush/buik", None),
    ([PLAY, LISTEN, "you", "no", "utter_suicidal"], "crush/buik", None),
    ([PLAY, LISTEN, "you", "no", "utter_bot_challenge", "action_ask_again", PLAY], "crush/buik", LISTEN),
    ([PLAY, LISTEN, "you", "utter_bot_challenge", "action_ask_again", PLAY, LISTEN, "you"], "crush/buik", PLAY),
    ([PLAY, LISTEN, "you", PLAY, "utter_ask_else"], None, LISTEN),
    ([PLAY, LISTEN, "you", PLAY, "utter_ask_else", LISTEN, "you"], None, None),
    ([PLAY, LISTEN, "you", "no", "utter_ask_sextortion_safe", LISTEN, "you:scenario"], "crush/buik", PLAY),
]
# reply, place in a story, the payloads of its buttons
WAY_BACK: list[tuple[str, str | None, list[str]]] = [
    ("utter_ask_sextortion_safe", None, ["/affirm", "/deny", "/dont_know"]),
    ("utter_ask_sextortion_safe", "crush/buik", ["/affirm", "/deny", "/dont_know", "/scenario:resume"]),
    ("utter_sextortion", "crush/buik", []),
]
