"""The age group a message tells ("ik ben 13", "j'ai quinze ans"): it changes the law, Take It Down and SOS Viol."""

from __future__ import annotations

import re
from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.entity_finder import EntityFinder

_NUMBERS = {
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix sept": 17, "dix huit": 18, "dix neuf": 19,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_AGE = rf"(?:\d{{1,2}}|{_WORDS})"
_NO_AGE = r"(?! ?(?:procent|keer|dagen|weken|maanden?|uur|minuten|euro|eur|kilo|kg|meter|cm|punten|volgers)\b)"
_SAID = re.compile(
    rf"\b(?:ik ben(?: net| pas| nog maar)?|kben|ben) (?P<nl>{_AGE})(?: ?(?:jaar|jr|j))?\b{_NO_AGE}"
    rf"|\b(?:j ai|jai|jviens d avoir|je viens d avoir) (?P<fr>{_AGE}) ?ans\b"
    rf"|^(?P<alone>{_AGE})(?: ?(?:jaar|jr|j|ans))?$"
    rf"|\b(?:ik|moi) ?(?:m|f|v|meisje|jongen|fille|garcon) (?P<short>{_AGE})\b"
    rf"|\b(?:(?:ik ben|kben|ben) bijna|(?:ik|k) ?word (?:binnenkort|bijna|straks)) (?P<soon_nl>{_AGE})\b{_NO_AGE}"
    rf"|\b(?:j ai presque|j aurai bientot|jaurai bientot) (?P<soon_fr>{_AGE}) ?ans\b"
)

_ALONE = re.compile(rf"^(?:(?:ik ben|kben|ik|j ai|jai|moi) )?(?:bijna |pas |net )?{_AGE}(?: jaar| j| ans)?$")


_SOMEBODYS = re.compile(
    rf"^(?:(?:ja|nee|oui|non|euh|ouais) )?(?:(?:hij|ie|em|ze|zij|da|die|il|elle|i|y|c est quelqu un de) ?(?:is|a|zei|dit)?(?: dat| qu)?"
    rf"(?: (?:hij|ze|il|elle))?(?: (?:is|was|a|avait))?(?: al| net| pas| deja| genre| ongeveer)?) {_AGE}(?: ?(?:jaar|jr|j|ans))?$"
)


def is_somebodys_age(words: str) -> bool:
    """Whether `words` are nothing but how old somebody is: "hij is 17", "il a 21 ans". In the middle of a path no new subject."""
    return _SOMEBODYS.match(words) is not None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AgeGroup(EntityFinder):
    """The entity `age_group`: under14, 14_15, 16_17 or adult. Ages under 5 or over 99 are not believed."""

    entity = "age_group"
    alone = _ALONE

    def find(self, text: str) -> Optional[str]:
        """See the parent class."""
        said = _SAID.search(text)
        if not said:
            return None
        [(name, words)] = [(name, words) for name, words in said.groupdict().items() if words]
        age = _NUMBERS.get(words) or int(words)
        if name.startswith("soon"):
            age -= 1
        if not 5 <= age <= 99:
            return None
        return "under14" if age < 14 else "14_15" if age < 16 else "16_17" if age < 18 else "adult"
