"""What words must be there before the bot says a fact of a danger, and whose trouble it is behind a friend's, by the bot's own parts."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from bot_scripts import told_by

_DIES, _HURT = "utter_ask_self_harm_die", ["utter_self_harm", "action_point_to_help", "utter_ask_self_harm_hurt"]
ROWS: dict[str, list[tuple[Any, bool | list[str]]]] = {
    # kind, text, what the model gives it → whether it may be said
    "said": [
        (("weapon", "mon père me bat il est dans le salon", 0.73), False),
        (("weapon", "mijn vader slaat mij hij zit in de living", 0.8), False),
        (("weapon", "il a pris un couteau", 0.6), True),
        (("weapon", "mes freres vont me tuer", 0.95), False),
        (("weapon", "mes parents se battent", 0.6), False),
        (("weapon", "il me frappe avec la ceinture", 0.95), False),
        (("weapon", "hij heeft een keukenmes", 0.6), True),
        (("weapon", "il a attrapé le tisonier", 0.96), True),  # no such word, and a model that is sure
        (("drunk", "mon père me viole il est la ce soir", 0.76), False),
        (("drunk", "il est en train de tout casser", 0.54), False),
        (("drunk", "il est bourré", 0.6), True),
        (("drunk", "hij heeft gedronken", 0.6), True),
        (("asleep", "il me tape maintenant il est dans le salon", 0.68), False),
        (("asleep", "papa slaat mij nu hij is in de keuken", 0.54), False),
        (("asleep", "hij slaapt", 0.6), True),
        (("between", "mon frere me frappe il est dans le salon", 0.6), False),
        (("between", "mijn vader slaat mij hij zit in de living", 0.83), False),
        (("between", "mon pere me frappe et maintenant il frappe maman", 0.7), True),
        (("between", "hij doet mijn zusje pijn", 0.7), True),
        (("with_people", "ze zit nu bij hem thuis", 0.95), False),
        (("with_people", "elle est seule avec lui", 0.95), False),
        (("with_people", "ze is bij haar tante", 0.6), True),
        (("with_people", "mijn vriend is mij komen halen en kzit nu bij hem", 0.6), True),
        (("not_waking", "voel nog niks dus valt wel mee denk ik", 0.95), False),
        (("not_waking", "je sens rien pour l'instant", 0.95), False),
        (("not_waking", "ze reageert ni meer", 0.6), True),
        (("outside", "je suis dehors", 0.5), True),
    ],
    # text, topic, question before, whom the path was about → the path begins anew, as the writer's
    "begins": [
        (("moi aussi je le fais", "self_harm", _DIES, "friend"), _HURT),
        (("ik doe het ook", "self_harm", _DIES, "friend"), _HURT),
        (("ik ook", "self_harm", _DIES, "friend"), _HURT),
        (("ik ook", "self_harm", "utter_ask_self_harm_near", "friend"), []),  # who is near
        (("moi aussi je suis inquiète", "self_harm", _DIES, "friend"), []),
        (("moi aussi je le fais", "self_harm", _DIES, "self"), []),
        (("moi je le fais deja", "self_harm", _DIES, "friend"), _HURT),
        (("moi aussi en fait", "self_harm", _DIES, "friend"), _HURT),
        (("moi je le fais rire", "self_harm", _DIES, "friend"), []),
    ],
    "too": [
        *(
            (text, True)
            for text in ("moi aussi j'y pense", "moi aussi mon père me frappe", "kdoe da ook", "papa slaat mij ook", "jme coupe aussi")
        ),
        *(
            (text, True)
            for text in ("moi ossi", "en fait moi aussi", "moi aussi en fait", "ik heb er ook al aan gedacht", "moi je fais pareil")
        ),
        *(
            (text, False)
            for text in (
                "moi aussi j'aime le foot",
                "moi j'ai peur aussi",
                "ik wil haar ook helpen",
                "moi je lui ai dit",
                "ik ken haar ook",
            )
        ),
        *((text, False) for text in ("ik ook niet", "ik heb da ook gezien", "moi aussi je veux l'aider", "ik doe ook mee", "moi non plus")),
    ],
    "adult": [
        *((text, True) for text in ("een leerling vertelde me dat ze misbruikt is", "une élève m'a dit que son père la frappe")),
        *((text, False) for text in ("een leerling uit mijn klas zegt dat hij dood wil", "un élève m'a dit que je suis moche")),
        *((text, False) for text in ("een leerling zei dat hij mij ging slaan", "une élève de ma classe m'a dit qu'elle se coupe")),
    ],
    "deed": [
        *((text, True) for text in ("ik heb een meisje gezoend en nu zegt ze da t ni ok was", "ik vroeg een meisje van 12 een naaktfoto")),
        *((text, False) for text in ("ik heb haar gekust en ik wou ni", "ik heb hem gevraagd om mijn nudes te wissen")),
        *((text, True) for text in ("jai fait chanter une fille", "jai fait du chantage a une fille", "kheb een meisje afgeperst")),
        *(
            (text, True)
            for text in ("jai embrassé une fille pour un pari elle dit que c'etait pas ok", "jai embrassé une fille et elle a dit pas ok")
        ),
        *((text, False) for text in ("jai embrassé mon copain il dit que c'était bien", "elle a embrassé mon mec pour un pari")),
        *((text, False) for text in ("mon pote me fait chanter", "jai fait chanter ma pote au karaoke", "hij heeft mij afgeperst")),
    ],
    "leave": [
        *((text, True) for text in ("hij gaf zijn playstation weg", "elle a donné toutes ses affaires", "alsof hij afscheid neemt")),
        (("papa is vertrokken, briefje achtergelaten dat we sterk moeten zijn voor mama"), True),
        *((text, False) for text in ("ik zei vaarwel", "ik wil afscheid nemen", "je fais mes adieux")),
    ],
    "along": [
        *((text, True) for text in ("mn vader is weg met mijn broertje", "mon père est parti avec mon petit frère")),
        *((text, False) for text in ("papa is weg met mij en mijn broertje", "papa est parti au travail")),
    ],
    "own_life": [
        *((text, True) for text in ("jai envie de mourir", "kheb zin om te sterven", "jsp franchement jai envie de crever")),
        *((text, False) for text in ("jai envie de pizza", "il dit quil a envie de mourir")),
        *((text, True) for text in ("mon amie parle de se tuer. et moi jai envie aussi", "ze zegt dat ze dood wil en ik ook")),
        (("mijn vriendin zegt dat ze dood wil en ik heb er ook al aan gedacht"), True),
        *((text, True) for text in ("et moi ossi jcommence a y penser", "jvoudrais mourir aussi", "moi je me scarifie")),
        (("mijn vriendin praat over zelfmoord. en ik heb ook zin"), True),
        *((text, False) for text in ("moi j'ai envie de l'aider aussi", "moi je me coupe les cheveux", "elle y pense aussi")),
    ],
    "behind": [
        *(
            (text, True)
            for text in ("ik eigenlijk ook", "ik eigenlijk ook ze", "eerlijk gezegd ik ook", "eerlijk gezegd ik ook ni", "pareil")
        ),
        *(
            (text, True)
            for text in ("jaa eik ook wel soms", "ik voel mij ook zo", "honnetement moi aussi", "ik doe da al", "IK ben diegene die snijdt")
        ),
        *((text, False) for text in ("ik ook bang", "ik ook nooit", "ik ook niet", "ik voel mij ook slecht daardoor", "ik doe da straks")),
        *(
            (text, False)
            for text in ("ik ben diegene die haar helpt", "pareil pour elle", "moi aussi j'ai peur", "ik doe da al, haar bellen")
        ),
    ],
    "another_life": [
        *((text, True) for text in ("mon ex menace dse tuer si jle quitte", "mn lief zegt da hij hem van kant maakt as kik hem dump")),
        *((text, True) for text in ("mijn vriendin praat over zelfmoord", "mon mec menace dse suicider")),
        *(
            (text, False)
            for text in ("mon ex menace de me tuer", "il menace de tuer mon chien", "mijn lief zegt dat hij mij van kant maakt")
        ),
    ],
    "doubt": [
        *((text, True) for text in ("ja kweet ni", "oui enfin jsp", "nee misschien toch")),
        *((text, False) for text in ("ja dat em het uitmaakt", "oui qu'il me quitte", "nee ze zijn weg")),
    ],
    "befalls": [
        *(
            (text, True)
            for text in (
                "een vriendin van mij wordt bedreigd met haar nudes",
                "een maat van mij wordt afgeperst op insta",
                "un pote a moi se fait racketter",
                "une fille de ma classe se fait harceler",
            )
        ),
        *(
            (text, False)
            for text in (
                "ik word bedreigd door een vriendin van mij",
                "een meisje van mn klas wordt gepest door mij",
                "een vriend van mij is jarig",
                "ma copine se fait une couleur",
            )
        ),
    ],
    "told_to_die": [
        *(
            (text, True)
            for text in ("ze zeggen in de klas dat ik dood moet", "ils me disent va te pendre", "ze zeggen da ik mij moet ophangen")
        ),
        ("ze zeggen dak mezelf beter kan doodmaken", True),
        *((text, False) for text in ("ik zeg dat ik dood wil", "ze zeggen dat ik mooi ben")),
    ],
    "hurts": [
        *((text, True) for text in ("da doet zeer ja", "ca fait mal oui", "ja het doet pijn")),
        *((text, False) for text in ("ja", "het doet zo zeer dat ik niet meer verder wil met alles", "ca fait mal et des fois jy pense")),
    ],
    "my_picture": [
        *((text, True) for text in ("mon pote a recu ma photo", "mn vriend heeft mijn foto gekregen", "mn maat stuurt mijn foto door")),
        *((text, False) for text in ("de foto van mijn vriendin gaat rond", "ma pote dit que ma photo est belle")),
    ],
}


@cache
def found() -> dict[str, Any]:
    """What the parts say to all tables."""
    answer: dict[str, Any] = told_by("own_too.py", {name: [row[0] for row in rows] for name, rows in ROWS.items()})
    return answer


@pytest.mark.parametrize("name", ROWS)
def test_whose_it_is_and_what_may_be_said(name: str) -> None:
    assert [(row, one) for one, row in zip(found()[name], ROWS[name], strict=True) if one != row[1]] == []
