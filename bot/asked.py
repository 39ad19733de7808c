"""The questions on the way, read once, and how an example of one is known."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.yaml12 import read_yaml
from kernel.questions import Questions

ASKED = "question_asked"
"""On an example: the name of its question (bot/importer.py)."""
_FILE = Path(__file__).resolve().parents[1] / "data" / "questions" / "asked.yml"


@lru_cache(None)
def asked_questions() -> Questions:
    """Those of data/questions/asked.yml. Raises QuestionsError when they are malformed."""
    return Questions(read_yaml(_FILE)["questions"])
