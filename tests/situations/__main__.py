"""How many held-out situations of a danger of this moment the model hears: reports/situations.md.

    bot/.venv/bin/python -m tests.situations [--out FOLDER]

In the bot's environment, with the published model. Half of what two writers wrote before there was a single example; this half was not read
by whoever made it.
"""

from __future__ import annotations

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
from tests.counted import measure, out_of, page, write

NONE = "none"
TOLD = "Written by `bot/.venv/bin/python -m tests.situations`: 418 messages in each language that tell one of 25 situations, 30 that tell none."
LINES = (
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


def main() -> None:
    """Measures, writes and prints."""
    out, found = out_of(__doc__), measure(Agent.load, count)
    write(out, "situations", found, page("Situations of a danger of this moment", TOLD, LINES, found))


if __name__ == "__main__":
    main()
