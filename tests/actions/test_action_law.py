"""The law is said from its record: by age group, as of its date, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from action_calls import NAMES, ROOT, HubStandIn, laws, run
from ruamel.yaml import YAML

from kernel.language import Language, words_of
from safety.laws import AGE_GROUPS, ANY

PREFIX = "action_law_"


def test_every_record_has_its_action() -> None:
    assert {name.removeprefix(PREFIX) for name in NAMES if name.startswith(PREFIX)} == {law.name for law in laws().records}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("age_group", [*AGE_GROUPS, "unknown"])
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(PREFIX)])
async def test_it_says_the_age_groups_own_text_with_its_date(hub: HubStandIn, name: str, age_group: str, language: Language) -> None:
    raw = YAML(typ="safe", pure=True).load((ROOT / "data/safety/law.yml").read_text(encoding="utf-8"))["laws"]["records"]
    record = raw[name.removeprefix(PREFIX)]
    ran = await run(hub, name, "affirm", age_group=age_group, language=language.value)
    expected = record["texts"].get(age_group, record["texts"][ANY])[language.value]
    assert len(ran.texts) == 1
    assert ran.texts[0].endswith(expected)
    assert str(record["as_of"].year) in ran.texts[0].removesuffix(expected)


async def test_the_date_is_written_out(hub: HubStandIn) -> None:
    for language, begins in (("nl", "Volgens de wet op 1 juni 2022: "), ("fr", "Selon la loi au 1er juin 2022 : ")):
        assert (await run(hub, "action_law_saying_yes", "deny", language=language)).texts[0].startswith(begins)


async def test_a_14_year_old_is_not_told_that_it_is_allowed(hub: HubStandIn) -> None:
    for language, word in (("nl", "niet zeker"), ("fr", "pas sûr")):
        young = (await run(hub, "action_law_passing_on", "affirm", language=language, age_group="14_15")).texts[0]
        older = (await run(hub, "action_law_passing_on", "affirm", language=language, age_group="16_17")).texts[0]
        assert word in young
        assert word not in older


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every five words in a row."""
    words = words_of(text)
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def test_what_is_said_before_the_law_does_not_say_the_same() -> None:
    asked = _read("data/questions/asked.yml")
    said = _read("data/responses/questions.yml")["responses"]
    laws = _read("data/safety/law.yml")["laws"]["records"]
    of_law = [question for question in _records(asked) if question.get("law")]
    assert len(of_law) >= 3
    for question in of_law:
        texts = laws[question["law"]]["texts"].values()
        law = {words for both in texts for text in both.values() for words in _runs(text)}
        for answer in said[f"utter_question_{question['name']}"]:
            assert not _runs(answer["text"]) & law, answer["text"]


def _read(path: str) -> Any:
    return YAML(typ="safe", pure=True).load((ROOT / path).read_text(encoding="utf-8"))


def _records(found: Any) -> list[dict[str, Any]]:
    """Every record with a name, wherever it stands."""
    if isinstance(found, list):
        return [record for one in found for record in _records(one)]
    if not isinstance(found, dict):
        return []
    return [found] if "name" in found else [record for one in found.values() for record in _records(one)]
