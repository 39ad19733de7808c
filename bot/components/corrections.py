"""What may correct a misunderstanding: "t is een boek voor school" takes a worry back, "nee wil gewoon slapen" after pills never does.

Words: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re

_EXPLICIT = re.compile(
    r"\b(?:boek\w*|verhaal|film|serie|aflevering|netflix|lied|liedje|tekst van|spel|game|fortnite|minecraft|spreekbeurt|taak|opzoektaak"
    r"|huiswerk|werkstuk|toneel\w*|musical|uitdrukking|zegswijze|manier van spreken|wijze van spreken"
    r"|autocorrect\w*|verkeerde (?:chat|gesprek)|zwembad|duikplank|voetbal|match|kat|poes|hond|hondje|hamster|konijn|cavia|goudvis"
    r"|parkiet|paard|(?:wil|wou) (?:echt |helemaal )?(?:niet|ni|nie) (?:dood|sterven)"
    r"|livre|histoire|film|episode|chanson|paroles|jeu|expose|devoirs?|theatre|expression|facon de parler|second degre"
    r"|correcteur|mauvaise conv|mauvais chat|piscine|plongeoir|foot|match|(?:mon|un|le|du) chat|chien|chienne|lapin"
    r"|perruche|poisson|exams?|interro|veux (?:vraiment )?pas mourir)\b"
)
"""What was really meant. Jokes are for the hub (`denial_words` in data/safety/fixed.yml)."""
_DANGER = re.compile(
    r"\b(?:stopt?|ophoudt|rust|slapen|pil|pillen|dafalgan\w*|bloed\w*|brug|dak|rand|spoor|sporen|trein|spring\w*|touw|een mes"
    r"|verdwijnen|voorbij|(?:op )?slot|opgesloten|sleutel|slaat|slaan|slagen|pijn|niemand|bang|schrik|dreigt?|bedreigt?"
    r"|kan (?:het )?(?:niet|ni|nie) meer|geen (?:grap\w*|mop|film|spel|boek)"
    r"|dormir|cachets?|medocs?|sang|saign\w*|pont|toit|rails?|le train|saut\w*|corde|couteau|disparaitre|enferm\w*|cle|frapp\w*"
    r"|(?:ai|fait|fais) mal|peur|personne|menac\w*|en peux plus|pas (?:une blague|un jeu|un film|un livre|pour))\b"
)
"""What is no correction, whatever else stands beside it."""


def is_explicit(words: str) -> bool:
    """Whether the words name what was really meant."""
    return _EXPLICIT.search(words) is not None


def tells_danger(words: str) -> bool:
    """Whether the words hold something that no misunderstanding explains."""
    return _DANGER.search(words) is not None
