"""Who somebody young says they are is cut out before the classifiers read a message."""

from __future__ import annotations

import pytest

from bot.components.own_age import without_own_age


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("jsuis un gars de 15 ans ils veulent des sous", "ils veulent des sous"),
        ("salut, je suis une fille de 13 ans et on me menace", "salut, on me menace"),
        ("Ik ben een meisje van 14 en hij stuurt rare dingen", "hij stuurt rare dingen"),
        ("kben ne gast van 16, ze willen geld", "ze willen geld"),
        ("ik ben een jongen van 12", None),  # all that is told
        ("je suis une femme de 40 ans ils me menacent", None),
        ("mijn vriendin is een meisje van 14 jaar", None),
        ("ik ben een meisje van 1400 volgers of zo", None),
    ],
)
def test_what_is_left_of_a_message(text: str, left: str | None) -> None:
    assert without_own_age(text) == left
