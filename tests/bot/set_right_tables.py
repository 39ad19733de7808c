"""What tests/bot/test_bot_set_right.py asks the bot's own parts, row by row: what is said where, and what is believed."""

from __future__ import annotations

from typing import Any

_ADULT = "parent_or_adult_asks_for_child"
_ASK, _HELP, _TALKED = f"utter_ask_{_ADULT}", "action_point_to_help", f"utter_{_ADULT}_talked_no"
_CAME, _SAFE, _OTHERWISE = {"help_came": 0.95}, {"safe_now": 0.95}, {"meant_otherwise": 0.95}
_AWAY = "utter_ask_now_away"
_DYING = "utter_ask_suicidal_now"
_STRICT = ("unsafe_home", _AWAY, True, "sextortion", ["complaint", "unsafe_home"])
"""A long message that begins with saying that the bot misheard."""
ROWS: dict[str, list[tuple[Any, ...]]] = {
    # text, probabilities, path, question asked, danger in the words → what is believed
    "over": [
        ("ok we hebben gebeld ze komen", _CAME, "unsafe_home", _AWAY, False, "over"),
        ("ma mere vient de rentrer elle appelle", _CAME, "suicidal", "utter_ask_suicidal_with", False, "over"),
        ("ben in de nachtwinkel binnen nu", _SAFE, "grooming", _AWAY, False, "over"),
        ("ze is bij haar mama", _SAFE, "suicidal", "utter_ask_suicidal_with", False, "safe"),
        ("on est aux urgences", {"help_came": 0.5, "safe_now": 0.3}, "unsafe_home", _AWAY, False, "over"),  # both together
        ("ben in de nachtwinkel binnen nu", {"safe_now": 0.7}, "grooming", _AWAY, False, None),
        ("ben in de nachtwinkel binnen nu", _SAFE, "grooming", "utter_ask_grooming_block", False, None),  # no danger now was met
        ("ben in de nachtwinkel maar hij staat buiten", _SAFE, "grooming", _AWAY, True, None),
        ("ben bij mijn tante en slaap daar", _SAFE, "runaway_now", "utter_ask_runaway_now_safe", False, None),  # the path asks on
        ("ze is thuis maar heeft pillen", _SAFE, "suicidal", "utter_ask_suicidal_with", False, None),
        (
            "mon père est parti dans le bois avec le fusil, il nous a fait un bisou",
            _SAFE,
            "suicidal",
            "utter_ask_suicidal_with",
            False,
            None,
        ),
        ("on l'a retrouvée sans vie", {"found_dead": 0.9}, "friend_missing", "utter_ask_friend_missing_called", False, "dead"),
        ("hij heeft het niet gehaald", {"found_dead": 0.8}, "suicidal", "utter_ask_suicidal_with", False, "dead"),
        (
            "ze heeft haar gevonden ze leeft nog maar ze is heel slap",
            {"found_dead": 0.95},
            "friend_missing",
            "utter_ask_friend_missing_danger",
            False,
            None,
        ),
        ("hij leeft niet meer", {"found_dead": 0.95}, "friend_missing", "utter_ask_friend_missing_danger", False, "dead"),
        ("hij heeft het niet gehaald", {"found_dead": 0.6}, "suicidal", "utter_ask_suicidal_with", False, None),
        ("hij heeft het niet gehaald", {"found_dead": 0.9}, "cyberbullying", "utter_ask_cyberbullying_tell", False, None),
        ("hij is nooit thuis geraakt", _CAME, "friend_missing", "utter_ask_friend_missing_called", False, None),
        ("is ze nu veilig?", _SAFE, "suicidal", "utter_ask_suicidal_with", False, None),
        ("oui la police arrive", _CAME, "friend_missing", "utter_ask_friend_missing_called", False, None),  # nobody is found yet
        ("ok jai appelé ils envoient qqn", _CAME, "friend_missing", "utter_ask_friend_missing_danger", False, None),
        ("sa mere est la", _CAME, "self_harm", "utter_ask_now_helped", False, None),  # who is there has not called
        ("haar zus is daar maar ze willen niet bellen", _CAME, "self_harm", "utter_ask_now_helped", False, None),
        ("l'ambulance vient d'arriver", _CAME, "self_harm", "utter_ask_now_helped", False, "over"),
    ],
    # text, need heard, odds that it is over, the topic before (then it was asked whether it goes on) → danger_now
    "past": [
        ("vorig jaar chanteerde hij mij, de politie heeft het geregeld", "sextortion", 0.5, None, "past"),
        ("vorig jaar chanteerde iemand mij met een foto", "sextortion", 0.4, None, "no"),
        ("ik schaam mij gewoon nog", "nlu_fallback", 0.4, "nude_spread", "past"),
        ("hij schrijft weer", "nlu_fallback", 0.1, "nude_spread", "no"),
        ("vorig jaar wou ik dood", "suicidal", 0.9, None, "no"),  # the path asks that itself
        ("ik ben vorig jaar weggelopen", "runaway_now", 0.9, None, "past"),
        ("ik ben vorig jaar weggelopen", "runaway_now", 0.6, None, "no"),
        ("hij slaat me nu", "unsafe_home", 0.9, None, "yes"),
        ("mijn ouders gaan mij vermoorden", "unsafe_home", 0.9, None, "yes"),
        ("mijn naaktfoto staat in de klasgroep, mijn ouders gaan mij vermoorden", "nude_spread", 0.1, None, "no"),
    ],
    # question, topic, whether a danger was met as one of this moment → whether help may be late
    "waits": [
        ("utter_ask_now_person", "unsafe_home", True, True),
        ("utter_ask_now_away", "unsafe_home", False, True),
        ("utter_ask_else", "suicidal", False, True),
        ("utter_ask_else", "cyberbullying", False, False),
        (None, None, False, False),  # "mijn pizza komt maar niet"
    ],
    # text, probabilities, path, whether terms found danger before → whether it is believed
    "meant": [
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", False, True),
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", True, False),
        ("ya rien du tout", {"nothing_wrong": 0.7}, "grooming", False, False),
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "suicidal", False, False),  # of life only what was really meant
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "sexual_abuse", False, False),
        ("nee t was in fortnite", {"meant_otherwise": 0.9}, "suicidal", True, True),
        # a task for the bot sets nothing right
        ("schrijf mijn boekbespreking", {"meant_otherwise": 0.99}, "suicidal", True, False),
        ("écris ma rédaction", {"meant_otherwise": 0.99}, "suicidal", True, False),
        ("t is voor mijn boekbespreking", {"meant_otherwise": 0.99}, "suicidal", True, True),
        ("hij heeft ze gewist", {"solved": 0.95}, "sextortion", True, True),
        ("hij heeft ze gewist", {"solved": 0.95}, "suicidal", True, False),
        ("haha nee hij slaat mij niet", {}, "unsafe_home", False, True),  # what the path is about is denied
        ("haha nee hij slaat mij niet", {}, "unsafe_home", True, False),
        ("haha nee hij slaat mij niet, hij dreigt alleen", {}, "unsafe_home", False, False),
        ("haha nee hij slaat mij niet", {}, "sextortion", False, False),
        # a doubt, somebody else's words, more of what happened, or wondering at it
        ("en wat als hij gewoon een grapje maakt", _OTHERWISE, "cyberbullying", False, False),
        ("oui mais si c'est une blague", _OTHERWISE, "cyberbullying", False, False),
        ("mijn leerkracht zegt dat het maar een grapje is", _OTHERWISE, "deepfake_nude", False, False),
        ("gewoon selfies in mijn zwembroek", _OTHERWISE, "grooming", False, False),
        ("il veut juste une photo de moi", _OTHERWISE, "grooming", False, False),
        ("haha nee raar he", _OTHERWISE, "grooming", False, False),
        ("mama zegt dat altijd, t is een uitdrukking", _OTHERWISE, "unsafe_home", False, True),
        ("nee haha t is mijn kat", _OTHERWISE, "grooming", False, True),
        ("nee t is mijn kat, hij heeft een mes", _OTHERWISE, "grooming", False, False),
    ],
    # text, whether help was called before → what is believed
    "helped": [
        ("ze zijn hier", True, "over"),
        ("ils arrivent", True, "over"),
        ("ze zijn hier", False, None),
        ("hij is hier", True, None),
        ("ze komen maar niet", True, None),
        ("ils arrivent pas", True, None),
        ("ze zijn hier en hij slaat haar", True, None),
    ],
    # text, path, question, whether a body is in danger → how it ended
    "near": [
        ("mijn zus is hier ja", False, None),  # who is near; nobody called for help
        ("ma mere vient de rentrer", False, None),
        ("mijn zus is hier ja", True, "over"),
    ],
    "ended": [
        ("g ecris a ma tante elle arrive. merci", "suicidal", "utter_ask_else", False, "over"),
        ("ja ziekenwagen is er. hij bedankt mij en ik moet wenen", "suicidal", "utter_ask_suicidal_with", False, "over"),
        ("oui l'ambulance est la. c'est ma faute?", "suicidal", "utter_ask_now_helped", True, "over"),
        ("ca y est la police est la. papa crie", "unsafe_home", "utter_ask_now_safe", False, "over"),
        ("heb 112 aan de lijn gehad ze komen, ik heb zo veel schrik", "unsafe_home", "utter_ask_now_call", False, "over"),
        ("haar mama weet het nu, ze belt de politie", "grooming", "utter_ask_now_call", False, "over"),
        ("ils envoient une patrouille. j ai trop peur", "unsafe_home", "utter_ask_else", False, "over"),
        ("maman l'a eue au tel elle fait demi tour, ouf", "grooming", "utter_ask_else", False, "safe"),
        ("zn zus is erbij nu hij leeft gelukkig", "suicidal", "utter_ask_suicidal_with", False, "safe"),
        ("ze huilt in mijn armen", "suicidal", "utter_ask_else", False, "safe"),
        # where no danger of this moment was met yet, only who is there
        ("ca y est la police est la. papa crie", "unsafe_home", "utter_ask_unsafe_home_now", False, "over"),
        ("mama belt de politie", "unsafe_home", "utter_ask_unsafe_home_now", False, None),
        # while a body is in danger only help ends it
        ("son frere est avec elle", "suicidal", "utter_ask_now_helped", True, None),
        # fetched by somebody of their own, where the danger was not at home; brought home by the police
        ("ok mijn papa komt mij halen", "grooming", "utter_ask_now_away", False, "safe"),
        ("papa vient me chercher", "unsafe_home", "utter_ask_now_away", False, None),
        ("la police m'a ramenée à la maison", "runaway_now", "utter_ask_runaway_now_night", False, "safe"),
        # not there yet, asked, feared, only thought; or the one who makes them afraid
        ("ziekenwagen is er nog niet", "suicidal", "utter_ask_now_helped", True, None),
        ("l'ambulance est pas encore la", "suicidal", "utter_ask_now_helped", True, None),
        ("als mama belt de politie gaat hij kwaad zijn", "unsafe_home", "utter_ask_now_call", False, None),
        ("si la police arrive il va me tuer", "unsafe_home", "utter_ask_now_call", False, None),
        ("hij zegt als de politie komt doet hij het", "suicidal", "utter_ask_suicidal_with", False, None),
        ("je pense que sa mere est avec elle", "suicidal", "utter_ask_suicidal_with", False, None),
        ("papa komt nu naar boven", "unsafe_home", "utter_ask_now_call", False, None),
        ("son pere est avec lui", "unsafe_home", "utter_ask_now_safe", False, None),
        ("nee ze slaat ni, ze heeft een mes", "unsafe_home", "utter_ask_now_safe", False, None),
        ("ma soeur est rentree", "friend_missing", "utter_ask_friend_missing_seen", False, None),
    ],
    # text → the needs that it denies
    "denied": [
        ("hij slaat mij niet", ["unsafe_home"]),
        ("nan il me frappe pas", ["unsafe_home"]),
        ("hij slaat mij niet meer", []),
        ("il me frappe pas devant les autres", []),
        ("hij slaat mij", []),
        ("non juste en foyer", ["runaway_now"]),
        ("jme suis enfuie du foyer", []),
    ],
    # text, path, question, whether terms found its danger, the path before → kind of denial and the need it goes back to
    "denials": [
        ("neen hij slaat ni, hij roept gewoon bij een buis", "unsafe_home", _AWAY, False, None, ["need", "other_wellbeing"]),
        ("neen hij slaat ni, hij roept gewoon bij een buis", "unsafe_home", _AWAY, True, None, ["danger", "unsafe_home"]),  # it was told
        ("nee niemand slaat hier, gaat over mijn foto", "unsafe_home", _AWAY, False, "nude_spread", ["need", "nude_spread"]),
        ("hey niemand is in gevaar", "unsafe_home", _AWAY, True, None, ["danger", "unsafe_home"]),
        # behind a picture: back to it where blows are denied, not where only the moment is
        ("hij slaat mij ni. wa moet ik doen met die foto", "unsafe_home", _AWAY, True, "sextortion", ["danger", "sextortion"]),
        ("er is nu geen gevaar", "unsafe_home", _AWAY, True, "sextortion", ["danger", "unsafe_home"]),
        ("pk le 112 ? mon pere crie juste", "unsafe_home", _AWAY, False, None, ["danger", "unsafe_home"]),
        ("mais c'est pas urgent du tout", "unsafe_home", "utter_ask_now_call", True, None, ["danger", "unsafe_home"]),
        ("elle m'a rien fait elle", "sexual_abuse", "utter_ask_sexual_abuse_again", False, None, ["need", None]),
        ("ik ben veilig ja", "unsafe_home", "utter_ask_now_safe", False, None, []),  # the plain answer there
        # what stays danger
        ("nee ze slaat ni, ze heeft een mes", "unsafe_home", _AWAY, False, None, []),
        ("nee ma hij heeft een mes", "unsafe_home", _AWAY, False, None, []),
        ("hij slaat niet mij maar mama", "unsafe_home", _AWAY, False, None, []),
        ("il frappe pas moi mais maman", "unsafe_home", _AWAY, False, None, []),
        ("il me frappe pas quand maman est la", "unsafe_home", _AWAY, False, None, []),
        ("nee hij slaat niet, hij staat voor de deur met een wapen", "unsafe_home", _AWAY, False, None, []),
        ("er is geen gevaar maar hij komt terug", "unsafe_home", _AWAY, False, None, []),
        ("ik kan niet praten", "unsafe_home", _AWAY, False, None, []),
        ("waarom 112?", "unsafe_home", _AWAY, True, None, []),  # asked, where terms found the danger
        ("geen gevaar", "suicidal", "utter_ask_now_helped", False, None, []),
        # the wish to die
        ("nan jveux pas mourir moi", "suicidal", "utter_ask_suicidal_with", False, "cyberbullying", ["life", "cyberbullying"]),
        ("heb nooit gezegd dat ik dood wou", "suicidal", "utter_ask_suicidal_now", False, None, ["life", "other_wellbeing"]),
        # others told them to die: a no leads to the bullying
        ("nee", "suicidal", _DYING, True, "told_to_die", ["life", "cyberbullying"]),
        ("nee ik wil ni dood, zij zeggen da tegen mij", "suicidal", _DYING, True, "told_to_die", ["life", "cyberbullying"]),
        ("non c'est eux qui disent ça", "suicidal", _DYING, True, "told_to_die", ["life", "cyberbullying"]),
        ("nee maar ik wil wel dood", "suicidal", _DYING, True, "told_to_die", []),
        ("nee", "suicidal", _DYING, True, None, []),
        ("nee wil gewoon slapen", "suicidal", "utter_ask_suicidal_now", False, "sextortion", []),
        ("ik wil niet dood maar ik kan niet meer", "suicidal", "utter_ask_suicidal_now", False, "sextortion", []),
        ("ik denk dat ik dood wil", "suicidal", "utter_ask_suicidal_with", False, "sextortion", []),
        ("je veux pas mourir mais j'ai pris des cachets", "suicidal", "utter_ask_suicidal_now", False, None, []),
        ("je te jure, j'ai envie de vivre", "suicidal", "utter_ask_suicidal_now", False, None, ["life", "other_wellbeing"]),
        ("j'ai plus envie de vivre", "suicidal", "utter_ask_else", False, None, []),
        # that they will do nothing is the plain no to the question, and takes the wish not back
        ("non jvais rien faire", "suicidal", "utter_ask_suicidal_now", False, "cyberbullying", []),
        ("nee ik ga niks doen hoor", "suicidal", "utter_ask_suicidal_now", False, "cyberbullying", []),
        ("kweet ni of ik wil leven", "suicidal", "utter_ask_suicidal_with", False, None, []),
        ("kwil ni dood ma kwil ook ni leven", "suicidal", "utter_ask_suicidal_now", False, None, []),
        # right after the question, a plain no among the first words, and what it was about; not with a hedge, a wish, or told by terms before
        (
            "quoi?? non pas du tout. j ai juste besoin de parler de mes parents",
            "suicidal",
            _DYING,
            False,
            None,
            ["life", "other_wellbeing"],
        ),
        ("watte? nee. kheb gwn ruzie met mama", "suicidal", _DYING, False, "sextortion", ["life", "sextortion"]),
        (
            "arrete avec le suicide, je veux parler de ma mere",
            "suicidal",
            "utter_ask_suicidal_call",
            False,
            None,
            ["life", "other_wellbeing"],
        ),
        ("watte? nee. kheb gwn ruzie met mama", "suicidal", "utter_ask_suicidal_call", False, None, []),
        ("nee niet echt, kheb gwn ruzie met mama", "suicidal", _DYING, False, None, []),
        ("nee kga gwn springen straks", "suicidal", _DYING, False, None, []),
        ("nee, kheb pillen klaarliggen voor straks", "suicidal", _DYING, False, None, []),
        ("watte? nee. kheb gwn ruzie met mama", "suicidal", _DYING, True, None, []),
        # what others say, another danger than blows, and a story
        ("mama zegt dat alles ok is", "unsafe_home", _AWAY, True, None, []),
        ("hij slaat ni, kmoet gewoon doen wat hij zegt", "teen_pimp", "utter_ask_teen_pimp_safe", False, None, []),
        ("ik ga niet weglopen vannacht, misschien morgen", "runaway_thinking", "utter_ask_runaway_thinking_adult", False, None, []),
        (
            "hij heeft mij nooit geslagen, daarom weet ik ook niet of dit telt, maar elke avond staat hij daar te kijken",
            *("unsafe_home", "utter_ask_unsafe_home_adult", False, None, []),
        ),
        ("hij doet niks raar eigenlijk", "grooming", "utter_ask_grooming_happened", False, None, []),  # they see no harm in it
        # who was asked for help did nothing, not who bullies
        ("heb het al tegen de juf gezegd ma ze deed niks", "cyberbullying", "utter_ask_cyberbullying_online", False, None, []),
        ("la prof a rien fait", "cyberbullying", "utter_ask_cyberbullying_online", False, None, []),
        ("nee mijn mama weet het maar die doet niks", "unsafe_home", "utter_ask_unsafe_home_plan", False, None, []),
        ("mama doet niks", "unsafe_home", "utter_ask_unsafe_home_tell", False, None, []),
        ("ze ziet het elke keer en ze doet niks", "unsafe_home", "utter_ask_unsafe_home_plan", False, None, []),
        ("ma mère le sait et elle me fait rien", "unsafe_home", "utter_ask_unsafe_home_plan", False, None, []),
        ("j'ai prévenu l'éducateur mais il a rien fait", "unsafe_home", "utter_ask_unsafe_home_long", False, None, []),
        ("c pas moi, jai rien fait", "i_shared_it", "utter_ask_i_shared_it_online", False, None, ["need", None]),
        ("amai zo bedoel ik da ni he, die zijn gewoon streng en ze gaan kwaad zijn over het geld van mijn oma", *_STRICT),
        # complaints, and the subject
        ("amai gij snapt er niks van", "grooming", "utter_ask_grooming_block", False, None, ["complaint", None]),
        ("mais vous comprenez rien", "grooming", "utter_ask_grooming_block", True, None, ["complaint", "grooming"]),
        ("nee tgaat over de foto", "unsafe_home", "utter_ask_unsafe_home_long", False, "sextortion", []),
        ("nee het gaat over de foto he", "unsafe_home", "utter_ask_unsafe_home_long", False, "sextortion", ["other", "sextortion"]),
        ("het gaat niet over school", "unsafe_home", "utter_ask_unsafe_home_long", False, "cyberbullying", ["complaint", None]),
        ("mijn mama luistert nooit naar mij", "unsafe_home", "utter_ask_unsafe_home_long", False, None, []),
        ("niemand snapt mij", "other_wellbeing", "utter_ask_other_wellbeing_about", False, None, []),
        ("elle comprend rien ma mere", "unsafe_home", "utter_ask_unsafe_home_long", False, None, []),
        ("nee van roblox he", "pressured_to_send", "utter_ask_pressured_to_send_known", False, None, []),
    ],
    "others": [
        ("neen papa slaat niet", "unsafe_home", True),
        ("papa slaat niet hard", "unsafe_home", False),
        ("papa slaat niet, hij heeft een mes", "unsafe_home", False),
        ("papa slaat mij", "unsafe_home", False),
    ],
    # a misunderstanding leads back to the path before
    "led": [
        ("unsafe_home", ["unsafe_home", "sextortion"], "sextortion"),
        ("unsafe_home", ["unsafe_home"], None),
        ("unsafe_home", ["unsafe_home", "other_wellbeing"], None),
        (None, ["sextortion"], None),
    ],
    "byes": [("nee. doei", True), ("j'arrete, au revoir", True), ("doei ik spring nu van de brug", False), ("hij komt", False)],
    # text, need heard, path → the need
    "later": [
        ("tis ni nu, op mijn verjaardag", "later", False),
        ("hij is gaan werken ma vanavond is hij terug", "no", True),
        ("il dort et il a les clés", "no", True),
        ("hij is weg maar komt zo terug", "no", True),
        ("il est pas la, il revient lundi", "later", False),
    ],
    # text, odds that it is about a friend → who
    "turns": [
        # what was meant otherwise leads back to the path that led there
        (
            ["utter_ask_sextortion_happened", "utter_ask_unsafe_home_now"],
            "meant_otherwise",
            "led",
            "unsafe_home",
            None,
            [],
            ["action_leave_path", "utter_ask_sextortion_happened"],
        ),
        ([], _ADULT, "nude_spread", None, None, [], ["utter_nude_spread", _HELP, f"{_ASK}_danger"]),
        ([], _ADULT, "meeting", None, None, [], ["utter_grooming_meeting", _HELP, f"{_ASK}_talked"]),
        ([f"{_ASK}_danger"], _ADULT, "meeting", _ADULT, None, [], ["utter_grooming_meeting", _HELP, f"{_ASK}_talked"]),
        ([f"{_ASK}_you"], _ADULT, "meeting", _ADULT, None, [], ["utter_grooming_meeting", _HELP, f"{_ASK}_you"]),
        (["utter_grooming_meeting", f"{_ASK}_talked"], _ADULT, "meeting", _ADULT, None, [], []),  # was said: the path goes on
        (["utter_ask_grooming_stay"], _ADULT, "grooming", "grooming", None, [], ["utter_question_whose_child", _HELP, f"{_ASK}_danger"]),
        ([f"{_ASK}_danger"], "meant_otherwise", None, _ADULT, None, [], ["utter_question_whose_me", "action_leave_path"]),
        # what they are to the child was told: it is not asked
        (
            [f"{_ASK}_talked"],
            "deny",
            None,
            _ADULT,
            {f"{_ADULT}_role": "work"},
            [_TALKED],
            [_TALKED, f"utter_{_ADULT}_role_yes", _HELP, f"{_ASK}_you"],
        ),
        (
            [f"{_ASK}_talked"],
            "deny",
            None,
            _ADULT,
            {f"{_ADULT}_role": "family"},
            [_TALKED],
            [_TALKED, f"utter_{_ADULT}_role_no", _HELP, f"{_ASK}_you"],
        ),
        (
            ["utter_grooming_meeting", f"{_ASK}_talked"],
            "deny",
            None,
            _ADULT,
            {f"{_ADULT}_role": "family"},
            [_TALKED],
            [_TALKED, _HELP, f"{_ASK}_you"],
        ),
        ([f"{_ASK}_talked"], "deny", None, _ADULT, None, [_TALKED], [_TALKED]),
    ],
    # text, path, question, who before → who, and what is said to it
}
FIRST: list[tuple[str, str, str | None, str]] = [
    ("utter_ask_sextortion_happened", "affirm", "pay", "Betaal niet."),
    ("utter_ask_sextortion_happened", "sextortion", "pay", "Wat wil die persoon"),  # the first words to a story are the path's own
    ("utter_ask_sextortion_happened", "affirm", None, "Wat wil die persoon"),
    # of what meets words told behind a yes or no only the beginning
    (
        *("utter_ask_sextortion_happened", "affirm", "says_sorry"),
        "Een sorry wist niet uit wat jou pijn deed. Soms is het daarna even rustig en begint het opnieuw. Wat wil",
    ),
    ("utter_ask_sextortion_happened", "question_on_the_way", "pay", "Wat wil die persoon"),  # its answer was said before
]
