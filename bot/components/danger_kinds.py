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
_STRANGER = r"(?:mec|gars|type|homme|monsieur|inconnu|man|vent|gast|kerel|gozer|meneer|onbekende|vreemde)"
_DRIVES = r"(?:voiture|bagnole|caisse|camionnette|auto|wagen|camionette|busje|lift)"
_LIFT = re.compile(
    rf"\b(?:{_STRANGER}|{_DRIVES})\b(?: \w+){{0,10}} (?:j y vais|jy vais|j y va|je monte|jmonte|monter|que je monte|l accompagner|accepter"
    r"|j accepte|jaccepte|je le suis|jle suis|partir avec|me deposer|m emmener"
    r"|instappen|stap ik in|moet ik mee|zal ik mee|ga ik mee|mag ik mee|meerijden|mee rijden|meegaan|mee gaan|meekomen|afzetten)\b"
    rf"|\b(?:j y vais|jy vais|je monte|jmonte|monter|instappen|meerijden|meegaan|mee gaan)\b(?: \w+){{0,6}} (?:{_STRANGER}|{_DRIVES})\b"
)
_NO_LIFT = re.compile(
    r"\b(?:mon pere|papa|maman|ma mere|ma soeur|mon frere|mon oncle|ma tante|flics?|police|politie|agent|mijn pa|mama|nonkel|tante|opa|oma"
    r"|vais pas|monte pas|monter pas|niet mee|ni mee|niet in|taxi|uber)\b"
)
_HIS_CAR = re.compile(
    r"\b(?:suis|chui|jsuis|jsui|je) (?:\w+ )?(?:monte|montee|assis|assise) (?:\w+ ){0,2}(?:dans|ds|avec)\b(?: \w+){0,3}"
    r" (?:voiture|bagnole|caisse|lui|mec|gars|type|homme|monsieur)\b"
    r"|\b(?:suis|jsuis|chui) (?:dans|ds) (?:sa|la) (?:voiture|bagnole|caisse)\b|\bon roule\b"
    r"|\b(?:ben|kben|zit|kzit) (?:\w+ ){0,3}(?:zijn|zn|den?|een|nen) (?:auto|wagen|camionette|busje)\b|\b(?:ingestapt|we rijden)\b"
)
"""A lift of a stranger that is offered, and being in that car already, as told where somebody left home or is drawn close."""
_WAITS = re.compile(
    r"\b(?:wacht|wachten|staat|staan) (?:\w+ ){0,3}(?:op mij|op me|op ons|mij op|me op)\b"
    r"|\b(?:wacht|staat) (?:nu |daar |al |er |hier )+(?:aan|bij|in|op|voor)\b"
    r"|\b(?:hij|ze|zij|die) is (?:er|daar|onderweg) (?:al|nu)\b|\b(?:hij|ze|zij) is (?:al|nu) (?:er|daar|onderweg)\b"
    r"|\b(?:m attend|mattend|m attends|m attendent|nous attend)\b|\b(?:il|elle) est deja (?:la|la bas|a la|au|en route)\b"
)
"""That whoever they would meet is there already."""
_HOUR = re.compile(
    r"\b(?:(?:rdv|rendez vous|rencontre|rencontrer|voir|voit|rejoindre|rejoint|retrouve|retrouver|afspraak|afspreken|afgesproken|spreken af"
    r"|spreek af|ontmoeten|zien) (?:\w+ ){0,5}(?:a|vers|om|tegen|rond) \d{1,2} ?(?:h|u|uur|heures?)\d*"
    r"|(?:dans|ds|binnen|over) (?:\d+|une?|deux|een|twee|half|een half|une demi) ?(?:min\w*|h|heures?|u|uur|uurtje|kwartier))\b"
)
"""An hour that is named without another day."""
_OTHER_DAY = re.compile(
    r"\b(?:demain|apres demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine|mois|morgen|overmorgen|morgenvroeg"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|week|weekend|maand|vakantie|vacances|hier|gisteren|gister|wachtte|attendait)\b"
)
_OFF_TO = re.compile(
    r"\b(?:elle|il|ma \w+|mon \w+) (?:vient de|viens de) (?:partir|sortir|monter)\b"
    r"|\b(?:elle|il) est (?:deja |juste )?(?:partie?|en route|en chemin)\b"
    r"|\b(?:elle|il) est (?:deja |la )?(?:dans|ds) le (?:bus|train|tram|metro)\b|\b(?:elle|il) y va (?:la|maintenant|mtn)\b"
    r"|\b(?:ze|zij|hij) (?:is|zit) (?:\w+ ){0,2}(?:vertrokken|onderweg|weg naar|op de (?:trein|bus|tram)|op den? (?:trein|bus|tram))\b"
    r"|\b(?:ze|zij|hij) (?:vertrekt|gaat) (?:nu|zo|juist)\b|\bnaar (?:hem|haar) (?:aan het gaan|onderweg|vertrokken)\b"
)
"""That somebody else is on the way to whoever waits."""
_AT_MY_DOOR = re.compile(
    r"\b(?:chez moi|chez nous|ma porte|la porte|en bas|(?:mijn|mn|de|onze?) (?:voor)?deur|(?:mijn|mn|ons) huis|mijn straat|ma rue)\b"
)
_ACTS = re.compile(
    r"\b(?:ga (?:ik )?(?:het|t|da|dit) nu doen|kga (?:het|t|da) nu doen|doe (?:ik )?(?:het|t|da) nu|ik spring nu"
    r"|laatste keer (?:zo )?(?:met|bij|dat|da)"
    r"|(?:over|binnen) (?:een|1|twee|2|drie|3|half|een half|paar)? ?(?:uur|uurtje|minuten|min) (?:is|ist) (?:het|t|alles)? ?"
    r"(?:voorbij|gedaan|afgelopen)"
    r"|(?:ben|zit|sta|staat) (?:\w+ ){0,3}(?:op|aan|langs|bij) (?:de|den|het|t) (?:brug|sporen|spoor|perron|rand|dak|kanaal)"
    r"|(?:vais|jvais|vai) le faire (?:la|maintenant|mtn|tout de suite)|je le fais (?:la|maintenant|mtn)|(?:la )?derniere fois (?:avec|que)"
    r"|(?:ce|ca) sera (?:bientot )?fini|dans (?:une|1|deux|2) (?:heure|heures|h|minutes?|min) (?:c est|ce sera|cest) (?:fini|termine)"
    r"|(?:suis|jsuis|chui) (?:\w+ ){0,3}(?:sur|au|pres) (?:le|du|des|les|bord|d|la) ?(?:pont|rails|quai|bord|canal|toit))\b"
)
"""On the path of a wish to die: that it is done now, or soon, or that they stand where it can be."""
_NOT_DONE = re.compile(r"\b(?:niet|ni|nie|nooit|pas|jamais|weg van|van de|loin|plus)\b")
_COMES_HERE = re.compile(
    r"\b(?:hij|ze|zij|die|die gast|die man) (?:is|zijn) (?:\w+ ){0,2}(?:onderweg|op weg) naar (?:hier|mij|me|ons|mijn|mn|onze?)\b"
    r"|\b(?:hij|ze|zij|die|die gast|die man) (?:komt|komen|rijdt|rijden) (?:nu |zo |straks |met \w+ |met zijn \w+ )?"
    r"(?:naar|bij|af naar|tot bij|tot aan) (?:mij|me|ons|mijn|mn|onze?) (?:thuis|huis|deur|straat|appartement)\b"
    r"|\b(?:il|elle|ils|elles|le mec|ce mec|le gars|ce gars) (?:est|sont) (?:deja |la )?(?:en route|en chemin|parti|partis)"
    r" (?:vers|pour|jusque|jusqu a)? ?(?:chez moi|chez nous|ma maison|ici|mon appart\w*)\b"
    r"|\b(?:il|elle|ils|elles|le mec|ce mec|le gars|ce gars) (?:arriv(?:e|er|ent)|viennent|vient|va arriver?|va venir|debarque(?:nt)?)"
    r" (?:la |maintenant |mtn |avec \w+ \w+ )?(?:chez moi|chez nous|devant chez moi|a ma maison)\b"
    r"|\b(?:(?:hij|ze|zij|die|die gast|die man) (?:staat|staan)|(?:staat|staan) (?:hij|ze|zij|die|die gast|die man))"
    r" (?:nu |hier |al |weer )*(?:(?:voor|aan) (?:mijn|mn|onze|de) (?:voor)?deur|buiten|beneden)\b"
    r"|\b(?:il|elle|ils|elles|le mec|ce mec|le gars|ce gars) (?:est|sont) (?:la |deja |encore )?(?:devant|en bas de)"
    r" (?:chez (?:moi|nous)|ma (?:porte|maison)|la (?:porte|maison)|mon (?:immeuble|appart\w*))\b"
    r"|\b(?:komt|rijdt|is|staat) (?:nu |hier |zo )*(?:een|ne|nen|nne|die|dieje|den) (?:\w+ )?"
    r"(?:gast|man|kerel|vent|jongen|gozer|type|volwassene)"
    r"(?: \w+){0,5} (?:naar|bij|aan|voor|af naar|tot bij) (?:mij|me|ons|mijn|mn|men|onze|de) (?:thuis|huis|deur|voordeur|straat)\b"
    r"|\b(?:mec|gars|type|homme|vieux|inconnu|monsieur|keum)(?: \w+){0,5} (?:arr?ive|vient|debarque)(?: la| mtn| maintenant)?"
    r" (?:chez moi|chez nous|devant chez moi)\b"
    r"|\b(?:il|elle|y) arive (?:la |mtn )?(?:chez moi|chez nous)\b"
    r"|\b(?:il|elle) (?:veut|veux) que (?:je )?j?descende?s?\b|\bm ?attend(?:ent)? (?:en bas|devant (?:chez moi|la porte|ma porte))\b"
)
"""That whoever threatens or lures is on the way to where they live, or there."""
_ON_HIS_WAY = re.compile(
    r"\b(?:hij|hy|em|ie|die gast|die man|dieje|il|y|elle|le mec|ce mec|le gars|ce gars) "
    r"(?:(?:is|zit|est) (?:\w+ ){0,2}(?:onderweg|op weg|en route|en chemin)(?! (?:naar (?:school|huis|zijn|haar|de|het|t)|pour|vers)\b)"
    r"|(?:komt|vertrekt) (?:nu |al |zo |direct |seffens )*(?:af|eraan|er aan|naar hier)"
    r"|(?:arrive|debarque|vient)(?: la| mtn| maintenant)?$)"
)
"""That one person is on the way: whoever lures or threatens, and not the help that comes ("ils arrivent", "ze komen")."""
_AT_DOOR = re.compile(
    r"\b(?:(?:hij|em|ie|ze|die|er|iemand|die gast|die man) (?:\w+ ){0,2}(?:belt|bellen) (?:\w+ ){0,2}aan|(?:wordt|word) (?:\w+ )?aangebeld"
    r"|(?:klopt|bonkt|klopte) (?:\w+ ){0,3}(?:deur|raam)|(?:staat|zit|is) (?:nu |hier |al |nog |daar |terug |iemand )*"
    r"(?:beneden(?! (?:mijn|mn|zijn|de|het|alle))"
    r"|(?:aan|voor) (?:mijn|mn|de|onze?) (?:voor)?deur(?! van)|op de stoep|in (?:mijn|mn) straat)"
    r"|(?:il|elle|on|y) (?:sonne|toque|frappe|tape) (?:\w+ ){0,2}(?:en bas|porte|chez moi|chez nous|interphone|fenetre)|il toque"
    r"|(?:il|elle|y) est (?:la |deja |encore |juste )*(?:en bas(?! d)|a la porte|devant (?:la porte|chez moi|ma porte)"
    r"|(?:dans|ds) ma rue))\b"
)
"""That somebody stands at the door."""
_KNOWN_AT_DOOR = re.compile(
    r"\b(?:mama|mams|ma|moeder|papa|pa|vader|oma|opa|bomma|bompa|zus|zusje|broer|broertje|tante|nonkel|vriendin|maat|postbode|koerier"
    r"|pizza\w*|buurvrouw|maman|mere|papy|mamy|mamie|pere|soeur|frere|oncle|copine|pote|facteur|livreur|livraison|voisine)"
    r" (?:\w+ ){0,2}(?:staat|zit|is|belt|klopt|est|sonne|toque)\b"
)
"""Somebody who is let in."""
_RINGS = re.compile(r"\b(?:(?:il|ca|on|y) sonne|sonnette|de bel gaat|(?:hij|em) belt)\b")
"""A door bell, or a telephone: believed of a door where it was asked how they get out of a danger."""
_HOME_ALONE = re.compile(
    r"\b(?:alleen thuis|thuis alleen|(?:ben|kben|zit|kzit) (?:hier |nu |gwn |gewoon |helemaal )*alleen"
    r"|(?:mama|papa|mams|ouders|ma|pa|iedereen) (?:zijn |is )(?:\w+ ){0,2}(?:weg|werken|niet thuis|ni thuis|nie thuis|op reis|uit)"
    r"|(?:niet|ni|nie|niemand) (?:\w+ )?thuis|niemand (?:\w+ )?(?:hier|in huis)"
    r"|(?:seule?|tt seule?|toute? seule?) (?:\w+ )?(?:a la maison|chez (?:moi|nous))|(?:maison|chez moi) (?:toute? |tt )?seule?"
    r"|(?:suis|jsuis|chui|chuis) (?:toute? |tt )?seule?"
    r"|(?:parents|mere|pere|maman|papa) (?:est|sont|st) (?:pas la|partis?|partie|absents?|au (?:taf|boulot|travail)"
    r"|en vacances|pas a la maison)"
    r"|(?:ya|y a|il y a) personne)\b"
)
"""That nobody else is at home."""
_WITH_HIM = re.compile(
    r"\b(?:bij (?:hem|em|haar)|in (?:zijn|zn|haar) (?:huis|auto|kamer)|binnengekomen|is binnen|zit binnen|naast (?:mij|me)"
    r"|chez (?:lui|elle)|dans (?:sa|son)|est rentre|est entre|a cote de moi|pas seule?|niet alleen|ni alleen|nie alleen)\b"
)
_WILL_COME = re.compile(
    r"\b(?:il|elle|y|ils|hij|em|ie|ze|die) (?:va|vont|gaat|gaan) (?:\w+ ){0,2}(?:arriver?|arrives?|venir|debarquer|rentrer|revenir"
    r"|komen|terugkomen)\b"
    r"|\b(?:hij|em|ie|die) komt\b|\bil (?:arrive|vient|revient|rentre)\b"
)
_VISITS = re.compile(
    r"^(?:ja |oui |nu |la |ah |oh |ok )*(?:(?:hij|ze|zij|em|ie|die) (?:is|staat|zit|es) (?:er |hier |nu |al |bijna |daar |net )*"
    r"(?:beneden|aan de (?:voor)?deur|voor de (?:voor)?deur|er|hier|onderweg|op weg)?"
    r"|(?:il|elle|y) est (?:deja |la |presque |bientot )*(?:en bas|a la porte|devant la porte|la|en route|en chemin|arrivee?)?"
    r"|(?:il|elle|y) arr?ive(?: bientot)?)(?: nu| al| la| bijna| mtn| maintenant)*$"
)
"""That somebody comes or is there, and nothing else: where no danger was talked of, that is a pizza or a cousin."""
_HERE = re.compile(r"(?<=\bstaat) hier\b|(?<=\bstaan) hier\b")
"""The Dutch word for here, behind "stands": no yesterday, as in French."""
_BY_PICTURES = frozenset({"sextortion", "grooming", "nude_spread", "pressured_to_send", "teen_pimp"})
_FEELINGS = "other_wellbeing"
_IF_OR_NOT = re.compile(r"\b(?:si|sinon|s il|s ils|als|indien|tenzij|nooit|jamais|pas|niet|ni|nie)\b")
_DRAWN = frozenset({"grooming", "runaway_now", "runaway_thinking", "unaccompanied_minor"})
_OF_OTHERS = frozenset({"friend", "adult"})


