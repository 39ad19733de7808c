"""Help lines of France and the Netherlands in a text, by their digits: how a number is grouped or linked changes nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_LIST = Path(__file__).with_name("checks") / "foreign.yml"
FOLDERS = ("data", "channels", "actions", "bot", "safety", "kernel", "curation/studio", "docs", "README.md")
"""Where something is said, or written that may be copied into what is said."""
_KINDS = frozenset({".yml", ".yaml", ".json", ".jsonl", ".txt", ".md", ".csv", ".py", ".html", ".js", ".css", ".svg"})
_MAY_HOLD = re.compile(r"[\d&]|kinder|fil\W|filsant|wanted|enfance|report\W", re.IGNORECASE)
"""In every text that holds one of them; the others need no closer look."""
_GAP = r"[ .()/-]{0,3}"
"""What may stand between two digits of a long number."""
_NATIONAL = re.compile(rf"(?<!\w)(?:\+|0)\d(?:{_GAP}\d){{6,12}}(?!\w)")
"""A whole phone number: three digits in the middle of it are no number of their own."""
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_AROUND = 16
"""Characters around a short number that tell what it is."""


@dataclass(frozen=True, slots=True)
class _Deny:
    """The list, read: patterns over plain text (see `_plain`)."""

    long: re.Pattern[str]
    short: re.Pattern[str]
    names: re.Pattern[str]
    amount: re.Pattern[str]
    before: re.Pattern[str]
    ours: frozenset[str]


def find_foreign(text: str) -> str | None:
    """The first number or name of such a line in `text`, as it stands there made plain; None when there is none."""
    if not _MAY_HOLD.search(text):
        return None
    flat, deny = _plain(text), _deny()
    if found := deny.long.search(flat) or deny.names.search(flat):
        return found[0].strip()
    within = [match.span() for match in _NATIONAL.finditer(flat)]
    for found in deny.short.finditer(flat):
        if not any(start <= found.start() < end for start, end in within) and not _is_counted(flat, *found.span(), deny):
            return found[0]
    return None


def foreign_in_files(root: Path) -> Iterator[tuple[str, int, str]]:
    """Name, line (from 1) and words of every such line in the files under FOLDERS of `root`."""
    for path in files(root):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if words := find_foreign(line):
                yield path.relative_to(root).as_posix(), number, words


def files(root: Path) -> list[Path]:
    """The files that are looked through; hidden folders (environments) are not."""
    found = [path for folder in FOLDERS for path in ((root / folder).rglob("*") if (root / folder).is_dir() else [root / folder])]
    return sorted(path for path in found if path.suffix in _KINDS and path.is_file() and not _is_hidden(path.relative_to(root)))


def examples(kind: str) -> list[str]:
    """The `fires` or `quiet` examples of the list."""
    return _lines(_read()[kind])


def _plain(text: str) -> str:
    """Entities and wide or unbreaking signs as plain ones, without what cannot be seen; one kind of dash."""
    known = unicodedata.normalize("NFKC", html.unescape(text.replace("%20", " ")))
    return re.sub(r"\s", " ", known if known.isascii() else _UNSEEN.sub("", known).translate(_DASHES))


def _is_counted(flat: str, start: int, end: int, deny: _Deny) -> bool:
    """Whether the short number in `flat` is an amount, or a part of a date, a time, a decimal or a longer number."""
    before, after = flat[max(0, start - _AROUND) : start], flat[end : end + _AROUND]
    if deny.amount.match(after) or deny.before.search(before):
        return True
    if re.search(r"(?<![\d.,/-])\d{1,2} $", before):  # "1 113", a thousand and some
        return True
    thousands = re.match(r" (\d{3})(?!\d)", after)
    if thousands and thousands[1] not in deny.ours:
        return True
    joined = [*re.findall(r"(\d+)([.,:/-])$", before), *((digits, sign) for sign, digits in re.findall(r"^([.,:/-])(\d+)", after))]
    return any(sign != "/" or digits not in deny.ours for digits, sign in joined)


def _is_hidden(name: Path) -> bool:
    return any(part.startswith((".", "__")) for part in name.parts[:-1])


@cache
def _deny() -> _Deny:
    raw = _read()
    short = "|".join(re.escape(number) for number in (*raw["short"], *raw["halves"]))
    return _Deny(
        re.compile("|".join(_long(number) for number in raw["long"])),
        re.compile(rf"(?<![\w#])(?:{short})(?!\w)"),
        re.compile("|".join(_lines(raw["names"])), re.IGNORECASE),
        re.compile(rf" ?(?:{'|'.join(_lines(raw['amounts']))})", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(_lines(raw['before']))}) ?$", re.IGNORECASE),
        frozenset(raw["ours"]),
    )


def _long(number: str) -> str:
    """The digits of `number` with anything usual between them, also dialled from abroad (+31, 00 33)."""
    begin = rf"(?:0|(?:\+|0{_GAP}0{_GAP})3{_GAP}[13]{_GAP}(?:0{_GAP})?)"
    return rf"(?<!\w){begin}{_GAP}{_GAP.join(number[1:])}(?!\w)"


@cache
def _read() -> dict[str, str]:
    content: dict[str, str] = YAML(typ="safe", pure=True).load(_LIST.read_text(encoding="utf-8"))["foreign"]
    return content


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]
