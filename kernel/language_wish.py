"""The wish for a language, in plain words ("en français svp"), and messages in a language that is not ours."""

from __future__ import annotations

import re

from kernel.language import Language, words_of

_NL, _FR = r"(?:nederlands|vlaams|neerlandais|flamand)", r"(?:frans|francais)"
_IN = rf"(?<!pas )(?<!niet )(?<!ni )(?<!nie )(?<!geen )(?<!gin )(?:in (?:het |t )?(?:{_NL}|{_FR})|en (?:neerlandais|flamand|francais))"
"""The language named behind "in"; "en frans" is the Dutch "and French"."""
_PLEASE = r"(?:svp|stp|aub|alsjeblieft|alstublieft|please|pls|plz|graag)"
_WISHES = (
    rf"{_IN}(?: \w+)? {_PLEASE}\b",
    rf"\b{_PLEASE} {_IN}",
    rf"\b(?:prefer\w*|jprefer\w*|liever|plutot|j aime mieux|jaime mieux)(?: \w+){{0,4}} {_IN}",
    rf"{_IN} (?:liever|plutot)",
    rf"\b(?:kan|kank|mag|kunnen|kunt|kunde|peux|jpeux|peut|possible|moyen)(?: (?!(?:pas|niet|ni|nie|geen|gin)\b)\w+){{0,4}} {_IN}",
    rf"{_IN}(?: \w+)? (?:c est possible|cest possible|c possible|mogelijk)\b",
)
_WISH = re.compile("|".join(_WISHES))
_SPEAKER = re.compile(
    r"^(?:ja |nee |neen |oui |non |sorry |ma |maar |mais )*(?:ik ben|k ben|kben|ben|je suis|jsuis|chui|chuis) (?:wel |eigenlijk |gewoon )?"
    r"(?:(?P<nl>nederlandstalig|vlaming|neerlandophone)|(?P<fr>franstalig|francophone))(?: (?:he|eh|hoor|hein|moi|sorry|desole))*$"
)
"""Whose language it is, and nothing else."""
_OF_SCHOOL = re.compile(
    r"\b(?:cours|prof|examen|interro|devoirs?|leerkracht|juf|meester|toets|taak|les|boek|livre|film|huiswerk|points|punten|cote"
    r"|examens|toetsen|controle|hoe (?:zeg|schrijf)|comment (?:on )?(?:dit|ecrit))\b"
)
_THIRD = re.compile(r"\b(?:il|elle|hij|zij|ze|mon|ma|mijn|mn) (?:\w+ )?(?:peut|kan|mag)\b")
"""What somebody else can: "mijn mama kan niet in het frans schrijven"."""
_FOREIGN = frozenset(
    # Spanish
    "quiere quiero tengo estoy soy tiene miedo ayuda ayudame hermano hermana padre madre porque chico chica casar casarme marruecos mandar "
    "desnuda desnudo para pero muy nadie golpea pega papa mi novio novia espanol puedo hacer "
    # Polish
    "mnie bije pije jest jestem mam pomocy moja moj tata boje sie prosze chce czy dlaczego "
    "szkole ktos zdjecie zdjecia mowie polsku brat siostra "
    # Turkish
    "babam annem beni bana dovuyor korkuyorum yardim lutfen istemiyorum istiyor yok okul abim bir cok "
    "evde degil evlendirmek turkce konusuyorum".split()
)
"""Words of three languages that neither of ours has."""
_ALSO_OURS = frozenset({"papa", "mi", "para", "mam", "bir", "tata", "pega"})
"""They count only beside two others."""
_FEWEST_FOREIGN, _LEAST_SHARE = 2, 0.3


_ASKS_ENGLISH = re.compile(
    r"\b(?:in english(?: please| pls| plz)?|english please|en anglais (?:svp|stp)|(?:svp|stp) en anglais"
    r"|in (?:het )?engels (?:aub|please|alsjeblieft|alstublieft|graag)|(?:do )?you speak english"
    r"|(?:kan|kunt|spreek|spreekt|praat|versta) (?:je|jij|u|ge|gij) (?:ook )?engels|kunde (?:gij )?engels|spreekte engels"
    r"|(?:tu parles?|vous parlez|parles tu|parlez vous|tu comprends) anglais)\b"
)
_ENGLISH_DANGER = re.compile(
    r"\b(?:in danger|knife|gun|weapon|kill\w*|suicide|want to die"
    r"|hits?|hitting|beats?|beaten|beating|rap(?:e|ed|es)|blood|bleeding|chok\w+|strangl\w+"
    r"|overdose|pills|locked me|kidnapp\w+|touch(?:es|ed)? me|hurt(?:s|ing)? me)\b"
)


def asks_english(text: str) -> str | None:
    """What `text` tells beside the wish for English ("" for nothing); None where it asks for none, or speaks of lessons."""
    words = " ".join(words_of(text))
    wish = _ASKS_ENGLISH.search(words)
    return None if wish is None or _OF_SCHOOL.search(words) else f"{words[: wish.start()]} {words[wish.end() :]}".strip()


def is_danger_in_english(text: str) -> bool:
    """Whether the English of `text` names a danger, by its words."""
    return _ENGLISH_DANGER.search(" ".join(words_of(text))) is not None


def asked_language(text: str) -> Language | None:
    """The language that `text` asks to go on in; None where it asks for none, or speaks of lessons or of somebody else."""
    words = " ".join(words_of(text))
    speaker = _SPEAKER.search(words)
    if speaker is not None:
        return Language.NL if speaker["nl"] else Language.FR
    wish = _WISH.search(words)
    if wish is None or _OF_SCHOOL.search(words) or _THIRD.search(words):
        return None
    named = wish[0]
    return Language.FR if re.search(_FR, named) else Language.NL


def is_foreign(text: str) -> bool:
    """Whether `text` is in Spanish, Polish or Turkish, by its words."""
    words = words_of(text)
    found = set(words) & _FOREIGN
    return len(found - _ALSO_OURS) >= _FEWEST_FOREIGN and sum(word in _FOREIGN for word in words) / len(words) >= _LEAST_SHARE
