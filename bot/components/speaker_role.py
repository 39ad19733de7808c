"""Who speaks: about themself, about a friend, or an adult about a child. It changes the words of a reply, not the path."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.components.another_life import is_another_life
from bot.components.entity_finder import EntityFinder
from bot.components.message_intent import hear_as, heard_in, odds_of
from bot.components.need_odds import ADULT as ASKED_BY_ADULT
from bot.components.need_odds import MORE_SPECIFIC
from bot.components.role_classifier import ADULT, FRIEND, ROLE_ODDS, SELF
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency

_ADULT = re.compile(
    r"\b(?:(?:mijn|mn|onze) (?:dochter|zoon|kleindochter|kleinzoon|leerling|leerlinge|pleegkind"
    r"|pleegdochter|pleegzoon|stiefdochter|stiefzoon)"
    r"|ik ben (?:een |de )?(?:mama|moeder|papa|vader|leerkracht|leraar|juf|ouder|opvoeder|begeleider"
    r"|oma|opa|zorgleerkracht)\b"
    r"|(?:ma|notre) (?:fille|petite fille|eleve|belle fille)\b|(?:mon|notre) (?:fils|petit fils|eleve|beau fils)\b"
    r"|je suis (?:la |le |une |un )?(?:mere|maman|pere|papa|prof|professeur|enseignante?"
    r"|educatrice|educateur|grand mere|grand pere|parent))\b"
)
# "mijn vriendin heeft pillen gepakt", "ma copine va se tuer": somebody close who is in danger this moment.
_PARTNER_IN_DANGER = re.compile(
    r"\b(?:(?:mijn|mn|men) (?:beste |kleine |grote )?(?:vriend|vriendin|vriendje|vriendinnetje|lief|ex|maat) (?:\w+ ){0,3}"
    r"(?:heeft (?:\w+ ){0,3}(?:pillen|pilletjes|dafalgan|medicatie|drugs|gif|bleekwater|javel)|is (?:\w+ )?(?:bewusteloos|neergestoken"
    r"|aangereden|flauwgevallen)"
    r"|ligt (?:\w+ ){0,4}(?:bewusteloos|gracht|coma|grond)|is (?:mee|meegegaan|mee gegaan|bij een|bij ne|naar een)"
    r"|gaat (?:zichzelf|zich|zelfmoord)"
    r"|(?:stuurt|stuurde) (?:een |n )?(?:foto|afscheid|afscheidsbrief)|ademt|bloedt|reageert|antwoordt|wordt niet wakker)"
    r"|(?:mon|ma) (?:meilleure? )?(?:copain|copine|ami|amie|pote|ex) (?:\w+ ){0,3}"
    r"(?:va se (?:tuer|suicider|jeter|pendre)|a (?:avale|bouffe|pris (?:\w+ ){0,3}(?:cachets|medocs|pilules|medicaments|drogue|javel))"
    r"|est (?:inconsciente?|dans le coma|avec un (?:homme|mec|gars|vieux|adulte)|partie? avec|chez un)"
    r"|saigne|respire|repond (?:plus|pas)|s est fai[ts]? (?:plante|poignarder?)))\b"
)
# "chui un gars", "ik ben een meisje": no child that somebody asks for.
_MYSELF_ONLY = re.compile(
    r"^(?:(?:ik ben|kben|ben|ik) (?:een |ne |n )?(?:jongen|meisje|meiske|gast)"
    r"|(?:je suis|chui|chuis|jsuis|suis|moi) (?:un |une )?(?:gars|mec|garcon|fille|meuf))(?: (?:van )?\d{1,2}(?: ?(?:jaar|ans|j))?)?$"
)
_SOMEBODY_NL = (
    r"(?:(?:mijn|mn|men|een) (?:beste |kleine |grote |goeie |goede )?"
    r"(?:vriend|vriendin|vriendje|vriendinnetje|zus|zusje|broer|broertje|nicht|nichtje|neef|neefje|klasgenoot|klasgenote|maat)"
    r"|iemand anders)"
)
_SOMEBODY_FR = (
    r"(?:(?:mon|ma|un|une) (?:petite? |ptite? |grande? |meilleure? )?"
    r"(?:pote|ami|amie|copain|copine|soeur|seur|frere|cousin|cousine)|quelqu un d autre)"
)
# "het is mijn zusje he, niet ik": whom it is about, set right. Nothing else is told.
_SET_RIGHT = re.compile(
    r"^(?:nee |neen |nn |ja |jawel |maar |eh |euh |eigenlijk )*(?:"
    rf"(?:(?:het|t|da|dat|dit) (?:is|gaat|ging) |tis |t is |gaat |is )(?:over |voor |van )?{_SOMEBODY_NL}"
    r"(?: (?:he|eh|hoor|en|dus|ni|nie|niet|ik|kik|mij|me|over|voor|zelf|van))*"
    r"|(?:(?:ik|k) ben |kben )(?:het|t|da|dat) (?:niet|nie|ni)(?: (?:he|hoor|zelf|eh))*"
    r"|(?:(?:het|t|da|dat|dit) (?:is|gaat) |tis |t is |gaat )(?:niet|nie|ni) (?:over |voor )(?:mij|me|mezelf|mijzelf)(?: (?:he|hoor|eh))*)$"
    r"|^(?:non |nn |oui |mais |en fait |euh |ben )*(?:"
    rf"(?:c est |cest |c |ca concerne |il s agit de |je parle de )(?:pour |de )?{_SOMEBODY_FR}(?: (?:pas|moi|et|hein|donc|qui|est))*"
    r"|(?:c est |cest |c )pas (?:pour |de )moi(?: (?:hein|la|dont|il|s|agit))*)$"
)
# "nn pas moi!! mon pote", "hij is alleen thuis en stuurt dat, niet ik": the same within a longer sentence.
_NOT_ME = re.compile(
    r"\b(?:niet|ni|nie) ik(?: zelf|zelf)?(?: (?:he|hoor|eh))?(?: (?:en|maar|ma) .*)?$"
    r"|\b(?:gaat|is|ging) (?:niet|ni|nie) over (?:mij|me|mezelf|mijzelf)\b"
    r"|\b(?:niet|ni|nie) (?:over|bij) (?:mij|me|mezelf|mijzelf)(?: (?:he|hoor|eh))?(?: (?:en|maar|ma) .*)?$"
    rf"|^(?:nee+ |neen |non |nn |nan )+(?:tis |t is |het is |c est |cest |c ){_SOMEBODY_NL}"
    rf"|^(?:nee+ |neen |non |nn |nan )+(?:tis |t is |het is |c est |cest |c ){_SOMEBODY_FR}"
    rf"|\b(?:niet|ni|nie) ik (?:he )?(?:maar |ma )?{_SOMEBODY_NL}\b"
    rf"|\b(?:jte|je te|j te) (?:dis|parle|jure|repete)(?: que| ke| de)? (?:c est |c |de )?{_SOMEBODY_FR}\b"
    rf"|\b(?:pas|po) moi (?:\w+ ){{0,3}}{_SOMEBODY_FR}\b|\b{_SOMEBODY_FR} (?:\w+ ){{0,3}}(?:pas|po) moi$"
)
# "nee het gaat over mij", "c moi la victime": set right the other way.
_ABOUT_ME = re.compile(
    r"^(?:nee |neen |nn |nene |eh |euh |maar |nee nee )*(?:(?:het|t|da|dat|dit) (?:is|gaat) |tis |gaat |tgaat )(?:wel )?(?:over |voor )?"
    r"(?:mij|mezelf|mijzelf|mijn eigen)\b|\b(?:gaat|is|ging) (?:wel )?over (?:mij|mezelf|mijzelf)$|^(?:over )?(?:mezelf|mijzelf|ikzelf)$"
    r"|^(?:nee |neen )?ik ben (?:het )?(?:zelf|de persoon|het slachtoffer|da zelf)\b"
    r"|^(?:non |nn |nan |mais |bah |ben |oui )*(?:c est |cest |c )(?:de |pour )?moi(?: (?:la|le|qui|meme|hein|mdr|la personne|dessus))*\b"
)
_DONE_TO_ME = re.compile(
    r"\b(?:mij|bij mij|aan mij|slaat me|(?:mijn|mn|men) (?:kamer|bed|lijf|deur|raam)"
    r"|(?:il|elle|y|on|frere|pere|oncle|cousin) (?:me|m) (?:touche|frape|frappe|force|tape)|m a (?:touchee?|forcee?|frappee?)"
    r"|(?:ils?|elles?|y|on|mec|pere|frere|oncle|copain|ex) (?:m a|ma|m ont|mont) "
    r"(?:enferm|tap|gifl|menac|suivi|bloqu|attach|coinc|attrap)\w*"
    r"|ma (?:touchee?|forcee?|frappee?|chambre|porte|fenetre)|mon (?:lit|corps)|m(?:e|en|em|am)? ?m[ae]nn?er?e?|m emmen\w*)\b"
)
"""What is done to the writer, in their room: somebody in the family is named, and is no friend that is helped."""
_SURELY = 0.97
_SHORT = 6
"""So few words name no third person who is hurt beside what was done to the writer: "mon frere ma touché"."""
_FEWEST_WORDS = 4
"""Fewer tell nothing that a guess could rest on: "aidez moi"."""
_ADULT_LIKELY = 0.2
"""The least probability of the adult's need, where an adult says that they are one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpeakerRole(EntityFinder):
    """The entity `who`: friend or adult; nothing when the teenager speaks of themself (the slot then keeps its value)."""

    entity = "who"
    alone = re.compile(f"{_SET_RIGHT.pattern}|{_MYSELF_ONLY.pattern}")

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`friend`, `adult`: the odds (RoleClassifier) from which a first message is spoken to so."""
        return {FRIEND: 0.55, ADULT: 0.7}

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SpeakerRole:
        """See the parent class."""
        return cls(config)

    def __init__(self, config: Dict[str, Any]) -> None:
        self._likely = {role: float(config[role]) for role in (ADULT, FRIEND)}

    def process(self, messages: List[Message]) -> List[Message]:
        """See the parent class. An adult who says so asks for a child, unless what it is about is more specific or an emergency."""
        for message in super().process(messages):
            is_adult = any(one.get("entity") == self.entity and one.get("value") == ADULT for one in message.get(ENTITIES, []))
            if is_adult and not (message.get("metadata") or {}).get("asking"):
                _let_the_adult_ask(message)
        return messages

    def value_of(self, message: Message, words: str, is_answer: bool) -> Optional[str]:
        """See the parent class. Of a first message that tells nothing for sure the classifier decides, where it is likely enough."""
        told = super().value_of(message, words, is_answer)
        heard = heard_in(message).name
        is_talk = heard in NEEDS and NEEDS[heard].is_conversation
        if told is not None or is_answer or is_talk or len(words.split()) < _FEWEST_WORDS:
            return told
        odds = message.get(ROLE_ODDS) or {}
        role = next((role for role, least in self._likely.items() if odds.get(role, 0.0) >= least), None)
        is_short = len(words.split()) <= _SHORT
        return None if role == FRIEND and (is_short or odds[FRIEND] < _SURELY) and _DONE_TO_ME.search(words) else role

    def find(self, text: str) -> Optional[str]:
        """See the parent class; only what the words surely tell."""
        return ADULT if _ADULT.search(text) else self.find_in_answer(text)

    def find_in_answer(self, text: str) -> Optional[str]:
        """See the parent class: only what surely tells whom it is about; "mn zus is hier" may be who can help."""
        if _ABOUT_ME.search(text):
            return SELF
        is_friend = _SET_RIGHT.search(text) or _NOT_ME.search(text) or _PARTNER_IN_DANGER.search(text) or is_another_life(text)
        return FRIEND if is_friend else None


def _let_the_adult_ask(message: Message) -> None:
    """Makes the adult's need the intent where it is likely enough beside another need for help."""
    name, confidence = heard_in(message)
    is_other_need = name in NEEDS and not NEEDS[name].is_conversation and name not in (ASKED_BY_ADULT, *MORE_SPECIFIC)
    if is_other_need and urgency_of(name) is not Urgency.EMERGENCY and odds_of(message, ASKED_BY_ADULT) >= _ADULT_LIKELY:
        hear_as(message, ASKED_BY_ADULT, confidence)
