"""Which kind of danger it is, by its words: what is asked first differs (bot/policies/danger_now.py)."""

from __future__ import annotations

import re
from typing import Optional

_SOON = re.compile(
    r"\b(?:straks|vanavond|vannacht|vanmiddag|tegen|om \d+ ?u|om (?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien) uur"
    r"|binnen (?:een|\d+\w*)|over (?:een|\d+\w*)"
    r"|morgen|morgenvroeg|morgenavond|overmorgen|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|afgesproken|afspreken|ce soir|cette nuit|cet aprem|tantot|tout a l heure|a \d+ ?h|dans (?:une|\d+\w*)|ds (?:une|\d+\w*)"
    r"|rdv|rendez vous|je dois (?:le|la|y)|jdois (?:le|la|y))\b"
)
"""That they will meet, not that they are together."""
_TO_ME = re.compile(
    r"\b(?:komt|komen|wil komen|gaat komen|staat) (?:\w+ ){0,4}(?:naar mij|naar (?:mijn|mn|ons) huis|bij (?:mij|ons) thuis|naar hier"
    r"|aan (?:mijn|mn|de) deur)\b"
    r"|\b(?:vient|viens|viendra|va venir|veut venir|debarque|va passer|passe) (?:\w+ ){0,4}(?:chez (?:moi|nous)|a la maison"
    r"|devant (?:chez moi|ma porte|la porte)|a ma porte)\b"
)
"""That they come to where the teenager lives: staying at home is no way out of it."""
_JUST = re.compile(
    r"\b(?:daarnet|daarjuist|daarstraks|zonet|zojuist|geleden|gisteren|gister|vannacht|deze nacht|vanavond|vanmiddag|vanmorgen|vanochtend"
    r"|vandaag|na het feestje|na de fuif|hier soir|c etait hier|ce soir|cette nuit|ce matin|cet aprem|cet apres midi|aujourd hui|ajd"
    r"|y ?a (?:une?|deux|trois|quelques|\d+) ?(?:h|heures?|min|minutes|jours?)|tantot|tout a l heure|vient de|viens de"
    r"|apres la soiree)\b"
)
_STILL = re.compile(
    r"\b(?:nu|nog|hiernaast|naast (?:mij|me)|is hier|terug|straks|weer|bezig|komt|(?:gaat|wil) (?:mij|me)|maintenant|mtn|encore|toujours"
    r"|a cote|est la|revient|va (?:me|encore|revenir)|veut me|en train)\b"
)
"""That it happened in the last hours and is over, and that it may not be."""
_HOURS = re.compile(
    r"\b(?:(?:uur|uren|uurtje|kwartier|minuten|min) geleden|daarnet|daarjuist|zonet|zojuist"
    r"|y ?a (?:une?|deux|trois|quelques|\d+) ?(?:h|heures?|min|minutes)|a l instant)\b"
)
"""Hours ago at most: so surely now, that no other sign is needed."""
_BED = re.compile(
    r"\b(?:(?:mag|kan|laat|vraagt|zegt|stelt|biedt|wil) (?:\w+ ){0,8}(?:slapen|overnachten|blijven) bij"
    r" (?:hem|zich|een man|nen gast|een gast)"
    r"|bij hem (?:\w+ ){0,2}(?:slapen|overnachten|blijven)|slaapplaats bij (?:hem|een man)"
    r"|(?:propose|invite|offre|dit que je peux|dit que jpeux|laisse) (?:\w+ ){0,6}(?:dormir|rester|heberger|la nuit|un lit)"
    r"|(?:dormir|rester|passer la nuit) chez (?:un mec|un gars|un homme|un monsieur|un type|lui))\b"
)
_BY_A_MAN = re.compile(r"\b(?:man|vent|gast|meneer|gozer|kerel|hem|mec|gars|homme|monsieur|type|lui|inconnu|onbekende)\b")
"""Somebody offers a bed to who has none."""


def kind_of_now(heard: Optional[str], words: str) -> str:
    """What kind of danger now it is: a meeting later today, abuse that happened in the last hours, or neither ("yes").

    `words`: lower case, no accents or punctuation, single spaces.
    """
    is_met = heard == "grooming" and _SOON.search(words) is not None and _TO_ME.search(words) is None
    if is_met or is_offered_a_bed(heard, words):
        return "soon"
    return "after" if heard == "sexual_abuse" and _JUST.search(words) and not _STILL.search(words) else "yes"


def is_offered_a_bed(heard: Optional[str], words: str) -> bool:
    """Whether a man offers a bed to somebody who left home or is drawn close: they need not go."""
    return heard in ("grooming", "runaway_now") and _BED.search(words) is not None and _BY_A_MAN.search(words) is not None


def is_surely_now(heard: Optional[str], words: str) -> bool:
    """Whether the words alone tell that something must be done at once: abuse of the last hours, a bed offered by a man."""
    is_recent = heard == "sexual_abuse" and _HOURS.search(words) is not None and kind_of_now(heard, words) == "after"
    return is_recent or is_offered_a_bed(heard, words)
