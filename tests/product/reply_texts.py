"""What may be said in which language: every variation of data/responses, the fixed answers, the scenarios, the law records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kernel.language import Language
from safety.laws import Laws
from safety.scenarios import Scenarios

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("nl", "fr")
_SENTENCE_END = re.compile(r"(?<=[?!.])\s+(?=[^\s?!:])")
_LAST_QUESTION = re.compile(r"[^?!.]+[?!.]*\?")


@dataclass
class Texts:
    """Texts per language (`both`: the bilingual defaults, said only while the language is unknown), and button titles."""

    said: dict[str, set[str]] = field(default_factory=lambda: {"nl": set(), "fr": set(), "both": set()})
    titles: dict[str, set[str]] = field(default_factory=lambda: {"nl": set(), "fr": set(), "both": set()})
    replies: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Reply name → language → its texts."""
    payloads: set[str] = field(default_factory=set)
    _languages: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    """Found once: the same texts are looked up tens of thousands of times, when all have been read."""

    def language_of(self, text: str) -> str:
        """ "nl" or "fr" when only that language says this; "both" for the bilingual default; "?" for none or two."""
        if text not in self._languages:
            found = [language for language in (*LANGUAGES, "both") if self._says(language, text)]
            self._languages[text] = found[0] if len(found) == 1 else "?"
        return self._languages[text]

    def asks_again(self, text: str, name: str) -> bool:
        """Whether the text asks the question `name` once more, in the last words of it behind others."""
        asked = {core for said in self.replies[name].values() for core in (*said, *cores_of(said))}
        return any(text.endswith(f" {core}") for core in asked)

    def _says(self, language: str, text: str) -> bool:
        """Whether the language has this text, or one that begins it (an excuse, an answer, "Nog even mijn vraag:") and then another, which
        may be the last question of one (bot/replies.py)."""
        said = self.said[language]
        if text in said:
            return True
        if language not in LANGUAGES:
            return False
        rests = (text[place.end() :] for place in re.finditer(" ", text) if text[: place.start()] in said)
        return any(self._says(language, rest) or rest in self._cores(language) for rest in rests)

    def _cores(self, language: str) -> set[str]:
        """The last question of each reply that asks, as it stands behind other words: it may begin with a small letter."""
        if language not in self._asked:
            self._asked[language] = cores_of(self.said[language])
        return self._asked[language]


def cores_of(said: set[str]) -> set[str]:
    """The last question of each text that asks, as it is and with a small letter."""
    asked = [(text, _LAST_QUESTION.findall(text)) for text in said if "?" in text]
    cores = {found[-1].rsplit(": ", 1)[-1].strip() for _, found in asked if found}
    cores |= {found[-1].strip() for _, found in asked if found}  # with what stands before its colon, where that says whom it is about
    # With the sentence before it, where it only points there: "Klopt dat?"
    cores |= {text[: text.rindex("?") + 1] for text, _ in asked} | {text.removesuffix(" ").strip() for text, _ in asked}
    return cores | {core[:1].lower() + core[1:] for core in cores}


@cache
def texts() -> Texts:
    """All of them. Fails when nothing was found: a check that has nothing to check passes for nothing."""
    found = Texts()
    for path in sorted((ROOT / "data/responses").glob("*.yml")):
        for name, variations in (_read(path).get("responses") or {}).items():
            for variation in variations:
                _add(found, name, variation)
    _add_beginnings(found)
    for name, said in _read(ROOT / "data/safety/fixed.yml")["fixed"].items():
        for language in LANGUAGES:
            found.said["both" if said["nl"] == said["fr"] else language].add(said[language])
        if name in ("yes", "no", "scenario_pause", "scenario_resume"):
            for language in LANGUAGES:
                found.titles[language].add(said[language])
    for said in _read(ROOT / "data/questions/asked.yml")["questions"]["titles"].values():
        for language in LANGUAGES:
            found.titles[language].add(said[language])
    _add_scenarios(found)
    _add_laws(found)
    assert min(len(found.said[language]) for language in LANGUAGES) > 100, "hardly any replies were found"
    return found


def _add_beginnings(found: Texts) -> None:
    """What meets words told behind a yes or no is said in its first two sentences, before the next question (bot/replies.py)."""
    told = [question["name"] for question in _read(ROOT / "data/questions/asked.yml")["questions"]["asked"] if question.get("told")]
    assert told
    for name in told:
        for language in LANGUAGES:
            said = found.replies[f"utter_question_{name}"].get(language, set())
            found.said[language] |= {" ".join(_SENTENCE_END.split(text)[:2]) for text in said}


def _add_scenarios(found: Texts) -> None:
    for scenario in Scenarios.load(ROOT / "data/scenarios"):
        for language in Language:
            found.titles[language.value].add(scenario.title[language])
            for scene in scenario.scenes.values():
                found.said[language.value].add(scene.says[language])
                for option in scene.options:
                    found.titles[language.value].add(option.title[language])
                    if option.reply is not None:
                        found.said[language.value].add(option.reply[language])


def _add_laws(found: Texts) -> None:
    laws = Laws.load(ROOT / "data/safety/law.yml")
    for law in laws.records:
        for language in Language:
            date = fixed("law_as_of", language.value).replace("{date}", laws.day(law, language))
            found.said[language.value] |= {f"{date} {text[language]}" for text in law.texts.values()}


def fixed(name: str, language: str) -> str:
    """A fixed answer."""
    text = _read(ROOT / "data/safety/fixed.yml")["fixed"][name][language]
    assert isinstance(text, str)
    return text


def words(text: str) -> int:
    """How many words: what holds at least one letter or digit, between spaces."""
    return sum(any(char.isalnum() for char in word) for word in re.split(r"\s+", text))


def _add(found: Texts, name: str, variation: dict[str, Any]) -> None:
    rules = {rule["name"]: rule["value"] for rule in variation.get("condition") or []}
    language = rules.get("language", "both")
    text = variation.get("text")
    if text:
        found.said[language].add(text)
        found.replies.setdefault(name, {}).setdefault(language, set()).add(text)
    for button in variation.get("buttons") or []:
        found.titles[language].add(button["title"])
        found.payloads.add(button["payload"])


@cache
def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        content = YAML(typ="safe").load(file)
    assert isinstance(content, dict), path
    return content
