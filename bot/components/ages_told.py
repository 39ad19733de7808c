"""How old two people are who are close, as told in pieces: "13 ans", "il a 20", "on a couché" (bot/components/age_gap.py).

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Dict, List, Mapping, Optional

YOUNG, OLDER, CLOSE = "young_age", "older_age", "close"
"""In TOLD_BEFORE: both ages, and SEX, LOVES or MEETS."""
SEX, LOVES, MEETS = "sex", "loves", "meets"
WHOSE, WRITERS, ANOTHERS = "young_is", "writer", "another"
"""In TOLD_BEFORE: whether the young one is who writes, or somebody else ("ze is 13")."""
_N = r"(?P<age>\d{1,2})"
_ENDS = (
    r"(?! ?(?:procent|keer|dagen|weken|maand\w*|uur|min\w*|euro|eur|kilo|kg|meter|cm|punten|volgers|u|h|km"
    r"|fois|jours|mois|heures?|balles)\b)"
)
_LITTLE = r"(?:net|pas|nog|maar|zelf|bijna|al|en|ben|was|que|genre|seulement|a|juste|presque|deja|moi)"
_OWN = re.compile(
    rf"\b(?:ik ben|kben|ben|ik|kik|ikke|ge zijt|gij zijt|zijt ge|ge bent|gij bent)(?: {_LITTLE}){{0,3}} {_N}{_ENDS}\b"
    rf"|\b(?:j ai|jai|moi|jsuis|chui|chuis|en ai|g)(?: {_LITTLE}){{0,3}} (?P<fr>\d{{1,2}})(?= ?ans?\b| (?:et|lui|il|mais|elle)\b|$)"
    r"|^(?P<alone>\d|1[0-7])(?: ?(?:ans|jaar|jr|j))?$"
)
_THEIRS = re.compile(
    r"\b(?:hij|em|ie|hem|ze|zij|il|elle|lui|quelqu un|iemand|(?:mijn|mn|men|me|mijne|haar|een|ne|nen|mon|ma|son|un|une|le|la|de|die|den) "
    r"(?:\w+ )?(?:vriend|vriendje|lief|gast|kerel|man|jongen|jongeman|vent|copain|mec|keum|homme|gars|type|monsieur|garcon"
    r"|zus|zusje|vriendin|soeur|copine|pote|amie))"
    r"(?: (?:is|was|zegt|zei|dat|hij|ze|eigenlijk|al|net|pas|maar|van|wordt|zogezegd|ongeveer|a|en|avait|il|elle|dit|qu|que|deja|genre"
    rf"|presque|de|environ|au moins)){{1,4}} {_N}(?: ?(?:ans|jaar|jr|j))?{_ENDS}\b"
    rf"|\b(?:hij|lui|il|ze|elle) (?P<short>\d{{1,2}})(?= (?:en|et|ik|moi|on|c|ca|est|mag|mogen|is|da|dat|legal|illegal)\b|$)"
    rf"|\b(?:iemand|gast|jongen|kerel|man|quelqu un|mec|gars|garcon|homme) (?:\w+ ){{0,3}}(?:die|qui a) (?P<whose>\d{{1,2}})"
    rf"(?= ?(?:is|wordt|jaar|ans)\b)"
    r"|\b(?:mijn|mn|men|me|mon) (?:lief|vriend|vriendje|vriendin|copain|mec|keum) (?P<behind>\d{2})"
    r"(?= (?:jaar|jr|ans|wil|wilt|vraagt|veut|is|en|et)\b)"
    r"|^(?P<alone>1[89]|[2-7]\d)(?: ?(?:ans|jaar|jr|j))?"
    r"(?: (?:denk ?ik|zegt hij|dacht ik|ofzo|of zo|je crois|jcrois|je pense|genre|environ))?$"
)
"""A bare number of somebody grown up is not the writer's: who writes here is young, or tells it otherwise."""
_OF_SEX = re.compile(
    r"\b(?:seks|sex|sexe|vrijen|gevreeen|gevree\w*|ontmaagd\w*|naar bed (?:geweest|gegaan)|geslapen met|samen geslapen"
    r"|faire l amour|fait l amour"
    r"|(?:ik|k|kben|ben) (?:\w+ ){0,2}zwanger|(?:suis|jsuis|chui|chuis) (?:\w+ ){0,2}enceinte)\b"
    r"|\b(?:on a|j ai|jai|a|ont|avons|vais|va|veux|veut|voulait|de|ai) "
    r"(?:deja |pas |\w+ )?couch(?:e|er|ee|es)\b(?! (?:tot|tard|le|la|les)\b)"
)
_OF_LOVE = re.compile(
    r"\b(?:lief|liefje|vriendje|verkering|verliefd|gekust|kussen|kust|relatie|koppel|date|daten"
    r"|(?:iemand|hem|haar|em|die) (?:\w+ ){0,2}leuk|crush|kiffe|me plait"
    r"|copain|amoureu\w*|sors avec|sort avec|sortir avec|en couple|embrass\w*|mon (?:mec|keum))\b"
)
_OF_MEETING = re.compile(
    r"\b(?:afspreken|afgesproken|ontmoet\w*|leerde\w* kennen|online|discord|snap\w*|insta\w*|tiktok|roblox|fortnite|chat\w*"
    r"|(?:mijn|mn|men) vriend|zien elkaar|ziet hem|zie hem|mec|ensemble|rdv|rendez vous|rencontr\w*|en ligne"
    r"|va le voir|vais le voir|vont se voir|vois? un|voit un)\b"
)

