"""Asks the bot's parts, in the bot's environment, all tables at once: loading Rasa takes most of ten seconds."""

from __future__ import annotations

from functools import cache
from typing import Any

import classifier_tables
import danger_tables
import parts_tables as tables
import path_tables
import said_tables
import scenario_tables
from bot_scripts import told_by


@cache
def said() -> dict[str, Any]:
    """What the parts say; started once per run, whichever module asks first."""
    asked = {
        "languages": [row[:2] for row in tables.LANGUAGES],
        "detected": [row[:2] for row in tables.DETECTED],
        "read_as": [row[:2] for row in tables.READ_AS],
        "roles": [row[0] for row in tables.ROLES],
        "ages": [row[0] for row in tables.AGES],
        "scenario_words": [row[0] for row in scenario_tables.SCENARIO_WORDS],
        "next_actions": [row[:2] for row in scenario_tables.NEXT_ACTIONS],
        "way_back": [row[:2] for row in scenario_tables.WAY_BACK],
        "ranked": [[row[0], None] for row in classifier_tables.RANKED],
        "off_path": [row[:2] for row in path_tables.OFF_PATH],
        "back": [[*row[:3], False, row[3]] for row in path_tables.BACK],
        "in_talk": [[row[0], None, row[1], True] for row in path_tables.IN_TALK],
        "few_off_path": [row[:3] for row in path_tables.FEW_OFF_PATH],
        "by_length": [[row[0], None, row[1]] for row in classifier_tables.BY_LENGTH],
        "of_life": [[row[0], None, row[1]] for row in classifier_tables.OF_LIFE],
        "answered": [[*row[:5], *row[6:]] for row in classifier_tables.ANSWERED],
        "least_offered": [row[:3] for row in classifier_tables.LEAST_OFFERED],
        "raised_beside": [row[:6] for row in classifier_tables.RAISED],
        "goes_before": [row[:5] for row in classifier_tables.GOES_BEFORE],
        "of_a_call": [row[:6] for row in classifier_tables.OF_A_CALL],
        "beside_danger": [[*row[:5], *row[6:]] for row in classifier_tables.BESIDE_DANGER],
        "corrected": [row[:5] for row in classifier_tables.CORRECTED],
        "crisis": [*[row[:3] for row in danger_tables.CRISIS], ["/suicidal ik wil dood", "affirm", 1.0]],
        "beside": [[*row[:2], 0.95] for row in danger_tables.BESIDE],
        "on_its_path": [row[:4] for row in danger_tables.ON_ITS_PATH],
        "now": [[*row[:4], *row[6:]] for row in danger_tables.NOW],
        "odds": [row[:4] for row in danger_tables.ODDS],
        "ahead": [row[:2] for row in said_tables.AHEAD],
        "in_place": [row[:4] for row in said_tables.IN_PLACE],
        "can_talk": [row[0] for row in said_tables.CAN_TALK],
        "told": [row[:4] for row in said_tables.TOLD],
        "on_a_path": [row[:5] for row in said_tables.ON_A_PATH],
        "other_needs": [row[:2] for row in said_tables.OTHER_NEEDS],
        "known": {"examples": classifier_tables.EXAMPLES, "texts": [row[0] for row in classifier_tables.KNOWN]},
        "as_examples": {"examples": classifier_tables.EXAMPLES, "rows": [row[:4] for row in classifier_tables.AS_EXAMPLES]},
        "behind_talk": [row[:2] for row in said_tables.BEHIND_TALK],
        "confirmed": [row[:2] for row in said_tables.CONFIRMED],
        "marker": tables.MARKER,
        "after_words": {"responses": said_tables.RESPONSES, "rows": [row[:2] for row in said_tables.AFTER_WORDS]},
        "situations": {"responses": said_tables.RESPONSES, "rows": [row[:3] for row in said_tables.SITUATIONS]},
        "replies": {"responses": said_tables.RESPONSES, "rows": [row[:3] for row in said_tables.REPLIES]},
    }
    answer: dict[str, Any] = told_by("inside_bot.py", asked)
    return answer
