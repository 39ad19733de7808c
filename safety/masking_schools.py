"""Finds schools by name, Dutch and French."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_places import WORD
from safety.masking_school_words import FEASTS, schools_by_words
from safety.masking_text import Span, plain
from safety.masking_words import NameWords

_SAINT = r"(?:[Ss]int|[Ss]aint|[Ss]ainte|[Ss]te?\.?|SINT|SAINT)[\s-]"
_CAP = r"[A-ZÀ-Ý][\w'’-]{0,40}"
_NAMES = (
    rf"(?:{_SAINT}[\w'’-]{{1,40}}|(?i:don\sbosco|heilig\shart|sacré[\s-]c(?:oe|œ)ur|sacre[\s-]coeur|notre[\s-]dame|"
    rf"onze[\s-]lieve[\s-]vrouwe?|o\.?l\.?v\.?)|{_CAP})"
)
_MORE = rf"(?:[\s-](?:(?:de|van|den|der|la|le|les|du|des|in|te|d['’]|l['’]|à)\s?){{0,2}}(?:{_SAINT}[\w'’-]{{1,40}}|{_CAP}|(?i:bosco)))"
_KIND_NL = (
    r"(?i:college|lyceum|atheneum|instituut|humaniora|basisschool|school|middenschool|secundair|campus|scholengroep|"
    r"scholengemeenschap|kleuterschool|internaat|academie|technicum|vrije\sbasisschool)"
)
_SCHOOL_NL = (
    # Sint-Jozefcollege, heilig hart instituut, Koninklijk Atheneum Gent, GO! atheneum Mechelen, Scheppersinstituut Wetteren
    re.compile(rf"(?<![\w'’-])(?:{_NAMES}\s){{1,3}}{_KIND_NL}(?!\w){_MORE}{{0,2}}"),
    re.compile(
        rf"(?<![\w-])(?:(?i:koninklijk|stedelijk|gemeentelijk|provinciaal|vrij|go!|k\.?a\.?)\s){{1,3}}(?:{_KIND_NL})(?:\s(?:in|van|"
        rf"te))?(?:\s{_CAP}|\s(?P<t>[a-z-]+))?{_MORE}{{0,2}}"
    ),
    re.compile(
        rf"(?<![\w-])(?!(?i:schoonheidsinstituut|onderzoeksinstituut|schepencollege)\b)(?:{_SAINT})?[\w'’-]{{3,30}}(?i:college|"
        rf"lyceum|instituut|atheneum|humaniora)(?!\w){_MORE}{{0,2}}"
    ),
    re.compile(
        rf"(?<![\w-])(?:VTI|KTA|KA|BSGO|GTI|VITO|TSM|PTI|PITO|SUI|SJI|MPI|BuSO|RTC|TISO|VISO|VIBSO|VHSI|PIVA|BSBO|HTISA|VTS|"
        rf"WICO|TechniGO|vti|viso|kta|vito|tsm|bsgo)(?:\s(?:in|van|te))?\s(?:{_SAINT}[\w'’-]{{1,40}}|{_CAP}|(?P<t>[a-z-]{{3,}}))"
    ),
    re.compile(rf"(?<![\w-]){_KIND_NL}\s(?:(?:[Dd]e|[Hh]et|[Dd]en|'t)\s)?(?:{_SAINT}[\w'’-]{{1,40}}|{_CAP}){_MORE}{{0,2}}"),
    re.compile(
        rf"(?<![\w-])(?i:college|lyceum|atheneum|instituut|humaniora)\s(?:van|in|te)\s(?:het\s)?(?:{_SAINT}[\w'’-]{{1,40}}|{_CAP}|"
        rf"(?P<t>[a-z-]{{3,}}))"
    ),
    re.compile(r"(?i:(?:basisschool|kleuterschool|lagere\sschool)\s(?:de|het|'t|den)\s)(?P<n>[\w'’-]{3,})"),
    re.compile(
        rf"(?i:school\s(?:heet|noemt|is|:)\s(?:het\s|de\s)?)(?P<place>(?:(?:De|Het|Den|'t)\s)?(?:{_SAINT}[\w'’-]{{1,40}}|"
        rf"{_CAP}){_MORE}{{0,2}})"
    ),
    re.compile(
        rf"(?i:\b(?:zit\w*|ga|gaat|school|leerlingen|iedereen|klas|leraar|directeur|les|speelplaats|"
        rf"studeer)\b[^.!?\n]{{0,25}}?\b(?:op|in|aan|naar|van|uit)\s(?:het\s|de\s|den\s)?)(?P<place>{_SAINT}[\w'’-]{{1,40}}|"
        rf"(?i:don\sbosco|heilig\shart|o\.?l\.?v\.?)(?!\w)){_MORE}{{0,2}}"
    ),
)
_KIND_FR = (
    r"(?i:athénée|athenee|collège|college|lycée|lycee|institut|école|ecole|haute\sécole|haute\secole|centre\sscolaire|cefa|"
    r"internat|campus|ar|ind|humanités)"
)
_ADJ_FR = (
    r"(?:\s(?i:royal|royale|communal|communale|provincial|provinciale|technique|libre|fondamentale|maternelle|primaire|"
    r"secondaire|catholique|spécialisée|supérieure|industrielle|professionnelle|moyenne|polytechnique|européenne|"
    r"internationale))"
)
_LINK_FR = r"(?:\s(?:(?:de\sla|de\sl['’]|de|du|des|d['’]|l['’]|la|le|les)\s?))"
_SCHOOL_FR = (
    re.compile(rf"(?i:école|ecole){_ADJ_FR}{{1,2}}\s(?i:les|la|le|du|des|de\sla|de\sl['’]|l['’])\s?(?P<n>[\w'’-]{{3,}})"),
    re.compile(
        rf"(?<![\w-])(?:[Ll]['’](?=[IAÉE]))?{_KIND_FR}{_ADJ_FR}{{0,2}}{_LINK_FR}{{0,2}}\s?(?<=[\s'’])(?:{_NAMES}){_MORE}{{0,3}}"
        r"(?:\s[IVX]{1,4}\b)?"
    ),
    re.compile(rf"(?<![\w-])(?i:athénée|athenee|lycée|lycee|collège|institut){_ADJ_FR}{{0,2}}{_LINK_FR}{{1,2}}\s?(?P<t>[a-zà-ÿ-]{{3,}})"),
    re.compile(
        rf"(?i:(?:école|ecole|lycée|collège|bahut)\s(?:s['’]appelle|c['’]est|est|:)\s)(?P<place>(?:[Ll]['’]|(?:[Ll]es?|"
        rf"[Ll]a)\s)?(?:{_SAINT}[\w'’-]{{1,40}}|{_CAP}|(?i:don\sbosco|notre[\s-]dame)){_MORE}{{0,3}})"
    ),
    re.compile(
        rf"(?i:\b(?:suis|vais|va|est|étudie|monde|élèves?|classe|prof|profs|directeur|directrice|école|ecole|cours|gens|"
        rf"scolarisée?)\b[^.!?\n]{{0,25}}?(?:\bà|\bau|\baux|\bde|\bdu|\bd['’]|école|ecole)\s?)(?P<place>{_SAINT}[\w'’-]{{1,40}}|"
        rf"(?i:don\sbosco|notre[\s-]dame|sacré[\s-]c(?:oe|œ)ur)(?!\w)){_MORE}{{0,3}}"
    ),
)


_NO_SCHOOL = frozenset(
    "school college lyceum atheneum instituut humaniora basisschool middenschool secundair campus scholengroep internaat "
    "academie athenee lycee institut ecole cefa internat ar ind humanites "
    "koninklijk stedelijk gemeentelijk provinciaal vrij go royal royale communal communale provincial provinciale technique "
    "libre fondamentale maternelle primaire secondaire catholique "
    "specialisee superieure industrielle professionnelle moyenne polytechnique europeenne internationale haute scolaire de het "
    "den van der in te la le les l d du des".split()
)


_GLUED = re.compile(r"(?<!\w)[lLdD](?=(?P<word>(?:ath[ée]n[ée]e|institut|[ée]cole|ita)(?!\w)|[^\W\d_]{4,}))")
"""A French article without its apostrophe: "lathenee", "royal dixelles"."""
_NAMING = frozenset("saint sainte st ste sts royal royale notre sacre".split())


def schools(text: str, known: NameWords) -> Iterator[Span]:
    """Schools by name, also where a French article is glued to the word ("linstitut saint louis a namur")."""
    apart = _unglued(text, known)
    found = list(_schools(text, known))
    if apart != text:
        found += [
            Span(span.start - (apart[span.start - 1 : span.start] != text[max(span.start - 1, 0) : span.start]), span.end, span.kind)
            for span in _schools(apart, known)
            if _is_named(plain(apart[span.start : span.end]), known)
        ]
    yield from found


def _is_named(school: str, known: NameWords) -> bool:
    """Whether a saint, a king or a town stands in the name: "lecole primaire psk" goes on without any."""
    words = set(re.findall(r"[a-z]+", school))
    return not words.isdisjoint(_NAMING) or not words.isdisjoint(known.towns)


def _unglued(text: str, known: NameWords) -> str:
    """`text`, as long as it was, with a blank for the article before a school word, or before a town with a vowel."""

    def blank(found: re.Match[str]) -> str:
        word = plain(found["word"])
        school = word in ("athenee", "institut", "ecole", "ita")
        return " " if school or (word in known.towns and word[0] in "aeiouyh" and plain(found[0]) == "d") else found[0]

    return _GLUED.sub(blank, text)


def _schools(text: str, known: NameWords) -> Iterator[Span]:
    """Schools by name, in any case. Everyday words name none ("Onze school"). In a text all in capitals, capitals say nothing."""
    towns, common = known.towns, known.common
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) > len(letters) / 2 and len(text.lower()) == len(text):
        text = text.lower()
    yield from schools_by_words(text, known)
    for pattern in (*_SCHOOL_NL, *_SCHOOL_FR):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            town = groups.get("t")
            place = groups.get("place")
            lower = plain(groups.get("n") or "")
            if lower in common or (town is not None and plain(town) not in towns) or (place is not None and _is_no_school(place, towns)):
                continue
            start = found.start("place") if place is not None else found.start()
            start = _past_common(text, start, found.end(), common)
            words = {plain(word) for word in re.findall(WORD, text[start : found.end()])}
            telling = words - _NO_SCHOOL - common
            # "een school in Brugge" is one of many; the athénée of Namur is one
            if telling and not (words & {"school", "ecole", "internaat", "internat"} and telling <= towns):
                yield Span(start, found.end(), "school")


def _is_no_school(place: str, towns: frozenset[str]) -> bool:
    """Only a town, or a feast ("de saint nicolas")."""
    name = plain(place)
    return name in towns or re.split(r"[\s-]", name)[-1] in FEASTS


def _past_common(text: str, start: int, end: int, common: frozenset[str]) -> int:
    """Where the name starts in text[start:end] once "Op", "Onze" and the like are left out."""
    for word in re.finditer(WORD, text[start:end]):
        name = plain(word[0])
        if name in common and name not in _NO_SCHOOL:
            continue
        return start + word.start() if word.start() else start
    return end
