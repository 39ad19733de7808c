"""Tables for tests/bot/test_bot_understands.py and test_bot_remembers.py: each row ends with what is expected."""

from __future__ import annotations

from typing import Any

MARKER = "kanariewoord"

# text, the conversation's language, the language of the message
LANGUAGES: list[tuple[str, str, str]] = [
    *[(text, language, language) for text in ("ok", "nee", "oui", "lol", "?", "🙃", "116000", "insta", "nude", "") for language in ("nl", "fr")],
    ("👍", "fr", "fr"),
    # letters typed apart are no words of French
    *[("i k w i l d o o d", language, language) for language in ("nl", "fr")],
    ("j e v e u x", "nl", "nl"),
    ("j ai peur", "nl", "fr"),
    ("help", "nl", "nl"),
    ("help", "fr", "fr"),
    ("hallo", "fr", "fr"),
    ("salut", "nl", "nl"),
    ("please", "nl", "nl"),
    ("amai", "fr", "fr"),
    ("tkt", "nl", "fr"),
    ("jsp", "nl", "fr"),
    ("kweeni", "fr", "nl"),
    ("weet ik niet", "fr", "nl"),
    ("je sais pas", "nl", "fr"),
    ("jai peur", "nl", "fr"),
    ("kan jetais petite", "nl", "fr"),
    ("je me sens drôle", "nl", "fr"),
    ("jsuis crevé", "nl", "fr"),
    ("kvoel me raar", "fr", "nl"),
    ("ben moe", "fr", "nl"),
    ("kwil weg", "fr", "nl"),
    ("ze ebben mn foto op snap gezet en iedereen lacht", "fr", "nl"),
    ("jvais fuguer ce soir jen peux plus de chez moi", "nl", "fr"),
    ("mijn copain heeft mijn foto's gedeeld met iedereen", "fr", "nl"),
    ("mon ex a mis ma foto sur insta, aide moi stp", "nl", "fr"),
    ("hij zegt send me more pics of ik post alles", "nl", "nl"),
    ("elle m'a dit send nudes or i tell everyone jsp quoi faire", "fr", "fr"),
    ("i am scared", "nl", "nl"),
    ("k weet ni wa k moet doen", "fr", "nl"),
    ("wa moek doen", "fr", "nl"),
    ("ze gaan mij vermoorden als ze dit zien", "fr", "nl"),
    ("g peur de rentrer", "nl", "fr"),
    ("il veut que jenvoie dautres photos sinon il balance tout", "nl", "fr"),
    ("chui dehors jsais pas ou aller", "nl", "fr"),
    ("my boyfriend has my pictures and wants money", "nl", "en"),
    ("i don't know what to do please help me", "fr", "en"),
    ("help me", "nl", "nl"),
    ("help me please", "fr", "fr"),
    ("ok merci", "nl", "nl"),
    ("ja ok", "fr", "fr"),
    ("yow", "fr", "fr"),
]  # fmt: skip
# text, conversation's language, what stays on the message: its language, and the values of the entity `language`
DETECTED: list[tuple[str, str, str, list[str]]] = [
    ("/affirm", "fr", "fr", ["fr"]),
    ("/affirm", "nl", "nl", ["nl"]),
    ("ik ben bang", "fr", "nl", ["nl"]),
    ("ok", "fr", "fr", ["fr"]),
    ("can you please help me with this", "fr", "en", []),
]

# text, language, what the classifiers read of it when somebody writes it; an example is read as it stands
READ_AS: list[tuple[str, str, str]] = [
    ("ik ga dood van het lachen", "nl", "lol ik ga"),
    ("ik ga dood van het lachen, maar mijn pa slaat mij", "nl", "ik ga maar mijn papa slaat mij"),
    ("chui morte de rire", "fr", "lol je suis"),
    ("ik wil dood", "nl", "ik wil dood"),
]

