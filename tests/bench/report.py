"""reports/bench.md, bench.json and plots from the parts' numbers. A part that was not measured is said to be missing."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from typing import Any

from sides import ROOT

Found = dict[str, Any]
_MIB = 1024 * 1024
OUT = ROOT / "reports"


class Bar:
    """One line of "it holds when". `value` gives the ratio from the numbers; `most` or `least` is the bar."""

    def __init__(self, part: str, what: str, value: Callable[[Found], float], *, most: float | None = None, least: float | None = None):
        self.part, self.what, self._value, self.most, self.least = part, what, value, most, least

    def row(self, found: Found) -> Found:
        """Name, bar, value, and whether it holds; value None where the part was not measured."""
        bar = f"≤ {self.most:.2f}" if self.most is not None else f"≥ {self.least:.2f}"
        if self.part not in found:
            return {"what": self.what, "bar": bar, "value": None, "holds": None}
        value = self._value(found[self.part])
        holds = value <= self.most if self.most is not None else value >= (self.least or 0.0)
        return {"what": self.what, "bar": bar, "value": value, "holds": holds}


BARS = (
    Bar("bot", "bot at 16 conversations: throughput to stock", lambda n: _of(n, "16", "per_second"), least=3.5),
    Bar("bot", "bot at 16 conversations: p95 to stock", lambda n: _of(n, "16", "p95"), most=1 / 3.5),
    Bar("bot", "resident memory after that load to stock", lambda n: n["resident"]["product"] / n["resident"]["stock"], most=0.6),
    Bar("start", "start to first answer to stock", lambda n: n["product"]["seconds"] / n["stock"]["seconds"], most=0.4),
    Bar("training", "training to stock (100 epochs, worked out)", lambda n: n["product"] / n["stock"]["worked_out"], most=0.5),
    Bar("path", "whole path at 16 conversations: p95 to stock's bare REST", lambda n: _of(n, "16", "p95"), most=1 / 3),
    Bar("growth", "turn 300 to turn 5", lambda n: n["product"]["300"] / n["product"]["5"], most=1.3),
    Bar("stored", "100,000 stored conversations to 1,000 (median of a turn)", lambda n: n["100000"]["p50"] / n["1000"]["p50"], most=1.2),
    Bar("idle", "KB of each of 10,000 idle chats", lambda n: n["kb_each"], most=30.0),
    Bar("idle", "p95 of an active chat beside them", lambda n: n["p95"]["with_idle"] / n["p95"]["alone"], most=1.3),
    Bar("bots", "two bots behind a hub: throughput to one", lambda n: _of_two(n["limited"]), least=1.5),
)


def _of_two(numbers: Found) -> float:
    return float(numbers["two"]["per_second"] / numbers["one"]["per_second"])


def _of(numbers: Found, conversations: str, name: str) -> float:
    return float(numbers[conversations]["product"][name] / numbers[conversations]["stock"][name])


def write(found: Found) -> None:
    """All three."""
    OUT.mkdir(exist_ok=True)
    bars = [bar.row(found) for bar in BARS]
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}
    (OUT / "bench.json").write_text(json.dumps({"machine": machine, "bars": bars, "parts": found}, indent=1) + "\n", encoding="utf-8")
    plots = list(_plots(found))
    (OUT / "bench.md").write_text("\n".join(_lines(found, bars, plots)) + "\n", encoding="utf-8")


def _lines(found: Found, bars: list[Found], plots: list[str]) -> Iterator[str]:
    notes = ROOT / "tests/bench/notes.md"
    yield "# Beside stock Rasa"
    yield ""
    yield "Written by `make bench` (tests/bench). Product and stock Rasa 3.6.21 (the configuration of `rasa init`) on the same data, in the same"
    yield f"environment, asked the same held-out messages in the same run, in turns; medians of the rounds. {os.cpu_count()} cores, which bots, hub and"
    yield "the load itself share. Stock was trained for one epoch of each: its speed when serving does not depend on how many; its training"
    yield "time is worked out from the measured seconds of one epoch."
    yield ""
    yield "| | bar | measured | |"
    yield "|---|---|---|---|"
    for row in bars:
        value = "not measured" if row["value"] is None else f"{row['value']:.2f}"
        yield f"| {row['what']} | {row['bar']} | {value} | {'' if row['holds'] is None else 'holds' if row['holds'] else '**does not hold**'} |"
    for name, title in (
        ("bot", "The bot alone, free-text turns"),
        ("path", "Whole path (chat protocol, hub, bot) beside stock's bare REST"),
    ):
        if name in found:
            yield from _load_table(title, found[name])
    if "start" in found:
        yield from _section("Start to first answer", found["start"]["taken"])
        for side in ("product", "stock"):
            numbers = found["start"][side]
            yield f"- {side}: {numbers['seconds']:.1f} s, then {numbers['resident'] / _MIB:.0f} MB resident"
    if "growth" in found:
        yield from _section("A turn late in a conversation, ms (median of twenty turns around it)", found["growth"]["taken"])
        yield "| | 5 | 50 | 300 | 500 |"
        yield "|---|---|---|---|---|"
        for side in ("product", "stock"):
            yield f"| {side} | " + " | ".join(f"{found['growth'][side][turn]:.1f}" for turn in ("5", "50", "300", "500")) + " |"
    if "training" in found:
        numbers = found["training"]
        yield from _section("Training on all data", numbers["taken"])
        once = ", ".join(f"{name} {numbers['stock'][name]:.0f} s" for name in ("DIETClassifier", "TEDPolicy", "UnexpecTEDIntentPolicy"))
        yield f"- product: {numbers['product']:.0f} s"
        hours = numbers["stock"]["worked_out"] / 3600
        yield f"- stock: {numbers['stock']['seconds']:.0f} s with one epoch each ({once}); with 100 each {hours:.1f} h, worked out"
    if "new_model" in found:
        yield from _section("A new model while four conversations go on", found["new_model"]["taken"])
        yield "| | loaded in, s | p95 before, ms | p95 meanwhile, ms | longest turn, ms | turns/s meanwhile | failed |"
        yield "|---|---|---|---|---|---|---|"
        for side in ("product", "stock"):
            row = found["new_model"][side]
            times = " | ".join(f"{row[name]:.0f}" for name in ("p95_before", "p95", "longest"))
            yield f"| {side} | {row['seconds']:.1f} | {times} | {row['per_second']:.1f} | {row['failed']:.0f} |"
        yield ""
        yield "The product loads it in a second bot beside the one that answers, stock Rasa in the same process."
    if "stored" in found:
        yield from _section("A turn of the hub by stored conversations (stand-in bot, 4 at once), ms", found["stored"]["taken"])
        for many in ("1", "1000", "100000"):
            yield f"- {int(many):,}: p50 {found['stored'][many]['p50']:.1f}, p95 {found['stored'][many]['p95']:.1f}"
    if "idle" in found:
        numbers = found["idle"]
        yield from _section(f"{numbers['chats']:,} idle web chats in one hub", numbers["taken"])
        yield f"- {numbers['kb_each']:.1f} KB each; resident {numbers['resident_before'] / _MIB:.0f} → {numbers['resident_after'] / _MIB:.0f} MB"
        yield f"- still open after all rounds: {numbers['open_at_the_end']:,}"
        yield f"- p95 of an active chat: {numbers['p95']['alone']:.1f} ms alone, {numbers['p95']['with_idle']:.1f} ms beside them"
    if "bots" in found:
        yield from _section("Two bots behind one hub, 16 conversations", found["bots"]["taken"])
        share = found["bots"]["share"]
        yield f"On {os.cpu_count()} cores that hub, bots and load share, a second bot has nothing to run on. So each bot is also given {share:.0%} of"
        yield "a core (its process is stopped for the rest of the time, 25 times a second): then the bots are what there is too little of."
        yield ""
        yield "| each bot has | bots | turns/s | p95 ms | failed | processor, ms a turn |"
        yield "|---|---|---|---|---|---|"
        for title, which in ((f"{share:.0%} of a core", "limited"), ("what is free", "unlimited")):
            for name in ("one", "two"):
                row = found["bots"][which][name]
                yield f"| {title} | {name} | {row['per_second']:.0f} | {row['p95']:.0f} | {row['failed']:.0f} | {_processor(row)} |"
        yield ""
        yield f"Two to one with all of the machine: {_of_two(found['bots']['unlimited']):.2f}."
    if "calls" in found:
        yield from _section("One call, ms", found["calls"]["taken"])
        for name, numbers in found["calls"].items():
            if name != "taken":
                yield f"- {name}: p50 {numbers['p50']:.3f}, p95 {numbers['p95']:.3f}"
    for plot in plots:
        yield ""
        yield f"![{plot}]({plot}.svg)"
    if notes.exists():
        yield ""
        yield notes.read_text(encoding="utf-8").rstrip()


def _section(title: str, taken: Found) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield f"Measured {taken['on']}, in {taken['seconds']} s."
    yield ""


def _load_table(title: str, numbers: Found) -> Iterator[str]:
    yield from _section(title, numbers["taken"])
    yield "| conversations | side | turns/s | p50 ms | p95 ms | p99 ms | failed | bubbles a turn | processor, ms a turn |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for many in (each for each in ("1", "4", "16", "64") if each in numbers):
        for side in ("product", "stock"):
            row = numbers[many][side]
            times = " | ".join(f"{row[name]:.0f}" for name in ("p50", "p95", "p99"))
            yield f"| {many} | {side} | {row['per_second']:.0f} | {times} | {row['failed']:.0f} | {row['bubbles']:.1f} | {_processor(row)} |"
    yield ""
    yield "Resident after it: " + ", ".join(f"{name} {value / _MIB:.0f} MB" for name, value in numbers["resident"].items()) + "."


def _processor(row: dict[str, float]) -> str:
    """Of each process: "hub 16.0, bot 12.1"."""
    return ", ".join(f"{name.removesuffix('_ms')} {value:.1f}" for name, value in row.items() if name.endswith("_ms"))


def _plots(found: Found) -> Iterator[str]:
    """Names of the SVG files that were drawn."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "bench"
    from matplotlib import pyplot as plt

    def draw(name: str, numbers: dict[str, dict[str, float]], across: str, up: str) -> str:
        figure, axes = plt.subplots(figsize=(6, 3.2))
        for side, points in numbers.items():
            axes.plot([int(x) for x in points], list(points.values()), marker="o", label=side)
        axes.set(xlabel=across, ylabel=up, xscale="log", ylim=(0, None))
        axes.legend()
        figure.tight_layout()
        figure.savefig(OUT / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)
        return name

    for part in ("bot", "path"):
        if part in found:
            for what, title in (("per_second", "turns a second"), ("p95", "p95, ms")):
                sides = {
                    side: {many: found[part][many][side][what] for many in ("1", "4", "16", "64") if many in found[part]}
                    for side in ("product", "stock")
                }
                yield draw(f"bench-{part}-{what.replace('_', '-')}", sides, "conversations at once", title)
    if "growth" in found:
        grown = {side: {turn: found["growth"][side][turn] for turn in ("5", "50", "300", "500")} for side in ("product", "stock")}
        yield draw("bench-growth", grown, "turn of the conversation", "ms")
