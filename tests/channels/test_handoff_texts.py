"""The words of a hand-off: complete, short, without promises; the card says what is known and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hub_world import ROOT

from channels.handoff_texts import MOST_SENTENCES, REQUIRED_NAMES, HandoffTexts, telling, urgency_for
from channels.store import Conversation, Escalation
from channels.worry import Worry, heard
from kernel.conversation import Holder
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector
from safety.datafile import DataError

FILE = ROOT / "data/safety/handoff.yml"


@pytest.fixture(scope="module")
def texts() -> HandoffTexts:
    return HandoffTexts.load(FILE)


@pytest.fixture(scope="module")
def detector() -> CrisisDetector:
    return CrisisDetector.load(FILE.parent)


def conversation(urgency: Urgency = Urgency.HIGH, language: Language = Language.NL, **memory: Any) -> Conversation:
    return Conversation("c" * 32, language, Holder.BOT, urgency, 0, memory)


def offered(**more: Any) -> Escalation:
    nothing: dict[str, Any] = dict.fromkeys(Escalation.__slots__)
    known = {"id": "e", "state": EscalationState.OFFERED, "reason": "button", "channel": "web", "is_danger": False, "offered_at": 0.0}
    return Escalation(**nothing | known | {"is_after_hours": False, "referred_to": ()} | more)


def test_every_sentence_is_short_and_promises_nothing(texts: HandoffTexts) -> None:
    promises = re.compile(
        r"\b(komt er zeker|beloven|geheim|secret|promis|niemand zal|personne ne saura|meteen iemand|tout de suite quelqu)", re.I
    )
    for name in REQUIRED_NAMES:
        for language in Language:
            text = texts.text(name, language)
            assert len(text.split()) <= 60, (name, language)
            assert not promises.search(text), (name, language)
    for name in ("waiting_emergency", "human_waiting", "not_claimed"):  # nobody waits for staff alone
        assert all(re.search(r"112|lijnen|lignes", texts.text(name, language)) for language in Language)


def test_a_missing_sentence_is_named(tmp_path: Path) -> None:
    path = tmp_path / "handoff.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("  not_claimed:", "  not_claimd:"), encoding="utf-8")
    with pytest.raises(DataError, match="not_claimed"):
        HandoffTexts.load(path)


@pytest.mark.parametrize("language", list(Language))
def test_every_need_that_can_be_brought_has_plain_words(texts: HandoffTexts, language: Language) -> None:
    for name, need in NEEDS.items():
        has_words = not need.is_conversation and name != "want_human"
        lines = texts.card(conversation(language=language, need=name), offered(), [], is_desk_open=True)
        found = [line for line in lines if line.kind == "need"]
        assert [line.value for line in found] == ([name] if has_words else [])
        assert all(line.text and "_" not in line.text for line in lines)


def test_the_card_says_what_is_known_and_leaves_out_what_is_not(texts: HandoffTexts) -> None:
    slots = {"who": "friend", "age_group": "14_15"}
    known = texts.card(conversation(need="grooming", slots=slots), offered(), ["hij wil dat ik kom"], is_desk_open=True)
    assert [(line.kind, line.value) for line in known] == [
        ("need", "grooming"), ("urgency", "high"), ("age_group", "14_15"), ("who", "friend"), ("language", "nl"), ("wants", None), ("said", None),
    ]  # fmt: skip
    unknown = texts.card(conversation(slots={"who": "self", "age_group": "unknown"}), offered(), [], is_desk_open=False)
    assert [line.kind for line in unknown] == ["urgency", "language", "wants"]
    assert unknown[-1].text == texts.text("card_wants_later", Language.NL)


@pytest.mark.parametrize(
    ("stored", "need", "signal", "expected"),
    [
        (Urgency.HIGH, None, None, Urgency.NORMAL),  # raised by the offer itself: says nothing
        (Urgency.HIGH, "sextortion", None, Urgency.HIGH),
        (Urgency.EMERGENCY, None, None, Urgency.EMERGENCY),
        (Urgency.HIGH, "sexting_question", Urgency.EMERGENCY, Urgency.EMERGENCY),
    ],
)
def test_urgency_is_of_the_need_and_the_danger(stored: Urgency, need: str | None, signal: Urgency | None, expected: Urgency) -> None:
    assert urgency_for(conversation(stored, need=need), offered(urgency=signal)) is expected


@pytest.mark.parametrize(
    ("said", "need", "level"),
    [
        ("ik kan echt niet meer", "other_wellbeing", Urgency.HIGH),
        ("j'en peux plus", "other_wellbeing", Urgency.HIGH),
        ("ik haat mezelf", "other_wellbeing", Urgency.HIGH),
        ("je me déteste", "other_wellbeing", Urgency.HIGH),
        ("ik wil gewoon verdwijnen", "suicidal", Urgency.EMERGENCY),
        ("j'en peux plus de cette vie", "suicidal", Urgency.EMERGENCY),
        ("mijn papa slaat mij", "unsafe_home", Urgency.HIGH),
        ("il va me tuer aidez moi", "unsafe_home", Urgency.EMERGENCY),
    ],
)
def test_what_was_found_is_as_urgent_in_talk_worry_and_hand_off(detector: CrisisDetector, said: str, need: str, level: Urgency) -> None:
    found = detector.find(said)
    assert found is not None
    assert (found.need, found.level) == (need, level)
    worry = heard(found)
    assert worry is not None and worry.level is level
    assert urgency_for(conversation(found.level, need=found.need), offered(urgency=found.level)) is level


def test_of_what_was_said_the_last_sentences_that_tell_something() -> None:
    said = ["hallo", "hij vroeg een foto", "ja", "sos", "en toen nog een", "ok dan", "ik heb die gestuurd", "nu wil hij geld"]
    assert telling(said) == ["en toen nog een", "ik heb die gestuurd", "nu wil hij geld"]
    assert len(telling([f"een zin met nummer {number}" for number in range(20)])) == MOST_SENTENCES


def test_a_long_message_is_shortened_and_braces_stay_as_they_were(texts: HandoffTexts) -> None:
    long, braces = "woord " * 200, "ik schreef {text} en {days} hier"
    lines = texts.card(conversation(), offered(), [long, braces], is_desk_open=True)
    said = [line.text for line in lines if line.kind == "said"]
    assert len(said[0]) < 330
    assert said[0].endswith("…”")
    assert braces in said[1]


def test_what_staff_lowered_rises_by_what_was_told_since_alone() -> None:
    lowered = offered(need="suicidal", urgency=Urgency.NORMAL, is_danger=True, lowered_from=Urgency.EMERGENCY)
    assert urgency_for(conversation(), lowered) is Urgency.NORMAL
    assert urgency_for(conversation(need="sextortion"), lowered) is Urgency.HIGH
    assert urgency_for(conversation(Urgency.EMERGENCY), lowered) is Urgency.EMERGENCY
    assert urgency_for(conversation(), offered(need="suicidal", urgency=Urgency.NORMAL)) is Urgency.EMERGENCY


def test_the_card_names_what_was_told_since_it_was_lowered(texts: HandoffTexts) -> None:
    lowered = offered(need="suicidal", urgency=Urgency.NORMAL, is_danger=True, lowered_from=Urgency.EMERGENCY)

    def needs(now: Conversation) -> list[str | None]:
        return [line.value for line in texts.card(now, lowered, [], is_desk_open=True) if line.kind == "need"]

    assert needs(conversation(need="cyberbullying")) == ["cyberbullying"]
    assert needs(conversation()) == ["suicidal"]


@pytest.mark.parametrize(
    ("need", "slots", "part", "age"),
    [
        ("sextortion", {"who": "adult", "age_group": "under14"}, "foto van die persoon", False),  # a mother, of her child
        ("self_harm", {"who": "friend", "age_group": "14_15"}, "Die persoon doet zichzelf pijn", True),
        ("cyberbullying", {"who": "friend"}, "Die persoon wordt gepest", False),
        ("self_harm", {"who": "self", "age_group": "under14"}, "mezelf pijn doen", True),
        ("suicidal", {"who": "friend"}, "niet meer willen leven", False),
    ],
)
def test_what_is_told_of_somebody_else_is_no_line_of_the_writer(
    texts: HandoffTexts, need: str, slots: dict[str, Any], part: str, age: bool
) -> None:
    found = texts.card(conversation(need=need, slots=slots), offered(), [], is_desk_open=True)
    assert part in next(line.text for line in found if line.kind == "need")
    assert any(line.kind == "age_group" for line in found) is age


@pytest.mark.parametrize(
    ("need", "slots", "lines"),
    [
        ("deepfake_nude", {"did": "fake", "topic": "i_shared_it"}, [("did", "fake")]),
        ("i_shared_it", {"did": "harm", "topic": "i_shared_it"}, [("did", "harm")]),  # "ik heb niks doorgestuurd"
        ("i_shared_it", {"did": None, "topic": "i_shared_it"}, [("need", "i_shared_it"), ("urgency", "normal")]),
        ("unsafe_home", {"did": "harm", "topic": "unsafe_home"}, [("need", "unsafe_home"), ("did", "harm"), ("urgency", "high")]),
        ("unsafe_home", {"did": "anything", "topic": "unsafe_home"}, [("need", "unsafe_home"), ("urgency", "high")]),
    ],
)
def test_who_did_it_has_no_lines_of_a_victim(texts: HandoffTexts, need: str, slots: dict[str, Any], lines: list[tuple[str, str]]) -> None:
    found = texts.card(conversation(need=need, slots=slots), offered(), [], is_desk_open=True)
    assert [(line.kind, line.value) for line in found if line.kind in ("need", "did", "urgency")] == lines


@pytest.mark.parametrize(
    ("worry", "need", "said"),
    [
        (None, None, "normal"),  # the model's odds alone
        (None, "suicidal", "emergency"),
        (Worry("unsafe_home", Urgency.EMERGENCY), "unsafe_home", "emergency"),
        (Worry("unsafe_home", Urgency.EMERGENCY, is_believed=True), "unsafe_home", None),  # taken back
        (Worry("unsafe_home", Urgency.HIGH), "unsafe_home", "high"),
    ],
)
def test_danger_stands_on_the_card_only_where_it_was_told(
    texts: HandoffTexts, worry: Worry | None, need: str | None, said: str | None
) -> None:
    known = conversation(Urgency.EMERGENCY, need=need, worry=worry.kept() if worry else None)
    found = texts.card(known, offered(urgency=Urgency.EMERGENCY), [], is_desk_open=True)
    assert next((line.value for line in found if line.kind == "urgency"), None) == said


@pytest.mark.parametrize(
    ("is_believed", "topic", "said"),
    [
        (False, "other_wellbeing", "suicidal"),
        (True, "other_wellbeing", "other_wellbeing"),  # "non, arrête avec le suicide, je veux parler de mes parents"
        (True, None, None),
        (True, "suicidal", "suicidal"),  # only 112 was denied, or it was a joke: the talk goes on about it
    ],
)
def test_what_was_denied_and_believed_is_no_subject_of_the_card(
    texts: HandoffTexts, is_believed: bool, topic: str | None, said: str | None
) -> None:
    worry = Worry("suicidal", Urgency.EMERGENCY, is_believed=is_believed)
    known = conversation(Urgency.EMERGENCY, need="suicidal", worry=worry.kept(), slots={"topic": topic})
    found = texts.card(known, offered(need="suicidal"), [], is_desk_open=True)
    assert next((line.value for line in found if line.kind == "need"), None) == said
