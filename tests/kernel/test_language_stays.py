"""A short answer in words that both languages know keeps the conversation's language; a real switch is still heard."""

from __future__ import annotations

import pytest

from kernel.language import Language, language_by_words, language_in_talk

FLEMISH = (
    "na de les", "in de les", "tijdens de les", "les frans", "de les", "na les", "les gehad", "op de chat", "in de bus", "in t bad",
    "op t werk", "mes op tafel", "mes", "een mes", "met een mes", "mes in de hand", "groot mes", "pas gisteren", "pas 12", "pas op",
    "pas zestien", "nog maar pas", "dan pas", "pas na school", "mijn pas kwijt", "dans les", "na de dansles", "lui", "kben te lui",
    "mal", "pas mal", "ca va", "ca va wel", "ja ca va", "merci", "merci he", "merci xx", "merci bot", "salut", "oke merci",
    "au", "au da doet zeer", "ai", "met ai", "een ai foto", "optie c", "c", "3 c", "14 j", "d", "ton", "vers", "si", "non", "nonkel",
    "mijn nonkel", "van nonkel", "ma", "ma ja", "on", "me", "photo", "zijn photos", "bizar", "bizarre gast", "triestig", "geef es",
    "es", "kom es", "de police", "op de bus", "bij de hoek", "voor de les", "uit de kast", "met de trein", "na de match", "is ma les",
    "j'is kwoad ip mie", "j'ee mn gsm afgepakt", "j'e gistern were geslegn", "jis weg", "j'eet da gezeid", "j e mie geslegn",
    "les zwemmen", "in mijn mes", "cv", "cava", "hier", "na de turnles", "mijn trainer", "plus 3", "la la", "bon", "bon ja", "voila",
)  # fmt: skip
FRENCH = (
    "nu", "tout nu", "en nu", "photo nu", "moi nu", "ben", "ben oui", "ben non", "ben si", "ben voila", "ben jsp", "ben alors", "ben la",
    "hey", "hey toi", "hey cv", "il met", "met la", "on met", "en 10 mn", "mn mec", "5 mn", "mag", "au mag", "op", "trop op",
    "na", "na na", "je suis allee", "allee", "hier", "hier soir", "avant hier", "ge", "is", "il dit", "ne", "ni moi", "ni lui", "te",
    "me", "u", "on", "en cours", "en classe", "de la", "de lui", "de son", "les mecs", "mes potes", "mes vieux", "pas encore",
    "dans la rue", "dans le bus", "dans ma chambre", "chez moi", "au foot", "au parc", "apres les cours", "la police", "la photo",
    "ma photo", "une photo", "c vrai", "c tout", "c pas grave", "je comprends pas", "ca va", "ca va pas", "merci", "salut", "amai",
    "avec lui", "son pere", "ton ami", "sur insta", "sur snap", "l ecole", "d accord", "en ligne", "plus tard", "les deux", "14 ans",
)  # fmt: skip
TO_FRENCH = (
    "je comprends pas", "dans ma chambre", "avec mes potes", "c pas grave", "c'est vrai", "j'arrive pas à dormir", "la photo est où",
    "il est rentré", "on m'a frappé", "les flics vont venir", "dans la rue", "pas envie", "ça va pas", "ça va mieux", "ma mère sait",
    "j'espère", "j'en ai marre", "j'habite ici", "j'étais là", "j'écoute", "ferme la page", "laisse tomber", "j'ai compris",
    "merci beaucoup", "ben je sais pas", "sur insta", "mes parents", "aide moi", "l'école", "d'accord",
)  # fmt: skip
TO_DUTCH = (
    "in de klas", "na de les", "op mijn kamer", "bij de bus", "ben bang", "kben alleen", "weet ni", "mijn mama", "een mes", "met mijn broer",
    "da is waar", "hij komt", "op straat", "geen idee", "van school", "ik snap het niet", "gaat beter", "merci voor alles", "nu wel",
    "op de chat", "k heb schrik", "ben 15",
)  # fmt: skip


@pytest.mark.parametrize("text", FLEMISH)
def test_a_short_flemish_answer_does_not_turn_the_talk_french(text: str) -> None:
    assert language_by_words(text) is not Language.FR


@pytest.mark.parametrize("text", FRENCH)
def test_a_short_french_answer_does_not_turn_the_talk_dutch(text: str) -> None:
    assert language_by_words(text) is not Language.NL


@pytest.mark.parametrize("text", TO_FRENCH)
def test_who_goes_on_in_french_is_heard(text: str) -> None:
    assert language_by_words(text) is Language.FR


@pytest.mark.parametrize("text", TO_DUTCH)
def test_who_goes_on_in_dutch_is_heard(text: str) -> None:
    assert language_by_words(text) is Language.NL


@pytest.mark.parametrize(
    "text",
    [
        "wallah il est fou k weet nie wa doen",
        "hij zegt altijd tu es folle",
        "jongens zijn des cons",
        "mon pere il dit ga weg",
        "k en been van me quoi",
        "mama is altijd boos op mij, c'est la vie",
    ],
)
def test_a_mixed_message_or_one_word_turns_no_dutch_talk_french(text: str) -> None:
    assert language_in_talk(text, Language.NL) is not Language.FR


@pytest.mark.parametrize("text", ["mon père m'a frappé", "aide moi stp", "bonjour", "il me fait peur", "le prof de nl m'a dit zwijg"])
def test_french_is_heard_in_a_dutch_talk(text: str) -> None:
    assert language_in_talk(text, Language.NL) is Language.FR


@pytest.mark.parametrize("text", ["mijn papa slaat mij", "ik ben bang", "k verstoa gin frans", "ik versta geen frans"])
def test_dutch_is_heard_where_no_talk_is_known(text: str) -> None:
    assert language_in_talk(text, None) is Language.NL
