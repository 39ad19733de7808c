"""YAML read with libyaml (PyYAML), seven times as fast as ruamel.yaml: hub and bot start, and checks end, that much sooner.

Read as ruamel.yaml does by default, by the rules of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema): `no` is a word, not
False. What is not plain content (tags, anchors, a key twice, a slip) is left to ruamel.yaml, which also says what is wrong.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOKS_SPECIAL = re.compile(r"[-+]?[.0-9][-+._:0-9a-fxotz ]*|[-+]?\.(?:inf|nan)|=|<<", re.IGNORECASE)
"""Other numbers, times and merge keys: seldom, and not worth a second reading of the specification."""
_UNUSUAL = re.compile(
    r"^(?:%|---|\.\.\.)|\t|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]"
    r"|(?:(?:^|[,\[{])[ ]*|[:?-][ ]+)[&*!]",
    re.MULTILINE,
)
"""Where the two readers may part: directives, several documents, tabs, invisible characters, and perhaps an anchor, alias or tag."""


class NotPlain(Exception):
    """This text is for the slower reader."""


class Places:
    """Where keys or items stand: what `curation.yamlfile.line_of` asks of ruamel.yaml's containers, lines and columns from 0."""

    __slots__ = ("_places", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self._places: dict[Any, tuple[int, int]] = {}

    def put(self, key: Any, node: Node) -> None:
        """Remember where the key or item began."""
        self._places[key] = (node.start_mark.line, node.start_mark.column)

    def key(self, key: Any) -> tuple[int, int]:
        """Line and column of a key. Raises KeyError."""
        return self._places[key]

    item = key


class PlacedDict(dict[Any, Any]):
    """A mapping that knows its lines."""

    __slots__ = ("lc",)
    lc: Places


class PlacedList(list[Any]):
    """A list that knows its lines."""

    __slots__ = ("lc",)
    lc: Places


def load(text: str) -> Any:
    """The content of a YAML text. Raises NotPlain when the slower reader must look."""
    if _UNUSUAL.search(text):
        raise NotPlain
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise NotPlain from error
    return None if node is None else _value(node)


def _value(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value if node.style else _plain(node.value)
    if isinstance(node, MappingNode):
        return _mapping(node)
    if not isinstance(node, SequenceNode):
        raise NotPlain
    made = PlacedList()
    made.lc = Places(node.start_mark.line)
    for number, child in enumerate(node.value):
        made.lc.put(number, child)
        made.append(_value(child))
    return made


def _mapping(node: MappingNode) -> PlacedDict:
    made = PlacedDict()
    made.lc = Places(node.start_mark.line)
    for key_node, child in node.value:
        key = _value(key_node) if isinstance(key_node, ScalarNode) else None
        if key is None or key in made:
            raise NotPlain
        made.lc.put(key, key_node)
        made[key] = _value(child)
    return made


def _plain(text: str) -> Any:
    """A scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if not _LOOKS_SPECIAL.fullmatch(text):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise NotPlain
