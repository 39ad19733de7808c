"""What is typed in place of a button (data/typed): each block names a question of a path and a meaning, every question has examples in
both languages, and no reply to a question stands under two meanings."""

from __future__ import annotations

from collections import Counter

from curation.checks.overlap import plain
from curation.content import Content
from curation.finding import Checked
from kernel.language import Language
from kernel.paths import QUESTION
from kernel.typed import MEANINGS

LEAST = 7


def check(content: Content) -> Checked:
    """See the rules typed.* in rules.yml."""
    checked = Checked()
    questions = {name.removeprefix(QUESTION) for name in content.reply_named() if name.startswith(QUESTION)}
    meant: dict[tuple[str, str, Language], str] = {}
    counts: Counter[tuple[str, Language]] = Counter()
    for example in content.typed():
        checked.looked_at += 1
        question, _, meaning = example.need.partition(" ")
        counts[question, example.language] += 1
        if question not in questions or meaning not in MEANINGS:
            checked.add("typed.block", example.file, example.line, block=example.need)
        elif meant.setdefault((question, plain(example.text), example.language), meaning) != meaning:
            checked.add("typed.twice", example.file, example.line, text=example.text)
    for question in sorted({question for question, _ in counts} & questions):
        for language in Language:
            if counts[question, language] < LEAST:
                file = f"data/typed/{language.value}.yml"
                checked.add("typed.examples", file, 1, question=question, count=counts[question, language], least=LEAST)
    return checked
