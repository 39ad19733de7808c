"""A joke about dying that is said to be none after all (bot/components/taken_back.py), and blame that sets nobody right."""

from __future__ import annotations

from bot_scripts import told_by

_JOKED: dict[str, object] = {"told_before": {"joked": "said"}}
_TOLD_TO_DIE: dict[str, object] = {"asking": "cyberbullying", "topic": "cyberbullying", "told_before": {"told_to_die": "said"}}
_SMALL: dict[str, object] = {"heard": "suicidal", "said": "Vertel gerust"}
_WISHED: dict[str, object] = {**_SMALL, "walked": ["suicidal"]}
_BULLIED = {"asking": "cyberbullying", "topic": "cyberbullying", "heard": "deny", "likely": 0.9}
_HEARD: list[tuple[str, dict[str, object], str, str | None]] = [
    ("ik ga mij opknopen lol", {}, "off_topic", "said"),
    ("jvais me pendre mdr", {}, "off_topic", "said"),
    ("kga dood haha, nee echt, vrijdag", {}, "suicidal", "said"),
    ("haha ik ga dood na de examens. ma tis geen mopje", {}, "suicidal", "said"),
    ("jvais me pendre mdr, nan mais serieux", {}, "suicidal", "said"),
    ("ik ga dood van het lachen, geen grap", {}, "off_topic", "said"),
    ("jvais mourir de rire, pas une blague", {}, "off_topic", "said"),
    ("ik ga naar de zee lol", {}, "off_topic", None),
    ("jdeconne", _JOKED, "off_topic", None),
    ("tis eigenlijk geen grapje", _JOKED, "suicidal", None),
    ("eigenlijk is et nie zo'n grapje", _JOKED, "suicidal", None),
    ("nn en vrai jdeconne pas", _JOKED, "suicidal", None),
    ("tis eigenlijk geen grapje", {}, "off_topic", None),
    ("tis eigenlijk geen grapje", {**_JOKED, "asking": "sextortion"}, "off_topic", None),
    ("nee was echt een grapje", _JOKED, "off_topic", None),
    *((text, _TOLD_TO_DIE, "suicidal", None) for text in ("soms wil ik da ook", "soms denk ik eraan", "ik denk zelf ook dat het beter is")),
    *((text, _TOLD_TO_DIE, "suicidal", None) for text in ("des fois jy pense", "des fois j'ai envie", "ils ont peut-être raison")),
    *(
        (text, _TOLD_TO_DIE, "off_topic", None)
        for text in ("ik denk er niet aan", "ja op insta ook", "jai envie de pleurer", "j'y pense pas")
    ),
    *((text, {}, "off_topic", None) for text in ("soms wil ik da ook", "des fois jy pense", "ze hebben gelijk")),
    *(
        (text, _SMALL, "nlu_fallback", None)
        for text in ("nee ik ga t ni doen ma ik denk er wel aan", "non jvais pas le faire mais jy pense")
    ),
    ("non pas mourir, juste la revoir", _SMALL, "nlu_fallback", None),
    *((text, _WISHED, "suicidal", None) for text in ("nee ik ga t ni doen ma ik denk er wel aan", "non pas mourir, juste la revoir")),
    ("nee ik ga t ni doen ma ik denk er wel aan", {"heard": "suicidal"}, "suicidal", None),  # the first words of a talk
    ("ik wil niet meer", _SMALL, "suicidal", None),
    ("non jme fais pas de mal mais jy pense", _BULLIED, "self_harm", None),
    ("non jme fais pas de mal mais jy pense", {**_BULLIED, "likely": 0.2}, "deny", None),
    ("non jle fais plus mais jy pense", {**_BULLIED, "asking": "suicidal"}, "deny", None),  # its own path knows it
    ("non jme fais pas de mal", _BULLIED, "deny", None),
]
_SETS_RIGHT = [
    ("tis mijn eigen schuld", False),
    ("c'est moi la faute", False),
    ("nee het gaat over mij", True),
    ("non cest lui pas moi", True),
]


def test_what_is_no_joke_after_all_asks_about_the_wish_and_blaming_oneself_sets_no_speaker_right() -> None:
    asked = {"heard": [[text, told] for text, told, _, _ in _HEARD], "sets_right": [text for text, _ in _SETS_RIGHT]}
    said = told_by("joke_taken_back.py", asked)
    found = [(text, heard, joked) for (text, _, _, _), (heard, joked) in zip(_HEARD, said["heard"], strict=True)]
    assert found == [(text, heard, joked) for text, _, heard, joked in _HEARD]
    assert said["sets_right"] == [is_right for _, is_right in _SETS_RIGHT]
