"""Runs in the bot's environment: which sentences a second training encodes, and what it finds of the others. One JSON line."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np

from bot.known_vectors import KnownVectors

_FIRST, _THEN = ["hij dreigt", "zij ook", "hij dreigt"], ["zij ook", "nieuw", "hij dreigt"]


def main() -> None:
    """See the module."""
    asked: list[list[str]] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.append(texts)
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deeper" / "vectors.npz"
        KnownVectors(path, "one 1", 2).encode(_FIRST, encode)
        then = KnownVectors(path, "one 1", 2).encode(_THEN, encode)
        KnownVectors(path, "one 1", 2).encode(_THEN, encode)
        KnownVectors(path, "one 2", 2).encode(_THEN, encode)
        path.write_bytes(b"PK\x03\x04 broken")
        broken = KnownVectors(path, "one 2", 2).encode(_THEN, encode)
        left = [found.name for found in path.parent.iterdir()]
    same = [bool((found == encode(_THEN)).all()) for found in (then, broken)]
    print(json.dumps({"asked": asked[:4], "same": same, "left": left}))


if __name__ == "__main__":
    main()
