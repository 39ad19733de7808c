"""Violence and neglect at home, and by somebody they love, by its own words (data/openings.yml, data/questions/asked.yml)."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions
from bot.components.openings import kind_of_opening
from kernel.language import words_of

_STRANGLED = [
    ("mijn lief heeft mij vorige week gewurgd", True),
    ("hij heeft mij gekeeld ma tis ni erg", True),
    ("toen kneep hij mijn keel dicht", True),
    ("il m'a etranglée hier", True),
    ("mon copain ma serré la gorge", True),
    ("mijn lief kneep vrijdag in mijn nek tot ik sterretjes zag", True),
    ("hij duwde zijn handen rond men keel, ik kon ni ademen", True),
    ("mon copain m'a serré le cou mais c'était pour rire", True),
    ("mon copain m'a étranglée mais ça va", True),
    ("hij kneep mn keel toe", True),
    ("in judo heeft hij mij gewurgd haha tis een techniek", False),
    ("mijn kat is bijna gewurgd door haar halsband", False),
    ("il va m'étrangler", False),
    ("hij wurgt mij nu help", False),
    ("ik heb keelpijn", False),
    ("l'émotion m'a serré la gorge au film", False),
    ("papa roept", False),
    ("ma mere crie", False),
]
_TOLD = [
    ("echt elke dag, dan krijg ik geen eten", None, "home_food"),
    ("ya rien a manger chez nous depuis mardi", "unsafe_home", "home_food"),
    ("er is niks te eten thuis, ik ga naar de winkel haha", None, None),
    ("mais c normal chez nous c leducation", "unsafe_home", "home_normal"),
    ("da is opvoeding zegt papa", "unsafe_home", "home_normal"),
    ("maman rigole", "unsafe_home", "home_laughs"),
    ("mama rigole", None, None),
    ("il dit demain tu degages", "unsafe_home", "home_out_soon"),
    ("jvais ou demain", "unsafe_home", "home_out_soon"),
    ("morgen moet ik weg", "unsafe_home", "home_out_soon"),
    ("demain jdis quoi a lecole", "unsafe_home", "home_school_say"),
    ("wat zeg ik op school over mijn blauwe plekken", None, "home_school_ask"),
    ("jai un oeil au beurre noir lol", "unsafe_home", "black_eye"),
    ("kheb een blauw oog", None, "black_eye"),
    ("je me prive de manger", None, None),
    ("jsaute des repas expres pour maigrir, je me prive de tout", None, None),
    ("mon père me prive de manger", None, "home_food"),
    ("blauw oog van de voetbal", None, None),
    ("nn il sait pas encore", "unsafe_home", "not_out_yet"),
    ("k moe da ni zeggen he?", "unsafe_home", "not_out_yet"),
    ("ik weet het nog niet of ik bij mijn lief blijf", "unsafe_home", None),
    ("mijn pa weet het nog niet dat ik een lief heb", "unsafe_home", "not_out_yet"),
    ("papa weet nog niet dat ik homo ben", "unsafe_home", None),
    ("hij weet het nog niet dat ik homo ben", "unsafe_home", "not_out_yet"),
    ("kheb mijn paswoord van snap gegeven aan mijn lief", None, "partner_control"),
    ("mon mec controle mon tel", None, "partner_control"),
    ("kheb mijn paswoord van netflix gegeven aan mijn lief", None, None),
    ("jai donné mon mot de passe disney+ a mon copain", None, None),
    ("mijn lief dreigt mijn naaktfoto te sturen", None, None),
    ("ik heb mijn wachtwoord vergeten", None, None),
    ("k durf nie meer weg", "suicidal", "may_leave_partner"),
    ("papa drinkt en rijdt dan met ons in de auto", None, "drunk_driver"),
    ("ik zit nu in den auto", "unsafe_home", None),
    ("we zitten nu in de auto, papa rijdt", None, None),
    ("jsuis dans la voiture avec papa", None, None),
    ("il a bu et il conduit", None, "drunk_driver"),
    ("niks helpt nog", None, None),
    ("niks helpt nog", "cyberbullying", "nothing_helps"),
    ("plus rien marche", "unsafe_home", "nothing_helps"),
    ("we zitten in de auto naar zee", None, None),
    ("mon prof de math il crie", None, "harsh_teacher"),
    ("mijn leerkracht gooide een stoel", None, "harsh_teacher"),
    ("mijn leerkracht roept altijd maar tis wel ne goeie", None, None),
    ("mn leraar smijt met krijt, grappig", None, None),
    ("mon prof crie mais il est sympa", None, None),
    ("mon prof me touche et il crie", None, None),
]
_BEHIND = [
    ("nu leest em alles", "partner_control", "partner_control_more"),
    ("is da normaal", "partner_control", "partner_control_more"),
    ("il a jeté une chaise hier", "harsh_teacher", "harsh_teacher_more"),
    ("nu leest em alles", None, None),
    ("ik zit nu in den auto", "drunk_driver", "drunk_driver_now"),
    ("jsuis dans la voiture", "drunk_driver", "drunk_driver_now"),
    ("ik en mijn broertje", "drunk_driver", "drunk_driver_more"),
    ("vrijdag weer", "drunk_driver", "drunk_driver_more"),
    ("van mijn pa", "black_eye", "black_eye_home"),
    ("c'est mon père", "black_eye", "black_eye_home"),
    ("gevallen met de fiets", "black_eye", None),
    ("mijn pa slaat mij", "black_eye", None),
    ("van mijn pa", None, None),
]


@pytest.mark.parametrize(("text", "is_told"), _STRANGLED)
def test_a_squeezed_throat_has_words_of_its_own(text: str, is_told: bool) -> None:
    assert (kind_of_opening("unsafe_home", " ".join(words_of(text))) == "strangled") is is_told


@pytest.mark.parametrize(("text", "path", "name"), _TOLD)
def test_what_is_told_of_home_is_met(text: str, path: str | None, name: str | None) -> None:
    found = asked_questions().opened(text, path, None)
    assert (found and found.name) == name


@pytest.mark.parametrize(("text", "talk", "name"), _BEHIND)
def test_more_of_it_right_behind(text: str, talk: str | None, name: str | None) -> None:
    found = asked_questions().opened(text, None, talk)
    assert (found and found.name) == name
