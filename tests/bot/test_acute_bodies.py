"""A body that cannot wait, a fright that can, and help that was called, told in words (bot/components/acute_bodies.py)."""

from __future__ import annotations

import pytest

from bot.components.acute_bodies import acute_in, calm_answer, help_was_called, is_of_a_body, was_taken_along
from kernel.language import words_of


def _words(text: str) -> str:
    return " ".join(words_of(text))


@pytest.mark.parametrize(
    ("text", "situation", "is_own"),
    [
        ("zit hier aant stikken in een noot help", "no_air", True),
        ("kheb een notenallergie en mn tong zwelt op", "no_air", True),
        ("ik krijg gn lucht en mn borst doet zeer", "no_air", True),
        ("kben gestoken door een wesp en mn tong wordt dik", "no_air", True),
        ("jme suis fait piquer par une guepe et ma gorge gonfle", "no_air", True),
        ("jrespire plus jai avalé de travers", "no_air", True),
        ("mn zusje krijgt gn adem meer", "breathing", False),
        ("mijn broertje stikt in zijn brood", "breathing", False),
        ("hij wordt helemaal blauw help", "breathing", False),
        ("mn zusje heeft een allergie haar gezicht is helemaal opgezwollen", "breathing", False),
        ("ma soeur s'étouffe avec un bonbon", "breathing", False),
        ("elle respire presque plus", "breathing", False),
        ("il devient tout bleu", "breathing", False),
        ("papa is van de ladder gevallen en reageert nimeer", "fell", False),
        ("mn zus is aangereden en bloedt aan haar hoofd", "fell", False),
        ("ma mamie est tombée dans les escaliers elle bouge plus", "fell", False),
        ("er zat iets in mijn drankje denkek, alles draait", "given", True),
        ("quelqu'un a mis un truc dans mon verre jtiens plus debout", "given", True),
        ("mijn vriendin is gedrogeerd ze kan nimeer staan", "given", False),
        ("on a mis un truc dans son verre elle se sent mal", "given", False),
        ("mon ptit frere s'étrangle avec un raisin", "breathing", False),
        ("ma gorge se serre jai mangé des noix", "no_air", True),
        ("kheb blauwe lippen en kan ni ademen", "no_air", True),
        ("mn keel doet pijn en kan bijna ni ademen", "no_air", True),
        ("ik ben gevallen en kan ni bewegen", "fell", True),
        ("mn broer is van de trap gevallen", "fell", False),
        ("mn zusje heeft blauwe lippen van een snoepje en krijgt geen lucht", "breathing", False),
    ],
)
def test_a_body_that_cannot_wait(text: str, situation: str, is_own: bool) -> None:
    assert acute_in(_words(text)) == (situation, is_own)


@pytest.mark.parametrize(
    "text",
    [
        "ik stik van het lachen",
        "mama is aan het stikken op haar naaimachine",
        "ze stikt van de jaloezie",
        "mijn hond krijgt geen lucht",
        "hij ziet blauw van de kou",
        "ze heeft blauwe lippen van haar ijsje",
        "mn gsm is gevallen en reageert niet meer",
        "ze is in slaap gevallen en antwoordt niet",
        "zij reageert niet op mijn berichten",
        "mijn broer is gevallen met zijn fiets en zijn knie bloedt",
        "kheb keelpijn en mn keel is gezwollen",
        "vorige week is opa gevallen en hij bewoog niet meer",
        "er zat een vlieg in mijn drankje",
        "elle m'étouffe",
        "ma drogue c'est le chocolat",
        "mon chat est tombé il bouge plus",
        "elle est tombée enceinte et elle me parle plus",
        "mon tel est tombé il répond plus",
        "mon frère devient tout rouge",
        "mort de rire jrespire plus mdr",
        "ik stik in mn huiswerk",
        "mn lippen zijn blauw van de slush puppie",
        "mes lèvres sont bleues à cause du slush",
        "de bal krijgt geen lucht meer",
        "mn fiets krijgt geen lucht meer want ventiel kapot",
        "mijn keel zwelt op van trots",
        "mn broer is vorig jaar van de trap gevallen",
        "ma soeur est tombée dans les escaliers mais ca va",
    ],
)
def test_no_body_in_danger(text: str) -> None:
    assert acute_in(_words(text)) is None


@pytest.mark.parametrize(
    ("text", "talk", "answer"),
    [
        ("ik krijg gn lucht", None, "panic"),
        ("jfais une crise d'angoisse jarrive plus a respirer", None, "panic"),
        ("kheb een bloedneus", None, "nosebleed"),
        ("kheb mn broer geduwd en nu bloedt zijn neus", None, "nosebleed"),
        ("on s'étrangle pour rire, jeu du foulard", None, "challenge"),
        ("jsuis tombée dans les pommes", "challenge", "doctor"),
        ("jsuis tombée dans les pommes", None, None),
        ("papa heeft mij geslagen mijn neus bloedt", None, None),
        ("mijn neus bloedt en het stopt niet", None, None),
        ("j'étouffe dans ma famille", None, None),
        ("ik krijg geen lucht in deze broek", None, None),
        ("mijn vriendin had vorige maand een paniekaanval", None, None),
    ],
)
def test_what_needs_no_112_first(text: str, talk: str | None, answer: str | None) -> None:
    assert calm_answer(_words(text), talk) == answer


@pytest.mark.parametrize(
    ("text", "is_met"),
    [("t helpt ni", True), ("ca marche pas", True), ("echt he", True), ("ja", True), ("nee t gaat al beter", False), ("ok merci", False)],
)
def test_air_that_does_not_come_back_after_the_breathing_step(text: str, is_met: bool) -> None:
    assert (acute_in(_words(text), is_after_panic=True) == ("no_air", True)) is is_met


def test_who_still_has_no_air_after_slow_breathing_is_in_danger() -> None:
    words = _words("nee echt, ik krijg gn lucht")
    assert acute_in(words) is None
    assert acute_in(words, is_after_panic=True) == ("no_air", True)


@pytest.mark.parametrize(
    ("text", "is_called"),
    [
        ("ze heeft pillen gepakt ma de ambulance is er al", True),
        ("pillen genomen, kheb 112 gebeld", True),
        ("gebeld naar 112 ze komen, mijn zus is gevallen", True),
        ("jai appelé le 112 ma mere est tombée", True),
        ("moet ik 112 bellen, mijn zus is gevallen", False),
        ("ik heb 112 gebeld maar ze nemen niet op, hij bloedt", False),
        ("j'ai pas appelé le 112 elle saigne", False),
    ],
)
def test_help_that_was_called(text: str, is_called: bool) -> None:
    words = _words(text)
    assert is_of_a_body(words)
    assert help_was_called(words) is is_called


@pytest.mark.parametrize(("text", "is_taken"), [("ja ze zijn met haar weg", True), ("ils l'ont emmenée", True), ("ze is weg", False)])
def test_who_was_taken_along(text: str, is_taken: bool) -> None:
    assert was_taken_along(_words(text)) is is_taken
