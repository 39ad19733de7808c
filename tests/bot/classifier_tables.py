"""What the classifiers of needs and of questions make of their probabilities, in tables; asked in inside.py."""

from __future__ import annotations

from typing import Any

# probabilities per need → the answer, its confidence
RANKED: list[tuple[dict[str, float], str, float]] = [
    # one need alone
    ({"sextortion": 0.9, "greeting": 0.1}, "sextortion", 0.9),
    ({"greeting": 0.9, "sextortion": 0.1}, "greeting", 0.9),
    # calls for help outweigh small talk together, though small talk leads
    ({"off_topic": 0.09, "sextortion": 0.2, "grooming": 0.15, "nude_spread": 0.27, "legal_question": 0.29 - 1e-9}, "nude_spread", 0.27),
    # a call for help must be likely enough; an emergency is named sooner
    ({"off_topic": 0.09, "sextortion": 0.2, "grooming": 0.2, "nude_spread": 0.25, "legal_question": 0.26 - 1e-9}, "nude_spread", 0.25),
    ({"off_topic": 0.21, "sextortion": 0.79}, "sextortion", 0.0),
    ({"off_topic": 0.29, "suicidal": 0.71}, "suicidal", 0.71),
    ({"off_topic": 0.31, "suicidal": 0.69}, "suicidal", 0.0),
    # yes and no, where nothing was asked, must be clearly meant
    ({"deny": 0.55, "off_topic": 0.45}, "deny", 0.0),
    ({"deny": 0.65, "off_topic": 0.35}, "deny", 0.65),
    ({"affirm": 0.09, "cyberbullying": 0.31, "other_wellbeing": 0.3, "self_harm": 0.3}, "self_harm", 0.3),
    # what an adult asks for a child, against what it is about: the adult's path, unless that is more specific (needs.md)
    ({"sextortion": 0.5, "parent_or_adult_asks_for_child": 0.46, "off_topic": 0.04}, "parent_or_adult_asks_for_child", 0.46),
    ({"nude_spread": 0.5, "parent_or_adult_asks_for_child": 0.46, "off_topic": 0.04}, "nude_spread", 0.5),
    # help is wanted, but with what? asked again
    ({"off_topic": 0.15, "sextortion": 0.17, "grooming": 0.17, "cyberbullying": 0.17, "nude_spread": 0.17, "legal_question": 0.17}, "sextortion", 0.0),
    # everything is wiped, the language changed, anger heard, a person brought in when that was clearly meant
    ({"wipe_chat": 0.6, "off_topic": 0.4}, "wipe_chat", 0.0),
    ({"switch_language": 0.45, "off_topic": 0.55 - 1e-9}, "off_topic", 0.55),
    ({"insult": 0.48, "off_topic": 0.4, "greeting": 0.12}, "insult", 0.0),
    ({"want_human": 0.46, "legal_question": 0.33, "off_topic": 0.21}, "want_human", 0.0),
    # a need leads, but small talk has the greater part: it may be a call for help, so it is asked again
    ({"sextortion": 0.4, "off_topic": 0.35, "greeting": 0.25}, "off_topic", 0.0),
    ({"sextortion": 0.2, "off_topic": 0.55, "greeting": 0.25}, "off_topic", 0.55),
    # a need leads and nothing is sure: asked again, never guessed
    ({"sextortion": 0.4, "grooming": 0.2, "off_topic": 0.4 - 1e-9}, "sextortion", 0.0),
    ({"grooming": 0.5, "greeting": 0.3, "off_topic": 0.2}, "grooming", 0.0),
    ({"off_topic": 0.35, "grooming": 0.3, "sextortion": 0.35 - 1e-9}, "off_topic", 0.0),
    # the more urgent of equals; not when it is clearly behind
    ({"runaway_thinking": 0.5, "runaway_now": 0.46, "greeting": 0.04}, "runaway_now", 0.46),
    ({"runaway_thinking": 0.55, "runaway_now": 0.4, "greeting": 0.05}, "runaway_thinking", 0.55),
    ({"self_harm": 0.48, "suicidal": 0.47, "greeting": 0.05}, "suicidal", 0.47),
    ({"suicidal": 0.48, "self_harm": 0.47, "greeting": 0.05}, "suicidal", 0.48),
    ({"suicidal": 0.46, "runaway_now": 0.49, "greeting": 0.05}, "runaway_now", 0.49),
    # delicate: only when it leads
    ({"sexting_question": 0.46, "worried_own_feelings": 0.45, "greeting": 0.09}, "sexting_question", 0.46),
    ({"worried_own_feelings": 0.46, "sexting_question": 0.45, "greeting": 0.09}, "sexting_question", 0.45),
    ({"worried_own_feelings": 0.61, "sexting_question": 0.3, "greeting": 0.09}, "worried_own_feelings", 0.61),
    # answered without a need's own lines: weighed as small talk
    ({"want_human": 0.7, "sextortion": 0.3}, "want_human", 0.7),
    ({"privacy_question": 0.5, "legal_question": 0.5 - 1e-9}, "privacy_question", 0.5),
]  # fmt: skip

