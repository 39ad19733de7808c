"""Every sentence under data/ that a teenager can read, with file and line, whichever file it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from curation.content import Content
from curation.yamlfile import line_of
from kernel.language import Language


@dataclass(frozen=True, slots=True)
class Said:
    """A text; `language` None when it is bilingual or of no one language."""

    text: str
    language: Language | None
    file: str
    line: int


def all_texts(content: Content) -> Iterator[Said]:
    """Replies, buttons, fixed answers, page words, notes of helplines, scenarios, law records, counsellors' standard replies."""
    for reply in content.replies:
        for variation in reply.variations:
            yield Said(variation.text, variation.language, variation.file, variation.line)
            for button in variation.buttons:
                yield Said(button.title, variation.language, variation.file, button.line)
    for file in content.under("data"):
        if not isinstance(file.content, dict):
            continue
        for key in ("fixed", "page", "scenario", "laws", "canned"):
            if key in file.content:
                yield from _strings(file.content[key], None, file.name, line_of(file.content, key))
        for service in (file.content.get("helplines") or {}).values() if "helplines" in file.content else ():
            if isinstance(service, dict):
                yield from _strings(service.get("about"), None, file.name, line_of(service, "about"))


def _strings(node: Any, language: Language | None, file: str, line: int) -> Iterator[Said]:
    if isinstance(node, str):
        yield Said(node, language, file, line)
    elif isinstance(node, dict):
        for key, value in node.items():
            inner = Language(key) if key in ("nl", "fr") else language
            yield from _strings(value, inner, file, line_of(node, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _strings(value, language, file, line_of(node, number))


def service_names(content: Content) -> list[str]:
    """Names of services, longest first: nobody can make them easier, so they do not count."""
    return sorted({name for raw in _names(content) for name in (raw, *raw.split(" ")) if len(name) > 3}, key=len, reverse=True)


def _names(content: Content) -> Iterator[str]:
    for service in content.section("data/safety/helplines.yml", "helplines").values():
        name = service.get("name") if isinstance(service, dict) else None
        yield from [name] if isinstance(name, str) else [str(one) for one in (name or {}).values()]
