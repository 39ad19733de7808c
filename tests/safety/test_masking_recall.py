"""Masking measured on written sentences: recall per kind and language, and harmless sentences that must stay as they are.

masking_*.jsonl were written before the first rule; masking_blind_* after a first version, and looked at once before anything was changed
for them (then: names 25/27 nl, 27/28 fr; schools 3/5, 4/5; addresses 10/10, 9/10; phone, e-mail, national number, account, handle: all).
masking_third_* were written blind; at first names 69/73 nl, 70/73 fr, schools 15/21, 12/21, handles 18/23, 16/23 were
found, all else all (counted as gone, under whatever token); then it was looked at. Its harmless sentences look like schools and handles.
masking_fresh_* hold schools and handles in other forms than those of the third set. They were written before its rules, measured once after
them and nothing was changed for them: schools 8/20 nl, 7/20 fr (missed: names without any word for school, "decroly", "mariagaarde"), handles
21/23, 20/23. So that is what to expect of schools nobody thought of.
"""

from __future__ import annotations

import pytest
from masking_stand_ins import real_masker

from kernel.language import Language
from safety.masking_report import BARS, SENTENCES, Measured, is_hidden, measure, read_rows, report_lines
from safety.masking_text import KINDS

OTHER_BARS = {"address": 0.9, "school": 0.8, "handle": 0.9}
OVER_MASKED = 0.03
"""At most this share of harmless sentences may change."""
STEMS = ("masking", "masking_blind", "masking_third")

FRESH = {(Language.NL, "school"): 8, (Language.FR, "school"): 7, (Language.NL, "handle"): 21, (Language.FR, "handle"): 20}
"""How many details of masking_fresh_* were found when they were measured."""


@pytest.fixture(scope="module", params=STEMS)
def measured(request: pytest.FixtureRequest) -> Measured:
    return measure(real_masker(), stem=request.param)


def test_every_bar_is_met(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("\n" + "\n".join(report_lines(measured)))
    recall = {(code, kind): measured.recall(code, kind) for code in Language for kind in KINDS}
    assert {key: value for key, value in recall.items() if value < (BARS | OTHER_BARS)[key[1]]} == {}
    assert measured.holds


def test_harmless_sentences_stay_as_they_are(measured: Measured) -> None:
    for code in Language:
        assert len(measured.overmasked[code]) / measured.harmless[code] <= OVER_MASKED, measured.overmasked[code]


def test_other_forms_are_found_no_less_than_when_measured() -> None:
    hidden = measure(real_masker(), stem="masking_fresh").hidden
    assert {key: hidden[key] for key, least in FRESH.items() if hidden[key] < least} == {}


@pytest.mark.parametrize("language", list(Language))
def test_the_sets_are_large_enough_and_well_formed(language: Language) -> None:
    rows = read_rows(SENTENCES / f"masking_{language}.jsonl")
    assert sum(bool(hide) for _, hide in rows) >= 150
    assert sum(not hide for _, hide in rows) >= 60
    assert len({text for text, _ in rows}) == len(rows)
    for text, hide in rows:
        assert all(kind in KINDS and string in text for kind, string in hide), text
    asked = {kind: sum(kind == other for _, hide in rows for other, _ in hide) for kind in KINDS}
    assert min(asked.values()) >= 10, asked


def test_a_leak_is_seen() -> None:
    """The measure itself: a part left over, a token of another kind and an untouched text are misses."""
    text = "ik heet Lotte Peeters"
    assert is_hidden(text, "ik heet [name]", "name", "Lotte Peeters")
    assert not is_hidden(text, "ik heet [name] Peeters", "name", "Lotte Peeters")
    assert not is_hidden(text, "ik heet [phone]", "name", "Lotte Peeters")
    assert not is_hidden(text, text, "name", "Lotte Peeters")
    assert not is_hidden(text, "[masked]", "name", "Lotte Peeters")


class _Blind:
    def mask(self, text: str, language: Language) -> str:
        return text


def test_a_masker_that_masks_nothing_fails() -> None:
    result = measure(_Blind())
    assert not result.holds
    assert all(result.recall(code, kind) == 0 for code in Language for kind in KINDS)
