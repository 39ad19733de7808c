"""The content as it would be with some edits: files are read when asked for, and only what changed is written, comments and order kept."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

_INDENTS = ((2, 2, 0), (2, 4, 2))
"""How far mappings, and lists with their dashes, are moved in: the two ways the data files are written."""


class Conflict(Exception):
    """A change does not fit the content any more. `reason` is a word that the studio has a sentence for; `what` names the thing."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason}: {what}")
        self.reason = reason
        self.what = what


class Tree:
    """The content files under `root`, with edits in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._texts: dict[str, str] = {}
        self._open: dict[str, tuple[YAML, Any]] = {}

    def text(self, name: str) -> str:
        """The text of a file as it is now. Raises Conflict (no_file)."""
        self._close(name)
        if name in self._texts:
            return self._texts[name]
        path = self.root / name
        if not name.startswith("data/") or ".." in Path(name).parts or not path.is_file():
            raise Conflict("no_file", name)
        return path.read_bytes().decode("utf-8")

    def put(self, name: str, text: str) -> None:
        """Set the whole text of a file."""
        self._open.pop(name, None)
        self._texts[name] = text

    def doc(self, name: str) -> Any:
        """The content of a file, to be changed in place. Raises Conflict for one that is not there or not readable."""
        if name not in self._open:
            text = self.text(name)
            yaml = _yaml(*_indent_of(text))
            try:
                self._open[name] = (yaml, yaml.load(text))
            except YAMLError as error:
                raise Conflict("no_file", name) from error
        return self._open[name][1]

    def section(self, name: str, key: str) -> Any:
        """What stands under the top-level `key` of a file, to be changed in place."""
        doc = self.doc(name)
        found = doc.get(key) if isinstance(doc, dict) else None
        if not isinstance(found, dict | list):
            raise Conflict("no_file", name)
        return found

    def changed(self) -> dict[str, bytes]:
        """Each file that is not as it was, by name."""
        for name in list(self._open):
            self._close(name)
        return {name: data for name in sorted(self._texts) if (data := self._texts[name].encode()) != self._before(name)}

    def _before(self, name: str) -> bytes | None:
        path = self.root / name
        return path.read_bytes() if path.is_file() else None

    def _close(self, name: str) -> None:
        if name not in self._open:
            return
        yaml, doc = self._open.pop(name)
        self._texts[name] = _dump(yaml, doc)


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def quoted(text: str) -> DoubleQuotedScalarString:
    """A text as the data files write one: between double quotes, on one line."""
    made: DoubleQuotedScalarString = DoubleQuotedScalarString(" ".join(text.split()))
    return made


def block(text: str, like: object = None) -> LiteralScalarString:
    """A block of lines; what stood after the block `like` (comments, an empty line) stays where it was."""
    made: LiteralScalarString = LiteralScalarString(text)
    if (comment := getattr(like, "comment", None)) is not None:
        made.comment = comment  # type: ignore[attr-defined]
    return made


def _yaml(mapping: int, sequence: int, offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_duplicate_keys = True
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    yaml.representer.add_representer(type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null"))
    return yaml


def _dump(yaml: YAML, doc: Any) -> str:
    out = io.StringIO()
    yaml.dump(doc, out)
    return out.getvalue()


@lru_cache(maxsize=256)
def _indent_of(text: str) -> tuple[int, int, int]:
    """The indents with which the file comes out as it went in; the first ones when neither does."""
    for indents in _INDENTS:
        yaml = _yaml(*indents)
        try:
            if _dump(yaml, yaml.load(text)) == text:
                return indents
        except YAMLError:
            break
    return _INDENTS[0]
