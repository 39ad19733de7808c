"""What the crisis finder makes of words, of what was classified, and of the odds."""

from __future__ import annotations

from typing import Any

# text, classified intent, confidence, the need whose path asked → the intent that is left, urgency
ON_ITS_PATH: list[tuple[str, str, float, str, str, str]] = [
    ("nee, ik snij mezelf niet meer sinds gisteren, maar ik snij mezelf", "deny", 1.0, "self_harm", "deny", "high"),
    ("nee ik snij mezelf", "deny", 1.0, "sextortion", "self_harm", "high"),
    ("nee ik wil dood", "deny", 1.0, "suicidal", "suicidal", "emergency"),
    ("nee hij slaat me nu", "deny", 1.0, "unsafe_home", "unsafe_home", "emergency"),
    ("ik snij mezelf", "off_topic", 0.9, "self_harm", "self_harm", "high"),
    # who passed a picture on tells so in words of the deed, on the path of somebody it was done to
    ("kheb haar geblokt nu", "i_shared_it", 0.98, "sextortion", "nlu_fallback", "normal"),
    ("g la haine", "i_shared_it", 0.98, "nude_spread", "nlu_fallback", "normal"),
    ("ik heb haar foto ook doorgestuurd", "i_shared_it", 0.95, "sextortion", "i_shared_it", "normal"),
    ("cest moi qui lai envoyée", "i_shared_it", 0.98, "nude_spread", "nlu_fallback", "normal"),
    ("jai aussi partagé sa photo", "i_shared_it", 0.95, "nude_spread", "i_shared_it", "normal"),
    ("kheb haar geblokt nu", "i_shared_it", 0.98, "cyberbullying", "i_shared_it", "normal"),
    # and the person on the picture is not who passed it on
    # a victim is none of whoever fears their own feelings, unless a child is named
    ("gaat da schaamtegevoel ooit over", "worried_own_feelings", 0.98, "nude_spread", "nlu_fallback", "high"),
    ("ik voel dingen voor kleine kinderen", "worried_own_feelings", 0.98, "nude_spread", "worried_own_feelings", "high"),
    ("cest moi sur la photo", "i_shared_it", 0.9, "i_shared_it", "nude_spread", "normal"),
    ("cest moi qui lai partagée", "i_shared_it", 0.9, "i_shared_it", "i_shared_it", "normal"),
]
# text, classified need → the second danger that is spoken of beside the first
BESIDE: list[tuple[str, str, str | None]] = [
    ("mijn papa slaat mij en ik wil dood", "suicidal", "unsafe_home"),
    ("mon ex a publié mes photos nues et je me mutile", "nude_spread", "self_harm"),
    ("ik snij mezelf en ik wil dood", "suicidal", None),  # told in one: the graver covers it
    ("ik wil dood", "suicidal", None),
    ("mijn papa slaat mij", "unsafe_home", None),
]
# text, classified need, confidence → need, urgency (None: no entity), danger_now
CRISIS: list[tuple[str, str | None, float, str | None, str | None, str]] = [
    # a danger that the model hears is more than the panic it is told with
    ("zij zei zoiets, ik heb nu een paniekaanval", "suicidal", 0.96, "suicidal", "emergency", "no"),
    ("ik heb nu een paniekaanval", "suicidal", 0.3, "question_on_the_way", None, "no"),
    # the words win over small talk and over less urgent needs, however sure
    ("ik wil dood", "greeting", 0.99, "suicidal", "emergency", "no"),
    ("je veux mourir", "off_topic", 0.99, "suicidal", "emergency", "no"),
    ("ik wil dood", "cyberbullying", 0.99, "suicidal", "emergency", "no"),
    ("ik wil dood", "self_harm", 0.99, "suicidal", "emergency", "no"),
    ("ik wil dood", "nlu_fallback", 0.3, "suicidal", "emergency", "no"),
    ("ik wil dood", None, 0.0, "suicidal", "emergency", "no"),
    ("ik snij mezelf", "sexting_question", 0.95, "self_harm", "high", "no"),
    # pictures and strangers are told for other needs too: a very sure one is kept, one that was less so gives way; the level rises
    ("mijn naaktfoto is doorgestuurd naar heel de klas", "i_shared_it", 0.95, "i_shared_it", "high", "no"),
    ("mijn naaktfoto is doorgestuurd naar heel de klas", "i_shared_it", 0.89, "nude_spread", "high", "no"),
    ("mijn naaktfoto is doorgestuurd naar heel de klas", "off_topic", 0.95, "nude_spread", "high", "no"),
    ("ik snij mezelf", "parent_or_adult_asks_for_child", 0.95, "parent_or_adult_asks_for_child", "high", "no"),
    ("ik wil dood", "parent_or_adult_asks_for_child", 0.95, "suicidal", "emergency", "no"),
    # an equal need that was sure is kept; one that was not sure gives way
    ("ik wil dood", "runaway_now", 0.9, "runaway_now", "emergency", "no"),
    ("ik wil dood", "runaway_now", 0.6, "runaway_now", "emergency", "no"),
    ("ik wil dood", "runaway_now", 0.59, "suicidal", "emergency", "no"),
    ("ik snij mezelf", "grooming", 0.9, "grooming", "high", "no"),
    # heard almost for certain, and as grave by itself: kept against an emergency in other words; not against a wish to die or a body
    ("ik ben weggelopen van huis", "teen_pimp", 0.98, "teen_pimp", "emergency", "no"),
    ("ik ben weggelopen van huis", "teen_pimp", 0.97, "runaway_now", "emergency", "no"),
    ("ik ben weggelopen van huis", "legal_question", 0.99, "runaway_now", "emergency", "no"),
    ("j'ai fugué de chez moi", "teen_pimp", 0.99, "teen_pimp", "emergency", "no"),
    ("ik wil dood", "sextortion", 0.99, "suicidal", "emergency", "no"),
    ("ma soeur est inconsciente", "unsafe_home", 0.99, "other_wellbeing", "emergency", "body"),
    # alone in the country, and gone from the centre: the more specific one, if it was sure; the level rises
    ("ik ben weggelopen uit het centrum, ik heb hier geen ouders", "unaccompanied_minor", 0.95, "unaccompanied_minor", "emergency", "no"),
    ("ik ben weggelopen uit het centrum, ik heb hier geen ouders", "unaccompanied_minor", 0.8, "runaway_now", "emergency", "no"),
    (
        "mijn papa heeft mijn broertje meegenomen naar het buitenland, hij is al een week vermist",
        "parental_abduction",
        0.97,
        "parental_abduction",
        "emergency",
        "no",
    ),
    # a more urgent need that was sure is kept, with its own urgency
    ("ik snij mezelf", "suicidal", 0.9, "suicidal", "emergency", "no"),
    # both say the same
    ("ik wil dood", "suicidal", 0.3, "suicidal", "emergency", "no"),
    # "now": 112 comes first
    ("hij slaat me nu", "greeting", 0.9, "unsafe_home", "emergency", "yes"),
    # nothing in the words: a sure need brings its urgency, an unsure one none
    ("hallo", "greeting", 0.9, "greeting", None, "no"),
    ("hij heeft mijn foto", "sextortion", 0.6, "sextortion", "high", "no"),
    ("hij heeft mijn foto", "sextortion", 0.59, "sextortion", None, "no"),
    ("mag dat eigenlijk", "legal_question", 0.9, "legal_question", "normal", "no"),
]

