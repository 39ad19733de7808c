"""Whose trouble it is, set right in the middle of a path: "welke persoon, ik ben het zelf", "je t'ai dit c'est ma pote pas moi",
"ik ben haar moeder", "nee ik heb het bij haar gedaan".

Words here: lower case, no accents or punctuation, single spaces. What stands anywhere in a message is in data/corrections.yml (`whose`).
"""

from __future__ import annotations

import re
from typing import NamedTuple, Optional

from bot.components.corrections import whose_in
from bot.components.role_classifier import ADULT, FRIEND, SELF

DID = "did"
"""That the writer did it to somebody: no role, but another story."""
BEGINS_OWN = "begins_as_own"
"""On a message: that a friend's trouble is told as the writer's own too ("moi je le fais deja")."""
SETS_RIGHT = "sets_whose_right"
"""On a message: a SetRight, where it was said to a question; None for nothing."""
_SOMEBODY_NL = (
    r"(?:(?:mijn|mn|men|een) (?:beste |kleine |grote |goeie |goede )?"
    r"(?:vriend|vriendin|vriendje|vriendinnetje|zus|zusje|broer|broertje|nicht|nichtje|neef|neefje|klasgenoot|klasgenote|maat)"
    r"|iemand anders)"
)
_SOMEBODY_FR = (
    r"(?:(?:mon|ma|un|une) (?:petite? |ptite? |grande? |meilleure? )?"
    r"(?:pote|ami|amie|copain|copine|soeur|seur|frere|cousin|cousine)|quelqu un d autre)"
)
_NO_DOER = r"(?! (?:die|qui|ki|dat|da) (?:\w+ )?(?:mij|me|mi|m|ma|het|t|da|l|la)\b)"
"""Who is named as the one who does it is not who it is done to: "nee tis mijn broer die mij slaat"."""
# "het is mijn zusje he, niet ik": whom it is about, set right. Nothing else is told.
SOMEBODY_ELSE = re.compile(
    r"^(?:nee |neen |nn |ja |jawel |maar |eh |euh |eigenlijk )*(?:"
    rf"(?:(?:het|t|da|dat|dit) (?:is|gaat|ging) |tis |t is |gaat |is )(?:over |voor |van )?{_SOMEBODY_NL}"
    r"(?: (?:he|eh|hoor|en|dus|ni|nie|niet|ik|kik|mij|me|over|voor|zelf|van))*"
    r"|(?:(?:ik|k) ben |kben )(?:het|t|da|dat) (?:niet|nie|ni)(?: (?:he|hoor|zelf|eh))*"
    r"|(?:(?:het|t|da|dat|dit) (?:is|gaat) |tis |t is |gaat )(?:niet|nie|ni) (?:over |voor )(?:mij|me|mezelf|mijzelf)(?: (?:he|hoor"
    r"|eh))*)$"
    r"|^(?:non |nn |oui |mais |en fait |euh |ben )*(?:"
    rf"(?:c est |cest |c |ca concerne |il s agit de |je parle de )(?:pour |de )?{_SOMEBODY_FR}(?: (?:pas|moi|et|hein|donc|qui|est))*"
    r"|(?:c est |cest |c )pas (?:pour |de )moi(?: (?:hein|la|dont|il|s|agit))*)$"
)
# "nn pas moi!! mon pote", "hij is alleen thuis en stuurt dat, niet ik": the same within a longer sentence.
_NOT_ME = re.compile(
    r"\b(?:niet|ni|nie) ik(?: zelf|zelf)?(?: (?:he|hoor|eh))?(?: (?:en|maar|ma) .*)?$"
    r"|\b(?:gaat|is|ging) (?:niet|ni|nie) over (?:mij|me|mezelf|mijzelf)\b"
    r"|\b(?:niet|ni|nie) over (?:mij|me|mezelf|mijzelf)(?: (?:he|hoor|eh))?(?: (?:en|maar|ma) .*)?$"
    r"|\b(?:niet|ni|nie) bij (?:mij|me|mezelf|mijzelf) (?:he )?(?:maar|ma) (?:wel )?bij\b"
    rf"|^(?:nee+ |neen |non |nn |nan )+(?:tis |t is |het is |c est |cest |c ){_SOMEBODY_NL}{_NO_DOER}"
    rf"|^(?:nee+ |neen |non |nn |nan )+(?:tis |t is |het is |c est |cest |c ){_SOMEBODY_FR}{_NO_DOER}"
    rf"|\b(?:niet|ni|nie) ik (?:he )?(?:maar |ma )?{_SOMEBODY_NL}\b"
    rf"|\b(?:jte|je te|j te|je t ai|jtai|je tai) (?:dis|dit|parle|jure|repete)(?: que| ke| de)? (?:c est |cest |c |de )?{_SOMEBODY_FR}\b"
    r"|\b(?:c est |cest |c )(?:pas|po) moi (?:mais )?(?:c est |cest |c )(?:lui|elle)\b(?! (?:qui|ki))"
    r"|^(?:non |nn |nan |mais |bah |ben )*(?:c est |cest |c )(?:lui|elle) (?:et |mais )?(?:pas|po) moi(?: (?:hein|la|dsl|desole))*$"
    r"|^(?:nee |neen |maar |ma )*(?:(?:ik|kik) (?:niet|ni|nie)|(?:niet|ni|nie) ik) (?:he )?(?:maar |ma )?(?:hij|zij|ze|hem"
    r"|haar)\b(?! (?:die|da))"
    rf"|\b(?:pas|po) moi (?:\w+ ){{0,3}}{_SOMEBODY_FR}\b|\b(?:pas|po) moi (?:qui|ki) (?:\w+ ){{0,5}}{_SOMEBODY_FR}\b"
    rf"|\b{_SOMEBODY_FR} (?:\w+ ){{0,3}}(?:pas|po) moi$"
)
# "c lui ki veut se tuer pas moi", "nee ik niet, zij wil dood": whose wish to die it is.
_THEIR_LIFE = re.compile(
    r"\b(?:c est |cest |c |ct )(?:lui|elle) (?:qui|ki|qi|qe|q) (?:\w+ ){0,4}(?:mourir|crever|en finir|suicid\w*|se (?:tuer?|jeter"
    r"|pendre|couper"
    r"|faire (?:du |dl )?mal)|plus vivre)\b"
    r"|\b(?:het is|tis|t is) (?:hij|zij|hem|haar|em) (?:die|dat|da) (?:\w+ ){0,4}(?:dood|sterven|zelfmoord|zichzelf|(?:niet|ni"
    r"|nie) meer leven)\b"
    r"|\b(?:hij|zij|ze) (?:wil|wou) (?:\w+ ){0,4}(?:dood|sterven|(?:niet|ni|nie) meer leven)(?: (?:maar|ma|en))? ik (?:niet|ni|nie)\b"
    r"|\b(?:il|elle) (?:veut|va|pense) (?:\w+ ){0,4}(?:mourir|crever|se tuer|se suicider|en finir)(?: mais)? (?:pas|po) moi\b"
)
# "nee mijn zusje, ze is 8": nothing is told but whom it is about; where it is asked who is near, it may be who is.
_BARE_OTHER = re.compile(
    rf"^(?:nee+ |neen |nene |maar |ma |nn )*(?:neen?|nene|maar|nn) {_SOMEBODY_NL}(?: (?:he|hoor|eh|dus|niet|ni|nie|ik|over))*"
    r"(?: (?:ze|zij|hij|em|die) is (?:nog )?(?:maar |pas )?\w+(?: jaar)?)?$"
    rf"|^(?:non |nn |nan |mais )*(?:non|nn|nan|mais) {_SOMEBODY_FR}(?: (?:pas|moi|hein|la|donc))*(?: (?:il|elle) a \d+(?: ans)?)?$"
)
_ASKS_WHO = ("_with", "_near", "_adult", "_person", "_trusted", "_know", "_tell")
"""How the questions end that a brother may be the answer to."""
_OF_ONE = (
    *(f"utter_ask_{need}_" for need in ("suicidal", "self_harm", "runaway_thinking")),
    "utter_ask_grooming_meeting",
    "utter_ask_grooming_stay",
)
"""How the questions begin that a brother does not answer as the one who did it."""
# "nee het gaat over mij", "c moi la victime": set right the other way.
_ABOUT_ME = re.compile(
    r"^(?:nee |neen |nn |nene |eh |euh |maar |nee nee )*(?:(?:het|t|da|dat|dit) (?:is|gaat) |tis |gaat |tgaat )(?:wel )?(?:over |voor )?"
    r"(?:mij|mezelf|mijzelf|mijn eigen(?! (?:schuld|fout|keuze|probleem|stomme)))\b"
    r"|\b(?:gaat|is|ging) (?:wel )?over (?:mij|mezelf|mijzelf)$|^(?:nee |neen |eigenlijk |maar "
    r"|ma )*(?:over )?(?:mezelf|mijzelf|ikzelf)$"
    r"|^(?:nee |neen )?ik ben (?:het )?(?:zelf|de persoon|het slachtoffer|da zelf)\b(?! \d)"
    r"|^(?:nee |neen |maar |ja |jawel |euh |ma |eigenlijk |sorry )*(?:(?:ik|k) ben|kben) (?:het|t|da|dat)(?: (?:he|hoor|zelf|eh"
    r"|toch|wel))*$"
    r"|^(?:nee |neen |maar |ja |euh |ma |eigenlijk |sorry )*(?:dat|da) ben ik(?: (?:he|hoor|zelf|eh|toch))*$"
    r"|\b(?:je|j|jte|je te|j te) ?(?:te )?parle de moi\b(?! (?:a|au|aux|avec|comme|sur|tout|tt|tjrs|en)\b)|\bjparle de moi\b"
    r"(?! (?:a|au|aux|avec|comme|sur|tout|tt|tjrs|en)\b)"
    r"|\b(?:c est|cest|c) de moi (?:que|qu|ke|dont|la|je|jte|jparle|on)\b|\b(?:pas|po) (?:elle|lui) (?:mais )?(?:c est |cest "
    r"|c )?moi\b(?! (?:qui|ki)"
    r" (?:ai|lai|l ai|les ai|la|les)\b)"
    r"|\b(?:heb|kheb|keb|hebt|had) (?:ik )?(?:het|t|et) over (?:mij|mezelf|mijzelf|mijn eigen)\b|\b(?:ik|k) (?:bedoel|praat over"
    r"|spreek over)"
    r" (?:mij|mezelf|mijzelf|mijn eigen)\b(?! (?:mama|papa|zus|broer|vriend|vriendin|kamer|foto))"
    r"|\b(?:niet|ni|nie) (?:zij|hij|haar|hem) (?:maar|ma) (?:ik|mij|over mij)\b(?! (?:heb|deed|sloeg|begon|stuurde))"
    r"|^(?:non |nn |nan |mais |bah |ben |oui |quoi |en fait |enfin |en vrai |desole |dsl |pardon |att |attends |euh )*(?:c est "
    r"|cest |c )(?:de |pour |pr )?moi(?: (?:la|le|qui|meme|hein|mdr"
    r"|la personne|dessus|en fait|en vrai))*\b"
    r"(?! qui (?:\w+ )?(?:ai|lai|l ai)\b| (?:ai|lai|l ai|les ai|lui ai)\b"
    r"|(?: (?:le|la|l))? (?:probleme|pb|souci|faute|erreur|monstre|malade)\b)"
)
# "ben c'est moi qui ai insisté", "ik ben degene die aandrong", "ik heb het bij haar gedaan".
_DONE = (
    r"(?:fai[ts]?e?s?|frapp\w*|tap\w*|insist\w*|envoy\w*|partag\w*|cree\w*|harcel\w*|forc\w*|touch\w*|menac\w*|post\w*|publi\w*|balanc\w*"
    r"|film\w*|demand\w*|diffus\w*|transfer\w*|oblig\w*|commenc\w*|montr\w*)"
)
_DID = re.compile(
    rf"\b(?:c est|cest|c) moi (?:qui|ki) (?:\w+ ){{0,2}}(?:ai|lai) (?:\w+ )?{_DONE}\b"
    rf"|\b(?:c est|cest|c) nous (?:qui|ki|kon|qu on) (?:\w+ ){{0,2}}(?:avons|lavons|a|la) (?:\w+ )?{_DONE}\b"
    r"|^(?:non |nan |mais |bah |ben )*c etait moi(?: (?:hein|qui|en fait))*$"
    r"|\bje lui ai fait ca(?: a elle| a lui)?\b|\bcest? moi (?:qui|ki) lui (?:ai|a) fai\w*\b"
    r"|\bik ben (?:het|degene|diegene|deze|degen) (?:die|da|dat|wie) (?!bel)(?:\w+ ){0,4}(?:heb|deed|aandrong|stuurde|begon|maakte"
    r"|deelde|pushte|vroeg)\b"
    r"|\b(?:ik|k) heb (?:het|t|da|dat) (?:zelf )?(?:bij|aan|met) (?:haar|hem|hun|hen) gedaan\b|\bkheb (?:het|t|da|dat) (?:bij|aan"
    r"|met) (?:haar|hem|hun) gedaan\b"
    r"|^(?:nee |neen |maar |ja |euh |ma |eigenlijk )*(?:(?:ik|k) was (?:het|t|da|dat)|kwas (?:het|t|da)|(?:dat|da) was ik"
    r"|wij waren (?:het|da))(?: (?:he|hoor|zelf|eh))*$"
    r"|^(?:nee |neen |maar |ja |euh |ma )*(?:(?:ik|k) heb|kheb) (?:het|t|da|dat) (?:zelf )?gedaan(?: .*)?$"
    r"|\b(?:(?:ik|k) heb|kheb) (?:haar|hem|hun|hen) (?:zelf )?(?:gepusht|gepest|gedwongen|lastiggevallen|gechanteerd)\b"
    r"|\b(?:ik heb|kheb) (?:hem|haar|het|t|da|die foto) (?:zelf )?(?:gemaakt|doorgestuurd|verspreid|rondgestuurd|gedeeld)(?: (?:he"
    r"|hoor|niet iemand anders))*$"
)
_ONLY_ME = re.compile(
    r"^(?:nee |non |euh |bah |ben |ma |mais )*(?:ik|ikke|ikzelf|kik|mij|moi|c moi|ben ik)(?: (?:he|hein|zelf|meme|toch|ook|aussi))*$"
)
_WHO_IS_MEANT = frozenset({"utter_ask_now_away", "utter_ask_now_safe"})
"""Asked about "that person" in a danger: "ik" alone tells that it is the writer. Elsewhere it may be who is with them."""
_PARTICLES = frozenset(
    "nee neen nn nene non nan ja jawel oui maar ma mais he hein hoor eh euh bah ben quoi wat zelf en et quelle welke".split()
)
_YES_OR_NO = frozenset({"ja", "nee", "neen", "non", "nan", "oui", "ouais", "yes", "jawel"})
_NOT_ME_BEHIND = frozenset({"pas", "po", "moi", "niet", "ni", "nie", "ik", "mij", *_PARTICLES}) - _YES_OR_NO
_MOST_BESIDE, _ANSWERS_TOO = 6, 3
"""Words beside a correction, from which it tells more; behind a yes or no, from which it answers too."""


