"""What a teenager types, made ready: the three commands and cries for help, harmless slashes, the window that reaches the bot."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from kernel.language import words_of

BOT_CHARACTERS = 1000
"""The bot's time grows with the square of the length (rasa-traps.md, 16)."""
_HEAD, _STEP = 700, 500
_COMMANDS = {"sos": "sos", "wis": "wipe", "efface": "wipe", "stop": "leave"}
_LONGEST_COMMAND = 40
_CRIES = frozenset(
    # Dutch
    "snel|snel aub|snel help|help snel|snel snel|vlug|aub vlug|vlug aub|rap|rap aub|rap help|kom snel|kom vlug|kom aub|noodgeval|spoed|"
    "help sos|sos help|sos aub|sos svp|sos sos|112|112 aub|112 nu|112 help|help 112|bel 112|bel 112 aub|bel de 112|ik moet 112 hebben|"
    "101|bel 101|116000|bel 116000|politie|de politie|politie aub|bel politie|bel de politie|bel aub de politie|politie nu|stuur politie|"
    "stuur de politie|ambulance|een ambulance|bel een ambulance|bel ambulance|ziekenwagen|bel een ziekenwagen|gevaar|"
    "in gevaar|ben in gevaar|"
    # French
    "vite|vite svp|vite stp|vite vite|aide vite|vite aide|aidez moi vite|aide moi vite|au secours|a l aide|a laide|urgence|"
    "urgent|c est urgent|"
    "cest urgent|c urgent|sos aidez moi|sos aide moi|le 112|le 112 svp|112 svp|112 stp|appelle 112|appelle le 112|appelez le 112|"
    "appeler le 112|le 101|appelle le 101|le 116000|police|la police|police svp|police stp|appelle la police|appelez la police|"
    "appelle police|"
    "envoie la police|envoyez la police|une ambulance|appelle une ambulance|appelez une ambulance|danger|en danger|"
    "suis en danger".split("|")
)
"""Whole messages that ask for help at once and tell nothing else: the lines, now, as for `sos`. Without accents and signs."""


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
    """ "sos", "wipe" or "leave" when the whole message is such a command (`sos`, `/wis`, `EFFACE!`, `S.O.S.`, 🆘, …)."""
    words = _words(text)
    return "sos" if words and set(words) == {"sos"} else _COMMANDS.get("".join(words))


def is_cry(text: str) -> bool:
    """Whether the whole message asks for help at once and tells nothing else ("bel 112", "vite svp")."""
    return " ".join(_words(text)) in _CRIES


def _words(text: str) -> list[str]:
    if len(text) > _LONGEST_COMMAND:
        return []
    seen = "".join(char for char in unicodedata.normalize("NFKC", without_slashes(text)) if char.isspace() or not _is_invisible(char))
    return words_of(seen.replace("🆘", " sos "))


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
