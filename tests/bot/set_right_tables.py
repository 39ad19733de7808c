"""What tests/bot/test_bot_set_right.py asks the bot's own parts, row by row: what is said where, and what is believed."""

from __future__ import annotations

from typing import Any

_ADULT = "parent_or_adult_asks_for_child"
_ASKS = {"asking": _ADULT, "topic": _ADULT, "who": "adult"}
_ASK, _HELP, _TALKED = f"utter_ask_{_ADULT}", "action_point_to_help", f"utter_{_ADULT}_talked_no"
_CAME, _SAFE, _OTHERWISE = {"help_came": 0.95}, {"safe_now": 0.95}, {"meant_otherwise": 0.95}
_AWAY = "utter_ask_now_away"
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
        ("hij is nooit thuis geraakt", _CAME, "friend_missing", "utter_ask_friend_missing_called", False, None),
        ("is ze nu veilig?", _SAFE, "suicidal", "utter_ask_suicidal_with", False, None),
        ("oui la police arrive", _CAME, "friend_missing", "utter_ask_friend_missing_called", False, None),  # nobody is found yet
        ("ok jai appelé ils envoient qqn", _CAME, "friend_missing", "utter_ask_friend_missing_danger", False, None),
        ("sa mere est la", _CAME, "self_harm", "utter_ask_now_helped", False, None),  # who is there has not called
        ("haar zus is daar maar ze willen niet bellen", _CAME, "self_harm", "utter_ask_now_helped", False, None),
        ("l'ambulance vient d'arriver", _CAME, "self_harm", "utter_ask_now_helped", False, "over"),
    ],
    # text, probabilities, path, whether terms found danger before → whether it is believed
    "meant": [
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", False, True),
        ("ya rien du tout", {"nothing_wrong": 0.9}, "grooming", True, False),
        ("ya rien du tout", {"nothing_wrong": 0.7}, "grooming", False, False),
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "suicidal", False, False),  # of life only what was really meant
        ("er is niks aan de hand", {"nothing_wrong": 0.99}, "sexual_abuse", False, False),
        ("nee t was in fortnite", {"meant_otherwise": 0.9}, "suicidal", True, True),
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
        ("ze zijn hier en hij slaat haar", True, None),
    ],
    # text, path, question, whether a body is in danger → how it ended
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
        ("nee wil gewoon slapen", "suicidal", "utter_ask_suicidal_now", False, "sextortion", []),
        ("ik wil niet dood maar ik kan niet meer", "suicidal", "utter_ask_suicidal_now", False, "sextortion", []),
        ("ik denk dat ik dood wil", "suicidal", "utter_ask_suicidal_with", False, "sextortion", []),
        ("je veux pas mourir mais j'ai pris des cachets", "suicidal", "utter_ask_suicidal_now", False, None, []),
        ("je te jure, j'ai envie de vivre", "suicidal", "utter_ask_suicidal_now", False, None, ["life", "other_wellbeing"]),
        ("j'ai plus envie de vivre", "suicidal", "utter_ask_else", False, None, []),
        ("kweet ni of ik wil leven", "suicidal", "utter_ask_suicidal_with", False, None, []),
        ("kwil ni dood ma kwil ook ni leven", "suicidal", "utter_ask_suicidal_now", False, None, []),
        # what others say, another danger than blows, and a story
        ("mama zegt dat alles ok is", "unsafe_home", _AWAY, True, None, []),
        ("hij slaat ni, kmoet gewoon doen wat hij zegt", "teen_pimp", "utter_ask_teen_pimp_safe", False, None, []),
        ("ik ga niet weglopen vannacht, misschien morgen", "runaway_thinking", "utter_ask_runaway_thinking_adult", False, None, []),
        (
            "hij heeft mij nooit geslagen, daarom weet ik ook niet of dit telt, maar elke avond staat hij daar te kijken",
            *("unsafe_home", "utter_ask_unsafe_home_adult", False, None, []),
        ),
        ("hij doet niks raar eigenlijk", "grooming", "utter_ask_grooming_happened", False, None, []),  # they see no harm in it
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
    "byes": [("nee. doei", True), ("j'arrete, au revoir", True), ("doei ik spring nu van de brug", False), ("hij komt", False)],
    # text, need heard, path → the need
    "premises": [
        ("tis gin nepfoto tis echt e foto van mie", "deepfake_nude", "deepfake_nude", "nude_spread"),
        ("nee tis een montage", "deny", "deepfake_nude", "deny"),
        ("et mtn il veut de l'argent", "nude_spread", "nude_spread", "sextortion"),
        ("et mtn il veu de largent", "sextortion", "nude_spread", "sextortion"),
        ("mais ya pas de photo", "nude_spread", "nude_spread", "cyberbullying"),
        ("ya pas encore de photo de moi en ligne", "deny", "nude_spread", "deny"),
        ("mon pere me frappe", "unsafe_home", "nude_spread", "unsafe_home"),  # another subject that is meant
        ("ja hij bedreigt mij niet hoor, hij is mijn lief", "affirm", "sextortion", "pressured_to_send"),
        ("nan il me menace pas c mon mec", "deny", "sextortion", "pressured_to_send"),
        ("hij bedreigt mij niet meer, mijn ex lief", "deny", "sextortion", "deny"),
        # a friend who will not go home, though the worst was feared
        ("elle veut pas mourir, elle veut juste pas rentrer chez son beau pere", "deny", "suicidal", "unsafe_home"),
        ("nee ze wil gewoon ni naar huis", "deny", "suicidal", "unsafe_home"),
        ("elle veut plus vivre", "deny", "suicidal", "suicidal"),
        # papers are spoken of only in their own words
        ("ze is buiten gekomen en beeft", "unaccompanied_minor", "suicidal", "nlu_fallback"),
        ("ze heeft geen papieren en geen voogd", "unaccompanied_minor", "suicidal", "unaccompanied_minor"),
        ("kheb een foto gestuurd en nu zegt em da em da gaat doorsturen", "i_shared_it", None, "sextortion"),
        ("ik heb haar foto doorgestuurd en nu zegt ze dat ze het gaat delen", "i_shared_it", None, "i_shared_it"),
    ],
    # what a rule calls "not now" → danger_now, and whether it comes soon
    "later": [
        ("tis ni nu, op mijn verjaardag", "later", False),
        ("hij is gaan werken ma vanavond is hij terug", "no", True),
        ("il dort et il a les clés", "no", True),
        ("hij is weg maar komt zo terug", "no", True),
        ("il est pas la, il revient lundi", "later", False),
    ],
    # text, odds that it is about a friend → who
    "roles": [
        ("mn stiefbroer komt snachts in mn kamer", 0.7, None),
        ("mon frere y me touche tout le temps", 0.7, None),
        ("mn zus wordt geslagen door haar lief", 0.7, "friend"),
        ("mijn vriendin zegt dat hij in mijn kamer kwam bij haar", 0.98, "friend"),
        ("mon frere ma touché", 0.99, None),
        ("il ma enfermee dans la cave", 0.99, None),
        ("elle m'a menacée avec un couteau hier", 0.9, None),
        # a grown-up, and nobody it is done to; plainly to the writer, whatever the odds
        ("mon oncle il fait des trucs bizarres", 0.99, None),
        ("mon oncle il fait des trucs a ma cousine", 0.99, "friend"),
        ("un voisin il menvoie des messages chelou", 0.99, None),
        ("mon demi frere il ma filmée dans mon bain", 0.99, None),
        ("onze trainer stuurt mij de hele tijd rare foto's", 0.99, None),
        ("mn maat stuurt mij dat hij wegloopt vannacht", 0.9, "friend"),
        ("ik wil van het dak springen", 0.8, None),
        ("une fille dit je veux mourir", 0.99, "friend"),
        # for somebody else, said at once
        ("cest pr une amie, elle a envoyé une photo", 0.2, "friend"),
        ("ma meuf est montee dans la voiture d'un type", 0.2, "friend"),
        ("ik ben bang dat hij van de brug springt", 0.2, "friend"),
        ("j'ai peur qu'elle se fasse du mal", 0.2, "friend"),
        ("j'ai peur qu'il se venge", 0.2, None),
        ("ik ben bang dat hij het doet", 0.2, None),
        ("je suis sa maman, il me parle plus", 0.2, "adult"),
    ],
    # text, need heard, its odds and the next one's, path, who before, did before → need, who, what it is about of a child, question, did
    "speakers": [
        # a neat teenager is no adult; what is not likely enough is asked after
        (
            "Hallo, ik heb een vraag. Ik leerde online een jongen kennen",
            _ADULT,
            0.58,
            "grooming",
            0.41,
            {},
            ["grooming", None, None, None, None],
        ),
        ("Bonjour, un homme plus âgé m'écrit chaque soir", _ADULT, 0.7, "grooming", 0.29, {}, ["grooming", None, None, None, None]),
        ("Beste, mag ik iets vragen over mijn ouders", _ADULT, 0.9, "suicidal", 0.08, {}, ["nlu_fallback", None, None, None, None]),
        ("ik ben 13 en mijn dochter", _ADULT, 0.6, "grooming", 0.4, {"young": True}, ["grooming", None, None, None, None]),
        ("onze jongste zegt niks meer", _ADULT, 0.7, "suicidal", 0.1, {}, [_ADULT, None, None, None, None]),
        ("mon fils ne dort plus", _ADULT, 0.9, "suicidal", 0.1, {}, [_ADULT, "adult", None, None, None]),
        ("nee het gaat over mij", "nlu_fallback", 0.3, "grooming", 0.1, _ASKS, ["meant_otherwise", "self", None, "opens_up", None]),
        # an adult's questions, whatever it is about
        ("ik ben leerkracht, er gaat een foto rond", "nude_spread", 0.6, _ADULT, 0.3, {}, [_ADULT, "adult", "nude_spread", None, None]),
        ("ma fille veut mourir", "suicidal", 1.0, _ADULT, 0.1, {}, [_ADULT, "adult", "suicidal", None, None]),
        ("mijn dochter is weg", "friend_missing", 1.0, _ADULT, 0.1, {}, ["friend_missing", "adult", None, None, None]),
        ("ik ben leerkracht en ik wil dood", "suicidal", 1.0, _ADULT, 0.1, {}, ["suicidal", "self", None, None, None]),
        ("il lui demande de le rencontrer samedi", "nlu_fallback", 0.3, "grooming", 0.2, _ASKS, [_ADULT, None, "meeting", None, None]),
        ("we hebben een afspraak bij het clb", "nlu_fallback", 0.3, "grooming", 0.2, _ASKS, ["nlu_fallback", None, None, None, None]),
        ("ze wordt gepest", "cyberbullying", 0.9, _ADULT, 0.1, _ASKS, [_ADULT, None, None, None, None]),
        (
            "Ik ben de leerkracht, het is niet mijn foto",
            "nlu_fallback",
            0.3,
            _ADULT,
            0.2,
            {"asking": "nude_spread"},
            [_ADULT, "adult", "nude_spread", None, None],
        ),
        ("mama hier", "affirm", 1.0, _ADULT, 0.0, {"asking": "nude_spread"}, ["affirm", None, None, None, None]),
        # at home, though a friend of the mother is named
        (
            "mijn mama en haar vriend drinken elke avond",
            "unsafe_home",
            0.6,
            _ADULT,
            0.0,
            {"friend": 0.9},
            ["unsafe_home", None, None, None, None],
        ),
        (
            "mijn vriendin haar papa drinkt elke avond",
            "unsafe_home",
            0.6,
            _ADULT,
            0.0,
            {"friend": 0.9},
            ["unsafe_home", "friend", None, None, None],
        ),
        # who did it
        (
            "on a fait un fake d'une fille de la classe",
            "deepfake_nude",
            0.9,
            "i_shared_it",
            0.1,
            {},
            ["i_shared_it", "self", None, None, "fake"],
        ),
        ("on a fait une fausse photo de moi", "deepfake_nude", 0.9, "i_shared_it", 0.1, {}, ["deepfake_nude", None, None, None, None]),
        (
            "c MOI ki ai fait la fausse photo",
            "nlu_fallback",
            0.3,
            "i_shared_it",
            0.1,
            {"asking": "deepfake_nude"},
            ["i_shared_it", "self", None, None, "fake"],
        ),
        (
            "nee ik heb hem geslagen, hij mij niet",
            "deny",
            1.0,
            "unsafe_home",
            0.8,
            {"asking": "unsafe_home"},
            ["meant_otherwise", "self", None, "did_wrong", "harm"],
        ),
        (
            "j'ai forcé une fille à m'envoyer des photos",
            "sexting_question",
            0.6,
            "grooming",
            0.1,
            {},
            ["question_on_the_way", "self", None, "did_wrong", "harm"],
        ),
        ("zijn neus bloedde", "unsafe_home", 0.7, "self_harm", 0.1, {"did": "harm"}, ["nlu_fallback", None, None, None, None]),
        (
            "gaat ze naar de politie",
            "privacy_question",
            0.4,
            "grooming",
            0.1,
            {"did": "harm"},
            ["question_on_the_way", None, None, "doer_punish", "harm"],
        ),
        (
            "je lui écris quoi pour m'excuser",
            "nlu_fallback",
            0.3,
            "grooming",
            0.1,
            {"did": "harm"},
            ["question_on_the_way", None, None, "make_amends", "harm"],
        ),
        (
            "ik heb niks doorgestuurd",
            "nlu_fallback",
            0.3,
            "grooming",
            0.1,
            {"asking": "i_shared_it"},
            ["nlu_fallback", None, None, None, "harm"],
        ),
        (
            "bjr jai fait un truc grave et j'ai honte",
            "worried_own_feelings",
            0.6,
            "other_wellbeing",
            0.2,
            {},
            ["question_on_the_way", None, None, "opens_up", None],
        ),
        (
            "ik heb iets ergs gedaan met pillen van mama gisteren",
            "suicidal",
            0.6,
            "other_wellbeing",
            0.2,
            {},
            ["suicidal", None, None, None, None],
        ),
        # a danger of their own is heard all the same
        (
            "mijn papa slaat mij en ik heb hem geslagen",
            "unsafe_home",
            1.0,
            "cyberbullying",
            0.0,
            {"did": "harm"},
            ["unsafe_home", None, None, None, None],
        ),
        (
            "ik heb mijn papa geslagen omdat hij mama sloeg",
            "unsafe_home",
            1.0,
            "cyberbullying",
            0.0,
            {},
            ["unsafe_home", None, None, None, None],
        ),
        ("ik wil niet meer leven", "suicidal", 1.0, "unsafe_home", 0.0, {"did": "harm"}, ["suicidal", None, None, None, None]),
        (
            "hij staat voor de deur met een mes",
            "unsafe_home",
            0.9,
            "cyberbullying",
            0.0,
            {"did": "harm"},
            ["unsafe_home", None, None, None, None],
        ),
    ],
    # actions before, need, what it is about of a child, topic, what was told before, what was said already → the turn
    "turns": [
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
    "whose": [
        ("welke persoon, ik ben het zelf", "unsafe_home", "utter_ask_now_call", "friend", ["self", "whose_me"]),
        ("ik", "unsafe_home", "utter_ask_now_away", "friend", ["self", "whose_me"]),
        ("ik", "suicidal", "utter_ask_suicidal_with", "friend", [None, None]),
        ("c'est a moi quil ecrit", "grooming", "utter_ask_grooming_meeting", "friend", ["self", "whose_me"]),
        ("cest moi quil a filmée pas qqn dautre", "nude_spread", "utter_ask_nude_spread_safe", "friend", ["self", "whose_me"]),
        ("non c'est moi", "cyberbullying", "utter_ask_cyberbullying_now", "friend", ["self", "whose_me"]),
        ("nee kben het zelf", "sexual_abuse", "utter_ask_sexual_abuse_safe", "friend", ["self", "whose_me"]),
        ("eigenlijk gaat het over mij", "suicidal", "utter_ask_suicidal_now", "friend", ["self", "whose_me"]),
        ("en fait c'est moi", "suicidal", "utter_ask_suicidal_now", "friend", ["self", "whose_me"]),
        ("la pote c moi", "sextortion", "utter_ask_sextortion_safe", "friend", ["self", "whose_me"]),
        ("nee over mijzelf", "unsafe_home", "utter_ask_unsafe_home_now", "friend", ["self", "whose_me"]),
        ("nee hij doet het bij mij", "sexual_abuse", "utter_ask_sexual_abuse_safe", "friend", ["self", "whose_me"]),
        ("non c pas moi c lui", "suicidal", "utter_ask_suicidal_now", "friend", ["friend", "whose_other"]),
        ("ik ben het beu", "cyberbullying", "utter_ask_cyberbullying_now", "friend", [None, None]),
        ("nee hij chanteert mij", "sextortion", "utter_ask_sextortion_safe", "friend", ["self", "whose_me"]),
        ("nee hij chanteert mij niet", "sextortion", "utter_ask_sextortion_safe", "friend", [None, None]),
        ("il me tape devant tout le monde", "unsafe_home", "utter_ask_unsafe_home_long", "friend", ["self", None]),
        ("ze zegt dat ze mij bedreigt als ik bel", "suicidal", "utter_ask_suicidal_with", "friend", [None, None]),
        ("ik wil zelf ook niet meer leven", "friend_missing", "utter_ask_friend_missing_called", "friend", ["self", None]),
        ("non pas moi ma soeur", "suicidal", "utter_ask_suicidal_far", "self", ["friend", "whose_other"]),
        ("ik ga niet, het gaat over mijn vriendin", "grooming", "utter_ask_grooming_stay", "self", ["friend", "whose_other"]),
        ("nee tis mijn broer die mij slaat", "unsafe_home", "utter_ask_unsafe_home_now", "self", [None, None]),
        ("nee hij is nu niet bij mij", "unsafe_home", "utter_ask_unsafe_home_now", "self", [None, None]),
        ("dat ben ik niet", "deepfake_nude", "utter_ask_deepfake_nude_safe", "self", [None, None]),
        ("ik ben zijn mama", "grooming", "utter_ask_grooming_stay", "self", ["adult", "whose_child"]),
        ("non c'est mon élève", "sextortion", "utter_ask_sextortion_safe", "self", ["adult", "whose_child"]),
        ("c'est ma fille, pas moi. oui je peux parler", "sextortion", "utter_ask_sextortion_safe", "self", ["adult", None]),
        # who did it: another path where there is one, else words for the one it was done to
        ("ik heb het bij hem gedaan", "sexual_abuse", "utter_ask_sexual_abuse_safe", "self", ["self", None]),
        ("non cest moi qui lai créée", "deepfake_nude", "utter_ask_deepfake_nude_safe", "self", ["self", None]),
        ("mais c'est MOI qui l'ai tapé", "unsafe_home", "utter_ask_unsafe_home_long", "friend", ["friend", "whose_did"]),
        (
            "ik ben degene die bleef vragen, ik heb haar gepusht",
            "pressured_to_send",
            "utter_ask_pressured_to_send_known",
            "self",
            ["friend", "whose_did"],
        ),
        ("c'est moi qui ai appelé", "suicidal", "utter_ask_suicidal_with", "friend", [None, None]),
    ],
}
FIRST: list[tuple[str, str, str | None, str]] = [
    ("utter_ask_sextortion_happened", "affirm", "pay", "Betaal niet."),
    ("utter_ask_sextortion_happened", "sextortion", "pay", "Wat wil die persoon"),  # the first words to a story are the path's own
    ("utter_ask_sextortion_happened", "affirm", None, "Wat wil die persoon"),
    ("utter_ask_sextortion_happened", "question_on_the_way", "pay", "Wat wil die persoon"),  # its answer was said before
]
