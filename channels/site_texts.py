"""The words of a site's pages, read from `data/page/*.yml` or `data/desk/*.yml` and split by language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kernel.language import Language
from safety.datafile import DataError

_BOTH = {language.value for language in Language}


class PageTextError(DataError):
    """A file of page texts that cannot be used; the message names the file, the place in it and what is wrong."""

    def __init__(self, file: Path, place: str, what: str) -> None:
        super().__init__(file, f"{place}: {what}")


def _leaf(value: object, file: Path, place: str) -> str | list[str]:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) and item.strip() for item in value):
        return value
    raise PageTextError(file, place, "expected a text, or a list of texts")


def _split(node: object, language: Language, file: Path, place: str) -> dict[str, object] | str | list[str]:
    """The part of `node` in `language`: a mapping with the keys nl and fr is one text in two languages."""
    if not isinstance(node, dict) or not node:
        raise PageTextError(file, place, "expected names with a text in nl and fr each")
    if node.keys() & _BOTH:
        if node.keys() != _BOTH:
            raise PageTextError(file, place, "expected exactly nl and fr")
        return _leaf(node[language.value], file, f"{place}.{language.value}")
    return {str(name): _split(part, language, file, f"{place}.{name}") for name, part in node.items()}


def load_page_texts(folder: Path, key: str = "page") -> dict[Language, dict[str, dict[str, object]]]:
    """All texts under the top-level `key` of the folder's files: language → group (chat, help, …) → names.

    Raises PageTextError for a missing translation, a repeated group, or a folder without texts.
    """
    yaml = YAML(typ="safe", pure=True)
    texts: dict[Language, dict[str, dict[str, object]]] = {language: {} for language in Language}
    for file in sorted(folder.glob("*.yml")):
        try:
            page = (yaml.load(file) or {}).get(key)
        except (YAMLError, AttributeError) as error:
            raise PageTextError(file, key, f"not readable as YAML with the key {key}") from error
        if not isinstance(page, dict):
            raise PageTextError(file, key, "missing")
        for group, node in page.items():
            for language in Language:
                if group in texts[language]:
                    raise PageTextError(file, f"{key}.{group}", "this group is in another file already")
                part = _split(node, language, file, f"{key}.{group}")
                if not isinstance(part, dict):
                    raise PageTextError(file, f"{key}.{group}", "expected names with texts")
                texts[language][group] = part
    if not texts[Language.NL]:
        raise PageTextError(folder, key, "no texts found")
    return texts


def filled(node: object, values: Mapping[str, str]) -> object:
    """`node` with each `{name}` of `values` put in, in every text below it; other braces stay."""
    if isinstance(node, str):
        for name, value in values.items():
            node = node.replace("{" + name + "}", value)
        return node
    if isinstance(node, list):
        return [filled(item, values) for item in node]
    if isinstance(node, dict):
        return {name: filled(item, values) for name, item in node.items()}
    return node