def kind_of_now(heard: Optional[str], words: str, who: Optional[str] = None) -> str:
    """What kind of danger now it is: a stranger who waits, a lift or a bed that is offered, a meeting later today, abuse that happened in
    the last hours, a wish to die that is acted on, or none of them ("yes").

    `heard`: what it is about; `words`: lower case, no accents or punctuation, single spaces; `who`: whom it is about, where that is known.
    """
    if heard == "suicidal" and _acts(words):
        return "act"
    if heard == "grooming" and is_off_to(words, who):
        return "gone"
    is_coming = is_on_his_way(heard, words) and not comes_here(heard, words)
    if heard == "grooming" and (_waits_now(words) or is_coming):
        return "waits"
    if is_offered_a_lift(heard, words) or is_offered_a_bed(heard, words):
        return "ride"
    is_met = heard == "grooming" and _SOON.search(words) is not None and _TO_ME.search(words) is None
    if is_met:
        return "soon"
    return "after" if heard == "sexual_abuse" and _JUST.search(words) and not _STILL.search(words) else "yes"


def _acts(words: str) -> bool:
    return _ACTS.search(words) is not None and _NOT_DONE.search(words) is None


def is_offered_a_bed(heard: Optional[str], words: str) -> bool:
    """Whether a man offers a bed to somebody who left home or is drawn close: they need not go."""
    return heard in ("grooming", "runaway_now") and _BED.search(words) is not None and _BY_A_MAN.search(words) is not None