# probabilities per need, how many words → the answer, its confidence: few words must be surer, many need not be so sure
BY_LENGTH: list[tuple[dict[str, float], int, str, float]] = [
    ({"off_topic": 0.15, "sextortion": 0.85}, 5, "sextortion", 0.0),
    ({"off_topic": 0.15, "sextortion": 0.85}, 6, "sextortion", 0.85),
    ({"off_topic": 0.06, "suicidal": 0.94}, 2, "suicidal", 0.94),
    ({"off_topic": 0.08, "suicidal": 0.92}, 2, "suicidal", 0.0),
    ({"off_topic": 0.45, "unsafe_home": 0.55}, 13, "unsafe_home", 0.0),
    ({"off_topic": 0.45, "unsafe_home": 0.55}, 14, "unsafe_home", 0.55),
    ({"off_topic": 0.45, "unsafe_home": 0.3, "self_harm": 0.25}, 14, "unsafe_home", 0.3),
    ({"off_topic": 0.52, "unsafe_home": 0.48}, 40, "off_topic", 0.0),
    ({"off_topic": 0.8, "unsafe_home": 0.2}, 40, "off_topic", 0.8),
]

# with the thresholds of config.yml: a wish to die and self-harm are heard sooner than any other danger, whatever the length
# probabilities per need, how many words → the answer, its confidence
OF_LIFE: list[tuple[dict[str, float], int, str, float]] = [
    ({"off_topic": 0.11, "suicidal": 0.89}, 8, "suicidal", 0.89),
    ({"off_topic": 0.11, "runaway_now": 0.89}, 8, "runaway_now", 0.0),
    ({"off_topic": 0.11, "self_harm": 0.89}, 8, "self_harm", 0.89),
    ({"off_topic": 0.11, "sextortion": 0.89}, 8, "sextortion", 0.0),
    ({"off_topic": 0.025, "suicidal": 0.975}, 3, "suicidal", 0.975),
    ({"off_topic": 0.025, "runaway_now": 0.975}, 3, "runaway_now", 0.0),
    ({"off_topic": 0.2, "suicidal": 0.8}, 20, "suicidal", 0.8),
    ({"off_topic": 0.3, "suicidal": 0.7}, 20, "suicidal", 0.0),  # a dog that rolled in a dead fish
    ({"off_topic": 0.3, "unsafe_home": 0.7}, 20, "unsafe_home", 0.0),
    ({"off_topic": 0.2, "suicidal": 0.8}, 8, "suicidal", 0.0),  # not at any odds
]

# the need heard, the path, the words, danger in them, danger now by the hub → whether they may correct a misunderstanding
CORRECTED: list[tuple[Any, ...]] = [
    ("deny", "suicidal", "nee t is een boek", False, False, True),
    ("suicidal", "suicidal", "ik wil ni dood", True, False, True),  # of the path's own danger
    ("off_topic", "friend_missing", "neee mijn kat he", False, False, True),
    ("deny", "suicidal", "nee hoor", False, False, False),  # a plain answer
    ("off_topic", None, "t is een boek voor school", False, False, False),  # nothing to correct
    ("sexual_abuse", "suicidal", "nee hij heeft mij verkracht", True, False, False),  # another danger
    ("unsafe_home", "unsafe_home", "nee hij komt naar boven", False, True, False),  # now
    ("want_human", "suicidal", "ik wil een mens spreken", False, False, False),
    # said after pills, blood, a locked door, on a bridge: never
    ("deny", "suicidal", "nee wil gewoon slapen", False, False, False),
    ("deny", "self_harm", "nee gewoon van de kat", False, False, False),
    ("deny", "unsafe_home", "nee de deur is op slot!!", False, False, False),
    ("deny", "suicidal", "nee ik ga gwn springen", False, False, False),
    ("deny", "suicidal", "non c'est pas un jeu", False, False, False),
]

