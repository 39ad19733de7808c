"""How times and names are written on a page. Times are shown as in Brussels, whatever machine runs the desk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from safety.hours import BRUSSELS


def moment(at: float | None) -> str:
    """`24/11/2026 20:05`; a dash for no moment. `at`: seconds since the epoch."""
    return datetime.fromtimestamp(at, UTC).astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M") if at is not None else "–"


def clock(at: float | None) -> str:
    """`20:05`; a dash for no moment."""
    return datetime.fromtimestamp(at, UTC).astimezone(BRUSSELS).strftime("%H:%M") if at is not None else "–"


def iso(at: float) -> str:
    """For a `time` element."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def label(names: Mapping[str, str], name: str | None) -> str:
    """The word for `name` in a group of texts; the name itself where there is none; a dash for nothing."""
    return names.get(name, name) if name else "–"


def literal(text: str) -> str:
    """Text with its invisible and direction-changing characters made visible, so that nothing reads other than it is written."""
    return "".join(f"⟨U+{ord(char):04X}⟩" if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    if char in "\n\t\u200d\ufe0f":  # joiners hold emoji together
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def fill(text: str, **values: object) -> str:
    """`text` with each `{name}` put in; braces in a value stay what they are."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


FILTERS: dict[str, Callable[..., str]] = {"moment": moment, "clock": clock, "iso": iso, "label": label, "literal": literal, "fill": fill}
