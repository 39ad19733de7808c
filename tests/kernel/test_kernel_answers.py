"""What words mean after a question: the real rules of data/answers.yml, and what the reader refuses."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kernel.answers import MEANINGS, MOMENTS, THIS_NEED, Answers, AnswersError, behind_but
from kernel.need import IS_NOW
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = Answers(read_section(ROOT / "data/answers.yml", "answers"))
DARES = [("Ja", "affirm"), ("Nee, ik zie die in het echt", "deny"), ("Ik durf niet", "dont_know")]
GROUP = [("In een groep of chat", "seen_csam"), ("Op een site of in een app", "report_content_removal"), ("Zeg ik liever niet", "deny")]


@pytest.mark.parametrize(
    ("text", "place", "titles", "meaning"),
    [
        ("Mijn tante misschien", "grooming_tell", [], "affirm"),
        ("mijn papa is hier", "now_helped", [], "deny"),
        ("maman est ici", "now_helped", [], "deny"),
        ("papa is hier en belt 112", "now_helped", [], "affirm"),
        ("mijn papa is hier", "now_there", [], "affirm"),
        ("il dort là", "sexual_abuse_safe", [], "deny"),
        ("hij slaapt beneden", "sexual_abuse_safe", [], "deny"),
        ("nn jferai rien tkt", "suicidal_with", [], THIS_NEED),
        ("nee ik doe niks", "suicidal_with", [], THIS_NEED),
        ("nee er is niemand, ik doe niks", "suicidal_with", [], "deny"),
        ("ma mere est la, jferai rien", "suicidal_with", [], "affirm"),
        ("ma prof de français", "unsafe_home_tell", [], "affirm"),
        ("niemand", "grooming_tell", [], "deny"),
        ("kan ni nee zeggen", "unsafe_home_trip", [], "this_need"),
        ("jpeux pas dire non", "unsafe_home_now", [], "this_need"),
        ("on part au pakistan dans 2 semaines", "unsafe_home_trip", [], "affirm"),
        ("nog geen tickets", "unsafe_home_trip", [], "deny"),
        ("mn paspoort heeft papa", "unsafe_home_papers", [], "deny"),
        ("nee ze slaan mij niet", "unsafe_home_papers", [], "this_need"),
        ("jij bent de eerste die het weet", "sexual_abuse_tell", [], "deny"),
        ("mon père me frappe", "sexual_abuse_tell", [], None),
        ("mijn papa slaat mij", "grooming_tell", [], None),
        ("mijn tante", "sextortion_step", [], None),
        ("il l a deja envoye a ma soeur", "sextortion_step", [], "this_need"),  # what the other one did
        ("jlui ai deja envoye 50", "sextortion_step", [], "deny"),
        ("il la attend devant lecole la", "unsafe_home_night", [], "now_near"),
        ("il l'attend devant l'école tous les jours", "unsafe_home_night", [], None),
        ("sa mere l'attend devant l'école là", "unsafe_home_night", [], None),
        ("Durf ik niet...", "grooming_block", DARES, "dont_know"),
        ("ik zie die in het echt", "grooming_block", DARES, "deny"),
        ("in een chat", "seen_csam_report", GROUP, None),
        ("zeg ik liever niet", "seen_csam_where", GROUP, "deny"),
        ("op whatsapp", "seen_csam_where", GROUP, "this_need"),
        ("sur insta", "nude_spread_where", [], "report_content_removal"),
        ("elke dag", "teen_pimp_leave", [], "affirm"),
        ("peut-être", "sextortion_step", [], "dont_know"),
        ("nee nog niet betaald", "sextortion_safe", [], "this_need"),
        ("non j'ai encore rien payé", "sextortion_safe", [], "this_need"),
        ("elke dag", "nude_spread_safe", [], "this_need"),
        ("nee hij slaat mij elke dag", "runaway_thinking_safe", [], None),
        ("nee", "sextortion_safe", [], None),
        ("ik wil er niet over praten", "safe", [], "dont_know"),
        ("jai pas envie de parler", "safe", [], "dont_know"),
        ("j'ai envie de parler", "safe", [], None),
        ("ik wil niet meer", "safe", [], None),
        ("mijn papa zit nu naast mij en hij leest alles mee", "safe", [], "deny"),
        ("jpeux pas parler mon pere est ds la piece", "nude_spread_safe", [], "deny"),
        ("c juste sur insta", "now_call", [], "later"),
        ("maar nee dat was 2 jaar geleden door een jongen van school", "now_away", [], "later"),
        ("jte dis il est parti, on m'envoie des photos", "now_safe", [], "later"),
        ("hij komt", "now_away", [], None),
        # not knowing whether they can get away, or not being able to now, says not that the danger is later
        ("kweet het niet", "now_away", [], None),
        ("jsp", "now_away", [], None),
        ("ik kan nu niet weg hij staat in de gang en ik durf niet te bewegen", "now_away", [], "deny"),
        ("je peux pas maintenant", "now_call", [], "deny"),
        ("elke week", "now_away", [], "later"),
        ("nee maar hij zegt da ik zaterdag bij hem thuis moet komen", "grooming_meeting", [], "affirm"),
        ("nee ik ken die niet en ik wil daar ook helemaal niet naartoe", "grooming_meeting", [], None),
        ("ça tourne en boucle", "seen_csam_head", [], "affirm"),
        ("non jose pas", "nude_spread_tell", [], "dont_know"),
        ("durf ik niet", "suicidal_call", [], "deny"),
        ("j'ai pas envie d'appeler moi", "want_human_call", [], "deny"),
        ("kheb geen goesting om te bellen", "want_human_call", [], "deny"),
        ("gisteren rond 18u", "friend_missing_seen", [], "affirm"),
        ("non il est pas la", "teen_pimp_alone", [], "affirm"),
        ("nee hij is weg nu", "teen_pimp_alone", [], "affirm"),
        ("hij zit naast mij", "teen_pimp_alone", [], "deny"),
        ("hij slaapt naast mij", "sexual_abuse_safe", [], "deny"),
        ("hij komt naar boven", "unsafe_home_now", [], "affirm"),
        # not safe is danger, whatever the first word is
        ("nee ik ben ni veilig", "unsafe_home_now", [], "affirm"),
        ("tis hier ni veilig", "unsafe_home_now", [], "affirm"),
        ("non jsuis pas en sécurité", "unsafe_home_now", [], "affirm"),
        ("me sens pas vraiment en sécurité", "unsafe_home_now", [], "affirm"),
        ("ni veilig als hij drinkt", "unsafe_home_now", [], "this_need"),
        ("nee ben veilig", "unsafe_home_now", [], None),
        ("non jsuis pas en danger", "unsafe_home_now", [], "deny"),
        ("non pas encore mais il rentre bientot", "unsafe_home_now", [], "affirm"),
        # the first word misleads
        ("non mais jai deja les cachets", "suicidal_now", [], "affirm"),
        ("nee maar ik heb de pillen al", "suicidal_now", [], "affirm"),
        ("ja ma die man bij wie ik slaap is raar", "runaway_now_safe", [], "deny"),
        ("oui mais le mec chez qui je dors est bizarre", "runaway_now_safe", [], "deny"),
        ("non non jsuis en sécurité, chui chez mamie", "sexual_abuse_safe", [], "affirm"),
        ("ja ma mijn pa mag dit ni zien", "sextortion_safe", [], "affirm"),
        ("oui mais mes parents doivent pas savoir", "nude_spread_safe", [], "affirm"),
        ("non jai menti jles ai vraiment pris", "else", [], "now_body"),
        ("oui 20 dafalgan ya une heure", "suicidal_now", [], "now_body"),
        ("nee ik loog, kheb ze echt gepakt", "else", [], "now_body"),
        ("non pas mourir juste que ca sarrete pr toujours", "self_harm_die", [], "affirm"),
        ("oui mais il sait ou jhabite", "grooming_stay", [], "this_need"),
        ("ja ma hij weet waar ik woon", "grooming_stay", [], "this_need"),
        ("oui des annees mais la elle se reveille", "unsafe_home_long", [], "now_near"),
        ("oui quand elle se reveille", "unsafe_home_long", [], "this_need"),
        ("ja jaren ma nu wordt hij wakker", "unsafe_home_long", [], "now_near"),
        ("oui chez un mec il est gentil mais il veut que jdorme dans son lit", "runaway_now_night", [], "now_near"),
        ("non jsuis pas en securite y a un mec bizarre ici", "runaway_now_safe", [], "deny"),
        ("non ya ma mere a cote", "safe", [], "deny"),
        ("nee mijn mama zit hier", "sextortion_safe", [], "deny"),
        ("non elle est a lecole", "parent_or_adult_asks_for_child_danger", [], "deny"),
        # a day is neither yes nor no to whether they can stay away
        ("zaterdag", "grooming_stay", [], "this_need"),
        ("ja zaterdag", "grooming_stay", [], "this_need"),
        ("samedi prochain", "grooming_stay", [], "this_need"),
        ("ja", "grooming_stay", [], None),
        ("zaterdag ga ik niet", "grooming_stay", [], None),
        ("il travaille là", "unsafe_home_now", [], "deny"),
        ("hij laat mij ni weg", "now_away", [], "deny"),
        ("la porte est fermée à clé", "now_away", [], "deny"),
        ("ben buiten", "now_away", [], "affirm"),
        ("oke dan ga ik nie", "grooming_stay", [], "affirm"),
        ("ok j'y vais pas", "grooming_stay", [], "affirm"),
        ("ik ga niet alleen", "grooming_stay", [], "deny"),
        ("kan nu niet weg", "unsafe_home_out", [], "deny"),
        # a place for the night, and that this night is all right, though it begins with a no
        ("nee ze is lief", "unsafe_home_night", [], "affirm"),
        ("nee is ok vannacht", "unsafe_home_night", [], "affirm"),
        ("ik ben bij mijn tante, veilig", "unsafe_home_night", [], "affirm"),
        ("ik ga vanavond naar oma", "unsafe_home_night", [], "affirm"),
        ("jvais dormir chez ma tante", "runaway_now_night", [], "affirm"),
        ("non c'est bon cette nuit", "unsafe_home_night", [], "affirm"),
        ("ik kan niet naar oma, die woont te ver", "unsafe_home_night", [], "deny"),
        ("je peux pas aller chez mamie", "unsafe_home_night", [], "deny"),
        ("nee hij is hier", "unsafe_home_night", [], None),
        # a meeting within hours, told one question late; what else happens later today is none
        ("straks om 4u", "grooming_happened", [], "now_soon"),
        ("zo meteen om 3u", "grooming_tip", [], "now_soon"),
        ("vanavond om 7u", "grooming_block", [], "now_soon"),
        ("ce soir", "grooming_happened", [], "now_soon"),
        ("tantôt à 16h", "grooming_tip", [], "now_soon"),
        ("hij zegt da hij mij komt halen aan t station en ik moet alleen zijn", "grooming_happened", [], "now_soon"),
        ("hij stuurt straks weer", "grooming_happened", [], None),
        ("il m'a écrit tout à l'heure", "grooming_happened", [], None),
        ("tout", "grooming_happened", [], None),
        ("nu", "grooming_block", [], None),
        ("morgen om 4u", "grooming_happened", [], None),
        # a danger of this moment, told in an answer; not what is denied
        ("non jtai dit jsuis seule et jvois flou", "now_person", [], "now_body"),
        ("kben duizelig", "now_there", [], "now_body"),
        ("kben duizelig", "suicidal_tell", [], None),
        ("nee gewoon om te voelen. t stopt nie", "self_harm_die", [], "now_body"),
        ("kga springen", "suicidal_with", [], "now_act"),
        ("ik ga niet springen", "suicidal_with", [], "this_need"),
        ("ok ik doe het", "suicidal_call", [], None),
        ("non dsl cest un secret. jpars dans 20 min", "grooming_tell", [], "now_soon"),
        ("nee luister 1 van die mannen komt nu naar mij", "runaway_now_person", [], "now_near"),
        # whoever was in danger is safe
        ("il a laché le couteau il pleure", "suicidal_with", [], "safe"),
        ("elle est deja a lhopital", "now_helped", [], "safe"),
        ("mon pere est la", "now_helped", [], "deny"),  # who is there has not called
        ("mama is hier", "now_helped", [], "deny"),
        ("mama is hier ze belt 112", "now_helped", [], "affirm"),
        ("mon pere est en route", "now_helped", [], "affirm"),
        ("ik heb er 3 dagen geleden aan gedacht", "suicidal_now", [], None),
        # no, with the fact behind it
        ("non elle crie", "unsafe_home_now", [], None),
        ("elle crie", "unsafe_home_now", [], "affirm"),
        ("nee hij is naar zn werk", "unsafe_home_now", [], "deny"),
        ("nee ma ik weet wel al hoe", "suicidal_now", [], "affirm"),
        ("nee ma ik heb wel al een plan, ik denk er elke dag aan", "suicidal_now", [], "affirm"),
        ("nee nog aan niemand", "suicidal_now", [], "dont_know"),
        ("non jai encore dit a personne", "suicidal_now", [], "dont_know"),
        # whoever comes to hurt them, or has a mother at work, is in danger now
        ("hij komt om mij te slaan", "unsafe_home_now", [], "affirm"),
        ("hij komt om 6u", "unsafe_home_now", [], "deny"),
        ("nee mama is gaan werken en hij is hier", "now_away", [], None),
        ("nee hij is gaan werken", "now_away", [], "later"),
        ("il va crier si je sors", "now_away", [], None),
        # whoever made the danger and is near, a refusal of the hospital, and what would happen are no relief
        ("hij is bij mij nu", "now_away", [], None),
        ("hij is nu bij mij", "now_call", [], None),
        ("jveux pas aller a l hosto", "now_helped", [], None),
        ("ma mere est avec son copain", "now_there", [], None),
        ("si jappelle la police il me tue", "unsafe_home_tell", [], None),
        # a long story that holds somebody near is no "I cannot talk"
        ("iemand zat achter mij te giechelen in de les en had mijn foto op zijn scherm", "safe", [], None),
        ("laat maar", "safe", [], "dont_know"),
        ("laat mij met rust stomme bot", "safe", [], None),
        ("de politie is er", "now_away", [], "over"),
        ("la police est là", "now_call", [], "over"),
        ("politie is er nog niet", "now_call", [], "deny"),
        ("politie komt", "now_call", [], "affirm"),
        ("oui elle est rentrée", "friend_missing_called", [], "over"),
        ("ze is terug thuis!!", "friend_missing_seen", [], "over"),
        ("hij is terug weg", "friend_missing_seen", [], "this_need"),
        ("ik sta voor de deur", "friend_missing_seen", [], None),
        ("on l'a pas retrouvée", "friend_missing_seen", [], None),
        ("ben nu thuis bij mama", "now_after", [], "affirm"),
        ("il est encore là", "now_after", [], "deny"),
        ("kan ni praten", "now_call", [], "deny"),
        ("il m'entend", "now_call", [], "deny"),
        ("mama belt nu", "now_call", [], "affirm"),
        ("la police arrive", "now_call", [], "affirm"),
        ("hij is nog hier", "now_safe", [], "deny"),
        ("je suis chez la voisine", "now_safe", [], "affirm"),
        ("demain à 8h", "grooming_meeting", [], "affirm"),
        ("ja kga toch gaan", "grooming_stay", [], "deny"),
        ("non en vrai jvais y aller", "grooming_stay", [], "deny"),
        ("ce soir, il a les valises", "parental_abduction_today", [], "affirm"),
        # another day is no departure of today, and "I do not want to" no "no"
        ("morgen vroeg", "parental_abduction_today", [], THIS_NEED),
        ("demain matin, les valises sont là", "parental_abduction_today", [], "affirm"),
        ("ik wil ni mee", "parental_abduction_abroad", [], THIS_NEED),
        ("oui mais jveux pas partir", "parental_abduction_today", [], "affirm"),
        # who waits was never seen, what they are not done, and with whom they are
        ("heb em nog nooit gezien", "runaway_thinking_place", [], "now_soon"),
        ("je l'ai connu sur insta", "runaway_now_night", [], "now_soon"),
        ("non ils me font rien", "runaway_thinking_why", [], "dont_know"),
        ("jsuis chez une copine", "runaway_now_safe", [], "affirm"),
        ("chez un mec que jconnais pas", "runaway_now_safe", [], THIS_NEED),
        ("het bloedt niet meer", "self_harm_hurt", [], "deny"),
        ("ça saigne bcp", "self_harm_hurt", [], "affirm"),
        ("gewoon weg zijn", "self_harm_die", [], "affirm"),
        ("des cachets", "suicidal_far", [], "affirm"),
        ("geen pillen hier", "suicidal_far", [], "deny"),
        ("een verhaal met heel veel woorden over mijn mama en ook nog mijn papa", "grooming_tell", [], None),
        ("", "grooming_tell", [], None),
        ("…", "grooming_tell", [], None),
    ],
)
def test_what_words_mean_after_a_question(text: str, place: str, titles: list[tuple[str, str]], meaning: str | None) -> None:
    assert ANSWERS.meaning(text, f"utter_ask_{place}", titles) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Jaaa maar nu niet", "affirm"),
        ("bah non il est mort", "deny"),
        ("ben oui un peu", "affirm"),
        ("quoi ?? non pas du tout", "deny"),
        ("wat? nee", "deny"),
        ("ben thuis", None),
        ("Neeee!", "deny"),
        ("ouiii", "affirm"),
        ("nan laisse", "deny"),
        ("ne slag van de molen", None),
        ("ne", "deny"),
        ("nan mais ton smiley il fait flipper", None),
        ("nan mais il est la", "deny"),
        ("misschien ja", None),
        ("", None),
    ],
)
def test_how_an_answer_begins(text: str, meaning: str | None) -> None:
    assert ANSWERS.begins(text) == meaning


def test_two_buttons_that_say_the_same_mean_nothing() -> None:
    assert ANSWERS.meaning("in de klas", "utter_ask_x", [("In de klas", "affirm"), ("De klas", "deny")]) is None


def test_the_places_are_questions_of_the_paths() -> None:
    """A group for a place that nobody asks is a slip in its name."""
    asked = {
        name.removeprefix("utter_ask_")
        for path in (ROOT / "data/responses").glob("*.yml")
        for name in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["responses"]
        if name.startswith("utter_ask_")
    }
    unknown = [pattern for pattern in ANSWERS.places if not any(fnmatchcase(name, pattern) for name in asked)]
    assert len(asked) > 100
    assert unknown == []


@pytest.mark.parametrize(
    "section",
    [
        {"begin": {}},
        {"begins": {"maybe": {"nl": "a", "fr": "b"}}},
        {"begins": {"affirm": {"nl": "ja"}}},
        {"whole": {"affirm": "ja"}},
        {"begins": {}, "places": [{"name": "x", "only": {}}]},
        {"places": [{"at": "x", "onlly": {}}]},
        {"little_words": {"nl": "ik"}},
    ],
)
def test_malformed_rules_are_refused(section: dict[str, Any]) -> None:
    with pytest.raises(AnswersError):
        Answers(section)


def test_every_meaning_is_one_the_stories_answer() -> None:
    assert {"affirm", "deny", "dont_know", "report_content_removal", "this_need", "over", "safe", "later"} == MEANINGS - set(MOMENTS)
    assert set(MOMENTS.values()) <= set(IS_NOW)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ja maar hij woont ver", "hij woont ver"),
        ("oui mais jai honte", "jai honte"),
        ("nn enfin parfois ils me poussent", "parfois ils me poussent"),
        ("ja ma er hangen hier gasten rond", "er hangen hier gasten rond"),
        ("ja mn ma weet het", ""),  # a mother
        ("maar hij komt", ""),
        ("ja", ""),
    ],
)
def test_what_stands_behind_a_but(text: str, rest: str) -> None:
    assert behind_but(text) == rest


@pytest.mark.parametrize(
    ("text", "question", "meaning"),
    [
        ("nee ze slaat ni, ze heeft een mes", "utter_ask_unsafe_home_now", "affirm"),
        ("non il frappe pas mais il a un couteau", "utter_ask_unsafe_home_now", "affirm"),
        ("ze heeft geen mes", "utter_ask_unsafe_home_now", None),
        ("nee geen afspraak. ik heb er al twee gestuurd", "utter_ask_grooming_meeting", "deny"),
        ("non pas de rdv, c'est juste des messages", "utter_ask_grooming_meeting", "deny"),
        ("geen afspraak maar hij is hier nu", "utter_ask_grooming_meeting", "affirm"),
        ("nee van fortnite", "utter_ask_pressured_to_send_known", "deny"),
        ("nn il est online jle connais pas", "utter_ask_pressured_to_send_known", "deny"),
    ],
)
def test_what_is_denied_and_what_is_told_all_the_same(text: str, question: str, meaning: str | None) -> None:
    assert ANSWERS.at(text, question) == meaning
