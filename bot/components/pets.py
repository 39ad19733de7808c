"""An animal that was told of just before: "ze is al 2 dagen weg" behind a lost cat is the cat, and no child that is missing."""

from __future__ import annotations

import re
from typing import Optional

from kernel.language import words_of

LOST_PET = "lost_pet"
_MOST_WORDS = 16
_ANIMAL = re.compile(
    r"\b(?:(?:mijn|mn|men|ons|onze|de|den|het|t|mon|ma|notre|le|la) )?(?:hond\w*|kat\w*|poes\w*|kitten\w*|pup\w*|konijn\w*|cavia\w*"
    r"|hamster\w*|vogel\w*|parkiet\w*|papegaai\w*|paard\w*|pony\w*|schildpad\w*|chats?|chattes?|chatons?|chiens?|chiennes?|chiots?|lapine?s?"
    r"|oiseaux?|perruches?|perroquets?|cheval|poneys?|tortues?)\b"
)
_SEARCHED = re.compile(
    r"\b(?:(?:ik|we|wij|k) (?:heb|hebben)|kheb|j ai|jai|on a|nous avons)(?: \w+){0,3} (?:gezocht|geroepen|gekeken|cherche|appele|regarde)\b"
)
_GONE = re.compile(
    r"\b(?:weg|weggelopen|kwijt|verdwenen|vermist|partie?|disparue?|enfuie?"
    r"|(?:niet|nie|ni|nooit|pas|jamais|plus|toujours|tjs)(?: \w+){0,4}"
    r" (?:terug\w*|thuis\w*|gezien|gevonden|revenue?|rentree?|la|vue?|retrouvee?))\b"
)
_SOMEBODY = re.compile(
    r"\b(?:ik|k|kben|kwil|kga|kzit|wij|we|zus\w*|broer\w*|vriend\w*|maat|mama|papa|ma|pa|moeder|vader|ouders|oma|opa|nicht\w*|neef\w*|nonkel|tante"
    r"|meisje\w*|jongen\w*|kind\w*|baby\w*|lief|man|vrouw|van huis|school|gsm|politie"
    r"|je|j|jsuis|chui|chuis|jveux|jvais|soeur\w*|frere\w*|copine\w*|copains?|amie?s?|pote|maman|pere|mere|parents|cousine?s?|tante|oncle"
    r"|fille\w*|garcon\w*|enfants?|bebe\w*|mec|meuf|femme|homme|fugue\w*|ecole|tel|telephone|police)\b"
)
OF_A_MISSING_CHILD = frozenset({"urgency", "perhaps", "who", "told_before", "may_ask", "question", "danger_now"})
"""Entities that were heard of one in words about the animal."""


def is_pet_still_gone(talk: Optional[str], text: str) -> bool:
    """Whether the animal that was told of just before (`talk`) is still away; never where another or they are named."""
    if talk != LOST_PET:
        return False
    words = _SEARCHED.sub("", _ANIMAL.sub("", " ".join(words_of(text))))
    return len(words.split()) <= _MOST_WORDS and _GONE.search(words) is not None and _SOMEBODY.search(words) is None
