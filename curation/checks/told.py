"""What may be told before its question (data/told.yml): every example is heard or not, and what was told is named, or not asked."""

from __future__ import annotations

from curation.content import Content
from curation.finding import Checked
from curation.nouns import Reply
from curation.yamlfile import line_with
from kernel.language import Language
from kernel.paths import is_of_this_moment
from kernel.spelling import ChatSpelling
from kernel.told import Rule, Told, ToldError, need_of

FILE = "data/told.yml"
_QUESTION = "utter_ask_"


def check(content: Content) -> Checked:
    """See the rules told.* in rules.yml."""
    checked = Checked()
    if FILE not in content.files:
        return checked
    try:
        rules = Told(content.section(FILE, "told")).rules
    except ToldError as error:
        checked.add("told.broken", FILE, 1, what=str(error))
        return checked
    spelling = ChatSpelling(
        {language.value: str(content.section("data/spelling.yml", "spelling")[language.value]) for language in Language}
    )
    for rule in rules:
        _examples(rule, spelling, content, checked)
    _questions(rules, content, checked)
    _walks(rules, content, checked)
    return checked


def _examples(rule: Rule, spelling: ChatSpelling, content: Content, checked: Checked) -> None:
    for language in Language:
        wrong = [text for text in rule.fires[language.value] if not rule.is_told(spelling.plain(text, language.value), language.value)]
        wrong += [text for text in rule.quiet[language.value] if rule.is_told(spelling.plain(text, language.value), language.value)]
        checked.looked_at += len(rule.fires[language.value]) + len(rule.quiet[language.value])
        for text in wrong:
            checked.add("told.example", FILE, line_with(content.files[FILE].lines, text), what=f"{rule.at} {rule.tells}", text=text)


def _questions(rules: tuple[Rule, ...], content: Content, checked: Checked) -> None:
    """Every rule has a way to ask in both languages, unless it is never asked; every way to ask or remark that names something told has
    its rule."""
    named = {(rule.at, rule.tells) for rule in rules}
    asked = {(rule.at, rule.tells) for rule in rules if rule.walks is None}
    of_need = {(rule.need, rule.tells) for rule in rules}
    ways = {(reply.name.removeprefix(_QUESTION), tells): reply for reply in content.replies for tells in _told_in(reply)}
    for at, tells in sorted(asked - set(ways)):
        checked.add("told.no_question", FILE, line_with(content.files[FILE].lines, at), what=f"{_QUESTION}{at}: {tells}")
    for at, tells in sorted(set(ways) - named):
        reply = ways[at, tells]
        if reply.name.startswith(_QUESTION) or (need_of(at), tells) not in of_need:
            checked.add("told.no_rule", reply.file, reply.line, what=f"{reply.name}: {tells}")


def _walks(rules: tuple[Rule, ...], content: Content, checked: Checked) -> None:
    """What is not asked has a step behind its answer, and asks for no danger."""
    steps = {(story.place, intent) for story in content.stories for intent in story.intents}
    for rule in rules:
        place = f"{_QUESTION}{rule.at}"
        if rule.walks is not None and (is_of_this_moment(place) or (place, rule.walks) not in steps):
            checked.add("told.no_step", FILE, line_with(content.files[FILE].lines, rule.at), what=f"{rule.at}: {rule.walks}")


def _told_in(reply: Reply) -> set[str]:
    return {variation.conditions["told"] for variation in reply.variations if "told" in variation.conditions}
