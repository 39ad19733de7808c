"""Drawing a path or a scenario: boxes in rows, arrows between them. SVG made here, without a style attribute and without a script.

An arrow to the next row goes straight; one that jumps over a row or goes back takes a lane of its own, left or right of the boxes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from markupsafe import Markup

BOX_W, BOX_H, GAP_X, GAP_Y, EDGE = 240, 76, 40, 84, 16
LANE, LANE_WORDS = 22, 132
_CHARS, _LINES, _LABEL_CHARS, _LANE_CHARS = 32, 3, 38, 19


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


@dataclass(slots=True)
class _Plan:
    """Where everything stands: the left upper corner of each box by name, its row, and the lanes on both sides."""

    corners: dict[str, tuple[int, int]] = field(default_factory=dict)
    row_of: dict[str, int] = field(default_factory=dict)
    left: int = 0
    right: int = 0
    lanes: list[int] = field(default_factory=lambda: [0, 0])


def drawing(rows: Sequence[Sequence[Box]], arrows: Sequence[Arrow], title: str) -> Markup:
    """The picture. `title` is read aloud; the page says the same in words beneath."""
    merged = _merged(arrows)
    row_of = {box.name: depth for depth, row in enumerate(rows) for box in row}
    known = [arrow for arrow in merged if arrow.start in row_of and arrow.end in row_of]
    straight = [arrow for arrow in known if row_of[arrow.end] == row_of[arrow.start] + 1]
    around = [arrow for arrow in known if arrow not in straight]
    margin = EDGE + (LANE * ((len(around) + 1) // 2) + LANE_WORDS if around else 0)
    widest = max((len(row) for row in rows), default=1)
    block = widest * BOX_W + (widest - 1) * GAP_X
    width, height = block + 2 * margin, 2 * EDGE + len(rows) * BOX_H + max(len(rows) - 1, 0) * GAP_Y
    plan = _Plan(row_of=row_of, left=margin, right=margin + block)
    for depth, row in enumerate(rows):
        start = margin + (block - len(row) * BOX_W - (len(row) - 1) * GAP_X) // 2
        for number, box in enumerate(row):
            plan.corners[box.name] = (start + number * (BOX_W + GAP_X), EDGE + depth * (BOX_H + GAP_Y))
    drawn = [_straight(arrow, plan) for arrow in straight] + [_around(arrow, plan) for arrow in around]
    boxes = [_box(box, *plan.corners[box.name]) for row in rows for box in row]
    head = Markup(
        '<svg class="graph" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group" aria-label="{title}"><defs><marker id="tip"'
        ' viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/>'
        "</marker></defs>"
    ).format(w=width, h=height, title=title)
    parts = [head, *(line for line, _ in drawn), *boxes, *(label for _, label in drawn), Markup("</svg>")]
    return Markup("\n").join(parts)


def _merged(arrows: Sequence[Arrow]) -> list[Arrow]:
    """One arrow between two places, with all that is said on it."""
    said: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        said[arrow.start, arrow.end].append(arrow)
    return [
        Arrow(start, end, " / ".join(dict.fromkeys(one.words for one in group)), any(one.is_new for one in group))
        for (start, end), group in said.items()
    ]


def _straight(arrow: Arrow, plan: _Plan) -> tuple[Markup, Markup]:
    (x1, y1), (x2, y2) = plan.corners[arrow.start], plan.corners[arrow.end]
    sx, sy, ex, ey = x1 + BOX_W // 2, y1 + BOX_H, x2 + BOX_W // 2, y2 - 2
    bend = (ey - sy) // 2
    line = _path(arrow, f"M{sx} {sy} C{sx} {sy + bend} {ex} {ey - bend} {ex} {ey}")
    share = 0.65 if x2 != x1 else 0.5  # nearer to where it leads, so that labels of a fork stand apart
    return line, _words(arrow, sx + (ex - sx) * share, sy + GAP_Y // 2 - 6, "middle", _LABEL_CHARS, 2)


def _around(arrow: Arrow, plan: _Plan) -> tuple[Markup, Markup]:
    (x1, y1), (x2, y2) = plan.corners[arrow.start], plan.corners[arrow.end]
    side = 0 if plan.lanes[0] <= plan.lanes[1] else 1
    plan.lanes[side] += 1
    gap = LANE * plan.lanes[side]
    lane = plan.left - gap if side == 0 else plan.right + gap
    sx, ex = (x1, x2) if side == 0 else (x1 + BOX_W, x2 + BOX_W)
    sy, ey = y1 + BOX_H * 2 // 3, y2 + BOX_H // 3
    turn = 12 if ey > sy else -12
    out = -2 if side == 0 else 2
    corner = lane - out * 6
    there = f"M{sx} {sy} L{corner} {sy} Q{lane} {sy} {lane} {sy + turn} L{lane} {ey - turn}"
    line = _path(arrow, f"{there} Q{lane} {ey} {corner} {ey} L{ex + out} {ey}")
    anchor, at = ("end", lane - 6) if side == 0 else ("start", lane + 6)
    return line, _words(arrow, at, (sy + ey) / 2 - 8, anchor, _LANE_CHARS, 4)


def _path(arrow: Arrow, path: str) -> Markup:
    look = "arrow new" if arrow.is_new else "arrow"
    return Markup('<path class="{}" d="{}" marker-end="url(#tip)"/>').format(look, path)


def _words(arrow: Arrow, x: float, y: float, anchor: str, chars: int, most: int) -> Markup:
    lines = Markup("").join(
        Markup('<tspan x="{:.0f}" y="{:.0f}">{}</tspan>').format(x, y + 15 * number, line)
        for number, line in enumerate(_shortened(arrow.words, chars, most))
    )
    return Markup('<text class="on-arrow" text-anchor="{}"><title>{}</title>{}</text>').format(anchor, arrow.words, lines)


def _box(box: Box, x: int, y: int) -> Markup:
    lines = _shortened(box.words, _CHARS, _LINES)
    top = y + BOX_H / 2 - (len(lines) - 1) * 9 + 5
    texts: Iterable[Markup] = (
        Markup('<text x="{}" y="{:.0f}" text-anchor="middle">{}</text>').format(x + BOX_W // 2, top + number * 18, line)
        for number, line in enumerate(lines)
    )
    return Markup('<a href="{}" class="box {}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="12"/>{}</a>').format(
        box.link, box.look, box.words, x, y, BOX_W, BOX_H, Markup("").join(texts)
    )


def _shortened(text: str, chars: int, most: int) -> list[str]:
    """The text in lines of `chars` characters, at most `most` of them; the whole is in the title."""
    lines = wrap(text, chars) or [""]
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][: chars - 1].rstrip() + "…"]
