"""The first sentence of a path by the words of data/openings.yml: who did something, and who tells of the one who did it to them."""

from __future__ import annotations

import pytest

from bot.components.openings import kind_of_opening, other_need, told_behind, told_besides
from kernel.language import words_of

_DID = "worried_own_feelings"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("j'ai touché ma petite cousine", "did"),
        ("ik heb haar toen gedwongen", "did"),
        ("j'ai vu le mec qui ma violé", None),
        ("j'ai croisé celui qui m'a agressée", None),
        ("j'ai été violé par mon oncle", None),
        ("ik heb de man gezien die mij heeft aangerand", None),
        ("ik heb mijn verkrachter aangeraakt om weg te geraken", None),
    ],
)
def test_whoever_was_hurt_is_never_met_as_the_one_who_did_it(text: str, kind: str | None) -> None:
    assert kind_of_opening(_DID, " ".join(words_of(text))) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mijn vader dwingt mij om te trouwen", "forced"),
        ("mijn tante zei dat ik daar ga trouwen", "forced"),
        ("ze hebben een man gezocht voor mij", "forced"),
        ("on part dans trois semaines pour mon mariage", "forced"),
        ("mes parents ont trouvé un mari pour moi", "forced"),
        ("mon mari me frappe", None),
        ("mijn zus gaat trouwen en papa slaat mij", None),
    ],
)
def test_a_marriage_that_they_do_not_want_has_questions_of_its_own(text: str, kind: str | None) -> None:
    assert kind_of_opening("unsafe_home", " ".join(words_of(text))) == kind


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("papa zou mij buitensmijten", "unsafe_home"),
        ("ils vont me jeter dehors", "unsafe_home"),
        ("si ils savent jsuis mort", "unsafe_home"),
        ("mon frere la decouvert hier", "unsafe_home"),
        ("ma mère l'a découvert et elle est cool", None),
        ("ma cousine menace de leur dire", "cyberbullying"),
        ("mijn nicht dreigt het te zeggen", "cyberbullying"),
        ("ik durf het niet vertellen", None),
        ("jose pas le dire", None),
    ],
)
def test_behind_being_gay_what_waits_at_home_begins_its_path(text: str, need: str | None) -> None:
    assert told_behind("orientation", " ".join(words_of(text))) == need


def test_who_is_found_out_at_home_is_not_met_as_bullied() -> None:
    found_out = "mijn ouders hebben ontdekt dat ik lesbisch ben en mijn gsm is afgepakt"
    assert other_need("cyberbullying", found_out) == "unsafe_home"
    assert other_need("cyberbullying", "ze zeggen in de klas dat ik gay ben") is None
    assert other_need("parental_abduction", "papa neemt mij mee naar daar en ik moet trouwen") == "unsafe_home"


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("ben zwanger en mijn ouders vermoorden mij", "pregnant"),
        ("jsuis enceinte et mon père va me tuer", "pregnant"),
        ("mama is zwanger en papa slaat haar", None),
        ("ma mère est enceinte et il la frappe", None),
    ],
)
def test_a_pregnancy_beside_a_threat_is_not_passed_over(text: str, beside: str | None) -> None:
    assert told_besides(" ".join(words_of(text))) == beside


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("iemand heeft een naaktfoto van een meisje uit het derde in onze groep gezet", "received"),
        ("ik kreeg een nude van een gast van mijn school", "received"),
        ("j'ai reçu la photo nue d'une fille de ma classe", "received"),
        ("un pote m'a montré la vidéo d'un gars tout nu", "received"),
        ("mijn naaktfoto gaat rond in de groep van een jongen uit mijn klas", None),
        ("une photo nue de moi tourne chez un gars de l'école", None),
        ("ils ont fait un montage d'une fille nue", None),
        ("ik ben leerkracht, er gaat een naaktfoto van een meisje rond", None),
    ],
)
def test_a_picture_of_somebody_else_is_not_to_be_kept_nor_passed_on(text: str, kind: str | None) -> None:
    assert kind_of_opening("nude_spread", " ".join(words_of(text))) == kind


@pytest.mark.parametrize(
    ("heard", "text", "need"),
    [
        ("runaway_now", "ben gisteren weggelopen ma nu terug thuis", "runaway_thinking"),
        ("runaway_now", "j'ai fugué hier mais jsuis rentrée chez moi", "runaway_thinking"),
        ("runaway_now", "ben weggelopen en durf niet terug naar huis", None),
        ("runaway_now", "jai fugué, mon père est rentré bourré", None),
        ("runaway_now", "de politie bracht mij terug maar ik ben opnieuw weg", None),
        ("runaway_now", "een chauffeur vroeg mij om in te stappen, ben weggelopen", "grooming"),
        ("friend_missing", "un homme lui a demandé de monter dans sa voiture et elle est partie en courant", "grooming"),
        ("runaway_now", "ben weggelopen en slaap in een auto", None),
        ("runaway_thinking", "kga weglopen naar mn lief, heb em nog nooit gezien", "grooming"),
        ("runaway_thinking", "jveux partir chez un mec de snap", "grooming"),
        ("runaway_thinking", "kwil weg, heb mama nog nooit zo kwaad gezien", None),
    ],
)
def test_who_is_back_who_ran_from_a_car_and_who_runs_to_a_stranger(heard: str, text: str, need: str | None) -> None:
    assert other_need(heard, " ".join(words_of(text))) == need


@pytest.mark.parametrize(
    ("heard", "text", "need"),
    [
        ("self_harm", "k en been van me pé", "unsafe_home"),
        ("self_harm", "ik ben bang van mijn papa dus snij ik mij", None),
        ("self_harm", "mn been doet pijn", None),
        ("nlu_fallback", "k zin bange van me pa", "unsafe_home"),
        ("nlu_fallback", "j'ai peur de mon père", "unsafe_home"),
        ("nlu_fallback", "ik ben bang van mijn papa zijn reactie", None),
        ("nlu_fallback", "j'ai peur de ma mère elle est malade", None),
        ("nlu_fallback", "school kinderen lachen en slaan mij", "cyberbullying"),
        ("nlu_fallback", "enfants école taper moi", "cyberbullying"),
        ("nlu_fallback", "ze slaan mij met een bal in het spel op school", None),
        ("nlu_fallback", "les enfants de l'école rire de bon coeur", None),
        ("nlu_fallback", "de klas duwt de kast", None),
    ],
)
def test_fear_of_a_parent_and_blows_at_school_in_little_language(heard: str, text: str, need: str | None) -> None:
    assert other_need(heard, " ".join(words_of(text))) == need
