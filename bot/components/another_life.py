"""Somebody else's wish to die: "mijn mama wil niet meer leven", "ze gaat zichzelf iets aandoen", "il m'a envoyé un message d'adieu"."""

from __future__ import annotations

import re

_CLOSE_NL = (
    r"(?:ze|zij|hij|em|ie|iemand|(?:mijn|mn|men|ons|onze) (?:beste |kleine |grote |stief)?"
    r"(?:mama|ma|moeder|papa|pa|vader|ouders|zus|zusje|broer|broertje|vriend|vriendin|vriendje|vriendinnetje|lief|ex|maat|nicht|neef"
    r"|oma|opa))"
)
_CLOSE_FR = (
    r"(?:elle|il|l|(?:mon|ma) (?:petite? |grande? |meilleure? |beau |belle )?"
    r"(?:mere|maman|daronne|pere|papa|daron|soeur|frere|copain|copine|amie?|pote|ex|mec|meuf|cousine?|tante|oncle))"
)
_NO_LIFE_NL = (
    r"(?:dood|sterven|(?:niet|ni|nie) meer (?:leven|verder)|nimeer leven|er (?:niet|ni|nie) meer zijn|zelfmoord|zichzelf|een einde)"
)
_NO_LIFE_FR = (
    r"(?:mourir|crever|plus vivre|plus etre la|se (?:tuer?|suicider?|pend(?:re)?|jeter|foutre en l air|flinguer|buter|couper(?! (?:les"
    r"|la|un|de|du)\b)|scarifier"
    r"|mutiler|faire (?:du |dl )?mal(?! (?:voir|comprendre|si|en|au|a|avec)\b))|en finir|mettre fin|suicide)"
)
_ANOTHER_LIFE = re.compile(
    rf"\b(?:{_CLOSE_NL} (?:\w+ )?(?:wil|wilt|wou|gaat|zou|zal) (?!dat|mij|me|ons)(?:\w+ ){{0,3}}{_NO_LIFE_NL}"
    rf"|{_CLOSE_NL} (?:\w+ ){{0,2}}(?:dreigt|dreigde|dreigd) (?!mij\b|me\b|ons\b)(?:\w+ ){{0,4}}{_NO_LIFE_NL}"
    rf"|(?:wil|wilt|wou|gaat|zou|zal) {_CLOSE_NL} (?!dat|mij|me|ons)(?:\w+ ){{0,3}}{_NO_LIFE_NL}(?! (?:filmen|tonen|zien|laten))"
    rf"|{_CLOSE_NL} (?:zegt|zei|schrijft|schreef|stuurt|stuurde|appt) (?:\w+ ){{0,5}}(?:ze|hij|zij|zichzelf|afscheid|vaarwel) ?"
    rf"(?:\w+ ){{0,4}}?(?:dood|sterven|leven|zelfmoord|iets aandoet|afscheid|vaarwel|verder|zijn wil)"
    rf"|{_CLOSE_NL} (?:praat|praatte|spreekt|sprak) (?:\w+ )?over (?:zelfmoord|sterven|doodgaan|dood willen)"
    rf"|{_CLOSE_NL} (?:zegt|zei|zegd|dreigt|stuurt) (?:\w+ ){{0,3}}(?:hem|zich|haar|zichzelf) van kant (?:maakt|gaat maken|zal maken)"
    rf"|{_CLOSE_NL} (?:heeft|had|deed|doet) (?:\w+ ){{0,3}}(?:zelfmoordpoging|poging gedaan|poging ondernomen|zelfmoord)"
    rf"|bang dat {_CLOSE_NL} (?:\w+ ){{0,3}}(?:iets|zelfmoord|dood|zich)"
    rf"|{_CLOSE_FR} (?:\w+ )?(?:veut|voulait|va|vas|voudrait|pense a|pense|parle de) (?:\w+ )?{_NO_LIFE_FR}"
    rf"|{_CLOSE_FR} (?:dit|a dit|me dit|m a dit|ecrit|repete) (?:\w+ ){{0,5}}{_NO_LIFE_FR}"
    rf"|{_CLOSE_FR} (?:me |m )?(?:a )?(?:menace|menacait|menacer|jure|jurait) (?:\w+ )?(?:de|d|que|qu|quil|quelle|kil|kelle|le"
    rf"|au) (?:\w+ ){{0,3}}{_NO_LIFE_FR}"
    rf"|{_CLOSE_FR} (?:me |m )?(?:menace|menacait) (?:dse|ds|d s|dce) (?:tue|tuer|suicide|suicider|pendre|jeter|flinguer|buter|couper)\b"
    rf"|{_CLOSE_FR} (?:\w+ )?(?:me |m )?(?:fait|faisait|fai) (?:du |un )?chantage au suicide"
    r"|\b(?:il|elle|kil|kelle|quil|quelle) (?:va )?se (?:tue|suicide|flingue|pend|jette|tuer|suicider|pendre) si (?:je|j|jle|jla)\b"
    rf"|{_CLOSE_FR} (?:a|avait|vient de) (?:fait|faire) une (?:ts|tentative)"
    rf"|(?:peur|peure) qu (?:il|elle) (?:se (?:fasse|tue|suicide|jette|pende|coupe|foute|mutile|ouvre|blesse|laisse|noie)"
    r"|fasse|mette|saute|meure)"
    rf"|{_CLOSE_FR} (?:m a|ma|nous a) (?:\w+ )?(?:envoye|ecrit|laisse|dit) (?:\w+ ){{0,4}}adieu)"
)
_MY_OWN_LIFE = re.compile(
    r"\b(?:(?:ik|k|kwil|ikzelf) (?:wil|wou|ook|zelf) (?:\w+ ){0,4}(?:dood|sterven|leven)|kwil (?:\w+ ){0,3}dood"
    r"|(?:(?:ik|k) (?:wil|wou|ga|zou)|kwil|kga) (?:\w+ ){0,4}(?:springen|verdwijnen|ophangen)"
    r"|(?:je|j|jveux|moi) (?:veux|voudrais|aussi|ai envie de|vais) (?:\w+ ){0,3}(?:mourir|crever|en finir|vivre|me tuer)"
    r"|(?:jveux|jveu|jvoudrais|jvoudrai|jv|jaimerais) (?:\w+ ){0,2}(?:mourir|crever|en finir|plus vivre|plus etre la)|(?:je|j|jveux"
    r"|jvais) (?:\w+ ){0,3}(?:sauter|me jeter|disparaitre|me pendre)"
    r"|(?:j ai|jai|je|g|ai|j avais|javais|kheb|keb|heb|ik had) (?:\w+ ){0,2}(?:envie|envi|envies|zin|goesting) (?:\w+ ){0,3}"
    r"(?:mourir|crever|creve|en finir|me tuer|disparaitre|sauter|plus vivre|plus etre la|sterven|dood|doodgaan|verdwijnen|springen))\b"
)

