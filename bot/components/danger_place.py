"""What else a message says that tells whether a danger is now, and which need it is: its place in the conversation, and its words.

Used by the crisis finder (bot/components/crisis_finder.py).
"""

from __future__ import annotations

import re

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.ages_told import tells_only_ages
from bot.components.corrections import phrases_of, says_away, says_bye, says_not_now
from bot.components.danger_kinds import is_only_visit
from bot.components.denials import says_safe_in_words
from bot.components.ending_talk import HIDE, ends_talk
from bot.components.message_intent import IN_WORDS, add_entity, drop_entities, hear_as, heard_in
from bot.components.need_classifier import DANGER_ODDS
from bot.components.openings import is_only_guessed, other_need, set_right, told_behind
from bot.conversation_state import ASKS_PAST, OF_NOW
from kernel.language import words_of
from kernel.need import ANSWERS, MAY_BE_PAST, NEEDS, NOT_UNDERSTOOD, OF_LIFE, urgency_of
from kernel.urgency import Urgency
from safety.crisis import Finding

_OF_PICTURES = frozenset({"nude_spread", "deepfake_nude", "sextortion", "grooming"})
_OF_OTHERS = frozenset({"parent_or_adult_asks_for_child", "seen_csam"})
_OF_A_FRIEND_TOO = frozenset({"self_harm"})
_YES = re.compile(r"\s*(?:ja+|jaja|jep|jawel|yes+|oui+|ouais?|wi|yep)\b", re.IGNORECASE)
_FEW_WORDS, _TOO_FEW = 9, 4
_CLOSET = re.compile(r"\b(?:(?:in|uit) (?:de|zijn|haar|mijn) kast|(?:du|dans le) placard)\b")
"""The cupboard of who has not told to be gay, where _GAY stands beside it and nothing of _HIDES."""
_GAY = re.compile(r"\b(?:gay|gays|homo|homos|lesbisch|lesbienne|lesbi|bi|biseks\w*|bisex\w*|trans|coming out|gekomen)\b")
_HIDES = re.compile(
    r"\b(?:verstop\w*|verscho\w*|opgesloten|sla\w*|sloeg|roep\w*|tiert|schreeuw\w*|zoek\w*|bang|mes|help"
    r"|wapen|zat|vermoord\w*|dood\w*|kapot|buiten\w*|nu|pillen|man|mannen|vent|kerel|inbreker"
    r"|cache\w*|enferm\w*|frapp\w*|tap\w*|cri\w*|hurl\w*|cherch\w*|peur|couteau|aide|aidez|tue\w*|casse\w*|bourre\w*|arme|maintenant|homme|mec|type)\b"
)
_STOPPED = re.compile(r"^(?:\w+ ){0,4}saigne plus(?: (?:non|tkt|merci|oui|hein|depuis(?: \w+){1,3}))?$")
"""At its end "ça saigne plus" is that it stopped; "ça saigne plus fort" is not."""
_OF_YESTERDAY = frozenset({"unsafe_home", "cyberbullying"})
"""What was done to them yesterday is no danger of this moment there; abuse of yesterday needs a doctor, and pills of yesterday do."""
_RACKET = frozenset({"racket", "racket_knife"})
_MEETING = "utter_ask_grooming_meeting"
_LEFT_HOME = "runaway_now"
_ASKS_NOW = "utter_ask_unsafe_home_now"


def says_safe(message: Message) -> bool:
    """Whether it says yes to "are you safe?", and its words hold no danger: "ja ik zit in mijn kamer, hij is beneden en kwaad"; or, asked
    whether the danger is now, that there is none."""
    asked, text = str((message.get("metadata") or {}).get("question")), message.get(TEXT) or ""
    if message.get(IN_WORDS):
        return False
    return (asked.endswith("_safe") and _YES.match(text) is not None) or (asked == _ASKS_NOW and says_safe_in_words(text))


def danger_odds(message: Message) -> float:
    """The summed probability, 0..1, of all needs that are a danger."""
    return float((message.get(DANGER_ODDS) or {}).get(Urgency.HIGH.value, 0.0))


def about_what(message: Message, heard: str | None) -> str | None:
    """What a message is about: the need whose path asked, where it was heard as no other need for help."""
    is_other = heard in NEEDS and not NEEDS[str(heard)].is_conversation
    return heard if is_other else (message.get("metadata") or {}).get("topic") or (message.get("metadata") or {}).get("asking")


def is_no_hiding_place(words: str) -> bool:
    """Whether the cupboard of the words is that of who has not told to be gay: "mijn broer zit in de kast, hij is gay"."""
    is_closet = _CLOSET.search(words) is not None and _GAY.search(words) is not None
    return is_closet and _HIDES.search(words) is None


def is_not_now(message: Message, words: str) -> bool:
    """Whether the words say that it is not at this moment, whatever the odds, or are a mere farewell; that somebody is away, only where few
    words tell nothing else and hold no danger."""
    if not message.get(IN_WORDS) and (_STOPPED.search(words) is not None or is_no_hiding_place(words)):
        return True
    if only_visits(message, words) or only_hides(message, words):
        return True
    if _is_of_blows(message) and says_yesterday(words):
        return True
    is_bye = says_bye(words) and (message.get("metadata") or {}).get("asking") not in OF_LIFE and not message.get(IN_WORDS)
    return says_not_now(words) or is_bye or (len(words.split()) <= _FEW_WORDS and says_away(words) and not message.get(IN_WORDS))


