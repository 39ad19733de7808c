"""Everyday talk and mild worries that are known by their own words, and what only sounds so: harmless, or much graver."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions
from bot.components.pets import is_pet_still_gone

_TOLD = {
    "happy": [
        "j'ai eu 18/20",
        "ik had 17 op 20 voor wiskunde",
        "kreeg goede punten vandaag",
        "jai eu une bonne note en math",
    ],
    "home_carer": [
        "mn mama zit altijd in bed en eet ni, ik zorg voor mn broertjes",
        "ik moet zorgen voor mijn twee zusjes",
        "mama komt niet meer uit haar bed",
        "papa ligt heel de dag in bed sinds hij zijn werk kwijt is",
        "ik kook elke avond voor mijn broers",
        "ik doe alles thuis",
        "mama komt haar bed ni uit",
        "ik zorg voor mijn mama ze is depressief",
        "moek alles alleen doen thuis",
        "k doe heel het huishouden",
        "mon pere il parle plus jfais tt a la maison",
        "je m'occupe de mes petits freres tous les jours",
        "ma mère reste toute la journée au lit",
        "maman sort plus de son lit",
        "jmoccupe de ma mere",
        "jfais à manger pour mes soeurs",
    ],
    "home_rotten": [
        "tis kak thuis",
        "echt kloten ier thuis",
        "t is gwn klote thuis",
        "kut thuis",
        "thuis is echt klote",
        "het gaat niet goed thuis",
        "mijn ouders roepen heel de tijd",
        "ze roepen elke dag op elkaar",
        "er is altijd ruzie thuis",
        "thuis is er constant ruzie",
        "mama en papa schreeuwen tegen elkaar",
        "ze zijn gewoon roepen",
        "c'est la merde à la maison",
        "c l'enfer chez moi",
        "mes parents s'engueulent tout le temps",
        "ça va pas trop à la maison",
        "mes parents crient tt le tps",
        "chez moi c la galere",
    ],
    "scary_film": [
        "ik heb een horrorfilm gezien en nu kan ik niet slapen",
        "ik durf niet slapen door die film",
        "bang in het donker",
        "kheb squid game gekeken en droom er slecht van",
        "ik heb nachtmerries van de film",
        "enge film gezien en nu schrik",
        "ik ben bang voor spoken",
        "j'ai regardé un film d'horreur et j'arrive pas à dormir",
        "j'ai peur dans le noir",
        "jai vu le film ça et jai peur",
        "j'ai peur du clown",
        "j'ai peur des fantômes",
        "depuis annabelle je fais des cauchemars",
    ],
    "pet_hurt": [
        "mijn cavia is gebeten door de hond",
        "onze hond is aangereden",
        "mijn kat kotst al heel de dag",
        "kunt ge nr dierenarts op zondag",
        "mijn konijn eet niet meer",
        "mon chien a été mordu par un autre",
        "mon chat est malade",
        "mon lapin mange plus",
        "jdois aller chez le véto",
    ],
    "grief": [
        "mijn hond is dood",
        "ons poes is overreden",
        "mon chat c fait ecraser hier",
        "mon chien est mort",
        "we hebben onze hond laten inslapen",
        "ma chienne est décédée",
    ],
    "lost_pet": [
        "mijn kat is weggelopen",
        "mijn hond is ontsnapt",
        "onze poes is al 3 dagen weg",
        "mijn konijn is kwijt",
        "mon chat est parti",
        "mon chien s'est échappé",
        "ma tortue a disparu",
    ],
    "lost_phone": [
        "ik ben mijn gsm kwijt en er staan naaktfoto's op",
        "mijn telefoon is gestolen met al mijn foto's",
        "j'ai perdu mon gsm avec des photos privées dedans",
        "on m'a volé mon téléphone ya des nudes dedans",
        "jai oublié mon tel dans le bus avec des photos de moi",
    ],
    "gay_places": [
        "tu connais des endroits pour parler avec d'autres gays a liege",
        "ya un groupe pour jeunes lgbt a namur ?",
        "jveux rencontrer d'autres lesbiennes de mon age",
        "waar kan ik andere homo's leren kennen",
        "is er een groep voor lgbt jongeren in gent",
        "ik zou graag met andere holebi's praten",
    ],
    "pregnant_late": [
        "jai mes regle en retard",
        "j'ai toujours pas mes règles, 2 semaines de retard",
    ],
}
_HARMLESS = [
    "ik moet goede punten halen",
    "j'ai pas eu une bonne note",
    "hij gaf mijn foto 9 op 10",
    "il m'a noté 8 sur 10",
    "de les is om 18u20",
    "ze geven mij 9 op 10 voor mijn lichaam",
    "ik zorg voor mijn konijn",
    "ik zorg voor de drank op het feest",
    "moet straks babysitten op mijn zusje",
    "papa ligt altijd in de zetel",
    "mijn zus zit altijd in bed met haar gsm",
    "ik zorg voor de muziek",
    "zorg goed voor jezelf",
    "mama ligt nog in bed",
    "we koken thuis spaghetti",
    "je m'occupe de la musique",
    "je m'occupe de mon lapin",
    "ma soeur est au lit",
    "jfais mes devoirs à la maison",
    "kut ik ben thuis mijn boek vergeten",
    "kutweer vandaag",
    "de wifi is kak thuis",
    "klote examens",
    "ze roepen op elkaar in de klas",
    "de trainer roept altijd",
    "de supporters roepen op elkaar",
    "ça va à la maison",
    "c'est nul le wifi chez moi",
    "mes voisins crient tout le temps",
    "ik ben thuis",
    "ik heb een leuke film gezien",
    "ik kijk een film en ga dan slapen",
    "we gaan naar de horrorfilm vrijdag",
    "ik ben bang voor de toets",
    "ik durf de film niet kijken",
    "j'ai vu un film super hier",
    "je dors bien",
    "ma chambre est noire",
    "j'ai peur de rater mon exam",
    "ik word later dierenarts",
    "mijn hond is lief",
    "ik wil een hond",
    "mijn kat is dik",
    "doodmoe",
    "mon chat est trop mignon",
    "je veux un chien",
    "mijn kat is zwanger",
    "mijn kamer is weg van de straat",
    "ik ben mijn gsm kwijt",
    "mijn gsm is kapot",
    "ik heb mooie foto's op mijn gsm",
    "j'ai perdu mes clés",
    "mon téléphone est cassé",
    "mooie foto's van de vakantie",
    "homo's zijn ook mensen",
    "mijn neef is gay",
    "ze maken een groep op whatsapp",
    "mon oncle est gay",
    "ya un groupe de musique",
    "le chat est sur le lit",
    "mijn broer zorgt voor problemen op school",
    "jsuis en retard au cours",
    "gisteren roepen we allemaal hoera",
]
_GRAVER = [
    "mama zit altijd in bed omdat papa haar geslagen heeft",
    "ik doe alles thuis en anders krijg ik klappen",
    "c l'enfer chez moi mon beau père me touche",
    "thuis is kut ik kan niet meer",
    "kut thuis mijn nonkel doet rare dingen",
    "ik ben bang in het donker want er is iemand in huis",
    "j'ai peur dans le noir y a quelqu'un",
    "mijn gsm is gestolen en hij toont mijn foto's in de klas",
    "j'en peux plus c la merde chez moi",
    "mama ligt altijd in bed en ik wil niet meer",
    "papa slaat mij en ik zorg voor mijn broertjes",
    "mama ligt in bed en reageert niet",
    "mama ligt al heel de dag in bed en wordt niet wakker",
    "ik zorg voor mijn broer maar ik wil niet meer leven",
    "klote thuis papa slaat mij",
    "mijn ouders roepen elke dag op mij",
    "thuis is kut ik wil weg",
    "kut thuis ik wil dood",
    "c'est l'enfer chez moi il me frappe",
    "ik ben bang dat hij de film toont",
    "ik droom slecht van wat mijn oom deed na de film",
    "j'ai peur dans le noir il vient dans ma chambre",
    "bang in het donker papa komt in mijn kamer",
    "ik ben bang buiten in het donker",
    "ik ben mijn gsm kwijt en nu dreigt iemand met mijn foto's",
    "on m'a volé mon tel et ils ont envoyé mes photos",
    "mijn stiefvader heeft mijn hond doodgedaan",
    "mon père a tué mon chat",
    "papa heeft mijn kat vermoord",
    "mon chat est mort et moi aussi je veux mourir",
    "mijn hond is dood ik wil ook dood zijn zelfmoord",
    "de hond heeft mij gebeten ik bloed",
    "waar kan ik mannen ontmoeten gay 14",
    "un homme gay veut me rencontrer",
    "mama eet niet en bloedt",
    "maman se lève plus elle respire pas",
    "ik zorg voor mijn zusje want mama is altijd zat",
    "mijn zus is weg",
    "ma mère crie sur moi tous les jours et me tape",
]


def _opened(text: str) -> str | None:
    found = asked_questions().opened(text, None, None)
    return found.name if found else None


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in _TOLD.items() for text in texts])
def test_what_is_told_in_its_own_words_is_met(name: str, text: str) -> None:
    assert _opened(text) == name


@pytest.mark.parametrize("text", [*_HARMLESS, *_GRAVER])
def test_what_only_sounds_so_is_left_to_others(text: str) -> None:
    assert _opened(text) not in _TOLD


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("quarrel", "wij hadden frietjes met stoofvlees, kapot gegeten"),
        ("failed", "j'ai eu 18/20"),
        ("failed", "ik had een goei rapport"),
        ("bored_joke", "action ou vérité"),
        ("how_are_you", "ta koi comme musique pref"),
        ("lost_pet", "de hond heeft mijn cavia gebeten"),
    ],
)
def test_food_marks_and_games_are_not_met_with_another_answer(label: str, text: str) -> None:
    assert asked_questions().asked(label, text, None) is None


@pytest.mark.parametrize(
    ("talk", "text", "is_pet"),
    [
        ("lost_pet", "ze is al 2 dagen weg", True),
        ("lost_pet", "hij is nog altijd niet terug", True),
        ("lost_pet", "elle est toujours pas revenue", True),
        ("lost_pet", "kheb overal gezocht en ze is nog altijd weg", True),
        ("lost_pet", "mon chat a disparu depuis hier", True),
        ("lost_pet", "mijn zus is al 2 dagen weg", False),
        ("lost_pet", "ik ben zelf al 2 dagen weg", False),
        ("lost_pet", "jsuis parti de chez moi", False),
        ("lost_pet", "ma copine est pas rentrée", False),
        ("lost_pet", "ze is terug", False),
        ("happy", "ze is al 2 dagen weg", False),
        (None, "ze is al 2 dagen weg", False),
    ],
)
def test_behind_a_lost_animal_it_is_the_animal_that_is_gone(talk: str | None, text: str, is_pet: bool) -> None:
    assert is_pet_still_gone(talk, text) is is_pet
