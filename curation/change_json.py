"""Changes as JSON and back: how a proposal keeps them. What comes back is checked field by field."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from curation.changes import KINDS, BadChange, Button, Change
from kernel.language import Language

LONGEST_TEXT = 2000
LONGEST_FILE = 200_000
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,79}$")
_FILE = re.compile(r"^(?:data/[a-z0-9_/]{1,120}\.yml)$")
_NAMES = frozenset({"need", "to_need", "topic", "reply", "scenario", "scene", "goes_to", "helpline", "fact", "key"})
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_MAY_BE_EMPTY = frozenset({"goes_to", "who", "place", "value", "words_nl", "words_fr", "reply_nl", "reply_fr", "nl", "fr", "source"})


def new_id() -> str:
    """An id for a change."""
    return secrets.token_hex(4)


def cleaned(text: str) -> str:
    """The text without control and direction characters; new lines stay, and what holds an emoji together."""
    return "".join(char for char in text if char in "\n\t\u200d\ufe0f" or unicodedata.category(char) not in _HIDDEN)


def dumped(changes: Sequence[Change]) -> str:
    """As one JSON text; a change without an id gets one."""
    return json.dumps([_as_dict(change if change.id else replace(change, id=new_id())) for change in changes], ensure_ascii=False)


def loaded(text: str) -> tuple[Change, ...]:
    """The changes of such a text. Raises BadChange."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadChange("not JSON") from error
    if not isinstance(raw, list):
        raise BadChange("expected a list")
    return tuple(change_of(entry) for entry in raw)


def change_of(raw: object) -> Change:
    """One change out of its fields. Raises BadChange for an unknown kind, a missing field or one of the wrong form."""
    if not isinstance(raw, dict) or raw.get("kind") not in KINDS:
        raise BadChange("unknown kind of change")
    kind = KINDS[raw["kind"]]
    known = {field.name for field in fields(kind)}
    if extra := set(raw) - known - {"kind"}:
        raise BadChange(f"unknown field {sorted(extra)[0]}")
    values = {name: _value(name, raw[name]) for name in known if name in raw}
    try:
        return kind(**values)
    except TypeError as error:
        raise BadChange(f"a field of {raw['kind']} is missing") from error


def _value(name: str, value: object) -> Any:
    if name == "language":
        if value not in ("nl", "fr"):
            raise BadChange("language: nl or fr")
        return Language(value)
    if name == "buttons":
        return tuple(_button(one) for one in _list(name, value))
    if name in ("hears", "does", "path"):
        return tuple(_text(name, str(one) if isinstance(one, int) else one) for one in _list(name, value))
    return _text(name, value)


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > 60:
        raise BadChange(f"{name}: expected a list")
    return value


def _button(raw: object) -> Button:
    if not isinstance(raw, dict) or set(raw) != {"payload", "nl", "fr"}:
        raise BadChange("buttons: payload, nl and fr")
    return Button(*(_text(name, raw[name]) for name in ("payload", "nl", "fr")))


def _text(name: str, value: object) -> str:
    """The text, cleaned; raises BadChange for one that is no text, too long, empty where it may not be, or no name where one is due."""
    is_file = name == "new"
    if not isinstance(value, str) or len(value) > (LONGEST_FILE if is_file else LONGEST_TEXT):
        raise BadChange(f"{name}: expected a text")
    if cleaned(value) != value:
        raise BadChange(f"{name}: has characters that cannot be seen")
    if not value.strip() and name not in _MAY_BE_EMPTY and name != "id":
        raise BadChange(f"{name}: is empty")
    if name == "file" and not _FILE.match(value):
        raise BadChange("file: no content file")
    if name in _NAMES and value and not _NAME.match(value):
        raise BadChange(f"{name}: small letters, digits and _ only")
    return value


def _as_dict(change: Change) -> dict[str, object]:
    found: dict[str, object] = {"kind": change.kind}
    for field in fields(change):
        value = getattr(change, field.name)
        if isinstance(value, Language):
            value = value.value
        elif isinstance(value, tuple):
            value = [{"payload": one.payload, "nl": one.nl, "fr": one.fr} if isinstance(one, Button) else one for one in value]
        found[field.name] = value
    return found
