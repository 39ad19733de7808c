"""`python -m channels ask`: the evaluation's way through the relay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hub_world import ROOT, World, environment

from channels.ask import ask_all, ask_file
from channels.secrets import with_secrets
from kernel.settings import read_settings


async def test_rows_are_answered_in_order_by_the_relay(world: World) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "lang": "nl", "text": "gevaarwoord"},
        {"id": "b", "lang": "fr", "text": "bonjour"},
        {"id": 3, "lang": None, "text": "sos"},
    ]
    results = await ask_all(rows, world.hub.relay)
    assert [result["id"] for result in results] == [1, "b", 3]
    assert all(set(result) == {"id", "need", "confidence", "urgency", "lang", "lines"} for result in results)
    assert (results[0]["need"], results[0]["urgency"], results[0]["lines"][0]) == ("suicidal", "emergency", "zelfmoordlijn_1813")
    assert (results[1]["need"], results[1]["confidence"], results[1]["urgency"], results[1]["lang"]) == ("greeting", 0.9, "none", "fr")
    assert results[2]["lines"] == ["childfocus", "emergency_112", "zelfmoordlijn_1813"]
    assert len({question["conversation"] for question in world.bot.asked}) == 2


async def test_a_file_is_answered_with_the_bot_that_runs(world: World, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out" / "out.jsonl"
    source.write_text("".join(json.dumps({"id": n, "lang": "nl", "text": f"hallo {n}"}) + "\n" for n in range(5)), encoding="utf-8")
    settings = with_secrets(read_settings(environment(tmp_path / "var2", world.bot.url), ROOT))
    assert await ask_file(settings, ROOT, source, target) == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == list(range(5))
    assert not list((tmp_path / "var2").glob("*.db"))
