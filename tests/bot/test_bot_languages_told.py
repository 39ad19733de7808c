"""What only tells of a language asks for no other: nothing is switched under the hands of who writes it."""

from __future__ import annotations

import pytest

from bot.components.languages_told import ANOTHERS, OWN, tells_of_language


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mais jecris pas tres bien en francais", OWN),
        ("flamand jsuis trop nulle", OWN),
        ("mijn nederlands is ni zo goed", OWN),
        ("verstaat ge ook frans", OWN),
        ("papa kent geen nederlands", None),  # no word says whose papa it is: the wish stands
        ("mijn papa kent geen nederlands", ANOTHERS),
        ("ma grand mère comprend pas le français", ANOTHERS),
        ("on parle flamand en classe", ANOTHERS),
        ("la prof de néerlandais", ANOTHERS),
        ("kan het in het frans, mijn nederlands is slecht", None),
        ("tu peux parler néerlandais avec moi ?", None),
        ("kunnen we frans praten aub?", None),
        ("en néerlandais", None),
        ("wa is da in frans hond", ANOTHERS),
        ("hoe zeg je ik hou van jou in het frans", ANOTHERS),
        ("in het frans heb ik 4 op 10", ANOTHERS),
        ("toets over frans", ANOTHERS),
        ("jveux apprendre le neerlandais", ANOTHERS),
        ("comment on dit merci en neerlandais", ANOTHERS),
        ("en francais on a rien fait", ANOTHERS),
        ("je veux parler français", None),
        ("comment on change en francais", None),
        ("je comprends pas bien le néerlandais", None),
    ],
)
def test_what_only_tells_of_a_language_is_no_wish_for_it(text: str, told: str | None) -> None:
    assert tells_of_language(text) == told
