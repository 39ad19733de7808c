"""The marks of data/now: which sentences of data/nlu tell of a danger that is now, and harmless ones that only sound so."""

from __future__ import annotations

from curation.checks.marks import NOW, lines_of
from curation.checks.overlap import plain
from curation.content import Content
from curation.finding import Checked
from curation.yamlfile import line_with
from kernel.language import Language

HARMLESS = "harmless_examples"


def harmless_file(language: Language) -> str:
    """Where the sentences of a language stand that sound like danger now and are none."""
    return f"data/now/harmless_{language.value}.yml"


def check(content: Content) -> Checked:
    """Each mark is known and stands once, on a sentence that is there; see the rules now.* in rules.yml."""
    checked = Checked()
    NOW.check(content, checked)
    for language in Language:
        if (name := harmless_file(language)) in content.files:
            _harmless(content, name, language, checked)
    return checked


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
