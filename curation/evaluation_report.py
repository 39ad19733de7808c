"""Writes reports/evaluation.md, .json and the pictures. Only numbers, names of needs and places of sentences: never a message."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from curation.agreed_bars import judged
from curation.references import NAMES, References
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
        "## What was agreed",
        _agreed_part(figures),
        "## In short",
        table(["", "nl", "fr"], [both(name, values) for name, values in figures["summary"].items()]),
        _NOTES,
        *_references_part(figures),
    ]
    for language in LANGUAGES:
        found: Understanding | None = figures["understanding"].get(language)
        if found is not None:
            parts += _language_part(language, found)
    return "\n\n".join(part for part in parts if part) + "\n"


def _agreed_part(figures: dict[str, Any]) -> str:
    """The agreed bars, each with what was measured and whether it holds."""
    words = {True: "holds", False: "**falls short**", None: "nothing to count"}
    return table(
        ["", "", "agreed", "measured", ""],
        [[one.bar.row, one.language.value, one.bar.words, percent(one.value), words[one.holds]] for one in judged(figures["summary"])],
    )


_NOTES = """\
- *Twins*: `tests/nlu`, held-out sentences; macro F1 over the needs present. *New words only* leaves out those that also stand in
  `data/nlu`, word for word.
- *Help messages* and *everyday*: `../shared/realtexts`, what people really wrote; measured only, never trained on, never shown here.
- *Letters* and *chat*: `tests/letters`, written in November 2026 like those by writers who had seen neither `data/` nor any measuring
  set: ten for each need, many without a word that names it. The answers to rows with an odd number were read, and of the others
  those where the model was right and the product was not (docs/adr/0042); what was written since may profit from that.
- *Right line*: one of the lines named in the first reply is among the first two of the need's routes in `data/safety/routes.yml`
  (in an emergency also 112 or 101). It is the project's own table, so *always 116000* stands beside it: what naming 116000 every
  time would score.
- *Help messages in danger*: those labelled high or emergency; *no need of ours*: where none of the labelled needs has lines.
- *Danger* and *harmless (hard)*: `tests/safety`, without the rows that also stand in `data/` word for word (counted at the end of the
  table): those were partly taken over as examples of the terms. The help messages are the stricter measure of danger.
  *Seen*: urgency high or emergency; *level*: at least the level labelled;
  *terms alone*: by the reviewed terms, without the trained model.
- *Harmless (idioms)*: `tests/safety/idioms_*`, in each language 200 harmless messages with a word or image of danger in them, as teenagers
  write them every day; by two writers who had seen nothing of the project, and not read by whoever made it.
- *Harmless (ordinary)*: `tests/safety/ordinary_*`, in each language over 340 messages with a word or shape that could alarm, as teenagers
  type them; by four writers who had seen nothing of the project, after the last change of data, and not read by whoever made it but for
  a dozen. Three readers got each of them among as many calls for help, without knowing which was which, and took it for ordinary.
- *Harmless (hard), where readers agree*: without the rows that two of three such readers would have asked after (`disputed`).
- *Told by circumstances*: `tests/safety/told_*`, 100 invented ones in each language, most of them now, and 40 harmless ones with the same
  places, people and verbs; by two writers who had seen nothing of the project, after the last change of data and
  terms. One reader's labels.
- *Now or not now*: `tests/safety/moment_*`, in each language 100 invented dangers that are now, 70 grave ones that are not at this moment,
  and 50 harmless ones; by two other writers who had seen nothing of the project, and not read by whoever made it.
  *112 or 101 first*: the first line is 112 or the police. *High, brought to emergency*: 112 may have been named where it was not needed.
- *Told among other things*: `tests/letters/among_*`, in each language 110 invented long first messages in which one sentence matters among
  ordinary ones, and 110 without it, most with words that could alarm; by two writers who had seen nothing of the project, after
  the long examples of `data/nlu` were written by others, and read once by a counsellor for their labels (docs/adr/0043).
- *Told by hints*: `tests/letters/hinted_*`, calls that tell by a detail, an excuse or a half joke what is wrong, and first messages of all
  kinds in which nothing is; by two writers in each language who had seen nothing of the project, after the last change of data and terms,
  and not read by whoever made it. Other readers labelled them mixed, knowing nothing; where they heard another thing than was meant, or
  would have had to ask, a row is left out (docs/adr/0051).
