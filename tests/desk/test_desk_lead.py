"""Numbers with small counts blanked, CSV without formulas, opening hours, the append-only audit, and the command that makes accounts."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk_world import KEY, ROOT, DeskWorld, asks_for_a_person, teenager
from hub_world import environment
from sqlalchemy.exc import DBAPIError

from channels.desk.canned import load_canned
from channels.desk.context import DATA
from channels.desk.counts import DIMENSIONS, rounded, tables
from channels.desk.csv_file import csv_bytes
from channels.desk.views_hours import WrongHours, shifts_of, typed_of
from channels.scenario_tally import ScenarioTally
from channels.site_texts import load_page_texts
from channels.store import Escalation, Shift, StorageFailed
from channels.store.desk_tables import ESCALATIONS
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.need import NEEDS
from kernel.role import Role
from kernel.urgency import Urgency
from safety.datafile import DataError

SCENARIOS = sorted((ROOT / "data/scenarios").glob("*.yml"))
NAMES = load_page_texts(DATA / "texts", "desk")
EMPTY = dict.fromkeys(Escalation.__slots__)
ONE = Escalation(
    **EMPTY | {
        "id": "0", "state": EscalationState.CLOSED, "reason": "button", "channel": "web", "is_danger": False, "need": "sextortion",
        "urgency": Urgency.HIGH, "language": Language.NL, "age_group": "14_15", "who": "self", "offered_at": 1_700_000_000.0,
        "waiting_at": 1_700_000_000.0, "claimed_at": 1_700_000_090.0, "outcome": "step", "is_after_hours": False, "referred_to": (),
    }
)  # fmt: skip


def counts(sent: list[Escalation], name: str) -> dict[str, int | None]:
    (table,) = [table for table in tables(sent, NAMES[Language.NL]) if table.name == name]
    return {line.name: line.count for line in table.lines}


def test_counts_under_ten_are_blank_and_totals_rounded() -> None:
    sent = [ONE] * 12 + [replace(ONE, need="grooming")] * 9 + [replace(ONE, need="self_harm")] * 10 + [replace(ONE, need=None)] * 2
    needs = counts(sent, "need")
    assert {name: count for name, count in needs.items() if count is not None} == {"sextortion": 12, "self_harm": 10}
    assert needs["grooming"] is None and needs["suicidal"] is None, "nine and none look the same"
    assert {table.total for table in tables(sent, NAMES[Language.NL])} == {35}
    assert [rounded(count) for count in (0, 2, 3, 7, 8, 12, 13, 33)] == [0, 0, 5, 5, 10, 10, 15, 35]


def test_what_is_hidden_cannot_be_worked_out_from_the_total() -> None:
    alone = [ONE] * 40 + [replace(ONE, need="suicidal")] * 3 + [replace(ONE, need="grooming")] * 15
    assert {name: count for name, count in counts(alone, "need").items() if count} == {"sextortion": 40}, "3 would be the rest of 60"
    assert counts([ONE] * 40, "need")["sextortion"] == 40, "nothing is hidden, so nothing more is"
    together = [*alone, *[replace(ONE, need="self_harm")] * 9]
    assert {name: count for name, count in counts(together, "need").items() if count} == {"sextortion": 40, "grooming": 15}
    assert counts([ONE] * 12 + [replace(ONE, need="grooming")] * 2, "need")["sextortion"] is None


async def test_scenario_answers_are_numbers_of_the_month(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    tally = ScenarioTally(desk.store, desk.hub.metrics, lambda: datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    for answer in ("1",) * 12 + ("2",) * 10 + ("3",):
        tally.count("crush", "before", answer)
    await tally.write()
    tally.count("crush", "before", "1")
    await tally.write()
    await tally.write()
    assert await desk.store.scenario_counts.of("2026-11") == {
        ("crush", "before", 1): 13,
        ("crush", "before", 2): 10,
        ("crush", "before", 3): 1,
    }
    assert not await desk.store.scenario_counts.of("2026-10"), "half an hour later it is November in Brussels"
    rows = list(csv.reader(io.StringIO((await lead.get("/numbers.csv?month=2026-11"))[1].lstrip("\ufeff"))))
    before = [row[2:] for row in rows if "crush" in row[1] and "vooraf" in row[1]]
    assert before == [
        ["1", "Nee zeggen, zonder uitleg", "13"],
        ["2", "Niets, anders is het uit", ""],
        ["3", "Weet ik niet", ""],
        ["total", "Totaal (afgerond)", "25"],
    ]
    status, picture = await lead.get("/numbers/chart/scenario_crush_before.svg?month=2026-11")
    assert status == 200 and "<svg" in picture


async def test_counts_of_scenarios_wait_for_a_database_that_is_away(desk: DeskWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = ScenarioTally(desk.store, desk.hub.metrics, lambda: datetime(2026, 11, 2, tzinfo=UTC))
    tally.count("gamer", "after", "2")
    with monkeypatch.context() as away:

        async def fails(*_: object) -> None:
            raise OSError

        away.setattr(desk.store.scenario_counts, "add", fails)
        with pytest.raises(StorageFailed):
            await tally.write()
    tally.count("gamer", "after", "2")
    await tally.write()
    assert await desk.store.scenario_counts.of("2026-11") == {("gamer", "after", 2): 2}


def test_what_was_never_sent_is_not_counted() -> None:
    unsent = [replace(ONE, state=state) for state in (EscalationState.OFFERED, EscalationState.CANCELLED)] * 20
    assert {table.total for table in tables(unsent, NAMES[Language.NL])} == {0}
    assert all(table.is_blank for table in tables(unsent, NAMES[Language.NL]))


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0.5, "under_1"), (1.5, "under_2"), (4, "under_5"), (9, "under_10"), (29, "under_30"), (31, "longer")]
)
def test_waiting_times(minutes: float, expected: str) -> None:
    sent = [replace(ONE, claimed_at=1_700_000_000.0 + 60 * minutes)] * 10
    assert {name for name, count in counts(sent, "waiting_time").items() if count} == {expected}
    assert counts([replace(ONE, claimed_at=None)] * 10, "waiting_time")["never"] == 10


def test_hours_are_those_of_brussels() -> None:
    assert counts([ONE] * 10, "hour")["23"] == 10  # 14 November 2023, 22:13 UTC


@pytest.mark.parametrize("language", list(Language))
def test_everything_has_words_in_both_languages(language: Language) -> None:
    names = NAMES[language]
    assert {name for name, need in NEEDS.items() if not need.is_conversation} | {"unknown"} == set(names["needs"])
    assert {f"of_{dimension.name}" for dimension in DIMENSIONS} <= set(names["numbers"])
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "channels/desk").rglob("*.py")))
    acts = set(re.findall(r'(?:audit\.note\([^")]*|_moved\(request, )"([a-z_]+)"', source))
    assert len(acts) > 20
    assert acts <= set(names["acts"]), "an act of the audit without words"


def test_a_spreadsheet_takes_nothing_for_a_formula() -> None:
    bad = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "\n=1"]
    rows = list(csv.reader(io.StringIO(csv_bytes([bad, ["plain", 12, "a=b"]]).decode("utf-8-sig"), newline="")))
    assert all(cell.startswith("'") for cell in rows[0])
    assert rows[1] == ["plain", "12", "a=b"]


async def test_the_numbers_page_its_charts_and_its_csv(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    async with desk.store.db.write() as connection:
        (row,) = (await connection.execute(sa.select(ESCALATIONS).where(ESCALATIONS.c.id == case_id))).mappings()
        copies = [dict(row) | {"id": f"{number:032x}", "conversation_id": None, "outcome": "=1+1"} for number in range(11)]
        await connection.execute(ESCALATIONS.insert(), copies)
    status, body = await lead.get("/numbers")
    assert status == 200
    assert 'sextortion</th><td class="number">12</td>' in body
    assert 'grooming</th><td class="number"><span aria-hidden="true">–</span>' in body
    status, picture = await lead.get("/numbers/chart/need.svg")
    assert status == 200 and picture.lstrip().startswith("<?xml") and "<svg" in picture
    assert (await lead.get("/numbers/chart/nothing.svg"))[0] == 404
    status, text = await lead.get("/numbers.csv")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert ["sextortion", "sextortion", "12"] in [row[2:] for row in rows]
    assert ["grooming", "grooming", ""] in [row[2:] for row in rows]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert (await lead.get("/numbers?month=2020-01"))[1].count("Nog te weinig") == len(DIMENSIONS) + 2 * len(SCENARIOS)
    assert (await lead.get("/numbers?month=../../x"))[0] == 200
    await chat.close()


def test_hours_as_one_types_them() -> None:
    typed = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"), "")
    shifts = shifts_of(typed | {"mon": "9-12, 13:30-17:00", "sun": "20u - 24u", "holiday": "10h30–12"})
    assert shifts == [Shift(0, 540, 720), Shift(0, 810, 1020), Shift(6, 1200, 1440), Shift(7, 630, 720)]
    assert typed_of(shifts)["mon"] == "09:00-12:00, 13:30-17:00"
    for wrong in ("morgen", "9", "9-", "9:75-10", "9-10-11", "<b>"):
        with pytest.raises(WrongHours, match="tue"):
            shifts_of(typed | {"tue": wrong})


async def test_a_lead_edits_the_hours(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    assert (await lead.post("/hours", mon="09:00-12:00, 13:30-17:00", holiday="10:00-12:00"))[0] == 303
    assert await desk.store.hours.get() == (Shift(0, 540, 720), Shift(0, 810, 1020), Shift(7, 600, 720))
    for wrong, day in (("12:00-09:00", "Maandag"), ("09:00-12:00, 11:00-13:00", "Maandag"), ("25-26", "Maandag"), ("straks", "Maandag")):
        status, body = await lead.post("/hours", mon=wrong)
        assert (status, f"{day}: dit kan ik niet lezen" in body) == (422, True), wrong
    assert len(await desk.store.hours.get()) == 3, "a wrong week changes nothing"
    assert "09:00-12:00, 13:30-17:00" in (await lead.get("/hours"))[1]
    assert [entry.who for entry in await desk.store.audit.entries(act="hours_changed")][-1] == "Lea"


async def test_the_database_itself_keeps_the_audit_append_only(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    before = len(await desk.store.audit.entries())
    assert before > 0
    for statement in ("UPDATE audit SET act = 'nothing'", "DELETE FROM audit", "UPDATE audit SET account_id = NULL WHERE id = 1"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with desk.store.db.write() as connection:
                await connection.execute(sa.text(statement))
    assert len(await desk.store.audit.entries()) == before
    status, body = await lead.get("/audit?act=login")
    assert status == 200 and "Lea" in body
    assert (await lead.get("/audit?before=1"))[1].count("<tr>") <= 1
    assert (await lead.get("/audit?before=x&account=%27%20OR%201&case=%3Cb%3E"))[0] == 200


async def test_an_act_that_cannot_be_audited_does_not_happen(desk: DeskWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat, "kolibrie")

    async def fails(*_args: object, **_more: object) -> None:
        raise StorageFailed

    monkeypatch.setattr(type(desk.store.audit), "note", fails)
    status, body = await an.get(f"/cases/{case_id}")
    assert (status, "kolibrie" in body) == (503, False)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 503
    assert (await desk.store.escalations.get(case_id)).claimed_by is None
    await chat.close()


@pytest.mark.parametrize(
    "text",
    [
        "canned: []", "canned:\n- key: a\n  nl: x", "canned:\n- {key: a, nl: x, fr: ''}", "canned:\n- {key: a, nl: x, fr: y, de: z}",
        "canned:\n- {key: a, nl: x, fr: y}\n- {key: a, nl: x, fr: y}", f"canned:\n- {{key: a, nl: x, fr: {'mot ' * 61}}}", "canned: [", "x: 1",
    ],
)  # fmt: skip
def test_a_wrong_file_of_canned_replies_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "canned.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"canned\.yml"):
        load_canned(file)


def staff_command(var: Path, name: str, role: str) -> subprocess.CompletedProcess[str]:
    env = environment(var) | {"SECRET_KEY": KEY, "PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-m", "channels", "staff", name, role], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


def test_the_command_prints_a_link_and_refuses_in_one_line(tmp_path: Path) -> None:
    started = time.monotonic()
    made = staff_command(tmp_path, "An Peeters", "admin")
    assert made.returncode == 0, made.stderr
    assert "/enrol/" in made.stdout.splitlines()[0]
    assert time.monotonic() - started < 30
    for name, role, said in (("An Peeters", "lead", "NAME"), ("", "lead", "NAME"), ("Bo", "boss", "ROLE: expected volunteer")):
        refused = staff_command(tmp_path, name, role)
        assert refused.returncode == 2
        assert len(refused.stderr.strip().splitlines()) == 1 and said in refused.stderr


def started(var: Path) -> list[str]:
    """What the hub prints when it starts, up to the last address and what follows at once."""
    env = environment(var) | {"SECRET_KEY": KEY, "PATH": os.environ["PATH"]}
    hub = subprocess.Popen([sys.executable, "-m", "channels", "hub"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    lines = []
    while not lines or not lines[-1].startswith("bot "):
        lines.append(hub.stdout.readline())
        assert lines[-1], "it ended while starting"
    time.sleep(0.5)
    hub.terminate()
    # read(), not communicate(): that one would pass over what readline has already taken in.
    rest = hub.stdout.read().splitlines()
    hub.wait(20)
    hub.stdout.close()
    return [*lines, *rest]


def test_the_start_says_where_the_desk_is_and_how_to_get_in(tmp_path: Path) -> None:
    first = started(tmp_path)
    assert any(line.startswith("desk ") and line.rstrip().endswith("/login") for line in first)
    assert "make staff" in first[-1]
    assert staff_command(tmp_path, "Bea", "admin").returncode == 0
    assert not any("make staff" in line for line in started(tmp_path))
