"""Tables for tests/bot/test_bot_remembers.py, of what is said: each row ends with what is expected."""

from __future__ import annotations

from typing import Any

_NL, _FR = {"name": "language", "type": "slot", "value": "nl"}, {"name": "language", "type": "slot", "value": "fr"}
_FRIEND, _ADULT = ({"name": "who", "type": "slot", "value": value} for value in ("friend", "adult"))
_BUT = {"name": "but", "type": "slot", "value": "said"}
_AT_LENGTH = {"name": "at_length", "type": "slot", "value": "said"}
_MONEY = {"name": "told", "type": "slot", "value": "money"}
_WAKE = {"type": "slot", "name": "situation", "value": "wake"}
_HOW_MUCH, _EDGE, _STOPPED = ({"type": "slot", "name": "situation", "value": value} for value in ("how_much", "at_edge", "car_stopped"))
_ASLEEP = {"type": "slot", "name": "situation", "value": "asleep"}
RESPONSES: dict[str, list[dict[str, Any]]] = {
    "utter_x": [
        {"text": "beide / les deux"},
        {"text": "nl 1", "condition": [_NL]},
        {"text": "nl 2", "condition": [_NL]},
        {"text": "nl 3", "condition": [_NL]},
        {"text": "fr 1", "condition": [_FR]},
        {"text": "nl vriend 1", "condition": [_NL, _FRIEND]},
        {"text": "nl vriend 2", "condition": [_NL, _FRIEND]},
        {"text": "fr adulte", "condition": [_FR, _ADULT]},
    ],
    "utter_ask_sextortion_happened": [
        {"text": "wat? / quoi ?"},
        {"text": "nl wat", "condition": [_NL]},
        {"text": "nl geld, niet?", "condition": [_NL, _MONEY]},
        {"text": "nl vriend wat", "condition": [_NL, _FRIEND]},
    ],
    "utter_y": [{"text": "ja / oui"}],
    "utter_b": [{"text": "ja / oui"}, {"text": "nl ja", "condition": [_NL]}, {"text": "nl ja maar", "condition": [_NL, _BUT]}],
    "utter_o": [{"text": "nl kort", "condition": [_NL]}, {"text": "nl gelezen", "condition": [_NL, _AT_LENGTH]}],
    "utter_z": [{"text": "nl alleen", "condition": [_NL]}],
    "utter_now_away_no": [{"text": "nl ver weg", "condition": [_NL]}],
    "utter_now_helped_no": [{"text": "nl wacht niet", "condition": [_NL]}],
    "utter_now_helped_yes": [{"text": "nl doe wat zij zeggen", "condition": [_NL]}],
    "utter_now_safe_yes": [{"text": "nl gelukkig", "condition": [_NL]}],
    "utter_now_situation": [
        {"text": "nl 112", "condition": [_NL]},
        {"text": "nl slaapt", "condition": [_NL, _ASLEEP]},
        {"text": "nl wek wie er is", "condition": [_NL, _WAKE]},
        {"text": "nl hoeveel", "condition": [_NL, _HOW_MUCH]},
        {"text": "nl van de rand", "condition": [_NL, _EDGE]},
        {"text": "nl stap uit de auto", "condition": [_NL, _STOPPED]},
        {"text": "nl slaapt, vriend", "condition": [_NL, _ASLEEP, _FRIEND]},
    ],
}
# the remark, what is told of the danger, who it is about → what is said, twice in a row
SITUATIONS: list[tuple[str, str | None, str, list[str]]] = [
    ("utter_now_away_no", "asleep", "self", ["nl slaapt", "nl ver weg"]),
    ("utter_now_away_no", "asleep", "friend", ["nl slaapt, vriend", "nl ver weg"]),
    ("utter_now_away_no", "asleep", "adult", ["nl ver weg", "nl ver weg"]),  # no words for an adult: the remark stays
    ("utter_now_away_no", "how_much", "self", ["nl ver weg", "nl ver weg"]),  # "we zijn met 4": no number of pills
    ("utter_now_helped_no", "how_much", "self", ["nl hoeveel", "nl wacht niet"]),
    ("utter_now_away_no", "at_edge", "self", ["nl ver weg", "nl ver weg"]),  # where nobody spoke of dying
    ("utter_now_away_no", "car_stopped", "self", ["nl ver weg", "nl ver weg"]),  # where nobody spoke of a car
    ("utter_now_helped_no", "asleep", "self", ["nl wek wie er is", "nl wacht niet"]),  # a body in danger: who sleeps is help
    ("utter_now_helped_no", "car", "self", ["nl wacht niet", "nl wacht niet"]),  # there, no words for it
    ("utter_now_away_no", None, "self", ["nl ver weg", "nl ver weg"]),
    ("utter_now_safe_yes", "asleep", "self", ["nl gelukkig", "nl gelukkig"]),  # who is safe hears that first
    ("utter_now_helped_yes", "asleep", "self", ["nl doe wat zij zeggen", "nl doe wat zij zeggen"]),  # help comes: nobody is to call
    ("utter_z", "asleep", "self", ["nl alleen", "nl alleen"]),  # no remark of danger now
]
# reply, what was typed → the text: what goes on behind a "but" has words of its own
AFTER_WORDS: list[tuple[str, str, str]] = [
    ("utter_b", "ja", "nl ja"),
    ("utter_b", "ja ma hij woont ver", "nl ja maar"),
    ("utter_b", "oui mais il habite loin", "nl ja maar"),
    ("utter_b", "ja maar", "nl ja"),
    ("utter_b", "ja mama en ma", "nl ja"),
    ("utter_o", "wij gaan zaterdag naar zee", "nl kort"),  # who writes much hears that it was read
    ("utter_o", "wij gaan zaterdag naar zee met heel de ploeg en ik heb mijn zwembroek nog altijd niet gevonden", "nl gelezen"),
]
# reply, intent and question of the message, what was asked before → whether the question is answered in its place
_TELL, _OFFER = "utter_ask_sextortion_tell", "utter_ask_sextortion_removal"
IN_PLACE: list[tuple[str, str, str | None, str, bool]] = [
    ("utter_sextortion_tell_yes", "affirm", "police_punish", _TELL, True),
    ("utter_sextortion_tell_yes", "affirm", None, _TELL, False),
    ("utter_sextortion_tell_yes", "sextortion", "police_punish", _TELL, False),
    ("utter_ask_sextortion_happened", "deny", "police_punish", _TELL, False),
    ("utter_sextortion_not_safe", "deny", "police_punish", _TELL, False),  # names 112
    ("utter_sextortion_removal", "affirm", "police_punish", _OFFER, False),  # what was offered is said
    ("utter_sextortion_removal", "deny", "police_punish", _OFFER, True),
    # what is told beside an answer leaves the remark, which may hold what to do; what answers the very question has words of its own
    ("utter_sextortion_tell_yes", "affirm", "says_sorry", _TELL, False),
    ("utter_sextortion_tell_yes", "affirm", "told_already", _TELL, True),
]

