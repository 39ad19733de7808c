"""Who speaks: about themself, about a friend, or an adult about a child. It changes the words of a reply, not the path."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.components.adults import drop_guessed_adult, tells_young
from bot.components.another_life import befalls_another, is_another_life, is_mine_behind, is_mine_too, is_told_to_die
from bot.components.done_to import (
    MAY_BE_OURS,
    hurts_me,
    is_done_to_me,
    is_of_my_picture,
    is_own_life,
    is_surely_to_me,
    is_the_writers,
)
from bot.components.entity_finder import EntityFinder
from bot.components.message_intent import hear_as, heard_in
from bot.components.need_odds import ADULT as ASKED_BY_ADULT
from bot.components.openings import set_right as becomes_on_path
from bot.components.openings import shows_another
from bot.components.role_classifier import ADULT, FRIEND, ROLE_ODDS, SELF
from bot.components.speaker_words import is_at_home, is_taken_along, says_only_too, takes_leave, tells_adult, tells_too
from bot.components.whose_trouble import BEGINS_OWN, DID, SETS_RIGHT, SOMEBODY_ELSE, SetRight, set_right_in
from bot.conversation_state import OF_NOW
from bot.terms import reviewed_terms
from kernel.need import NEEDS, OF_LIFE, urgency_of

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
# "ik ben bang dat hij van de brug springt", "j'ai peur qu'elle se fasse du mal"; "ma meuf est montée dans sa voiture".
_FEARED_FOR = re.compile(
    r"\b(?:bang|schrik|vrees|vreest|ongerust) (?:\w+ ){0,3}(?:dat|da) (?:hij|ze|zij|em|(?:mijn|mn|men|ons) \w+) (?:\w+ ){0,6}"
    r"(?:spring\w*|zichzelf|zich (?:iets|van)|zelfmoord|sterft|doodgaat|snijdt|pillen|ophangt)\b"
    r"|\b(?:hij|ze|zij) (?:gaat|wil|wou|zou) (?:\w+ ){0,3}(?:springen|zichzelf|zich iets|zelfmoord|sterven|doodgaan)\b"
    r"|\b(?:peur|flippe|crains|inquiete?) (?:\w+ ){0,3}(?:que|qu|quil|quelle|kil|kelle) (?:il |elle |mon \w+ |ma \w+ )?(?:saute|meure|"
    r"fasse une (?:betise|connerie)|(?:se|s) (?:fasse|tue|suicide|jette|pende|coupe|foute|mutile|ouvre))\b"
    r"|\b(?:il|elle) (?:va|veut|voulait|voudrait) (?:\w+ ){0,2}(?:sauter|se tuer|se suicider|mourir|se faire du mal|se jeter|se pendre)\b"
)
_DRIVEN_OFF = re.compile(
    r"\b(?:ma (?:meuf|copine|pote|soeur|cousine|meilleure amie)|mon (?:mec|copain|pote|frere|cousin|meilleur ami)) (?:\w+ ){0,2}"
    r"(?:est|a ete|s est) (?:\w+ )?(?:montee?|partie?|embarquee?|emmenee?)\b"
    r"|\b(?:mijn|mn|men) (?:\w+ )?(?:lief|vriendin|vriend|zus|zusje|broer|broertje|nicht|nichtje|maat) (?:\w+ ){0,3}"
    r"(?:is|zit) (?:\w+ ){0,6}"
    r"(?:gestapt|ingestapt|auto|wagen|meegegaan)\b"
)
# "mn broer doet raar sins hij met ne oude man chat", "ma soeur parle avec un mec de 30 ans": to whom a stranger talks.
_TALKS_TO = re.compile(
    r"\b(?:mijn|mn|men|ons|onze|m n) (?:\w+ )?(?:zus|zusje|broer|broertje|nicht|nichtje|neef|neefje|vriend|vriendin|maat|klasgenoot"
    r"|klasgenote) (?:\w+ ){0,7}"
    r"(?:met|mee|me|aan|naar) (?:een|ne|nen|n|zo n|zon|ene|enen|die) (?:\w+ ){0,2}(?:man|vent|kerel|volwassene|vreemde|onbekende"
    r"|vreemden|pedo|oudere|gast van \d+)\b"
    r"(?: (?:\w+ ){0,5}(?:chat|chatten|praat|spreekt|belt|snapt|stuurt|afgesproken|afspreekt|gamet))?"
    r"|\b(?:mijn|mn|men|m n) (?:\w+ )?(?:zus|zusje|broer|broertje|nicht|nichtje|vriendin) (?:\w+ ){0,4}heeft (?:iets|een relatie|verkering)"
    r" met (?:haar|zijn) (?:leraar|leerkracht|trainer|coach|meester|prof)\b"
    r"|\b(?:mon|ma|notre) (?:\w+ )?(?:frere|soeur|cousin|cousine|copine|copain|pote|amie|ami) (?:\w+ ){0,4}(?:parle|parlait|chat\w*"
    r"|tchat\w*|ecrit|discute|snap\w*|voit|sort"
    r"|envoie|rencontre\w*) (?:\w+ ){0,5}(?:un|une|des) (?:\w+ ){0,2}(?:homme|mec|gars|type|vieux|adulte|monsieur|inconnu|inconnus"
    r"|pedo)\b"
)
_WANTS = re.compile(r"\b(?:wil|wou|veux|voudrais|jveux)\b")
"""Then it is what somebody else wants: "une fille dit je veux mourir"."""
_TO_ME_TOO = re.compile(
    r"\b(?:mij|moi|bij mi|tegen mi)\b|\b(?:hij|die man|die vent|il) (?:stuurt|vraagt|wil|me|m|menvoie) (?:me|m)?\b(?! (?:met|mee))"
)
"""Then it may be done to the writer."""
# "j'ai 12 ans moi", "ik ben geen volwassene": said by whoever was taken for an adult.
_NO_ADULT = re.compile(
    r"\b(?:ik ben|kben|k ben|ben) (?:maar |nog maar |pas |nog )?(?:zelf )?(?:[5-9]|1[0-7])(?: jaar| jr| j)?\b(?! (?:uur|uren|u|h|dagen"
    r"|weken|km|minuten|min|keer|maand|maanden)\b)(?! (?:jaar )?(?:leerkracht|getrouwd|gescheiden|opvoeder|trainer"
    r"|in dienst|aan het werk|begeleider|samen|kinderen))"
    r"|\b(?:j ai|jai|g|moi j ai|moi jai) (?:que |seulement |juste |mm pas |meme pas )?(?:[5-9]|1[0-7]) (?:ans|an|piges)\b(?! (?:de "
    r"|d )(?:metier|experience|boulot|mariage|carriere))"
    r"|\b(?:ik ben|kben|k ben) (?:toch |gewoon )?(?:geen|gin) (?:volwassene?|ouder|moeder|vader|mama|papa|leerkracht)\b|\b(?:ik ben"
    r"|kben) (?:zelf )?(?:het|t|een|nog een) kind\b"
    r"|\b(?:suis|chui|chuis|jsuis) (?:pas|po) (?:une? )?(?:adulte|parent|mere|pere|maman|papa|prof|grande?|majeure?)\b|\b(?:l enfant"
    r"|lenfant) (?:c est|cest|c) moi\b"
    r"|\b(?:suis|chui|chuis|jsuis|c est moi|c moi) (?:l |une? )?enfant\b"
)
# "chui un gars", "ik ben een meisje": no child that somebody asks for.
_MYSELF_ONLY = re.compile(
    r"^(?:(?:ik ben|kben|ben|ik) (?:een |ne |n )?(?:jongen|meisje|meiske|gast)"
    r"|(?:je suis|chui|chuis|jsuis|suis|moi) (?:un |une )?(?:gars|mec|garcon|fille|meuf))(?: (?:van )?\d{1,2}(?: ?(?:jaar|ans|j))?)?$"
)
_ASKS_WHO = ("_with", "_near", "_adult", "_person", "_trusted", "_know")
"""How the questions end that "ik ook" answers: who is there, who knows of it."""
_LIFE, _TAKEN = "suicidal", "parental_abduction"
_SURELY = 0.97
_BEGINS_NO = re.compile(r"^(?:nee+|neen|non|nan|nn)\b")
_SELF_AGAIN = 0.9
"""The odds from which a new story is the writer's own, though the one before was a friend's."""
_SHORT = 6
"""So few words name no third person who is hurt beside what was done to the writer: "mon frere ma touché"."""
_MOST_OF_AGE = 12
"""Words in which hardly more is said than that no adult writes."""
_FEWEST_WORDS = 4
"""Fewer tell nothing that a guess could rest on: "aidez moi"."""
_OF_THE_WRITER = frozenset({"i_shared_it", "worried_own_feelings"})
"""Needs of whoever did it."""
_DONE_TO_SOMEBODY = frozenset({"unsafe_home", "cyberbullying", "pressured_to_send"})
"""Without a path for whoever did it: spoken to of the one it was done to."""


def is_theirs_too(words: str, need: Optional[str], question: Optional[str]) -> bool:
    """Whether the writer tells, on a friend's path of `need`, that it is their own too: "moi aussi je le fais". Raises PhraseError."""
    is_behind = need in OF_LIFE and is_mine_behind(words)
    is_too = tells_too(words) or is_behind or (need in OF_LIFE and is_mine_too(words))
    if need not in NEEDS or NEEDS[need].is_conversation or not is_too:
        return False
    return not ((says_only_too(words) or is_behind) and str(question).endswith(_ASKS_WHO))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpeakerRole(EntityFinder):
    """The entity `who`: friend or adult; nothing when the teenager speaks of themself (the slot then keeps its value)."""

    entity = "who"
    alone = re.compile(f"{SOMEBODY_ELSE.pattern}|{_MYSELF_ONLY.pattern}")

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
        """See the parent class. An adult's need that no word tells gives way to the next one."""
        for message in messages:
            drop_guessed_adult(message, self)
        return super().process(messages)

    def value_of(self, message: Message, words: str, is_answer: bool) -> Optional[str]:
        """See the parent class. Of a first message that tells nothing for sure the classifier decides, where it is likely enough."""
        told = message.get("metadata") or {}
        right = set_right_in(words, told.get("question")) if is_answer or str(told.get("question")).startswith(OF_NOW) else None
        message.set(SETS_RIGHT, right)
        if right is not None:
            return self._set_right(right, words, told.get("asking"))
        if told.get("who") == FRIEND and is_theirs_too(words, told.get("asking") or told.get("topic"), told.get("question")):
            self._begin_anew(message, str(told.get("asking") or told.get("topic")))
            return SELF
        if told.get("who") == ADULT and _NO_ADULT.search(words) is not None:
            message.set(SETS_RIGHT, SetRight(SELF, len(words.split()) <= _MOST_OF_AGE) if is_answer else None)
            return SELF  # a teenager who was taken for an adult, once in the talk
        role = super().value_of(message, words, is_answer)
        if role is None and self._is_of_another(message, words):
            return FRIEND
        if role is None and told.get("who") == FRIEND and self._is_own_again(message, words, is_answer):
            is_correction = is_answer and _BEGINS_NO.search(words) is not None and len(words.split()) <= _SHORT
            message.set(SETS_RIGHT, SetRight(SELF, True) if is_correction else None)
            return SELF
        if role is None and told.get("who") != ADULT and tells_adult(words, is_first=not is_answer):
            role = ADULT
        role = None if role == ADULT and tells_young(message) else role
        return role if role is not None or is_answer else self._likely_role(message, words)

    @staticmethod
    def _set_right(right: SetRight, words: str, asking: Optional[str]) -> Optional[str]:
        """Who speaks, where the words set it right on the path of `asking`."""
        if right.whose != DID:
            return right.whose
        if asking in _OF_THE_WRITER or becomes_on_path(asking, words) in _OF_THE_WRITER:
            return SELF
        return FRIEND if asking in _DONE_TO_SOMEBODY else None

    @staticmethod
    def _begin_anew(message: Message, need: str) -> None:
        """Hears the friend's need as the writer's own, unless another need was heard; a life goes before what only weighs."""
        message.set(BEGINS_OWN, True)
        heard = heard_in(message).name
        is_other = heard in NEEDS and not NEEDS[heard].is_conversation and heard != need
        if not is_other or (need in OF_LIFE and urgency_of(heard).rank < urgency_of(need).rank):
            hear_as(message, need)

    @staticmethod
    def _is_of_another(message: Message, words: str) -> bool:
        """Whether what is heard is somebody else's by its words: a farewell, where a wish to die is heard; a brother taken along; a
        picture of a classmate that reached the writer."""
        told, heard = message.get("metadata") or {}, heard_in(message).name
        if heard == _TAKEN and is_taken_along(words):
            return True
        if not told.get("asking") and told.get("who") != ADULT and shows_another(heard, words):
            return True
        if not takes_leave(words) or is_own_life(words):
            return False
        return _LIFE in (heard, told.get("asking")) or any(one.need == _LIFE for one in reviewed_terms().find_all(words))

    @staticmethod
    def _is_own_again(message: Message, words: str, is_answer: bool) -> bool:
        """Whether the message tells of the writer, though a friend was spoken of before."""
        asking = (message.get("metadata") or {}).get("asking")
        if is_own_life(words):
            return True
        if is_answer and asking not in MAY_BE_OURS:
            return False
        if hurts_me(words):
            return True
        is_new = not is_answer and heard_in(message).name in MAY_BE_OURS
        return is_new and (message.get(ROLE_ODDS) or {}).get(SELF, 0.0) >= _SELF_AGAIN

    def _likely_role(self, message: Message, words: str) -> Optional[str]:
        """What the classifier hears in a first message; None where it is likely the writer, or small talk."""
        heard, many = heard_in(message).name, len(words.split())
        if (heard in NEEDS and NEEDS[heard].is_conversation) or many < _FEWEST_WORDS:
            return None
        odds = message.get(ROLE_ODDS) or {}
        role = next((role for role, least in self._likely.items() if odds.get(role, 0.0) >= least), None)
        if (role == ADULT and heard != ASKED_BY_ADULT) or is_at_home(words):
            return None
        if (
            role is None
            or is_surely_to_me(words)
            or (is_told_to_die(words) and not _WANTS.search(words))
            or (role == FRIEND and is_the_writers(heard, words))
        ):
            return None
        if role == FRIEND and (hurts_me(words) or is_of_my_picture(words)):
            return None
        is_doubtful = many <= _SHORT or odds[role] < _SURELY
        return None if role == FRIEND and is_doubtful and is_done_to_me(words) else role

    def find(self, text: str) -> Optional[str]:
        """See the parent class; only what the words surely tell."""
        if tells_adult(text, is_first=True):
            return ADULT
        is_talked_to = _TALKS_TO.search(text) is not None and _TO_ME_TOO.search(text) is None and not hurts_me(text)
        return FRIEND if is_talked_to else self.find_in_answer(text)

    def find_in_answer(self, text: str) -> Optional[str]:
        """See the parent class: only what surely tells whom it is about; "mn zus is hier" may be who can help."""
        right = set_right_in(text)
        if right is not None and right.whose != DID and (right.whose != SELF or right.is_alone):
            return right.whose
        is_for_another = _PARTNER_IN_DANGER.search(text) or _DRIVEN_OFF.search(text) or _FEARED_FOR.search(text)
        is_told = is_for_another is not None or befalls_another(text)
        return FRIEND if (is_told and not hurts_me(text)) or is_another_life(text) else None
