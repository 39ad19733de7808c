"""The routing table against the referral rules of needs.md, over all combinations and all minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.language import Language
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency
from safety.directory import Directory
from safety.routes import AGE_GROUPS, WHO, Routes

NL, FR = Language.NL, Language.FR
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)
FIRST = {
    "sexting_question": ("childfocus", "childfocus"),
    "nude_spread": ("childfocus", "childfocus"),
    "sextortion": ("childfocus", "childfocus"),
    "report_content_removal": ("take_it_down", "take_it_down"),
    "sexual_abuse": ("nupraatikerover", "maintenantjenparle"),
    "seen_csam": ("childfocus_report", "childfocus_report"),
    "worried_own_feelings": ("stopitnow_nl", "seos"),
    "unsafe_home": ("line_1712", "ecoute_enfants_103"),
    "friend_missing": ("childfocus", "childfocus"),
    "suicidal": ("zelfmoordlijn_1813", "prevention_suicide"),
    "self_harm": ("awel", "ecoute_enfants_103"),
    "cyberbullying": ("awel", "ecoute_enfants_103"),
    "other_wellbeing": ("awel", "ecoute_enfants_103"),
    "want_human": ("childfocus", "childfocus"),
}
minutes = st.integers(0, 60 * 24 * 366 * 2).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))


@settings(max_examples=1500, deadline=None)
@given(
    need=st.sampled_from([None, "nonsense", "unknown", *NEEDS]),
    language=st.sampled_from(Language),
    who=st.sampled_from([*WHO, "dog"]),
    age=st.sampled_from([*AGE_GROUPS, "12"]),
    urgency=st.sampled_from(Urgency),
    now=st.booleans(),
    at=minutes,
)
def test_the_referral_rules_hold_everywhere(
    routes: Routes,
    directory: Directory,
    need: str | None,
    language: Language,
    who: str,
    age: str,
    urgency: Urgency,
    now: bool,
    at: datetime,
) -> None:
    lines = routes.lines(need, language, who=who, age_group=age, urgency=urgency, now=now, at=at)
    assert len(lines) <= 3
    assert len(set(lines)) == len(lines)
    assert all(directory.serves(line, language) for line in lines)
    known = NEEDS.get(need or "")
    small_talk = known is not None and (known.is_conversation or need == "privacy_question")
    if small_talk and not now:
        assert lines == (("childfocus",) if urgency.is_danger else ())
    else:
        assert any(directory.phone_open(line, at) for line in lines)
    if now:
        assert lines[0] == ("police_101" if need == "friend_missing" else "emergency_112")
        assert "childfocus" in lines
    if urgency is Urgency.EMERGENCY and urgency_of(need) is not Urgency.EMERGENCY:
        assert "childfocus" in lines
    if age not in ("16_17", "adult"):
        assert "sos_viol" not in lines
    assert not ("stopncii" in lines and age != "adult")
    assert not ("take_it_down" in lines and age == "adult")


@pytest.mark.parametrize("need", FIRST)
def test_the_first_to_name_is_that_of_the_table(routes: Routes, need: str) -> None:
    for at in (NOON, NIGHT):
        assert (routes.lines(need, NL, at=at)[0], routes.lines(need, FR, at=at)[0]) == FIRST[need]


def test_every_minute_of_a_week_with_a_clock_change_has_an_open_phone(routes: Routes, directory: Directory) -> None:
    needs = [name for name, need in NEEDS.items() if not need.is_conversation and name != "privacy_question"]
    start = datetime(2026, 10, 22, tzinfo=UTC)
    checked = 0
    for minute in range(0, 7 * 24 * 60, 7):
        at = start + timedelta(minutes=minute)
        need, language = needs[checked % len(needs)], (NL, FR)[checked % 2]
        assert any(directory.phone_open(line, at) for line in routes.lines(need, language, at=at)), (need, language, at)
        checked += 1
    assert checked > 1000


def test_an_open_line_follows_the_closed_one(routes: Routes) -> None:
    assert routes.lines("sexual_abuse", NL, at=NOON) == ("nupraatikerover", "line_1712", "zsg_cpvs")
    assert routes.lines("sexual_abuse", NL, at=NIGHT) == ("nupraatikerover", "childfocus", "zsg_cpvs")


def test_suicide_names_its_line_and_112(routes: Routes) -> None:
    assert routes.lines("suicidal", NL, at=NIGHT) == ("zelfmoordlijn_1813", "emergency_112", "childfocus")
    assert routes.lines("suicidal", FR, at=NIGHT, now=True) == ("emergency_112", "prevention_suicide", "childfocus")
