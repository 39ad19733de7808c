"""What is said plainly is heard, in whatever tense and order and of whomever; words near it that mean something else are not."""

from __future__ import annotations

from collections import Counter

import pytest
from safety_samples import plain

from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_need_of_danger_is_said_plainly_and_heard(detector: CrisisDetector, language: str) -> None:
    said = plain(f"plain_{language}.txt")
    assert {need for need, _ in said} == {name for name, need in NEEDS.items() if need.urgency.is_danger}
    assert len(said) > 500
    assert [sentence for _, sentence in said if detector.find(sentence) is None] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_it_is_nearly_always_heard_as_what_it_is(detector: CrisisDetector, language: str) -> None:
    """Some fit two needs ("ze houden mij vast en verkopen mij"); 112 or 116000 is named for either."""
    said = plain(f"plain_{language}.txt")
    other = Counter(need for need, sentence in said if need not in {finding.need for finding in detector.find_all(sentence)})
    assert other.total() / len(said) < 0.04, other


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_words_near_danger_that_mean_something_else_are_let_pass(detector: CrisisDetector, language: str) -> None:
    said = plain(f"plain_everyday_{language}.txt")
    assert len(said) >= 100
    assert [sentence for _, sentence in said if detector.find(sentence) is not None] == []


@pytest.mark.parametrize(
    ("text", "need", "level", "now"),
    [
        ("hij verkracht mij", "sexual_abuse", Urgency.HIGH, False),
        ("mn pa verkracht men zus", "sexual_abuse", Urgency.HIGH, False),
        ("hij verkracht mij nu", "sexual_abuse", Urgency.EMERGENCY, True),
        ("hij probeert mij te verkrachten", "sexual_abuse", Urgency.EMERGENCY, True),
        ("mijn oom gaat mij verkrachten", "sexual_abuse", Urgency.EMERGENCY, True),
        ("ils me violent", "sexual_abuse", Urgency.HIGH, False),
        ("mon oncle va me violer", "sexual_abuse", Urgency.EMERGENCY, True),
        ("gisteren heeft hij mij geslagen", "unsafe_home", Urgency.HIGH, False),
        ("mon père m'a frappée", "unsafe_home", Urgency.HIGH, False),
        ("papa wurgt mama", "unsafe_home", Urgency.EMERGENCY, True),
        ("ik slik nu alle pillen", "suicidal", Urgency.EMERGENCY, True),
        ("jprends tous les cachets", "suicidal", Urgency.EMERGENCY, True),
        ("kwil der ni meer zijn", "suicidal", Urgency.EMERGENCY, False),
        ("hij wil vanavond afspreken hij is 35", "grooming", Urgency.EMERGENCY, True),
        ("il veut me voir ce soir il a 35 ans", "grooming", Urgency.EMERGENCY, True),
    ],
)
def test_how_urgent_it_is_follows_the_moment(detector: CrisisDetector, text: str, need: str, level: Urgency, now: bool) -> None:
    found = detector.find(text)
    assert found is not None
    assert (found.need, found.level, found.now) == (need, level, now)


@pytest.mark.parametrize(
    ("text", "need", "now", "body"),
    [
        ("inbreker beneden ik zit in de kast", "unsafe_home", True, False),
        ("er staat een man met een mes aan mijn school", "unsafe_home", True, False),
        ("mijn vriendin wordt nu in elkaar geslagen", "unsafe_home", True, False),
        ("papa doet mama pijn nu", "unsafe_home", True, False),
        ("mijn broertje is aan het stikken", "other_wellbeing", True, True),
        ("mijn zus is flauwgevallen en wordt niet wakker", "other_wellbeing", True, True),
        ("een vent heeft mij opgesloten", "unsafe_home", True, False),
        ("mijn nonkels gaan mij vermoorden", "unsafe_home", True, False),
        ("alsof hij afscheid neemt", "suicidal", False, False),
        ("het zou beter zijn als ik niet geboren was", "suicidal", False, False),
        ("un cambrioleur est en bas", "unsafe_home", True, False),
        ("ya quelquun qui est entré chez moi", "unsafe_home", True, False),
        ("jsuis seule ya quelqun chez moi", "unsafe_home", True, False),
        ("ma meuf se fait taper la", "unsafe_home", True, False),
        ("mon père fait du mal à ma mère là", "unsafe_home", True, False),
        ("mon frère est en train de s'étouffer", "other_wellbeing", True, True),
        ("ma soeur sest evanouie et elle se réveille pas", "other_wellbeing", True, True),
        ("un type m'a enfermée", "unsafe_home", True, False),
        ("si jen parle mes freres vont me tuer", "unsafe_home", True, False),
        ("si jle dis a la police ils me tuent", "unsafe_home", True, False),
        ("il fait ses adieux", "suicidal", False, False),
        ("jpense des fois que je devrais mourir", "suicidal", False, False),
        ("jai croisé le gars qui ma violée", "sexual_abuse", False, False),
        ("je croise mon violeur tous les jours au college", "sexual_abuse", False, False),
    ],
)
def test_what_testers_said_in_vain_is_heard(detector: CrisisDetector, text: str, need: str, now: bool, body: bool) -> None:
    found = detector.find(text)
    assert found is not None
    assert (found.need, found.now, found.body) == (need, now, body)


@pytest.mark.parametrize("text", ["mes oncles vont me tuer", "mes cousins vont me tuer", "mes frères veulent me tuer"])
def test_a_threat_by_relatives_is_no_wish_to_die(detector: CrisisDetector, text: str) -> None:
    assert {finding.need for finding in detector.find_all(text)} == {"unsafe_home"}


@pytest.mark.parametrize(
    "text",
    [
        "in gta is er een inbreker in huis",
        "mijn vriendin is flauwgevallen maar ze is weer ok",
        "mijn broer stikt in het huiswerk",
        "mijn neven gaan mij vermoorden haha",
        "de juf neemt afscheid van iedereen",
        "hij zorgt heel goed voor zijn kat",
        "un mec est rentré chez moi boire un coca après le foot",
        "il est tombé dans les pommes du jardin",
        "mes freres vont me tuer jai mangé leurs chips",
        "si je rate mon interro ils me tuent",
        "mon père m'a attaché ma ceinture",
        "la chanson qui m'a touchée",
        "je devrais crever le ballon",
        "quelquun sait la réponse",
    ],
)
def test_talk_near_it_is_let_pass(detector: CrisisDetector, text: str) -> None:
    assert detector.find(text) is None
