"""Words of wiping that are about a photo, an account, messages with somebody else, or a deed already done: no wish to wipe the talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.components.ending_talk import HIDE, LET_GO, QUIT, ends_talk
from bot.components.wiping import wipes_elsewhere, wishes_wipe
from kernel.language import words_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("kan ik da verwijderen", "nude_spread"),
        ("moet ik die verwijderen", "cyberbullying"),
        ("moet ik het gesprek verwijderen", "sextortion"),
        ("mag ik die wissen", "seen_csam"),
        ("moek da wissen", "grooming"),
        ("hoe verwijder ik dat", "report_content_removal"),
        ("hoe verwijder ik een foto van insta", None),
        ("verwijder mijn account", None),
        ("wis de chat met hem", "grooming"),
        ("kheb alles al verwijderd", "sextortion"),
        ("ik heb onze berichten gewist", None),
        ("jai deja effacé", "seen_csam"),
        ("jai deja tout effacé", "sextortion"),
        ("j'ai supprimé les messages", "sextortion"),
        ("jai supprimé la conversation avec lui", "grooming"),
        ("je lai effacé", "i_shared_it"),
        ("il a tout supprimé", None),
        ("je dois supprimer les messages?", "sextortion"),
        ("comment je supprime une photo", None),
        ("faut que j'efface ses messages", "grooming"),
        ("wissen of ni", "seen_csam"),
        ("hou ik da bij of wis ik het", "nude_spread"),
        ("je l'efface ou je la garde", "nude_spread"),
    ],
)
def test_something_else_is_wiped(text: str, path: str | None) -> None:
    assert wipes_elsewhere(" ".join(words_of(text)), path)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("wis alles", "sextortion"),
        ("wis alles aub", None),
        ("wis dit gesprek", "nude_spread"),
        ("mijn ouders checken mijn gsm, wis dit eerst", "grooming"),
        ("kan ik dit gesprek verwijderen", "sextortion"),
        ("kan ik dit wissen", "suicidal"),
        ("ik wil alles wissen", "sextortion"),
        ("mag ik alles wissen", "grooming"),
        ("kheb een foto gestuurd wis alles snel", "sextortion"),
        ("ik heb te veel verteld, mag dit gesprek verwijderd worden", "unsafe_home"),
        ("kheb spijt van wa ik typte doe da weg", "nude_spread"),
        ("hoe verwijder ik wat ik hier typte", "sextortion"),
        ("efface tout", "sextortion"),
        ("supprime cette conversation", "grooming"),
        ("je regrette ce que j'ai tapé efface le", "nude_spread"),
        ("je peux supprimer cette discussion", "sextortion"),
        ("comment effacer ce que j'ai écrit", "nude_spread"),
        ("jai envoyé une photo efface tout", "sextortion"),
        ("efface tt ske jai dit", "cyberbullying"),
        ("tu peux tout effacer stp", "sextortion"),
    ],
)
def test_this_conversation_is_wiped_at_their_word(text: str, path: str | None) -> None:
    assert not wipes_elsewhere(" ".join(words_of(text)), path)


def test_no_example_of_the_wish_to_wipe_is_taken_for_another() -> None:
    rows = [
        line.strip().removeprefix("- ")
        for language in ("nl", "fr")
        for line in (ROOT / f"data/nlu/{language}/wipe_chat.yml").read_text(encoding="utf-8").splitlines()
        if line.startswith("    - ")
    ]
    assert [text for text in rows if wipes_elsewhere(" ".join(words_of(text)), None)] == []
    on_path = {text for text in rows if wipes_elsewhere(" ".join(words_of(text)), "sextortion")}
    assert on_path == {"jpeux supprimer la conv ?", "comment je supprime la conversation"}  # the one with who threatens


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("kunt ge da wissen wat ik zei", True),
        ("nee ik bedoel ons gesprek", True),
        ("wis ons gesprek", True),
        ("kunde gij wissen wa ik typte", True),
        ("vide la discussion stp", True),
        ("efface ce que j'ai dit", True),
        ("supprime la conv avec lui", False),
        ("hij heeft ons gesprek gewist", False),
        ("mag ik de chat met hem verwijderen", False),
        ("il veut que je supprime la conversation", False),
        ("elle m'a dit d'effacer la conv", False),
        ("vide ton sac", False),
    ],
)
def test_this_conversation_is_asked_away_outright(text: str, is_wish: bool) -> None:
    assert wishes_wipe(" ".join(words_of(text))) is is_wish


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("hou op", LET_GO),
        ("laat mij gerust", LET_GO),
        ("houd op met die vragen", LET_GO),
        ("laisse moi tranquille", LET_GO),
        ("fous-moi la paix stp", LET_GO),
        ("arrete tes questions", LET_GO),
        ("hou op zei ik maar hij deed voort", None),
        ("hij laat mij niet met rust", None),
        ("il me laisse pas tranquille", None),
        ("laisse moi tranquille jlui ai dit mais il continue", None),
        ("ik wil stoppen met leven", None),
        ("jveux plus parler a personne", None),
        ("ferme la conversation", QUIT),
        ("hoe sluit ik dit gesprek", QUIT),
        ("ik wil nu weg zonder dat mama het ziet", QUIT),
        ("il a fermé la conversation", None),
        ("je dois quitter la page du livre", None),
        ("ze hebben mij uit de groepschat gesloten", None),
        ("mama sluit mij op in mijn kamer", None),
        ("ik wil vannacht weg zonder dat mama het ziet", None),
        ("jveux partir de chez moi sans que ma mere le voie", None),
        ("cache ca vite ma mere arrive", HIDE),
        ("ma mère arrive cache ça vite", HIDE),
        ("shit mn ma komt binnen sluit het scherm", HIDE),
        ("ferme vite mon père arrive", HIDE),
        ("cache ça vite mon frère arive", HIDE),
        ("papa komt eraan ik moet stoppen", HIDE),
        ("ik wil weg van deze pagina zonder dat papa het ziet", QUIT),
        ("jveux partir de la page sans que mon père voit", QUIT),
        ("ferme vite ta gueule il arrive", None),
        ("ferme vite la porte mon père arrive", None),
        ("papa komt ik moet weg", None),
        ("mama komt ik moet stoppen met gamen", None),
        ("als papa komt moet ik stoppen", None),
        ("je me cache vite mon père arrive", None),
        ("ik wil weg van huis zonder dat papa het ziet", None),
        ("mama komt, doe dit weg!", HIDE),
        ("verstop die pillen mama komt", None),
        ("cache le couteau mon pere arrive", None),
        ("papa komt thuis en doet alles dicht", None),
        ("mon pere rentre et il ferme tout a clé", None),
        ("cache toi il arrive", None),
        ("mama komt het cadeau is weg", None),
        ("juf zegt doe dat weg, mama komt u halen", None),
        ("mn papa en ik gaan weg zonder dat mama het merkt", None),
        ("je veux partir sans que ma mère le sache", None),
        ("mama zegt laat mij gerust", None),
    ],
)
def test_words_that_end_or_hide_the_talk(text: str, ends: str | None) -> None:
    assert ends_talk(" ".join(words_of(text)), None) == ends
