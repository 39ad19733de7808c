"""Somebody else who wants to die, and facts that decide what to do now: where they live, who is near them, which adult is in the house.

"nee geen adres, hij woont in kortrijk" is no "I dare not call", and "mn ma zit hier" no answer to whether there are dangerous things;
"g les medocs de ma mamy", told of oneself, is what lies within reach. The lists stand in data/now/bodies.yml; the answers in
data/responses/questions.yml.
"""

from __future__ import annotations

from typing import Any, Mapping

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.body_words import THEIR_ADULT, THEY_ARE_AWAY, WHERE, fact_in, holds
from bot.components.message_intent import add_entity, answer_with, entity_in, who_in
from bot.components.path_answer import INSTEAD
from bot.components.path_so_far import is_now
from bot.components.role_classifier import FRIEND
from bot.conversation_state import OF_A_BODY, OF_NOW
from kernel.language import words_of
from kernel.need import ON_THE_WAY

_WISH_TO_DIE = "suicidal"
_ASKS_NEAR = "utter_ask_suicidal_with"


def hear_friend(message: Message, finder: object, *, in_words: bool) -> None:
    """Answers such a fact on the path of a wish to die, or while somebody else's body is in danger. `in_words`: reviewed terms found danger
    in the words, which goes first."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    if in_words or is_now(message) or not _is_of_them(told):
        return
    question, who = told.get("question"), who_in(message)
    fact = fact_in(words, who, question)
    if fact is None or (question == _ASKS_NEAR and fact == THEIR_ADULT and not holds("apart", words)):
        return  # that is the yes that was asked for; "in zijn kamer, zijn ouders zijn beneden" is none
    if fact == WHERE and not (_is_now_told(told) or holds("address", words)):
        return  # where somebody lives is no more than told, as long as nobody said that there is danger now
    heard = "deny" if question == _ASKS_NEAR and fact == THEY_ARE_AWAY else ON_THE_WAY
    answer_with(message, fact, finder, heard=heard, dropping=(INSTEAD,))
    if entity_in(message, "who") is None and who is not None:
        add_entity(message, "who", who, finder)


def _is_now_told(told: Mapping[str, Any]) -> bool:
    """Whether a danger of this moment was told before, or is asked about."""
    return bool(told.get("was_now")) or bool(told.get("now")) or str(told.get("question")).startswith(OF_NOW)


def _is_of_them(told: Mapping[str, Any]) -> bool:
    is_dying = told.get("asking") == _WISH_TO_DIE or (told.get("topic") == _WISH_TO_DIE and told.get("asking") is None)
    return is_dying or (told.get("question") in OF_A_BODY and told.get("who") == FRIEND)
