"""Whose picture, who did it, and what whoever fears their own feelings asks: by the words alone (data/openings.yml, speakers.yml, asked.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.components.done_to import is_of_my_picture
from bot.components.openings import kind_of_opening, other_need, set_right, told_behind
from bot.components.speaker_words import deed_in, may_be_adult, only_says_adult
from bot.yaml12 import read_yaml
from kernel.language import words_of
from kernel.questions import Questions
from kernel.speakers import FAKE, HARM

_QUESTIONS = Questions(read_yaml(Path(__file__).resolve().parents[2] / "data" / "questions" / "asked.yml")["questions"])


def _words(text: str) -> str:
    return " ".join(words_of(text))


@pytest.mark.parametrize(
    ("text", "path", "question"),
    [
        ("dus ik ben een pedofiel?", "worried_own_feelings", "own_monster"),
        ("suis-je un monstre alors", "worried_own_feelings", "own_monster"),
        ("kben ziek vandaag, ni naar school", "worried_own_feelings", None),
        ("jsuis malade ajd", "worried_own_feelings", None),
        ("met wie kan ik praten zonder dat de flikken het weten", "worried_own_feelings", "own_confidential"),
        ("seos va me dénoncer ou pas", "worried_own_feelings", "own_confidential"),
        ("kmoet vrijdag babysitten bij de buren", "worried_own_feelings", "own_children"),
        ("jgarde mes petits cousins demain", "worried_own_feelings", "own_children"),
        ("jpense que c'est des tocs", "worried_own_feelings", "own_cause"),
        ("ik heb erop geklikt ja", "seen_csam", "own_clicked"),
        ("jai pas cliqué", "seen_csam", None),
        ("chui un monstre d'avoir fait ca", "i_shared_it", "did_monster"),
        ("hoe kan ik een deepfake maken van mn lkr", None, "wants_fake"),
        ("hoe krijg ik een deepfake van mij weg", None, None),
        ("comment faire supprimer un deepfake de moi", None, None),
        ("kheb zelf als eerste iets gestuurd", "sextortion", "started_it"),
        ("en vrai cest surement un vieux derriere", "sextortion", "false_profile"),
        ("moet ik hem nu direct blokkeren", "sextortion", "block_or_not"),
        ("kheb hem al geblokkeerd", "sextortion", None),
        ("il a trouvé mon adresse", "cyberbullying", "has_address"),
        ("hij kent mijn adres en staat aan de deur", "grooming", None),
        ("kan ik dat nog afzeggen", "grooming", "cancel_meeting"),
        ("jdevrais y aller ou pas", "grooming", "will_go"),
        ("moet ik gaan of niet", "grooming", "will_go"),
        ("jdois y aller bye", "nude_spread", None),
        ("moet ik naar de politie gaan", "grooming", None),
        ("kheb gisteren 50 euro betaald", "sextortion", "paid_already"),
        ("j'ai encore rien payé", "sextortion", None),
        ("mijn zus huilt heel den tijd", "nude_spread", "cries_friend"),
        ("ik kan niet stoppen met wenen", "nude_spread", None),
    ],
)
def test_questions_known_by_their_words(text: str, path: str | None, question: str | None) -> None:
    found = _QUESTIONS.opened(text, path, None)
    assert (found.name if found is not None else None) == question


@pytest.mark.parametrize(
    ("heard", "text", "need"),
    [
        ("i_shared_it", "ik stuurde een naaktfoto naar iemand die zei dat hij 15 was", None),
        ("i_shared_it", "jai envoyé une photo de mon corps a un mec de snap", "nude_spread"),
        ("i_shared_it", "jai partagé une photo de ma classe", None),
        ("i_shared_it", "de ex van mijn zus heeft haar foto gepost", "nude_spread"),
        ("i_shared_it", "ik heb de foto van de ex van mijn zus doorgestuurd", None),
        ("i_shared_it", "ik word gechanteerd met mijn foto", "sextortion"),
        ("sextortion", "mijn opa wil altijd foto's van mijn kleine zusje", "grooming"),
        ("sextortion", "buurman vraagt foto's van mijn zusje in badpak", "grooming"),
        ("sexting_question", "kheb hem een nude gestuurd en blijkbaar is dat een volwassen man", "grooming"),
        ("deepfake_nude", "ze maakten een nepfoto van een meisje en ik heb die ook doorgestuurd", "i_shared_it"),
        ("deepfake_nude", "ze maakten een nepfoto van mij en hebben die ook doorgestuurd", None),
        ("nude_spread", "mon pote a envoyé une dickpic a une fille de 12 ans", "i_shared_it"),
        ("nude_spread", "il m'a envoyé une dickpic", None),
        ("nude_spread", "mon pote a envoyé une photo de lui a une fille et elle l'a montrée", None),
        ("i_shared_it", "kheb gedreigd met een foto van mijn ex", None),
        ("sextortion", "il veut des photos de ma petite soeur, si je refuse il montre les miennes", None),
    ],
)
def test_a_first_message_is_of_whoever_its_words_tell(heard: str, text: str, need: str | None) -> None:
    assert other_need(heard, _words(text)) == need


@pytest.mark.parametrize(
    ("path", "text", "need"),
    [
        ("nude_spread", "die stuurt screenshots van al mijn vrienden", "sextortion"),
        ("nude_spread", "jlai aussi partagée", "i_shared_it"),
        ("sexting_question", "ik zag filmpjes met kinderen", "seen_csam"),
        ("sexting_question", "kinderen van mijn klas doen dat ook", None),
        ("grooming", "cest ma copine on a le meme age", "sexting_question"),
        ("grooming", "cest mon copain", None),
    ],
)
def test_on_a_path_it_is_set_right(path: str, text: str, need: str | None) -> None:
    assert set_right(path, _words(text)) == need


def test_what_is_watched_or_solved_opens_otherwise() -> None:
    assert kind_of_opening("worried_own_feelings", _words("ik keek al naar foto's van kinderen")) == "watches"
    assert kind_of_opening("worried_own_feelings", _words("mijn broer kijkt naar foto's van kinderen")) is None
    assert kind_of_opening("worried_own_feelings", _words("jai touché ma petite cousine")) == "did"
    assert kind_of_opening("sextortion", _words("ik werd gechanteerd maar het is opgelost")) == "past"
    assert kind_of_opening("sextortion", _words("de politie is ermee bezig maar hij dreigt weer")) is None
    assert told_behind("happy", _words("er stonden kinderen op, naakte kinderen verschenen zomaar")) == "seen_csam"
    assert told_behind("happy", _words("de kinderen van de chiro spelen")) is None


def test_who_made_it_and_whose_face_it_is() -> None:
    assert deed_in(_words("kheb het gezicht van mijn lkr op een blote vrouw geplakt")) == FAKE
    assert deed_in(_words("ils ont mis ma tete sur une photo nue")) is None
    assert deed_in(_words("jai insisté jusqu'a ce qu'elle envoie")) == HARM
    assert deed_in(_words("il a insisté pour que j'envoie")) is None
    assert deed_in(_words("jai insisté pour quelle menvoie une photo")) == HARM
    assert deed_in(_words("jai insisté pour avoir un chien")) is None
    assert deed_in(_words("ik heb aangedrongen om een hond te krijgen")) is None
    assert kind_of_opening("worried_own_feelings", _words("jai touché une fille ds le bus sans faire expres")) is None
    assert is_of_my_picture(_words("ze zetten mijn gezicht op een bloot lijf"))
    assert not may_be_adult(_words("op tiktok stond iets met kinderen"))
    assert may_be_adult(_words("mijn dochter zag iets op tiktok"))
    for says in ("jsuis prof", "ik ben leerkracht", "mijn dochter", "je suis la maman"):
        assert only_says_adult(_words(says))
    for tells in ("ik ben de mama, help", "mijn dochter wil niet meer leven", "mon fils de 12 ans joue au foot", "ik ben een leerling"):
        assert not only_says_adult(_words(tells))
