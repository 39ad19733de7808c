"""Sentences out to doccano and in again: the lines, what is refused, and that only a draft proposal ever comes of them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from small_gate import SmallProject, with_product

from channels.store import Store
from curation import doccano
from curation.change_json import loaded
from curation.changes import AddExample, Change, MoveExample
from curation.doccano import BadLines, Labelled, read_lines
from curation.workspace import content_digest
from kernel.language import Language
from kernel.role import Role
from kernel.settings import read_settings

TWIN = "hij dreigt om mijn filmpje naar heel de klas te sturen als ik niet betaal"
KEY = "a key of this test, thirty-two characters"


def line(text: str, need: str = "sextortion", language: str = "nl", **more: object) -> str:
    """One line as doccano writes it."""
    return json.dumps({"text": text, "label": [need], "meta": {"language": language}} | more)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, with run-time files of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return with_product(tmp_path / "project").root


async def store_of(folder: Path) -> Store:
    """The store that the command uses too."""
    folder.mkdir(exist_ok=True)
    store = Store(database_url(folder), KEY)
    await store.open()
    return store


def database_url(folder: Path) -> str:
    """Where the settings put the database."""
    return read_settings({"VAR_DIR": str(folder), "SECRET_KEY": KEY}, folder).database_url


async def brought_in(root: Path, tmp_path: Path, *lines: str, name: str = "An") -> tuple[int, list[tuple[str, tuple[Change, ...]]]]:
    """The command's exit code, and the drafts afterwards with their changes."""
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code = await asyncio.to_thread(doccano.main, ["import", str(file), "--account", name], root)
    store = await store_of(tmp_path / "var")
    rows = await store.proposals.all()
    await store.close()
    assert all(row.state == "draft" for row in rows)
    return code, [(row.title, loaded(row.changes)) for row in rows]


@pytest.fixture
async def an(tmp_path: Path) -> str:
    """A volunteer's account: its id. And a counsellor, who has no studio."""
    store = await store_of(tmp_path / "var")
    account, _ = await store.accounts.create("An", Role.VOLUNTEER)
    await store.accounts.create("Cas", Role.COUNSELLOR)
    await store.close()
    return account


async def test_what_goes_out_comes_in_without_a_change(root: Path, tmp_path: Path, an: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert doccano.main(["export", str(out)], root) == 0
    rows = [json.loads(one) for one in out.read_text(encoding="utf-8").splitlines()]
    assert rows[0].keys() == {"text", "label", "meta"}
    assert {"text": "oefenzinfr3 sextortion", "label": ["sextortion"], "meta": {"language": "fr"}} in rows
    assert not [row for row in rows if "testzin" in row["text"]], "a held-out sentence left"
    code, drafts = await brought_in(root, tmp_path, *out.read_text(encoding="utf-8").splitlines())
    assert (code, drafts) == (0, [])
    assert f"{len(rows)} stand there already" in capsys.readouterr().out


async def test_new_and_relabelled_sentences_become_a_draft_and_nothing_else(root: Path, tmp_path: Path, an: str) -> None:
    before = content_digest(root)
    lines = (
        line("hij wil geld voor mijn foto", id=7, Comments=[]),
        line("oefenzinfr3 grooming", "sextortion", "fr"),
        line("oefenzinnl4 sextortion"),
    )
    code, drafts = await brought_in(root, tmp_path, *lines, line("hij wil  geld voor mijn foto"))
    assert code == 0
    ((title, changes),) = drafts
    assert title == "Zinnen uit doccano"
    added, moved = changes
    assert isinstance(added, AddExample) and isinstance(moved, MoveExample)
    assert (added.need, added.language, added.text) == ("sextortion", Language.NL, "hij wil geld voor mijn foto")
    assert (moved.need, moved.to_need, moved.text) == ("grooming", "sextortion", "oefenzinfr3 grooming")
    assert content_digest(root) == before, "the data was written"
    store = await store_of(tmp_path / "var")
    (row,) = await store.proposals.all("draft", author_id=an)
    assert "proposal_created" in {entry.act for entry in await store.audit.entries()}
    await store.close()
    code, drafts = await brought_in(root, tmp_path, line("nog een zin over geld"))
    assert code == 0
    assert sorted(len(changes) for _, changes in drafts) == [1, 2], "the draft in hand was touched"
    assert row.version >= 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [("bel mij op 0470 12 34 56 aub", "privacy.detail"), ("[12/03/2026, 21:14] Tom: kom je nog", "privacy.chat"), (TWIN, "overlap")],
)  # fmt: skip
async def test_what_the_checks_refuse_makes_no_draft(
    root: Path, tmp_path: Path, an: str, text: str, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    SmallProject(root).plant("tests/nlu/nl/sextortion.yml", "testzinnl3 sextortion", TWIN)
    code, drafts = await brought_in(root, tmp_path, line("hij wil geld voor mijn foto"), line(text))
    assert (code, drafts) == (1, [])
    assert rule in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Cas", "niemand", ""])
async def test_only_for_somebody_of_the_studio(root: Path, tmp_path: Path, an: str, name: str) -> None:
    assert await brought_in(root, tmp_path, line("hij wil geld voor mijn foto"), name=name) == (2, [])


async def test_more_than_one_can_read_is_refused(root: Path, tmp_path: Path, an: str, capsys: pytest.CaptureFixture[str]) -> None:
    many = [line(f"zin {number} over geld en een foto") for number in range(401)]
    assert await brought_in(root, tmp_path, *many) == (1, [])
    assert "in parts" in capsys.readouterr().err


def test_every_wrong_line_is_named_without_its_words() -> None:
    wrong = [
        "geheim{", "[]", line(""), line(" - "), line("x" * 601), line("a b", "geheim"), '{"text": "geheim", "label": [], "meta": {"language": "nl"}}',
        '{"text": "geheim", "label": ["grooming", "sextortion"], "meta": {"language": "nl"}}', line("c d", language="en"),
        '{"text": "geheim", "label": ["grooming"]}', '{"text": "geheim", "label": [["grooming"]], "meta": {"language": "nl"}}', "[" * 100_000,
        line("het zelfde", "grooming"), line("het zelfde"),
    ]  # fmt: skip
    with pytest.raises(BadLines) as bad:
        read_lines("\n".join(wrong))
    assert [fault.split(":")[0] for fault in bad.value.faults] == [f"line {number}" for number in (*range(1, 13), 14)]
    assert "geheim" not in " ".join(bad.value.faults)
    assert read_lines("") == []
    assert read_lines(f"\n{line('- hij wil   geld')}\r\n") == [Labelled("hij wil geld", "sextortion", Language.NL)]


def test_a_file_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("bad.jsonl", "none.jsonl"):
        assert doccano.main(["import", str(tmp_path / name), "--account", "An"], tmp_path) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
