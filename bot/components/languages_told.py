"""What is told of a language, and asks for none: "jparle pas bien francais", "ma mère parle pas néerlandais".

Whoever says so goes on in the language they write; nothing is switched under their hands.
"""

from __future__ import annotations

import re
from typing import Optional

from kernel.language import words_of

OWN, ANOTHERS = "own", "anothers"
"""How well they write one themself, or whether it may be the other one too; and what somebody else speaks, or is taught."""
_LANGUAGE = r"(?:nederlands|vlaams|neerlandais|flamand|frans|francais)"
_REQUEST = re.compile(
    r"\b(?:kan|kunnen|kunt|mag|mogen|wil|liever|verder|schakel\w*|aub|alsjeblieft|prefer\w*|jprefer\w*|plutot|veux|jveux|voudrais"
    r"|peux|peut|passe\w*|passer|change\w*|continu\w*|svp|stp|repond\w*|comprends|jcomprends|begrijp|versta|hou|houd)\b"
)
"""Words that ask for a language, whatever is told beside them."""
_NOT_WELL = r"(?:niet|ni|nie|pas|plus) (?:zo |heel |echt |super |tres |trop |vraiment )?(?:goed|sterk|vlot|bien|bon|bonne|fort|forte)"
_OWN = (
    rf"{_NOT_WELL} (?:le |en |in |l |het )?{_LANGUAGE}",
    rf"{_LANGUAGE} (?:is |gaat |praten |schrijven )?{_NOT_WELL}",
    rf"(?:nul|nulle|mauvais|mauvaise|faible|slecht|zwak|fautes?|fouten) (?:en |in |de |d |mijn |mn )?{_LANGUAGE}",
    rf"{_LANGUAGE} (?:(?:je suis|jsuis|chui|chuis|ben ik|ik ben|is|est|c est|cest) )?(?:trop |super |echt |heel |te )?"
    r"(?:nul|nulle|mauvais|mauvaise|slecht|moeilijk|zwak|dur)",
    rf"(?:un peu|ein beetje|een beetje|beetje) (?:le |en |in )?{_LANGUAGE}",
    rf"(?:spreek|praat|schrijf|versta|parle|jparle|ecris|jecris) (?:\w+ ){{0,2}}(?:beetje|weinig|peu) (?:le |en |in |het )?{_LANGUAGE}",
    rf"(?:ook|aussi|ossi) (?:le |en |in het )?{_LANGUAGE}",
    rf"{_LANGUAGE} (?:ook|aussi)",
)
_OF_WHOM = r"(?:il|elle|ils|elles|hij|zij|(?:ma|mon|mes|sa|son|ses|la|le|mijn|mn|men|ons|onze|zijn|haar) \w+(?: \w+)?)"
_SPEAKS = r"(?:parle|parlent|comprend|comprennent|sait|savent|connait|spreekt|spreken|praat|praten|verstaat|verstaan|kent|kennen|begrijpt)"
_ANOTHERS = (
    rf"{_OF_WHOM} (?:ne |n )?{_SPEAKS} (?:\w+ ){{0,3}}{_LANGUAGE}",
    rf"(?:on parle|we spreken|wij spreken|we praten) (?:\w+ )?{_LANGUAGE} "
    r"(?:a l ecole|a lecole|en classe|a la maison|chez|thuis|op school|in de klas)",
    r"^(?:en|of|and) (?:voor )?(?:frans|nederlands)(?: dan)?$",
    rf"(?:prof|cours|examen|interro|devoir|leerkracht|juf|meester|toets|taak|les|boek) (?:de |en |d |in het |van |voor )?{_LANGUAGE}",
)
_OF_SCHOOL = re.compile(
    rf"\b(?:(?:toets|toetsen|examen|examens|interro|controle|test|taak|punten|huiswerk|devoirs?|points) (?:\w+ ){{0,2}}{_LANGUAGE}"
    rf"|{_LANGUAGE} (?:\w+ ){{0,3}}(?:toets|examen|interro|controle|punten|points|gebuisd|buis|huiswerk|devoirs?)"
    rf"|{_LANGUAGE} (?:\w+ ){{0,3}}\d+ (?:op|sur) \d+|\d+ (?:op|sur) \d+ (?:\w+ ){{0,3}}{_LANGUAGE}"
    rf"|(?:hoe (?:zeg|zegt|zegde|schrijf)|comment (?:on |tu |ca se |se )?(?:dit|dis|dire|ecrit|ecris)) (?:\w+ ){{0,7}}{_LANGUAGE}"
    rf"|(?:wat|wa) is (?:da |dat )?(?:\w+ ){{0,3}}(?:in het|in) {_LANGUAGE}"
    rf"|(?:apprendre|leren|leer|etudier|studeren) (?:le |het |voor )?{_LANGUAGE}"
    rf"|en {_LANGUAGE} on (?:a|n a|fait|doit)\b)"
)
"""Lessons, marks and words to be translated, whatever else would ask for a language."""
_OWN_WORDS, _WORDS_OF_ANOTHER = (re.compile(rf"\b(?:{'|'.join(forms)})\b") for forms in (_OWN, _ANOTHERS))


def tells_of_language(text: str) -> Optional[str]:
    """OWN or ANOTHERS where `text`, heard as the wish for another language, only tells of one; None for a wish."""
    words = " ".join(words_of(text))
    if _OF_SCHOOL.search(words):
        return ANOTHERS
    if _REQUEST.search(words):
        return None
    if _WORDS_OF_ANOTHER.search(words):
        return ANOTHERS
    return OWN if _OWN_WORDS.search(words) else None
