"""Questions known by their own words, and the harmless and the grave that only sound so (`opened_by` in data/questions/asked.yml)."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions

_BESIDE = [
    ("wa als ge op een site gokt en ge zijt 15", "gambling"),
    ("kga al mijn geld vergokken aan unibet", "gambling"),
    ("k kan nie stoppen me cases", "gambling"),
    ("kzit vast aan een app me wedden op voetbal", "gambling"),
    ("kheb 200 schuld bij een gast van school", "debt"),
    ("hoe geraak ik daar vanaf da gokken", "gambling"),
    ("jparie mon argent sur des matchs", "gambling"),
    ("je suis accro aux paris sportifs", "gambling"),
    ("jdois de l'argent a un mec du lycee", "debt"),
    ("ik gok dat hij komt", None),
    ("ik heb gegokt op de toets", None),
    ("je parie que tu sais pas", None),
    ("on va a paris en ligne droite", None),
    ("da is mijn schuld bij haar", None),
    ("mijn papa vergokt al ons geld", "gambling_home"),
    ("mag k iets vragen over de eerste keer", "first_time"),
    ("waar haal ik condooms zonder da ze et weten thuis", "condoms"),
    ("c'est ma premiere fois ici", None),
    ("eerste keer dat hij mij pijn deed", None),
    ("la premiere fois qu'il m'a fait mal", None),
    ("la premiere fois ca fait mal ?", "first_time"),
    ("het condoom is gescheurd", "condom_broke"),
    ("on l'a fait sans capote", "condom_broke"),
    ("hij wou geen condoom", None),
    ("haay kheb een vraag over porno", "porn"),
    ("mijn stiefpa laat mij porno zien", None),
    ("je regarde du porno tous les jours", "porn"),
    ("hij stuurt mij porno", None),
    ("en ik moet kiezen zeggen ze", "choose_parent"),
    ("mag ik kiezen op 12", "choose_parent"),
    ("bij wie moet ik dan wonen", "choose_parent"),
    ("jdois choisir entre eux?", "choose_parent"),
    ("moet ik kiezen tussen latijn en wiskunde", None),
    ("chez qui jvais vivre", "choose_parent"),
    ("mogen die da eigenlijk, mij buitenzetten op 16", "put_out"),
    ("ont le droit de me mettre dehors?", "put_out"),
    ("ils ont le droit de me virer ?", "put_out"),
    ("mag de leerkracht mij buitenzetten uit de klas", None),
    ("da mag toch zij is ons mama", "parent_may"),
    ("c legal denvoyer des nudes a 15 ans?", "law_nudes"),
    ("mais c legal ou c pa legal?", None),
    ("a partir de quel age on peut coucher ac kelkun en belgique", "law_sex"),
    ("mes parents peuvent porter plainte?", "law_parents_sue"),
    ("c legal de filmer ma copine si elle dit oui", "law_nudes"),
    ("jpeux quitter la maison a 16 ans?", "law_home"),
    ("la police peut fouiller mon gsm?", "law_phone"),
    ("nn c pr un vol de velo mdr", "law_else"),
    ("mag da volgens de wet", "law_else"),
    ("moete 18 zijn voor een pintje", "law_drink"),
    ("en vapen", "law_drink"),
    ("hey kzoek info over hoe ge zelfstandig kunt wonen op 16", "law_home"),
    ("mag een meisje van 13 een lief hebben van 14", "may_love"),
    ("mag mijn zus van 13 een lief hebben van 19", None),
    ("ik wil een foto in badpak op mijn profiel zetten", "beach_photo"),
    ("het is GEEN naaktfoto gewoon zwempak", "beach_photo"),
    ("hij vraagt een foto in bikini", None),
    ("zijt ge van child focus", "of_childfocus"),
    ("zeg je dat tegen mijn school?", "bot_tells_school"),
    ("vous allez appeler la police??", "bot_calls_police"),
    ("kunt ge efkes zeggen of ge de politie belt als ik iets vertel", "bot_calls_police"),
    ("bel de politie!!", None),
    ("kan je de politie bellen aub", None),
    ("kben bang da mn papa meeleest op mn gsm", "phone_read"),
    ("hij checkt alles", "phone_read"),
    ("quel danger ?", "what_safe"),
    ("Wat bedoel je met 'aandringen'? Hij vroeg het een keer.", "word_pressing"),
    ("pas au tel", "no_phone"),
    ("kunde gij mij helpen met wiskunde", "school_language"),
    ("mijn lief dreigt mijn naaktfoto te sturen mag da", None),
    ("is het verboden dat hij mijn naaktfoto doorgestuurd heeft", None),
    ("ons ma haar nieuwe vriend gokt", "gambling_home"),
    ("mag ik iets drinken zegt hij ik ben 14", None),
    ("hij is 18 en wil dat ik alcohol drink", None),
    ("kan je met alcohol rijden", None),
    ("et ca coute combien d'appeler le 116000", "cost"),
    ("ok en hoeveel kost awel", "cost_awel"),
    ("is da gratis", "cost"),
    ("mon pere pe voir ke jai ete la?", "seen_here"),
    ("cest combien le numero deja", "which_number"),
    ("moek sorry zeggen aan de juf", "say_sorry"),
    ("kan k abortus zonder mama", "not_keep"),
    ("wat is zijn nummer", None),
]
_BEHIND = [
    ("et si lautre il a 18", "law_nudes", "law_ages"),
    ("et si on est tt les 2 daccord", "law_nudes", "law_willing"),
    ("moi g 15 lui 17", "law_sex", "law_ages"),
    ("zij is 15 en ik ben 18", "law_sex", "law_ages"),
    ("hij is lief en we houden gewoon handje", "may_love", "love_hands"),
    ("van ons mama haar kaart", "gambling", "gambling_parents"),
    ("em zegt da em mij gaat pakken als k nie betaal", "debt", "debt_threat"),
    ("k kan nie stoppen", "gambling", "gambling_stop"),
    ("k kan nie stoppen", None, None),
    ("kinderen enzo, da verscheen gewoon", "porn_odd", "porn_children"),
    ("wij zijn alle twee 16", "first_time", "sex_both"),
    ("doet da pijn", "first_time", "first_time_pain"),
    ("doet da pijn", None, None),
    ("is da gratis", "pregnant", "pregnant_cost"),
]


@pytest.mark.parametrize(("text", "name"), _BESIDE)
def test_words_open_a_question_beside_a_path(text: str, name: str | None) -> None:
    found = asked_questions().opened(text, None, None)
    assert (found and found.name) == name


@pytest.mark.parametrize(("text", "talk", "name"), _BEHIND)
def test_some_open_only_right_behind_another(text: str, talk: str | None, name: str | None) -> None:
    found = asked_questions().opened(text, None, talk)
    assert (found and found.name) == name


def test_in_a_danger_now_only_what_is_meant_for_it_opens() -> None:
    assert asked_questions().opened("mogen die da eigenlijk, mij buitenzetten", "runaway_now", None, in_danger=True) is not None
    assert asked_questions().opened("waar haal ik condooms", "runaway_now", None, in_danger=True) is None
