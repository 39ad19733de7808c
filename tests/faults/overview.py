"""reports/faults.md: what each run of `make faults` did and found, on one page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RUNS = {
    "kills": "Hub and bot killed while teenagers talk with the bot",
    "handoffs": "Hub killed in hand-offs and talks with counsellors",
    "several": "Two hubs, two bots, PostgreSQL and Redis: killed, frozen, gone and back",
    "telegram": "Hub killed while Telegram fails",
    "studio": "Studio killed in edit, approve, train, publish",
    "machine": "Full disk, slow disk, a clock that jumps",
    "strange": "10,000 strange messages to the real bot, through the real database",
    "crowd": "Many at once: malformed, reconnecting, hostile, two hundred calm ones",
}


def as_text(folder: Path) -> str:
    """The page, from the .json of each run that was made."""
    rows = [f"| {title} | {_did(folder, name)} | [faults_{name}.md](faults_{name}.md) |" for name, title in RUNS.items()]
    return "\n".join(
        [
            "# What breaks, and what then holds",
            "",
            "Made by `make faults`, seeded; each run can be made alone (`python -m tests.faults --help`).",
            "",
            "| run | faults made · acknowledged · found | report |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _did(folder: Path, name: str) -> str:
    path = folder / f"faults_{name}.json"
    if not path.exists():
        return "in its report" if path.with_suffix(".md").exists() else "not made"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if name == "crowd":
        return f"{len(found['bars'])} bars, {sum(found['bars'].values())} hold"
    made = sum(found["done"].values()) if "done" in found else found["kills"]
    made = sum(made.values()) if isinstance(made, dict) else made
    acknowledged = next((found[key] for key in ("acknowledged", "promises", "messages") if key in found), None)
    faults = sum(found["faults"].values())
    return f"{made} · {'–' if acknowledged is None else acknowledged} · {faults or 'none'}"


def write(folder: Path) -> None:
    """Renew the page."""
    (folder / "faults.md").write_text(as_text(folder), encoding="utf-8")
