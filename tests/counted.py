"""What the measures of held-out sentences share (tests/questions, tests/situations, tests/past): outcomes counted per language, as a report."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("nl", "fr")
Counts = dict[str, dict[str, int]]
Line = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Name of a figure, the outcomes it counts, and those it is a share of."""


def page(title: str, told: str, lines: tuple[Line, ...], found: Counts) -> str:
    """The report; `told`: what it is about. `found`: by language, how often each outcome."""
    text = [f"# {title}", "", told, "", "| | nl | fr |", "| --- | --- | --- |"]
    for name, part, whole in lines:
        cells = []
        for language in LANGUAGES:
            some, all_ = (sum(found[language].get(key, 0) for key in keys) for keys in (part, whole))
            cells.append(f"{100 * some / all_:.1f} % ({some}/{all_})")
        text.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(text) + "\n"


def out_of(description: str | None) -> Path:
    """The folder that the command names for its reports."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", type=Path, default=ROOT / "reports")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    return out


def write(out: Path, name: str, found: Counts, text: str) -> None:
    """`name`.json and `name`.md, and the page on the screen."""
    (out / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (out / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def measure(load: Callable[[str], Any], count: Callable[[Any, str], Awaitable[dict[str, int]]]) -> Counts:
    """By language, what `count` finds with the published model, which `load` reads (Agent.load: this file is read outside Rasa too)."""

    async def all_languages() -> Counts:
        agent = load(str(ROOT / "models" / "current.tar.gz"))
        return {language: await count(agent, language) for language in LANGUAGES}

    return asyncio.run(all_languages())
