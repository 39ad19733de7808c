"""Light masking functions for the worker's process (importable by a spawned one), and the real masker, loaded once for all tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import cache

from kernel.language import Language
from safety.masking import Masker
from safety.masking_text import Span


class Quiet:
    """An engine that finds nothing."""

    def find(self, text: str) -> Iterator[Span]:
        return iter(())


@cache
def masker_of_rules() -> Masker:
    """The rules alone, without what the engines add."""
    return Masker(engines={code: Quiet() for code in Language})


@cache
def real_masker() -> Masker:
    """With both engines: seconds to load, so once per run."""
    return Masker.load()


def _mask(text: str, language: Language) -> str:
    if text == "crash":
        os._exit(3)
    if text == "hang":
        time.sleep(60)
    if text == "raise":
        raise ValueError(text)
    return f"{language}:{text.replace('lotte', '[name]')}"


def load_light() -> Callable[[str, Language], str]:
    """At once."""
    return _mask


def load_slowly() -> Callable[[str, Language], str]:
    """After a second and a half."""
    time.sleep(1.5)
    return _mask


def load_never() -> Callable[[str, Language], str]:
    """Fails as a missing model does."""
    raise OSError("no model")