# text, who it is about
ROLES: list[tuple[str, str | None]] = [
    ("mijn vriend dreigt met mijn foto's", None),
    ("Mijn vriend dreigt mijn naaktfoto's te posten", None),
    ("mijn vriendin heeft mijn foto doorgestuurd", None),
    ("mon copain menace d'envoyer mes photos", None),
    ("mijn beste vriendin en ik zijn weggelopen, ik durf niet naar huis", None),
    ("mijn broer slaat mij", None),
    ("mijn vriend slaat mij", None),
    ("ma copine m'a frappé", None),
    ("mn vriendin heeft pillen gepakt ze slaapt nu", "friend"),
    ("mijn vriend is bewusteloos", "friend"),
    ("ma pote va se tuer", "friend"),
    ("ma copine a avalé de la javel", "friend"),
    ("mon cousin m'a touchée", None),
    ("kben verkracht door mn neef", None),
    ("un truc s'est passé avec mon cousin qd j'avais 8 ans", None),
    ("mon ex dit qu'il se tue si jreviens pas avec lui", "friend"),
    ("het is mijn zusje he nie ik", "friend"),
    ("nee tis een vriendin van mij", "friend"),
    ("ik ben het niet he", "friend"),
    ("tis nie voor mij", "friend"),
    ("c'est ma copine pas moi", "friend"),
    ("non c pas pour moi", "friend"),
    ("c'est pas moi", None),
    # somebody else's life
    ("mijn mama wil niet meer leven", "friend"),
    ("ze wil ni meer leven", "friend"),
    ("mijn lief zegt dat hij zelfmoord pleegt als ik wegga", "friend"),
    ("mon pote veut se suicider il ma envoyé un msg d'adieu", "friend"),
    ("g peur qu'elle se tue", "friend"),
    ("elle a fait une ts hier", "friend"),
    ("ik wil dood en mijn mama wil ook niet meer leven", None),
    ("mijn vader wil dat ik dood ben", None),
    ("il veut me tuer", None),
    ("chui un gars", None),
    ("onze leerling wordt gepest", "adult"),
    ("Ik ben de opvoeder van een meisje", "adult"),
    ("notre fils a disparu", "adult"),
    ("Je suis une éducatrice", "adult"),
    ("mijn moeder slaat mij", None),
    ("ik ben bang van mijn papa", None),
    ("/affirm", None),
    ("", None),
    # Somebody close is the one who hurts: in doubt nothing.
    ("mijn beste vriendin heeft mijn naaktfoto doorgestuurd", None),
    ("mijn neef heeft mij aangeraakt", None),
    ("mijn broer wil dat ik hem foto's stuur", None),
    ("mon cousin veut que je lui envoie des photos", None),
    ("mijn vriend zijn foto's van mij", None),
    ("mijn vriend wordt altijd kwaad", None),
    ("ma meilleure amie a envoyé ma photo à toute la classe", None),
    ("mn lief wil echt dood", "friend"),
    ("mon copain veut plus mourir", "friend"),
    ("mijn vriend wil dat ik mij snij", None),
    ("ma copine veut que je meure", None),
    # Somebody else's picture came to whoever writes; who passes it on is not a bystander.
    ("ik heb een foto van een meisje doorgestuurd", None),
    ("j'ai partagé la photo d'une fille de ma classe", None),
    ("hij heeft mij een foto gestuurd van zichzelf", None),
]
# The same of sentences that only the trained classifier tells (data/who), by the trained model; None: they speak of themself.
TAUGHT_ROLES: list[tuple[str, str | None]] = [
    ("iemand uit mijn klas heeft iets gemaakt met ai", "friend"),
    ("mijn bestie wil dood", "friend"),
    ("er is iets gebeurd met mijn zusje", "friend"),
    ("een gast van mn klas zegt dat hij vannacht wil springen", "friend"),
    ("mijn lief zegt als ik het uitmaak doet hij zichzelf iets aan", "friend"),
    ("ma best se scarifie et elle veut pas aller voir le pms", "friend"),
    ("me klein zusje zegt da opa haar aanraakt", "friend"),
    ("een vriendin heeft iets gestuurd naar een jongen", "friend"),
    ("mijn zus wordt gechanteerd met een foto", "friend"),
    ("mon pote se fait menacer", "friend"),
    ("ma petite soeur s'est enfuie", "friend"),
    ("un gars de ma classe est harcelé", "friend"),
    ("men vriendin wordt gechanteerd met een foto", "friend"),
    ("ma copine se fait menacer", "friend"),
    ("mn vriendin haar foto gaat rond in t 4de", "friend"),
    ("la photo de ma copine circule dans l'école", "friend"),
    ("mijn beste vriend heeft mij verteld dat zijn stiefvader hem slaat", "friend"),
    ("ma meilleure amie s'est enfuie de chez elle", "friend"),
    ("mijn vriendin snijdt in haar armen", "friend"),
    ("ma copine se scarifie", "friend"),
    ("une copine m'a envoyé la photo nue d'une fille de la classe", "friend"),
    ("kreeg net een naaktfoto van een meisje uit t 3de", "friend"),
    ("iemand heeft mij een filmpje gestuurd van een klasgenote", "friend"),
    ("mijn vriend dreigt met mijn foto's", None),
    ("mon copain menace d'envoyer mes photos", None),
    ("mijn broer slaat mij elke dag", None),
    ("mon cousin veut que je lui envoie des photos", None),
    ("un truc s'est passé avec mon cousin qd j'avais 8 ans", None),
    ("mijn beste vriendin heeft mijn naaktfoto doorgestuurd", None),
    ("ik heb een foto van een meisje doorgestuurd", None),
    ("une eleve de ma classe m'a avoué que son père la frappe, je suis sa prof", "adult"),
]

# text, the age group
AGES: list[tuple[str, str | None]] = [
    ("ik ben 13 jaar", "under14"),
    ("kben dertien", "under14"),
    ("ik ben nog maar 12", "under14"),
    ("hoi ik ben een meisje, ik ben 15", "14_15"),
    ("j'ai quatorze ans", "14_15"),
    ("moi fille 16", "16_17"),
    ("16", "16_17"),
    ("17 ans", "16_17"),
    ("ik ben achttien", "adult"),
    ("ik ben 120", None),
    ("ik ben 3", None),
    ("mijn zusje is 13", None),
    ("hij is 15 en ik ben bang", None),
    ("om 16 uur", None),
    ("ik ben 16 uur weg", None),
    ("kamer 14 op het internaat", None),
    ("/affirm", None),
    ("ik ben 50 euro kwijt", None),
    ("ik ben 10 kilo afgevallen", None),
    ("ik ben 6 maanden zwanger", None),
    ("ik ben bijna 18", "16_17"),
    ("ik word binnenkort 14", "under14"),
    ("j'aurai bientôt 18 ans", "16_17"),
    ("jai 13ans", "under14"),
    ("kben 15j", "14_15"),
]

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
