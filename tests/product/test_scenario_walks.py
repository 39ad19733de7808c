"""Every interactive scenario is walked over the chat protocol to its ends, every choice of it pressed, in both languages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from chat_client import Chat, Frame
from playing import PAUSE_S, SCENARIOS, begin, titles
from product_world import Product
from reply_texts import fixed
from talking import Talk, check, line_ids, press, says

from kernel.language import Language
from safety.scenarios import AFTER, BEFORE, Scenario

pytestmark = pytest.mark.product
_AT_ONCE = 6


@dataclass
class Walker:
    """Presses every choice of one story in one language, walk after walk, the untried choices first."""

    scenario: Scenario
    language: Language
    tried: set[tuple[str, int]] = field(default_factory=set)
    turns: list[int] = field(default_factory=list)

    @property
    def left(self) -> set[tuple[str, int]]:
        """Choices not pressed yet."""
        return {(scene.name, n) for scene in self.scenario.scenes.values() for n in range(len(scene.options))} - self.tried

    async def walk(self, chat: Chat) -> None:
        """One walk from the first question to the end."""
        name, turns = BEFORE, 0
        while True:
            number = self._pick(name)
            self.tried.add((name, number))
            option = self.scenario.scenes[name].options[number]
            await asyncio.sleep(PAUSE_S)
            found = await press(chat, option.title[self.language])
            turns += 1
            check(found, self.language.value)
            assert all(frame["from"] == "bot" for frame in found)
            if not option.goes_to:
                break
            name = self._arrived(option.goes_to, option.reply, found)
        assert says(found, "utter_ask_else")
        self.turns.append(turns)

    def _pick(self, name: str) -> int:
        options = self.scenario.scenes[name].options
        return max(range(len(options)), key=lambda n: self._untried_behind(name, n))

    def _untried_behind(self, name: str, number: int) -> tuple[bool, int]:
        reached, waiting = set(), [self.scenario.scenes[name].options[number].goes_to]
        while waiting:
            here = waiting.pop()
            if here and here not in reached:
                reached.add(here)
                waiting += [option.goes_to for option in self.scenario.scenes[here].options]
        return (name, number) in self.left, sum(scene in reached for scene, _ in self.left)

    def _arrived(self, goes_to: str, reply: object, found: list[Frame]) -> str:
        """The name of the scene that was shown; an end shows its line and the question again."""
        scene = self.scenario.scenes[goes_to]
        said = [frame["text"] for frame in found]
        shown = self.scenario.scenes[AFTER] if scene.is_end else scene
        assert said[-1] == shown.says[self.language]
        assert titles(found)[: len(shown.options)] == [option.title[self.language] for option in shown.options]
        assert titles(found)[-1] == fixed("scenario_pause", self.language.value)
        if scene.is_end:
            assert said[0] == scene.says[self.language]
            assert "childfocus" in line_ids(found)
        else:
            assert len(said) == (2 if reply is not None else 1)
        return shown.name


async def test_every_choice_leads_on_to_an_end(talk: Talk) -> None:
    """All of them beside each other: nearly all of a walk is waiting, for the pace that is allowed."""
    walkers = [Walker(scenario, language) for scenario in SCENARIOS.values() for language in Language]
    free = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*(walk_it_all(talk, walker, free) for walker in walkers))
    for walker in walkers:
        where = (walker.scenario.name, walker.language)
        assert walker.left == set(), where
        assert min(walker.turns) >= 12, where
        assert max(walker.turns) <= 20, where


async def walk_it_all(talk: Talk, walker: Walker, free: asyncio.Semaphore) -> None:
    """Walk after walk, until every choice was pressed once."""
    async with free:
        while walker.left:
            assert len(walker.turns) < 12, walker.left
            await walker.walk(await begin(talk, walker.language.value, walker.scenario))


def test_there_are_six_with_real_choices() -> None:
    assert len(SCENARIOS) == 6
    for scenario in SCENARIOS.values():
        forks = [scene for scene in scenario.scenes.values() if len({option.goes_to for option in scene.options}) > 1]
        replied = [option for scene in scenario.scenes.values() for option in scene.options if option.reply is not None]
        assert len(replied) >= 20
        assert forks


async def test_answers_before_and_after_are_counted_and_nothing_else(product: Product, talk: Talk) -> None:
    def counted() -> dict[str, float]:
        return {name: value for name, value in product.metrics().items() if name.startswith("chatmasjien_scenario_answers_total")}

    before = counted()
    scenario = SCENARIOS["gamer"]
    walker = Walker(scenario, Language.NL)
    await walker.walk(await begin(talk, "nl", scenario))
    added = {name: value - before.get(name, 0.0) for name, value in counted().items() if value != before.get(name, 0.0)}
    assert sorted(added.values()) == [1.0, 1.0]
    assert {name.split('moment="')[1].split('"')[0] for name in added} == {BEFORE, AFTER}
    assert all('scenario="gamer"' in name and name.count("=") == 3 for name in added)
