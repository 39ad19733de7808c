"""Writes reports/evaluation.md, .json and the pictures. Only numbers, names of needs and places of sentences: never a message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from curation.scoring import Rate, Understanding
from kernel.language import Language

MOST_CONFUSED = 15
LANGUAGES = tuple(Language)


def percent(value: Rate | float | None) -> str:
    """`91.3 % (21/23)`, `91.3 %`, or – when there was nothing to count."""
    if isinstance(value, Rate):
        return "–" if value.share is None else f"{100 * value.share:.1f} % ({value.hits}/{value.count})"
    return "–" if value is None else f"{100 * value:.1f} %"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join(["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)])


def both(name: str, values: dict[Language, Any]) -> list[str]:
    """A row: a name, then the Dutch and the French value."""
    return [name, *(percent(values.get(language)) for language in LANGUAGES)]


def markdown(figures: dict[str, Any]) -> str:
    """The whole page, from the figures that `evaluate` put together."""
    parts = [
        "# Evaluation",
        f"Written by `make evaluate` on {figures['date']}; {figures['rows']} messages, answered by the product itself "
        f"(`python -m channels ask`: relay, danger terms, bot) with model `{figures['model']}` in {figures['seconds']:.0f} s. "
        f"At first the hub answered {percent(figures['silent_at_first'])} without the bot (late, or a typed command such as "
        "`wis`); those were asked again.",
        "Not there, so not measured: " + ", ".join(f"`{name}`" for name in figures["absent"]) + "." if figures["absent"] else "",
        "Only a sample of each set was asked: these figures mean little." if figures["is_sample"] else "",
        "## In short",
        table(["", "nl", "fr"], [both(name, values) for name, values in figures["summary"].items()]),
        _NOTES,
    ]
    for language in LANGUAGES:
        found: Understanding | None = figures["understanding"].get(language)
        if found is not None:
            parts += _language_part(language, found)
    return "\n\n".join(part for part in parts if part) + "\n"


_NOTES = """\
- *Twins*: `tests/nlu`, held-out sentences; macro F1 over the needs present. *New words only* leaves out those that also stand in
  `data/nlu`, word for word.
- *Help messages* and *everyday*: `../shared/realtexts`, what people really wrote; measured only, never trained on, never shown here.
- *Right line*: one of the lines named in the first reply is among the first two of the need's routes in `data/safety/routes.yml`
  (in an emergency also 112 or 101). It is the project's own table, so *always 116000* stands beside it: what naming 116000 every
  time would score.
- *Danger* and *harmless (hard)*: `tests/safety`, without the rows that also stand in `data/` word for word (counted at the end of the
  table): those were partly taken over as examples of the terms. The help messages are the stricter measure of danger.
  *Seen*: urgency high or emergency; *level*: at least the level labelled;
  *terms alone*: by the reviewed terms, without the trained model.
- *False alarm*: a harmless message answered as danger, or with any line but 116000; *taken for a need*: answered as some need for
  help, with or without a line.
  The hard harmless ones were written to look like danger."""


def _language_part(language: Language, found: Understanding) -> list[str]:
    name = {Language.NL: "Dutch", Language.FR: "French"}[language]
    needs = sorted(found.per_need.items(), key=lambda item: (item[1]["f1"], item[0]))
    rows = [[need, *(f"{100 * values[key]:.0f}" for key in ("f1", "precision", "recall")), str(values["count"])] for need, values in needs]
    confused = [[said, taken, str(times)] for said, taken, times in found.most_confused(MOST_CONFUSED)]
    return [
        f"## {name}: per need, on the twins",
        table(["need", "F1", "precision", "recall", "sentences"], rows),
        f"![Confusion, {name}](confusion_{language.value}.svg)",
        "Most often confused (— is: not understood):",
        table(["said", "taken for", "times"], confused) if confused else "Nothing.",
    ]


def plain(value: Any) -> Any:
    """The figures as JSON can hold them."""
    if isinstance(value, Rate):
        return value.plain()
    if isinstance(value, Understanding):
        return {
            "count": value.count,
            "accuracy": round(value.accuracy, 4),
            "macro_f1": round(value.macro_f1, 4),
            "per_need": value.per_need,
            "confused": [list(one) for one in value.most_confused(10**6)],
        }
    if isinstance(value, dict):
        return {getattr(key, "value", key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


def picture(found: Understanding, title: str, path: Path) -> None:
    """The confusion as a heat map: rows are what was said, columns what it was taken for, in percent of the row."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "chatmasjien"  # the same figures give the same file
    plt.rcParams["svg.fonttype"] = "none"
    size = len(found.labels)
    shares = [[times / max(sum(row), 1) for times in row] for row in found.matrix]
    figure, axes = plt.subplots(figsize=(12, 11))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(size), found.labels, rotation=90, fontsize=7)
    axes.set_yticks(range(size), found.labels, fontsize=7)
    for i, row in enumerate(shares):
        for j, share in enumerate(row):
            if share >= 0.005:
                axes.text(j, i, f"{100 * share:.0f}", ha="center", va="center", fontsize=6, color="white" if share > 0.5 else "black")
    axes.set_xlabel("taken for")
    axes.set_ylabel("said")
    axes.set_title(title)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)


def write(folder: Path, figures: dict[str, Any]) -> None:
    """Writes page, figures and pictures into `folder`, made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.md").write_text(markdown(figures), encoding="utf-8")
    (folder / "evaluation.json").write_text(json.dumps(plain(figures), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for language in LANGUAGES:
        found: Understanding | None = figures["understanding"].get(language)
        if found is not None:
            title = f"{language.value}: macro F1 {100 * found.macro_f1:.1f} % on {found.count} held-out sentences"
            picture(found, title, folder / f"confusion_{language.value}.svg")