class SetRight(NamedTuple):
    """SELF, FRIEND, ADULT or DID; and whether hardly anything else is told."""

    whose: str
    is_alone: bool


def set_right_in(words: str, question: Optional[str] = None) -> Optional[SetRight]:
    """What the words set right about whose trouble it is; None for nothing. `question`: what was asked before. Raises PhraseError."""
    if question in _WHO_IS_MEANT and _ONLY_ME.search(words):
        return SetRight(SELF, True)
    asked = str(question)
    is_bare = asked.startswith(_OF_ONE) and not asked.endswith(_ASKS_WHO) and _BARE_OTHER.search(words) is not None
    if SOMEBODY_ELSE.search(words) or is_bare:
        return SetRight(FRIEND, True)
    found = _DID.search(words)
    if found is not None:
        return SetRight(DID, _is_alone(words, found.span()))
    for whose, pattern in ((FRIEND, _THEIR_LIFE), (SELF, _ABOUT_ME), (FRIEND, _NOT_ME)):
        found = pattern.search(words)
        if found is not None:
            return SetRight(whose, _is_alone(words, found.span()))
    told = whose_in(words)
    return SetRight({"me": SELF, "other": FRIEND, "child": ADULT}[told.name], _is_alone(words, told.place)) if told is not None else None


def _is_alone(words: str, place: "tuple[int, int]") -> bool:
    """Whether hardly anything stands beside the correction at `place`."""
    before, behind = words[: place[0]].split(), words[place[1] :].split()
    while behind and behind[0] in _NOT_ME_BEHIND:
        behind = behind[1:]
    beside = before + behind
    if len(behind) >= _ANSWERS_TOO and behind[0] in _YES_OR_NO:
        return False
    if len(before) >= _ANSWERS_TOO and before[0] in _YES_OR_NO:
        return False
    return len([word for word in beside if word not in _PARTICLES]) <= _MOST_BESIDE
