"""Runs in the bot's environment: the examples of dangers that are believed to deny that very danger. JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from bot.components.denials import denied_by
from bot.yaml12 import read_yaml
from kernel.denial import LIFE, NEED
from kernel.need import NEEDS, urgency_of


def examples() -> Iterator[tuple[str, str]]:
    """Need and sentence, of every danger in data/nlu."""
    for file in sorted((ROOT / "data/nlu").glob("*/*.yml")):
        for part in read_yaml(file)["nlu"]:
            if part["intent"] in NEEDS and urgency_of(part["intent"]).is_danger:
                yield from ((part["intent"], line.removeprefix("- ").strip()) for line in part["examples"].splitlines())


def places(need: str) -> list[dict[str, Any]]:
    """Where it may be said: on the path of its danger, where a danger of this moment is asked about, and at the end of a talk."""
    on_path = {"asking": need, "topic": need, "walked": [need]}
    end = {"asking": None, "topic": need, "walked": [need], "question": "utter_ask_else", "was_now": True}
    return [{**on_path, "question": f"utter_ask_{need}_adult"}, {**on_path, "question": "utter_ask_now_away"}, end]


def main() -> None:
    """How many examples there are, and those that are taken back."""
    found, taken_back = list(examples()), []
    for need, text in found:
        kinds = {denied.kind for told in places(need) if (denied := denied_by(text, told, {})) is not None}
        taken_back += [[kind, text] for kind in sorted(kinds & {LIFE, NEED})]
    print(json.dumps({"examples": len(found), "taken_back": taken_back}))


if __name__ == "__main__":
    main()
