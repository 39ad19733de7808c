"""What may be told before its question, or of a danger of this moment (data/told.yml): every example is heard or not, and it is answered."""

from __future__ import annotations

from curation.content import Content
from curation.finding import Checked
from curation.nouns import Reply
from curation.yamlfile import line_with
from kernel.language import Language
from kernel.spelling import ChatSpelling
from kernel.told import NOW, Rule, Told, ToldError

FILE = "data/told.yml"
_QUESTION = "utter_ask_"
_OF_NOW = "utter_now_told"
_NUMBER = "112"


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
    return checked


def _examples(rule: Rule, spelling: ChatSpelling, content: Content, checked: Checked) -> None:
    for language in Language:
        wrong = [text for text in rule.fires[language.value] if not rule.is_told(spelling.plain(text, language.value), language.value)]
        wrong += [text for text in rule.quiet[language.value] if rule.is_told(spelling.plain(text, language.value), language.value)]
        checked.looked_at += len(rule.fires[language.value]) + len(rule.quiet[language.value])
        for text in wrong:
            checked.add("told.example", FILE, line_with(content.files[FILE].lines, text), what=f"{rule.at} {rule.tells}", text=text)


def _questions(rules: tuple[Rule, ...], content: Content, checked: Checked) -> None:
    """Every rule has a way to ask, or words, and whatever names something told has its rule; words of danger now name 112."""
    named = {(_reply_of(rule), rule.tells) for rule in rules}
    ways = {(reply.name, tells): reply for reply in content.replies for tells in _told_in(reply)}
    for name, tells in sorted(named - set(ways)):
        line = line_with(content.files[FILE].lines, tells if name == _OF_NOW else name.removeprefix(_QUESTION))
        checked.add("told.no_question", FILE, line, what=f"{name}: {tells}")
    for name, tells in sorted(set(ways) - named):
        reply = ways[name, tells]
        checked.add("told.no_rule", reply.file, reply.line, what=f"{name}: {tells}")
    for reply in content.replies:
        for variation in reply.variations if reply.name == _OF_NOW else ():
            if _NUMBER not in variation.text:
                checked.add("told.no_112", reply.file, reply.line, text=variation.text)


def _reply_of(rule: Rule) -> str:
    return _OF_NOW if rule.at == NOW else f"{_QUESTION}{rule.at}"


def _told_in(reply: Reply) -> set[str]:
    return {variation.conditions["told"] for variation in reply.variations if "told" in variation.conditions}
