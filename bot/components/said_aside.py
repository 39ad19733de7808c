"""Words that mean one thing wherever they are said: "tu vas le dire a qqun ?", "er zijn problemen thuis", "doet sterven pijn".

They stand beside the examples of data/questions, and here instead of there where what was heard decides whether they count. Words here:
lower case, no accents or punctuation, single spaces; both languages.
"""

from __future__ import annotations

import re
from typing import Optional

from kernel.need import OF_LIFE

_FILLER = (
    r"(?:oui|ouais|non|nan|nn|ok|oke|mais|ms|et|dis|euh|heu|bah|stp|svp|alors|du coup|sinon|au fait|en fait|la|maintenant|mtn|aussi"
    r"|encore|hein|pls|ja|nee|neen|maar|ma|en|eh|he|aub|dan|nu|toch|zeg|eigenlijk)"
)
_SOMEBODY_FR = (
    r"(?:qqun|qqn|quelqu un|quelquun|kelkun|kelkin|quelqun|personne|d autres|des gens|d autres gens|les autres|tt le monde|tout le monde)"
)
_SOMEBODY_NL = r"(?:iemand|niemand|nieman|iemant|anderen|andere mensen|iedereen)"
_YOU_NL, _IT_NL = r"(?:je|jij|ge|gij|u|jullie|gullie)", r"(?:dit|da|dat|het|t|ditte|alles|mijn verhaal)"
_TO_NL = rf"(?: (?:niet|ni|nie|ook))? (?:tegen|aan) {_SOMEBODY_NL}"
_WHO_HEARS = re.compile(
    rf"(?:{_FILLER} )*(?:promets?(?: moi)? )?(?:est ce que )?(?:tu|vous|t)"
    rf" (?:vas|va|allez|peux|pourrais)(?: pas)? (?:(?:le|l|en|tout|tt|ca|sa) )?(?:dire|redire|raconter|repeter|montrer|parler)"
    rf"(?: (?:ca|sa|tout))? a {_SOMEBODY_FR}"
    rf"(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:promets?(?: moi)? )?(?:tu gardes? (?:ca|sa|tout) pour toi|ca reste entre nous)(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:gade|gaade|zulde|kunde|(?:ga|gaat|zal|zult|kan|kunt) {_YOU_NL}) {_IT_NL}{_TO_NL}"
    rf"(?: (?:gaan|ga))? (?:zeggen|zegge|vertellen|vertelle|doorvertellen|doorzeggen)(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:zegde|(?:zeg|zegt|vertel|vertelt|verteld) {_YOU_NL}) {_IT_NL}{_TO_NL}(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:beloof (?:mij|me) )?(?:houde|(?:hou|houd|houdt) {_YOU_NL}) {_IT_NL} voor (?:jou|je|u|jezelf|uzelf)(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:blijft|blijf) {_IT_NL} (?:tussen|onder) ons(?: {_FILLER})*"
)
"""Asked of the bot; what somebody else said to them stands behind "il a dit"."""
_TROUBLE = re.compile(
    r"\b(?:ya|y a|y avait|a|as|ai|jai|g|avoir|avait|ont|avons) (?:(?:toujours|tjrs|encore|souvent|vraiment|plein de|beaucoup de"
    r"|bcp de|trop de|pas mal de|de|des|d|un|une|1|deux|gros|grand|petit|ptit|serieux) )*"
    r"(?:soucis?|problemes?|pb|pbs|prob|probs|embrouilles?)\b"
    r"|\b(?:er is|er zijn|tis|heb ik|heb|kheb|keb|hebben|zit in|zit met|kzit in|kzit met) (?:(?:al|echt|weer|nog|veel|wat|een|n|ne"
    r"|de|grote|groot|zware|serieuze|serieus) )*(?:probleem|problemen|probleme|miserie|gedoe|ambras)\b"
)
_NO_TROUBLE = re.compile(
    r"\b(?:pas|pa|aucun|aucune|jamais|sans|zero|plus|non|nan|nn|resolu\w*|regle\w*|geen|gin|gene|niet|ni|nie|niks|nooit|zonder|nee|neen"
    r"|opgelost)\b"
)
_MOST_OF_TROUBLE = 9
_IF_IT_HURTS = re.compile(
    r"\b(?:ca|sa|c|cela|est ce que) (?:\w+ ){0,3}(?:mal|douloureux|souffr\w+) (?:\w+ ){0,2}(?:mourir|crever)\b"
    r"|\b(?:mourir|crever) (?:\w+ ){0,4}(?:mal|douloureux|souffr\w+)\b"
    r"|\b(?:doet|doe|zou|gaat|is) (?:\w+ ){0,4}(?:pijn|zeer|pijnlijk) (?:\w+ ){0,3}(?:sterven|sterve|doodgaan|dood gaan|dood te gaan)\b"
    r"|\b(?:sterven|sterve|doodgaan|dood gaan) (?:\w+ ){0,3}(?:pijn|zeer|pijnlijk)\b"
)
_OF_SOMEBODY = re.compile(
    r"\b(?:il|elle|ils|papy|mamie|papi|mamy|grand|pere|mere|chien|chienne|chat|chatte|lapin|hamster|cheval"
    r"|hij|ze|zij|oma|opa|bomma|bompa|papa|mama|hond|kat|poes|konijn|paard|cavia)\b"
)
_HIDES_IT = re.compile(
    r"^(?:(?:non|oui|nan|nn|mais|ms|et|ouais|en fait|la verite) )*(?:je |j )?"
    r"(?:peux|peu|ose|jpeux|jpeu|jpe|jose|sais|jsais) pas (?:(?:le|lui|leur|en) )?(?:dire|parler)\b"
    r"|^(?:(?:nee|neen|ja|maar|ma|en|eigenlijk) )*(?:ik |k |kik )?(?:kan|kkan|durf|kdurf|durft) (?:(?:het|t|da|dat|dit|hem|haar|er|echt) )*"
    r"(?:niet|ni|nie) (?:\w+ ){0,4}(?:zeggen|zegge|vertellen|vertelle)\b"
)


def asks_who_hears(words: str) -> bool:
    """Whether the bot is asked if it tells anybody: "tu vas le dire a qqun ?", "gade da tegen iemand zeggen"."""
    return _WHO_HEARS.fullmatch(words) is not None


def names_trouble(words: str) -> bool:
    """Whether a few words say that there is trouble, and nothing of what kind: "ya des soucis a la maison"; never where they deny it."""
    return len(words.split()) <= _MOST_OF_TROUBLE and _TROUBLE.search(words) is not None and _NO_TROUBLE.search(words) is None


def asks_if_dying_hurts(words: str, path: Optional[str]) -> bool:
    """Whether it is asked if dying hurts, where a life is what the talk is about, and of nobody else: that tells more of the wish."""
    return path in OF_LIFE and _IF_IT_HURTS.search(words) is not None and _OF_SOMEBODY.search(words) is None


def cannot_tell(words: str) -> bool:
    """Whether the words begin with it that they cannot tell somebody: "jpeux pas le dire a ma mere", "kdurf da ni zeggen tegen mama"."""
    return _HIDES_IT.search(words) is not None
