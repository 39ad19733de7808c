"""Standard replies: pairs in both languages from data/desk/canned.yml, checked when they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kernel.language import Language
from safety.datafile import DataError

MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Canned:
    """One reply: what is typed after `/` to find it, and its words."""

    key: str
    texts: dict[Language, str]


def load_canned(path: Path) -> tuple[Canned, ...]:
    """All of them, in the file's order. Raises DataError for a missing language, a repeated key or more than 60 words."""
    try:
        rows = (YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}).get("canned")
    except (OSError, UnicodeDecodeError, YAMLError, AttributeError) as error:
        raise DataError(path, "is not readable as YAML with the key canned") from error
    if not isinstance(rows, list) or not rows:
        raise DataError(path, "needs a list under `canned:`")
    found = tuple(_canned(path, row) for row in rows)
    keys = [one.key for one in found]
    if repeated := {key for key in keys if keys.count(key) > 1}:
        raise DataError(path, f"key {sorted(repeated)[0]}: twice")
    return found


def _canned(path: Path, row: object) -> Canned:
    is_pair = isinstance(row, dict) and set(row) == {"key", "nl", "fr"}
    if not isinstance(row, dict) or not is_pair or not all(isinstance(text, str) and text.strip() for text in row.values()):
        raise DataError(path, "each reply needs exactly key, nl and fr, each a text")
    texts = {language: " ".join(row[language.value].split()) for language in Language}
    if long := [language.value for language, text in texts.items() if len(text.split()) > MOST_WORDS]:
        raise DataError(path, f"key {row['key']}: more than {MOST_WORDS} words in {long[0]}")
    return Canned(row["key"], texts)