_TOO = r"(?:aussi|ossi|ausi|osi|aussie|pareil)"
_THINKS = r"(?:pense|pensais|panse|pence|penser|songe)"
# "et moi jai envie aussi", "moi je le fais deja", "j'y pense moi aussi": the writer's own, told behind somebody else's.
_MINE_TOO = re.compile(
    rf"\bmoi {_TOO} (?:\w+ ){{0,3}}(?:y {_THINKS}|jy {_THINKS}|envie|mourir|crever|en finir|me tuer|disparaitre|coupe|scarifie|mutile"
    r"|plus vivre|me faire (?:du )?mal)\b"
    rf"|\bmoi (?:jcommence|je commence|j commence|jai|j ai|g|je|j|jy|jme|jveux|jvoudrais) (?:\w+ ){{0,4}}(?:envie|{_THINKS}|mourir"
    rf"|crever|me tuer"
    rf"|plus vivre|coupe|scarifie|mutile|mal) (?:moi )?{_TOO}\b"
    rf"|\b(?:jcommence|je commence|j commence) (?:\w+ )?(?:a y |ay |a i ){_THINKS}(?: {_TOO})?\b|\b(?:j y|jy"
    rf"|j i) {_THINKS} (?:\w+ )?(?:moi|{_TOO})\b"
    r"|\bmoi (?:je le|je l|jle|j le|jl) (?:fais|fait|fai|faisais)(?: (?:deja|dja|aussi|ossi|tjrs|tjs|toujours|tous les|chaque|souvent"
    r"|parfois|des fois|depuis"
    r"|en secret|tt le temps|tout le temps)\b|$)"
    r"|\bmoi (?:je me|jme|je m|jm) (?:coupe|scarifie|mutile|brule|griffe)\b(?! (?:pas|jamais|plus|les cheveux|les ongles|en))"
    rf"|\b(?:veut|veux|va|voudrait|parle de|pense a) {_NO_LIFE_FR} (?:et |mais )(?:en fait |franchement |en vrai )?moi {_TOO}$"
    rf"|\b{_NO_LIFE_NL}(?: (?:wil|wilt|aandoen|plegen|zijn))? (?:en |maar |ma )(?:eigenlijk |eig |soms )?(?:ik|ikke|kik"
    rf"|ikzelf) (?:zelf )?ook"
    r"(?: (?:soms|eigenlijk|al|he|hoor|zin|goesting))?$"
    rf"|\b{_NO_LIFE_NL}(?: \w+)? (?:en |maar |ma )?(?:ik heb|kheb|keb) (?:soms |eigenlijk |eig )?ook (?:soms )?(?:zin|goesting)$"
)
# Behind a friend's wish to die or wounds, and nowhere else: "eik ook wel soms", "ik voel mij ook zo", "pareil", "ik doe da al".
_BEHIND_THEIRS = re.compile(
    r"^(?:(?:ja+|en|maar|ma|eigenlijk|eig|eerlijk|gezegd|soms|oke|wel|euh|tbh|weet je|sorry) )*(?:ik|eik|kik|ikke|ikzelf)"
    r" (?:(?:zelf|eigenlijk|eig|soms|wel|toch|precies) )*ook(?: (?:wel|soms|eigenlijk|eig|ze|zelle|he|hoor|al|een beetje"
    r"|af en toe))*$"
    r"|^(?:en |maar |ma )?(?:eerlijk gezegd|eigenlijk|eig) ik (?:eigenlijk )?ook (?:ni|nie|niet)(?: meer| he| hoor)?$"
    r"|^(?:(?:ja+|en|maar|ma|eigenlijk|eig|soms|eerlijk|gezegd) )*(?:(?:ik|k) (?:voel|voelde) (?:mij|me)|kvoel (?:mij|me)"
    r"|zo voel (?:ik|k) (?:mij|me)) (?:\w+ )?ook(?: (?:zo|soms|vaak|dikwijls|ze|he))*$"
    r"|^(?:(?:ja+|en|maar|ma|eigenlijk|eig) )*(?:(?:ik|k|kik) (?:doe|doen)|kdoe) (?:da|dat|het|t) (?:zelf )?(?:al|ook al|al lang|soms|zelf"
    r"|elke dag|elke avond)(?: \w+)?$"
    r"|\b(?:ik|k) ben (?:het |de)?(?:gene|diegene|degene|het) (?:die|da|dat) (?:\w+ ){0,2}(?:snij\w*|krast?|dood wil|brandt?)\b"
    r"|^(?:(?:oui|et|mais|ben|bah|euh|enfin|honnetement|franchement|en vrai|en fait|en gros) )*(?:pareil|idem|moi (?:aussi|ossi|pareil))"
    r"(?: (?:moi|pour moi|en fait|en vrai|parfois|des fois|hein|honnetement|franchement))*$"
)
# "ik heb er ook al aan gedacht": of dying only where somebody else's wish to die stands before it.
_THINKS_TOO = re.compile(
    r"\b(?:(?:ik|k|kik) (?:heb|had|denk|dacht)|kheb|keb|kdenk|kdacht) (?:er|daar|daaraan) (?:\w+ ){0,2}ook\b(?! (?:bang|bij|mee|voor"
    r"|tegen|niks|niets|om|geweest))"
    r"|\b(?:denk|dacht) ik (?:er|daar) (?:\w+ )?ook\b(?! (?:om|over om))"
)
# Somebody else who is named as a doer in the words: then "aussi" and "moi" may be theirs.
_NOT_MINE_TOO = re.compile(
    r"\b(?:l aider|aider|lui parler|soutenir|au sport|au foot|cheveux|ongles|film|serie|rire|manger|jeu|lui ai|dimanches?|samedis?"
    r"|ensemble|avec (?:mon|ma|mes))\b"
)