def is_offered_a_lift(heard: Optional[str], words: str) -> bool:
    """Whether they ask if they may go along with a stranger, or in his car: they need not."""
    return heard in _DRAWN and _LIFT.search(words) is not None and _NO_LIFT.search(words) is None


def is_in_his_car(heard: Optional[str], words: str) -> bool:
    """Whether somebody who left home, or is drawn close, sits in a car by now."""
    return heard in _DRAWN and _HIS_CAR.search(words) is not None and _NO_LIFT.search(words) is None


def comes_here(heard: Optional[str], words: str) -> bool:
    """Whether whoever threatens with pictures, or lures, is on the way to where they live, or at the door."""
    said = _HERE.sub("", words)
    is_meant = heard in _BY_PICTURES and _COMES_HERE.search(said) is not None
    return is_meant and _IF_OR_NOT.search(said) is None and _OTHER_DAY.search(said) is None


def is_on_his_way(path: Optional[str], words: str) -> bool:
    """Whether one person is on the way, on the path of somebody who lures or threatens: no help that comes."""
    is_meant = path in _BY_PICTURES and _ON_HIS_WAY.search(words) is not None
    return is_meant and _IF_OR_NOT.search(words) is None and _OTHER_DAY.search(words) is None


def is_behind_door(path: Optional[str], words: str, *, is_asked: bool) -> bool:
    """Whether they are at home and whoever threatens or lures comes there or stands there: they stay in, with the door locked.

    `path`: what the talk is about; `words`: as above; `is_asked`: it was asked how they get out of a danger of this moment.
    """
    if _WITH_HIM.search(words) is not None or path not in (*_BY_PICTURES, _FEELINGS, None):
        return False
    is_alone = _HOME_ALONE.search(words) is not None
    if path in (None, _FEELINGS):
        return is_alone and _WILL_COME.search(words) is not None
    is_there = comes_here(path, words) or (_AT_DOOR.search(words) is not None and _KNOWN_AT_DOOR.search(words) is None)
    return is_there or (is_asked and path == "grooming" and (is_alone or _RINGS.search(words) is not None))


