"""Finds addresses (street and number, postcode and town, a street after "I live in") and schools, Dutch and French."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, plain

_N = r"\d{1,4}\s?[a-zA-Z]?(?![\w])(?:\s?[-/]\s?\d{1,3})?(?:[\s,]{0,2}(?:bus|bte|boîte|boite|b)\.?\s?\w{1,4}(?!\w))?"
_NR = r"(?:[\s,]{1,2}|(?<=\.))(?:(?:nummer|nr|num|numéro|numero|n°|n|no|huisnummer)[.\s:]{0,2})?"
_NOT_COUNTED = (
    r"(?!\s?(?:keer|keren|dagen|dag|uur|u\b|min|minuten|jaar|maanden|weken|euro|€|%|km|meter|mensen|jongens|meisjes|nachten|man|mannen|personen|x\b|ans?\b|heures?|h\b|"
    r"jours?|fois|mois|semaines?|nuits?|personnes?|mecs?|gars|filles?|minutes|mètres|euros|ème|e\b|de\s+(?:keer|dag)))"
)
_SURE = r"(?:straat|straatje|str\.|steenweg|stwg|laan|lei|plein|dreef|kaai|singel|gracht|wegel|steeg|vest|boulevard|weg|baan|rui|plaats)"
_WEAK = r"(?:markt|hof|park|berg|veld|pad|dijk|heide|bos|beek|kouter|ring|dorp|poort|brug|kerkhof|meers|donk|akker)"
_BEFORE = r"(?:(?:[A-ZÀ-Ý][\w.'’-]*|oude|nieuwe|lange|korte|grote|kleine|hoge|lage|sint|st\.?|groene|rode|witte|zwarte|koning|koningin|burgemeester|pastoor)\s(?:(?:de|van|den|der|van\s(?:de|den|der)|la)\s)?){0,3}"
_NL_STREET = rf"(?<![\w-]){_BEFORE}(?:(?!(?i:onderweg|halfweg|uitweg|omweg|snelweg|autosnelweg|terugweg|voetbalplein|speelplaats|werkplaats|plaats)\b)[\w'’-]{{2,30}}(?i:{_SURE})|(?:(?i:oude|nieuwe|grote|hoge|lage)\s)(?i:baan|weg|markt|plein|steenweg|laan)|[A-ZÀ-Ý][\w'’-]{{1,30}}(?:{_WEAK}|[\s-](?i:laan|plein|straat|weg|baan|steenweg|lei|dreef|markt)))"
_NL = re.compile(rf"{_NL_STREET}{_NR}{_N}{_NOT_COUNTED}")
_LIVES_NL = (
    r"(?i:\b(?:woon\w*|wonen|adres\w*|zit|verblijf|opgesloten|vast|komt?|afgesproken|thuis|slaap|logeer|huis)\b[^.!?\d\n]{0,20}?\b(?:in|op|aan|is|naar|:)\s(?:de\s|het\s|'t\s)?)"
)
_LIVES_NL_SHORT = r"(?i:\b(?:woon|woont|wonen|adres|thuis|verblijf|logeer)\b[^.!?\d\n]{0,12}?(?:\s(?:in|op|aan|is)|:)\s(?:de\s|het\s|'t\s)?)"
_NL_CUED = re.compile(rf"{_LIVES_NL_SHORT}(?P<place>{_NL_STREET}(?!\w))")
_NL_CUED_NUMBER = re.compile(rf"{_LIVES_NL}(?P<place>[A-ZÀ-Ý][\w'’-]{{2,30}}(?:\s[A-ZÀ-Ý][\w'’-]+){{0,3}}\s{_N}){_NOT_COUNTED}")
_NL_BARE = re.compile(rf"(?<![\w-])(?:[Dd]orp|[Mm]eir|[Dd]ries|[Pp]laats|[Kk]erkplein|[Mm]arkt|[Vv]eldeken|[Bb]erg|[Hh]eide|[Zz]and)\s\d{{1,4}}[a-zA-Z]?(?!\w){_NOT_COUNTED}")

_FR_TYPE = (
    r"(?i:rue|avenue|av\.?|ave\.?|boulevard|bld?\.?|bd\.?|boul\.?|place|pl\.|chaussée|chaussee|chée|chee|allée|allee|impasse|quai|square|sq\.|clos|drève|dreve|sentier|chemin|ch\.|ruelle|venelle|"
    r"résidence|residence|esplanade|rond-point|galerie|faubourg|fbg|route|rte|passage|montagne|parvis|grand-rue|grand'rue|grand['’\s-]place|promenade|cour|cours|voie|thier|tienne|domaine)"
)
_FR_STOP = (
    r"(?!(?i:à|pendant|il|elle|je|j|on|ils|depuis|avec|et|qui|que|y|dans|pour|avant|après|parce|mais|ou|où|est|a|sans|tout|toute|toutes|tous|il\sy|y\sa|hier|ce|cette|mon|ma|chez|par|ça|ca|"
    r"vers|moi|en|sont|stp|svp|bus|bte|n|nr|num|numéro)\b)"
)
_FR_WORD = rf"(?:{_FR_STOP}(?:[dlDL]['’])?[\w'’.-]*[^\W\d_][\w'’.-]*)"
_FR_PARTICLE = r"(?:(?:de\s(?:la|l['’])|de\sla|de|du|des|d['’]|l['’]|la|le|les|aux|au)\s?)"
_FR_NAME = rf"(?:{_FR_PARTICLE}?{_FR_WORD})(?:[\s]{_FR_PARTICLE}?{_FR_WORD}){{0,5}}?"
_FR = re.compile(rf"(?<![\w'’-]){_FR_TYPE}(?:\s{_FR_NAME})?{_NR}{_N}{_NOT_COUNTED}")
_FR_PROPER = rf"(?:\s{_FR_PARTICLE}?(?:[dlDL]['’])?[A-ZÀ-Ý][\w'’.-]*)"
_FR_TAIL = rf"(?:(?:\s{_FR_PARTICLE})?{_FR_PROPER}){{1,5}}|\s(?:{_FR_PARTICLE}){{0,2}}{_FR_STOP}[\w'’-]+(?:\s(?:de\sla|de|du|des)\s{_FR_STOP}[\w'’-]+)?"
_FR_FIRST = re.compile(rf"(?<![\w])\d{{1,4}}\s?(?:[a-zA-Z]|bis|ter)?(?:\s?,\s?|\s)(?:à\sla\s)?{_FR_TYPE}(?:{_FR_TAIL})")
_FR_CUED = re.compile(
    rf"(?i:\b(?:habit\w*|adresse|vis|vit|loge|dors|domicile|enfermée?|retient|coincée?|maison)\b[^.!?\d\n]{{0,16}}?\s?)(?P<place>(?<![\w]){_FR_TYPE}(?:{_FR_TAIL}))"
)
_FR_CUE_BARE = re.compile(r"(?i)\b(?:la|une|cette|dans|même|en)\s$")

_TOWN = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_POSTCODE = re.compile(rf"(?<![\w+,.\-])(?P<postcode>(?:[BbFf]\s?-\s?)?[1-9]\d{{3}}),?\s(?:à\s|in\s|te\s)?(?P<town>{_TOWN}(?:[\s-](?:la|le|{_TOWN})){{0,2}})")
_POSTCODE_CUE = re.compile(r"(?i)(?:postcode|code\s?postal|postnummer|cp)\b[^\d\n]{0,10}(?P<place>[1-9]\d{3})(?!\d)")

_SAINT = r"(?:[Ss]int|[Ss]aint|[Ss]ainte|[Ss]te?\.?|SINT|SAINT)[\s-]"
_CAP = r"[A-ZÀ-Ý][\w'’-]*"
_NAMES = rf"(?:{_SAINT}[\w'’-]+(?:-[\w'’]+)*|(?i:don\sbosco|heilig\shart|sacré[\s-]c(?:oe|œ)ur|sacre[\s-]coeur|notre[\s-]dame|onze[\s-]lieve[\s-]vrouwe?|o\.?l\.?v\.?)|{_CAP})"
_MORE = rf"(?:[\s-](?:(?:de|van|den|der|la|le|les|du|des|in|te|d['’]|l['’]|à)\s?){{0,2}}(?:{_SAINT}[\w'’-]+|{_CAP}|(?i:bosco)))"
_KIND_NL = r"(?i:college|lyceum|atheneum|instituut|humaniora|basisschool|school|middenschool|secundair|campus|scholengroep|scholengemeenschap|kleuterschool|internaat|academie|technicum|vrije\sbasisschool)"
_SCHOOL_NL = (
    # Sint-Jozefcollege, heilig hart instituut, Koninklijk Atheneum Gent, GO! atheneum Mechelen, Scheppersinstituut Wetteren
    re.compile(rf"(?<![\w-])(?:{_NAMES}[\s-]?){{1,3}}(?<=[\w\s-]){_KIND_NL}(?!\w){_MORE}{{0,2}}"),
    re.compile(rf"(?<![\w-])(?:(?i:koninklijk|stedelijk|gemeentelijk|provinciaal|vrij|go!|k\.?a\.?)\s)+(?:{_KIND_NL})(?:\s(?:in|van|te))?(?:\s{_CAP}|\s(?P<t>[a-z-]+))?{_MORE}{{0,2}}"),
    re.compile(rf"(?<![\w-])(?!(?i:basisschool|kleuterschool|middelbareschool|hogeschool|middenschool|muziekschool|zwemschool|dansschool|rijschool|voorschool|zaterdagschool|avondschool|privéschool|jeugdacademie)\b)[\w'’-]{{3,30}}(?i:college|lyceum|instituut|atheneum|humaniora|school)(?!\w){_MORE}{{0,2}}"),
    re.compile(rf"(?<![\w-])(?:VTI|KTA|KA|BSGO|GTI|VITO|TSM|PTI|PITO|SUI|SJI|MPI|BuSO|RTC|TISO|TSO|BSBO|HTISA|vti|kta|vito|tsm|bsgo)(?:\s(?:in|van|te))?\s(?:{_SAINT}[\w'’-]+|{_CAP}|(?P<t>[a-z-]{{3,}}))"),
    re.compile(rf"(?<![\w-]){_KIND_NL}\s(?:(?:van|in|de|het)\s)?(?:(?:[Dd]e|[Hh]et|[Dd]en)\s)?(?:{_SAINT}[\w'’-]+|{_CAP}){_MORE}{{0,2}}"),
    re.compile(rf"(?i:school\s(?:heet|noemt|is|:)\s(?:het\s|de\s)?)(?P<place>(?:(?:De|Het|Den|'t)\s)?(?:{_SAINT}[\w'’-]+|{_CAP}){_MORE}{{0,2}})"),
    re.compile(rf"(?i:\b(?:zit\w*|ga|gaat|school|leerlingen|iedereen|klas|leraar|directeur|les|speelplaats|studeer)\b[^.!?\n]{{0,25}}?\b(?:op|in|aan|naar|van|uit)\s(?:het\s|de\s|den\s)?)(?P<place>{_SAINT}[\w'’-]+|(?i:don\sbosco|heilig\shart|o\.?l\.?v\.?)(?!\w)){_MORE}{{0,2}}"),
)
_KIND_FR = r"(?i:athénée|athenee|collège|college|lycée|lycee|institut|école|ecole|haute\sécole|haute\secole|centre\sscolaire|cefa|internat|campus|ar|ind|humanités)"
_ADJ_FR = r"(?:\s(?i:royal|royale|communal|communale|provincial|provinciale|technique|libre|fondamentale|maternelle|primaire|secondaire|catholique|spécialisée|supérieure|industrielle|professionnelle|moyenne|polytechnique|européenne|internationale))"
_LINK_FR = r"(?:\s(?:(?:de\sla|de\sl['’]|de|du|des|d['’]|l['’]|la|le|les)\s?))"
_SCHOOL_FR = (
    re.compile(rf"(?<![\w-])(?:[Ll]['’](?=[IAÉE]))?{_KIND_FR}{_ADJ_FR}{{0,2}}{_LINK_FR}{{0,2}}\s?(?<=[\s'’])(?:{_NAMES}){_MORE}{{0,3}}(?:\s(?:I{{1,3}}|IV|VI{{0,3}}|X)\b|(?<=\w)\s[IVX]{{1,4}}\b)?"),
    re.compile(rf"(?<![\w-])(?i:athénée|athenee|lycée|lycee|collège|institut){_ADJ_FR}{{0,2}}{_LINK_FR}{{1,2}}\s?(?P<t>[a-zà-ÿ-]{{3,}})"),
    re.compile(rf"(?i:(?:école|ecole|lycée|collège|bahut)\s(?:s['’]appelle|c['’]est|est|:)\s)(?P<place>(?:[Ll]['’]|(?:[Ll]es?|[Ll]a)\s)?(?:{_SAINT}[\w'’-]+|{_CAP}|(?i:don\sbosco|notre[\s-]dame)){_MORE}{{0,3}})"),
    re.compile(rf"(?i:\b(?:suis|vais|va|est|étudie|monde|élèves?|classe|prof|profs|directeur|directrice|école|ecole|cours|gens|scolarisée?)\b[^.!?\n]{{0,25}}?(?:\bà|\bau|\baux|\bde|\bdu|\bd['’]|école|ecole)\s?)(?P<place>{_SAINT}[\w'’-]+|(?i:don\sbosco|notre[\s-]dame|sacré[\s-]c(?:oe|œ)ur)(?!\w)){_MORE}{{0,3}}"),
)


def addresses(text: str, towns: frozenset[str]) -> Iterator[Span]:
    """Street and number in either order, postcode and town (`towns`: plain names), a street after "ik woon in", "j'habite"."""
    for pattern in (_NL, _NL_BARE, _FR, _FR_FIRST):
        for found in pattern.finditer(text):
            yield Span(*found.span(), "address")
    for pattern in (_NL_CUED, _NL_CUED_NUMBER, _FR_CUED, _POSTCODE_CUE):
        for found in pattern.finditer(text):
            if not (pattern is _FR_CUED and _FR_CUE_BARE.search(text[: found.start("place")])):
                yield Span(*found.span("place"), "address")
    for found in _POSTCODE.finditer(text):
        end = _town_end(found["town"], towns)
        if end:
            yield Span(found.start(), found.start("town") + end, "address")


def _town_end(words: str, towns: frozenset[str]) -> int:
    """How many characters of `words` name a town; 0 when none does. A town not listed needs a capital."""
    places = [found.end() for found in re.finditer(_TOWN, words)]
    for end in reversed(places):
        if plain(words[:end]) in towns:
            return end
    first = places[0]
    name = plain(words[:first])
    if name.split("-")[0] in towns or (name.startswith(("sint-", "saint-"))):
        return first
    return 0


def schools(text: str, towns: frozenset[str]) -> Iterator[Span]:
    """Schools by name. A lower-case name counts when it is a town or a saint ("collège saint-pierre", "vti aalst")."""
    for pattern in (*_SCHOOL_NL, *_SCHOOL_FR):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            town = groups.get("t")
            if town is not None and plain(town) not in towns:
                continue
            start = found.start("place") if groups.get("place") is not None else found.start()
            yield Span(start, found.end(), "school")
