"""Picks what is said: the variation that fits language and speaker best, and not the one just said."""

from __future__ import annotations

import copy
import re
from typing import Any, Dict, List, Mapping, Optional, Sequence

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.constants import RESPONSE_CONDITION
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.asked import asked_questions
from bot.components.role_classifier import ADULT, FRIEND
from bot.conversation_state import OF_NOW, SITUATION, TOLD_BEFORE, VIOLENCE_AHEAD, is_offer, latest_safe, place_of_latest, question_in
from bot.situation import REPLY, situation_told, worth_saying
from kernel.answers import behind_but
from kernel.beside import BESIDE, PREGNANT, group_of
from kernel.denial import ANSWERS_TOO, BACK_TO, DANGER, DENIAL, MISHEARD, SAID_WHERE_DENIED
from kernel.need import ANSWERS, urgency_of
from kernel.told import need_of
from kernel.urgency import Urgency

_QUESTION = "utter_ask_"
_NUMBER = re.compile(r"\d{3}")
_WAY_BACK = "utter_scenario_way_back"
_MEETS_DANGER = frozenset(
    {
        "utter_now",
        "utter_now_again",
        "utter_now_body",
        "utter_now_act",
        "utter_now_after",
        "utter_grooming_meeting",
        "utter_suicidal_now_yes",
    }
)
"""Said to a danger of this moment."""
_BUT = "but"  # the condition of a remark to an answer that goes on behind a "but"
_OF_DANGER_NOW = "utter_now"
_AT_LENGTH, _MANY_WORDS = "at_length", 14
"""The condition of what is said to a message of so many words, where no path waits."""
_OF_BULLYING, _AHEAD, _AHEAD_TOO = "utter_cyberbullying", "utter_violence_ahead", "utter_violence_beside"
_ASKED_AGAIN = "utter_asked_again"
"""Stands before a question that was asked in the same words just before."""
_TELLS_MORE, _HEARD_AGAIN = "_heard", "utter_heard_again"  # how remarks to their own words end; where such a one was said before
_NO_PATHS = frozenset({"utter_ask_topic", "utter_ask_safe", "utter_ask_else"})
_SENTENCE_END = re.compile(r"(?<=[?!.])\s+(?=[^\s?!:a-z])")
"""Where the next begins: "Stop it Now! werkt" is one."""
_PREFACE = re.compile(r"^(?:Eerst|Eén ding|Ik vraag|Mag ik het|D'abord|Je te le demande)[^?!.:]*: ?")
"""What stands before a question and tells nothing of it."""
_POINTS = re.compile(r"\b(?:dat|het|die|zo|ça|c'est|c'était|elle)\b", re.IGNORECASE)
_FEW_TO_POINT = 6
_NUMBER_NOW = "112"
"""What names it is said whole."""
_TOLD = "told"
"""The condition of a question that names what was told before; see data/told.yml."""


