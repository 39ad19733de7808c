"""Dutch and French side by side: the same files, the same replies, the same buttons."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from curation.content import Content
from curation.finding import Checked
from curation.nouns import Reply
from curation.yamlfile import line_of, own_line
from kernel.language import Language

NL, FR = Language.NL, Language.FR


def check(content: Content) -> Checked:
    """Files, replies and own texts in both languages; see the rules parity.* in rules.yml."""
    checked = Checked()
    _files(content, checked)
    for reply in content.replies:
        checked.looked_at += 1
        _languages(reply, checked)
        _variations(reply, checked)
        _buttons(reply, checked)
    for folder, key in (
        ("data/safety", "fixed"),
        ("data/page", "page"),
        ("data/telegram", "page"),
        ("data/desk", "desk"),
        ("data/desk", "canned"),
        ("data/studio", "studio"),
    ):
        for file in content.under(folder):
            _pairs(content.section(file.name, key), file.name, key, checked)
    return checked


def _files(content: Content, checked: Checked) -> None:
    for folder in ("data/nlu", "tests/nlu"):
        both = {language: content.needs_of(folder, language) for language in Language}
        for language in Language:
            for need, name in both[language].items():
                checked.looked_at += 1
                if need not in both[language.other]:
                    checked.add("parity.file", name, 1, other=f"{folder}/{language.other.value}/{need}.yml")


def _languages(reply: Reply, checked: Checked) -> None:
    for language in Language:
        if not any(not variation.others for variation in reply.in_language(language)):
            checked.add("parity.language", reply.file, reply.line, reply=reply.name, language=language.value)
    defaults = [variation for variation in reply.variations if not variation.conditions]
    if len(defaults) != 1:
        line = defaults[1].line if defaults else reply.line
        checked.add("parity.default", reply.file, line, reply=reply.name, count=len(defaults))
    for variation in defaults:
        parts = [part.strip() for part in re.split(r"\s/\s", variation.text)]
        if len(parts) < 2 or not all(parts):
            checked.add("parity.bilingual", variation.file, variation.line, reply=reply.name)
    for variation in reply.variations:
        if not variation.text.strip():
            spoken = variation.language.value if variation.language is not None else "nl / fr"
            checked.add("parity.own_text", variation.file, variation.line, name=reply.name, language=spoken)
        if variation.keys[0] != "text":
            checked.add("parity.text_first", variation.file, variation.line, key=variation.keys[0])
        if variation.conditions and variation.language is None:
            checked.add("parity.no_language", variation.file, variation.line, reply=reply.name)


def _variations(reply: Reply, checked: Checked) -> None:
    """As many in Dutch as in French, for each group of further conditions (a friend, an adult)."""
    counts = {language: Counter(variation.others for variation in reply.in_language(language)) for language in Language}
    for others in sorted({*counts[NL], *counts[FR]}):
        nl, fr = counts[NL][others], counts[FR][others]
        if nl != fr:
            who = " ".join(value for _, value in others)
            checked.add("parity.variations", reply.file, reply.line, reply=reply.name, who=who, nl=nl, fr=fr)


def _buttons(reply: Reply, checked: Checked) -> None:
    """Every variation of both languages offers the same choices, in the same order; in an emergency they may be others."""
    rows = [(variation, tuple(button.payload for button in variation.buttons)) for variation in reply.variations if variation.language]
    usuals: dict[str | None, tuple[str, ...]] = {}
    for variation, payloads in rows:
        usual = usuals.setdefault(variation.conditions.get("urgency"), payloads)
        if payloads != usual:
            line = variation.buttons[0].line if variation.buttons else variation.line
            checked.add("parity.buttons", variation.file, line, reply=reply.name, got=" ".join(payloads), expected=" ".join(usual))


def _pairs(node: Any, file: str, where: str, checked: Checked) -> None:
    """Own texts (fixed answers, page): nl and fr both there, none empty, the same {placeholders}."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            _pairs(item, file, f"{where}[{number}]", checked)
    if not isinstance(node, dict):
        return
    if not {"nl", "fr"}.intersection(node):
        for key, value in node.items():
            _pairs(value, file, f"{where}.{key}", checked)
        return
    checked.looked_at += 1
    texts = {language: node.get(language.value) for language in Language}
    for language, text in texts.items():
        if text is None or (isinstance(text, str) and not text.strip()):
            checked.add("parity.own_text", file, own_line(node), name=where, language=language.value)
    braces = [set(re.findall(r"\{(\w+)\}", text)) if isinstance(text, str) else set() for text in texts.values()]
    if all(isinstance(text, str) for text in texts.values()) and braces[0] != braces[1]:
        checked.add("parity.placeholders", file, line_of(node, "fr"), name=where)
