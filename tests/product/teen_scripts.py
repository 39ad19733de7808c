"""What teenagers say in the acceptance journeys, and what must come back: one set of scripts for every channel.

`tests/journeys` plays them in a browser, `tests/telegram` over the chat protocol and on Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What is written (or pressed, with `is_button`), the replies that must come, and the first helplines of the turn."""

    words: str
    replies: tuple[str, ...]
    lines: tuple[str, ...] = ()
    is_button: bool = False


BOY = (
    Step(
        "ze chanteren mij met een naakte foto, wa moek doen",
        ("utter_sextortion", "utter_ask_sextortion_safe"),
        ("childfocus", "take_it_down"),
    ),
    Step("jaa kan wel praten", ("utter_ask_sextortion_happened",)),
    Step("ze wil 200 euro of ze stuurt het naar men vriende", ("utter_sextortion_step", "utter_ask_sextortion_step")),
    Step("Ja, dat lukt", ("utter_sextortion_proof", "utter_ask_sextortion_removal"), is_button=True),
    Step("ja graag", ("utter_sextortion_removal", "utter_ask_sextortion_tell"), ("childfocus", "take_it_down")),
    Step("nee durf da tegen niemand zegge", ("utter_sextortion_tell_no", "utter_ask_sextortion_person")),
    Step("Ja", ("utter_escalate", "utter_ask_else"), ("childfocus", "take_it_down"), is_button=True),
    Step("nee", ("utter_way_open",)),
)
"""A boy who is blackmailed, to the end."""
GIRL = (
    Step(
        "jveux fuguer ce soir jen peux plus ici",
        ("utter_runaway_thinking", "utter_ask_runaway_thinking_safe"),
        ("childfocus", "ecoute_enfants_103"),
    ),
    Step("oui jpeux parler", ("utter_runaway_thinking_safe_yes", "utter_ask_runaway_thinking_why")),
    Step(
        "c'est la guerre a la maison tt le temps et mon pere est jamais content",
        ("utter_runaway_thinking_why_heard", "utter_ask_runaway_thinking_place"),
    ),
    Step("Oui", ("utter_runaway_thinking_place_yes", "utter_ask_runaway_thinking_soon"), is_button=True),
    Step("nn pas ce soir", ("utter_runaway_thinking_soon_no", "utter_ask_runaway_thinking_know")),
    Step("oui", ("utter_runaway_thinking_know", "utter_ask_runaway_thinking_person")),
    Step("oui stp", ("utter_escalate", "utter_ask_else"), ("childfocus", "ecoute_enfants_103")),
    Step("Non", ("utter_way_open",), is_button=True),
)
"""A girl who wants to run away, to the end."""
WORRIED = {
    "nl": (
        Step(
            "ik heb gevoelens voor kleine kinderen en ben daar bang van",
            ("utter_worried_own_feelings", "utter_ask_worried_own_feelings_child"),
            ("stopitnow_nl", "zelfmoordlijn_1813"),
        ),
    ),
    "fr": (
        Step(
            "jai des pensees sexuelles pour des petits et jai peur de moi",
            ("utter_worried_own_feelings", "utter_ask_worried_own_feelings_child"),
            ("seos", "stopitnow_brussels", "prevention_suicide"),
        ),
    ),
}
JOURNEYS = [("nl", BOY), ("fr", GIRL), ("nl", WORRIED["nl"]), ("fr", WORRIED["fr"])]

SWITCH = (
    ("nl", Step("ze chanteren mij met een naaktfoto", ("utter_ask_sextortion_safe",))),
    ("nl", Step("ja", ("utter_ask_sextortion_happened",))),
    ("fr", Step("il veut 200 euros sinon il envoie ma photo à ma classe", ("utter_sextortion_step", "utter_ask_sextortion_step"))),
    ("fr", Step("Oui, ça va", ("utter_sextortion_proof",), is_button=True)),
    ("nl", Step("ik weet niet goed of dat gaat lukken bij mij", ())),
    ("nl", Step("ok", ())),
)
"""Another language in mid-conversation, and back: the language of each answer, and the step."""

HANDOFF = {
    "nl": {
        "before": "iemand heeft een naaktfoto van mij en wil geld", "action": "ik wil met een echte mens praten", "danger": "ik wil niet meer leven",
        "note": "ik durf het niet tegen mama te zeggen", "hello": "Dag, ik ben An van het team. Ik ben er voor jou.",
        "answer": "hij stuurt de hele tijd berichten", "more": "Wat je vertelt, is niet jouw schuld.", "again": "toch nog iets",
        "send": "Stuur dit", "bye": "Goed dat je terugkwam.", "neutral": "dankjewel",
    },
    "fr": {
        "before": "quelqu'un a une photo nue de moi et veut de l'argent", "action": "je veux parler à une vraie personne", "danger": "je veux plus vivre",
        "note": "je n'ose pas le dire à maman", "hello": "Bonjour, je suis Anne de l’équipe. Je suis là pour toi.",
        "answer": "il envoie des messages tout le temps", "more": "Ce qui arrive n’est pas ta faute.", "again": "encore une chose",
        "send": "Envoie ça", "bye": "C’est bien que tu sois revenu.", "neutral": "merci",
    },
}  # fmt: skip
"""The words of a hand-off, a teenager's and a counsellor's. `action` and `danger` are two of the doors; the third is the button."""
DOORS = ("action", "button", "danger")

STORY = {
    "nl": ("wat kan jij allemaal?", "Oefenen met een verhaal"),
    "fr": ("tu peux faire quoi en fait ?", "Jouer une histoire"),
}
"""Into an interactive scenario: what is asked, and the button that then leads to the stories."""
COMMANDS = {"nl": {"sos": "sos", "wipe": "wis", "stop": "stop"}, "fr": {"sos": "sos", "wipe": "efface", "stop": "stop"}}
