"""A small crowd of each kind; `make faults` brings 20,000 malformed requests, 2,000 reconnects, 50 hostile clients, 200 chats for ten
minutes."""

from __future__ import annotations

from pathlib import Path

from crowd import crowded_hub, hostile, malformed, steady, storm

PATIENCE_MS = 5000
"""Nobody is left waiting longer, on any machine; how fast it is, `make faults` and `make bench` measure."""


async def test_a_crowd_neither_breaks_nor_slows_the_hub(tmp_path: Path) -> None:
    async with crowded_hub(tmp_path) as hub:
        bad = await malformed(hub, 1500, 116000)
        assert bad["requests"] == 1500
        assert (bad["5xx"], bad["slow"]) == (0, 0), bad
        assert bad["grown_mb"] < 100
        back = await storm(hub, 200)
        assert back["back"] == 200, back
        beside = await hostile(hub, 8, 20, 6.0)
        assert beside["turns"] >= 20, beside
        assert beside["p95"] < PATIENCE_MS, beside
        calm = await steady(hub, 20, 2.0, 8.0, 116000)
        assert calm["said"] >= 20, calm
        assert (calm.get("silent", 0), calm["errors"]) == (0, 0), calm
