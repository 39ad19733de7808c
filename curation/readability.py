"""How easy a text reads, from 0 (very hard) to about 120 (very easy).

Dutch: Flesch-Douma, 206.8 - 0.77 x syllables per 100 words - 0.93 x words per sentence (W.H. Douma, De leesbaarheid van
landbouwbladen, Wageningen 1960; norms in Onze Taal / Taalbeheersing 1977, dbnl.org: 70 to 80 = 6th and 7th year of primary school).
French: 207 - 1.015 x words per sentence - 0.736 x syllables per 100 words (L. Kandel and A. Moles, Application de l'indice
de Flesch à la langue française, Cahiers Études de Radio-Télévision 19, 1958).
Syllables are counted as groups of vowels, a mute e at the end of a French word left out. textstat has the same two formulas;
it counts hyphenation points, which misses syllables of one letter, and takes three seconds to import.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kernel.language import Language

_FORMULA = {Language.NL: (206.8, 0.93, 77.0), Language.FR: (207.0, 1.015, 73.6)}
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\s»\"”]+|\n+")
_WORD = re.compile(r"\w+(?:[-.]\w+)*", re.UNICODE)
_DUTCH = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ij|ei|au|ou|ui|eu|oe|ie|[aeiouy]")
_FRENCH = re.compile(r"eau|oeu|aie|oui|oue|ou|oi|eu|au|ai|ei|ie|ui|ia|io|œu|[aeiouyœ]")


@dataclass(frozen=True, slots=True)
class Level:
    """`score`: higher is easier; `words_per_sentence`: the average."""

    score: float
    words_per_sentence: float


def sentences(text: str) -> list[str]:
    """The sentences of `text`; a colon ends one too, since what follows it is read as a new one."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if words(part)]


def words(text: str) -> list[str]:
    """Words and numbers; an elided word (l', j') counts with the next one."""
    return _WORD.findall(re.sub(r"(?<=\w)['’](?=\w)", "", text))


def syllables(word: str, language: Language) -> int:
    """At least 1. A number counts as one, since it is read at a glance."""
    small = word.casefold()
    if not any(char.isalpha() for char in small):
        return 1
    if language is Language.NL:
        # A diaeresis starts a new syllable: be-ïn-vloed.
        spread = re.sub(r"[äëïöü]", lambda found: "." + _bare(found[0]), small)
        return max(len(_DUTCH.findall(_bare(spread))), 1)
    counted = _bare(small)
    found = _FRENCH.findall(counted)
    is_mute = re.search(r"[^aeiouy]es?$", counted) is not None and re.search(r"[éèê]s?$", small) is None
    return max(len(found) - is_mute, 1)


def measure(text: str, language: Language) -> Level:
    """The level of `text`; an empty text is as easy as can be."""
    parts = sentences(text)
    counted = [word for part in parts for word in words(part)]
    if not counted:
        return Level(_FORMULA[language][0], 0.0)
    base, per_sentence, per_syllable = _FORMULA[language]
    length = len(counted) / len(parts)
    beats = sum(syllables(word, language) for word in counted) / len(counted)
    return Level(base - per_sentence * length - per_syllable * beats, length)


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds each of `names` (longest first) as whole words."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names) or '(?!)'})\b")


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
