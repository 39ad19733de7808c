"""Who says in plain words that a parent is near is told what to do, whatever the model hears (`parent_near` in data/questions/asked.yml);
a brother or sister may be a help."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions

_NEAR = [
    "mijn pa staat op de gang",
    "mn mama zit naast mij",
    "papa is in de kamer",
    "mama leest mee",
    "papa kijkt over mijn schouder",
    "mon pere est dans le couloir",
    "ma mere est a cote",
    "mes parents sont dans le salon",
    "maman est juste derriere",
    "mon daron regarde par dessus mon epaule",
]
_MORE = [
    "papa staat op de gang met een mes",
    "mama ligt naast mij en reageert niet",
    "mijn broer zit naast mij en hij weent",
    "papa staat in de gang te roepen",
    "mon pere est dans le couloir avec un couteau",
    "ma mere est a cote elle repond plus elle respire mal",
    "mon pere est dans le salon il est bourre",
    "mijn zus zit naast mij",
    "ma soeur est a cote",
    "hij staat op de gang",
    "il est dans le couloir",
    "mijn pa staat in de file",
    "mes parents sont dans le train",
]
_ON = "sextortion"


@pytest.mark.parametrize("text", _NEAR)
def test_a_parent_who_is_near_is_one_who_may_read_along(text: str) -> None:
    found = asked_questions().opened(text, _ON, None)
    assert found is not None and found.name == "parent_near"


@pytest.mark.parametrize("text", _MORE)
def test_what_tells_more_or_of_another_place_is_none(text: str) -> None:
    found = asked_questions().opened(text, _ON, None)
    assert found is None or found.name != "parent_near"


@pytest.mark.parametrize("path", ["suicidal", "self_harm"])
def test_beside_a_wish_to_die_a_parent_who_is_near_is_no_eavesdropper(path: str) -> None:
    found = asked_questions().opened("mama zit naast mij", path, None)
    assert found is None or found.name != "parent_near"


@pytest.mark.parametrize(
    ("path", "name"), [("suicidal", "near_in_crisis"), ("self_harm", "near_in_crisis"), ("sextortion", "not_alone"), (None, "not_alone")]
)
def test_who_is_near_may_help_where_somebody_wants_to_die(path: str | None, name: str) -> None:
    found = asked_questions().asked("not_alone", "er zit iemand naast mij", path)
    assert found is not None and found.name == name
