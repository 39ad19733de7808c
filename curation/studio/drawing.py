"""Drawing a path or a scenario: boxes in rows, arrows between them. SVG made here, without a style attribute and without a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup, escape

BOX_W, BOX_H, GAP_X, GAP_Y, EDGE = 210, 74, 34, 74, 16
_CHARS, _LINES = 30, 3


@dataclass(frozen=True, slots=True)
class Box:
    """One place: its words, where its link leads, and its look (`start`, `end`, `new` or empty)."""

    name: str
    words: str
    link: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one place to another, with what is said to get there."""

    start: str
    end: str
    words: str
    is_new: bool = False


def drawing(rows: Sequence[Sequence[Box]], arrows: Sequence[Arrow], title: str) -> Markup:
    """The picture. `title` is read aloud; the page says the same in words beneath."""
    widest = max((len(row) for row in rows), default=1)
    width = EDGE * 2 + widest * BOX_W + (widest - 1) * GAP_X
    height = EDGE * 2 + len(rows) * BOX_H + max(len(rows) - 1, 0) * GAP_Y
    places = _places(rows, width)
    parts = [
        Markup('<svg class="graph" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">').format(
            width, height, width, height, title
        ),
        Markup(
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        ),
    ]
    merged = _merged(arrows)
    parts += [_line(arrow, places, number) for number, arrow in enumerate(merged) if arrow.start in places and arrow.end in places]
    parts += [_box(box, *places[box.name]) for row in rows for box in row]
    parts += [_label(arrow, places) for arrow in merged if arrow.start in places and arrow.end in places]
    return Markup("\n").join([*parts, Markup("</svg>")])


def _places(rows: Sequence[Sequence[Box]], width: int) -> dict[str, tuple[int, int]]:
    found = {}
    for depth, row in enumerate(rows):
        taken = len(row) * BOX_W + (len(row) - 1) * GAP_X
        left = (width - taken) // 2
        for number, box in enumerate(row):
            found[box.name] = (left + number * (BOX_W + GAP_X), EDGE + depth * (BOX_H + GAP_Y))
    return found


def _merged(arrows: Sequence[Arrow]) -> list[Arrow]:
    """One arrow between two places, with all that is said on it."""
    said: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        said[arrow.start, arrow.end].append(arrow)
    return [
        Arrow(start, end, " / ".join(dict.fromkeys(one.words for one in group)), any(one.is_new for one in group))
        for (start, end), group in said.items()
    ]


def _line(arrow: Arrow, places: Mapping[str, tuple[int, int]], number: int) -> Markup:
    (x1, y1), (x2, y2) = places[arrow.start], places[arrow.end]
    sx, ex = x1 + BOX_W // 2, x2 + BOX_W // 2
    look = "arrow new" if arrow.is_new else "arrow"
    if y2 > y1:
        sy, ey = y1 + BOX_H, y2 - 2
        bend = (ey - sy) // 2
        if y2 - y1 > BOX_H + GAP_Y:  # past other rows: around, each arrow on a way of its own
            side = x1 - 10 - 6 * (number % 3) if sx <= ex else x1 + BOX_W + 10 + 6 * (number % 3)
            path = (
                f"M{sx} {sy} C{sx} {sy + 40} {side} {sy + 20} {side} {sy + 70} L{side} {ey - 70} C{side} {ey - 20} {ex} {ey - 40} {ex} {ey}"
            )
        else:
            path = f"M{sx} {sy} C{sx} {sy + bend} {ex} {ey - bend} {ex} {ey}"
    else:  # back or beside
        right, out, mid1, mid2 = x1 + BOX_W, x2 + BOX_W, y1 + BOX_H // 2, y2 + BOX_H // 2
        path = f"M{right} {mid1} C{right + 60} {mid1} {out + 60} {mid2} {out + 2} {mid2}"
    return Markup('<path class="{}" d="{}" marker-end="url(#tip)"/>').format(look, path)


def _label(arrow: Arrow, places: Mapping[str, tuple[int, int]]) -> Markup:
    (x1, y1), (x2, y2) = places[arrow.start], places[arrow.end]
    words = arrow.words if len(arrow.words) <= 34 else arrow.words[:32] + "…"
    share = 0.5 if abs(y2 - y1) <= BOX_H + GAP_Y else 0.0
    x = x1 + BOX_W // 2 + (x2 - x1) * share * 0.8
    y = y1 + BOX_H + (GAP_Y * (0.36 if x2 <= x1 else 0.62) if y2 > y1 else 14)
    return Markup('<text class="on-arrow" x="{:.0f}" y="{:.0f}" text-anchor="middle"><title>{}</title>{}</text>').format(
        x, y, arrow.words, words
    )


def _box(box: Box, x: int, y: int) -> Markup:
    lines = wrap(box.words, _CHARS) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _CHARS - 1] + "…"]
    top = y + BOX_H / 2 - (len(lines) - 1) * 9 + 5
    texts = Markup("").join(
        Markup('<text x="{}" y="{:.0f}" text-anchor="middle">{}</text>').format(x + BOX_W // 2, top + number * 18, line)
        for number, line in enumerate(lines)
    )
    return Markup('<a href="{}" class="box {}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="12"/>{}</a>').format(
        escape(box.link), box.look, box.words, x, y, BOX_W, BOX_H, texts
    )