def is_alone_and_feared(words: str) -> bool:
    """Whether somebody is alone at home and tells that another comes: much said of a danger with few words."""
    return _HOME_ALONE.search(words) is not None and _WILL_COME.search(words) is not None and _WITH_HIM.search(words) is None


def is_only_visit(words: str) -> bool:
    """Whether the words say no more than that somebody comes or is there."""
    return _VISITS.search(words) is not None


def is_off_to(words: str, who: Optional[str]) -> bool:
    """Whether somebody else has left for the meeting."""
    return who in _OF_OTHERS and _OFF_TO.search(words) is not None and _OTHER_DAY.search(words) is None


def _waits_now(words: str) -> bool:
    is_at_home = _TO_ME.search(words) is not None or _AT_MY_DOOR.search(words) is not None
    return _WAITS.search(words) is not None and not is_at_home and _OTHER_DAY.search(words) is None


def is_surely_now(heard: Optional[str], words: str, who: Optional[str] = None) -> bool:
    """Whether the words alone tell that something must be done at once: abuse of the last hours, a bed or a lift offered by a man, his
    car, a stranger who waits or is on the way, a meeting at an hour of today. Arguments as in `kind_of_now`."""
    kind = kind_of_now(heard, words, who)
    is_recent = heard == "sexual_abuse" and _HOURS.search(words) is not None and kind == "after"
    is_today = heard == "grooming" and _HOUR.search(words) is not None and _OTHER_DAY.search(words) is None and kind == "soon"
    is_coming = comes_here(heard, words) or is_on_his_way(heard, words) or _stands_there(heard, words)
    return is_recent or is_today or is_coming or kind in ("act", "gone", "waits", "ride") or is_in_his_car(heard, words)


def _stands_there(heard: Optional[str], words: str) -> bool:
    is_told = heard in _BY_PICTURES and _AT_DOOR.search(words) is not None and _KNOWN_AT_DOOR.search(words) is None
    return is_told and _IF_OR_NOT.search(words) is None and _OTHER_DAY.search(words) is None
