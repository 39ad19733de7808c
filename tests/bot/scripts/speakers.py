"""Runs in the bot's environment: who speaks, whose trouble it is, and whose words are said. Tables in on stdin, JSON out."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from set_right import message

from bot.components.crisis_finder import CrisisFinder
from bot.components.role_classifier import ROLE_ODDS
from bot.components.set_right import whose_is_told
from bot.components.speaker_role import SpeakerRole
from bot.components.told_before import ToldBefore
from bot.conversation_state import VIOLENCE_AHEAD
from bot.replies import VariedReplies

DOMAIN = Domain.load([str(ROOT / "data/domain.yml"), *map(str, sorted((ROOT / "data/responses").glob("*.yml")))])
_SELF, _FRIEND, _ADULT = "self", "friend", "adult"


def premises(rows: list[list[Any]]) -> list[str]:
    """Text, need heard, path → the need after CrisisFinder."""
    finder = CrisisFinder(CrisisFinder.get_default_config())
    messages = [
        Message(data={"text": text, "intent": {"name": need, "confidence": 0.7}, "metadata": {"asking": path}}) for text, need, path in rows
    ]
    return [one.get("intent")["name"] for one in finder.process(messages)]


def roles(rows: list[list[Any]]) -> list[str | None]:
    """Text and odds that it is about a friend → the entity who."""
    finder, found = SpeakerRole(SpeakerRole.get_default_config()), []
    for text, odds in rows:
        one = Message(data={"text": text, "intent": {"name": "sexual_abuse", "confidence": 0.9}})
        one.set(ROLE_ODDS, {"friend": odds})
        found.append(next((entity["value"] for entity in finder.process([one])[0].get("entities", [])), None))
    return found


def speakers(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, need heard and the next with their odds, what was known before (young, friend: odds) → need, and the entities who,
    child_need, question and did."""
    role, finder = (kind(kind.get_default_config()) for kind in (SpeakerRole, CrisisFinder))
    told, found = ToldBefore(), []
    for text, need, sure, other, odds, known in rows:
        one = message(text, {name: value for name, value in known.items() if name not in ("young", "friend")})
        ranking = [{"name": need, "confidence": sure}, {"name": other, "confidence": odds}]
        one.set("intent", ranking[0])
        one.set("intent_ranking", ranking)
        one.set(ROLE_ODDS, {"friend": known.get("friend", 0.0)})
        if known.get("young"):
            one.set("entities", [{"entity": "age_group", "value": "under14"}])
        for component in (role, finder, told):
            component.process([one])
        entities = {entity["entity"]: entity["value"] for entity in one.get("entities", [])}
        did = (entities.get("told_before") or {}).get("did")
        found.append([one.get("intent")["name"], *(entities.get(name) for name in ("who", "child_need", "question")), did])
    return found


def whose(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, the path that asked, its question, whom it was about before → the entity who, and the remark that is said to it."""
    finder, found = SpeakerRole(SpeakerRole.get_default_config()), []
    for text, path, question, before in rows:
        one = message(text, {"asking": path, "question": question, "who": before})
        who = next((entity["value"] for entity in finder.process([one])[0].get("entities", [])), None)
        found.append([who, whose_is_told(one)])
    return found


def _said(generator: VariedReplies, reply: str, who: str | None, language: str) -> list[dict[str, Any]]:
    return generator._fitting(reply, {"language": language, "who": who})


def _words_for(variation: dict[str, Any]) -> str:
    """Whose words a variation has: those for a friend, for an adult, or for whom it happens to."""
    return next((str(rule["value"]) for rule in variation.get("condition") or [] if rule["name"] == "who"), _SELF)


def addressed(rows: list[list[Any]]) -> list[str]:
    """Reply, who speaks → whose words are said, in Dutch."""
    generator = VariedReplies(None, DOMAIN)  # type: ignore[arg-type]
    return [_words_for(_said(generator, reply, who, "nl")[0]) for reply, who in rows]


async def _beaten(generator: VariedReplies, reply: str, need: str, who: str) -> bool:
    tracker = DialogueStateTracker("c", DOMAIN.slots)
    ahead = [{"entity": VIOLENCE_AHEAD, "value": "yes"}]
    said = UserUttered("x", {"name": need, "confidence": 1.0}, ahead)
    for event in (SlotSet("language", "nl"), SlotSet("who", who), ActionExecuted("action_listen"), said):
        tracker.update(event)
    beside = str(DOMAIN.responses["utter_violence_beside"][0]["text"])
    return str((await generator.generate(reply, tracker, "hub") or {})["text"]).endswith(beside)


def beaten(rows: list[list[Any]]) -> list[bool]:
    """Reply, need heard, who speaks → whether a beating that is announced is spoken of behind the reply."""
    generator = VariedReplies(None, DOMAIN)  # type: ignore[arg-type]
    return [asyncio.run(_beaten(generator, *row)) for row in rows]


def adults() -> dict[str, Any]:
    """Of all replies: how many have words for a friend, and those where an adult hears words for whom it happens to all the same."""
    generator, theirs, wrong = VariedReplies(None, DOMAIN), 0, []  # type: ignore[arg-type]
    for reply, variations in sorted(DOMAIN.responses.items()):
        for language in ("nl", "fr"):
            if not any(_words_for(one) == _FRIEND and _said(generator, reply, _FRIEND, language) == [one] for one in variations):
                continue
            theirs += 1
            said = _said(generator, reply, _ADULT, language)
            if any(_words_for(one) not in (_FRIEND, _ADULT) for one in said):
                wrong.append(f"{reply} {language}")
    return {"theirs": theirs, "wrong": wrong}


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    said: dict[str, Any] = {part.__name__: part(asked[part.__name__]) for part in (premises, roles, speakers, whose, beaten, addressed)}
    print(json.dumps({**said, "adults": adults()}))


if __name__ == "__main__":
    main()