class VariedReplies(TemplatedNaturalLanguageGenerator):
    """Rasa's own generator draws at random, so a bubble may come twice in a row; this one takes turns.

    Among the variations whose conditions all hold, those with the most conditions go first (a friend's own words over
    the general ones); among these the one said longest ago.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Optional[Dict[str, Any]]:
        """The variation to say, with its placeholders filled; None when the reply does not exist.

        `again`: it was said a turn ago, which the tracker does not know (the turn was taken back): the last variation goes first.
        """
        slots = tracker.current_slot_values()
        safe = latest_safe(tracker.events)
        if safe is not None and safe.is_yes:  # the next one asks whether that is still so
            slots = {**slots, "can_talk": "said"}
        if _was_set_right(tracker):
            slots = {**slots, "urgency": "none"}
        if behind_but(_latest_words(tracker)):
            slots = {**slots, _BUT: "said"}
        if tracker.get_slot("topic") is None and len(_latest_words(tracker).split()) >= _MANY_WORDS:
            slots = {**slots, _AT_LENGTH: "said"}
        slots = {**slots, _TOLD: _told_for(utter_action, slots.get(TOLD_BEFORE) or {})}
        fitting = (
            self._to_the_situation(utter_action, tracker, slots)
            or self._to_violence_ahead(utter_action, tracker, slots)
            or self._in_place_of(utter_action, tracker, slots)
            or self._fitting(utter_action, slots)
        )
        if not fitting:
            return None
        if kwargs.pop("again", False):
            fitting = fitting[::-1]
        said = [event.text for event in tracker.events if isinstance(event, BotUttered)]
        chosen = copy.deepcopy(min(fitting, key=lambda variation: _last_place(variation.get("text"), said)))
        if utter_action.endswith(_TELLS_MORE) and chosen.get("text") in said:
            chosen["text"] = self._not_word_for_word(str(chosen["text"]), said, slots)
        if utter_action.startswith(_QUESTION) and utter_action not in _NO_PATHS and _was_just_asked(tracker, str(chosen["text"])):
            chosen["text"] = self._once_more(str(chosen["text"]), tracker, slots)
        if utter_action.startswith(_QUESTION) and tracker.get_slot("scenario"):
            chosen["buttons"] = [*(chosen.get("buttons") or []), *self._way_back(tracker)]
        if utter_action.startswith(_QUESTION):
            chosen["text"] = " ".join([*self._answer_first(utter_action, tracker, slots), chosen["text"]])
        if (excuse := _excuse_before(utter_action, tracker)) is not None:
            chosen["text"] = " ".join([*(str(one["text"]) for one in self._fitting(excuse, slots)[:1]), chosen["text"]])
        if said_beside := self._said_beside(utter_action, tracker, slots):
            chosen["text"] = f"{chosen['text']} {said_beside}"
        return self._fill_response(chosen, tracker.current_slot_values(), **kwargs)

    def _once_more(self, question: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> str:
        """The `question` that was just asked, shorter and with a word before it."""
        before = self._said_least(_ASKED_AGAIN, [event.text for event in tracker.events if isinstance(event, BotUttered)], slots)
        return f"{before} {_at_its_core(question)}" if before else question

    def _not_word_for_word(self, text: str, said: List[Optional[str]], slots: Dict[str, Any]) -> str:
        """Other words in place of a `text` that was said before, and of it what names a number."""
        before = self._said_least(_HEARD_AGAIN, said, slots)
        return " ".join([before, *(part for part in _SENTENCE_END.split(text) if _NUMBER.search(part))]) if before else text

    def _said_least(self, reply: str, said: Sequence[Optional[str]], slots: Dict[str, Any]) -> str:
        """The variation of `reply` that stood in what was `said` longest ago; "" for none."""
        texts = [str(variation["text"]) for variation in self._fitting(reply, slots)]
        return min(texts, key=lambda text: max((place for place, one in enumerate(said) if text in (one or "")), default=-1), default="")

    def _said_beside(self, utter_action: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> str:
        """That a second danger of the latest message was read, behind the first words to the need that is answered; empty for none. Of
        what somebody tells of a friend or a child only one is spoken of."""
        latest = tracker.latest_message
        if latest is None or slots.get("who") in ("friend", "adult"):
            return ""
        is_of_now = utter_action == _OF_DANGER_NOW and _told_beside(latest.entities) == PREGNANT
        if utter_action != f"utter_{latest.intent.get('name')}" and not is_of_now:
            return ""
        if _is_ahead(tracker) and not utter_action.startswith(_OF_BULLYING):
            return str(self._fitting(_AHEAD_TOO, slots)[0]["text"])
        group = group_of(_told_beside(latest.entities))
        fitting = self._fitting("utter_beside", {**slots, BESIDE: group}) if group is not None else []
        return str(fitting[0]["text"]) if fitting else ""

    def _answer_first(self, utter_action: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> List[str]:
        """The answer to a question that came with an answer, before the path's next question, where no remark gave way to it; empty for
        none. A question of danger now stands alone. Of what meets words that only tell, only how it begins: there was a remark."""
        answer = self._asked_beside(tracker, slots) if not utter_action.startswith(OF_NOW) else []
        if not answer or _said_this_turn(tracker, answer):
            return []
        text = str(answer[0]["text"])
        return [_how_it_begins(text) if _only_tells(tracker) and _NUMBER_NOW not in text else text]

    def _asked_beside(self, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> List[Dict[str, Any]]:
        """The answer to the question that the latest message asks beside what it tells; empty for none."""
        latest = tracker.latest_message
        if latest is None or not (latest.intent.get("name") in ANSWERS or _tells_its_path(tracker)):
            return []
        asked = _asked_of_latest(tracker)
        return self._fitting(f"utter_question_{asked}", slots) if asked is not None else []

    def _to_the_situation(self, utter_action: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> List[Dict[str, Any]]:
        """The words for what the latest message tells of a danger of this moment, in place of the remark; empty for none."""
        told = situation_told(utter_action, tracker)
        return worth_saying(self._fitting(REPLY, {**slots, SITUATION: told}), tracker) if told is not None else []

    def _to_violence_ahead(self, utter_action: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> List[Dict[str, Any]]:
        """The words for a weapon or a beating that is announced, in place of the first remark of the path of bullying; empty for none."""
        if not _is_ahead(tracker) or not utter_action.startswith(_OF_BULLYING):
            return []
        fitting = self._fitting(_AHEAD, slots)
        return [] if _said_this_turn(tracker, fitting) else fitting

    def _in_place_of(self, utter_action: str, tracker: DialogueStateTracker, slots: Dict[str, Any]) -> List[Dict[str, Any]]:
        """The answer to a question that came with a yes or no, in place of the first remark; never of one that names a number, nor of what
        was offered ("wil je een tip?" / "ja, en wie kan die foto nog zien"), nor where something was told behind the yes or no: the remark
        may hold what to do."""
        if utter_action.startswith(_QUESTION) or _was_offered(tracker) or _tells_beside(tracker):
            return []
        answer = self._asked_beside(tracker, slots)
        remarks = [str(variation.get("text")) for variation in self._fitting(utter_action, slots)]
        if not answer or any(_NUMBER.search(remark) for remark in remarks) or _said_this_turn(tracker, answer):
            return []
        return answer

    def _way_back(self, tracker: DialogueStateTracker) -> List[Dict[str, Any]]:
        """The button that goes back to the scenario which something more important interrupted."""
        fitting = self._fitting(_WAY_BACK, tracker.current_slot_values())
        return copy.deepcopy(fitting[0].get("buttons") or []) if fitting else []

    def _for_whom(self, utter_action: str, who: Optional[str]) -> Optional[str]:
        """Whom the words are for: an adult hears those for a friend where none are for adults, never those for who is in it themself."""
        variations = self.responses.get(utter_action, [])
        is_missing = who == ADULT and not any(_is_for(ADULT, one) for one in variations)
        return FRIEND if is_missing and any(_is_for(FRIEND, one) for one in variations) else who

    def _fitting(self, utter_action: str, slots: Dict[str, Any]) -> List[Dict[str, Any]]:
        slots = {**slots, "who": self._for_whom(utter_action, slots.get("who"))}
        held = [variation for variation in self.responses.get(utter_action, []) if _holds(variation, slots)]
        most = max((_weight(variation) for variation in held), default=0)
        return [variation for variation in held if _weight(variation) == most]


def _is_for(who: str, variation: Dict[str, Any]) -> bool:
    return any(rule["name"] == "who" and rule["value"] == who for rule in variation.get(RESPONSE_CONDITION) or [])


def _is_ahead(tracker: DialogueStateTracker) -> bool:
    """Whether the latest message tells of violence that is announced."""
    latest = tracker.latest_message
    return latest is not None and any(entity.get("entity") == VIOLENCE_AHEAD for entity in latest.entities)


def _was_offered(tracker: DialogueStateTracker) -> bool:
    """Whether the latest message says yes to an offer."""
    latest, events = tracker.latest_message, list(tracker.events)
    said = place_of_latest(events) or 0
    return latest is not None and latest.intent.get("name") == "affirm" and is_offer(question_in(events[:said]))


def _how_it_begins(text: str) -> str:
    """Its first two sentences."""
    return " ".join(_SENTENCE_END.split(text)[:2])


def _asked_of_latest(tracker: DialogueStateTracker) -> Optional[str]:
    """The question on the way that the latest message asks, or what it tells on the way; None for none."""
    told = tracker.latest_message.entities if tracker.latest_message is not None else []
    return next((str(entity["value"]) for entity in told if entity.get("entity") == "question"), None)


def _only_tells(tracker: DialogueStateTracker) -> bool:
    """Whether the latest message tells something on the way, and asks nothing."""
    question = asked_questions().all.get(str(_asked_of_latest(tracker)))
    return question is not None and question.told


def _told_beside(entities: Sequence[Mapping[str, Any]]) -> Optional[str]:
    """What was told beside the danger that is answered; None for nothing."""
    return next((str(entity["value"]) for entity in entities if entity.get("entity") == BESIDE), None)


def _tells_beside(tracker: DialogueStateTracker) -> bool:
    """Whether the latest message tells something that is no answer to what the bot had asked: "ja, maar kdurf ni"."""
    question, events = asked_questions().all.get(str(_asked_of_latest(tracker))), list(tracker.events)
    before = (question_in(events[: place_of_latest(events) or 0]) or "").removeprefix(_QUESTION)
    return question is not None and question.told and question.says(before) is None


def _told_for(utter_action: str, told: Dict[str, str]) -> Any:
    """What was told that `utter_action` may have words for: its own where it is a question; else all that was told for the path it is
    of, as a set."""
    if utter_action.startswith(_QUESTION):
        return told.get(utter_action.removeprefix(_QUESTION))
    need = need_of(utter_action)
    return frozenset(tells for at, tells in told.items() if need is not None and need_of(at) == need)


def _was_just_asked(tracker: DialogueStateTracker, question: str) -> bool:
    """Whether the bot's last question was in these words."""
    said = (event for event in reversed(tracker.events) if isinstance(event, BotUttered))
    asked = (event.text or "" for event in said if str((event.metadata or {}).get("utter_action") or "").startswith(_QUESTION))
    return next(asked, "").endswith(question)


