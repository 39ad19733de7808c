"""Masks personal details: names, phone numbers, e-mail, addresses, schools, social handles, national numbers, bank accounts.

Fails closed: when anything goes wrong, the whole text becomes "[masked]". The engines are heavy: the hub uses MaskingWorker, never
Masker itself.

    python -m safety.masking --prepare   loads the engines once (builds deduce's tables on a new installation, about a minute)
    python -m safety.masking --report    recall per kind and language, and over-masking, on tests/safety/masking_{nl,fr}.jsonl
"""

from __future__ import annotations

import logging
import re
import sys
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path

from kernel.language import Language, language_by_words
from safety.masking_clauses import ClauseFinder
from safety.masking_contacts import emails, handles
from safety.masking_engines import Engine, load_engines
from safety.masking_names import NameFinder
from safety.masking_numbers import accounts, helpline_numbers, national_numbers, phones
from safety.masking_places import addresses, with_town
from safety.masking_schools import schools
from safety.masking_spoken import spoken_phones
from safety.masking_text import MASKED, Span, Word, capital_inside, clean, merged, plain, replaced, words_in
from safety.masking_words import NameWords
from safety.masking_worker import MaskingWorker

__all__ = ["MASKED", "MAX_CHARS", "Masker", "MaskingWorker"]

MAX_CHARS = 20_000
"""A longer text is masked as a whole."""
SAFETY_DATA = Path(__file__).parents[1] / "data" / "safety"
_LONG_RUN = re.compile(r"\S{80,}")
_log = logging.getLogger(__name__)


class Masker:
    """Masks texts with the data in `folder` (names.yml, helplines.yml) and one engine per language; without both it masks everything.

    Raises DataError when a data file is malformed.
    """

    def __init__(self, folder: Path = SAFETY_DATA, engines: Mapping[Language, Engine] | None = None) -> None:
        self._words = NameWords.load(folder / "names.yml")
        self._helplines = helpline_numbers(folder / "helplines.yml")
        self._names = {code: NameFinder(words) for code, words in self._words.items()}
        self._clauses = {code: ClauseFinder(words) for code, words in self._words.items()}
        self._engines = dict(engines or {})
        self._kept = re.compile(r"(?<![^\W_])(?:" + "|".join(re.escape(word) for word in self._words[Language.NL].kept) + r")(?![^\W_])")

    @classmethod
    def load(cls, folder: Path = SAFETY_DATA) -> Masker:
        """With both engines: takes ten seconds and more, and 1.4 GB. Raises what the engines raise."""
        return cls(folder, load_engines())

    def mask(self, text: str, language: Language) -> str:
        """`text` with tokens such as [name] or [phone] in place of personal details; MASKED when that could not be done. Never raises."""
        try:
            if len(text) > MAX_CHARS or any(code not in self._engines for code in Language):
                return MASKED
            text = clean(text)
            return replaced(text, merged(self._spans(text, language)))
        except Exception as error:  # whatever a library raises, no word may get out, in the log either
            _log.warning("masking failed: %s", type(error).__name__)
            return MASKED

    def _spans(self, text: str, language: Language) -> Iterator[Span]:
        reading = language_by_words(text) or language
        words = self._words[reading]
        yield from accounts(text)
        yield from national_numbers(text)
        yield from emails(text)
        yield from handles(text, words.ordinary)
        yield from phones(text, self._helplines)
        yield from spoken_phones(text, self._helplines)
        for place in (*addresses(text, words.towns), *schools(text, words)):
            yield with_town(text, place, words.towns, words.common | words.everyday)
        names = list(self._without_kept(text, self._names[reading].find(text)))
        yield from names
        yield from self._without_kept(text, self._clauses[reading].find(text, names))
        for code in {language, reading}:
            yield from self._without_kept(text, _trimmed(text, self._engines[code].find(_without_long_runs(text)), words))

    def _without_kept(self, text: str, spans: Iterator[Span]) -> Iterator[Span]:
        """Names that are not a service, an app or a day of the week (`kept`)."""
        folded = "".join(form if len(form := plain(char)) == 1 else char for char in text)  # as long as the text
        kept = [found.span() for found in self._kept.finditer(folded)]
        for span in spans:
            if span.kind != "name" or not any(start < span.end and span.start < end for start, end in kept):
                yield span


def _without_long_runs(text: str) -> str:
    """For the engines: signs without a space for longer than any name are blanks, since spaCy needs seconds for them."""
    return _LONG_RUN.sub(lambda found: " " * len(found[0]), text)


def _trimmed(text: str, spans: Iterator[Span], known: NameWords) -> Iterator[Span]:
    """What an engine found; names without everyday words at their ends, and none where no capital is left, or only a town."""
    words = words_in(text)
    ends = [word.end for word in words]
    for span in spans:
        if span.kind != "name":
            yield span
            continue
        first = bisect_right(ends, span.start)
        inside = [word for word in words[first : first + span.end - span.start] if word.start < span.end]
        while inside and _no_name(text, inside[0], known):
            inside = inside[1:]
        while inside and _no_name(text, inside[-1], known):
            inside = inside[:-1]
        if any(word.capital for word in inside) and not all(word.plain in known.towns for word in inside):
            yield Span(inside[0].start, inside[-1].end, "name")


def _no_name(text: str, word: Word, known: NameWords) -> bool:
    """A word that a name neither starts nor ends with: everyday ones, with the capital of a new sentence too, and abbreviations (AI)."""
    if len(word.plain) < 2 or word.plain in known.common or (len(word.text) <= 4 and word.text.isupper()):
        return True
    return word.plain in known.everyday and not capital_inside(text, word)


def main(arguments: list[str]) -> int:
    """The command line; 0 when all is well, 1 when a bar is missed, 2 for a wrong call."""
    started = time.monotonic()
    if arguments == ["--prepare"]:
        print("masking: loading deduce and fr_core_news_md (the first time about a minute) …", flush=True)
        Masker.load()
        print(f"masking: ready after {time.monotonic() - started:.0f} s")
        return 0
    if arguments == ["--report"]:
        from safety.masking_report import measure, report_lines

        result = measure(Masker.load())
        print("\n".join(report_lines(result)))
        return 0 if result.holds else 1
    print("usage: python -m safety.masking --prepare | --report", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
