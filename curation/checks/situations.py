"""What is told of a danger of this moment (data/now/situations_*.yml): every kind has examples and words in both languages, and the words
name 112."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from curation.checks.overlap import plain
from curation.content import Content
from curation.finding import Checked
from curation.nouns import Variation
from kernel.language import Language
from kernel.situation import NO_SITUATION, WITHOUT_EXAMPLES

REPLY = "utter_now_situation"
LEAST = 20
_CONDITION, _NUMBER = "situation", "112"


def check(content: Content) -> Checked:
    """See the rules situation.* in rules.yml."""
    checked = Checked()
    examples = content.situations()
    if not examples and REPLY not in content.reply_named():
        return checked
    counts: dict[tuple[str, Language], int] = defaultdict(int)
    kinds_of: dict[tuple[str, Language], str] = {}
    for example in examples:
        checked.looked_at += 1
        counts[example.need, example.language] += 1
        if kinds_of.setdefault((plain(example.text), example.language), example.need) != example.need:
            checked.add("situation.twice", example.file, example.line, text=example.text)
    _kinds(content, counts, checked)
    return checked


def _kinds(content: Content, counts: dict[tuple[str, Language], int], checked: Checked) -> None:
    """Each kind, by its examples or its words, has enough of the first and all of the second."""
    worded: dict[tuple[str, Language], set[str]] = defaultdict(set)
    for variation in _variations(content):
        checked.looked_at += 1
        if _NUMBER not in variation.text:
            checked.add("situation.number", variation.file, variation.line, text=variation.text)
        kind, language = variation.conditions.get(_CONDITION), variation.language
        if kind is not None and language is not None:
            worded[kind, language].add(variation.conditions.get("who", "self"))
    for kind in sorted({kind for kind, _ in (*counts, *worded)} - {NO_SITUATION}):
        for language in Language:
            file = f"data/now/situations_{language.value}.yml"
            if counts[kind, language] < LEAST and kind not in WITHOUT_EXAMPLES:
                checked.add("situation.examples", file, 1, kind=kind, count=counts[kind, language], least=LEAST)
            if missing := {"self", "friend"} - worded[kind, language]:
                checked.add("situation.words", file, 1, kind=kind, language=language.value, who=", ".join(sorted(missing)))


def _variations(content: Content) -> Iterator[Variation]:
    return (variation for reply in content.replies if reply.name == REPLY for variation in reply.variations)
