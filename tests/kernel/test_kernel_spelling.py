"""Chat spelling made plain: whole words only, per language, and rules that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernel.spelling import ChatSpelling, RuleError, read_rules
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
RULES = {"nl": "ni nie = niet\n\nkheb = ik heb\n'k = ik", "fr": "g = j'ai\njsp = je ne sais pas"}


@pytest.mark.parametrize(
    ("text", "language", "plain"),
    [
        ("KHEB da NI gedaan", "nl", "ik heb da niet gedaan"),
        ("’k weet het nie!", "nl", "ik weet het niet!"),
        ("niets, niemand", "nl", "niets, niemand"),
        ("heeeeelp", "nl", "heelp"),
        ("g peur, jsp", "fr", "j'ai peur, je ne sais pas"),
        ("d'accord j'ai", "fr", "d'accord j'ai"),
        ("kheb", "fr", "kheb"),
        ("", "nl", ""),
        ("🙃", "en", "🙃"),
    ],
)
def test_words_with_a_rule_are_replaced_and_no_parts_of_words(text: str, language: str, plain: str) -> None:
    assert ChatSpelling(RULES).plain(text, language) == plain


@pytest.mark.parametrize("text", ["ni niet", "= niet", "ni =", "ni = niet\nni = nee"])
def test_a_line_that_is_no_rule_and_a_word_with_two_rules_are_refused(text: str) -> None:
    with pytest.raises(RuleError):
        read_rules(text)


def test_the_rules_of_the_product_are_settled() -> None:
    """What a rule writes is not rewritten by another one, so that order does not matter."""
    for language, text in read_section(ROOT / "data/spelling.yml", "spelling").items():
        rules = read_rules(text)
        assert len(rules) > 100
        spelling = ChatSpelling({language: text})
        unsettled = {typed: meant for typed, meant in rules.items() if spelling.plain(meant, language) != meant}
        assert unsettled == {}
