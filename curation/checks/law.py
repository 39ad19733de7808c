"""The law records: graded, dated, reviewed, and each said in a story. That no text quotes an article or a sentence is
the phrase `law_numbers` of forbidden.yml, which is looked for in every text (replies.forbidden)."""

from __future__ import annotations

from datetime import date

from curation.checks.stories import MOST_WORDS
from curation.content import Content
from curation.finding import Checked
from curation.readability import words
from curation.yamlfile import line_with
from kernel.language import Language
from safety.datafile import DataError
from safety.facts import months_old
from safety.laws import Law, Laws

FILE, ACTION = "data/safety/law.yml", "action_law_"
OLD_MONTHS = 24
FIXED = "data/safety/fixed.yml"


def check(content: Content, today: date | None = None) -> Checked:
    """See the rules law.* in rules.yml; `today` decides how old a record is."""
    checked = Checked()
    file = content.files.get(FILE)
    lines = file.lines if file is not None else ()
    try:
        laws = Laws.load(content.root / FILE)
    except DataError as error:
        checked.looked_at += 1
        found = [line_with(lines, part) for part in error.what.split("`")[1::2]]
        checked.add("law.broken", FILE, next((line for line in found if line > 1), 1), what=error.what)
        return checked
    said = {action.removeprefix(ACTION): story for story in content.stories for action in story.actions if action.startswith(ACTION)}
    for law in laws.records:
        checked.looked_at += len(law.texts)
        line = line_with(lines, f"    {law.name}:")
        if law.reviewed_by is None:
            checked.add("law.unreviewed", FILE, line, law=law.name, review=law.review)
        _length(content, law, laws, line, checked)
        if law.name not in said:
            checked.add("law.not_said", FILE, line, law=law.name)
        if (months := months_old(law.as_of, today or date.today())) > OLD_MONTHS:
            checked.add("law.ageing", FILE, line, law=law.name, months=months)
    for name in sorted(set(said) - {law.name for law in laws.records}):
        checked.add("law.no_record", said[name].file, said[name].line, law=name)
    return checked


def _length(content: Content, law: Law, laws: Laws, line: int, checked: Checked) -> None:
    """A turn is the date, the text and the path's next question: sixty words together."""
    replies = content.reply_named()
    following = [story.end for story in content.stories if f"{ACTION}{law.name}" in story.actions]
    for language in Language:
        date_words = str((content.section(FIXED, "fixed").get("law_as_of") or {}).get(language.value) or "")
        questions = [variation.text for name in following if name in replies for variation in replies[name].in_language(language)]
        longest = max((len(words(question)) for question in questions), default=0)
        for both in law.texts.values():
            told = date_words.replace("{date}", laws.day(law, language)) + " " + both[language]
            if (count := len(words(told)) + longest) > MOST_WORDS:
                checked.add("law.words", FILE, line, law=law.name, language=language.value, count=count, limit=MOST_WORDS)
