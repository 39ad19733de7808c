"""Reading YAML so that every key and list item knows its line; a slip becomes a finding instead of an exception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from curation.finding import Finding, make
from safety import quick_yaml


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that could be read: `name` relative to the project's folder, its content, and its lines as typed."""

    name: str
    content: Any
    lines: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return Path(self.name).stem


def read(path: Path, root: Path) -> YamlFile | Finding:
    """The file at `path`, or a finding of rule schema.yaml with the line of the slip."""
    name = path.relative_to(root).as_posix()
    try:
        return parsed_file(name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return make("schema.yaml", name, 1, what=f"UTF-8: {error.reason}")


def parsed_file(name: str, text: str) -> YamlFile | Finding:
    """The file of this name with this text, or a finding of rule schema.yaml with the line of the slip."""
    try:
        content = _parsed(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = str(getattr(error, "problem", None) or type(error).__name__).splitlines()[0]
        return make("schema.yaml", name, mark.line + 1 if mark is not None else 1, what=what)
    return YamlFile(name, content, tuple(text.splitlines()))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Any:
    """The content of a YAML text. Remembered, since most files are the same when the checks run again; never to be changed."""
    try:
        return quick_yaml.load(text)
    except quick_yaml.NotPlain:
        return YAML(typ="rt").load(text)


def line_of(container: Any, key: Any) -> int:
    """The line (from 1) of a key of a mapping or an item of a list; 1 when it is not known."""
    lc = getattr(container, "lc", None)
    if lc is None:
        return 1
    try:
        place = lc.key(key) if isinstance(container, dict) else lc.item(key)
    except (KeyError, TypeError, IndexError, AttributeError):
        return own_line(container)
    return int(place[0]) + 1


def own_line(container: Any) -> int:
    """The line (from 1) where a mapping or list begins; 1 when it is not known."""
    line = getattr(getattr(container, "lc", None), "line", None)
    return int(line) + 1 if line is not None else 1


def line_with(lines: tuple[str, ...], text: str) -> int:
    """The first line (from 1) that holds `text`; 1 when none does."""
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def first_lines(lines: tuple[str, ...]) -> dict[str, int]:
    """Each line without the blanks around it, and where it stands first (from 1): for looking up very many."""
    return {line.strip(): number for number, line in reversed([*enumerate(lines, 1)])}
