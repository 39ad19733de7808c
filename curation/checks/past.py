"""What is told as over, or as going on (data/now/past_*.yml): each sentence stands under one of the two, and both have enough."""

from __future__ import annotations

from collections import Counter

from curation.checks.overlap import plain
from curation.content import Content
from curation.finding import Checked
from kernel.language import Language
from kernel.need import GOES_ON, OVER

LEAST = 50


def check(content: Content) -> Checked:
    """See the rules past.* in rules.yml."""
    checked = Checked()
    kinds_of: dict[tuple[str, Language], str] = {}
    counts: Counter[tuple[str, Language]] = Counter()
    for example in content.past():
        checked.looked_at += 1
        counts[example.need, example.language] += 1
        first = kinds_of.setdefault((plain(example.text), example.language), example.need)
        if example.need not in (OVER, GOES_ON) or first != example.need:
            checked.add("past.kind", example.file, example.line, text=example.text)
    for language in Language:
        for kind in (OVER, GOES_ON) if counts else ():
            if counts[kind, language] < LEAST:
                file = f"data/now/past_{language.value}.yml"
                checked.add("past.examples", file, 1, kind=kind, count=counts[kind, language], least=LEAST)
    return checked
