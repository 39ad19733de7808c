"""Names by the clause they stand in: what each rule hides, and what must stay."""

from __future__ import annotations

import pytest

from kernel.language import Language
from safety.masking import Masker

NL, FR = Language.NL, Language.FR


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (NL, "iedereen noemt hem snorrie op school", "iedereen noemt hem [name] op school"),
        (FR, "tt le monde m'appelle zouzou a l'ecole", "tt le monde m'appelle [name] a l'ecole"),
        (NL, "roos zei da ge gewoon moet zwijgen", "[name] zei da ge gewoon moet zwijgen"),
        (NL, "gisteren heeft roos mij gebeld", "gisteren heeft [name] mij gebeld"),
        (NL, "ben heeft mij bedreigd", "[name] heeft mij bedreigd"),
        (FR, "claire m'a dit de me taire", "[name] m'a dit de me taire"),
        (FR, "pierre arrete pas de m'ecrire", "[name] arrete pas de m'ecrire"),
        (NL, "brekko heeft mij geslagen", "[name] heeft mij geslagen"),
        (FR, "movzar m'a frappé", "[name] m'a frappé"),
        (NL, "storm uit 4c lacht mij uit", "[name] uit 4c lacht mij uit"),
        (FR, "rose de 3B m'insulte", "[name] de 3B m'insulte"),
        (FR, "sultan dans ma classe me tape", "[name] dans ma classe me tape"),
        (FR, "mr petit me touche", "mr [name] me touche"),
        (FR, "la prof de math dubois me deteste", "la prof de math [name] me deteste"),
        (NL, "de turnleraar claes kijkt in de kleedkamer", "de turnleraar [name] kijkt in de kleedkamer"),
        (FR, "jai vu le snap de kelyo", "jai vu le snap de [name]"),
        (FR, "les parents de tezlime la frappent", "les parents de [name] la frappent"),
        (FR, "tata maggouy me croit pas", "tata [name] me croit pas"),
        (NL, "nonkel jef zat aan mij", "nonkel [name] zat aan mij"),
        (NL, "hey hier frenno", "hey hier [name]"),
        (FR, "coucou c'est ysolé", "coucou c'est [name]"),
        (NL, "ik wil hulp groetjes jinzo", "ik wil hulp groetjes [name]"),
        (NL, "ik ben verliefd op brekko", "ik ben verliefd op [name]"),
        (FR, "jsuis amoureuse de clement", "jsuis amoureuse de [name]"),
        (FR, "jean michel le voisin me suit", "[name] le voisin me suit"),
        (FR, "marielou ma tout dit", "[name] ma tout dit"),
        (FR, "kevvin m'envoie des photos", "[name] m'envoie des photos"),
        (FR, "moi et zorayo on veut fuguer", "moi et [name] on veut fuguer"),
        (NL, "jonas, milzo en xander hebben da gefilmd", "[name] en [name] hebben da gefilmd"),
        (FR, "may et june rigolent", "[name] et [name] rigolent"),
        (NL, "mijn zus gulnazze", "mijn zus [name]"),
        (FR, "parle a aurore stp", "parle a [name] stp"),
    ],
)
def test_hidden(rules: Masker, language: Language, text: str, expected: str) -> None:
    assert rules.mask(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (NL, "iedereen noemt mij dikzak"),
        (NL, "iedereen noemt hem homo"),
        (FR, "tt le monde m'appelle la baleine"),
        (NL, "de storm heeft mij bang gemaakt"),
        (NL, "ben me de step gevallen"),
        (NL, "wil dit leven nimeer"),
        (NL, "coach wil mij alleen"),
        (NL, "die foto is door mij rondgegaan"),
        (FR, "la rose de ma mere est fanée"),
        (FR, "claire et nette, ma question"),
        (FR, "il est en bas il monte"),
        (FR, "grace à mon coach jai retrouvé le moral"),
        (FR, "papa a rétréci trois pulls"),
        (FR, "la prof de math me deteste"),
        (NL, "onze leerkracht beweerde dat in de les"),
        (NL, "tbuurkindje vroeg mij iets"),
        (FR, "un monsieur de septante-cinq ans m'a parlé"),
        (FR, "c'est l'insta de ma soeur"),
        (NL, "groetjes terug"),
        (FR, "coucou c'est moi"),
        (FR, "on mharcele a lecole"),
        (FR, "maman jette les assiettes"),
        (NL, "pappa en mamma zitten beneden"),
        (NL, "mijn oma wil naar huis"),
    ],
)
def test_stays(rules: Masker, language: Language, text: str) -> None:
    assert rules.mask(text, language) == text
