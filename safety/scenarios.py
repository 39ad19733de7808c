"""Interactive scenarios: stories in which a teenager chooses, written by volunteers in data/scenarios, one file each.

A scenario is a map of scenes. Beside its own scenes it has two more, made of its question: `before` and `after`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.language import Language
from kernel.need import NEEDS
from safety.datafile import DataError, read_section

BEFORE, AFTER = "before", "after"
"""The names of the two scenes that ask the scenario's question."""
Text = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. `phrases`: other ways to type it, in any language; `reply`: what happens at once; `goes_to`: the next scene,
    empty after the last question; `is_good`: marks the answer of a question that helps."""

    title: Text
    phrases: tuple[str, ...]
    reply: Text | None
    goes_to: str
    is_good: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What is told, and what can be chosen. A scene without options is an end of the story."""

    name: str
    says: Text
    options: tuple[Option, ...]

    @property
    def is_end(self) -> bool:
        """True where the story is over and a line is named."""
        return not self.options


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story. `need`: the need whose lines stand beneath its ends; `first`: the scene after the first question."""

    name: str
    title: Text
    need: str
    first: str
    scenes: Mapping[str, Scene]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a story."""

    scenario: Scenario
    scene: Scene

    @property
    def key(self) -> str:
        """The place as one word, for the conversation's state."""
        return f"{self.scenario.name}/{self.scene.name}"


class Scenarios:
    """All stories by name, in the order of the file names."""

    def __init__(self, scenarios: tuple[Scenario, ...]) -> None:
        self._by_name = {scenario.name: scenario for scenario in scenarios}

    @classmethod
    def load(cls, folder: Path) -> Scenarios:
        """Reads every .yml file of `data/scenarios`. Raises DataError for a file that is not a whole story, or for none at all."""
        files = sorted(folder.glob("*.yml"))
        if not files:
            raise DataError(folder, "has no scenarios")
        return cls(tuple(load_scenario(file) for file in files))

    def __iter__(self) -> Iterator[Scenario]:
        return iter(self._by_name.values())

    def get(self, name: str) -> Scenario | None:
        """The story of this name; None when there is none."""
        return self._by_name.get(name)

    def place(self, key: object) -> Place | None:
        """The place that `Place.key` wrote; None when it is empty or stands in a story that was changed meanwhile."""
        name, _, scene_name = str(key or "").partition("/")
        scenario = self._by_name.get(name)
        scene = scenario.scenes.get(scene_name) if scenario is not None else None
        return Place(scenario, scene) if scenario is not None and scene is not None else None


def load_scenario(file: Path) -> Scenario:
    """The story in `file`. Raises DataError naming the scene and what is missing there."""
    raw = read_section(file, "scenario")
    reader = _Reader(file)
    scenes = {str(name): reader.scene(str(name), scene) for name, scene in reader.mapping(raw, "scenes").items()}
    first, need = str(raw.get("begins_with")), str(raw.get("help"))
    question = reader.mapping(raw, "question")
    for name, goes_to in ((BEFORE, first), (AFTER, "")):
        answers = [reader.option(name, answer, goes_to) for answer in reader.list_of(question, "answers", "question")]
        scenes[name] = Scene(name, reader.text(question, "text", "question"), tuple(answers))
    for scene in scenes.values():
        for option in scene.options:
            if option.goes_to not in scenes and not (scene.name == AFTER and option.goes_to == ""):
                raise DataError(file, f"`{scene.name}`: there is no scene `{option.goes_to}`")
    if need not in NEEDS:
        raise DataError(file, f"`help: {need}` is not a need of the vocabulary")
    return Scenario(file.stem, reader.text(raw, "title", "scenario"), need, first, scenes)


class _Reader:
    """Reads the parts of one file; every DataError names the scene."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def mapping(self, node: Any, key: str) -> Mapping[str, Any]:
        found = node.get(key) if isinstance(node, dict) else None
        if not isinstance(found, dict) or not found:
            raise DataError(self._file, f"needs `{key}:`")
        return found

    def list_of(self, node: Any, key: str, where: str) -> list[Any]:
        found = node.get(key)
        if not isinstance(found, list) or not found:
            raise DataError(self._file, f"`{where}` needs a list `{key}:`")
        return found

    def text(self, node: Any, key: str, where: str) -> dict[Language, str]:
        both = node.get(key) if isinstance(node, dict) else None
        texts = {language: both.get(language.value) if isinstance(both, dict) else None for language in Language}
        if not all(isinstance(text, str) and text.strip() for text in texts.values()):
            raise DataError(self._file, f"`{where}` needs `{key}:` with `nl:` and `fr:`")
        return {language: " ".join(str(text).split()) for language, text in texts.items()}

    def scene(self, name: str, node: Any) -> Scene:
        says = self.text(node, "says", name)
        if node.get("end") is True:
            return Scene(name, says, ())
        return Scene(name, says, tuple(self.option(name, one) for one in self.list_of(node, "choices", name)))

    def option(self, where: str, node: Any, goes_to: str | None = None) -> Option:
        title = self.text(node, "title", where)
        reply = self.text(node, "reply", where) if "reply" in node else None
        words = self.text(node, "words", where).values() if "words" in node else ()
        phrases = tuple(phrase.strip() for text in words for phrase in text.split(",") if phrase.strip())
        following = str(node.get("goes_to")) if goes_to is None else goes_to
        return Option(title, phrases, reply, following, node.get("good") is True)
