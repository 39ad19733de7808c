"""Finds addresses, Dutch and French: street and number, postcode and town, a street after "I live in"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, plain

_N = r"\d{1,4}\s?[a-zA-Z]?(?![\w])(?:\s?[-/]\s?\d{1,3})?(?:[\s,]{0,2}(?:bus|bte|boîte|boite|b)\.?\s?\w{1,4}(?!\w))?"
_NR = r"(?:[\s,]{1,2}|(?<=\.))(?:(?:nummer|nr|num|numéro|numero|n°|n|no|huisnummer)[.\s:]{0,2})?"
_NOT_COUNTED = (
    r"(?!\s?(?:keer|keren|dagen|dag|uur|u\b|min|minuten|jaar|maanden|weken|euro|€|%|km|meter|mensen|jongens|meisjes|nachten|"
    r"man|mannen|personen|x\b|ans?\b|heures?|h\b|"
    r"jours?|fois|mois|semaines?|nuits?|personnes?|mecs?|gars|filles?|minutes|mètres|euros|ème|e\b|de\s+(?:keer|dag)))"
)
_SURE = r"(?:straat|straatje|str\.|steenweg|stwg|laan|lei|plein|dreef|kaai|singel|gracht|wegel|steeg|vest|boulevard|weg|baan|rui|plaats)"
_WEAK = r"(?:markt|hof|park|berg|veld|pad|dijk|heide|bos|beek|kouter|ring|dorp|poort|brug|kerkhof|meers|donk|akker)"
_BEFORE = (
    r"(?:(?:[A-ZÀ-Ý][\w.'’-]{0,25}|oude|nieuwe|lange|korte|grote|kleine|hoge|lage|sint|st\.?|groene|rode|witte|zwarte|koning|"
    r"koningin|burgemeester|pastoor)\s(?:(?:de|van|den|der|van\s(?:de|den|der)|la)\s)?){0,3}"
)
_NL_STREET = (
    rf"(?<![\w'’-]){_BEFORE}(?:(?!(?i:onderweg|halfweg|uitweg|omweg|snelweg|autosnelweg|terugweg|voetbalplein|speelplaats|"
    rf"werkplaats|plaats)\b)[\w'’-]{{2,30}}(?i:{_SURE})|(?:(?i:oude|nieuwe|grote|hoge|lage)\s)(?i:baan|weg|markt|plein|"
    rf"steenweg|laan)|[A-ZÀ-Ý][\w'’-]{{1,30}}(?:{_WEAK}|[\s-](?i:laan|plein|straat|weg|baan|steenweg|lei|dreef|markt)))"
)
_NL = re.compile(rf"{_NL_STREET}{_NR}{_N}{_NOT_COUNTED}")
_LIVES_NL = (
    r"(?i:\b(?:woon\w*|wonen|adres\w*|zit|verblijf|opgesloten|vast|komt?|afgesproken|thuis|slaap|logeer|"
    r"huis)\b[^.!?\d\n]{0,20}?\b(?:in|op|aan|is|naar|:)\s(?:de\s|het\s|'t\s)?)"
)
_LIVES_NL_SHORT = (
    r"(?i:\b(?:woon|woont|wonen|adres|thuis|verblijf|logeer)\b[^.!?\d\n]{0,12}?(?:\s(?:in|op|aan|is)|:)\s(?:de\s|het\s|'t\s)?)"
)
_NL_CUED = re.compile(rf"{_LIVES_NL_SHORT}(?P<place>{_NL_STREET}(?!\w))")
_NL_CUED_NUMBER = re.compile(rf"{_LIVES_NL}(?P<place>[A-ZÀ-Ý][\w'’-]{{2,30}}(?:\s[A-ZÀ-Ý][\w'’-]+){{0,3}}\s{_N}){_NOT_COUNTED}")
_NL_BARE = re.compile(
    rf"(?<![\w-])(?:[Dd]orp|[Mm]eir|[Dd]ries|[Pp]laats|[Kk]erkplein|[Mm]arkt|[Vv]eldeken|[Bb]erg|[Hh]eide|"
    rf"[Zz]and)\s\d{{1,4}}[a-zA-Z]?(?!\w){_NOT_COUNTED}"
)

_FR_TYPE = (
    r"(?i:rue|avenue|av\.?|ave\.?|boulevard|bld?\.?|bd\.?|boul\.?|place|pl\.|chaussée|chaussee|chée|chee|allée|allee|impasse|"
    r"quai|square|sq\.|clos|drève|dreve|sentier|chemin|ch\.|ruelle|venelle|"
    r"résidence|residence|esplanade|rond-point|galerie|faubourg|fbg|route|rte|passage|cité|cite|montagne|parvis|grand-rue|"
    r"grand'rue|grand['’\s-]place|promenade|cour|cours|voie|thier|tienne|domaine)"
)
_FR_STOP = (
    r"(?!(?i:à|pendant|il|elle|je|j|on|ils|depuis|avec|et|qui|que|y|dans|pour|avant|après|parce|mais|ou|où|est|a|sans|tout|"
    r"toute|toutes|tous|il\sy|y\sa|hier|ce|cette|mon|ma|chez|par|ça|ca|"
    r"vers|moi|en|sont|stp|svp|bus|bte|n|nr|num|numéro|ik|ben|zijn|wij|hij|zij|ge|is|was|heb|kheb|kben|om|van|met)\b)"
)
_FR_WORD = rf"{_FR_STOP}[^\W\d_][\w'’.-]{{0,40}}"
_FR = re.compile(rf"(?<![\w'’-])(?:{_FR_TYPE}(?:\s{_FR_WORD}){{1,8}}?|(?i:grand[-'’]?\s?(?:rue|place)|rue|avenue)){_NR}{_N}{_NOT_COUNTED}")
_FR_LINK = r"(?:(?:de|du|des|la|le|les|aux|au)\s|[dlDL]['’])"
_FR_TAIL = (
    rf"(?:(?:\s{_FR_LINK}{{0,3}}[A-ZÀ-Ý][\w'’.-]{{0,40}}){{1,5}}"
    rf"|\s{_FR_LINK}{{0,3}}{_FR_WORD}(?:\s{_FR_LINK}{{1,2}}{_FR_WORD})?)"
)
_FR_FIRST = re.compile(rf"(?<![\w])\d{{1,4}}\s?(?:[a-zA-Z]|bis|ter)?(?:\s?,\s?|\s)(?:à\sla\s)?{_FR_TYPE}(?:{_FR_TAIL})")
_FR_CUED = re.compile(
    rf"(?i:\b(?:habit\w*|adresse|vis|vit|loge|dors|domicile|enfermée?|retient|coincée?|"
    rf"maison)\b[^.!?\d\n]{{0,16}}?\s?)(?P<place>(?<![\w]){_FR_TYPE}(?:{_FR_TAIL}))"
)
_FR_CUE_BARE = re.compile(r"(?i)\b(?:la|une|cette|dans|même|en)\s$")

WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_POSTCODE = re.compile(
    rf"(?<![\w+,.\-])(?P<postcode>(?:[BbFf]\s?-\s?)?[1-9]\d{{3}}),?\s(?:à\s|in\s|te\s)?(?P<town>{WORD}(?:[\s-](?:la|le|"
    rf"{WORD})){{0,2}})"
)
_POSTCODE_CUE = re.compile(r"(?i)(?:postcode|code\s?postal|postnummer|cp)\b[^\d\n]{0,10}(?P<place>[1-9]\d{3})(?!\d)")


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


_TOWN_BESIDE = re.compile(rf"(?P<link>\s?,\s?(?:(?:in|te|à|a)\s)?|\s(?:in|te|à|a)\s|\s)(?P<town>{WORD}(?:[\s-]{WORD}){{0,2}})")


def with_town(text: str, span: Span, towns: frozenset[str], ordinary: frozenset[str]) -> Span:
    """An address or school with the town beside it ("…, Gent", "… in brugge"): what is left would still say where.

    A town that is an ordinary word as well ("as", "mons") counts only with a capital or behind "in", "te", "à".
    """
    found = _TOWN_BESIDE.match(text, span.end)
    if span.kind not in ("address", "school") or found is None:
        return span
    words = found["town"]
    for end in reversed([word.end() for word in re.finditer(WORD, words)]):
        name = plain(words[:end])
        if name in towns and (name not in ordinary or words[0].isupper() or found["link"].strip(" ,") in ("in", "te", "à")):
            return Span(span.start, found.start("town") + end, span.kind)
    return span


def _town_end(words: str, towns: frozenset[str]) -> int:
    """How many characters of `words` name a town; 0 when none does. A town not listed needs a capital."""
    places = [found.end() for found in re.finditer(WORD, words)]
    for end in reversed(places):
        if plain(words[:end]) in towns:
            return end
    first = places[0]
    name = plain(words[:first])
    if name.split("-")[0] in towns or (name.startswith(("sint-", "saint-"))):
        return first
    return 0
