"""The directory: graded, dated facts; hours in Belgian time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kernel.language import Language
from safety.datafile import DataError
from safety.directory import Directory, check_facts
from safety.facts import ERROR_MONTHS, months_old
from safety.hours import BRUSSELS, read_spans

SAFETY = Path(__file__).parents[2] / "data" / "safety"
TODAY = date(2026, 11, 24)
CHECKED_ON = date(2026, 8, 6)
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
FOUND_SINCE = ["ecoute_violences_conjugales", "igvm_iefh", "europe_116000", "vertrouwenscentrum", "sos_jeunes", "watwat", "lumi"]
"""Of grade A or B in facts/helplines.md too."""

NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BRUSSELS)  # type: ignore[arg-type,misc]


def test_all_ids_of_the_contract_are_there(directory: Directory) -> None:
    assert set(CONTRACT_IDS) | set(FOUND_SINCE) == directory.ids


@pytest.mark.parametrize("language", list(Language))
def test_every_card_is_complete(directory: Directory, language: Language) -> None:
    for helpline in directory.ids:
        card = directory.card(helpline, language, at(2026, 11, 24, 12))
        assert card.name
        assert card.note
        assert set(card.frame()) == {"id", "name", "phone", "chat", "email", "url", "open", "note"}
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


def test_a_line_that_is_mostly_closed_has_its_e_mail(directory: Directory) -> None:
    """needs.md, worried_own_feelings. The address of the Dutch line is grade C and is left out."""
    shown = {line: directory.card(line, Language.FR, at(2026, 11, 24, 22)).email for line in ("seos", "stopitnow_brussels", "childfocus")}
    assert shown == {"seos": "contact@seos.be", "stopitnow_brussels": "contact@stopitnow.brussels", "childfocus": None}
    assert directory.card("lumi", Language.NL, at(2026, 11, 24, 22)).email == "vragen@lumi.be"


CLAIMS = {"cost": r"[Gg]ratis|[Gg]ratuit", "anonymous": r"naam hoeft niet|sans dire ton nom"}


@pytest.mark.parametrize("field", CLAIMS)
def test_what_a_card_says_is_a_fact_that_ships(directory: Directory, field: str) -> None:
    said = [service for service in directory for text in service.about.values() if re.search(CLAIMS[field], text)]
    assert len(said) > 10
    assert [service.id for service in said if not service.said(field)] == []


CHECKED = {
    *("childfocus", "emergency_112", "police_101", "awel", "ecoute_enfants_103", "zelfmoordlijn_1813", "prevention_suicide"),
    *("tele_onthaal", "tele_accueil", "line_1712", "zsg_cpvs", "sos_viol", "ecoute_violences_conjugales", "premediation"),
}
"""The sites that the open directory says it checked (facts/helplines.md, 0). It stands for number, site, and day and night."""
NAMED_TOO = {
    ("awel", "chat"), ("awel", "cost"), ("awel", "anonymous"), ("prevention_suicide", "cost"), ("prevention_suicide", "anonymous"),
    ("tele_accueil", "chat"), ("line_1712", "phone_hours"), ("line_1712", "cost"), ("zsg_cpvs", "cost"),
}  # fmt: skip
"""What else facts/helplines.md names it for."""


def test_the_open_directory_stands_only_for_what_it_is_named_for(directory: Directory) -> None:
    stands = {(service.id, field) for service in directory for field, fact in service.facts.items() if fact.last_verified == CHECKED_ON}
    assert len(stands) > 40
    allowed = {(line, field) for line in CHECKED for field in ("phone", "url", "day_and_night")} | NAMED_TOO
    assert stands - allowed == set()


def test_a_source_without_a_date_says_so(directory: Directory) -> None:
    facts = {(service.id, field): fact for service in directory for field, fact in service.facts.items()}
    undated = {key for key, fact in facts.items() if not fact.is_dated}
    assert len(undated) > 20
    assert [key for key in undated if "undated" not in facts[key].source or facts[key].waiver is None] == []


def test_only_what_is_old_has_a_waiver_and_none_runs_for_more_than_six_months(directory: Directory) -> None:
    for service in directory:
        for field, fact in service.facts.items():
            is_old = fact.ships(field) and months_old(fact.last_verified, TODAY) >= ERROR_MONTHS
            assert (fact.waiver is not None) is is_old, (service.id, field)
            assert fact.waiver is None or months_old(TODAY, fact.waiver.until) <= 6


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


def test_a_phone_open_day_and_night_says_nothing_of_a_chat_whose_hours_are_not_known(directory: Directory) -> None:
    note = {language: directory.card("zelfmoordlijn_1813", language, NIGHT).note for language in Language}
    assert "Telefoon: dag en nacht. Chat: kijk op zelfmoord1813.be." in note[Language.NL]
    assert "Téléphone : jour et nuit. Tchat : regarde sur zelfmoord1813.be." in note[Language.FR]
    assert "Dag en nacht open." in directory.card("emergency_112", Language.NL, NIGHT).note


def test_days_past_sunday_are_refused() -> None:
    with pytest.raises(DataError, match="past Sunday"):
        read_spans(Path("helplines.yml"), "x", [{"days": "sat-mon", "from": "09:00", "to": "18:00"}])


def test_a_naive_datetime_is_refused(directory: Directory) -> None:
    with pytest.raises(ValueError, match="aware"):
        directory.card("line_1712", Language.NL, datetime(2026, 11, 24, 12))


def test_facts_of_today_have_warnings_but_no_errors(directory: Directory) -> None:
    notices = check_facts(directory, TODAY)
    assert [notice.message for notice in notices if notice.level == "error"] == []
    found = {(notice.helpline, notice.field): notice for notice in notices}
    assert "2017-05-19" in found["stopitnow_nl", "phone"].message and "accepted until 2027-05-24" in found["stopitnow_nl", "phone"].message
    assert "no source with a date" in found["stopitnow_brussels", "phone"].message
    assert found["tele_onthaal", "chat"].until is None  # older than a year, younger than two


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
        HEAD + "{ages: {value: {von: 12}, certainty: A, last_verified: 2026-01-01, source: s}}}",
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
