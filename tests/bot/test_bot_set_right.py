"""A premise is set right, good news ends an alarm, "later" that is soon does not, and whose trouble it is: by the bot's own parts."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"
_CAME, _SAFE, _OTHERWISE = {"help_came": 0.95}, {"safe_now": 0.95}, {"meant_otherwise": 0.95}
_AWAY = "utter_ask_now_away"
ROWS: dict[str, list[tuple[Any, ...]]] = {
    # text, probabilities, path, question asked, danger in the words → what is believed
    "over": [
        ("ok we hebben gebeld ze komen", _CAME, "unsafe_home", _AWAY, False, "over"),
        ("ma mere vient de rentrer elle appelle", _CAME, "suicidal", "utter_ask_suicidal_with", False, "over"),
        ("ben in de nachtwinkel binnen nu", _SAFE, "grooming", _AWAY, False, "over"),
        ("ze is bij haar mama", _SAFE, "suicidal", "utter_ask_suicidal_with", False, "safe"),
        ("on est aux urgences", {"help_came": 0.5, "safe_now": 0.3}, "unsafe_home", _AWAY, False, "over"),  # both together
        ("ben in de nachtwinkel binnen nu", {"safe_now": 0.7}, "grooming", _AWAY, False, None),
        ("ben in de nachtwinkel binnen nu", _SAFE, "grooming", "utter_ask_grooming_block", False, None),  # no danger now was met
        ("ben in de nachtwinkel maar hij staat buiten", _SAFE, "grooming", _AWAY, True, None),
        ("ben bij mijn tante en slaap daar", _SAFE, "runaway_now", "utter_ask_runaway_now_safe", False, None),  # the path asks on
        ("ze is thuis maar heeft pillen", _SAFE, "suicidal", "utter_ask_suicidal_with", False, None),
        ("is ze nu veilig?", _SAFE, "suicidal", "utter_ask_suicidal_with", False, None),
        ("oui la police arrive", _CAME, "friend_missing", "utter_ask_friend_missing_called", False, None),  # nobody is found yet
        ("ok jai appelé ils envoient qqn", _CAME, "friend_missing", "utter_ask_friend_missing_danger", False, None),
        ("sa mere est la", _CAME, "self_harm", "utter_ask_now_helped", False, None),  # who is there has not called
        ("haar zus is daar maar ze willen niet bellen", _CAME, "self_harm", "utter_ask_now_helped", False, None),
        ("l'ambulance vient d'arriver", _CAME, "self_harm", "utter_ask_now_helped", False, "over"),
    ],
    # text, probabilities, path, whether terms found danger before → whether it is believed
    "meant": [
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", False, True),
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", True, False),
        ("ya rien du tout", {"nothing_wrong": 0.7}, "grooming", False, False),
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "suicidal", False, False),  # of life only what was really meant
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "sexual_abuse", False, False),
        ("nee t was in fortnite", {"meant_otherwise": 0.9}, "suicidal", True, True),
        ("hij heeft ze gewist", {"solved": 0.95}, "sextortion", True, True),
        ("hij heeft ze gewist", {"solved": 0.95}, "suicidal", True, False),
        ("haha nee hij slaat mij niet", {}, "unsafe_home", False, True),  # what the path is about is denied
        ("haha nee hij slaat mij niet", {}, "unsafe_home", True, False),
        ("haha nee hij slaat mij niet, hij dreigt alleen", {}, "unsafe_home", False, False),
        ("haha nee hij slaat mij niet", {}, "sextortion", False, False),
        # a doubt, somebody else's words, more of what happened, or wondering at it
        ("en wat als hij gewoon een grapje maakt", _OTHERWISE, "cyberbullying", False, False),
        ("oui mais si c'est une blague", _OTHERWISE, "cyberbullying", False, False),
        ("mijn leerkracht zegt dat het maar een grapje is", _OTHERWISE, "deepfake_nude", False, False),
        ("gewoon selfies in mijn zwembroek", _OTHERWISE, "grooming", False, False),
        ("il veut juste une photo de moi", _OTHERWISE, "grooming", False, False),
        ("haha nee raar he", _OTHERWISE, "grooming", False, False),
        ("mama zegt dat altijd, t is een uitdrukking", _OTHERWISE, "unsafe_home", False, True),
        ("nee haha t is mijn kat", _OTHERWISE, "grooming", False, True),
    ],
    # text, whether help was called before → what is believed
    "helped": [
        ("ze zijn hier", True, "over"),
        ("ils arrivent", True, "over"),
        ("ze zijn hier", False, None),
        ("hij is hier", True, None),
        ("ze zijn hier en hij slaat haar", True, None),
    ],
    # text → the needs that it denies
    "denied": [
        ("hij slaat mij niet", ["unsafe_home"]),
        ("nan il me frappe pas", ["unsafe_home"]),
        ("hij slaat mij niet meer", []),
        ("il me frappe pas devant les autres", []),
        ("hij slaat mij", []),
    ],
    # text, need heard, path → the need
    "premises": [
        ("tis gin nepfoto tis echt e foto van mie", "deepfake_nude", "deepfake_nude", "nude_spread"),
        ("nee tis een montage", "deny", "deepfake_nude", "deny"),
        ("et mtn il veut de l'argent", "nude_spread", "nude_spread", "sextortion"),
        ("et mtn il veu de largent", "sextortion", "nude_spread", "sextortion"),
        ("mais ya pas de photo", "nude_spread", "nude_spread", "cyberbullying"),
        ("ya pas encore de photo de moi en ligne", "deny", "nude_spread", "deny"),
        ("mon pere me frappe", "unsafe_home", "nude_spread", "unsafe_home"),  # another subject that is meant
        ("ja hij bedreigt mij niet hoor, hij is mijn lief", "affirm", "sextortion", "pressured_to_send"),
        ("nan il me menace pas c mon mec", "deny", "sextortion", "pressured_to_send"),
        ("hij bedreigt mij niet meer, mijn ex lief", "deny", "sextortion", "deny"),
        ("kheb een foto gestuurd en nu zegt em da em da gaat doorsturen", "i_shared_it", None, "sextortion"),
        ("ik heb haar foto doorgestuurd en nu zegt ze dat ze het gaat delen", "i_shared_it", None, "i_shared_it"),
    ],
    # what a rule calls "not now" → danger_now, and whether it comes soon
    "later": [
        ("tis ni nu, op mijn verjaardag", "later", False),
        ("hij is gaan werken ma vanavond is hij terug", "no", True),
        ("il dort et il a les clés", "no", True),
        ("hij is weg maar komt zo terug", "no", True),
        ("il est pas la, il revient lundi", "later", False),
    ],
    # text, odds that it is about a friend → who
    "roles": [
        ("mn stiefbroer komt snachts in mn kamer", 0.7, None),
        ("mon frere y me touche tout le temps", 0.7, None),
        ("mn zus wordt geslagen door haar lief", 0.7, "friend"),
        ("mijn vriendin zegt dat hij in mijn kamer kwam bij haar", 0.98, "friend"),
        ("mon frere ma touché", 0.99, None),
        ("il ma enfermee dans la cave", 0.99, None),
        ("elle m'a menacée avec un couteau hier", 0.9, None),
    ],
}
FIRST: list[tuple[str, str, str | None, str]] = [
    ("utter_ask_sextortion_happened", "affirm", "pay", "Betaal niet."),
    ("utter_ask_sextortion_happened", "sextortion", "pay", "Wat wil die persoon"),  # the first words to a story are the path's own
    ("utter_ask_sextortion_happened", "affirm", None, "Wat wil die persoon"),
    ("utter_ask_sextortion_happened", "question_on_the_way", "pay", "Wat wil die persoon"),  # its answer was said before
]


@cache
def found() -> dict[str, Any]:
    """What the parts say to all tables."""
    asked = {name: [row[: -2 if name == "later" else -1] for row in rows] for name, rows in ROWS.items()}
    asked["first"] = [row[:3] for row in FIRST]
    command = [str(_PYTHON), str(Path(__file__).parent / "scripts/set_right.py")]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize("name", ["over", "meant", "helped", "denied", "premises", "roles"])
def test_what_is_believed_and_whose_it_is(name: str) -> None:
    assert [(row, one) for one, row in zip(found()[name], ROWS[name], strict=True) if one != row[-1]] == []


def test_not_now_that_comes_back_tonight_is_no_not_now() -> None:
    assert [tuple(one) for one in found()["later"]] == [row[1:] for row in ROWS["later"]]


def test_the_answer_to_a_question_stands_before_the_next_one() -> None:
    for said, row in zip(found()["first"], FIRST, strict=True):
        assert said.startswith(row[3]), row
        assert "?" in said, "the path's own question is gone"