# text, classified need, confidence, odds that it is now → urgency, danger_now; perhaps the odds of a call for help
NOW: list[tuple[Any, ...]] = [
    # told by circumstances: a danger that was heard becomes an emergency; 112 first when that is surer
    ("het duurt al zo lang", "grooming", 0.9, 0.95, "emergency", "yes"),
    ("het duurt al zo lang", "grooming", 0.9, 0.01, "high", "no"),
    ("ik snij mezelf", "self_harm", 0.9, 0.95, "emergency", "yes"),
    ("ik wil dood", "suicidal", 0.9, 0.95, "emergency", "yes"),
    ("ik wil dood", "suicidal", 0.9, 0.01, "emergency", "no"),
    # by itself it makes no danger
    ("ik zit in de auto", "off_topic", 0.9, 0.99, None, "no"),
    ("mag dat eigenlijk", "legal_question", 0.9, 0.99, "normal", "no"),
    ("hm", None, 0.0, 0.99, None, "no"),
    # not urgent by itself, or not understood: told of this moment it is
    ("zij staan mij op te wachten", "cyberbullying", 0.9, 0.95, "emergency", "yes"),
    ("hm", "nlu_fallback", 0.3, 0.98, "emergency", "yes", 0.6),
    ("hm", "nlu_fallback", 0.3, 0.95, None, "no", 0.6),
    # what is more likely talk of other things is none: "kga vroeg naar bed want morgen vertrekt de bus"
    ("hm", "nlu_fallback", 0.3, 0.99, None, "no", 0.4),
    # somebody who is away, or another day: no danger of this moment, unless it comes back soon or the words hold danger
    ("il est pas la aujourdhui", "unsafe_home", 0.9, 0.99, "high", "no"),
    ("morgenvroeg staan ze er weer", "cyberbullying", 0.9, 0.99, "normal", "no"),
    ("hij is er niet, hij komt zo terug", "unsafe_home", 0.9, 0.99, "emergency", "yes"),
    ("hij slaat mij en mama is er niet, ze is tot morgen weg", "unsafe_home", 0.9, 0.99, "emergency", "yes"),
    # signs alone are none either
    (".", "nlu_fallback", 0.3, 0.99, None, "no"),
    # whoever threatens with pictures, or lures, and comes to where they live; not if, not another day, not somebody else
    ("hij komt naar mij thuis met vrienden", "sextortion", 0.9, 0.01, "emergency", "yes"),
    ("die gast is onderweg naar mijn huis", "grooming", 0.9, 0.01, "emergency", "yes"),
    ("il est en route vers chez moi", "sextortion", 0.9, 0.01, "emergency", "yes"),
    ("ils arrivent chez moi", "pressured_to_send", 0.9, 0.01, "emergency", "yes"),
    ("als hij naar mij thuis komt bel ik de politie", "sextortion", 0.9, 0.01, "high", "no"),
    ("s'il vient chez moi j'appelle", "sextortion", 0.9, 0.01, "high", "no"),
    ("il vient chez moi demain", "sextortion", 0.9, 0.01, "high", "no"),
    ("hij komt niet naar mij thuis", "sextortion", 0.9, 0.01, "high", "no"),
    ("mijn vriendin komt naar mij thuis", "sextortion", 0.9, 0.01, "high", "no"),
    ("on est en route vers chez moi avec maman", "sextortion", 0.9, 0.01, "high", "no"),
    ("hij komt nooit naar mij thuis", "sextortion", 0.9, 0.01, "high", "no"),
    # or stands there
    ("geblokkeerd maar nu staat hij voor mijn deur", "sextortion", 0.9, 0.01, "emergency", "yes"),
    ("il est devant chez moi", "grooming", 0.9, 0.01, "emergency", "yes"),
    ("nee hij staat hier buiten", "sextortion", 0.9, 0.01, "emergency", "yes"),
    ("il veut que jdescende", "sextortion", 0.9, 0.01, "emergency", "yes"),
    ("mama staat voor mijn deur", "sextortion", 0.9, 0.01, "high", "no"),
    # a meeting on another day
    ("ik ga morgen naar een man van snap", "grooming", 0.9, 0.99, "emergency", "soon"),
    # a meeting later today
    ("ik ga straks naar een man die ik ken van een spel", "grooming", 0.9, 0.95, "emergency", "soon"),
    # abuse of the last hours, over or perhaps not
    ("mijn neef heeft mij een uur geleden verkracht", "sexual_abuse", 0.9, 0.95, "emergency", "after"),
    ("il m'a violée il y a une heure", "sexual_abuse", 0.9, 0.95, "emergency", "after"),
    ("il m'a violée ce soir et il est encore dans la maison", "sexual_abuse", 0.9, 0.95, "emergency", "yes"),
    ("hij heeft mij daarnet verkracht en hij ligt nu te slapen", "sexual_abuse", 0.9, 0.95, "emergency", "yes"),
    # a bed offered by a man to who left home: they need not go
    # whoever comes to where they live is no meeting that one need not go to
    ("hij komt vannacht naar mijn huis", "grooming", 0.9, 0.95, "emergency", "yes"),
    ("il vient chez moi ce soir", "grooming", 0.9, 0.95, "emergency", "yes"),
    ("ya un mec qui me propose de dormir chez lui", "runaway_now", 0.9, 0.01, "emergency", "ride"),
    # a lift, his car, somebody who waits, a meeting at an hour of today
    ("et le mec en voiture, j'y vais ou pas ? il a l'air sympa", "runaway_now", 0.9, 0.01, "emergency", "ride"),
    ("een man met een auto vraagt of hij mij moet afzetten", "runaway_now", 0.9, 0.01, "emergency", "ride"),
    ("mijn nonkel met de auto, moet ik mee", "runaway_now", 0.9, 0.01, "emergency", "no"),
    ("je suis monté dans sa voiture, il fait trop froid", "runaway_now", 0.9, 0.01, "emergency", "yes"),
    ("hij wacht nu al op mij aan de bushalte", "grooming", 0.9, 0.01, "emergency", "waits"),
    ("il m'attend déjà à la gare", "grooming", 0.9, 0.01, "emergency", "waits"),
    ("il m'attendait demain à la gare", "grooming", 0.9, 0.01, "high", "no"),
    ("le rdv c'est a 16h a la gare", "grooming", 0.9, 0.01, "emergency", "soon"),
    ("le rdv c'est demain a 16h", "grooming", 0.9, 0.01, "high", "meets"),
    ("hij staat hier aan mijn deur te wachten", "sexting_question", 0.9, 0.01, "normal", "no"),
    ("een man zegt dat ik bij hem mag slapen vannacht", "grooming", 0.9, 0.01, "emergency", "ride"),
    ("ik slaap bij mijn tante", "runaway_now", 0.9, 0.01, "emergency", "no"),
    # a wish to die that is acted on, or stands where it can be
    ("kga het nu doen", "suicidal", 0.9, 0.01, "emergency", "act"),
    ("nee hoor over een uur is t voorbij", "suicidal", 0.9, 0.01, "emergency", "act"),
    ("jsuis sur le pont", "suicidal", 0.9, 0.01, "emergency", "act"),
    ("jsuis plus sur le pont", "suicidal", 0.9, 0.01, "emergency", "no"),
    ("kga het nu doen", "sextortion", 0.9, 0.01, "high", "no"),
    # another first sentence: a forced marriage, excision; what they did themself
    ("mijn ouders willen dat ik trouw met mijn neef", "unsafe_home", 0.9, 0.01, "high", "forced"),
    ("ils veulent me marier avec mon cousin", "unsafe_home", 0.9, 0.01, "high", "forced"),
    # who mourns somebody who ended their life
    ("mon frere s'est suicidé il y a 8 mois", "suicidal", 0.9, 0.01, "emergency", "grief"),
    ("mijn nonkel heeft zelfmoord gepleegd vorig jaar", "suicidal", 0.9, 0.01, "emergency", "grief"),
    ("mon frere s'est suicidé, jveux le rejoindre", "suicidal", 0.9, 0.01, "emergency", "no"),
    ("ik heb een vriendin gedwongen tot seks en heb spijt", "worried_own_feelings", 0.9, 0.01, "high", "did"),
    ("ik ben bang voor wat ik denk", "worried_own_feelings", 0.9, 0.01, "high", "no"),
    # a body that needs a doctor; done by somebody else
    ("mijn vriendin is bewusteloos", "suicidal", 0.9, 0.01, "emergency", "body"),
    # the words say it themselves
    ("hij slaat me nu", "unsafe_home", 0.9, 0.01, "emergency", "yes"),
]

