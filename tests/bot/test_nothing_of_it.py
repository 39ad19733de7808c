"""Toys, songs, animals and how somebody always talks take a danger back; a half no does not (bot/components/nothing_of_it.py)."""

from __future__ import annotations

from typing import Any

from bot_scripts import told_by


def _told(path: str, question: str, **more: object) -> dict[str, object]:
    return {"asking": path, "topic": path, "question": f"utter_ask_{question}", "told": 1, **more}


_DYING = _told("suicidal", "suicidal_now", told_in_words="suicidal")
_FRIEND = {**_DYING, "who": "friend"}
_KNIFE = _told("unsafe_home", "now_away", told_in_words="unsafe_home", was_now=True)
_HOME = _told("unsafe_home", "unsafe_home_now")
_BEHIND = {**_HOME, "walked": ["unsafe_home", "sextortion"]}
_CLEARED, _BELIEVED, _BACK = ["need", None], ["life", "other_wellbeing"], ["need", "sextortion"]
_DENIALS: list[tuple[str, dict[str, object], list[str | None] | None]] = [
    # toys
    ("mais non c'est un faux couteau en plastique lol", _KNIFE, _CLEARED),
    ("PLASTIQUE. c'est un jouet.", _KNIFE, _CLEARED),
    ("nee tis een nepmes van carnaval", _KNIFE, _CLEARED),
    ("speelgoedpistool zeg, mn broertje speelt", _KNIFE, _CLEARED),
    ("een plastieken haha", _KNIFE, _CLEARED),
    ("t is plastiek zot", _KNIFE, _CLEARED),
    ("'t is nie van plastiek", _KNIFE, None),
    ("een plastieken en een echt", _KNIFE, None),
    ("c'est pas un jouet", _KNIFE, None),
    ("nee het is een echt mes geen speelgoed", _KNIFE, None),
    ("il a un couteau en plastique et un vrai", _KNIFE, None),
    ("c'est un faux pistolet mais il me frappe avec", _KNIFE, None),
    ("t'es sûr que c'est un jouet ?", _KNIFE, None),
    ("hij heeft een mes", _KNIFE, None),
    # songs, animals, ankles
    ("c'est une chanson, pas une vraie personne lol", _FRIEND, _CLEARED),
    ("gwn mooi liedje", _DYING, _CLEARED),
    ("nooon c ma cheville frere", _DYING, _CLEARED),
    ("c un chien!", _FRIEND, _CLEARED),
    ("mais nonnn c mon chat ki est mort", _DYING, _CLEARED),
    ("neeee tis van het trainen", _DYING, _CLEARED),
    ("kga eraan vanavond, ni in een game", _DYING, None),
    ("nee het is een liedje over mij want ik wil dood", _DYING, None),
    ("c'est une chanson que j'ai ecrite pour dire adieu", _DYING, None),
    ("c'est mon chien, je veux le rejoindre au ciel", _DYING, None),
    ("misschien is het een liedje", _DYING, None),
    ("c'est une chanson lol", {**_DYING, "told": 2}, None),
    ("jai pas de blessure jte parle de mon chat", _told("self_harm", "self_harm_hurt", told_in_words="self_harm"), _CLEARED),
    ("c'est mon chat qui m'a griffé", _told("self_harm", "self_harm_hurt", told_in_words="self_harm"), None),
    # how somebody else always talks; of oneself it is no more than said
    ("ma nee da's gewoon hoe hij praat", _FRIEND, _CLEARED),
    ("HIJ BEDOELT HET NIET", _FRIEND, _CLEARED),
    ("non c'est sa façon de parler", _FRIEND, _CLEARED),
    ("il rigole jamais la dessus", _FRIEND, None),
    ("hij zegt da altijd maar nu heeft hij pillen", _FRIEND, None),
    ("da's gewoon hoe hij praat", _DYING, None),
    # no wish to die, but missing somebody
    ("non pas mourir, juste la revoir", _DYING, _BELIEVED),
    ("nee niet dood, gewoon oma terugzien", _DYING, _BELIEVED),
    ("non pas mourir juste dormir pour toujours", _DYING, None),
    ("nee niet dood gewoon weg zijn van alles", _DYING, None),
    ("pas mourir non mais plus etre la", _DYING, None),
    # only a parent's anger, behind another path; blows that were never told
    ("non pas du danger g peur de sa reaction c tout", _BEHIND, _BACK),
    ("nee ik heb schrik van hun reactie da's al", _BEHIND, _BACK),
    ("pas du danger g peur de sa reaction", _BEHIND, _BACK),
    ("pas du danger mais il va me frapper", _BEHIND, None),
    ("mais nn de quoi tu parle c le mec des nudes", _BEHIND, ["complaint", "sextortion"]),
    ("non j'ai peur qu'il me frappe", _BEHIND, None),
    ("nee gewoon kwaad maar hij heeft gedronken", _BEHIND, None),
    ("non juste peur de sa réaction", _HOME, None),
    ("nee ze slaan mij ni hoor, gewoon saai preken", {**_HOME, "told_in_words": "unsafe_home"}, None),
    (
        "nee ze slaan mij ni hoor, gewoon saai preken",
        {**_HOME, "told_in_words": "unsafe_home", "told_before": {"fear_alone": "said"}},
        ["need", "other_wellbeing"],
    ),
    # not safe takes nothing back, whatever the first word is
    ("nee nie veilig, tis geen ruzie", _BEHIND, None),
    ("non jsuis pas en sécurité, rien de grave", _KNIFE, None),
    # plates that break, where nobody is touched
    (
        "nn jai pas peur pr ma vie il nous touche jamais il casse des assiettes",
        _told("unsafe_home", "now_call", was_now=True),
        ["danger", "unsafe_home"],
    ),
    ("non il casse des assiettes sur ma tete", _told("unsafe_home", "now_call", was_now=True), None),
    ("mes parents m'ont jamais touché mais ils me laissent sans manger", _HOME, None),
    ("il nous touche jamais quand il est sobre", _HOME, None),
]
_HALVES = [
    ("nee ik ga t ni doen ma ik denk er wel aan", True),
    ("non jvais pas le faire mais jy pense souvent", True),
    ("non jme fais pas de mal mais jy pense", True),
    ("nee ma ik denk er wel aan", True),
    ("nee maar t zit wel in mn hoofd", True),
    ("non jy pense pas", False),
    ("nee ik denk er niet meer aan", False),
    ("ja ik denk er wel aan", False),
    ("nee ik denk aan mijn hond", False),
    ("non mais j'ai écrit ma lettre et j'y pense tout le temps", False),
]
_SAFE = [
    ("ik ben veilig vannacht, hij is er ni", True),
    ("jsuis en sécurité il est parti", True),
    ("nee ik ben ni veilig", False),
    ("ik ben veilig als hij slaapt", False),
    ("ik weet ni of ik ben veilig", False),
    ("ik ben veilig nu maar hij staat voor mijn deur", False),
    ("kben veilig, hij heeft een mes", False),
    ("ben ik veilig? kben veilig?", False),
    ("jsuis en sécurité, pas maman, il la frappe", False),
    ("hij is weg", False),
]
"""Whether they say that there is no danger, where it was asked whether it is now."""
_FEARS = [("ik durf echt ni naar huis", "said"), ("papa slaat mij ik durf niet naar huis", "more"), ("j'ai peur de mon père", "more")]


def test_what_says_that_there_was_nothing_of_it_is_believed_and_nothing_else() -> None:
    asked = {"denials": [row[:2] for row in _DENIALS], "halves": [text for text, _ in _HALVES], "fears": [text for text, _ in _FEARS]}
    asked["safe"] = [text for text, _ in _SAFE]
    said: dict[str, list[Any]] = told_by("nothing_of_it.py", asked)
    assert [(text, one) for (text, _, _), one in zip(_DENIALS, said["denials"], strict=True)] == [(text, one) for text, _, one in _DENIALS]
    assert list(zip((text for text, _ in _HALVES), said["halves"], strict=True)) == _HALVES
    assert list(zip((text for text, _ in _SAFE), said["safe"], strict=True)) == _SAFE
    assert list(zip((text for text, _ in _FEARS), said["fears"], strict=True)) == _FEARS
