"""Somebody else's wish to die: "mijn mama wil niet meer leven", "ze gaat zichzelf iets aandoen", "il m'a envoyé un message d'adieu"."""

from __future__ import annotations

import re

_CLOSE_NL = (
    r"(?:ze|zij|hij|em|ie|iemand|(?:mijn|mn|men|ons|onze) (?:beste |kleine |grote |stief)?"
    r"(?:mama|ma|moeder|papa|pa|vader|ouders|zus|zusje|broer|broertje|vriend|vriendin|vriendje|vriendinnetje|lief|ex|maat|nicht|neef|oma|opa))"
)
_CLOSE_FR = (
    r"(?:elle|il|l|(?:mon|ma) (?:petite? |grande? |meilleure? |beau |belle )?"
    r"(?:mere|maman|daronne|pere|papa|daron|soeur|frere|copain|copine|amie?|pote|ex|mec|meuf|cousine?|tante|oncle))"
)
_NO_LIFE_NL = (
    r"(?:dood|sterven|(?:niet|ni|nie) meer (?:leven|verder)|nimeer leven|er (?:niet|ni|nie) meer zijn|zelfmoord|zichzelf|een einde)"
)
_NO_LIFE_FR = r"(?:mourir|crever|plus vivre|plus etre la|se (?:tuer?|suicider?|pendre|jeter|foutre en l air)|en finir|mettre fin)"
_ANOTHER_LIFE = re.compile(
    rf"\b(?:{_CLOSE_NL} (?:\w+ )?(?:wil|wilt|wou|gaat|zou|zal) (?!dat|mij|me|ons)(?:\w+ ){{0,3}}{_NO_LIFE_NL}"
    rf"|{_CLOSE_NL} (?:zegt|zei|schrijft|schreef|stuurt|stuurde|appt) (?:\w+ ){{0,5}}(?:ze|hij|zij|zichzelf|afscheid|vaarwel) ?"
    rf"(?:\w+ ){{0,4}}?(?:dood|sterven|leven|zelfmoord|iets aandoet|afscheid|vaarwel|verder|zijn wil)"
    rf"|{_CLOSE_NL} (?:heeft|had|deed|doet) (?:\w+ ){{0,3}}(?:zelfmoordpoging|poging gedaan|poging ondernomen|zelfmoord)"
    rf"|bang dat {_CLOSE_NL} (?:\w+ ){{0,3}}(?:iets|zelfmoord|dood|zich)"
    rf"|{_CLOSE_FR} (?:\w+ )?(?:veut|voulait|va|vas|voudrait|pense a|pense|parle de) (?:\w+ )?{_NO_LIFE_FR}"
    rf"|{_CLOSE_FR} (?:dit|a dit|me dit|m a dit|ecrit|repete) (?:\w+ ){{0,5}}{_NO_LIFE_FR}"
    rf"|{_CLOSE_FR} (?:a|avait|vient de) (?:fait|faire) une (?:ts|tentative)"
    rf"|(?:peur|peure) qu (?:il|elle) (?:se (?:fasse|tue|suicide|jette|pende|coupe|foute|mutile|ouvre|blesse|laisse|noie)"
    r"|fasse|mette|saute|meure)"
    rf"|{_CLOSE_FR} (?:m a|ma|nous a) (?:\w+ )?(?:envoye|ecrit|laisse|dit) (?:\w+ ){{0,4}}adieu)"
)
_MY_OWN_LIFE = re.compile(
    r"\b(?:(?:ik|k|kwil|ikzelf) (?:wil|wou|ook|zelf) (?:\w+ ){0,4}(?:dood|sterven|leven)|kwil (?:\w+ ){0,3}dood"
    r"|(?:(?:ik|k) (?:wil|wou|ga|zou)|kwil|kga) (?:\w+ ){0,4}(?:springen|verdwijnen|ophangen)"
    r"|(?:je|j|jveux|moi) (?:veux|voudrais|aussi|ai envie de|vais) (?:\w+ ){0,3}(?:mourir|crever|en finir|vivre|me tuer)"
    r"|jveux (?:\w+ ){0,2}(?:mourir|crever)|(?:je|j|jveux|jvais) (?:\w+ ){0,3}(?:sauter|me jeter|disparaitre|me pendre)"
    r"|(?:j ai|jai|je|g|ai|j avais|javais|kheb|keb|heb|ik had) (?:\w+ ){0,2}(?:envie|envi|envies|zin|goesting) (?:\w+ ){0,3}"
    r"(?:mourir|crever|creve|en finir|me tuer|disparaitre|sauter|plus vivre|plus etre la|sterven|dood|doodgaan|verdwijnen|springen))\b"
)


def is_another_life(text: str) -> bool:
    """Whether somebody else wants to die, and not whoever writes too. `text`: lower case, no accents or punctuation, single spaces."""
    return _ANOTHER_LIFE.search(text) is not None and _MY_OWN_LIFE.search(text) is None


def is_my_own_life(text: str) -> bool:
    """Whether whoever writes wants to die; `text` as above."""
    return _MY_OWN_LIFE.search(text) is not None
