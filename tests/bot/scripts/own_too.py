"""Runs in the bot's environment: what a danger of this moment may be answered with, and a friend's trouble that is the writer's own too.
Tables in on stdin, JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

from bot.components.another_life import befalls_another, is_another_life, is_mine_behind, is_told_to_die
from bot.components.corrections import has_doubt
from bot.components.done_to import is_of_my_picture, is_own_life
from bot.components.situation_words import is_said
from bot.components.speaker_words import deed_in, is_taken_along, takes_leave, tells_adult, tells_too
from bot.components.taken_back import hurts_by_words
from bot.policies.danger_now import next_action
from kernel.language import words_of


def plain(text: str) -> str:
    return " ".join(words_of(text))


def begins(text: str, topic: str, question: str, who: str) -> list[str]:
    """The actions that answer `text`, told as the writer's own behind `question`, where the path of `topic` was about `who`."""
    earlier = [SlotSet("who", who), ActionExecuted(question), ActionExecuted("action_listen")]
    message = UserUttered(text, {"name": "nlu_fallback"}, [{"entity": "who", "value": "self"}, {"entity": "danger_now", "value": "no"}])
    done: list[str] = []
    while len(done) < 5:
        action = next_action([*earlier, message, *map(ActionExecuted, done)], topic)
        if action in (None, "action_listen"):
            break
        done.append(str(action))
    return done


asked = json.load(sys.stdin)
print(
    json.dumps(
        {
            "said": [is_said(kind, plain(text), odds) for kind, text, odds in asked["said"]],
            "begins": [begins(*row) for row in asked["begins"]],
            "too": [tells_too(plain(text)) for text in asked["too"]],
            "adult": [tells_adult(plain(text), is_first=True) for text in asked["adult"]],
            "deed": [deed_in(plain(text)) is not None for text in asked["deed"]],
            "leave": [takes_leave(plain(text)) for text in asked["leave"]],
            "along": [is_taken_along(plain(text)) for text in asked["along"]],
            "own_life": [is_own_life(plain(text)) for text in asked["own_life"]],
            "behind": [is_mine_behind(plain(text)) for text in asked["behind"]],
            "another_life": [is_another_life(plain(text)) for text in asked["another_life"]],
            "doubt": [has_doubt(text) for text in asked["doubt"]],
            "befalls": [befalls_another(plain(text)) for text in asked["befalls"]],
            "told_to_die": [is_told_to_die(plain(text)) for text in asked["told_to_die"]],
            "hurts": [hurts_by_words(text, {"told_before": {"told_to_die": "said"}}) for text in asked["hurts"]],
            "my_picture": [is_of_my_picture(plain(text)) for text in asked["my_picture"]],
        }
    )
)
