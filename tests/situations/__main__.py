"""How many held-out situations of a danger of this moment the model hears: reports/situations.md.

    bot/.venv/bin/python -m tests.situations [--out FOLDER]

In the bot's environment, with the published model. Half of what two writers wrote before there was a single example; this half was not read
by whoever made it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import warnings
from collections import Counter
from pathlib import Path

import structlog

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.conversation_state import SITUATION

LANGUAGES = ("nl", "fr")
NONE = "none"
ROWS = (
    ("answered as the situation they tell", ("right",), ("right", "other", "missed")),
    ("answered as another one", ("other",), ("right", "other", "missed")),
    ("told none, answered as one", ("false",), ("false", "quiet")),
)


def outcome(told: str, heard: str) -> str:
    """right, other, missed; quiet, false. `heard`: the entity, NONE for none."""
    if told == NONE:
        return "quiet" if heard == NONE else "false"
    if heard == NONE:
        return "missed"
    return "right" if told == heard else "other"


async def count(agent: Agent, language: str) -> dict[str, int]:
    """Of one language, by outcome, each said after "can you get away?"."""
    found: Counter[str] = Counter()
    asked = {"language": language, "asking": None, "topic": None, "question": "utter_ask_now_away", "titles": []}
    for line in (ROOT / "tests" / "situations" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parsed = await agent.processor.parse_message(UserMessage(row["text"], metadata=asked))  # type: ignore[union-attr]
        heard = next((entity["value"] for entity in parsed["entities"] if entity["entity"] == SITUATION), NONE)
        found[outcome(row["situation"], heard)] += 1
    return dict(found)


async def measure() -> dict[str, dict[str, int]]:
    """Per language."""
    agent = Agent.load(str(ROOT / "models" / "current.tar.gz"))
    return {language: await count(agent, language) for language in LANGUAGES}


def page(found: dict[str, dict[str, int]]) -> str:
    """The report."""
    told = "Written by `bot/.venv/bin/python -m tests.situations`: 378 messages in each language that tell one of 21 situations, 30 that tell none."
    lines = ["# Situations of a danger of this moment", "", told, "", "| | nl | fr |", "| --- | --- | --- |"]
    for name, part, whole in ROWS:
        cells = []
        for language in LANGUAGES:
            some, all_ = (sum(found[language].get(key, 0) for key in keys) for keys in (part, whole))
            cells.append(f"{100 * some / all_:.1f} % ({some}/{all_})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures, writes and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "reports")
    out: Path = parser.parse_args().out
    found = asyncio.run(measure())
    out.mkdir(parents=True, exist_ok=True)
    (out / "situations.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (out / "situations.md").write_text(page(found), encoding="utf-8")
    print(page(found))


if __name__ == "__main__":
    main()
