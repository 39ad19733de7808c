"""Runs in the bot's environment: which trainings tune the encoder again, and which take what was kept. One JSON line."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np

from bot.kept_tuning import KeptTuning

_TEXTS = [f"zin {number}" for number in range(300)]
_LABELS = ["grooming" if number % 2 else "off_topic" for number in range(300)]


def main() -> None:
    """See the module."""
    learned: list[str] = []

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deeper" / "tuned.npz"

        def asked(why: str, texts: list[str], labels: list[str], maker: str = "one") -> float:
            kept = KeptTuning(path, maker)
            arrays = kept.read(texts, labels)
            if arrays is None:
                learned.append(why)
                arrays = {"units": np.full((2, 2), len(learned), np.float32)}
                kept.write(arrays, texts, labels)
            return float(arrays["units"][0, 0])

        found = [asked("first", _TEXTS, _LABELS), asked("same", _TEXTS, _LABELS)]
        found.append(asked("two more", [*_TEXTS, "nieuw", "anders"], [*_LABELS, "grooming", "off_topic"]))
        found.append(asked("two fewer", _TEXTS[2:], _LABELS[2:]))
        found.append(asked("many more", [*_TEXTS, *(f"nieuw {number}" for number in range(20))], [*_LABELS, *["grooming"] * 20]))
        found.append(asked("many relabelled", _TEXTS, [*["grooming"] * 20, *_LABELS[20:]]))
        found.append(asked("many fewer", _TEXTS[20:], _LABELS[20:]))
        found.append(asked("another label", [*_TEXTS[20:], "x"], [*_LABELS[20:], "suicidal"]))
        found.append(asked("another maker", [*_TEXTS[20:], "x"], [*_LABELS[20:], "suicidal"], "two"))
        path.write_bytes(b"PK\x03\x04 broken")
        found.append(asked("broken", _TEXTS, _LABELS))
        left = [one.name for one in path.parent.iterdir()]
    print(json.dumps({"learned": learned, "found": found, "left": left}))


if __name__ == "__main__":
    main()