# beside a path: what was heard, whether danger is in the words, "now", the question, its probability → whether the question goes before
# the examples that are known, each with its label; then a message and the label it has
EXAMPLES: list[tuple[str, str]] = [
    ("Mijn mama drinkt.", "other_wellbeing"),
    ("ça va mal", "other_wellbeing"),
    ("papa 😭", "unsafe_home"),
    ("tot later", "thanks_bye"),
    ("weg", "runaway_thinking"),
    ("weg", "off_topic"),
    ("😀", "off_topic"),
]
KNOWN: list[tuple[str, str | None]] = [
    ("mijn mama drinkt", "other_wellbeing"),
    ("MIJN MAMA DRINKT!!", "other_wellbeing"),
    ("ca va mal", "other_wellbeing"),
    ("mijn papa drinkt", None),
    ("papa", None),  # signs count: without it the word tells nothing
    ("papa 😭", "unsafe_home"),
    ("weg", None),  # under two labels it says nothing
    ("😀", None),
]
# message, probabilities, the need of an open question, whether small talk came before → the need and its confidence
AS_EXAMPLES: list[tuple[str, dict[str, float], str | None, bool, str, float]] = [
    ("mijn mama drinkt", {"other_wellbeing": 0.8, "off_topic": 0.2}, None, False, "other_wellbeing", 0.9),
    ("mijn mama drinkt", {"unsafe_home": 0.97, "other_wellbeing": 0.03}, None, False, "other_wellbeing", 0.9),
    ("mijn papa drinkt", {"other_wellbeing": 0.8, "off_topic": 0.2}, None, False, "other_wellbeing", 0.0),
    # an answer to a path, and what goes on with small talk, are none
    ("mijn mama drinkt", {"other_wellbeing": 0.8, "off_topic": 0.2}, "sextortion", False, "other_wellbeing", 0.0),
    ("mijn mama drinkt", {"other_wellbeing": 0.8, "off_topic": 0.2}, None, True, "other_wellbeing", 0.0),
    ("papa 😭", {"unsafe_home": 0.6, "off_topic": 0.4}, None, True, "unsafe_home", 0.9),
    # small talk by its example, but never over what is heard as a call for help
    ("tot later", {"off_topic": 0.5, "thanks_bye": 0.4, "suicidal": 0.1}, None, False, "thanks_bye", 0.9),
    ("tot later", {"suicidal": 0.7, "thanks_bye": 0.3}, None, False, "suicidal", 0.0),
]
GOES_BEFORE: list[tuple[Any, ...]] = [
    ("off_topic", False, "no", "grief", 0.6, True),
    ("off_topic", False, "no", "grief", 0.4, False),
    ("nlu_fallback", False, "no", "lost_pet", 0.6, True),
    # a need that is not urgent, then a danger that no word names, must be surer; more than the question allows, never
    ("other_wellbeing", False, "no", "pregnant", 0.9, True),
    ("other_wellbeing", False, "no", "pregnant", 0.8, False),
    ("other_wellbeing", False, "no", "grief", 0.99, False),
    ("friend_missing", False, "no", "lost_pet", 0.96, True),
    ("friend_missing", False, "no", "lost_pet", 0.94, False),
    ("grooming", False, "no", "school_task", 0.96, True),
    ("suicidal", False, "no", "school_task", 0.99, False),
    # "ik heb iets gedaan" is no "I do not know", and no guess either; who asks who reads this is answered that
    ("dont_know", False, "no", "opens_up", 0.6, True),
    ("greeting", False, "no", "opens_up", 0.6, True),
    ("grooming", False, "no", "opens_up", 0.8, False),
    ("privacy_question", False, "no", "opens_up", 0.9, False),
    ("dont_know", True, "no", "opens_up", 0.99, False),
    # danger in the words, or now; what has answers of its own; a question without the mark
    ("friend_missing", True, "no", "lost_pet", 0.99, False),
    ("friend_missing", False, "yes", "lost_pet", 0.99, False),
    ("thanks_bye", False, "no", "grief", 0.99, False),
    ("want_human", False, "no", "grief", 0.99, False),
    ("off_topic", False, "no", "my_fault", 0.99, False),
]

