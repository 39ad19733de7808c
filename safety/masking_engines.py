"""The engines behind masking: deduce for Dutch, spaCy's fr_core_news_md for French. Seconds to load, hundreds of megabytes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from kernel.language import Language
from safety.masking_text import Span

_DEDUCE_KINDS = {"persoon": "name", "emailadres": "email"}
_DEDUCE_OFF = {"institutions", "dates", "ages", "identifiers", "urls", "locations", "phone_numbers"}


class Engine(Protocol):
    """Finds personal details in a text of its language."""

    def find(self, text: str) -> Iterator[Span]:
        """Spans, rather too many than too few; raises whatever its library raises."""
        ...


class DutchEngine:
    """deduce 3: made for Dutch medical notes; we use its names and e-mail addresses."""

    def __init__(self) -> None:
        with _root_logger_kept():
            import deduce  # type: ignore[import-untyped]

            self._deduce = deduce.Deduce()

    def find(self, text: str) -> Iterator[Span]:
        """Names and e-mail addresses."""
        document = self._deduce.deidentify(text, disabled=_DEDUCE_OFF)
        for found in document.annotations:
            kind = _DEDUCE_KINDS.get(found.tag)
            if kind is not None:
                yield Span(found.start_char, found.end_char, kind)


class FrenchEngine:
    """spaCy's French model, for people only."""

    def __init__(self) -> None:
        with _root_logger_kept():
            import spacy

            self._model = spacy.load("fr_core_news_md", disable=["tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer"])

    def find(self, text: str) -> Iterator[Span]:
        """Names."""
        for entity in self._model(text).ents:
            if entity.label_ == "PER":
                yield Span(entity.start_char, entity.end_char, "name")


def load_engines() -> dict[Language, Engine]:
    """Both engines. Raises what loading raises: a masker without one of them masks everything."""
    return {Language.NL: DutchEngine(), Language.FR: FrenchEngine()}


@contextmanager
def _root_logger_kept() -> Iterator[None]:
    """On import deduce sets the root logger to DEBUG on standard output: what other rooms never meant to log would get out."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
