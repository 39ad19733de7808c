"""How many held-out questions on the way the model hears, and how many statements it takes for one: reports/questions.md.

    bot/.venv/bin/python -m tests.questions [--out FOLDER]

In the bot's environment, with the published model. Rows with an even line number were read while this was built; the others were not, and
the report is about those.
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

from bot.asked import asked_questions
from bot.components.question_classifier import MAY_ASK
from bot.reading import UNKNOWN, Reader
from kernel.need import MEANT_OTHERWISE
from kernel.question import WHAT_IS
from kernel.questions import MEANT, NO_QUESTION
from tests.counted import measure, out_of, page, write

ABOUT = "Written by `bot/.venv/bin/python -m tests.questions`; the half of `tests/questions` that nobody read."
_ASKED = ("right", "offered", "other", "offered_others", "missed")
_TOLD = ("false", "false_offer", "quiet")
LINES = (
    ("heard as the question they are", ("right",), _ASKED),
    ("offered among three, with a button", ("offered",), _ASKED),
    ("heard as another question", ("other",), _ASKED),
    ("others offered, and not this one", ("offered_others",), _ASKED),
    ("statements taken for a question", ("false",), _TOLD),
    ("statements met with questions that may be meant", ("false_offer",), _TOLD),
)
Row = dict[str, str]


def rows(language: str) -> list[Row]:
    """The rows nobody read: those on odd lines."""
    lines = (ROOT / "tests" / "questions" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[::2]]


def is_one(name: str, question: str) -> bool:
    """Whether `name` is this question, or the same on a path of its own ("what_to_do_home")."""
    return name == question or name.startswith(f"{question}_")


def outcome(row: Row, heard: str, offered: str = "") -> str:
    """One of _ASKED, or of _TOLD. `heard`: the entity `question`, "" for none; `offered`: those that may be meant, with "|" between."""
    if row["question"] == NO_QUESTION:
        return "false_offer" if heard == MEANT else "false" if heard and heard != UNKNOWN else "quiet"
    if heard == MEANT:
        return "offered" if any(is_one(one, row["question"]) for one in offered.split("|")) else "offered_others"
    if not heard or heard == UNKNOWN:  # that it is not known is said; the question was not heard
        return "missed"
    same = heard.startswith("word_") if row["question"] == WHAT_IS else is_one(heard, row["question"])
    return "right" if same else "other"


async def count(agent: Agent, language: str) -> dict[str, int]:
    """Of one language, by outcome; read as the product reads, clause by clause too."""
    found: Counter[str] = Counter()
    reader = Reader.of(asked_questions())
    for row in rows(language):
        path = row["path"]
        asked = {"language": language, "asking": path, "topic": path, "question": f"utter_ask_{path}_safe" if path else None, "titles": []}
        parsed = await reader.read(agent.processor, UserMessage(row["text"], metadata=asked), None)  # type: ignore[arg-type]
        heard = next((entity["value"] for entity in parsed["entities"] if entity["entity"] == "question"), "")
        heard = heard or (MEANT_OTHERWISE if parsed["intent"]["name"] == MEANT_OTHERWISE else "")
        offered = next((entity["value"] for entity in parsed["entities"] if entity["entity"] == MAY_ASK), "")
        found[outcome(row, heard, offered)] += 1
    return dict(found)


def main() -> None:
    """Measures, writes and prints."""
    out, found = out_of(__doc__), measure(Agent.load, count)
    write(out, "questions", found, page("Questions on the way", ABOUT, LINES, found))


if __name__ == "__main__":
    main()
