"""Runs in the bot's environment (it needs Rasa): one JSON line on stdout with what the components say to the tables."""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from tables import AGES, LANGUAGES, ROLES

from bot.action_answers import check_answers_with_one_schema
from bot.components.age_group import AgeGroup
from bot.components.language_detector import LanguageChoice, LanguageDetector
from bot.components.speaker_role import SpeakerRole
from bot.model_domain import read_domain
from kernel.language import words_of


def found_by(finder: type, text: str) -> object:
    """What an entity finder says to a text, normalised as in its `process`."""
    return finder().find(" ".join(words_of(text)))


DOMAIN = """
version: "3.1"
intents: [affirm, "no", "on"]
slots:
  tries: {type: float, initial_value: 0, max_value: 10, mappings: [{type: custom}]}
  language: {type: categorical, values: [nl, fr, "no", "yes", "null", "1"], mappings: [{type: custom}]}
responses:
  utter_ask:
  - text: "12:30"
  - text: "0800 32 123"
  - text: "116000"
  - text: "1e3"
  - text: "~"
  - text: "J'ai compris : « non » ? \U0001f44d\\nTwee regels"
    condition: [{type: slot, name: language, value: "no"}]
    buttons: [{title: "no", payload: /affirm}, {title: "Yes", payload: /no}, {title: "2026-11-24", payload: /on}]
"""


def domains() -> bool:
    """Whether the quick reading of a domain that Rasa wrote gives what Rasa's own reading gives, odd scalars included."""
    from rasa.shared.core.domain import Domain

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        Domain.from_yaml(DOMAIN).persist(path / "domain.yml")
        quick, own = read_domain(path).as_dict(), Domain.from_path(path).as_dict()
    assert "12:30" in [said["text"] for said in own["responses"]["utter_ask"]], "Rasa itself read something else"
    return quick == own


def schema() -> list[str]:
    """What the validator of action answers does with good and bad ones."""
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction

    check_answers_with_one_schema()
    outcomes = []
    for answer in ({"events": [], "responses": [{"text": "hoi"}]}, {"events": "none"}, {"responses": {}}, {"events": [{"event": 3}]}):
        try:
            RemoteAction("action_wipe", None)._validate_action_result(answer)
            outcomes.append("ok")
        except ValidationError:
            outcomes.append("refused")
    return outcomes


def main() -> None:
    """See the module."""
    defaults = LanguageDetector.get_default_config()
    choice = LanguageChoice(defaults["min_words"], defaults["min_lead"])
    said = {
        "languages": [choice.of(text, conversation) for text, conversation, _ in LANGUAGES],
        "ages": [found_by(AgeGroup, text) for text, _ in AGES],
        "roles": [found_by(SpeakerRole, text) for text, _ in ROLES],
        "schema": schema(),
        "domain": domains(),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
