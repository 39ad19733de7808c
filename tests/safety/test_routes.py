"""The routing table against the referral rules of needs.md: single answers. Every combination: test_routes_walk.py."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from safety_samples import SAFETY

from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.directory import Directory
from safety.routes import AGE_GROUPS, WHO, Routes

NL, FR = Language.NL, Language.FR
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
OF_LIFE_LINES = {"zelfmoordlijn_1813", "prevention_suicide"}
NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)
FIRST = {
    "sexting_question": ("childfocus", "childfocus"),
    "nude_spread": ("childfocus", "childfocus"),
    "sextortion": ("childfocus", "childfocus"),
    "report_content_removal": ("take_it_down", "take_it_down"),
    "sexual_abuse": ("nupraatikerover", "maintenantjenparle"),
    "seen_csam": ("childfocus_report", "childfocus_report"),
    "worried_own_feelings": ("stopitnow_nl", "seos"),
    "runaway_thinking": ("childfocus", "childfocus"),
    "unsafe_home": ("line_1712", "ecoute_enfants_103"),
    "friend_missing": ("childfocus", "childfocus"),
    "parental_abduction": ("childfocus", "childfocus"),
    "suicidal": ("zelfmoordlijn_1813", "prevention_suicide"),
    "self_harm": ("awel", "ecoute_enfants_103"),
    "cyberbullying": ("awel", "ecoute_enfants_103"),
    "other_wellbeing": ("awel", "ecoute_enfants_103"),
    "want_human": ("childfocus", "childfocus"),
}


@pytest.mark.parametrize("need", FIRST)
def test_the_first_to_name_is_that_of_the_table(routes: Routes, need: str) -> None:
    for at in (NOON, NIGHT):
        assert (routes.lines(need, NL, at=at)[0], routes.lines(need, FR, at=at)[0]) == FIRST[need]


def test_an_open_line_follows_the_closed_one(routes: Routes) -> None:
    assert routes.lines("sexual_abuse", NL, at=NOON) == ("nupraatikerover", "line_1712", "zsg_cpvs")
    assert routes.lines("sexual_abuse", NL, at=NIGHT) == ("nupraatikerover", "childfocus", "zsg_cpvs")


def test_an_open_line_stands_right_behind_a_first_one_that_is_known_to_be_closed(routes: Routes) -> None:
    assert routes.lines("unsafe_home", NL, at=NOON) == ("line_1712", "awel", "childfocus")
    assert routes.lines("unsafe_home", NL, at=NIGHT) == ("line_1712", "childfocus", "awel")


@pytest.mark.parametrize("age", AGE_GROUPS)
@pytest.mark.parametrize("who", WHO)
def test_what_is_named_for_danger_is_named_for_an_emergency_too(routes: Routes, who: str, age: str) -> None:
    lost = []
    for need, language in product(NEEDS, Language):
        high, emergency = (
            routes.lines(need, language, who=who, age_group=age, urgency=level, at=NOON) for level in (Urgency.HIGH, Urgency.EMERGENCY)
        )
        lost += [(need, language, line) for line in high if line in OF_LIFE_LINES and line not in emergency]
    assert lost == [], "more urgent, and the line for whoever wants to die is gone"


def test_suicide_names_its_line_and_112(routes: Routes) -> None:
    assert routes.lines("suicidal", NL, at=NIGHT) == ("zelfmoordlijn_1813", "emergency_112", "childfocus")
    assert routes.lines("suicidal", FR, at=NIGHT, now=True) == ("emergency_112", "prevention_suicide", "childfocus")


@pytest.mark.parametrize(
    ("age", "lines"),
    [
        ("under14", ("childfocus", "awel")),  # JAC is from 12 on
        ("14_15", ("childfocus", "jac", "awel")),
        ("16_17", ("childfocus", "jac", "awel")),
        ("adult", ("childfocus", "awel")),  # JAC is up to 25
        ("unknown", ("childfocus", "awel", "jac")),  # it serves most teenagers: kept, behind those for all
        ("12", ("childfocus", "awel", "jac")),
    ],
)
def test_a_line_for_some_ages_goes_to_those(routes: Routes, age: str, lines: tuple[str, ...]) -> None:
    assert routes.lines("runaway_thinking", NL, age_group=age, at=NOON) == lines


def test_an_adult_who_asks_for_a_child_gets_what_is_for_adults(routes: Routes) -> None:
    for age in ("unknown", "adult"):  # "adult": they told their own age
        asked = {"who": "adult", "age_group": age, "at": NOON}
        assert routes.lines("sexual_abuse", NL, **asked) == ("line_1712", "vertrouwenscentrum", "zsg_cpvs")
        assert routes.lines("sexual_abuse", FR, **asked) == ("sos_enfants", "childfocus", "zsg_cpvs")
        assert routes.lines("unsafe_home", NL, **asked) == ("line_1712", "vertrouwenscentrum", "childfocus")
        assert routes.lines("unsafe_home", FR, **asked) == ("ecoute_enfants_103", "childfocus", "sos_enfants")
        # The picture is the child's, whatever the age of who asks.
        assert routes.lines("nude_spread", NL, **asked) == ("childfocus", "take_it_down", "awel")
        assert routes.lines("other_wellbeing", NL, **asked) == ("tele_onthaal", "clb_chat")


def test_an_adult_for_themself_gets_no_service_for_minors(routes: Routes) -> None:
    assert routes.lines("unsafe_home", FR, age_group="adult", at=NOON) == (
        "ecoute_enfants_103",
        "ecoute_violences_conjugales",
        "childfocus",
    )
    assert routes.lines("sexual_abuse", FR, age_group="adult", at=NOON) == ("sos_viol", "childfocus", "zsg_cpvs")
    assert routes.lines("legal_question", FR, age_group="adult", at=NOON) == ("childfocus",)


@pytest.mark.parametrize("age", ["under14", "adult"])
def test_where_no_line_of_a_list_is_for_them_there_is_116000(directory: Directory, tmp_path: Path, age: str) -> None:
    path = tmp_path / "routes.yml"
    text = (SAFETY / "routes.yml").read_text(encoding="utf-8")
    path.write_text(text.replace("legal_question: {nl: [childfocus, jac]", "legal_question: {nl: [jac]"), encoding="utf-8")
    routes = Routes.load(path, directory)
    assert routes.lines("legal_question", NL, age_group=age, at=NOON) == ("childfocus",)
    assert routes.lines("legal_question", NL, age_group="14_15", at=NOON) == ("jac", "childfocus")


@pytest.mark.parametrize("age", AGE_GROUPS)
def test_questions_with_lines_of_their_own(routes: Routes, directory: Directory, age: str) -> None:
    assert routes.lines_of_question("orientation", NL, age_group=age, at=NIGHT) == ("lumi", "childfocus")
    assert routes.lines_of_question("orientation", FR, age_group=age, at=NIGHT) == ()
    bed = {language: routes.lines_of_question("where_to_go", language, age_group=age, at=NIGHT) for language in (NL, FR)}
    assert all(lines[:2] == ("childfocus", "emergency_112") for lines in bed.values())
    assert bed[NL][2:] == (("jac",) if age in ("14_15", "16_17", "unknown") else ())
    assert bed[FR][2:] == (("sos_jeunes",) if age != "adult" else ())
    assert routes.lines_of_question("nonsense", NL, age_group=age, at=NIGHT) == ()
