"""Run in the bot's environment: what the sentences of test_no_hiding_place.py tell."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from bot.components.danger_place import is_no_hiding_place
from bot.components.language_detector import LanguageChoice
from bot.components.worded_question import _names_far_day
from kernel.language import words_of

asked = json.loads(sys.stdin.read())
choice = LanguageChoice(4, 0.5)
said = {
    "closet": [is_no_hiding_place(" ".join(words_of(text))) for text in asked["closet"]],
    "far": [_names_far_day(text) for text in asked["far"]],
    "language": [choice.of(text, "nl") for text in asked["language"]],
}
print(json.dumps(said))
