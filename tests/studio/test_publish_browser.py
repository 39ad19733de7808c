"""The whole way of a change in real Chromium, Dutch and French, on the small project: the people are those of the journey with real
trainings (tests/faults/publish_journey.py); here the training and the bot are stand-ins, so that it takes seconds."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from chat_client import wait_for
from playwright.async_api import Browser
from small_studio import ROOT, SmallStudio

sys.path.insert(0, str(ROOT / "tests" / "faults"))

from publish_browser import People, Site
from publish_copy import approved, most_moved

from channels.answers import Answers
from curation import measuring_sets, workspace
from kernel.language import Language

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENCE_S = 120.0


@pytest_asyncio.fixture(loop_scope="session")
async def small_studio(tmp_path: Path, studio_answers: Answers, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallStudio]:
    """Running, with the bot ready."""
    monkeypatch.setattr(measuring_sets, "REALTEXTS", Path("nowhere"))
    running = SmallStudio(tmp_path, studio_answers)
    await running.start()
    await wait_for(lambda: running.hub.bot.is_ready, 60)
    yield running
    await running.stop()


@pytest.mark.parametrize("language", list(Language))
async def test_a_change_all_the_way_and_back(small_studio: SmallStudio, chromium: Browser, language: Language, tmp_path: Path) -> None:
    store = small_studio.store
    site = Site(store, small_studio.base, small_studio.settings.public_url, small_studio.http)
    pictures = tmp_path / "pictures"
    people = People(chromium, site, language, PATIENCE_S, pictures)
    await people.arrive()
    before = workspace.content_digest(small_studio.root)
    words = people.words
    assert await people.teenager_says_hello() == words.old

    proposal = await people.noor_writes()
    await people.lou_approves(proposal, cards=8)
    tried = await people.have_tried(proposal)
    assert tried.passed
    assert tried.progress, "its page showed no progress"
    await people.an_publishes(proposal)
    assert await people.teenager_says_hello("new") == words.new
    row = await store.proposals.get(proposal.rsplit("/", 1)[-1])
    assert row is not None and row.state == "published"

    moved = most_moved(small_studio.root, language)
    bad = await approved(store, "Suicide is chat", moved, people.ids["Noor"], people.ids["Lou"])
    refused = await people.have_tried(f"/studio/proposals/{bad}")
    assert not refused.passed
    assert refused.named == tuple(f"danger {number}" for number in range(4))
    assert refused.ways_on == (), "somebody is offered to let danger pass"
    assert await people.teenager_says_hello() == words.new

    await people.an_goes_back()
    assert await people.teenager_says_hello() == words.old
    row = await store.proposals.get(proposal.rsplit("/", 1)[-1])
    assert row is not None and row.state == "approved"
    assert workspace.content_digest(small_studio.root) == before
    taken = [f"change-{language}-{number}-{name}.png" for number, name in enumerate(("proposal", "passed", "new", "refused"), 1)]
    assert sorted(path.name for path in pictures.iterdir()) == taken