def only_visits(message: Message, words: str) -> bool:
    """Whether the words say no more than that somebody comes or is there, behind talk in which nothing of weight was told and no question
    is open; right at the beginning they may be all that a child dares to say."""
    return _is_behind_talk(message) and not message.get(IN_WORDS) and is_only_visit(words)


def only_hides(message: Message, words: str) -> bool:
    """Whether this talk must be gone from the screen since somebody comes, and no danger was told: "cache ça vite mon père arrive"."""
    told = message.get("metadata") or {}
    is_free = not (told.get("topic") or told.get("asking") or told.get("now") or told.get("was_now"))
    return is_free and (not told.get("talk") or bool(told.get("small_talk"))) and ends_talk(words, None) == HIDE


def _is_behind_talk(message: Message) -> bool:
    told = message.get("metadata") or {}
    is_free = not (told.get("topic") or told.get("asking") or told.get("now") or told.get("was_now") or told.get("opened"))
    return bool(told.get("said")) and not told.get("question") and is_free and (not told.get("talk") or bool(told.get("small_talk")))


def says_yesterday(words: str) -> bool:
    """Whether the words tell of blows or threats of yesterday or before, and of nothing that goes on ("hier avec la ceinture"). Raises
    PhraseError."""
    return phrases_of("yesterday").search(words) is not None and phrases_of("since_yesterday").search(words) is None


def _is_of_blows(message: Message) -> bool:
    """Whether the message, or what was told before of a message that is not understood, is of blows or threats."""
    told, heard = message.get("metadata") or {}, heard_in(message).name
    is_behind = told.get("talk") in _RACKET or told.get("topic") in _OF_YESTERDAY
    return heard in _OF_YESTERDAY or (heard == NOT_UNDERSTOOD and is_behind)


def least_past(message: Message, heard: str | None, level: Urgency) -> str | None:
    """The setting of CrisisFinder that says how likely it must be that what is told is over; None where that is not looked at: further on
    in a talk, where an emergency was heard, but for who left home, and in so few words that they hardly tell when ("il a 30 ans")."""
    told = message.get("metadata") or {}
    if str(told.get("question")).startswith(ASKS_PAST):
        return "past_asked"
    if told.get("topic"):
        return None
    if heard == _LEFT_HOME:
        return "past_away"
    is_told = len((message.get(TEXT) or "").split()) > _TOO_FEW
    return "past" if heard in MAY_BE_PAST and level is not Urgency.EMERGENCY and is_told else None


def is_of_its_path(finding: Finding, asking: str | None) -> bool:
    """Whether a yes or no may be left to the path that asked, since that path is about this very danger: "nee, ik heb geen voogd"."""
    return finding.need == asking and finding.level is not Urgency.EMERGENCY and not finding.now


def is_told_in_danger(finding: Finding, question: str) -> bool:
    """Whether how they get out of a danger is asked, and the words tell more of that: "ik kan nergens naartoe" leaves no home now."""
    is_where_they_meet = question == _MEETING and finding.need == "runaway_now"  # "vanavond in t park, alleen"
    is_told = question.startswith(OF_NOW) and finding.need not in OF_LIFE
    return not finding.now and (is_told or is_where_they_meet)


def shares_words(classified: str | None, found: str) -> bool:
    """Whether `classified` is a need for help that is told in the words of `found`: pictures and strangers, or what an adult or
    somebody who saw it tells of a child. Words of self-harm or of blows are never told for another need."""
    is_need = classified in NEEDS and not NEEDS[classified].is_conversation
    return is_need and (found in _OF_PICTURES or classified in _OF_OTHERS)


def by_its_place(message: Message, text: str, finder: object) -> None:
    """Makes it the need that the words tell right behind small talk: "27" behind a crush, "ik wil bij haar zijn" behind a death. It is the
    teenager's own, though somebody else was spoken of; long sleeves may be a friend's."""
    told, heard = message.get("metadata") or {}, heard_in(message)
    if only_visits(message, " ".join(words_of(text))):
        hear_as(message, NOT_UNDERSTOOD)
        drop_entities(message, {"who"})
        return
    need = told_behind(told.get("talk"), " ".join(words_of(text)), is_small=bool(told.get("small_talk")))
    if need is None:
        return
    if urgency_of(need).rank > urgency_of(heard.name if heard.confidence > 0.0 else None).rank:
        hear_as(message, need)
    if need not in _OF_A_FRIEND_TOO:
        drop_entities(message, {"who"})
        add_entity(message, "who", "self", finder)


def by_its_words(message: Message, text: str) -> None:
    """Makes the need another where the words say so: extortion without any picture; on a path, what sets it right. The level that was
    heard stays."""
    asking, words = (message.get("metadata") or {}).get("asking"), " ".join(words_of(text))
    heard, sure = heard_in(message)
    is_of_ages = bool(asking) and heard in NEEDS and heard != asking and not NEEDS[heard].is_conversation and tells_only_ages(words)
    if is_of_ages or is_only_guessed(heard, sure, asking or (message.get("metadata") or {}).get("topic"), words):
        hear_as(message, NOT_UNDERSTOOD)  # told in their own words to the path that asked
        heard = NOT_UNDERSTOOD
    if asking:
        meant = set_right(asking, words)
        if meant == "sextortion" and str((message.get("metadata") or {}).get("question")).startswith(OF_NOW):
            meant = None  # who is in danger now is asked on about that, whatever is threatened besides
        need = meant if heard in (*ANSWERS, NOT_UNDERSTOOD, "off_topic", asking, meant) else other_need(heard, words)
    else:
        need = other_need(heard, words)
    if need is not None:
        hear_as(message, need)