_ADULT = "parent_or_adult_asks_for_child"
# classified need, confidence, probabilities per need, the need whose path asked → urgency raised (None: none); the words themselves hold no danger
ODDS: list[tuple[str, float, dict[str, float], str | None, str | None]] = [
    # danger, though no single need is sure
    ("sextortion", 0.4, {"sextortion": 0.4, "nude_spread": 0.35, "off_topic": 0.25}, None, "high"),
    ("runaway_thinking", 0.4, {"runaway_thinking": 0.4, "runaway_now": 0.35, "suicidal": 0.2, "off_topic": 0.05}, None, "emergency"),
    ("sextortion", 0.4, {"sextortion": 0.39, "cyberbullying": 0.41, "off_topic": 0.2}, None, None),
    ("sextortion", 0.4, {"sextortion": 0.3, "nude_spread": 0.25, "cyberbullying": 0.4, "off_topic": 0.05}, None, "high"),
    # an adult asks: what about decides
    (_ADULT, 0.9, {_ADULT: 0.9, "sextortion": 0.07, "off_topic": 0.03}, None, "high"),
    (_ADULT, 0.9, {_ADULT: 0.9, "friend_missing": 0.06, "off_topic": 0.04}, None, "emergency"),
    (_ADULT, 0.9, {_ADULT: 0.9, "sexting_question": 0.08, "grooming": 0.02}, None, "normal"),
    # small talk, or not understood as a call for help: no odds raise anything
    ("off_topic", 0.3, {"off_topic": 0.3, "sextortion": 0.35, "nude_spread": 0.35}, None, None),
    ("sextortion", 0.0, {"sextortion": 0.4, "nude_spread": 0.4, "off_topic": 0.2}, None, None),
    # an answer that is not sure enough to leave its path: an emergency raises the level, anything else does not
    ("suicidal", 0.0, {"suicidal": 0.4, "runaway_now": 0.25, "greeting": 0.35}, "sextortion", "emergency"),
    ("suicidal", 0.0, {"suicidal": 0.4, "self_harm": 0.3, "greeting": 0.3}, "sextortion", None),
    ("suicidal", 0.0, {"suicidal": 0.4, "runaway_now": 0.25, "greeting": 0.35}, None, None),
]
