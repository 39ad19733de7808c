"""The reviewed crisis terms, read once: more than one component looks at them, and reading takes seconds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from safety.crisis import CrisisDetector

_FOLDER = Path(__file__).resolve().parents[1] / "data" / "safety"


@lru_cache(None)
def reviewed_terms() -> CrisisDetector:
    """Of data/safety. Raises DataError."""
    return CrisisDetector.load(_FOLDER)
