"""Threats in anger and in figures of speech: "jvais le tuer ce fdp", "ze gaan mij doodslaan als ze mijn rapport zien" / "nee gewoon zagen".

Whoever announces to hurt somebody is asked to put the knife away and to talk first, and is no victim (`will_harm` in
data/questions/asked.yml). What others "will do" for a bad mark or a lost match is let go where it is plainly explained; where the reason is
graver, only 112 is (bot/components/denials.py). The hub's urgency stays. The phrases stand in data/corrections.yml (`threats`); words here:
lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import keeps_open, phrases_of
from bot.components.message_intent import IN_WORDS, add_entity, answer_with, entity_in, heard_in, who_in
from bot.components.role_classifier import ADULT
from bot.conversation_state import OF_A_BODY, OF_NOW, TOLD_BEFORE
from bot.terms import reviewed_terms
from kernel.denial import DENIAL, DENIES, NEED
from kernel.language import words_of
from kernel.need import MEANT_OTHERWISE, OF_LIFE

THREAT = "threat"
"""In TOLD_BEFORE, and on a message: PLAN, ANGER, LIGHT or NONE."""
PLAN, ANGER, LIGHT, NONE = "plan", "anger", "light", "none"
"""A weapon or a stabbing of the writer's own; anger that says "I will kill them"; somebody's who will kill the writer for a bad mark or a
lost match; none any more, as something else was told since."""
_SECTION = "threats"
_OWN = frozenset({PLAN, ANGER})
_WILL_HARM, _HARM_NOW, _HARM_MEANT = "will_harm", "will_harm_now", "will_harm_meant"
_ANGRY, _REVENGE = "angry_threat", "revenge"
LET_GO = "figure_let_go"
"""What is said to a figure of speech that was explained, or to anger that was nothing more."""
_OF_PICTURES = frozenset({"nude_spread", "sextortion", "deepfake_nude", "pressured_to_send", "grooming", "i_shared_it", "sexual_abuse"})
"""What the same words may tell: then the anger at whoever did it is only remembered."""
_MOST_WORDS = 18
"""Of an explanation; more tells a story."""
_PLAIN = 5
"""Of words that are nothing but the anger."""


def threat_in(words: str) -> Optional[str]:
    """PLAN, ANGER or LIGHT, as the words tell it; None for none of them. Raises PhraseError."""
    if not _holds("not_own", words):
        own = next((kind for kind in (PLAN, ANGER) if _holds(kind, words)), None)
        if own is not None:
            return own
    left = phrases_of("others", _SECTION).sub(" ", words)
    is_light = left != words and _holds("light", words) and not phrases_of("afraid").search(left)
    return LIGHT if is_light and not reviewed_terms().find_all(left) else None


def is_beaten_at_game(words: str) -> bool:
    """Whether "klopt mij altijd met schaken" tells of a game that was lost, and of no blows. Raises PhraseError."""
    return _holds("beaten_at", words) and not phrases_of("afraid").search(words)


def explains(words: str) -> bool:
    """Whether the words say that it was a figure of speech, a joke or mere anger, and hold nothing that keeps a danger open: "nee gewoon
    zagen", not "nn jrigole pas". Raises PhraseError."""
    left = phrases_of("explained", _SECTION).sub(" ", words)
    if len(words.split()) > _MOST_WORDS or _holds("meant", left) or _holds("except", words):
        return False
    is_said = left != words or _holds("joked", left)
    return is_said and not keeps_open(left) and not phrases_of("afraid").search(left) and not reviewed_terms().find_all(left)


