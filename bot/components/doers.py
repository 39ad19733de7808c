"""Who did it themself: "on a fait un fake d'une fille", "ik heb haar gepusht". It sticks: no path of a victim begins by the model alone.

A made picture has a path (`i_shared_it`); for all else there is one answer (`did_wrong`), behind which the talk is listened to.
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.done_to import hurts_me
from bot.components.message_intent import IN_WORDS, add_entity, drop_entities, hear_as, heard_in, who_in
from bot.components.need_classifier import HELPING_ODDS
from bot.components.path_so_far import is_now
from bot.components.role_classifier import ADULT, SELF
from bot.components.speaker_words import deed_in, denies_sharing, doer_asks, only_opens
from bot.conversation_state import LISTENS, OF_NOW
from kernel.language import words_of
from kernel.need import MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, urgency_of
from kernel.speakers import AMENDS, FAKE, HARM, PUNISH
from kernel.urgency import Urgency

DEED = "deed"
"""On a message: FAKE or HARM, where the words tell what the writer did; the words of bot.conversation_state.DID."""
_READ_AS_DANGER = ("urgency", IN_WORDS, "perhaps", "question")
"""Entities: what was read as danger in words about what they did themself."""
_SHARED = "i_shared_it"
_DID_WRONG = "did_wrong"
_ANSWERS_TO = {PUNISH: "doer_punish", AMENDS: "make_amends"}
"""The answer to what they ask about it (data/questions/asked.yml)."""
_OF_VICTIMS = frozenset(
    {"unsafe_home", "sextortion", "nude_spread", "deepfake_nude", "pressured_to_send", "cyberbullying", "sexual_abuse", "grooming"}
    | {"teen_pimp", "sexting_question", "worried_own_feelings"}
)
"""Needs that the model hears in what somebody did to others."""
_OF_PICTURES = frozenset({"deepfake_nude", "nude_spread"})
_MILD = frozenset({"other_wellbeing", "worried_own_feelings", _SHARED, "cyberbullying", "unsafe_home", "legal_question", "sexual_abuse"})
"""What the model may hear in words that only announce something; nothing graver."""
_NOT_SURE = 0.3
_IN_FUN = 0.05
"""Of all calls for help together in a first message: below it "j'ai fait un deepfake de mon chat" is told of a cat."""
_PICTURE = re.compile(
    r"\b(?:foto\w*|fotos|naakt\w*|nude\w*|bloot|blote|beeld\w*|film\w*|video\w*|vid|vids|pics?|screen\w*|snap\w*|post\w*|gepost|deel"
    r"|deelde|delen|gedeeld|deelden|verspreid\w*"
    r"|doorge\w*|doorst\w*|rondge\w*|rondst\w*|gestuurd|stuur|stuurde|stuurden|story|groep\w*|chat\w*|online|insta\w*|tiktok|discord"
    r"|whatsapp|account\w*|fake\w*|deep\w*|nep\w*|ai|app|laten zien"
    r"|getoond|toonde|link\w*|site|dick\w*|photo\w*|image\w*|envoy\w*|envoi\w*|partag\w*|transf\w*|publi\w*|balanc\w*|diffus\w*"
    r"|captur\w*|montr\w*|compte\w*|profil\w*|seins|borsten|gsm|tel)\b"
)
"""Without any of these the model alone hears that a picture was passed on."""
_OWN_DEED = re.compile(
    r"\b(?:ik heb|kheb|k heb|keb|heb ik|wij hebben|we hebben|ik ben|ik was|ik deed|ik had|j ai|jai|g|on a|j avais|javais|je l ai|jlai"
    r"|je lui ai|jlui ai)\b"
)
_NO_PICTURE = re.compile(
    r"\b(?:geen|gn|gin|gene|zonder|nergens) (?:\w+ ){0,2}(?:foto\w*|beeld\w*|filmpje\w*|video\w*|naaktfoto\w*|nudes?)\b|\b(?:was|is|tis"
    r"|twas|ging) (?:\w+ )?(?:maar|gewoon|enkel|alleen|om) "
    r"(?:een|ne|n) (?:\w+ )?(?:kus|kusje|zoen|mop|grap|spel)\b|\b(?:pas|aucune?|po|ni) (?:de |d )?(?:photo|photos|image|images|video"
    r"|videos|nude|nudes)\b"
    r"|\b(?:c est|c|cest|c etait|ct|cetait) (?:\w+ )?(?:juste|qu|que) (?:un|une) (?:\w+ )?(?:bisou|baiser|smack|bise)\b"
)
_PASSED_ON = re.compile(
    r"\b(?:meer|nimeer|plus|online|gewist|wis|verwijderd|weg|efface\w*|supprime\w*|telefoon|gsm|sur|op|bewaard|garde\w*|avant"
    r"|vroeger)\b|\b(?:doorge\w*|gedeeld|gepost|verspreid|rondge\w*|partage\w*|publie\w*|balance\w*|naakt\w*|nue?s?|bloot)\b"
)


def hear_deed(message: Message, finder: object, *, in_words: bool) -> None:
    """Sets what the message is heard as where the writer says what they did, or said so before. `in_words`: the terms found danger."""
    told, heard = message.get("metadata") or {}, heard_in(message).name
    words = " ".join(words_of(message.get(TEXT) or ""))
    is_open_danger = is_now(message) or str(told.get("question")).startswith(OF_NOW) or urgency_of(told.get("asking")) is Urgency.EMERGENCY
    if is_open_danger or who_in(message) == ADULT or (in_words and urgency_of(heard) is Urgency.EMERGENCY):
        return
    if _opens_as_deed(message):
        message.set(DEED, HARM)  # the path of somebody's own acts has words for it
        return
    odds = message.get(HELPING_ODDS)
    is_fun = told.get("asking") is None and not told.get("did") and odds is not None and float(odds) < _IN_FUN
    is_no_deed = is_fun or (hurts_me(words) and told.get("asking") != "unsafe_home")
    deed = None if is_no_deed else deed_in(words)
    if told.get("asking") == _SHARED and told.get("did") != FAKE and not in_words and _was_no_picture(words):
        message.set(DEED, HARM)
        _ask(message, _DID_WRONG, finder, leaving=True)
        return
    if deed is None and not in_words and _is_guessed_sharing(told, heard, words):
        deed = HARM  # a kiss for a bet: no picture was passed on
    if deed is None and told.get("asking") == _SHARED and denies_sharing(words):
        message.set(DEED, HARM)  # they passed nothing on: the card must not say so
    elif told.get("did") and told.get("asking") is None and not in_words and (asks := doer_asks(words)):
        message.set(DEED, str(told["did"]))
        _ask(message, _ANSWERS_TO[asks], finder)
    elif deed is not None:
        _tell(message, deed, finder)
    elif told.get("asking") is None and not in_words and only_opens(words) and (heard in _MILD or heard not in NEEDS):
        _ask(message, LISTENS, finder)
    elif told.get("did") and not hurts_me(words):
        _stay(message, str(told["did"]), in_words=in_words)


def _is_guessed_sharing(told: Mapping[str, Any], heard: Optional[str], words: str) -> bool:
    """Whether only the model hears a picture that was passed on, in a first message that tells a deed of their own and no picture."""
    is_first = told.get("asking") is None and heard == _SHARED
    return is_first and _OWN_DEED.search(words) is not None and _PICTURE.search(words) is None


def _was_no_picture(words: str) -> bool:
    """Whether it is said that there is no picture at all: "er is geen foto", "was maar een kus"."""
    left = _NO_PICTURE.sub(" ", words)
    return left != words and _PASSED_ON.search(left) is None


def _tell(message: Message, deed: str, finder: object) -> None:
    """What the writer did is told in this very message."""
    told = message.get("metadata") or {}
    message.set(DEED, deed)
    drop_entities(message, {"who"})
    add_entity(message, "who", SELF, finder)
    if deed == FAKE or told.get("asking") == _SHARED:
        hear_as(message, _SHARED)
    elif told.get("asking") in _OF_VICTIMS:
        _ask(message, _DID_WRONG, finder, leaving=True)
    elif told.get("asking") is None and heard_in(message).name != _DID_WRONG and not (told.get("did") and told.get("talk")):
        _ask(message, _DID_WRONG, finder)
    elif told.get("asking") is None:
        _not_understood(message)


def _stay(message: Message, did: str, *, in_words: bool) -> None:
    """No victim's path begins by the model alone; what is told of a picture that they made goes to the path of who did it."""
    told, heard = message.get("metadata") or {}, heard_in(message).name
    is_guess, asking = not in_words and heard in _OF_VICTIMS, told.get("asking")
    if (did == FAKE and heard in _OF_PICTURES) or (is_guess and asking == _SHARED):
        hear_as(message, _SHARED)
    elif is_guess and asking is None:
        _not_understood(message)


def _ask(message: Message, question: str, finder: object, *, leaving: bool = False) -> None:
    """Answers it as the question `question`, with nothing of danger; `leaving`: the path that was begun is left."""
    drop_entities(message, _READ_AS_DANGER)
    hear_as(message, MEANT_OTHERWISE if leaving else ON_THE_WAY)
    add_entity(message, "question", question, finder)


def _not_understood(message: Message) -> None:
    drop_entities(message, _READ_AS_DANGER)
    hear_as(message, NOT_UNDERSTOOD, _NOT_SURE)


def _opens_as_deed(message: Message) -> bool:
    """Whether it is a first message about a sexual act of their own ("did" in kernel.need.OPENS_OTHERWISE)."""
    return any(one.get("entity") == "danger_now" and one.get("value") == "did" for one in message.get(ENTITIES, []))
