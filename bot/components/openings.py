"""First messages whose path needs another first sentence (bot/policies/danger_now.py), by their words.

Words: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Optional, Tuple

_FORCED = re.compile(
    r"\b(?:(?:moet|moeten|verplicht|dwingen|gedwongen|willen|wilt|wil|zeggen) (?:\w+ ){0,10}(?:trouw|trouwen|huwen)"
    r"|uithuwelijk\w*|uitgehuwelijkt"
    r"|gedwongen huwelijk|besneden|gesneden worden|daar gesneden|over trouwen|besnijd\w*|besnijdenis|mariage force"
    r"|(?:veulent|veut|force\w*|oblige\w*|dois|doit|vont|va) (?:\w+ ){0,5}(?:marier|mariee?|epouser)"
    r"|(?:[lm] ?)?excis\w+|me (?:faire )?coupee? (?:en|au|la bas|pendant)|marie de force|mariee de force)\b"
)
_DID = re.compile(
    r"\b(?:ik heb (?:\w+ ){0,5}(?:gedwongen|aangeraakt|betast|verkracht|aangerand|misbruikt)|(?:ik|k) deed (?:het|t) toch"
    r"|ik ben te ver gegaan|te ver gegaan met|j ai (?:\w+ ){0,3}(?:force|touche|viole|agresse|abuse)"
    r"|je l ai (?:force|forcee|touchee?|violee?)"
    r"|je suis alle trop loin|chui alle trop loin|jsuis alle trop loin)\b"
)
_UNASKED = re.compile(
    r"\b(?:ongevraagd\w*|(?:niet|ni|nie|nooit|niks) (?:om )?gevraagd|dickpic\w*"
    r"|(?:naaktfoto|foto|fotos|foto s|nudes?|pics?|filmpje) (?:\w+ )?van (?:zichzelf|(?:zijn|zn) (?:eigen|ding|piemel))"
    r"|(?:stuurt|stuurde|stuurden|sturen|kreeg|krijg|gekregen|airdrop\w*) (?:\w+ ){0,5}(?:vies|vieze|vuile|vunzige)"
    r"|(?:rien|pas|jamais) (?:\w+ )?demande\w*|sans (?:que je|ke je|kje|l avoir|avoir) (?:\w+ )?demande\w*"
    r"|(?:envoie|envoi|envoye|envoit|recu|recois) (?:\w+ ){0,5}(?:de son (?:truc|sexe)|de sa chose|de lui (?:tout )?nu|crade|cochon\w*)"
    r"|photos? de (?:lui|son truc|son sexe))\b"
)
"""Somebody else's naked picture that came without being asked for."""
_GRIEF = re.compile(
    r"\b(?:(?:is|zijn|was) (?:\w+ ){0,3}(?:gestorven|gestorve|overleden|overlede|dood|doodgegaan|ingeslapen|begraven)"
    r"|begrafenis|gecremeerd|uitvaart|heeft (?:\w+ )?kanker|ligt (?:\w+ ){0,3}(?:op sterven|in coma|in (?:t|het) ziekenhuis)"
    r"|(?:est|etait|es) (?:\w+ )?(?:mort|morte|decedee?|parti au ciel|enterree?)|enterrement|obseques|a (?:un|le) cancer"
    r"|est (?:\w+ )?(?:a l hopital|a l hosto|en soins palliatifs))\b"
)
_PREGNANT = re.compile(
    r"\b(?:zwanger\w*|over tijd|regels (?:\w+ ){0,4}(?:te laat|niet|ni|weg)|noodpil|morning after|morgen after|pil vergeten"
    r"|enceinte|en retard de \d+|(?:jours|semaines?) de retard|mes regles (?:\w+ ){0,4}(?:pas|retard)"
    r"|pilule du lendemain|test de grossesse)\b"
)
_AGES = re.compile(
    r"\b(?:1[0-9]|2[0-9]) (?:\w+ ){0,8}(?:1[0-9]|2[0-9]|3[0-9])\b"
    r"|\b(?:vanaf|vanaf welke|hoe oud|welke leeftijd|a partir de|quel age|kel age)\b"
)
"""Two ages, or from which age; asked of the law."""
_OF_BODIES = re.compile(
    r"\b(?:seks|sex|sexe|vrijen|vrije|slapen|slape|bed|samen|relatie|kus|kussen|ontmaagd\w*|lief|vriend|vriendin|ja|strafbaar"
    r"|coucher|couche|couchee?s?|relations?|ensemble|couple|faire l amour|embrass\w*|sortir|sors|sort|copain|copine|mec"
    r"|consent\w*|oui|legal|puni\w*|majorite)\b"
)
_OF_PICTURES = re.compile(r"\b(?:foto|fotos|foto s|nudes?|naakt\w*|photos?|images?|sext\w*|video|filmpje)\b")
_KINDS: Tuple[Tuple[str, str, "re.Pattern[str]"], ...] = (
    ("forced", "unsafe_home", _FORCED),
    ("did", "worried_own_feelings", _DID),
    ("unasked", "sexting_question", _UNASKED),
    ("unasked_by_stranger", "grooming", _UNASKED),
    ("grief", "other_wellbeing", _GRIEF),
    ("pregnant", "other_wellbeing", _PREGNANT),
)


def kind_of_opening(heard: Optional[str], words: str) -> Optional[str]:
    """What of kernel.need.OPENS_OTHERWISE a first message is; None for none of them."""
    if heard == "legal_question" and _AGES.search(words) and _OF_BODIES.search(words) and not _OF_PICTURES.search(words):
        return "ages"
    return next((kind for kind, need, told in _KINDS if heard == need and told.search(words)), None)
