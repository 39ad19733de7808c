"""Can a reader of 11 to 13 read it? Flesch for Dutch after Douma, for French after Kandel and Moles."""

from __future__ import annotations

import re
from collections import defaultdict

from curation.checks.texts import all_texts, service_names
from curation.content import Content
from curation.finding import Checked
from curation.nouns import Variation
from curation.readability import measure, names_pattern, sentences, words
from kernel.language import Language

EASIEST_LEVEL_ASKED = 70.0
"""Both scales call 70 to 80 fairly easy; Douma's table: the 6th and 7th year of primary school, readers of 11 to 13."""
AVERAGE_WORDS = 12.0
LONGEST_SENTENCE = 22
HARD_BUBBLE = 50.0
FEWEST_WORDS = 8
"""Shorter bubbles say too little for a score."""
FEWEST_TOGETHER = 16
"""Likewise the words of a file."""


def check(content: Content) -> Checked:
    """Each file's texts together as errors (page, fixed answers, scenarios, law and desk too), single sentences and bubbles of replies as
    warnings; see reading_level.* in rules.yml.
    """
    checked = Checked()
    names = names_pattern(service_names(content))
    titles = {button.title for reply in content.replies for variation in reply.variations for button in variation.buttons}
    groups: dict[tuple[str, Language], list[str]] = defaultdict(list)
    for said in all_texts(content):
        if said.language is not None and not (said.file.startswith("data/responses/") and said.text in titles):
            groups[said.file, said.language].append(said.text)
    for (file, language), texts in sorted(groups.items()):
        checked.looked_at += len(texts)
        _together(file, language, texts, names, checked)
    for reply in content.replies:
        for variation in reply.variations:
            _single(variation, names, checked)
    return checked


def _together(file: str, language: Language, texts: list[str], names: re.Pattern[str], checked: Checked) -> None:
    together = "\n".join(names.sub("X", text) for text in texts)
    if len(words(together)) < FEWEST_TOGETHER:
        return
    level = measure(together, language)
    if level.score < EASIEST_LEVEL_ASKED:
        checked.add("reading_level.hard", file, 1, language=language.value, score=round(level.score), limit=round(EASIEST_LEVEL_ASKED))
    if level.words_per_sentence > AVERAGE_WORDS:
        average = round(level.words_per_sentence, 1)
        checked.add("reading_level.long", file, 1, language=language.value, average=average, limit=round(AVERAGE_WORDS))


def _single(variation: Variation, names: re.Pattern[str], checked: Checked) -> None:
    for sentence in sentences(variation.text):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            checked.add("reading_level.sentence", variation.file, variation.line, count=count, limit=LONGEST_SENTENCE, text=sentence)
    text = names.sub("X", variation.text)
    if variation.language is not None and len(words(text)) >= FEWEST_WORDS:
        score = measure(text, variation.language).score
        if score < HARD_BUBBLE:
            checked.add("reading_level.bubble", variation.file, variation.line, score=round(score), text=variation.text)