# the need heard, whether it was not sure enough to be named, the odds of all dangers together (of all calls: as much), the question and its
# probability → as above
BESIDE_DANGER: list[tuple[Any, ...]] = [
    # "avec mes points … chez nous c'est la ceinture": a danger that is this likely stays
    ("unsafe_home", False, 0.97, "failed", 0.99, False),
    ("unsafe_home", False, 0.9, "failed", 0.99, True),
    # not what is serious by itself, nor what is asked in danger too: those answers fit
    ("unsafe_home", False, 0.97, "miss_parent", 0.99, True),
    ("self_harm", False, 0.97, "take_weapon", 0.99, True),
    # unless the danger was named for sure: "ze liet mij geloven dat het vakantie was en ik mag niet terug naar papa"
    ("parental_abduction", False, 0.99, "miss_parent", 0.96, False, 0.99),
    ("parental_abduction", False, 0.99, "miss_parent", 0.96, True, 0.9),
    ("runaway_now", False, 0.97, "lost_pet", 0.99, True),  # "onze kat is al 3 dagen weg"
    ("friend_missing", False, 0.97, "lost_pet", 0.97, False),  # "un louveteau s'est perdu dans les bois" is a child
    # nothing was named, and a danger is not unlikely: "ils m'ont enfermée, et j'ai 9 % de batterie"
    ("nlu_fallback", True, 0.5, "battery_low", 0.6, False),
    ("nlu_fallback", True, 0.5, "battery_low", 0.8, False),
    ("nlu_fallback", True, 0.5, "battery_low", 0.92, True),
    ("nlu_fallback", True, 0.3, "battery_low", 0.6, True),
    ("nlu_fallback", False, 0.5, "battery_low", 0.6, True),
    # a call is not likelier than none, and the answer names helplines: "lijmpistool meenemen voor techniek"
    ("off_topic", False, 0.01, "take_weapon", 0.7, False),
    ("off_topic", False, 0.01, "take_weapon", 0.98, True),
    ("off_topic", False, 0.3, "take_weapon", 0.95, False),
    ("off_topic", False, 0.6, "take_weapon", 0.7, True),
    ("off_topic", False, 0.01, "grief", 0.7, True),
]

# the need heard, its confidence, "now" in the words (words: danger in them, not now), the path (None: beside one), the question → whether it is answered; perhaps the words
ANSWERED: list[tuple[Any, ...]] = [
    ("sextortion", 0.98, "no", "sextortion", "my_fault", True),
    ("nlu_fallback", 0.12, "no", "sextortion", "my_fault", True),
    ("legal_question", 0.97, "no", "sextortion", "police_punish", True),
    ("privacy_question", 0.97, "no", "sextortion", "cost", True),
    # a danger of another kind, or one now; the wish for a person; to have all deleted
    ("suicidal", 0.7, "no", "sextortion", "will_it_stop", False),
    ("sextortion", 0.98, "yes", "sextortion", "my_fault", False),
    ("want_human", 0.8, "no", "sextortion", "bot_do_it", False),
    ("wipe_chat", 0.8, "no", "sextortion", "bot_do_it", False),
    ("bot_challenge", 0.95, "no", "sextortion", "bot_do_it", False),
    # an answer by its words; what the classifier alone took for one may be a question
    ("affirm", 1.0, "no", "grooming", "how_block", False),
    # what is told behind one is met too
    ("affirm", 1.0, "no", "unsafe_home", "no_courage", True, "oui mais j'ose pas le dire"),
    ("deny", 1.0, "no", "unsafe_home", "no_courage", False, "nee kdurf niet"),
    ("deny", 1.0, "yes", "unsafe_home", "no_courage", False, "nee ik durf dat echt niet"),
    # who gets to know is another question
    ("privacy_question", 0.97, "no", "sextortion", "police_come", False),
    ("affirm", 0.9, "no", "grooming", "how_block", True),
    # beside a path: only what nothing else understood, or what a word means
    ("nlu_fallback", 0.12, "no", None, "cost", True),
    ("off_topic", 0.0, "no", None, "cost", True),
    ("off_topic", 0.9, "no", None, "cost", False),
    ("off_topic", 0.9, "no", None, "word_grooming", True),
    ("grooming", 0.9, "no", None, "word_grooming", True),
    ("grooming", 0.9, "yes", None, "word_grooming", False),
    ("grooming", 0.9, "words", None, "word_grooming", True),  # "c quoi un loverboy": the word itself is a term
    ("grooming", 0.9, "words", None, "word_grooming", False, "hij zegt dat hij een loverboy is en wil mij zien"),
    # nothing is wrong, said to the first question: no "no, I cannot talk", unless the words hold danger
    ("deny", 1.0, "no", None, "nothing_wrong", True),
    ("deny", 1.0, "words", None, "nothing_wrong", False),
    ("unsafe_home", 0.9, "no", None, "nothing_wrong", False),
    # what may be talked of here is asked in the words of "what can you do"
    ("what_can_you_do", 0.95, "no", None, "word_childfocus", True),
    ("suicidal", 0.99, "no", None, "feeling", True),  # "je suis fatigué": no need is made of that
    ("suicidal", 0.99, "words", None, "feeling", False),
    ("suicidal", 0.0, "no", None, "feeling", False, "ik voel me raar en bang en weet niet meer wat ik moet"),
    ("grooming", 0.0, "no", None, "word_grooming", True, "mijn vriendin vroeg mij gisteren wat grooming is, weet jij dat"),
    ("grooming", 0.9, "no", None, "word_grooming", False, "mijn vriendin vroeg mij gisteren wat grooming is, weet jij dat"),
    ("suicidal", 0.99, "no", "sextortion", "feeling", False),
    ("what_can_you_do", 0.9, "no", "grooming", "bot_do_it", True),
]

