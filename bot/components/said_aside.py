"""Words that mean one thing wherever they are said: "jpeux te demander autre chose", "tu vas le dire a qqun ?", "il sait ou j habite".

They stand beside the examples of data/questions, which the model learns from, and name questions that are answered there. Words here:
lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from typing import Optional

from kernel.language import words_of
from kernel.need import OF_LIFE

OPENS_UP, HAS_ADDRESS, NOT_GOING = "opens_up", "has_address", "not_going"
"""What is answered: that they may go on; what helps where somebody threatens with an address; that staying away is the safest choice."""
_FILLER = (
    r"(?:oui|ouais|non|nan|nn|ok|oke|mais|ms|et|dis|euh|heu|bah|stp|svp|alors|du coup|sinon|au fait|en fait|la|maintenant|mtn|aussi"
    r"|encore|hein|pls)"
)
_MAY_I = r"(?:est ce que |esk |eske )?(?:je peux|je pourrais|jpeux|jpourrais|jpeu|je peu|jpe|puis je)"
_ASKS_TO_ASK = re.compile(
    rf"(?:{_FILLER} )*{_MAY_I} (?:(?:te|vous|t|encore|juste) )*(?:demander|dire|poser|parler)"
    r" (?:d |de )?(?:autre chose|une? (?:autre |derniere )?(?:question|truc|chose)|qqch d autre|quelque chose d autre)"
    rf"(?: {_FILLER})*"
)
_SOMEBODY = (
    r"(?:qqun|qqn|quelqu un|quelquun|kelkun|kelkin|quelqun|personne|d autres|des gens|d autres gens|les autres|tt le monde|tout le monde)"
)
_WHO_HEARS = re.compile(
    rf"(?:{_FILLER} )*(?:promets?(?: moi)? )?(?:est ce que )?(?:tu|vous|t)"
    rf" (?:vas|va|allez|peux|pourrais)(?: pas)? (?:(?:le|l|en|tout|tt|ca|sa) )?(?:dire|redire|raconter|repeter|montrer|parler)"
    rf"(?: (?:ca|sa|tout))? a {_SOMEBODY}"
    rf"(?: {_FILLER})*"
    rf"|(?:{_FILLER} )*(?:promets?(?: moi)? )?(?:tu gardes? (?:ca|sa|tout) pour toi|ca reste entre nous)(?: {_FILLER})*"
)
"""Asked of the bot; what somebody else said to them stands behind "il a dit"."""
_KNOWS_HOME = re.compile(
    r"\b(?:il|elle|ils|elles|kil|kelle|qu il|qu elle) (?:sait|sai|savent|c|connait|connaissent|a trouve|ont trouve) (?:ou|o)"
    r" (?:jhabite|jabite|(?:j|je|on|nous) (?:habite|abite|vis|vit|habitons))\b"
)
_KNOWS_NOT = re.compile(
    r"\b(?:sait|sai|savent|connait|connaissent) pas\b|\b(?:vient|viens|viennent|venir|arrive|arrivent|en route|devant|en bas|tuer"
    r"|buter|couteau|flingue|police|flics|maman|mere|papa|pere|112|101|suis|vais|dors|etais)\b"
)
_OF_PICTURES = frozenset({"grooming", "sextortion", "cyberbullying", "pressured_to_send", "nude_spread", "deepfake_nude"})
_ASKS_DANGER = ("safe", "_safe", "_meeting", "_threat", "_stay", "_fear")
"""How the questions end to which that is an answer of its own."""
_STAYS_AWAY = re.compile(
    rf"(?:{_FILLER} )*(?:j y vais|jy vais|j irai|jirai) (?:pas|plus)(?: (?:{_FILLER}|finalement|promis|samedi|dimanche|demain))*"
)
_MEETS = frozenset({"grooming", "sextortion", "pressured_to_send", "teen_pimp"})
_ASKS_TO_STAY = ("_stay", "_meeting", "_safe", "_alone")
_TROUBLE = re.compile(
    r"\b(?:ya|y a|y avait|a|as|ai|jai|g|avoir|avait|ont|avons) (?:(?:toujours|tjrs|encore|souvent|vraiment|plein de|beaucoup de"
    r"|bcp de|trop de|pas mal de|de|des|d|un|une|1|deux|gros|grand|petit|ptit|serieux) )*"
    r"(?:soucis?|problemes?|pb|pbs|prob|probs|embrouilles?)\b"
)
_NO_TROUBLE = re.compile(r"\b(?:pas|pa|aucun|aucune|jamais|sans|zero|plus|non|nan|nn|resolu\w*|regle\w*)\b")
_MOST_OF_TROUBLE = 9
_IF_IT_HURTS = re.compile(
    r"\b(?:ca|sa|c|cela|est ce que) (?:\w+ ){0,3}(?:mal|douloureux|souffr\w+) (?:\w+ ){0,2}(?:mourir|crever)\b"
    r"|\b(?:mourir|crever) (?:\w+ ){0,4}(?:mal|douloureux|souffr\w+)\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:il|elle|ils|papy|mamie|papi|mamy|grand|pere|mere|chien|chienne|chat|chatte|lapin|hamster|cheval)\b")
_HIDES_IT = re.compile(
    r"^(?:(?:non|oui|nan|nn|mais|ms|et|ouais|en fait|la verite) )*(?:je |j )?"
    r"(?:peux|peu|ose|jpeux|jpeu|jpe|jose|sais|jsais) pas (?:(?:le|lui|leur|en) )?(?:dire|parler)\b"
)


def said_aside(text: str, path: Optional[str], after: str) -> Optional[str]:
    """The question that is answered to `text`, on the `path` of a need (None: beside any) behind the question `after`; None for none."""
    words = " ".join(words_of(text))
    if path is None:
        return OPENS_UP if names_trouble(words) else None
    if _ASKS_TO_ASK.fullmatch(words):
        return OPENS_UP
    if path in _MEETS and _STAYS_AWAY.fullmatch(words) and not after.endswith(_ASKS_TO_STAY):
        return NOT_GOING
    is_known = path in _OF_PICTURES and _KNOWS_HOME.search(words) is not None and _KNOWS_NOT.search(words) is None
    return HAS_ADDRESS if is_known and not after.endswith(_ASKS_DANGER) else None


def asks_who_hears(words: str) -> bool:
    """Whether the bot is asked if it tells anybody: "tu vas le dire a qqun ?"."""
    return _WHO_HEARS.fullmatch(words) is not None


def names_trouble(words: str) -> bool:
    """Whether a few words say that there is trouble, and nothing of what kind: "ya des soucis a la maison"; never where they deny it."""
    return len(words.split()) <= _MOST_OF_TROUBLE and _TROUBLE.search(words) is not None and _NO_TROUBLE.search(words) is None


def asks_if_dying_hurts(words: str, path: Optional[str]) -> bool:
    """Whether it is asked if dying hurts, where a life is what the talk is about, and of nobody else: that tells more of the wish."""
    return path in OF_LIFE and _IF_IT_HURTS.search(words) is not None and _OF_SOMEBODY.search(words) is None


def cannot_tell(words: str) -> bool:
    """Whether the words begin with it that they cannot tell somebody: "jpeux pas le dire a ma mere elle va pas me croire"."""
    return _HIDES_IT.search(words) is not None
