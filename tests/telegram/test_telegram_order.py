"""Order in polling mode when one of several updates cannot be stored at first. The bot is a stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot_api import BotApi
from bot_api_limits import Pace
from hub_world import ROOT, TOKEN
from made_updates import text_of
from phone import Phone
from small_world import SmallWorld, until
from standin_bot import StandinBot

from channels.answers import Answers
from channels.public import telegram_api
from channels.store import StorageFailed
from channels.store.tables import MESSAGES
from channels.store.telegram import TelegramChats


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallWorld]:
    """A hub that fetches its updates; nothing waits for a pace."""
    monkeypatch.setattr(telegram_api, "PER_CHAT_S", 1e-4)
    monkeypatch.setattr(telegram_api, "PER_S", 100_000)
    api, bot = BotApi(pace=Pace(0.0, 10**9)), StandinBot(TOKEN)
    await api.start()
    await bot.start()
    made = SmallWorld(api, bot, tmp_path / "var", Answers.load(ROOT / "data/safety"), mode="polling")
    await made.start()
    yield made
    await made.stop()
    await bot.stop()
    await api.stop()


async def test_what_comes_after_a_message_that_could_not_be_stored_waits_with_it(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await world.phone(), await world.phone()
    arrive, failing = TelegramChats.arrive, {90_001}

    async def arrives(self: TelegramChats, key: str, update_id: int, *rest: Any) -> Any:
        if update_id in failing:
            raise StorageFailed
        return await arrive(self, key, update_id, *rest)

    monkeypatch.setattr(TelegramChats, "arrive", arrives)

    def update(number: int, phone: Phone, text: str) -> dict[str, Any]:
        return {"update_id": number, "message": text_of(phone.user, number, text)}

    batch = [update(90_001, one, "een"), update(90_002, one, "ik wil dood"), update(90_003, other, "drie")]
    assert world.hub.telegram is not None
    assert await world.hub.telegram._take_all(batch) == 0
    await one.said("1813")  # the danger in what waits is answered at once
    failing.clear()
    assert await world.hub.telegram._take_all(batch) == 90_004

    async def are_answered() -> bool:
        return len(asked()) == 3

    def asked() -> list[str]:
        return [question["text"] for question in world.bot.asked]

    await until(are_answered)
    assert [text for text in asked() if text != "drie"] == ["een", "ik wil dood"]
    assert len(await world.rows(MESSAGES)) == 3
    assert len([sent for sent in one.bubbles if "1813" in sent.text]) <= 2
