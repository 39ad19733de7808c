"""What a teenager types, made ready: the three commands, harmless slashes, the window that reaches the bot."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

BOT_CHARACTERS = 1000
"""The bot's time grows with the square of the length (rasa-traps.md, 16)."""
_HEAD, _STEP = 700, 500
_COMMANDS = {"sos": "sos", "wis": "wipe", "efface": "wipe", "stop": "leave"}


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me") or char in "\u115f\u1160\u2800\u3164\uffa0"


def _is_slash(char: str) -> bool:
    return unicodedata.normalize("NFKC", char) == "/"


def without_slashes(text: str) -> str:
    """`text` without slashes at its start, whatever is hidden between them: Rasa must never take it for a payload."""
    start = 0
    while start < len(text) and (_is_slash(text[start]) or _is_invisible(text[start])):
        start += 1
    return text[start:] if any(_is_slash(char) for char in text[:start]) else text


def command_of(text: str) -> str | None:
    """ "sos", "wipe" or "leave" when the whole message is such a command (`sos`, `/wis`, `EFFACE`, …)."""
    if len(text) > 40:
        return None
    bare = "".join(char for char in unicodedata.normalize("NFKC", without_slashes(text)) if not _is_invisible(char))
    return _COMMANDS.get(bare.casefold())


def window_of(text: str, is_danger: Callable[[str], bool] | None = None) -> str:
    """At most 1,000 characters of `text` for the bot: around the danger in it when there is some, else start and end."""
    if len(text) <= BOT_CHARACTERS:
        return text
    if is_danger is not None:
        for start in range(0, len(text) - BOT_CHARACTERS + _STEP, _STEP):
            window = text[start : start + BOT_CHARACTERS]
            if is_danger(window):
                return window
    return text[:_HEAD] + text[_HEAD - BOT_CHARACTERS :]


def for_bot(text: str, is_danger: Callable[[str], bool] | None = None) -> str:
    """What of `text` goes to the bot; empty when nothing is left that anyone could read."""
    ready = without_slashes(window_of(text, is_danger)).strip()
    return "" if all(_is_invisible(char) for char in ready) else ready
