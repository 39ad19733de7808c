"""Run in the bot's environment: what the sentences of test_threats.py tell, and whether they explain."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from bot.components.attacks import is_attack_now
from bot.components.coming_back import comes_back
from bot.components.corrections import says_not_now, says_somebody_comes
from bot.components.danger_place import says_yesterday
from bot.components.others_plans import holds_weapon, is_armed, only_names_weapon, plan_in, tells_of_now
from bot.components.threats import explains, is_beaten_at_game, threat_in
from kernel.language import words_of

asked = json.loads(sys.stdin.read())
flat = {which: [" ".join(words_of(text)) for text in texts] for which, texts in asked.items()}
said = {
    "threats": [threat_in(words) for words in flat["threats"]],
    "explains": [explains(words) for words in flat["explains"]],
    "comes_back": [comes_back(words) for words in flat["comes_back"]],
    "not_now": [says_not_now(words) for words in flat["not_now"]],
    "plans": [plan_in(words) for words in flat["plans"]],
    "attack_now": [is_attack_now(words) for words in flat["attack_now"]],
    "there": [tells_of_now(words) for words in flat["there"]],
    "armed": [is_armed(words) for words in flat["armed"]],
    "bare": [only_names_weapon(words) for words in flat["bare"]],
    "holds": [holds_weapon(words) for words in flat["holds"]],
    "beaten_at": [is_beaten_at_game(words) for words in flat["beaten_at"]],
    "yesterday": [says_yesterday(words) for words in flat["yesterday"]],
    "comes_now": [says_somebody_comes(words) for words in flat["comes_now"]],
}
print(json.dumps(said))
