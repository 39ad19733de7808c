"""Charts of the numbers, drawn here as SVG pictures: nothing is loaded from elsewhere, and the page needs no script for them."""

from __future__ import annotations

import asyncio
import io
import threading

from channels.desk.counts import Table

_BAR = "#17595b"
_INK = "#1b2727"
_GRID = "#d8d1c4"
_DRAWING = threading.Lock()
"""One at a time: the library is not made for threads."""
_PER_BAR_INCH, _AROUND_INCH, _WIDTH_INCH = 0.27, 0.7, 6.4


async def chart(table: Table) -> bytes:
    """The table as bars, as SVG; blanked counts have no bar."""
    return await asyncio.to_thread(_draw, table)


def _draw(table: Table) -> bytes:
    # Late, since it takes a second to load and most desks never look at numbers.
    from matplotlib.figure import Figure

    lines = table.lines
    with _DRAWING:
        figure = Figure(figsize=(_WIDTH_INCH, len(lines) * _PER_BAR_INCH + _AROUND_INCH), layout="constrained")
        axes = figure.subplots()
        places = range(len(lines))
        axes.barh(places, [line.count or 0 for line in lines], color=_BAR, height=0.7)
        axes.set_yticks(places, [line.label for line in lines], color=_INK)
        axes.invert_yaxis()
        axes.set_xlim(0, max((line.count or 0 for line in lines), default=0) * 1.12 or 1)
        for place, line in enumerate(lines):
            axes.text(line.count or 0, place, f" {line.count}" if line.count is not None else " –", va="center", color=_INK)
        axes.set_xticks([])
        axes.tick_params(length=0)
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        axes.spines["left"].set_color(_GRID)
        picture = io.BytesIO()
        figure.savefig(picture, format="svg", facecolor="#ffffff", metadata={"Date": None})
    return picture.getvalue()