_DIE_NL = r"(?:dood|doodmaken|doodgaan|doodspringen|sterven|zelfmoord|kms|ophangen|van een brug|verdwijnen|er (?:niet|ni|nie) meer|kapot)"
# "iedereen zegt pleeg zelfmoord tegen mij", "elle di ke jdevrai crever": said to the writer, and no wish of their own.
_TOLD_TO_DIE = re.compile(
    r"\b(?<!ik )(?<!k )(?:zegt|zegd|zeggen|zegge|zei|zeien|zeiden|schrijft|schrijven|schreef|stuurt|sturen|stuurde|roept|roepen|riepen"
    r"|typt|typen|post|posten) "
    rf"(?:\w+ ){{0,6}}(?:(?:pleeg|doe) (?:\w+ )?zelfmoord|ga dood|ga u \w+|kms|kys|hang (?:u|je|jezelf|uzelf) op|maak (?:u|je|uzelf"
    rf"|jezelf) (?:\w+ )?(?:kant|dood|kapot|af)"
    rf"|spring (?:van|voor|onder)|(?:dat|da) (?:ik|k|ek) (?:\w+ ){{0,4}}{_DIE_NL}|dak (?:\w+ ){{0,4}}{_DIE_NL}|(?:ik|k) (?:beter|moet"
    rf"|mag|zou moeten|verdien) (?:\w+ ){{0,3}}{_DIE_NL})\b"
    r"|\b(?<!je )(?<!j )(?<!moi )(?:dit|di|disent|disait|ecrit|ecrivent|ecris|envoie|envoient|repete|repetent|crie|crient|commente"
    r"|commentent|dire|m a dit|ma dit|m ont dit|mont dit) (?:\w+ ){0,6}"
    r"(?:tue toi|va te (?:tuer|pendre|suicider|jeter)|suicide toi|va (?:mourir|crever)|creve|kys|pends toi|(?:(?:que|ke|qu|k|q) )?(?:je"
    r"|j|jdevrai|jdevrais|jdois|jmerite)"
    r" (?:\w+ ){0,4}(?:mourir|crever|me (?:tuer|suicider|pendre|jeter)|mort|morte)|(?:de|d) (?:me|m) (?:tuer|suicider|pendre|jeter)"
    r"|(?:de|d) (?:mourir|crever))\b"
)
_WISH_BESIDE = re.compile(
    r"\b(?:ik|k|kik) (?:wil|wou|denk|ga|zou|begin)\b|\b(?:kwil|kwou|kga|kdenk|kzou)\b|\b(?:ze|zij) (?:hebben|heeft) gelijk\b|\b(?:ils"
    r"|elles|il|elle) (?:ont|a) (?:ptet |peut etre )?raison\b"
    r"|\b(?:je|j) (?:veux|vais|pense|commence|voudrais|crois)\b|\b(?:jveux|jvais|jpense|jcommence|jvoudrais|jcrois)\b|\b(?:j y"
    r"|jy) pens\w+\b|\benvie\b"
)


