"""What young people chose in the scenarios' questions, before the story and after it, as tables of the numbers page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from channels.desk.counts import Table, table_of
from channels.store.scenario_counts import Answered
from kernel.language import Language
from safety.scenarios import AFTER, BEFORE, Scenario


def scenario_tables(
    scenarios: Iterable[Scenario], answered: Mapping[Answered, int], language: Language, names: Mapping[str, Mapping[str, Any]]
) -> list[Table]:
    """Two tables per scenario. An answer that a changed file no longer has is left out."""
    return [_table(scenario, moment, answered, language, names) for scenario in scenarios for moment in (BEFORE, AFTER)]


def _table(
    scenario: Scenario, moment: str, answered: Mapping[Answered, int], language: Language, names: Mapping[str, Mapping[str, Any]]
) -> Table:
    options = scenario.scenes[moment].options
    labels = {str(number): option.title[language] for number, option in enumerate(options, 1)}
    counts = {number: answered.get((scenario.name, moment, int(number)), 0) for number in labels}
    title = str(names["numbers"][f"scenario_{moment}"]).replace("{title}", scenario.title[language])
    return table_of(f"scenario_{scenario.name}_{moment}", title, labels, counts)
