"""Sentences as doccano reads and writes them: `python -m curation.doccano export FILE`, `… import FILE --account NAME`.

One JSON object a line: `{"text": "…", "label": ["need"], "meta": {"language": "nl"}}`. Held-out sentences never leave. What comes in
becomes a draft proposal of that account, as if it had been typed in the studio; it never writes into the data itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from curation.changes import AddExample, Change, MoveExample
from curation.content import Content
from curation.edit_examples import tidy
from curation.nouns import Example
from kernel.language import Language
from kernel.need import NEEDS
from kernel.settings import SettingError

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 600
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its one need."""

    text: str
    need: str
    language: Language


class BadLines(Exception):
    """Lines that cannot be taken in; `faults`: their number and what is wrong, never their words."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(f"{len(faults)} lines")
        self.faults = tuple(faults)


def lines_of(examples: Iterable[Example]) -> list[str]:
    """The sentences as lines, in the order of the content."""
    rows = ({"text": one.text, "label": [one.need], "meta": {"language": one.language.value}} for one in examples)
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def read_lines(raw: str) -> list[Labelled]:
    """What the lines say, each sentence once; other fields (ids, comments) are left aside. Raises BadLines, naming every fault."""
    faults: list[str] = []
    found: dict[tuple[Language, str], Labelled] = {}
    for number, line in enumerate(raw.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = _labelled(json.loads(line))
        except (ValueError, RecursionError) as error:
            faults.append(f"line {number}: {error if type(error) is ValueError else 'not JSON'}")
            continue
        known = found.setdefault((one.language, one.text), one)
        if known.need != one.need:
            faults.append(f"line {number}: the same sentence has another label before")
    if faults:
        raise BadLines(faults)
    return list(found.values())


def changes_for(wanted: Iterable[Labelled], examples: Iterable[Example]) -> list[Change]:
    """What has to change: sentences that are new, and those that stand under another need. What stands there already changes nothing."""
    needs: dict[tuple[Language, str], list[str]] = {}
    for example in examples:
        needs.setdefault((example.language, tidy(example.text)), []).append(example.need)
    changes: list[Change] = []
    for one in wanted:
        known = needs.get((one.language, one.text), [])
        if not known:
            changes.append(AddExample(need=one.need, language=one.language, text=one.text))
        elif one.need not in known:
            changes.append(MoveExample(need=known[0], language=one.language, text=one.text, to_need=one.need))
    return changes


def _labelled(row: object) -> Labelled:
    """Raises ValueError with what is wrong."""
    if not isinstance(row, dict):
        raise ValueError("expected an object")
    text, label, meta = row.get("text"), row.get("label"), row.get("meta")
    if not isinstance(text, str) or not tidy(text):
        raise ValueError("text: expected a sentence")
    if len(text) > LONGEST:
        raise ValueError(f"text: longer than {LONGEST} characters")
    if not isinstance(label, list) or len(label) != 1 or not isinstance(label[0], str) or label[0] not in NEEDS:
        raise ValueError("label: expected one need, as in the export")
    language = meta.get("language") if isinstance(meta, dict) else None
    if language not in ("nl", "fr"):
        raise ValueError("meta: expected the language, nl or fr")
    return Labelled(tidy(text), label[0], Language(language))


def export(root: Path, file: Path) -> int:
    """Write every example of the content at `root`; how many."""
    lines = lines_of(Content.load(root).examples)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def main(arguments: list[str], root: Path = ROOT) -> int:
    """0 when it was done; 1 when lines or checks said no, with each fault on a line; 2 when it could not be begun."""
    parser = argparse.ArgumentParser(prog="python -m curation.doccano", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("export", help="write all examples").add_argument("file", type=Path)
    importing = acts.add_parser("import", help="make a draft proposal")
    importing.add_argument("file", type=Path)
    importing.add_argument("--account", required=True, help="the name of the account whose draft it becomes")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.act == "export":
            print(f"{export(root, chosen.file)} sentences in {chosen.file}")
            return 0
        if chosen.file.stat().st_size > _LARGEST:
            print("FILE: larger than 20 MB", file=sys.stderr)
            return 2
        wanted = read_lines(chosen.file.read_text(encoding="utf-8-sig"))
    except BadLines as bad:
        print("\n".join(bad.faults), file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"FILE: cannot be used ({type(error).__name__})", file=sys.stderr)
        return 2
    return _bring_in(root, wanted, chosen.account)


def _bring_in(root: Path, wanted: list[Labelled], account: str) -> int:
    # By name, as the hub does it: this room knows neither the settings' secrets nor the studio with its store.
    os.umask(0o077)
    settings_from = import_module("channels.__main__").settings_from
    start_error, bring_in = import_module("channels.secrets").StartError, import_module("curation.studio.doccano_import").bring_in
    try:
        code: int = asyncio.run(bring_in(settings_from(dict(os.environ), root), root, wanted, account))
        return code
    except (SettingError, start_error) as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
