"""Danger is heard: every example of the terms files, held-out sentences, everyday talk, hostile input, speed."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_samples import SAFETY, rows

from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector, check_terms
from safety.datafile import DataError
from safety.terms import TermSet

NEEDS_COVERED = {
    "suicidal", "runaway_now", "friend_missing", "sextortion", "nude_spread", "deepfake_nude", "grooming", "sexual_abuse", "unsafe_home",
    "self_harm", "teen_pimp", "unaccompanied_minor", "parental_abduction", "worried_own_feelings", "runaway_thinking",
    "other_wellbeing",  # somebody who does not wake up, harm to others
    "cyberbullying",  # a knife brought to school
}  # fmt: skip


def test_every_example_and_counter_example(detector: CrisisDetector) -> None:
    assert check_terms(detector) == []


@pytest.mark.parametrize("number", [0, 1])
def test_every_danger_need_has_patterns(detector: CrisisDetector, number: int) -> None:
    assert {pattern.need for pattern in detector.terms[number].patterns} == NEEDS_COVERED


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(("sets", "emergency", "high"), [("danger", 0.90, 0.90), ("blind", 0.75, 0.80)])
def test_recall_on_sentences_not_copied_from_the_terms(
    detector: CrisisDetector, language: str, sets: str, emergency: float, high: float
) -> None:
    """`danger_*` was written before the terms, `blind_*` after a first version of them (which heard 2 to 5 of 20 and 1 to 4 of 24).

    Both were then looked at while classes of phrases were mended, so these bars guard against going back; they are no estimate for
    strangers' words. That estimate is `make evaluate`, on messages nobody here has seen.
    """
    for level, bar in (("emergency", emergency), ("high", high)):
        texts = [row["text"] for row in rows(f"{sets}_{language}.jsonl") if row["level"] == level]
        heard = sum(detector.find(text) is not None for text in texts)
        assert len(texts) >= 15
        assert heard / len(texts) >= bar, f"{sets} {language} {level}: {heard}/{len(texts)}"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_everyday_talk_raises_no_alarm(detector: CrisisDetector, language: str) -> None:
    texts = [row["text"] for name in ("everyday", "blind_everyday") for row in rows(f"{name}_{language}.jsonl")]
    alarms = [text for text in texts if detector.find(text) is not None]
    assert len(texts) >= 150
    assert len(alarms) / len(texts) <= 0.01, alarms


@pytest.mark.parametrize(
    ("text", "need", "now"),
    [
        ("papa is mij nu aan het slaan help", "unsafe_home", True),
        ("il est devant ma porte avec un couteau", "unsafe_home", True),
        ("K W I L   D O O D", "suicidal", False),
        ("jveu mouriiir", "suicidal", False),
        ("ikwilniemeerleven", "suicidal", False),
        ("je ne veux plus vivre", "suicidal", False),
        ("ik\u200b wil\u200b dood", "suicidal", False),
        ("ik ga vanavond afspreken met een man van 40", "grooming", True),
    ],
)
def test_danger_in_many_spellings(detector: CrisisDetector, text: str, need: str, now: bool) -> None:
    found = detector.find(text)
    assert found is not None
    assert (found.need, found.now, found.level) == (need, now, Urgency.EMERGENCY)


@pytest.mark.parametrize(
    ("said", "is_danger"),
    [
        ("soms denk ik was ik er maar niet", True),
        ("was k er maar ni", True),
        ("was ik maar nooit geboren", True),
        ("kwou dak er nie meer was", True),
        ("si seulement j'etais pas là", True),
        ("j'aimerais ne pas être née", True),
        ("si j'étais pas la ca serait mieux pour eux", True),
        ("was ik er maar niet bij geweest", False),
        ("was ik er maar niet over begonnen", False),
        ("ik wou dat ik er niet bij was", False),
        ("si seulement j'étais pas là-bas hier", False),
    ],
)
def test_not_to_be_there_is_danger_and_not_to_have_been_at_something_is_none(detector: CrisisDetector, said: str, is_danger: bool) -> None:
    found = detector.find(said)
    assert (found and (found.need, found.level)) == (("suicidal", Urgency.EMERGENCY) if is_danger else None)


def test_a_guard_silences_its_own_sentence_only(detector: CrisisDetector) -> None:
    assert detector.find("mijn papa slaat mij met monopoly") is None
    assert detector.find("we spelen monopoly. mijn papa slaat mij") is not None
    assert detector.find("dans le film il la fait chanter") is None
    assert detector.find("dans le film il la fait chanter. moi aussi on me fait chanter") is not None


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        ("touw gekocht voor mijn hangmat", False),
        ("touw gekocht voor vannacht", True),
        ("jvais me pendre aux barres de la trampoline", False),
        ("jvais me pendre cette nuit", True),
        # Too far away to be what was meant; another sentence; a body.
        ("ik heb touw gekocht want ik wil dood, mijn ouders denken dat het voor mijn hangmat is", True),
        ("touw gekocht voor vannacht. de hangmat is kapot", True),
        ("mijn zus wordt niet wakker, ze ligt in de hangmat", True),
    ],
)
def test_an_everyday_thing_next_to_what_was_found_silences_it(detector: CrisisDetector, text: str, is_danger: bool) -> None:
    assert (detector.find(text) is not None) is is_danger


def test_danger_inside_a_long_text_and_in_the_other_language(detector: CrisisDetector) -> None:
    assert detector.find("bla bla. " * 1500 + "ik wil niet meer leven. " + "en zo verder. " * 200) is not None
    found = detector.find_all("ik ben bang. je veux mourir")
    assert any(finding.language is Language.FR and finding.need == "suicidal" for finding in found)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_it(detector: CrisisDetector, text: str) -> None:
    assert isinstance(detector.find_all(text), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil " * 4000,
        "a" * 20_000,
        "a " * 10_000,
        "😀" * 4000,
        "ﷺ" * 20_000,
        "je veux pas " * 2000,
        "mijn foto " * 2500,
        "." * 20_000,
        "ikwil" * 4000,
        "a.b-c " * 4000,
        "\u0301" * 20_000,
    ],
)
def test_hostile_length_takes_no_longer_than_a_blink(detector: CrisisDetector, text: str) -> None:
    start = time.perf_counter()
    detector.find_all(text)
    assert time.perf_counter() - start < 1.5


def test_a_normal_message_takes_less_than_a_millisecond(detector: CrisisDetector) -> None:
    texts = [row["text"] for name in ("danger_nl", "danger_fr", "everyday_nl", "everyday_fr") for row in rows(f"{name}.jsonl")]
    times = []
    for text in texts:
        start = time.perf_counter()
        detector.find(text)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.001


@pytest.mark.parametrize(
    "pattern",
    [
        "{name: a, need: nonsense, level: high, say: dood, fires: dood, quiet: x}",
        "{name: a, need: suicidal, level: normal, say: dood, fires: dood, quiet: x}",
        "{name: a, need: suicidal, level: high, say: dood, fires: dood, quiet: x}",
        "{name: a, need: self_harm, level: high, say: 'op @nolist', fires: dood, quiet: x}",
        "{name: a, need: self_harm, level: high, say: '[op]', fires: dood, quiet: x}",
        "{name: a, need: self_harm, level: high, say: dood, fires: dood}",
    ],
)
def test_a_malformed_pattern_is_named(tmp_path: Path, pattern: str) -> None:
    path = tmp_path / "terms_nl.yml"
    path.write_text(f"terms:\n  language: nl\n  patterns: [{pattern}]\n", encoding="utf-8")
    with pytest.raises(DataError, match="`a`"):
        TermSet.load(path, Language.NL)


def test_a_planted_wrong_example_is_reported(tmp_path: Path) -> None:
    good = "terms:\n  language: {code}\n  patterns:\n  - {{name: a, need: self_harm, level: high, say: dood, fires: {fires}, quiet: {quiet}}}\n"
    (tmp_path / "terms_nl.yml").write_text(good.format(code="nl", fires="leven", quiet="dood"), encoding="utf-8")
    (tmp_path / "terms_fr.yml").write_text(good.format(code="fr", fires="dood", quiet="vie"), encoding="utf-8")
    wrong = check_terms(CrisisDetector.load(tmp_path))
    assert len(wrong) == 2
    assert "does not find" in wrong[0]
    assert "wrongly finds" in wrong[1]


def test_the_files_are_the_projects_own() -> None:
    assert (SAFETY / "terms_nl.yml").is_file()
    assert (SAFETY / "terms_fr.yml").is_file()


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        (Language.NL, "Ik ga dóód van het lachen!! Echt.", ". ik ga . echt ."),
        (Language.FR, "jsuis morte de rire", ". je suis ."),
        (Language.NL, "ik ga dood van het lachen en mijn pa slaat mij", ". ik ga en mijn pa slaat mij ."),
        (Language.FR, "ik ga dood van het lachen", None),
        (Language.NL, "ik wil dood", None),
    ],
)
def test_figures_of_speech_are_cut_out_and_the_rest_is_read(
    detector: CrisisDetector, language: Language, text: str, left: str | None
) -> None:
    assert detector.without_idioms(text, language) == left


def test_what_stands_beside_a_figure_of_speech_is_heard(detector: CrisisDetector) -> None:
    assert detector.find("ik ga dood van het lachen") is None
    assert detector.find("ik ga dood van het lachen nee ik wil echt dood") is not None


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("help papa heeft een mes pls", "geweld_bezig"),
        ("zelfmoord vanavond", "zelfmoord"),
        ("net 20 pilln geslikt help", "zelfmoord_middel"),
        ("je saute ce soir", "au_bord"),
        ("jme sui coupé et sa saigne tro", "saigne_beaucoup"),
        ("il menace denvoyer", "chantage"),
    ],
)
def test_words_that_say_nothing_and_general_slips_hide_no_danger(detector: CrisisDetector, text: str, pattern: str) -> None:
    assert pattern in {found.pattern for found in detector.find_all(text)}


@pytest.mark.parametrize(
    "text", ["help ik heb een appel gegeten pls", "kbrand van nieuwsgierigheid", "jtrouve ca cool", "une larme", "dont acte"]
)
def test_nor_do_they_make_one(detector: CrisisDetector, text: str) -> None:
    assert detector.find(text) is None
