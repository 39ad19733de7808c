"""A meeting that is told, what a teacher does behind a crush on one, and ages that are told and nothing else."""

from __future__ import annotations

import pytest

from bot.components.ages_told import ages_in, are_both_told, asks_law, tells_only_ages
from bot.components.openings import kind_of_opening, other_need, told_behind
from kernel.language import words_of


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("ik ga vrijdag afspreken met hem", True),
        ("we hebben afgesproken aan de bib", True),
        ("on va se voir dimanche au parc", True),
        ("jy vais samedi", True),
        ("hij wil vrijdag afspreken", False),
        ("moet ik met hem afspreken", False),
        ("ik ga niet afspreken", False),
        ("il veut me voir dimanche", False),
        ("jvais pas y aller", False),
    ],
)
def test_a_meeting_that_is_told_is_no_wish_of_somebody(words: str, is_told: bool) -> None:
    assert (kind_of_opening("grooming", words) == "meets") is is_told


@pytest.mark.parametrize(
    ("words", "need"),
    [
        ("il a dit viens chez moi", "grooming"),
        ("hij zegt kom bij mij thuis", "grooming"),
        ("il est beau", None),
        ("hij geeft turnen", None),
    ],
)
def test_behind_a_crush_on_a_teacher_what_the_teacher_does_is_heard(words: str, need: str | None) -> None:
    assert told_behind("teacher_crush", words) == need


@pytest.mark.parametrize(
    ("words", "is_all"),
    [("hij is 17 ik ben 14", True), ("moi 15 lui 16", True), ("ik ben 14 en hij slaat mij", False), ("en toen ben ik weg", False)],
)
def test_ages_and_nothing_else(words: str, is_all: bool) -> None:
    assert tells_only_ages(words) is is_all


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("moi 13 lui 20 on a le droit de coucher", True),
        ("moi 14 lui 22 c'est legal", True),
        ("jai 15 lui 27 on sort ensemble c illegal", True),
        ("mijn lief is 25 en ik 15 mag da", True),
        ("ik ben 14 en hij is 21 mag da van de wet", True),
        ("moi 15 lui 16 on a le droit", False),
        ("mijn lief is 17 en ik 16 mogen wij samen op vakantie", False),
        ("hij is 21 en ik 13, mijn broer mag meer", False),
        ("ik ben 14 en hij is 21", False),
    ],
)
def test_how_far_apart_they_are_goes_before_the_law(text: str, is_asked: bool) -> None:
    words = " ".join(words_of(text))
    assert (are_both_told(ages_in(words), words) and asks_law(words)) is is_asked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mon frere a 16 ans et moi 13 on joue ensemble", None),
        ("mijn broer is 16 en ik 13, wij slapen samen op kamp", None),
        ("mon copain a 16 et moi 15", "ages"),
        ("mes parents veulent pas, moi 15 lui 17, on peut coucher", "ages"),
    ],
)
def test_ages_of_a_family_are_no_question_of_law(text: str, kind: str | None) -> None:
    assert kind_of_opening("legal_question", " ".join(words_of(text))) == kind


@pytest.mark.parametrize(
    ("need", "text", "becomes"),
    [
        ("worried_own_feelings", "chui un monstre?", "other_wellbeing"),
        ("worried_own_feelings", "ben ik een monster", "other_wellbeing"),
        ("worried_own_feelings", "chui un monstre jai des pensées sur des enfants", None),
        ("worried_own_feelings", "ben ik een monster, ik denk aan kinderen", None),
        ("worried_own_feelings", "jai des pensees sur un garcon de ma classe", "other_wellbeing"),
        ("worried_own_feelings", "gedachten over een jongen van mijn klas, hij is een kind", None),
        ("runaway_now", "jdors chez un pote ce soir", "other_wellbeing"),
        ("runaway_now", "ik slaap vannacht bij een gast van de voetbal", "other_wellbeing"),
        ("runaway_now", "jdors chez un pote ce soir, mon père ma viré", None),
        ("runaway_now", "ik slaap bij een vriend want ik durf niet naar huis", None),
        ("runaway_now", "jdors chez un mec de snap ce soir", "grooming"),
        ("unsafe_home", "on va couper le gateau ensemble en somalie", "other_wellbeing"),
        ("unsafe_home", "jvais me marier plus tard avec mon copain", "other_wellbeing"),
        ("unsafe_home", "ik wil later trouwen met mijn lief", "other_wellbeing"),
        ("unsafe_home", "jdois me marier plus tard avec mon cousin", None),
        ("unsafe_home", "ik moet later trouwen met mijn neef", None),
        ("unsafe_home", "on va me couper en somalie", None),
        ("self_harm", "ik heb een mes bij om mijn appel te snijden", "other_wellbeing"),
        ("self_harm", "ik snij mij met een mes, ook in een appel", None),
        ("unsafe_home", "ik wil mijn broer slaan soms", "other_wellbeing"),
        ("unsafe_home", "ik wil mijn broer slaan want hij slaat mij", None),
        ("legal_question", "mes parents ont 40 et 35 ans", "other_wellbeing"),
        ("legal_question", "ma soeur a 15 ans, elle peut partir vivre seule", None),
    ],
)
def test_what_only_sounds_like_a_danger(need: str, text: str, becomes: str | None) -> None:
    assert other_need(need, " ".join(words_of(text))) == becomes


@pytest.mark.parametrize("text", ["on va me couper en somalie", "mes parents me marient de force", "ze gaan mij daar snijden"])
def test_a_cutting_and_a_marriage_by_force_open_as_such(text: str) -> None:
    assert kind_of_opening("unsafe_home", " ".join(words_of(text))) == "forced"


def test_ages_of_somebody_liked() -> None:
    assert ages_in("wat als ge iemand leuk vindt die 20 is en ge zijt 14") == {
        "young_age": "14",
        "young_is": "writer",
        "older_age": "20",
        "close": "loves",
    }


@pytest.mark.parametrize(
    ("heard", "text", "need"),
    [
        ("sexual_abuse", "ma kiné me fait des massages aux epaules", "other_wellbeing"),
        ("sexual_abuse", "mijn kinesist masseert mijn rug", "other_wellbeing"),
        ("sexual_abuse", "mon tonton me fait des bisous a noel c normal nn?", "other_wellbeing"),
        ("sexual_abuse", "il ma touché au foot il a fait faute", "other_wellbeing"),
        ("sexual_abuse", "ma kine me masse et jaime pas", None),
        ("sexual_abuse", "mon kiné me masse les fesses", None),
        ("sexual_abuse", "mijn nonkel kust mij op mijn mond met kerst", None),
        ("sexual_abuse", "mon coach me fait des massages", None),
        ("self_harm", "jmets des manches longues pck il fait froid", "other_wellbeing"),
        ("self_harm", "lange mouwen want tis koud", "other_wellbeing"),
        ("self_harm", "jmets des manches longues, jdis que jai froid", None),
        ("self_harm", "altijd lange mouwen, niemand mag mijn armen zien", None),
    ],
)
def test_a_physiotherapist_a_feast_or_the_cold_is_no_abuse_and_no_wound(heard: str, text: str, need: str | None) -> None:
    assert other_need(heard, " ".join(words_of(text))) == need