# reply, who it is about → whether the words for a weapon or a beating that is announced stand in its place
AHEAD: list[tuple[str, str, bool]] = [
    ("utter_cyberbullying", "self", True),
    ("utter_cyberbullying", "friend", True),
    ("utter_cyberbullying_keep_heard", "adult", True),
    ("utter_ask_cyberbullying_keep", "self", False),
    ("utter_sextortion_tell_yes", "self", False),
]

# what was asked and answered before, in order → whether they have said that they can talk
CAN_TALK: list[tuple[list[tuple[str, str]], bool]] = [
    ([], False),
    ([("utter_ask_safe", "affirm")], True),
    ([("utter_ask_safe", "deny")], False),
    ([("utter_ask_safe", "sextortion")], False),
    ([("utter_ask_safe", "affirm"), ("utter_ask_topic", "deny")], True),
    ([("utter_ask_safe", "affirm"), ("utter_ask_sextortion_safe", "deny")], False),
    ([("utter_ask_safe", "deny"), ("utter_ask_sextortion_safe", "affirm"), ("utter_ask_sextortion_happened", "affirm")], True),
    ([("utter_ask_sextortion_happened", "affirm")], False),
]

# reply, slots, how often → what is said
REPLIES: list[tuple[str, dict[str, Any], int, list[str | None]]] = [
    ("utter_x", {"language": "nl"}, 5, ["nl 1", "nl 2", "nl 3", "nl 1", "nl 2"]),
    ("utter_x", {"language": "fr"}, 3, ["fr 1", "fr 1", "fr 1"]),
    ("utter_x", {"language": "nl", "who": "friend"}, 3, ["nl vriend 1", "nl vriend 2", "nl vriend 1"]),
    ("utter_x", {"language": "fr", "who": "adult"}, 1, ["fr adulte"]),
    ("utter_x", {"language": "fr", "who": "friend"}, 1, ["fr 1"]),
    ("utter_x", {"language": "nl", "who": "adult"}, 2, ["nl 1", "nl 2"]),
    ("utter_x", {}, 2, ["beide / les deux"] * 2),
    ("utter_x", {"who": "friend"}, 1, ["beide / les deux"]),
    # what was told before is named; a friend's own words go first; another question's or another thing told change nothing
    ("utter_ask_sextortion_happened", {"language": "nl", "told_before": {"sextortion_happened": "money"}}, 1, ["nl geld, niet?"]),
    (
        "utter_ask_sextortion_happened",
        {"language": "nl", "told_before": {"sextortion_happened": "money"}, "who": "friend"},
        1,
        ["nl vriend wat"],
    ),
    ("utter_ask_sextortion_happened", {"language": "nl", "told_before": {"sextortion_happened": "pictures"}}, 1, ["nl wat"]),
    ("utter_ask_sextortion_happened", {"language": "nl", "told_before": {"grooming_happened": "money"}}, 1, ["nl wat"]),
    ("utter_ask_sextortion_happened", {"language": "fr", "told_before": {"sextortion_happened": "money"}}, 1, ["wat? / quoi ?"]),
    ("utter_y", {"language": "nl"}, 1, ["ja / oui"]),
    ("utter_b", {"language": "nl"}, 1, ["nl ja"]),
    ("utter_z", {"language": "fr"}, 1, [None]),
    ("utter_nobody_wrote", {"language": "nl"}, 1, [None]),
]

