"""The marks of data/now: which sentences of data/nlu tell of a danger that is now, and harmless ones that only sound so."""

from __future__ import annotations

from typing import Any

from curation.checks.overlap import plain
from curation.content import Content
from curation.finding import Checked
from curation.yamlfile import line_with
from kernel.language import Language

KEY, HARMLESS = "now_examples", "harmless_examples"
_MARKS = frozenset({"now", "unclear"})


def marks_file(language: Language) -> str:
    """Where the marks of a language stand."""
    return f"data/now/{language.value}.yml"


def harmless_file(language: Language) -> str:
    """Where the sentences of a language stand that sound like danger now and are none."""
    return f"data/now/harmless_{language.value}.yml"


def lines_of(block: Any) -> list[str]:
    """The sentences of a block, one per line."""
    return [line.strip() for line in str(block or "").splitlines() if line.strip()]


def check(content: Content) -> Checked:
    """Each mark is known and stands once, on a sentence that is there; see the rules now.* in rules.yml."""
    checked = Checked()
    for language in Language:
        if (name := marks_file(language)) in content.files:
            _marks(content, name, language, checked)
        if (name := harmless_file(language)) in content.files:
            _harmless(content, name, language, checked)
    return checked


def _marks(content: Content, name: str, language: Language, checked: Checked) -> None:
    sentences = {example.text for example in content.examples if example.language is language}
    seen: set[str] = set()
    for mark, block in content.section(name, KEY).items():
        if mark not in _MARKS:
            checked.add("now.mark", name, 1, what=str(mark))
        for text in lines_of(block):
            checked.looked_at += 1
            if text in seen:
                checked.add("now.mark", name, line_with(content.files[name].lines, text), what=text)
            elif text not in sentences:
                checked.add("now.orphan", name, line_with(content.files[name].lines, text), text=text)
            seen.add(text)


def _harmless(content: Content, name: str, language: Language, checked: Checked) -> None:
    """Each stands once, and under no need: there it would teach the opposite."""
    seen = {plain(example.text) for example in content.examples if example.language is language}
    for key, block in content.section(name, HARMLESS).items():
        if key != language.value:
            checked.add("now.harmless", name, 1, what=str(key))
        for text in lines_of(block):
            checked.looked_at += 1
            if plain(text) in seen:
                checked.add("now.harmless", name, line_with(content.files[name].lines, text), what=text)
            seen.add(plain(text))
