"""All quicker ways at once."""

from __future__ import annotations

from bot.quicker.action_answers import check_answers_with_one_schema
from bot.quicker.events import apply_events_quickly, find_events_quickly
from bot.quicker.histories import remember_states
from bot.quicker.left_out import leave_training_out
from bot.quicker.logged_copies import copy_only_what_is_logged
from bot.quicker.model_domain import read_domains_quickly
from bot.quicker.processor import turn_quickly
from bot.quicker.rules import look_rules_up

__all__ = ["take_quicker_ways"]


def take_quicker_ways() -> None:
    """From here on, for every model that this process loads."""
    check_answers_with_one_schema()
    leave_training_out()
    read_domains_quickly()
    find_events_quickly()
    apply_events_quickly()
    remember_states()
    look_rules_up()
    copy_only_what_is_logged()
    turn_quickly()
