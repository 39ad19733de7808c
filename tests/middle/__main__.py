"""How messages in the middle of a talk are understood, held out: reports/middle.md.

    bot/.venv/bin/python -m tests.middle [--out FOLDER] [--read]

In the bot's environment, with the published model. Rows: `path` (the need that is talked about), `question` (what the bot just asked),
`text`, and what a good listener hears in it (`right`): stay (it belongs to this talk), denies, asks, other:<need>, now. Rows with an even
line number were read while this was built (`--read` prints where those went wrong); the report is about the others.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import structlog

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.asked import asked_questions
from bot.reading import UNKNOWN, Reader
from kernel.need import IS_NOW, MEANT_OTHERWISE, NEEDS
from tests.counted import LANGUAGES, out_of, page, write

TOLD = "Written by `bot/.venv/bin/python -m tests.middle`; the half of `tests/middle` that nobody read, written by somebody who had not seen the bot."
DENIES = frozenset({"meant_otherwise", "nothing_wrong", "safe_now", "help_came", "solved", "whose_me"})
"""Questions on the way that are a denial or set something right."""
LINES = (
    ("belongs to the talk: another subject begun", ("stay switched",), ("stay kept", "stay switched", "stay alarm", "stay left")),
    ("belongs to the talk: alarm for this moment", ("stay alarm",), ("stay kept", "stay switched", "stay alarm", "stay left")),
    ("belongs to the talk: taken back, the talk left", ("stay left",), ("stay kept", "stay switched", "stay alarm", "stay left")),
    ("denied: heard as a denial", ("denies heard",), ("denies heard", "denies missed", "denies alarm")),
    ("denied: another danger begun, or an alarm", ("denies alarm",), ("denies heard", "denies missed", "denies alarm")),
    ("asked: answered", ("asks answered",), ("asks answered", "asks unknown", "asks passed")),
    ("asked: said that the bot does not know", ("asks unknown",), ("asks answered", "asks unknown", "asks passed")),
    ("another trouble: heard", ("other heard",), ("other heard", "other missed")),
    ("now: heard", ("now heard",), ("now heard", "now missed")),
)
Row = dict[str, Any]
Parsed = dict[str, Any]


def rows(language: str, *, read: bool = False) -> list[Row]:
    """The rows nobody read, on odd lines; with `read` the others."""
    lines = (ROOT / "tests" / "middle" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1 if read else 0 :: 2]]


def outcome(row: Row, parsed: Parsed) -> str:
    """What became of a row: its kind and a word."""
    told = {entity["entity"]: entity["value"] for entity in parsed["entities"]}
    name, question, is_now = parsed["intent"]["name"], str(told.get("question") or ""), told.get("danger_now") in IS_NOW
    is_need = name in NEEDS and not NEEDS[name].is_conversation
    is_other = is_need and name != row["path"]
    is_denial = name in ("deny", MEANT_OTHERWISE) or question in DENIES or told.get("danger_now") == "over"
    kind = str(row["right"]).partition(":")[0]
    if kind == "stay":
        is_left = name == MEANT_OTHERWISE
        return "stay " + ("alarm" if is_now else "switched" if is_other else "left" if is_left else "kept")
    if kind == "denies":
        return "denies " + ("alarm" if is_now or (is_other and told.get("urgency")) else "heard" if is_denial else "missed")
    if kind == "asks":
        return "asks " + ("unknown" if question == UNKNOWN else "answered" if question or is_other else "passed")
    if kind == "other":
        return "other " + ("heard" if name == str(row["right"]).partition(":")[2] else "missed")
    return "now " + ("heard" if is_now or told.get("urgency") == "emergency" else "missed")


async def parsed_of(agent: Agent, row: Row, language: str) -> Parsed:
    """The row as the product reads it."""
    reader = Reader.of(asked_questions())
    told = {"language": language, "asking": row["path"], "topic": row["path"], "question": row["question"], "titles": []}
    found: Parsed = await reader.read(agent.processor, UserMessage(row["text"], metadata=told), None)  # type: ignore[arg-type]
    return found


async def measure(*, read: bool) -> dict[str, dict[str, int]]:
    """Outcomes per language."""
    agent = Agent.load(str(ROOT / "models" / "current.tar.gz"))
    found: dict[str, dict[str, int]] = {}
    for language in LANGUAGES:
        counted: Counter[str] = Counter()
        for row in rows(language, read=read):
            parsed = await parsed_of(agent, row, language)
            became = outcome(row, parsed)
            counted[became] += 1
            if read:
                _show(row, parsed, became)
        found[language] = dict(counted)
    return found


def _show(row: Row, parsed: Parsed, became: str) -> None:
    told = [(entity["entity"], entity["value"]) for entity in parsed["entities"] if entity["entity"] != "language"]
    print(f"{became} | {row['question']} | {row['right']} | {parsed['intent']['name']} | {told} | {row['text']}")


def main() -> None:
    """Measures, writes and prints."""
    read = "--read" in sys.argv
    if read:
        sys.argv.remove("--read")
    out, found = out_of(__doc__), asyncio.run(measure(read=read))
    if not read:
        write(out, "middle", found, page("In the middle of a talk", TOLD, LINES, found))


if __name__ == "__main__":
    main()
