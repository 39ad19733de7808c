"""The questions on the way, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.yaml12 import read_yaml
from kernel.questions import Questions

_FILE = Path(__file__).resolve().parents[1] / "data" / "questions" / "asked.yml"


@lru_cache(None)
def asked_questions() -> Questions:
    """Those of data/questions/asked.yml. Raises QuestionsError when they are malformed."""
    return Questions(read_yaml(_FILE)["questions"])
