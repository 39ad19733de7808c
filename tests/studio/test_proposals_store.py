"""Proposals in the database: approved by others, frozen once proposed, and the database itself says so."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from studio_world import ROOT

from channels.store import NotNow, Store
from channels.store.studio_tables import CHECKS, PROPOSALS
from curation.changes import AddExample
from curation.git_commit import commit, message_of
from curation.proposals import Proposal, State, dumped, edited, materialise
from kernel.language import Language
from kernel.role import Role

CHANGES = dumped([AddExample(need="sextortion", language=Language.NL, text="hij wil nu geld voor mijn foto")])


async def people(store: Store, *names: str) -> list[str]:
    return [(await store.accounts.create(name, Role.VOLUNTEER))[0] for name in names]


async def proposed(store: Store, author: str, needs: int = 1) -> str:
    proposal_id = await store.proposals.create(author, "Afpersing", "zo zeggen ze het", CHANGES)
    version = await store.proposals.save(proposal_id, author, 1, approvals_needed=needs)
    await store.proposals.propose(proposal_id, author, version)
    return proposal_id


async def test_the_way_of_a_proposal(studio_store: Store) -> None:
    an, bo = await people(studio_store, "An", "Bo")
    made = await proposed(studio_store, an)
    assert await studio_store.proposals.approve(made, bo, 2) is True
    row = await studio_store.proposals.get(made)
    assert row is not None and (row.state, row.approvers) == ("approved", ((bo, "Bo"),))
    assert await studio_store.proposals.published(made) and await studio_store.proposals.published(made)
    assert [event.act for event in await studio_store.proposals.history(made)] == [
        "created",
        "changed",
        "proposed",
        "approved",
        "published",
    ]
    assert await studio_store.proposals.taken_back(made, bo)
    row = await studio_store.proposals.get(made)
    assert row is not None and row.state == "approved"


async def test_nobody_approves_their_own(studio_store: Store) -> None:
    (an,) = await people(studio_store, "An")
    made = await proposed(studio_store, an)
    with pytest.raises(NotNow):
        await studio_store.proposals.approve(made, an, 2)


async def test_safety_needs_two_different_others(studio_store: Store) -> None:
    an, bo, cis = await people(studio_store, "An", "Bo", "Cis")
    made = await proposed(studio_store, an, needs=2)
    assert await studio_store.proposals.approve(made, bo, 2) is False
    with pytest.raises(NotNow):
        await studio_store.proposals.approve(made, bo, 2)
    assert not await studio_store.proposals.published(made), "one is not enough"
    assert await studio_store.proposals.approve(made, cis, 2) is True


@pytest.mark.parametrize(
    "values",
    [
        {"state": "approved"},
        {"state": "published"},
        {"state": "approved", "first_approver_id": "AUTHOR"},
        {"first_approver_id": "AUTHOR"},
        {"first_approver_id": "OTHER", "second_approver_id": "OTHER"},
        {"first_approver_id": "OTHER", "second_approver_id": "AUTHOR"},
        {"second_approver_id": "OTHER"},
        {"state": "approved", "first_approver_id": "OTHER"},
        {"state": "anything"},
        {"approvals_needed": 0},
        {"approvals_needed": 1},
        {"changes": "[]"},
        {"author_id": "OTHER"},
        {"is_guarded": True},
        {"first_approver_id": "nobody with this id exists here."},
    ],
)
async def test_the_database_itself_refuses(studio_store: Store, values: dict[str, object]) -> None:
    """Of a proposed change that needs two: whoever writes past the code gets nowhere."""
    an, bo = await people(studio_store, "An", "Bo")
    made = await proposed(studio_store, an, needs=2)
    named = {"AUTHOR": an, "OTHER": bo}
    filled = {name: named.get(str(value), value) for name, value in values.items()}
    with pytest.raises(DBAPIError):
        async with studio_store.db.write() as connection:
            await connection.execute(PROPOSALS.update().where(PROPOSALS.c.id == made).values(**filled))
    row = await studio_store.proposals.get(made)
    assert row is not None and (row.state, row.changes, row.author_id) == ("proposed", CHANGES, an)


async def test_the_migration_and_the_tables_have_the_same_checks(studio_store: Store) -> None:
    async with studio_store.db.read() as connection:
        (made,) = (await connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'proposals'"))).one()
    assert len(CHECKS) == 6
    for name, rule in CHECKS.items():
        assert f"CONSTRAINT {name} CHECK ({rule})" in made


async def test_only_the_author_changes_only_a_draft(studio_store: Store) -> None:
    an, bo = await people(studio_store, "An", "Bo")
    made = await studio_store.proposals.create(an, "Iets", "", CHANGES)
    with pytest.raises(NotNow):
        await studio_store.proposals.save(made, bo, 1, title="Anders")
    await studio_store.proposals.save(made, an, 1, title="Anders")
    with pytest.raises(NotNow):
        await studio_store.proposals.save(made, an, 1, title="In een ander venster")
    await studio_store.proposals.propose(made, an, 2)
    with pytest.raises(NotNow):
        await studio_store.proposals.save(made, an, 2, changes="[]")


async def test_an_approval_is_for_what_was_read_and_goes_when_it_is_taken_back(studio_store: Store) -> None:
    an, bo = await people(studio_store, "An", "Bo")
    made = await proposed(studio_store, an)
    with pytest.raises(NotNow):
        await studio_store.proposals.approve(made, bo, 1)
    await studio_store.proposals.approve(made, bo, 2)
    await studio_store.proposals.withdraw(made, an)
    row = await studio_store.proposals.get(made)
    assert row is not None and (row.state, row.approvers) == ("draft", ())
    assert not await studio_store.proposals.published(made)


async def test_a_hundred_approvals_at_once_count_once_each(studio_store: Store) -> None:
    an, bo, cis = await people(studio_store, "An", "Bo", "Cis")
    made = await proposed(studio_store, an, needs=2)
    tries = [studio_store.proposals.approve(made, who, 2) for who in (bo, cis) * 10]
    got = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(one is True for one in got) == 1 and sum(one is False for one in got) == 1
    row = await studio_store.proposals.get(made)
    assert row is not None and {name for _, name in row.approvers} == {"Bo", "Cis"}


async def test_comments_stay_at_their_change(studio_store: Store) -> None:
    an, bo = await people(studio_store, "An", "Bo")
    made = await proposed(studio_store, an)
    first = await studio_store.proposals.comment(made, bo, "abcd1234", "mooi")
    await studio_store.proposals.comment_done(made, first)
    with pytest.raises(NotNow):
        await studio_store.proposals.comment_done(made, "0" * 32)
    (one,) = await studio_store.proposals.comments(made)
    assert (one.who, one.change_id, one.text, one.is_done) == ("Bo", "abcd1234", "mooi", True)


def proposal(changes: tuple[AddExample, ...]) -> Proposal:
    return Proposal("f" * 32, "Afpersing", "zo zeggen ze het", "a", "An", State.APPROVED, changes, approvers=(("b", "Bo"),))


def test_a_whole_tree_with_the_changes_in_it(tmp_path: Path) -> None:
    one = proposal((AddExample(need="sextortion", language=Language.NL, text="hij wil nu geld voor mijn foto"),))
    materialise(one, ROOT, tmp_path / "tree")
    written = {path.relative_to(tmp_path / "tree") for path in (tmp_path / "tree").rglob("*") if path.is_file()}
    expected = {path.relative_to(ROOT) for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert expected <= written and Path("config.yml") in written
    assert "- hij wil nu geld voor mijn foto" in (tmp_path / "tree/data/nlu/nl/sextortion.yml").read_text(encoding="utf-8")
    same = [name for name in expected if (tmp_path / "tree" / name).read_bytes() == (ROOT / name).read_bytes()]
    assert len(same) == len(expected) - 1


def test_one_commit_a_proposal_with_the_names_of_people(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "data/nlu/nl").mkdir(parents=True)
    file = root / "data/nlu/nl/sextortion.yml"
    file.write_text("old\n")
    assert commit(root, ["data/nlu/nl/sextortion.yml"], "no checkout", ["An"], tmp_path) is None
    git = ["git", "-c", "user.name=Somebody", "-c", "user.email=s@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "begin"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    file.write_text("new\n")
    (root / "unrelated").write_text("not ours\n")
    message = message_of([proposal(())], "first")
    made = commit(root, ["data/nlu/nl/sextortion.yml"], message, ["An <script>"], tmp_path)
    assert made is not None and commit(root, ["data/nlu/nl/sextortion.yml"], message, ["An"], tmp_path) == made, (
        "once, also when asked twice"
    )
    shown = subprocess.run(["git", "show", "--stat", "--format=%an|%B"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("An script|Afpersing\n\nzo zeggen ze het\n")
    assert "Proposed-by: An\nApproved-by: Bo" in shown and f"Proposal: {'f' * 32}" in shown and "1 file changed" in shown
    file.write_text("old\n")
    assert commit(root, ["data/nlu/nl/sextortion.yml"], "Back to the model before\n\nBack: x\n", ["An"], tmp_path) is not None
    file.write_text("new\n")
    again = commit(root, ["data/nlu/nl/sextortion.yml"], message_of([proposal(())], "second"), ["An"], tmp_path)
    assert again not in (None, made), "taken back and published again: a commit of its own"


def test_a_lock_that_our_own_killed_git_left_does_not_stop_the_commit(tmp_path: Path) -> None:
    root, journal = tmp_path / "root", tmp_path / "journal"
    root.mkdir()
    journal.mkdir()
    git = ["git", "-c", "user.name=Somebody", "-c", "user.email=s@example.org"]
    (root / "file.yml").write_text("old\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "begin"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    (root / "file.yml").write_text("new\n")
    (root / ".git/index.lock").touch()
    for _ in range(2):
        assert commit(root, ["file.yml"], "one\n\nProposal: 1\n", ["An"], journal) is None, "somebody else's lock is respected"
    (journal / "git-started").touch()  # as a killed process leaves it
    assert commit(root, ["file.yml"], "one\n\nProposal: 1\n", ["An"], journal) is not None


def test_edits_that_change_nothing_touch_no_file() -> None:
    assert edited(ROOT, []) == {}
