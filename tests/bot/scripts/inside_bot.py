"""Runs in the bot's environment, once for all tests beside it: tables in on stdin, what the bot's parts say to them out, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

import dialogue_inside as dialogue
import understanding_inside as understanding

from bot.components.age_group import AgeGroup
from bot.components.openings import other_need, told_behind
from bot.components.scenario_words import ScenarioWords
from bot.components.speaker_role import SpeakerRole
from kernel.language import words_of


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    said = {
        "languages": understanding.languages(asked["languages"]),
        "detected": understanding.detected(asked["detected"]),
        "read_as": understanding.read_as(asked["read_as"]),
        "roles": understanding.heard(asked["roles"], SpeakerRole),
        "ages": understanding.heard(asked["ages"], AgeGroup),
        "scenario_words": understanding.heard(asked["scenario_words"], ScenarioWords),
        "next_actions": dialogue.next_actions(asked["next_actions"]),
        "way_back": asyncio.run(dialogue.way_back(asked["way_back"])),
        "ranked": understanding.ranked(asked["ranked"]),
        "off_path": understanding.ranked(asked["off_path"]),
        "back": understanding.ranked(asked["back"]),
        "in_talk": understanding.ranked(asked["in_talk"]),
        "few_off_path": understanding.ranked(asked["few_off_path"]),
        "by_length": understanding.ranked(asked["by_length"]),
        "of_life": understanding.ranked(asked["of_life"], understanding.settings_of("NeedClassifier")),
        "answered": understanding.answered(asked["answered"]),
        "least_offered": understanding.least_offered(asked["least_offered"]),
        "raised_beside": understanding.raised_beside(asked["raised_beside"]),
        "goes_before": understanding.before(asked["goes_before"]),
        "of_a_call": understanding.of_a_call(asked["of_a_call"]),
        "beside_danger": understanding.before_beside_danger(asked["beside_danger"]),
        "corrected": understanding.corrected(asked["corrected"]),
        "crisis": understanding.crisis(asked["crisis"]),
        "beside": understanding.crisis(asked["beside"]),
        "on_its_path": understanding.crisis(asked["on_its_path"]),
        "now": understanding.now(asked["now"]),
        "odds": understanding.raised(asked["odds"]),
        "on_a_path": understanding.on_a_path(asked["on_a_path"]),
        "other_needs": [other_need(need, " ".join(words_of(text))) for text, need in asked["other_needs"]],
        "known": understanding.known(**asked["known"]),
        "as_examples": understanding.as_examples(**asked["as_examples"]),
        "behind_talk": [told_behind(talk, " ".join(words_of(text))) for talk, text in asked["behind_talk"]],
        "told": understanding.told(asked["told"]),
        "confirmed": understanding.confirmed(asked["confirmed"]),
        "conversation": dialogue.conversation(asked["marker"], 300),
        "round_trip": dialogue.round_trip(),
        "may_answer": dialogue.may_answer(),
        "ahead": asyncio.run(dialogue.ahead(asked["ahead"])),
        "in_place": asyncio.run(dialogue.in_place(asked["in_place"])),
        "can_talk": asyncio.run(dialogue.can_talk(asked["can_talk"])),
        "after_words": asyncio.run(dialogue.after_words(asked["after_words"])),
        "situations": asyncio.run(dialogue.situations(asked["situations"])),
        "replies": asyncio.run(dialogue.replies(asked["replies"])),
        "store": asyncio.run(dialogue.store()),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
