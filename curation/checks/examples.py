"""How many examples each need has, and the mix: chat spelling, about a friend, short ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from curation.content import Content
from curation.finding import Checked
from curation.nouns import Example
from kernel.language import Language
from kernel.need import NEEDS

FEWEST, WANTED, TWINS = 60, 100, 25
"""Examples per need and language: fewer than the first is an error, fewer than the second a warning; twins likewise a warning."""
SHORT_WORDS = 5
WANTED_SHARES = {"chat": 1 / 3, "friend": 1 / 5, "short": 1 / 5}
_MARKERS = Path(__file__).with_name("markers.yml")


@dataclass(frozen=True, slots=True)
class Mix:
    """Of `count` sentences the shares (0 to 1) in chat spelling, about a friend, and under five words."""

    count: int
    chat: float
    friend: float
    short: float


def check(content: Content) -> Checked:
    """Counts as errors or warnings, shares as warnings; see the rules examples.* in rules.yml."""
    checked = Checked(looked_at=len(content.examples))
    twins = Counter((twin.language, twin.need) for twin in content.twins)
    for (language, need), mix in mixes(content.examples).items():
        file = f"data/nlu/{language.value}/{need}.yml"
        if mix.count < WANTED:
            checked.add("examples.few" if mix.count < FEWEST else "examples.more", file, 1, count=mix.count, fewest=FEWEST, wanted=WANTED)
        if 0 < twins[language, need] < TWINS:
            name = f"tests/nlu/{language.value}/{need}.yml"
            checked.add("examples.twins", name, 1, count=twins[language, need], wanted=TWINS)
        if need in NEEDS and not NEEDS[need].is_conversation:
            _shares(file, need, mix, checked)
    return checked


def _shares(file: str, need: str, mix: Mix, checked: Checked) -> None:
    for kind, wanted in WANTED_SHARES.items():
        if kind == "friend" and need in without_friend():
            continue
        share = getattr(mix, kind)
        if share < wanted:
            checked.add(f"examples.share_{kind}", file, 1, share=round(100 * share), wanted=round(100 * wanted))


def mixes(examples: Iterable[Example]) -> dict[tuple[Language, str], Mix]:
    """The mix per language and need."""
    groups: dict[tuple[Language, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.language, example.need].append(example)
    return {key: mix_of(group) for key, group in sorted(groups.items())}


def mix_of(group: list[Example]) -> Mix:
    """The shares of one group of sentences; zeros for an empty one."""
    count = max(len(group), 1)
    return Mix(
        len(group),
        sum(is_marked(one.text, one.language, "chat") for one in group) / count,
        sum(is_marked(one.text, one.language, "friend") for one in group) / count,
        sum(len(one.text.split()) < SHORT_WORDS for one in group) / count,
    )


def is_marked(text: str, language: Language, kind: str) -> bool:
    """True when `text` holds a marker of `kind` (chat or friend) of markers.yml."""
    return bool(_pattern(language, kind).search(text.casefold().replace("’", "'")))


@cache
def _pattern(language: Language, kind: str) -> re.Pattern[str]:
    lists = YAML(typ="safe", pure=True).load(_MARKERS.read_text(encoding="utf-8"))["markers"]
    words = "|".join(re.escape(word) for word in sorted(str(lists[language.value][kind]).split(), key=len, reverse=True))
    phrases = "|".join(str(lists[language.value].get(f"{kind}_phrases") or "").split("\n")).strip("|")
    either = "|".join(part for part in (rf"(?<![\w'])(?:{words})(?![\w'])", phrases) if part)
    return re.compile(either)


@cache
def without_friend() -> frozenset[str]:
    """Needs that are by nature about the writer or a thing, so that no share about a friend is asked."""
    lists = YAML(typ="safe", pure=True).load(_MARKERS.read_text(encoding="utf-8"))["markers"]
    return frozenset(str(lists["without_friend"]).split())
