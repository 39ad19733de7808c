"""The directory: graded, dated facts; hours in Belgian time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kernel.language import Language
from safety.datafile import DataError
from safety.directory import Directory, check_facts
from safety.hours import BRUSSELS

SAFETY = Path(__file__).parents[2] / "data" / "safety"
TODAY = date(2026, 11, 24)
CONTRACT_IDS = [
    "childfocus",
    "emergency_112",
    "police_101",
    "awel",
    "ecoute_enfants_103",
    "zelfmoordlijn_1813",
    "prevention_suicide",
    "tele_onthaal",
    "tele_accueil",
    "nupraatikerover",
    "maintenantjenparle",
    "line_1712",
    "stopitnow_nl",
    "seos",
    "stopitnow_brussels",
    "zsg_cpvs",
    "sos_enfants",
    "sos_viol",
    "jac",
    "clb_chat",
    "amo",
    "take_it_down",
    "stopncii",
    "childfocus_report",
    "cybersquad",
    "betternet",
    "sexting_be",
    "payboy",
    "kinderrechten_klachtenlijn",
    "premediation",
]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BRUSSELS)  # type: ignore[arg-type,misc]


def test_all_ids_of_the_contract_are_there(directory: Directory) -> None:
    assert set(CONTRACT_IDS) <= directory.ids


@pytest.mark.parametrize("language", list(Language))
def test_every_card_is_complete(directory: Directory, language: Language) -> None:
    for helpline in directory.ids:
        card = directory.card(helpline, language, at(2026, 11, 24, 12))
        assert card.name
        assert card.note
        assert set(card.frame()) == {"id", "name", "phone", "chat", "url", "open", "note"}
        assert card.phone or card.url or helpline == "sexting_be"


def test_stale_hours_are_not_stated(directory: Directory) -> None:
    card = directory.card("stopitnow_nl", Language.NL, at(2026, 11, 24, 22))
    assert card.phone == "0800 200 50"
    assert card.open is None
    assert "kijk op stopitnow.be" in card.note
    fresh, stale = (directory.card("line_1712", Language.NL, at(year, 9, 1, 12)) for year in (2026, 2027))
    assert "9-18" in fresh.note
    assert fresh.open is True
    assert "9-18" not in stale.note
    assert "kijk op 1712.be" in stale.note
    assert stale.open is None


def test_weak_and_unknown_facts_do_not_ship(directory: Directory) -> None:
    assert directory.card("sexting_be", Language.NL, at(2026, 11, 24, 12)).url is None
    assert "vragen@stopitnow.be" not in (SAFETY / "helplines.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(2026, 11, 24, 9, 0), True),
        (at(2026, 11, 24, 8, 59), False),
        (at(2026, 11, 24, 18, 0), False),
        (at(2026, 11, 28, 12, 0), False),  # Saturday
        (at(2026, 12, 25, 12, 0), False),  # Christmas, a Friday
        (datetime(2026, 10, 23, 7, 30, tzinfo=UTC), True),  # 9:30 in summer time
        (datetime(2026, 10, 26, 7, 30, tzinfo=UTC), False),  # 8:30 in winter time
        (datetime(2027, 3, 29, 7, 30, tzinfo=UTC), False),  # Easter Monday
        (datetime(2027, 3, 30, 7, 30, tzinfo=UTC), True),  # summer time again
    ],
)
def test_phone_hours_follow_belgian_clock_and_holidays(directory: Directory, moment: datetime, is_open: bool) -> None:
    assert directory.phone_open("line_1712", moment) is is_open


def test_a_naive_datetime_is_refused(directory: Directory) -> None:
    with pytest.raises(ValueError, match="aware"):
        directory.card("line_1712", Language.NL, datetime(2026, 11, 24, 12))


def test_facts_of_today_have_warnings_but_no_errors(directory: Directory) -> None:
    notices = check_facts(directory, TODAY)
    assert [notice.message for notice in notices if notice.level == "error"] == []
    assert any(notice.helpline == "stopitnow_nl" and notice.field == "phone" for notice in notices)


def test_waivers_run_out_and_fresh_facts_grow_old(directory: Directory) -> None:
    later = check_facts(directory, date(2027, 5, 25))
    assert any(notice.level == "error" and notice.helpline == "stopitnow_nl" for notice in later)
    aged = {(notice.helpline, notice.field): notice.level for notice in check_facts(directory, date(2028, 8, 6))}
    assert aged["childfocus", "phone"] == "error"
    assert {(n.helpline, n.field): n.level for n in check_facts(directory, date(2027, 8, 6))}["childfocus", "phone"] == "warning"


HEAD = "helplines:\n  x: {languages: [nl], name: X, about: x, facts: "


@pytest.mark.parametrize(
    "content",
    [
        "helplines: []",
        "helplines:\n  x: {languages: [de], name: X, about: x, facts: {}}",
        "helplines:\n  x: {languages: [nl], name: {nl: X}, about: x, facts: {}}",
        HEAD + "{phone: {value: '1', certainty: Z, last_verified: 2026-01-01, source: s}}}",
        HEAD + "{phone: {value: '1', certainty: A, source: s}}}",
        HEAD + "{fax: {value: '1', certainty: A, last_verified: 2026-01-01, source: s}}}",
        "helplines: {x: [",
    ],
)
def test_malformed_data_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "helplines.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Directory.load(path, SAFETY / "fixed.yml")
    assert caught.value.file == path
    assert caught.value.what
