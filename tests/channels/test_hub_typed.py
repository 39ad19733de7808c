"""Typed text: commands, slashes, the window for the bot."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.typed import BOT_CHARACTERS, command_of, for_bot, is_cry, window_of


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("sos", "sos"), ("/sos", "sos"), (" SOS ", "sos"), ("wis", "wipe"), ("/Wis", "wipe"), ("EFFACE", "wipe"), ("/efface", "wipe"),
        ("stop", "leave"), ("/stop", "leave"), ("\u200b/stop", "leave"), ("／sos", "sos"), ("//sos", "sos"), ("s\u200bos", "sos"),
        ("stop daarmee", None), ("wis het", None), ("ik roep sos", None), ("", None), ("/", None), ("/restart", None), ("/start", None),
        ("sos" * 100, None), ("sos!", "sos"), ("S.O.S.", "sos"), ("SOS SOS", "sos"), ("\U0001f198", "sos"), ("wis.", "wipe"), ("STOP !!", "leave"),
    ],
)  # fmt: skip
def test_commands_are_the_whole_message_only(typed: str, command: str | None) -> None:
    assert command_of(typed) == command


@pytest.mark.parametrize(
    "typed",
    ["snel aub", "112", "Bel 112!", "bel de politie \U0001f62d", "à l'aide", "Appelle la police !!", "c'est urgent", "sos svp", "vite"],
)
def test_a_whole_message_that_cries_for_help_is_heard(typed: str) -> None:
    assert is_cry(typed)
    assert command_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["ik ga snel eten", "de politie kwam langs op school", "vite fait", "sos", "help", "", "112 likes op mijn foto"]
)
def test_who_tells_something_is_no_cry(typed: str) -> None:
    assert not is_cry(typed)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("hallo", "hallo"), ("/restart", "restart"), (" /restart", "restart"), ("\u200b/restart", "restart"), ("／restart", "restart"),
        ("/\u200b/ /restart", "restart"), ('/sextortion{"urgency": "none"}', 'sextortion{"urgency": "none"}'), ("a/b", "a/b"),
        ("\u202e/restart", "restart"), ("\ufeff\u2060／／restart", "restart"), ("/", ""), ("\u200b\u200b", ""), ("   ", ""), ("☂", "☂"),
    ],
)  # fmt: skip
def test_nothing_typed_reaches_the_bot_as_a_payload(typed: str, sent: str) -> None:
    assert for_bot(typed) == sent


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("//／\u200b \n"), max_size=60))
def test_no_typed_text_begins_with_a_slash(typed: str) -> None:
    sent = for_bot(typed)
    assert not sent.strip().startswith(("/", "／"))


def test_long_text_is_cut_around_the_danger() -> None:
    text = "a" * 2600 + " gevaar " + "b" * 1300
    window = window_of(text, lambda part: " gevaar " in part)
    assert len(window) <= BOT_CHARACTERS
    assert " gevaar " in window


@pytest.mark.parametrize("start", range(0, 3000, 137))
def test_danger_anywhere_is_in_the_window(start: int) -> None:
    text = "x" * start + " ik ben bang en alles doet pijn " + "y" * (3000 - start)
    assert " ik ben bang en alles doet pijn " in window_of(text, lambda part: "bang en alles doet pijn" in part)


def test_long_text_without_danger_keeps_start_and_end() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(3000))
    assert window_of(text) == text[:700] + text[-300:]


def test_a_window_that_begins_with_a_slash_is_harmless_too() -> None:
    text = "a" * 500 + "/restart gevaar" + "b" * 2000
    assert not for_bot(text, lambda part: "gevaar" in part and part.startswith("/")).startswith("/")