# the message, the need that was heard, the need whose path asks, what was told before → all that is told now (None: nothing new)
TOLD: list[tuple[str, str, str | None, dict[str, str], dict[str, str] | None]] = [
    ("hij wil 200 euro of hij zet alles online", "sextortion", None, {}, {"sextortion_happened": "money"}),
    ("hij wil 200 euro", "nlu_fallback", "sextortion", {}, {"sextortion_happened": "money"}),
    ("hij wil 200 euro", "sextortion", "sextortion", {"sextortion_happened": "money"}, None),
    ("hij wil 200 euro", "sextortion", None, {"sextortion_tell": "x"}, {"sextortion_tell": "x", "sextortion_happened": "money"}),
    ("hij wil 200 euro", "off_topic", None, {}, None),
    ("/sextortion", "sextortion", None, {}, None),
    # what is denied is not told, and what was told before is forgotten
    ("hij heeft niks doorgestuurd naar zijn vrienden", "nlu_fallback", "nude_spread", {}, {"nude_spread_where": "not_spread"}),
    ("neen ze slaan niet op snap", "cyberbullying", "cyberbullying", {"cyberbullying_online": "on_an_app"}, {}),
    ("hij zet alles online als ik niet terug met hem ga", "sextortion", None, {}, {"sextortion_happened": "back"}),
    ("een jongen uit fortnite", "pressured_to_send", None, {}, {"pressured_to_send_known": "online"}),
    ("mijn tante weet het al", "nlu_fallback", "sextortion", {}, {"sextortion_tell": "adult_knows"}),
    ("mijn tante weet het niet", "nlu_fallback", "sextortion", {}, None),
]
# the answer, what was told before it → what it means at the question what that person does
CONFIRMED: list[tuple[str, dict[str, str], str | None]] = [
    ("ja", {"grooming_happened": "pictures"}, "pressured_to_send"),
    ("oui", {"grooming_happened": "pictures"}, "pressured_to_send"),
    ("nee", {"grooming_happened": "pictures"}, "dont_know"),
    ("ja", {}, "affirm"),
    ("ja", {"sextortion_happened": "money"}, "affirm"),
]