_OF_FAMILY = re.compile(r"\b(?:broer|zus|nicht|neef|ouders|frere|soeur|cousine?|parents)\b")
_OF_LAW = re.compile(r"\b(?:mag|mogen|wet|wettelijk|legaal|illegaal|strafbaar|verboden|droit|loi|legal|illegal|interdit|puni)\b")


def ages_in(words: str) -> Dict[str, str]:
    """What `words` tell of it, as it stands in TOLD_BEFORE. The older one is never the writer: who is grown up is no child."""
    own = [age for age in _ages(_OWN, words) if 8 <= age <= 79]
    theirs = [age for age in _ages(_THEIRS, words) if 8 <= age <= 79]
    found: Dict[str, str] = {}
    young = own[:1] or [age for age in theirs if age < 16][:1]
    older = [age for age in theirs if age >= 16]
    if young:
        found[YOUNG] = str(young[0])
        found[WHOSE] = WRITERS if own else ANOTHERS
    if older:
        found[OLDER] = str(max(older))
    if _OF_SEX.search(words):
        found[CLOSE] = SEX
    elif _OF_LOVE.search(words):
        found[CLOSE] = LOVES
    elif _OF_MEETING.search(words):
        found[CLOSE] = MEETS
    return found


_NO_MORE = re.compile(
    r"(?:(?:ik|k|ikke|ben|kben|en|ma|maar|is|hij|ie|em|ze|zij|jaar|jr|haar|mijn|mn|zus|zusje|broer|broertje|was|toen|nog|pas"
    r"|je|j|g|moi|et|mais|il|elle|lui|a|ai|jai|ans|an|mon|ma|frere|soeur|avait|avais|javais|que|seulement)(?: |$)|\d{1,2}(?: |$)){1,9}"
)


def tells_only_ages(words: str) -> bool:
    """Whether the words tell how old people are and nothing else: "hij is 16 ik ben 13" begins no path of its own on another's."""
    return any(word.isdigit() for word in words.split()) and _NO_MORE.fullmatch(words) is not None


def are_far_apart(young: Optional[str], older: Optional[str]) -> bool:
    """Whether somebody so young and somebody so much older are too far apart: under 14 from four years on, at 14 and 15 where the other is
    grown up and four years older (data/safety/law.yml), at 16 and 17 from eight years on."""
    if young is None or older is None or int(young) >= 18:
        return False
    gap = int(older) - int(young)
    if int(young) < 14:
        return gap >= 4
    return gap >= 4 and int(older) >= 18 if int(young) < 16 else gap >= 8


def are_both_told(said: Mapping[str, str], words: str) -> bool:
    """Whether the `words` tell the writer's age and that of somebody much older who is no family (`said`: what `ages_in` found)."""
    is_far = said.get(WHOSE) == WRITERS and are_far_apart(said.get(YOUNG), said.get(OLDER))
    return is_far and _OF_FAMILY.search(words) is None


def asks_law(words: str) -> bool:
    """Whether the words ask what is allowed."""
    return _OF_LAW.search(words) is not None


def _ages(pattern: "re.Pattern[str]", words: str) -> List[int]:
    """All ages that `pattern` finds."""
    return [int(age) for found in pattern.finditer(words) for age in found.groups() if age]
