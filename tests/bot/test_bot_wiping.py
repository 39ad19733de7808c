"""Words of wiping that are about a photo, an account, messages with somebody else, or a deed already done: no wish to wipe the talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.components.wiping import wipes_elsewhere
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
