"""The law is said from its record: by age group, as of its date, in both languages."""

from __future__ import annotations

import pytest
from action_calls import NAMES, ROOT, HubStandIn, laws, run
from ruamel.yaml import YAML

from kernel.language import Language
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