_SAYS_NO = r"(?:(?!(?:niet|ni|nie|nooit|geen|pas|jamais|plus|rien)\b)\w+ )"
# Behind what others told the writer to do, and nowhere else: "soms wil ik dat ook", "soms denk ik eraan", "des fois j'y pense".
_WISH_BEHIND = re.compile(
    rf"\b(?:(?:wil|wou|zou) (?:ik|k|kik)|(?:ik|k|kik) (?:wil|wou|zou)|kwil|kwou) {_SAYS_NO}?(?:da|dat|het|t) {_SAYS_NO}{{0,2}}ook"
    r"(?: (?:soms|echt|eigenlijk|wel|he|hoor|willen))*$"
    rf"|\b(?:(?:denk|dacht) (?:ik|k)|(?:ik|k|kik) (?:denk|dacht|heb)|kdenk|kheb|keb) {_SAYS_NO}{{0,2}}(?:(?:eraan|daaraan)"
    rf"|(?:er|daar) {_SAYS_NO}{{0,2}}aan)\b(?! om (?!(?:het|t|da|dat) ))"
    rf"|\b(?:ik|k|kik) (?:denk|vind|geloof) {_SAYS_NO}{{0,2}}(?:dat|da) (?:het|t|da) {_SAYS_NO}?beter (?:is|zou zijn|was)(?: (?:zo|ook|he"
    r"|zonder mij|voor iedereen))*$"
    r"|\b(?:ze|zij) (?:hebben|heeft|emme) (?:\w+ )?gelijk\b|\b(?:hebben|hebbe) (?:ze|zij) (?:\w+ )?gelijk\b"
    rf"|\b(?:j y|jy|j i|je y) (?:\w+ )?(?:pense|pensais|pence|songe)\b(?! (?:pas|plus|jamais)\b)"
    rf"|\b(?:j ai|jai|g|j en ai|jen ai) {_SAYS_NO}?(?:envie|envi)(?: (?:aussi|parfois|de le faire|des fois|moi|en vrai))*$"
    rf"|\b(?:(?:je|j) (?:le )?(?:veux|voudrais|aimerais)|jveux|jvoudrais) {_SAYS_NO}?aussi(?: parfois| des fois)?$"
    r"|\b(?:ils|elles|il|elle) (?:ont|a) (?:ptet |peut etre )?raison\b"
    r"|\b(?:(?:soms|eigenlijk) )?(?:heb ik|ik heb|kheb) (?:soms )?er (?:soms )?(?:ook )?(?:soms )?zin in\b"
    rf"|\b(?:(?:je|j|jme|moi|je me) (?:pense|crois|dis)|jpense|jcrois) {_SAYS_NO}{{0,2}}(?:que|ke|qu)"
    r" (?:c est|cest|c|ce serait|ca serait|sa serait) (?:\w+ )?mieux(?: (?:aussi|sans moi|pour tout le monde|comme ca))*$"
)
_MOST_BEHIND = 14
"""Words of a wish that points at what was said before; longer ones name it themselves."""

