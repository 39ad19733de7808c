"""Five kills in hand-offs and talks; `make faults` does two hundred."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from handoffs import run


@pytest.mark.parametrize("has_bot", [True, False], ids=["bot", "dead bot"])
async def test_hand_offs_and_talks_survive_kills(tmp_path: Path, has_bot: bool) -> None:
    result = await run(tmp_path, 5, 116000 + has_bot, has_bot=has_bot)
    print(result.as_json())
    assert result.faults == {}
    assert result.promised > 4, "hardly anybody was promised anything: nothing was tried"
    assert result.spoken > 4, "hardly any counsellor spoke: nothing was tried"
    assert result.messages > 8
