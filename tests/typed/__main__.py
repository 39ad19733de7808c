"""What is typed in place of a button, held out: reports/typed.md.

    .venv/bin/python -m tests.typed [--out FOLDER] [--read] [--rows FILE]

With the trained bot: each question of a path is reached by buttons, then the words are said. Rows: `question`, `text`, and what a listener
hears in it (`means`): b1, b2 … (a button), told, asks, other, now, back, talk. Four writers who had seen nothing of the project wrote
them. Rows with an odd line number were read while this was built (`--read` counts those); the report is about the others. `--rows`: every
row with what became of it, as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), str(ROOT / "tests/product"), str(ROOT / "tests/channels")]

from outcomes import ASKS, BACK, NOW, SUBJECT, TOLD, became, judged
from product_world import Product, missing
from reached import reach, say
from turns import BotDoor

from tests.counted import LANGUAGES, page, write

TITLE = "Typed in place of a button"
WRITTEN = (
    "Written by `python -m tests.typed`; the half of `tests/typed` that nobody read. Rows whose question no buttons lead to are left out."
)
_BUTTON = tuple(f"button {one}" for one in ("right", "other", TOLD, ASKS, NOW, SUBJECT, BACK))
_ELSE = tuple(f"told {one}" for one in (TOLD, ASKS, "button", NOW, SUBJECT, BACK))
LINES = (
    ("a button is meant: answered as that button", _BUTTON[:1], _BUTTON),
    ("a button is meant: answered as another", _BUTTON[1:2], _BUTTON),
    ("a button is meant: met in general words, and on with the path", _BUTTON[2:3], _BUTTON),
    ("a button is meant: taken for a question", _BUTTON[3:4], _BUTTON),
    ("a button is meant: taken for danger now, another subject or a denial", _BUTTON[4:], _BUTTON),
    ("told on, or talk: taken for a button", _ELSE[2:3], _ELSE),
    ("told on, or talk: taken for danger now, another subject or a denial", _ELSE[3:], _ELSE),
    ("asked: answered as a question", ("asks answered",), ("asks answered", "asks passed")),
    ("danger of this moment: heard", ("now heard",), ("now heard", "now missed")),
    ("another trouble: heard", ("other heard",), ("other heard", "other missed")),
    ("taken back: heard", ("back heard",), ("back heard", "back missed")),
)
Row = dict[str, Any]


def rows(language: str, *, read: bool = False) -> list[Row]:
    """The rows nobody read, on even lines; with `read` the others."""
    lines = (_HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[0 if read else 1 :: 2]]


def said(bot_url: str, language: str, asked: list[Row]) -> list[Row]:
    """Each row whose question is reached, with what the bot did (`became`), said (`reply`), and what that is worth (`judged`)."""
    door = BotDoor(bot_url)
    found, done = reach(door, language, {row["question"] for row in asked}), []
    for row in asked:
        place = found.get(row["question"])
        if place is not None:
            answer = say(door, language, place.answer, row["text"])
            outcome = became(place, answer)
            reply = [message["text"] for message in answer["messages"]]
            done.append({**row, "became": outcome, "judged": judged(row["means"], outcome, place), "reply": reply})
    door.close()
    return done


def measured(*, read: bool) -> dict[str, list[Row]]:
    """The rows of each language, said to a bot of their own."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        try:
            product.make_whole()
            with ThreadPoolExecutor(len(LANGUAGES)) as pool:
                found = pool.map(lambda language: said(product.bot_url, language, rows(language, read=read)), LANGUAGES)
                return dict(zip(LANGUAGES, found, strict=True))
        finally:
            product.end()


def main() -> int:
    """Measures, writes and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "reports")
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--rows", type=Path)
    given = parser.parse_args()
    if wanting := missing():
        print(wanting)
        return 2
    done = measured(read=given.read)
    counts: dict[str, dict[str, int]] = {language: dict(Counter(str(row["judged"]) for row in done[language])) for language in LANGUAGES}
    text = page(TITLE, WRITTEN, LINES, counts)
    if given.rows:
        lines = [json.dumps({"language": language, **row}, ensure_ascii=False) for language in LANGUAGES for row in done[language]]
        given.rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if given.read:
        print(text)
    else:
        write(given.out, "typed", counts, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