def _at_its_core(question: str) -> str:
    """The last sentence of it that asks, to go on behind other words: without an "eerst dit:" before it, and with the sentence before it
    where it only points there ("Klopt dat?")."""
    parts = _SENTENCE_END.split(question)
    place = max((place for place, part in enumerate(parts) if part.rstrip().endswith("?")), default=None)
    if place is None:
        core = question
    else:
        is_pointing = len(parts[place].split()) <= _FEW_TO_POINT and _POINTS.search(parts[place]) is not None
        core = _PREFACE.sub("", " ".join(parts[place - 1 : place + 1] if is_pointing and place > 0 else [parts[place]]).strip())
    return core if core[1:2].isupper() else core[:1].lower() + core[1:]


def _excuse_before(utter_action: str, tracker: DialogueStateTracker) -> Optional[str]:
    """The excuse that stands before what is said to a denial: the first words to another need, or the answer to a question beside it. None
    before all else; that of a danger stands by itself."""
    latest = tracker.latest_message
    told = {entity.get("entity"): entity.get("value") for entity in latest.entities} if latest is not None else {}
    if told.get(DENIAL) in (None, DANGER) or utter_action not in (f"utter_{told.get(BACK_TO)}", f"utter_question_{told.get(ANSWERS_TOO)}"):
        return None
    return MISHEARD


