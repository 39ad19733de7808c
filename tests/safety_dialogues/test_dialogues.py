"""Sixty dialogues per language of danger and what teenagers do next, with the real bot: the way stays open in every one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from product_world import Product
from script import Dialogue, Player, files, read_dialogues

_AT_ONCE = 3


def test_there_are_sixty_dialogues_per_language_and_they_mirror_each_other() -> None:
    names: dict[str, list[str]] = {"nl": [], "fr": []}
    for path in files():
        found = read_dialogues(path)
        assert len(found) >= 10, path.name
        assert all(len(dialogue.then) >= 5 for dialogue in found), path.name
        names[path.parent.name] += [dialogue.name for dialogue in found]
    assert {language: len(set(of)) for language, of in names.items()} == {language: len(of) for language, of in names.items()}
    assert min(map(len, names.values())) >= 60
    assert {path.name for path in files() if path.parent.name == "nl"} == {path.name for path in files() if path.parent.name == "fr"}


@pytest.mark.product
@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_the_way_stays_open(path: Path, product: Product) -> None:
    gate, database = asyncio.Semaphore(_AT_ONCE), product.folder / "var/chatmasjien.db"

    async def play(dialogue: Dialogue, session: aiohttp.ClientSession) -> list[str]:
        async with gate:
            try:
                return await Player(session, product.base_url, database, dialogue).play()
            except TimeoutError:
                return [f"{dialogue.language.value}, {dialogue.name}: silence"]

    silent_before = product.fallbacks()
    async with aiohttp.ClientSession() as session:
        wrong: list[Any] = await asyncio.gather(*(play(dialogue, session) for dialogue in read_dialogues(path)))
    assert [line for lines in wrong for line in lines] == []
    assert product.fallbacks() - silent_before <= 12, "the bot itself hardly answered: nothing was shown about its paths"
