"""Marks on sentences of data/nlu, in files of their own: whether the danger is now (data/now), whom it is about (data/who)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from curation.content import Content
from curation.finding import Checked
from curation.yamlfile import line_with
from kernel.language import Language


@dataclass(frozen=True, slots=True)
class Marks:
    """One kind of mark: its folder under data/, the key in its files, what is known, and the rules for a wrong mark and for one without
    its sentence."""

    folder: str
    key: str
    known: frozenset[str]
    wrong: str
    orphan: str

    def file(self, language: Language) -> str:
        """Where the marks of a language stand."""
        return f"data/{self.folder}/{language.value}.yml"

    def check(self, content: Content, checked: Checked) -> None:
        """Each mark is known and stands once, on a sentence that is there."""
        for language in Language:
            if self.file(language) in content.files:
                self._check(content, language, checked)

    def _check(self, content: Content, language: Language, checked: Checked) -> None:
        name = self.file(language)
        sentences = {example.text for example in content.examples if example.language is language}
        seen: set[str] = set()
        for mark, block in content.section(name, self.key).items():
            if mark not in self.known:
                checked.add(self.wrong, name, 1, what=str(mark))
            for text in lines_of(block):
                checked.looked_at += 1
                if text in seen:
                    checked.add(self.wrong, name, line_with(content.files[name].lines, text), what=text)
                elif text not in sentences:
                    checked.add(self.orphan, name, line_with(content.files[name].lines, text), text=text)
                seen.add(text)


NOW = Marks("now", "now_examples", frozenset({"now", "unclear"}), "now.mark", "now.orphan")
WHO = Marks("who", "who_examples", frozenset({"self", "friend", "adult", "unclear"}), "who.mark", "who.orphan")
ALL = (NOW, WHO)


def lines_of(block: Any) -> list[str]:
    """The sentences of a block, one per line."""
    return [line.strip() for line in str(block or "").splitlines() if line.strip()]


def check_who(content: Content) -> Checked:
    """The marks of data/who; see the rules who.* in rules.yml."""
    checked = Checked()
    WHO.check(content, checked)
    return checked
