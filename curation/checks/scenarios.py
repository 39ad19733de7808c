"""The interactive scenarios: whole, in both languages, walkable to an end from everywhere, short, easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curation.checks.reading_level import AVERAGE_WORDS, EASIEST_LEVEL_ASKED
from curation.checks.replies import LONGEST_TITLE
from curation.checks.stories import MOST_WORDS
from curation.checks.texts import service_names
from curation.content import Content
from curation.finding import Checked
from curation.readability import measure, names_pattern, words
from curation.yamlfile import YamlFile, line_of, line_with
from kernel.language import Language
from safety.crisis import CrisisDetector
from safety.datafile import DataError
from safety.scenarios import AFTER, BEFORE, Option, Scenario, Scene, load_scenario

FEWEST_TURNS, MOST_TURNS = 12, 20
"""Scenes on every way through a story, its end counted, its question not."""
FEWEST_CHOICES, MOST_CHOICES = 2, 4
FOLDER, TERMS, FIXED = "data/scenarios", "data/safety", "data/safety/fixed.yml"
_LINE = re.compile(r"\b(?:116 ?000|102|103|112|1813|0800 32 123)\b")
_SHARED = frozenset(("menu", "resume", "leave"))
"""What a button can ask for beside a story (actions/scenario.py)."""


def check(content: Content) -> Checked:
    """See the rules scenarios.* in rules.yml."""
    checked = Checked()
    detector = _detector(content)
    names = names_pattern(service_names(content))
    known = set()
    for file in content.under(FOLDER):
        scenario = _read(content, file, checked)
        if scenario is None:
            continue
        checked.looked_at += sum(1 + len(scene.options) for scene in scenario.scenes.values())
        known.add(scenario.name)
        scenes = content.section(file.name, "scenario")["scenes"]
        _walk(scenario, scenes, file, checked)
        _questions(scenario, content.section(file.name, "scenario"), file, checked)
        for scene in scenario.scenes.values():
            _scene(scenario, scene, file, checked, detector)
        _reading(scenario, file, names, checked)
    _buttons(content, known, checked)
    _pause(content, detector, checked)
    return checked


def _read(content: Content, file: YamlFile, checked: Checked) -> Scenario | None:
    dead_ends = list(_dead_ends(content.section(file.name, "scenario")))
    for name, line in dead_ends:
        checked.add("scenarios.dead_end", file.name, line, scene=name)
    if dead_ends:
        return None
    try:
        return load_scenario(content.root / Path(file.name))
    except DataError as error:
        named = error.what.split("`")[1::2]
        lines = [line_with(file.lines, text) for part in named for text in (f"{part}:", part)]
        checked.add("scenarios.broken", file.name, next((line for line in lines if line > 1), 1), what=error.what)
        return None


def _dead_ends(raw: Any) -> Iterator[tuple[str, int]]:
    """Scenes from which there is no way on, though they are no end."""
    scenes = raw.get("scenes") if isinstance(raw, dict) else None
    for name, scene in scenes.items() if isinstance(scenes, dict) else ():
        if isinstance(scene, dict) and not scene.get("choices") and scene.get("end") is not True:
            yield str(name), line_of(scenes, name)


def _walk(scenario: Scenario, scenes: Any, file: YamlFile, checked: Checked) -> None:
    """Every scene is reached, none twice on one way, and each way has its length."""
    lengths: dict[str, tuple[int, int]] = {}

    def length(name: str, behind: tuple[str, ...]) -> tuple[int, int]:
        if name in behind:
            checked.add("scenarios.circle", file.name, line_of(scenes, behind[-1]), scene=behind[-1], back=name)
            return 0, 0
        if name not in lengths:
            ways = [length(option.goes_to, (*behind, name)) for option in scenario.scenes[name].options] or [(0, 0)]
            lengths[name] = 1 + min(way[0] for way in ways), 1 + max(way[1] for way in ways)
        return lengths[name]

    shortest, longest = length(scenario.first, ())
    if shortest < FEWEST_TURNS or longest > MOST_TURNS:
        values = {"shortest": shortest, "longest": longest, "least": FEWEST_TURNS, "most": MOST_TURNS}
        checked.add("scenarios.turns", file.name, line_with(file.lines, "begins_with:"), **values)
    for name in scenes:
        if name not in lengths:
            checked.add("scenarios.unreachable", file.name, line_of(scenes, name), scene=name)


def _questions(scenario: Scenario, raw: Any, file: YamlFile, checked: Checked) -> None:
    answers = scenario.scenes[BEFORE].options
    if sum(answer.is_good for answer in answers) != 1:
        checked.add("scenarios.question", file.name, line_of(raw, "question"), count=sum(answer.is_good for answer in answers))
    for title in scenario.title.values():
        if len(title) > LONGEST_TITLE:
            checked.add("scenarios.title", file.name, line_of(raw, "title"), title=title, count=len(title), limit=LONGEST_TITLE)


def _scene(scenario: Scenario, scene: Scene, file: YamlFile, checked: Checked, detector: CrisisDetector | None) -> None:
    line = line_with(file.lines, f"    {scene.name}:") if scene.name not in (BEFORE, AFTER) else line_with(file.lines, "question:")
    if scene.name == AFTER:
        return  # the same question as before
    if scene.is_end:
        for language in Language:
            if not _LINE.search(scene.says[language]):
                checked.add("scenarios.no_line", file.name, line, scene=scene.name, language=language.value)
    elif not FEWEST_CHOICES <= len(scene.options) <= MOST_CHOICES:
        values = {"scene": scene.name, "count": len(scene.options), "least": FEWEST_CHOICES, "most": MOST_CHOICES}
        checked.add("scenarios.choices", file.name, line, **values)
    titles = [title.casefold() for option in scene.options for title in {option.title[language] for language in Language}]
    if len(set(titles)) < len(titles):
        checked.add("scenarios.same", file.name, line, scene=scene.name)
    for option in scene.options:
        own = line + line_with(file.lines[line - 1 :], f'"{option.title[Language.NL]}"') - 1
        _option(scenario, option, file, own, checked)
        for phrase in (*option.title.values(), *option.phrases):
            if detector is not None and (found := detector.find(phrase)):
                checked.add("scenarios.danger", file.name, own, text=phrase, need=found.need)


def _option(scenario: Scenario, option: Option, file: YamlFile, line: int, checked: Checked) -> None:
    following = scenario.scenes[option.goes_to]
    if following.is_end and option.reply is not None:
        checked.add("scenarios.end_reply", file.name, line, title=option.title[Language.NL])
    for language in Language:
        title = option.title[language]
        if len(title) > LONGEST_TITLE:
            checked.add("scenarios.title", file.name, line, title=title, count=len(title), limit=LONGEST_TITLE)
        said = [option.reply[language]] if option.reply is not None else []
        said += [following.says[language], *([scenario.scenes[AFTER].says[language]] if following.is_end else [])]
        count = sum(len(words(text)) for text in said)
        if count > MOST_WORDS:
            checked.add("scenarios.words", file.name, line, title=title, language=language.value, count=count, limit=MOST_WORDS)


def _reading(scenario: Scenario, file: YamlFile, names: re.Pattern[str], checked: Checked) -> None:
    """All texts of a story together, by language, as for the replies of a need."""
    for language in Language:
        texts = [scene.says[language] for scene in scenario.scenes.values()]
        texts += [option.reply[language] for scene in scenario.scenes.values() for option in scene.options if option.reply is not None]
        level = measure("\n".join(names.sub("X", text) for text in texts), language)
        if level.score < EASIEST_LEVEL_ASKED or level.words_per_sentence > AVERAGE_WORDS:
            values = {"language": language.value, "score": round(level.score), "average": round(level.words_per_sentence, 1)}
            checked.add("scenarios.hard", file.name, 1, **values)


def _buttons(content: Content, known: set[str], checked: Checked) -> None:
    """A button of a reply that begins a story names one that is there."""
    for reply in content.replies:
        for variation in reply.variations:
            for button in variation.buttons:
                name = button.payload.removeprefix("/scenario:")
                if name != button.payload and name not in known | _SHARED:
                    checked.add("scenarios.button", variation.file, button.line, title=button.title, scenario=name)


def _pause(content: Content, detector: CrisisDetector | None, checked: Checked) -> None:
    """The words that pause a story are taken at their word: none may be a sign of danger."""
    fixed = content.section(FIXED, "fixed")
    both = fixed.get("scenario_pause_words") or {}
    for phrase in (phrase.strip() for text in both.values() for phrase in str(text).split(",")):
        if detector is not None and (found := detector.find(phrase)):
            checked.add("scenarios.danger", FIXED, line_of(fixed, "scenario_pause_words"), text=phrase, need=found.need)


def _detector(content: Content) -> CrisisDetector | None:
    """The crisis terms; None when they are broken (a finding of its own)."""
    try:
        return CrisisDetector.load(content.root / TERMS)
    except DataError:
        return None
