"""Personal details and copied chats, planted all at once: each is found on its line, and ordinary sentences are not."""

from __future__ import annotations

import pytest
from small_project import NEED, ROOT, SmallProject

from curation.check_all import CHECKS
from curation.checks.privacy import LONGEST, allowed, details_of
from kernel.language import Language

NLU, TWIN = f"data/nlu/nl/{NEED}.yml", f"tests/nlu/fr/{NEED}.yml"
IN_DUTCH = [
    ("privacy.detail", "mail hem op jan.peeters@voorbeeld.be"),
    ("privacy.detail", "mijn mail is lotte punt peeters apenstaartje gmail punt com"),
    ("privacy.detail", "zijn nummer is 0470 12 34 56"),
    ("privacy.detail", "bel +32 470 12 34 56 maar"),
    ("privacy.detail", "ons nummer thuis is 02 555 12 34"),
    ("privacy.detail", "ik woon in de Kerkstraat 14 in Gent"),
    ("privacy.detail", "Lotte Peeters heeft die foto"),
    ("privacy.detail", "het is thomas janssens van mijn klas"),
    ("privacy.detail", "ik heet Zeynep Van Damme en hij chanteert mij"),
    ("privacy.detail", "ik zit op het Sint-Jozefscollege in Aalst"),
    ("privacy.detail", "stort op BE68 5390 0754 7034"),
    ("privacy.detail", "mijn rijksregisternummer is 93.05.18-223.61"),
    ("privacy.detail", "zijn insta is @loverboy_2009x"),
    ("privacy.chat", "[12/03/2026, 21:14] Tom: kom je nog"),
    ("privacy.chat", "12-03-2026 21:14 kom je nog"),
    ("privacy.chat", "21:14 - Tom: kom je nog"),
    ("privacy.chat", "ik: wat wil je? hij: een foto"),
    ("privacy.chat", "Lotte: stuur nu of ik zet het online"),
    ("privacy.chat", "<Media weggelaten> snap je"),
    ("privacy.chat", "gezien om 22:41 en hij antwoordt niet"),
    ("privacy.long", " ".join(f"woord{chr(97 + n % 26)}" for n in range(80))),
]
IN_FRENCH = [
    ("privacy.detail", "je m'appelle Camille Dubois, aide-moi"),
    ("privacy.detail", "il habite 12 rue de la Loi à Bruxelles"),
    ("privacy.detail", "mon numéro c'est le 0499/12.34.56"),
    ("privacy.detail", "écris à camille.dubois@exemple.be"),
    ("privacy.chat", "moi : non. lui : envoie"),
    ("privacy.chat", "[name] veut ma photo"),
    ("privacy.chat", "Médias omis puis il a écrit"),
]


def test_each_is_found_on_its_line_and_nothing_else(project: SmallProject) -> None:
    wanted = set()
    for file, word, planted in ((NLU, "oefenzinnl", IN_DUTCH), (TWIN, "testzinfr", IN_FRENCH)):
        for number, (rule, text) in enumerate(planted):
            wanted.add((rule, file, project.plant(file, f"{word}{number} {NEED}\n", f"{text}\n")))
    content_findings = {(one.rule, one.file, one.line) for rule in ("detail", "chat", "long") for one in project.found(CHECKS["privacy"], f"privacy.{rule}")}  # fmt: skip
    assert content_findings == wanted
    assert len(wanted) == len(IN_DUTCH) + len(IN_FRENCH)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hij zei: stuur een foto", "nl"), ("mijn vriendin Lotte durft niet naar huis", "nl"), ("om 21:14 stuurde hij nog iets", "nl"),
        ("hij wil 50 euro voor 18:00", "nl"), ("ik belde 116000 maar durfde niet", "nl"), ("Roblox Adopt Me is mijn spel", "nl"),
        ("il m'a dit : envoie", "fr"), ("ma copine Inès a peur", "fr"), ("j'ai quinze ans et lui vingt", "fr"), ("le 103 c'est gratuit ?", "fr"),
        ("kheb mn ex geblokt op snap", "nl"), ("Mario Kart is leuk", "nl"),
    ],
)  # fmt: skip
def test_ordinary_sentences_are_left_alone(text: str, language: str) -> None:
    assert details_of(ROOT / "data" / "safety").found(text, Language(language)) is None


def test_the_lists() -> None:
    assert len(allowed()) >= 3
    assert LONGEST > 300
