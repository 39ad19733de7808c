"""How many held-out first messages are heard as told of something that is over, or that goes on: reports/past.md.

    bot/.venv/bin/python -m tests.past [--out FOLDER]

In the bot's environment, with the published model. Written by two writers who saw neither data nor code; nothing of it was read before it was
measured, but for every second row while word lists were tried that are not in use.
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

from kernel.need import MAY_BE_PAST
from tests.counted import measure, out_of, page, write

TOLD = "Written by `bot/.venv/bin/python -m tests.past`: 50 first messages in each language of what is over, 50 of what goes on."
_OVER = ("over asked", "over danger", "over else")
_GOES_ON = ("goes_on asked", "goes_on danger", "goes_on else")
LINES = (
    ("over: asked whether it goes on", ("over asked",), _OVER),
    ("over: met as a danger of today", ("over danger",), _OVER),
    ("goes on: asked whether it goes on", ("goes_on asked",), _GOES_ON),
)


async def count(agent: Agent, language: str) -> dict[str, int]:
    """Of one language, by outcome: asked, met as a danger, or heard as something else."""
    found: Counter[str] = Counter()
    for line in (ROOT / "tests" / "past" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parsed = await agent.processor.parse_message(UserMessage(row["text"], metadata={"language": language}))  # type: ignore[union-attr]
        is_asked = any(one["entity"] == "danger_now" and one["value"] == "past" for one in parsed["entities"])
        heard = "asked" if is_asked else "danger" if parsed["intent"]["name"] in MAY_BE_PAST else "else"
        found[f"{row['time']} {heard}"] += 1
    return dict(found)


def main() -> None:
    """Measures, writes and prints."""
    out, found = out_of(__doc__), measure(Agent.load, count)
    write(out, "past", found, page("What is told as over", TOLD, LINES, found))


if __name__ == "__main__":
    main()