def hear_threat(message: Message, finder: object, *, in_words: bool, now_in_words: bool) -> None:
    """Sets what the message is heard as where it threatens, or explains a threat. `in_words`: the terms found danger;
    `now_in_words`: one of this moment."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    known = (told.get(TOLD_BEFORE) or {}).get(THREAT)
    said = threat_in(words)
    is_plain = said == ANGER and len(words.split()) <= _PLAIN and told.get("asking") not in OF_LIFE  # "jvais le tuer": nobody's own life
    is_of_fear = said == PLAN and in_words  # "une lame sur moi, j'ai peur de rentrer": terms found others, the model alone a wound
    is_of_life = (heard_in(message).name in OF_LIFE and not (is_plain or is_of_fear)) or entity_in(message, IN_WORDS) in OF_LIFE
    if who_in(message) == ADULT or is_of_life or told.get("question") in OF_A_BODY:
        return
    if known in (PLAN, ANGER, LIGHT) and said is None and not told.get("now") and explains(words):
        _let_go(message, finder, told)
    elif not (_only_jokes(words, said, known) or _is_of_others(words, told, now_in_words)):
        answer = _answer_to(words, said, known, told, message)
        if answer is not None:
            _answer(message, answer, finder)
    if said is not None and known != PLAN:
        message.set(THREAT, said)
    elif said is None and known == LIGHT and in_words:
        message.set(THREAT, NONE)  # a danger of its own was told since: nothing explains that away


def _only_jokes(words: str, said: Optional[str], known: Optional[str]) -> bool:
    """Whether anger is laughed about, or told of a bag of crisps: "kga hem vermoorden haha". Not a plan, nor behind earlier anger."""
    return said == ANGER and known not in _OWN and _holds("light", words) and not _holds("meant", words)


def _is_of_others(words: str, told: Mapping[str, Any], now_in_words: bool) -> bool:
    """Whether a danger of this moment comes from others: "il est là avec un couteau, jvais le planter".

    What only the threat itself tells does not.
    """
    left = phrases_of(ANGER, _SECTION).sub(" ", phrases_of(PLAN, _SECTION).sub(" ", words))
    return any(one.now for one in reviewed_terms().find_all(left)) if now_in_words else bool(told.get("now"))


def _answer_to(words: str, said: Optional[str], known: Optional[str], told: Mapping[str, Any], message: Message) -> Optional[str]:
    """The answer to somebody who threatens themself; None where there is none, or others are a danger of this moment."""
    is_own = said in _OWN or known in _OWN
    if not is_own or (str(told.get("question")).startswith(OF_NOW) and known not in _OWN):
        return None
    if _holds("there", words):
        return _HARM_NOW
    if said is None:
        return _HARM_MEANT if _holds("meant", words) or (known == PLAN and _holds("shown", words)) else None
    if said == PLAN:
        return _HARM_NOW if told.get("talk") == _HARM_NOW else _WILL_HARM
    heard, asking = heard_in(message).name, told.get("asking")
    if message.get(IN_WORDS) or (heard in _OF_PICTURES and heard != asking):
        return None  # the path helps first
    return _HARM_MEANT if known in _OWN else _ANGRY if asking is None else _REVENGE


def _answer(message: Message, answer: str, finder: object) -> None:
    """Answers it so: no danger that comes from others is met, and no path of a victim begins. The level stays what it was heard as."""
    answer_with(message, answer, finder, dropping=("violence_ahead",))


def _let_go(message: Message, finder: object, told: Mapping[str, Any]) -> None:
    """Believes it: the path, if one was begun, is left, and the danger of that path counts as denied."""
    explained = entity_in(message, IN_WORDS)  # "nn elle me tape pas": the hub's term stands in the very words that deny it
    answer_with(message, LET_GO, finder, heard=MEANT_OTHERWISE, dropping=("urgency", IN_WORDS, "violence_ahead", "beside"))
    add_entity(message, DENIAL, NEED, finder)
    for need in {told.get("asking") or told.get("topic"), explained} - {None}:
        add_entity(message, DENIES, need, finder)
    message.set(THREAT, NONE)


def _holds(which: str, words: str) -> bool:
    return phrases_of(which, _SECTION).search(words) is not None