# urgency heard in the words, odds of an emergency, whether a term found it, what is heard of now, path, probability of what is told →
# whether an emergency is raised beside the path, so that nothing of what is only told is met
RAISED: list[tuple[Any, ...]] = [
    ("emergency", 0.95, False, "no", "sextortion", 0.999, True),
    ("emergency", 0.7, False, "no", "sextortion", 0.999, False),  # hardly likely, and surely something that is only told
    ("emergency", 0.7, False, "no", "sextortion", 0.9, True),
    ("emergency", 0.7, True, "no", "sextortion", 0.999, True),
    ("emergency", 0.7, False, "yes", "sextortion", 0.999, True),
    ("emergency", None, False, "no", "sextortion", 0.999, True),
    ("emergency", 0.95, False, "no", "suicidal", 0.9, False),  # the path itself is one
    ("high", 0.95, False, "no", "sextortion", 0.9, False),
    (None, 0.95, False, "no", "sextortion", 0.9, False),
]

# words, path, question and its probability, whether a term found danger, what is heard of now → whether they ask of a call and raise nothing
OF_A_CALL: list[tuple[Any, ...]] = [
    ("et si personne décroche", "nude_spread", "what_if_no_answer", 0.95, False, "no", True),
    ("et si personne décroche", "nude_spread", "what_if_no_answer", 0.9, False, "no", False),
    ("et si personne décroche", "nude_spread", "what_if_no_answer", 0.95, True, "no", False),
    ("et si personne décroche", "nude_spread", "what_if_no_answer", 0.95, False, "yes", False),
    ("et si personne décroche", "suicidal", "what_if_no_answer", 0.95, False, "no", False),
    ("et si personne décroche", None, "what_if_no_answer", 0.95, False, "no", False),
    ("et si elle se réveille pas", "nude_spread", "wake_somebody", 0.99, False, "no", False),
]

# text, probabilities of questions, path → the probability of all together from which a few are offered
LEAST_OFFERED: list[tuple[Any, ...]] = [
    ("kost da iets?", {"cost": 0.6, "none": 0.4}, "sextortion", 0.35),
    ("hoe lang gaat da duren", {"cost": 0.6, "none": 0.4}, "sextortion", 0.35),
    ("kost da iets?", {"cost": 0.6, "none": 0.4}, "suicidal", 0.7),
    ("kost da iets?", {"cost": 0.6, "none": 0.4}, None, 0.7),
    ("da kost mij weer geld", {"cost": 0.9, "none": 0.1}, "sextortion", 0.85),
    ("kdurf da ni", {"no_courage": 0.9, "none": 0.1}, "sextortion", 2.0),  # it is told, and has no title: nothing is offered
    ("da is nu zo", {"cost": 0.4, "none": 0.6}, "sextortion", 2.0),
]
