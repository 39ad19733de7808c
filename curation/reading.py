"""From YAML to nouns. What does not have the expected form becomes a finding (schema.shape) and is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curation.finding import Finding, make
from curation.nouns import Button, Example, Reply, Story, Variation
from curation.yamlfile import YamlFile, line_of, own_line
from kernel.language import Language


def examples(file: YamlFile, slips: list[Finding]) -> Iterator[Example]:
    """The sentences of one file of data/nlu or tests/nlu; its folder says the language, its `intent` the need."""
    folder = file.name.split("/")[-2]
    if folder not in ("nl", "fr"):
        slips.append(make("schema.shape", file.name, 1, what="…/nl/<need>.yml, …/fr/<need>.yml"))
        return
    entries = _list(file, "nlu", slips)
    for number, entry in enumerate(entries):
        block = entry.get("examples") if isinstance(entry, dict) else None
        if not isinstance(block, str) or not isinstance(entry.get("intent"), str):
            slips.append(make("schema.shape", file.name, line_of(entries, number), what="- intent: <need>, examples: |"))
            continue
        start = line_of(entry, "examples")
        for offset, line in enumerate(block.splitlines(), 1):
            if not line.strip().startswith("- ") or len(line.strip()) < 3:
                slips.append(make("schema.shape", file.name, start + offset, what="- <zin / phrase>"))
                continue
            yield Example(line.strip()[2:].strip(), entry["intent"], Language(folder), file.name, start + offset)


def replies(file: YamlFile, slips: list[Finding]) -> Iterator[Reply]:
    """The replies of one file of data/responses."""
    named = file.content.get("responses") if isinstance(file.content, dict) else None
    if not isinstance(named, dict):
        slips.append(make("schema.shape", file.name, 1, what="responses: utter_…:"))
        return
    for name, raw in named.items():
        line = line_of(named, name)
        if not isinstance(raw, list) or not raw:
            slips.append(make("schema.shape", file.name, line, what=f"{name}: - text: …"))
            continue
        got = [_variation(file, raw, number, slips) for number in range(len(raw))]
        yield Reply(str(name), tuple(variation for variation in got if variation is not None), file.name, line)


def _variation(file: YamlFile, raw: Any, number: int, slips: list[Finding]) -> Variation | None:
    entry, line = raw[number], line_of(raw, number)
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        slips.append(make("schema.shape", file.name, line, what="- text: …"))
        return None
    conditions = entry.get("condition") or []
    buttons = entry.get("buttons") or []
    try:
        by_slot = {str(rule["name"]): str(rule["value"]) for rule in conditions}
        choices = tuple(
            Button(str(button["title"]), str(button["payload"]), line_of(buttons, place)) for place, button in enumerate(buttons)
        )
    except (KeyError, TypeError):
        slips.append(make("schema.shape", file.name, line, what="condition: type, name, value; buttons: title, payload"))
        return None
    return Variation(entry["text"], by_slot, entry.get("channel"), choices, tuple(map(str, entry)), file.name, line)


def stories(file: YamlFile, kind: str, slips: list[Finding]) -> Iterator[Story]:
    """The steps of one file of data/stories (`kind` "stories") or data/rules ("rules")."""
    entries = _list(file, kind, slips)
    for number, entry in enumerate(entries):
        name = entry.get("rule" if kind == "rules" else "story") if isinstance(entry, dict) else None
        steps = entry.get("steps") if isinstance(entry, dict) else None
        story = _story(str(name), kind == "rules", steps, file.name, line_of(entries, number)) if name and steps else None
        if story is None:
            slips.append(make("schema.shape", file.name, line_of(entries, number), what="[action: utter_ask_…], intent / or, action …"))
        else:
            yield story


def _story(name: str, is_rule: bool, steps: Any, file: str, line: int) -> Story | None:
    """A story of the one form used here: perhaps a question, then what is heard, then actions. None for any other form."""
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        return None
    rest = list(steps)
    place = str(rest.pop(0)["action"]) if "action" in rest[0] else None
    heard = rest.pop(0) if rest else {}
    if "intent" in heard:
        intents: tuple[str, ...] = (str(heard["intent"]),)
    elif isinstance(heard.get("or"), list) and all("intent" in one for one in heard["or"]):
        intents = tuple(str(one["intent"]) for one in heard["or"])
    else:
        return None
    if not rest or not all("action" in step for step in rest):
        return None
    return Story(name, is_rule, place, intents, tuple(str(step["action"]) for step in rest), file, line)


def _list(file: YamlFile, key: str, slips: list[Finding]) -> Any:
    found = file.content.get(key) if isinstance(file.content, dict) else None
    if isinstance(found, list) and found:
        return found
    slips.append(make("schema.shape", file.name, own_line(file.content), what=f"{key}: - …"))
    return []