- *Of a month*: `tests/letters/month_*`, calls of all kinds, plain and roundabout, and ordinary first messages, a third of them with words
  that could alarm; by one writer in each language who had seen nothing of the project, after the last change of data and terms. Another
  reader labelled them mixed, knowing nothing; where they differ, or would have had to ask, a row is left out (docs/adr/0052).
- *False alarm*: a harmless message answered as danger, or with any line but 116000; *taken for a need*: answered as some need for
  help, with or without a line. Both leave 116000 out, which is always at hand: so the constant answer has none, though it
  sends everybody to a helpline. *False alarms, emergency* and *high*: how many brought the conversation to that level or higher.
  The hard harmless ones were written to look like danger, some so much that a counsellor would ask after them."""


def _references_part(figures: dict[str, Any]) -> list[str]:
    """What the product is compared with; nothing when the references were left out."""
    if "references" not in figures:
        return ["References were left out of this run (`--no-references`)."]
    made: References = figures["made"]
    names = list(made.answers)
    rows = [
        [f"{name} ({language.value})", *(_share(values[reference].get(language)) for reference in names)]
        for name, values in figures["references"].items()
        for language in LANGUAGES
    ]
    return [
        "## Ahead of what",
        table(["percent", *(NAMES[name] for name in names)], rows),
        "All on the same messages, in this run. *Nearest example* (by the sentence encoder) and *keywords only* (each need's most "
        f"telling words) know all {made.examples} examples of `data/nlu`. Rasa's stock configuration (`rasa init`: DIET, here "
        f"{made.sample.epochs} epochs) would take hours on them: it learned a sample of {made.sampled} ({made.sample.per_need} per need "
        f"and language, seed {made.sample.seed}). The product's pipeline was trained on that sample too: compare those two columns. "
        "Needs become lines by the same `routes.yml`. References have no danger terms: their urgency is that of the need. Of false "
        "alarms and of what was taken for a need, less is better. Seconds to train and ask: "
        + ", ".join(f"{NAMES[name]} {seconds:.0f}" for name, seconds in made.seconds.items())
        + ".",
        "![The product and the references](references.svg)",
    ]


def _share(value: Rate | float | None) -> str:
    share = value.share if isinstance(value, Rate) else value
    return "–" if share is None else f"{100 * share:.1f}"


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
    if isinstance(value, References):
        return {"sample": asdict(value.sample), "examples": value.examples, "sampled": value.sampled, "seconds": value.seconds}
    if isinstance(value, dict):
        return {getattr(key, "value", key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


def picture(found: Understanding, title: str, path: Path) -> None:
    """The confusion as a heat map: rows are what was said, columns what it was taken for, in percent of the row."""
    plt = _pyplot()
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


def bars(figures: dict[str, Any], path: Path) -> None:
    """The references beside the product, as bars: one group a figure, both languages together (their mean)."""
    plt = _pyplot()
    compared: dict[str, dict[str, dict[Language, Any]]] = figures["references"]
    names = list(figures["made"].answers)
    figure, axes = plt.subplots(figsize=(12, 5))
    for number, reference in enumerate(names):
        shares = [_mean(values[reference]) for values in compared.values()]
        places = [place + (number - len(names) / 2) * 0.14 for place in range(len(compared))]
        axes.bar(places, shares, width=0.13, label=NAMES[reference])
    axes.set_xticks(range(len(compared)), [name.replace(": ", ":\n") for name in compared], fontsize=7)
    axes.set_ylabel("percent, mean of Dutch and French")
    axes.set_ylim(0, 100)
    axes.legend(fontsize=7, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.15))
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)


def _mean(values: dict[Language, Any]) -> float:
    shares = [value.share if isinstance(value, Rate) else value for value in values.values()]
    known = [share for share in shares if share is not None]
    return 100 * sum(known) / len(known) if known else 0.0


def _pyplot() -> Any:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "chatmasjien"  # the same figures give the same file
    plt.rcParams["svg.fonttype"] = "none"
    return plt


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
    if "references" in figures:
        bars(figures, folder / "references.svg")