def _tells_its_path(tracker: DialogueStateTracker) -> bool:
    """Whether the latest message told its path more, as an answer to that path's question: "in de klasgroep. is da strafbaar"."""
    latest, need = tracker.latest_message, tracker.get_slot("topic")
    events = list(tracker.events)
    said = place_of_latest(events) or 0
    before = question_in(events[:said])
    return latest is not None and latest.intent.get("name") == need and (before or "").startswith(f"{_QUESTION}{need}_")


def _said_this_turn(tracker: DialogueStateTracker, variations: List[Dict[str, Any]]) -> bool:
    """Whether one of these was said since the latest message."""
    texts = {variation.get("text") for variation in variations}
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, BotUttered) and event.text in texts:
            return True
    return False


def _latest_words(tracker: DialogueStateTracker) -> str:
    return str(tracker.latest_message.text or "") if tracker.latest_message is not None else ""


def _was_set_right(tracker: DialogueStateTracker) -> bool:
    """Whether the path of a danger was left because something else was meant, and nothing was told since: the level stays, the words do
    not ask about that danger again."""
    topic = tracker.get_slot("topic")
    if topic is not None:
        return urgency_of(topic) is not Urgency.EMERGENCY and _was_denied(tracker)
    return any(isinstance(event, ActionExecuted) and event.action_name == "action_leave_path" for event in tracker.events)


def _was_denied(tracker: DialogueStateTracker) -> bool:
    """Whether the last danger that was met was denied since: 112 does not come back by itself."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and (event.metadata or {}).get("utter_action") in SAID_WHERE_DENIED:
            return True
        if isinstance(event, ActionExecuted) and str(event.action_name) in _MEETS_DANGER:
            return False
    return False


def _holds(variation: Dict[str, Any], slots: Dict[str, Any]) -> bool:
    return all(_is(slots.get(rule["name"]), rule["value"]) for rule in variation.get(RESPONSE_CONDITION) or [])


def _is(found: Any, value: Any) -> bool:
    return value in found if isinstance(found, frozenset) else bool(found == value)


def _weight(variation: Dict[str, Any]) -> float:
    """The number of conditions; what was said beside counts half, so that the words for a friend or an adult go first."""
    names = [rule["name"] for rule in variation.get(RESPONSE_CONDITION) or []]
    return len(names) - (names.count(_TOLD) + names.count(_BUT)) / 2


def _last_place(text: Optional[str], said: List[Optional[str]]) -> int:
    """Where `text` was said last (-1: never); the first variation wins a tie."""
    return max((place for place, other in enumerate(said) if other == text), default=-1)
