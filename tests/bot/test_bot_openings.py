"""The first sentence of a path by the words of data/openings.yml: who did something, and who tells of the one who did it to them."""

from __future__ import annotations

import pytest

from bot.components.openings import kind_of_opening
from kernel.language import words_of

_DID = "worried_own_feelings"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("j'ai touché ma petite cousine", "did"),
        ("ik heb haar toen gedwongen", "did"),
        ("j'ai vu le mec qui ma violé", None),
        ("j'ai croisé celui qui m'a agressée", None),
        ("j'ai été violé par mon oncle", None),
        ("ik heb de man gezien die mij heeft aangerand", None),
        ("ik heb mijn verkrachter aangeraakt om weg te geraken", None),
    ],
)
def test_whoever_was_hurt_is_never_met_as_the_one_who_did_it(text: str, kind: str | None) -> None:
    assert kind_of_opening(_DID, " ".join(words_of(text))) == kind