_BEFALLS = re.compile(
    r"\b(?:vriend|vriendin|vriendje|vriendinnetje|maat|makker|kameraad|klasgenoot|klasgenote|gast|meisje|jongen|iemand) "
    r"van (?:mij|me|mn klas|mijn klas|onze klas|de klas|mn school|mijn school|school) (?:wordt|word|wor|werd|is) (?:\w+ ){0,4}"
    r"(?:afgeperst|gechanteerd|bedreigd|gepest|geslagen|mishandeld|misbruikt|verkracht|aangerand|gedwongen|gestalkt)\b"
    r"|\b(?:pote|ami|amie|copine|copain|fille|gars|mec) (?:a moi |de ma classe |de mon ecole |de l ecole )?se (?:fait|faisait|fesait) "
    r"(?:\w+ ){0,2}(?:harceler|menacer|racketter|frapper|taper|violer|agresser|chanter|tabasser|stalker|forcer)\b"
)
_BY_THE_WRITER = re.compile(r"\b(?:door|par) (?:mij|me|ons|moi|nous)\b")


def is_wish_behind(text: str) -> bool:
    """Whether words behind "ze zeggen dat ik dood moet" say that the writer wants that too; `text` as below."""
    return len(text.split()) <= _MOST_BEHIND and _WISH_BEHIND.search(text) is not None


def is_mine_behind(text: str) -> bool:
    """Whether words behind somebody else's wish to die, or their wounds, say that it is the writer's as well; `text` as below."""
    return _BEHIND_THEIRS.search(text) is not None


def is_told_to_die(text: str) -> bool:
    """Whether others tell whoever writes to die, and no wish of their own stands beside it; `text` as below."""
    return _TOLD_TO_DIE.search(text) is not None and _WISH_BESIDE.search(_TOLD_TO_DIE.sub(" ", text)) is None and not is_mine_too(text)


def is_another_life(text: str) -> bool:
    """Whether somebody else wants to die, and not whoever writes too. `text`: lower case, no accents or punctuation, single spaces."""
    return _ANOTHER_LIFE.search(text) is not None and _MY_OWN_LIFE.search(text) is None and not is_mine_too(text)


def befalls_another(text: str) -> bool:
    """Whether others do something to a friend or classmate of the writer: "een vriendin van mij wordt bedreigd"; `text` as above."""
    return _BEFALLS.search(text) is not None and _BY_THE_WRITER.search(text) is None


def is_mine_too(text: str) -> bool:
    """Whether whoever writes says that they want to die or hurt themself as well: "moi je le fais deja"; `text` as above."""
    is_said = _MINE_TOO.search(text) is not None or (_ANOTHER_LIFE.search(text) is not None and _THINKS_TOO.search(text) is not None)
    return is_said and _NOT_MINE_TOO.search(text) is None


def is_my_own_life(text: str) -> bool:
    """Whether whoever writes wants to die; `text` as above."""
    return _MY_OWN_LIFE.search(text) is not None
