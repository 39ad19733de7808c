"""Edits of the sentences of a need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from curation.changes import AddExample, ChangeExample, MoveExample, RemoveExample, examples_file
from curation.checks.marks import ALL as MARKS
from curation.checks.marks import lines_of
from curation.content_tree import Conflict, Tree, block
from kernel.language import Language


def tidy(text: str) -> str:
    """A sentence as it is kept: on one line, without a dash before it."""
    return " ".join(text.split()).lstrip("-").strip()


class _Sentences:
    """The block of sentences of one file."""

    def __init__(self, tree: Tree, need: str, language: Language) -> None:
        self._entry = _entry(tree, need, language)
        self._text = str(self._entry["examples"])
        self.lines = [line.strip()[2:].strip() for line in self._text.splitlines() if line.strip().startswith("- ")]

    def place(self, text: str) -> int:
        try:
            return self.lines.index(tidy(text))
        except ValueError:
            raise Conflict("gone", text) from None

    def add(self, text: str) -> None:
        if not (sentence := tidy(text)):
            raise Conflict("empty", text)
        if sentence in self.lines:
            raise Conflict("there", text)
        self.lines.append(sentence)

    def keep(self) -> None:
        text = "".join(f"- {line}\n" for line in self.lines)
        self._entry["examples"] = block(text, self._entry["examples"])


def _entry(tree: Tree, need: str, language: Language) -> Any:
    for entry in tree.section(examples_file(need, language), "nlu"):
        if isinstance(entry, dict) and entry.get("intent") == need and isinstance(entry.get("examples"), str):
            return entry
    raise Conflict("no_file", need)


def _add(tree: Tree, change: AddExample) -> None:
    sentences = _Sentences(tree, change.need, change.language)
    sentences.add(change.text)
    sentences.keep()


def _remove(tree: Tree, change: RemoveExample) -> None:
    sentences = _Sentences(tree, change.need, change.language)
    del sentences.lines[sentences.place(change.text)]
    sentences.keep()


def _change(tree: Tree, change: ChangeExample) -> None:
    sentences = _Sentences(tree, change.need, change.language)
    place, new = sentences.place(change.text), tidy(change.new)
    if not new:
        raise Conflict("empty", change.text)
    if new in sentences.lines:
        raise Conflict("there", new)
    old, sentences.lines[place] = sentences.lines[place], new
    sentences.keep()
    _keep_mark(tree, change.language, old, new)


def _keep_mark(tree: Tree, language: Language, old: str, new: str) -> None:
    """A sentence that says the danger is now (data/now), or whom it is about (data/who), still says so in other words."""
    for kind in MARKS:
        try:
            marks = tree.section(kind.file(language), kind.key)
        except Conflict:
            continue
        for mark, text in marks.items():
            if old in (lines := lines_of(text)):
                lines[lines.index(old)] = new
                marks[mark] = block("".join(f"{line}\n" for line in lines), text)


def _move(tree: Tree, change: MoveExample) -> None:
    _add(tree, AddExample(need=change.to_need, language=change.language, text=change.text))
    try:
        _remove(tree, RemoveExample(need=change.need, language=change.language, text=change.text))
    except Conflict:
        _remove(tree, RemoveExample(need=change.to_need, language=change.language, text=change.text))
        raise


HANDS: dict[str, Callable[[Tree, Any], None]] = {
    AddExample.kind: _add,
    RemoveExample.kind: _remove,
    ChangeExample.kind: _change,
    MoveExample.kind: _move,
}
