"""What the bot may say: lengths, phrases it never uses, numbers of other countries, the right language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from curation.checks.texts import all_texts, service_names
from curation.content import Content
from curation.finding import Checked
from curation.foreign import foreign_in_files
from curation.readability import names_pattern
from curation.yamlfile import line_with
from kernel.language import Language, language_by_words, words_of

LONGEST_BUBBLE = 300
"""Characters."""
LONGEST_TITLE = 30
"""Characters of a button that still fits a small phone."""
_ASKED = "data/questions/asked.yml"
FEWEST_WORDS_TO_JUDGE = 5
_YES_OR_NO = re.compile(r"(ja|nee|neen|oui|non)\b", re.IGNORECASE)
_FORBIDDEN = Path(__file__).with_name("forbidden.yml")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A phrase never used, with why, and its examples."""

    name: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    why: dict[Language, str]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]

    def found_in(self, text: str) -> str | None:
        """The words of `text` that are never said, or None."""
        flat = text.replace("’", "'")
        kept = self.unless.sub("…", flat) if self.unless is not None else flat
        found = self.pattern.search(kept)
        return found[0].strip() if found else None


def check(content: Content) -> Checked:
    """See the rules replies.* in rules.yml."""
    checked = Checked()
    names = names_pattern(service_names(content))
    _lengths(content, checked)
    _openings(content, checked)
    for said in all_texts(content):
        checked.looked_at += 1
        for phrase in forbidden():
            if found := phrase.found_in(said.text):
                values = {"words": found, "why_nl": phrase.why[Language.NL], "why_fr": phrase.why[Language.FR]}
                checked.add("replies.forbidden", said.file, said.line, **values)
        own = names.sub("", said.text)
        sounds = language_by_words(own) if len(words_of(own)) >= FEWEST_WORDS_TO_JUDGE else None
        if said.language is not None and sounds is said.language.other and " / " not in said.text:
            checked.add("replies.language", said.file, said.line, text=said.text, language=said.language.value)
    _foreign_numbers(content, checked)
    return checked


def _lengths(content: Content, checked: Checked) -> None:
    _question_titles(content, checked)
    for reply in content.replies:
        for variation in reply.variations:
            if len(variation.text) > LONGEST_BUBBLE:
                checked.add("replies.bubble", variation.file, variation.line, count=len(variation.text), limit=LONGEST_BUBBLE)
            for button in variation.buttons:
                if len(button.title) > LONGEST_TITLE:
                    values = {"title": button.title, "count": len(button.title), "limit": LONGEST_TITLE}
                    checked.add("replies.title", variation.file, button.line, **values)


def _question_titles(content: Content, checked: Checked) -> None:
    """How a button names a question that may be meant fits on a button."""
    titles = (content.section(_ASKED, "questions") or {}).get("titles") if _ASKED in content.files else None
    for said in (titles or {}).values():
        for title in (str(one) for one in said.values() if len(str(one)) > LONGEST_TITLE):
            line = line_with(content.files[_ASKED].lines, title)
            checked.add("replies.title", _ASKED, line, title=title, count=len(title), limit=LONGEST_TITLE)


def _openings(content: Content, checked: Checked) -> None:
    """One answer serves a question however it is put: "is it my fault?", "it is not my fault, is it?"."""
    for reply in content.replies:
        for variation in reply.variations if reply.name.startswith("utter_question_") else ():
            if found := _YES_OR_NO.match(variation.text):
                checked.add("replies.opening", variation.file, variation.line, words=found[0])


def _foreign_numbers(content: Content, checked: Checked) -> None:
    """Over every line of every file that says something, code, pages and docs included."""
    for name, number, words in foreign_in_files(content.root):
        checked.add("replies.foreign", name, number, words=words)


@cache
def forbidden() -> tuple[Forbidden, ...]:
    """The phrases of forbidden.yml."""
    return tuple(
        Forbidden(
            entry["name"],
            re.compile("|".join(_lines(entry["say"])), re.IGNORECASE),
            re.compile("|".join(_lines(entry["unless"])), re.IGNORECASE) if "unless" in entry else None,
            {Language.NL: entry["why_nl"], Language.FR: entry["why_fr"]},
            _lines(entry["fires"]),
            _lines(entry["quiet"]),
        )
        for entry in YAML(typ="safe", pure=True).load(_FORBIDDEN.read_text(encoding="utf-8"))["forbidden"]["phrases"]
    )


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.splitlines() if line.strip())
