"""Whether words of wiping are about anything but this conversation: a photo, an account, messages with somebody else, or a deed already
done. Asked "shall I wipe all of this?" there, whoever says yes loses the wrong thing. The phrases stand in data/corrections.yml.

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Optional

from bot.components.corrections import phrases_of

_OF_PICTURES = frozenset(
    {
        *("sextortion", "nude_spread", "deepfake_nude", "pressured_to_send", "sexting_question", "grooming", "teen_pimp", "seen_csam"),
        *("i_shared_it", "cyberbullying", "report_content_removal", "legal_question"),
    }
)
"""Paths where there is something else to delete: "kan ik da verwijderen" means that."""
_ANOTHERS_WISH = re.compile(
    r"\b(?:hij|ze|zij|em|die|gast|mama|papa|il|elle|ils|mec|gars|mere|pere)\b(?: \w+){0,2} "
    r"(?:wil|wilt|willen|zegt|zei|vraagt|vroeg|eist|moet|veut|voulait|dit|demande|oblige)\b"
)
"""Somebody else wants it gone: "il veut que je supprime la conversation"."""


def wipes_elsewhere(words: str, path: Optional[str]) -> bool:
    """Whether nobody asks to wipe this conversation, on the `path` of a need or beside any (None). Raises PhraseError."""
    if _holds("wipes_here", words):
        return False
    if _holds("wiped_already", words):
        return True
    if _holds("wipes_all", words):
        return False
    return _holds("wipes_thing", words) or (path in _OF_PICTURES and _holds("wipes_asked", words))


def wishes_wipe(words: str) -> bool:
    """Whether the words ask outright that this conversation goes: "kunt ge da wissen wat ik zei", "vide la discussion".

    Raises PhraseError.
    """
    if _ANOTHERS_WISH.search(words):
        return False
    return _holds("wipes_plainly", words) and not _holds("wiped_already", words) and not _holds("wipes_thing", words)


def _holds(which: str, words: str) -> bool:
    return phrases_of(which).search(words) is not None