# a first message, the need that was heard → the need it is by its words, if another
OTHER_NEEDS: list[tuple[str, str, str | None]] = [
    ("ik heb een naaktfoto van mezelf gestuurd en nu heb ik spijt", "i_shared_it", "nude_spread"),
    ("jai envoyé une photo nue de moi et je regrette", "i_shared_it", "nude_spread"),
    ("ik heb een naaktfoto van mezelf gestuurd naar een meisje dat er niet om gevraagd had", "i_shared_it", None),
    ("ze willen elke week 10 euro anders slaan ze mij", "sextortion", "cyberbullying"),
    ("mon frere se fait racketter a l'ecole, ils veulent 20 euros", "sextortion", "cyberbullying"),
    ("hij gaat tegen mijn ouders zeggen dat ik gay ben als ik niet betaal", "sextortion", "cyberbullying"),
    ("hij zet mijn foto online anders slaat hij mij", "sextortion", None),
    ("jme fais racketter sur snap", "sextortion", None),
    ("hij wil geld", "sextortion", None),
    ("ze willen elke week 10 euro anders slaan ze mij", "grooming", None),
    # shame over a picture of oneself is no deed, and what an ex did is none of one's own
    ("ik heb spijt van een foto van mij", "i_shared_it", "nude_spread"),
    ("jai la honte dune photo de moi", "i_shared_it", "nude_spread"),
    ("jveux parler dune photo mais jai la honte", "i_shared_it", "nude_spread"),
    ("je regrette la photo que jai envoyé", "i_shared_it", "nude_spread"),
    ("g la haine mon ex a tout balancé", "i_shared_it", "nude_spread"),
    ("kheb spijt dat ik haar foto gestuurd heb", "i_shared_it", None),
    ("ik schaam mij, ik heb een foto van een meisje doorgestuurd", "i_shared_it", None),
    ("jai la honte jai partagé la photo dune fille", "i_shared_it", None),
    ("jai envoyé une photo de moi a une fille qui avait rien demandé", "i_shared_it", None),
    # a picture of somebody else that only reached them, and what they did with it
    ("ik kreeg een naaktfoto van een meisje uit het tweede doorgestuurd", "i_shared_it", "nude_spread"),
    ("on m'a envoyé un nude d'un gars de l'école", "i_shared_it", "nude_spread"),
    ("een jongen stuurde mij ongevraagd een foto van een naakt meisje van mijn school", "grooming", "nude_spread"),
    ("een man van 40 stuurde mij een naaktfoto van een meisje", "grooming", None),
    ("kreeg een naaktfoto van een meisje en heb ze doorgestuurd", "i_shared_it", None),
    ("jai reçu le nude d'une fille et je l'ai partagé", "i_shared_it", None),
    ("er staat een naaktfoto van een klein kind op mijn gsm", "nude_spread", "seen_csam"),
    ("on m'a envoyé la photo d'un enfant tout nu", "nude_spread", "seen_csam"),
    # filmed by another in a call, an account taken over, a camera that somebody wants on
    ("on faisait un appel vidéo et elle a filmé", "i_shared_it", "nude_spread"),
    ("ze heeft mij gefilmd tijdens het bellen met cam", "i_shared_it", "nude_spread"),
    ("mijn snap is gehackt en die gast schrijft naar iedereen", "sextortion", "report_content_removal"),
    ("mon insta est piraté, il menace de tout envoyer", "sextortion", None),
    ("ze vraagt om te cammen", "sextortion", "grooming"),
    ("hij wil dat ik cam of hij post mijn foto", "sextortion", None),
]
# what small talk was of, the words → the need that they tell right behind it
BEHIND_TALK: list[tuple[str | None, str, str | None]] = [
    ("crush", "hij is 27", "grooming"),
    ("crush", "il a 30 ans", "grooming"),
    ("crush", "hij is 15", None),
    ("crush", "il a 20 abonnés", None),
    ("grief", "hij was 80", None),
    ("grief", "ik wil gewoon bij mijn oma zijn", "suicidal"),
    ("grief", "jveux la rejoindre", "suicidal"),
    ("grief", "ik wil bij hem zijn in het ziekenhuis", None),
    ("exam", "ik wil bij hem zijn", None),
    ("exam", "pillen van mijn mama", "suicidal"),
    ("exam", "les médocs de ma mère", "suicidal"),
    ("exam", "ik eet al dagen niks", "other_wellbeing"),
    ("grief", "de pillen van mijn kat", None),
    ("friend_trouble", "elle met toujours des manches longues", "self_harm"),
    ("friend_trouble", "wat als iemand u chanteert", "sextortion"),
    ("sells_own", "un gars menace de tout dire a ma mère", "sextortion"),
    ("sells_own", "hij gaat het tegen mijn papa zeggen", "sextortion"),
    ("sells_own", "niemand dreigt ofzo", None),
    ("friend_trouble", "ils ont posté ma photo", "nude_spread"),
    (None, "ik eet al dagen niks", None),
]
# the answer, the question, the need whose path asks, what was heard and how surely → the intent it has, and whether its words are the answer
ON_A_PATH: list[tuple[Any, ...]] = [
    # a detail of an emergency leads nowhere else; life does, and a reason where it is asked for
    ("ja een mes want ze stuurde een foto", "utter_ask_suicidal_far", "suicidal", "nude_spread", 0.95, "affirm", True),
    ("oui ma soeur mais dis rien a personne", "utter_ask_suicidal_with", "suicidal", "grooming", 0.98, "nlu_fallback", False),
    ("foto doorgestuurd", "utter_ask_suicidal_with", "suicidal", "nude_spread", 0.98, "nlu_fallback", False),
    # how old somebody is begins no other subject
    ("hij is 17", "utter_ask_sexual_abuse_week", "sexual_abuse", "grooming", 0.99, "nlu_fallback", False),
    ("il a 21 ans", "utter_ask_sextortion_wants", "sextortion", "grooming", 0.99, "nlu_fallback", False),
    # talk of other things, where it was only asked whether they can talk, is no "no, I cannot"; unless that is not clear
    ("nooit meer spruitjes", "utter_ask_safe", None, "off_topic", 0.97, "off_topic", False),
    ("non il me frappe pas", "utter_ask_safe", None, None, 0.12, None, False),
    ("nee hoor niemand heeft mij aangeraakt", "utter_ask_safe", None, None, 0.12, None, False),
    ("non mais tu réponds super lentement une fois", "utter_ask_safe", None, "off_topic", 0.69, "off_topic", False),
    ("non mais c quoi ce bot", "utter_ask_safe", None, "insult", 0.63, "insult", False),
    ("nan mais mon pere est a coté", "utter_ask_safe", None, None, 0.12, "deny", True),
    ("nan mais le pigeon il a mangé ma frite", "utter_ask_safe", None, "off_topic", 0.99, "off_topic", False),
    ("nee mama zit naast mij", "utter_ask_safe", None, "off_topic", 0.6, "deny", True),
    # keys hit at random are no talk of other things either, on the path of an emergency
    ("welke dag is het vandaag", "utter_ask_suicidal_with", "suicidal", "off_topic", 0.97, "off_topic", False),
    ("pfft hmgrmpf", "utter_ask_suicidal_with", "suicidal", "off_topic", 0.97, "nlu_fallback", False),
    # another subject that is told anew is followed
    ("mijn naaktfoto gaat rond op heel de school", "utter_ask_suicidal_with", "suicidal", "nude_spread", 0.98, "nude_spread", False),
    ("ze wil ni meer leven", "utter_ask_friend_missing_danger", "friend_missing", "suicidal", 0.95, "suicidal", False),
    ("ze slaan mij daar", "utter_ask_runaway_now_why", "runaway_now", "unsafe_home", 0.95, "unsafe_home", False),
    ("hij stuurt mijn foto rond", "utter_ask_cyberbullying_threat", "cyberbullying", "nude_spread", 0.95, "nude_spread", False),
    # yes, but, to a question about safety
    ("ja ma er hangen hier gasten rond", "utter_ask_runaway_now_safe", "runaway_now", "affirm", 0.9, "nlu_fallback", False),
    ("ja ma", "utter_ask_runaway_now_safe", "runaway_now", "affirm", 0.9, "affirm", True),
    ("ja ma hij woont heel ver", "utter_ask_grooming_tell", "grooming", "affirm", 0.9, "affirm", True),
    # "nee maar echt" is a no to "is it a joke", which nobody asked
    ("nee maar echt", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "affirm", True),
    ("haha nee ik lach er niet mee", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "affirm", True),
    ("nan mais pour de vrai", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "affirm", True),
    ("nan c vrai", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "affirm", True),
    ("nee niet echt", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "deny", True),
    ("non vraiment pas", "utter_ask_suicidal_now", "suicidal", "deny", 0.97, "deny", True),
    ("ja ik meen het", "utter_ask_suicidal_with", "suicidal", "affirm", 0.97, "suicidal", True),
    # what answers no question of a danger now: it is asked again; "ok" is a yes to what they should do next
    ("ok", "utter_ask_now_safe", "unsafe_home", "affirm", 0.99, "question_on_the_way", False),
    ("ok c fait", "utter_ask_now_safe", "unsafe_home", "affirm", 0.99, "question_on_the_way", False),
    ("???", "utter_ask_now_away", "unsafe_home", "dont_know", 0.99, "question_on_the_way", False),
    ("dis quelque chose", "utter_ask_now_person", "unsafe_home", "dont_know", 0.99, "question_on_the_way", False),
    ("ok", "utter_ask_now_call", "unsafe_home", "affirm", 0.99, "affirm", False),
    ("👍", "utter_ask_now_safe", "unsafe_home", "affirm", 0.99, "affirm", False),
    # not now, or away only for a moment
    ("il est pas la jte dis", "utter_ask_now_call", "unsafe_home", "deny", 0.9, "dont_know", True),
    ("nee er is geen gevaar, mijn tante komt", "utter_ask_now_away", "unsafe_home", "deny", 0.9, "dont_know", True),
    ("non c'est sur internet", "utter_ask_now_away", "grooming", "deny", 0.9, "dont_know", True),
    ("nan là jsuis chez moi", "utter_ask_now_away", "cyberbullying", "runaway_now", 0.9, "dont_know", True),
    ("nee ben gewoon thuis", "utter_ask_now_away", "sexual_abuse", "deny", 0.9, "dont_know", True),
    ("nee ben gewoon thuis", "utter_ask_now_away", "unsafe_home", "deny", 0.9, "deny", True),
    ("hij is weg maar komt zo terug", "utter_ask_now_away", "unsafe_home", "nlu_fallback", 0.3, "nlu_fallback", False),
    ("hij is weg, maar hij is zo terug", "utter_ask_now_safe", "unsafe_home", "nlu_fallback", 0.3, "nlu_fallback", False),
    ("nee niet nu hij is op kamp", "utter_ask_sexual_abuse_safe", "sexual_abuse", "deny", 0.9, "affirm", True),
    # where they are is no meeting, and a class no danger
    ("ja kben op mn kamer", "utter_ask_grooming_meeting", "grooming", "affirm", 0.9, "grooming", True),
    ("neeje kzit in de klas", "utter_ask_deepfake_nude_safe", "deepfake_nude", "off_topic", 0.99, "dont_know", True),
    ("nee niet doorgestuurd", "utter_ask_nude_spread_safe", "nude_spread", "deny", 0.99, "nude_spread", True),
    # a dot, a letter, a face, keys hit at random: no "no, I cannot talk"
    (".", "utter_ask_safe", None, "runaway_now", 0.0, "nlu_fallback", False),
    ("🙄", "utter_ask_safe", None, "deny", 0.93, "nlu_fallback", False),
    ("n", "utter_ask_safe", None, "greeting", 0.6, "nlu_fallback", False),
    ("jdjdjdjd", "utter_ask_safe", None, "deny", 0.87, "nlu_fallback", False),
    ("qsdfghj", "utter_ask_safe", None, "deny", 0.87, "nlu_fallback", False),
    ("k", "utter_ask_safe", None, "affirm", 0.99, "affirm", False),
    ("nn", "utter_ask_safe", None, "deny", 0.99, "deny", True),
    ("mdrrr", "utter_ask_safe", None, "off_topic", 0.97, "off_topic", False),
    ("👎", "utter_ask_safe", None, "deny", 0.93, "deny", False),
    # at the first question a need that was heard goes before somebody who is near in the story
    ("hij ligt naast mij ik durf ni", "utter_ask_safe", None, "sexual_abuse", 0.9, "sexual_abuse", False),
    ("hij zit naast mij", "utter_ask_safe", None, "off_topic", 0.9, "deny", True),
    # a moment of danger is told to its path
    ("kga springen", "utter_ask_suicidal_with", "suicidal", "affirm", 0.5, "nlu_fallback", False),
    ("il a lache le couteau", "utter_ask_suicidal_with", "suicidal", "unsafe_home", 0.95, "affirm", False),
]

# ---- interactive scenarios -----------------------------------------------------------------------------------------------
