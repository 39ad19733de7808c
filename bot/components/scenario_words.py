"""Words that ask for the scenarios ("een verhaal spelen"), for the one that was left, or to leave it: the entity `scenario`."""

from __future__ import annotations

import re
from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.entity_finder import EntityFinder

_STORY = r"(?:verhaal|verhaaltje|verhalen|scenario s|scenarios?|histoires?)"
_MOST_WORDS = 8
# Asked for as a whole message, or clearly as something to play: "ons verhaal", "mon histoire" are their own life, and who wants to
# play a game with a child is another matter.
_ASKED = (
    ("resume", re.compile(rf"\b(?:verder|terug|doorgaan|door)(?: gaan)?(?: met| in| naar)? (?:het|dat|mijn|t) {_STORY}\b")),
    ("resume", re.compile(rf"\b(?:repren\w+|continuer?|retour(?:ner)?|revenir|suite)(?: a| de| dans)? (?:l|la|cette|mon) ?{_STORY}\b")),
    ("leave", re.compile(rf"\b(?:stop(?:pen)?|uit)(?: met| uit)? (?:het|dit|dat|t) {_STORY}\b")),
    ("leave", re.compile(rf"\b(?:arreter?|quitter|sortir|stop)(?: de| avec)? (?:l|la|cette|ce) ?{_STORY}\b")),
    ("menu", re.compile(rf"^(?:een|nog een|ander|une|un|encore une|encore un|autre|les|des|de|het)? ?{_STORY}(?: aub| stp| svp)?$")),
    ("menu", re.compile(rf"\b(?:speel|spelen|doen|oefenen|oefen|proberen)\b.{{0,12}}\b{_STORY}\b|\b{_STORY} (?:spelen|doen|oefenen)\b")),
    ("menu", re.compile(rf"\b(?:jouer|faire|essayer|entrainer)\b.{{0,12}}\b(?:une|un|les|des) {_STORY}\b")),
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ScenarioWords(EntityFinder):
    """The entity `scenario`: menu, resume or leave; nothing when the words ask for none."""

    entity = "scenario"

    def find(self, text: str) -> Optional[str]:
        """See the parent class."""
        if text.count(" ") >= _MOST_WORDS:
            return None
        return next((value for value, pattern in _ASKED if pattern.search(text)), None)
