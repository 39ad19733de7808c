"""How one text reads, while somebody is writing it: words, level, and what the checks would say of it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curation.checks.reading_level import EASIEST_LEVEL_ASKED, FEWEST_WORDS, HARD_BUBBLE, LONGEST_SENTENCE
from curation.checks.replies import FEWEST_WORDS_TO_JUDGE, LONGEST_BUBBLE, forbidden
from curation.finding import Finding, make
from curation.foreign import find_foreign
from curation.readability import measure, names_pattern, sentences, words
from kernel.language import Language, language_by_words, words_of


@dataclass(frozen=True, slots=True)
class Weight:
    """`level`: "easy", "fine", "hard" or "short" (too short to say); `notes`: what a check would find."""

    words: int
    characters: int
    longest_sentence: int
    score: int
    level: str
    notes: tuple[Finding, ...]


def weigh(text: str, language: Language, names: Iterable[str] = ()) -> Weight:
    """The weight of one bubble; `names` of services do not count, since nobody can make them easier."""
    own = names_pattern(names).sub("X", text)
    count, level = len(words(text)), measure(own, language)
    longest = max((len(words(sentence)) for sentence in sentences(text)), default=0)
    if len(words(own)) < FEWEST_WORDS:
        named = "short"
    else:
        named = "easy" if level.score >= EASIEST_LEVEL_ASKED else "fine" if level.score >= HARD_BUBBLE else "hard"
    return Weight(count, len(text), longest, round(level.score), named, tuple(_notes(text, own, language, level.score)))


def _notes(text: str, own: str, language: Language, score: float) -> Iterable[Finding]:
    if len(text) > LONGEST_BUBBLE:
        yield make("replies.bubble", "", 1, count=len(text), limit=LONGEST_BUBBLE)
    for phrase in forbidden():
        if found := phrase.found_in(text):
            yield make("replies.forbidden", "", 1, words=found, why_nl=phrase.why[Language.NL], why_fr=phrase.why[Language.FR])
    if abroad := find_foreign(text):
        yield make("replies.foreign", "", 1, words=abroad)
    for sentence in sentences(text):
        if len(words(sentence)) > LONGEST_SENTENCE:
            yield make("reading_level.sentence", "", 1, count=len(words(sentence)), limit=LONGEST_SENTENCE, text=sentence)
    if len(words(own)) >= FEWEST_WORDS and score < HARD_BUBBLE:
        yield make("reading_level.bubble", "", 1, score=round(score), text=text)
    if len(words_of(own)) >= FEWEST_WORDS_TO_JUDGE and language_by_words(own) is language.other and " / " not in text:
        yield make("replies.language", "", 1, text=text, language=language.value)
