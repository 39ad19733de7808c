"""A message that answers the question just asked, understood as that answer: by data/answers.yml and the question's own buttons.

Stands behind the classifier, which hears every message as if it stood alone, and before the crisis finder, which wins.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_group import is_somebodys_age
from bot.components.corrections import asks_if_there, denied_in, has_doubt, is_negated, says_at_home, says_nothing, says_soon
from bot.components.how_it_ended import AT_HOME, how_it_ended
from bot.components.message_intent import add_entity, hear_as, heard_in
from bot.components.noise import has_face, is_growl, is_noise
from bot.components.taken_back import hurts_by_words, is_half_no
from bot.components.whose_trouble import BEGINS_OWN
from bot.conversation_state import FIRST_QUESTION, OF_A_BODY, OF_NOW, TOLD_BEFORE
from bot.yaml12 import read_yaml
from kernel.answers import LATER, MOMENTS, OVER, SAFE, THIS_NEED, Answers, behind_but
from kernel.denial import ASKS_TO_DIE
from kernel.language import words_of
from kernel.need import ANSWERS, IS_OVER, IS_SAFE, NEEDS, NOT_UNDERSTOOD, OF_LIFE, ON_THE_WAY, urgency_of
from kernel.paths import QUESTION
from kernel.told import Told
from kernel.urgency import Urgency

_DATA = Path(__file__).resolve().parents[2] / "data"
_ASIDE = frozenset(
    {"greeting", "thanks_bye", "bot_challenge", "what_can_you_do", "switch_language", "wipe_chat", "off_topic", "privacy_question"}
)
"""May be misheard in the middle of a path: "elke dag" sounds like a goodbye. Insults and the wish for a person are taken at their word."""
_OTHER = "off_topic"
_NEVER_ASIDE = frozenset({_OTHER})
"""Without a question mark always an answer in somebody's own words: a path has room for those."""
_FEW_WORDS = 4
_DOERS, _TO_ME = "worried_own_feelings", frozenset({"mij", "me", "mi", "m", "ma", "moi", "mijn", "mn", "victime", "slachtoffer"})
SAYS_OVER = "says_over"
"""On a message: IS_OVER when help has come or who was missing is found, IS_SAFE when the danger is over; None for neither."""
IS_ANSWER = "is_answer"
"""On a message: whether its words answer the question by data/answers.yml or its buttons."""
BY_RULE = "answered_by_rule"
"""On a message: whether the whole answer, not its first word alone, is one by data/answers.yml or the buttons."""
SAYS_NOW = "says_now"
"""On a message: what kind of danger of this moment it tells, where it answers a question; None for none."""
INSTEAD = "instead"
"""Entity: that something else is told where a yes or no would take danger away or praise (kernel/lowering.py): NEAR_THEM where that is that
whoever did it is there, else _ELSE."""
NEAR_THEM, _ELSE = "near", "else"
SAYS_LATER = "says_later"
"""On a message: that the danger asked about is not now."""
_GONE, _MISSING = "friend_missing", "utter_ask_friend_missing_seen"
"""Told at once, too: "mijn broer was weg maar hij is terug"."""
_INTENT_OF = {OVER: "affirm", SAFE: "affirm", LATER: "dont_know", **dict.fromkeys(MOMENTS, NOT_UNDERSTOOD)}
"""The intent of meanings that are none."""
_HEARD_IN_DANGER = frozenset({"affirm", "deny", "dont_know", "want_human", "wipe_chat"}) | OF_LIFE
"""Where it was asked about a danger that is now, all else is told to it: no farewell, no other path."""
_SWITCH = "switch_language"
_LANGUAGES = frozenset(
    "nederlands nederlandse vlaams neerlandais flamand frans franse francais francaise french dutch engels english anglais taal langue nl "
    "fr".split()
)
"""Words without which nobody asks for another language: "en france" is where they are."""
_MAY_TALK = ("sextortion_safe", "nude_spread_safe", "deepfake_nude_safe")
"""How the questions end that ask whether they can talk now, on paths where a picture is what happened."""
_SAFE = ("_safe", "_now_after")
"""How the questions end to which yes says that they are safe, or can talk."""
_NEAR = ("_with", "_near", "_you")
"""How the questions end that ask who is near."""
_BESIDE_A_PATH = OF_LIFE | {"want_human", "privacy_question"}
"""Heard on the path of any emergency."""
_BELONGS = {"friend_missing": frozenset({"grooming", "teen_pimp"})}
"""Heard on a path, they tell of it: who is missing is with a man of twenty-five."""
_REASON = "_why"
"""How the questions end whose answer is another need: why they left."""
_STILL_HERE = "still_here"
"""The question on the way that is answered where nothing was said to one of a danger now; that one is asked again."""
_ASKS_AWAY, _SAYS_SAFE, _ASKS_PERSON = "utter_ask_now_away", "utter_ask_now_safe", "utter_ask_now_person"
_ASKS_CALL = frozenset({_ASKS_AWAY, "utter_ask_now_call"})
_AGREES = frozenset({"affirm", "thanks_bye"})
_FROM_ELSEWHERE = frozenset({"cyberbullying", "pressured_to_send", "nude_spread", "deepfake_nude", "sextortion", "i_shared_it"})
"""Where the danger is never at home itself."""
_NO_BUT = frozenset((no, but) for no in ("non", "nan", "nn", "nee", "neen") for but in ("mais", "maar", "ma"))
"""How talk begins that says no to nothing."""
_FAREWELL = frozenset({"thanks_bye", "greeting"})
_USUAL = frozenset(
    "hallo hoi hey hi yo hello dag salut coucou bonjour bonsoir bjr slt cc bye doei ciao tot daag merci mercii merki dank danku bedankt "
    "thx thanks tnx slaapwel goeienacht groetjes aurevoir adieu bisous bisou wesh yoo hallokes helaba bsr aplus tchao laters ziens houdoe "
    "saluut salu welterusten kusjes dankjewel dankuwel thank".split()
)
_SHORT = 6
"""Words of a greeting or farewell that must hold a usual one: "vandaag nog" and "c moi" are none."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PathAnswer(GraphComponent):
    """Replaces the intent when the words answer the question; its `metadata` carries question, asking need and button titles."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`other_need`, `emergency`: the confidence from which another need is kept against a yes or no at the start;
        `small_talk`: the confidence from which small talk is heard in the middle of a path; `small_talk_in_danger`: talk of other
        things on the path of an emergency.
        """
        return {"other_need": 0.97, "emergency": 0.8, "small_talk": 0.9, "small_talk_in_danger": 0.95}

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        """See the parent class. Raises AnswersError or ToldError when the rules are malformed."""
        return cls(config)

    def __init__(self, config: Dict[str, Any]) -> None:
        self._other_need = float(config["other_need"])
        self._emergency = float(config["emergency"])
        self._small_talk = float(config["small_talk"])
        self._small_talk_in_danger = float(config["small_talk_in_danger"])
        self._answers = Answers(read_yaml(_DATA / "answers.yml")["answers"])
        self._told = Told(read_yaml(_DATA / "told.yml")["told"])

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at messages that follow a question; the payloads of buttons are left alone."""
        for message in messages:
            text, asked = message.get(TEXT) or "", message.get("metadata") or {}
            if not text.startswith("/") and _asks_behind_a_wish(text, asked):
                hear_as(message, ON_THE_WAY)
                add_entity(message, "question", _STILL_HERE, self)
                continue
            is_own = bool(message.get(BEGINS_OWN)) and asked.get("topic") in OF_LIFE  # "jaa ik ook wel soms": no yes
            if text.startswith("/") or not asked.get("question") or is_own:
                continue
            if _is_of_the_doer(text, asked, heard_in(message).name):
                hear_as(message, _DOERS, heard_in(message).confidence)
            name, confidence = heard_in(message)
            if _is_unanswered(text, str(asked["question"]), name):
                hear_as(message, ON_THE_WAY)
                add_entity(message, "question", _STILL_HERE, self)
                continue
            meant = self.meant(text, asked, name, confidence)
            is_found = name == _GONE and self._answers.at(text, _MISSING) == OVER
            _note(message, meant, IS_OVER if is_found else None)
            intent = _INTENT_OF.get(str(meant), meant)
            intent = self._of_what_was_told(intent or name, asked) or intent
            is_by_rule = self._answers.meaning(text, str(asked["question"]), asked.get("titles") or ()) is not None
            if not is_by_rule and self._tells_instead(text, str(asked["question"]), intent or name):
                intent = NOT_UNDERSTOOD
                add_entity(message, INSTEAD, self._what_instead(text, asked), self)
            message.set(IS_ANSWER, intent not in (None, NOT_UNDERSTOOD))
            message.set(BY_RULE, is_by_rule)
            if intent is not None:  # also when it was heard already: now it is sure
                hear_as(message, intent)
        return messages

    def meant(self, text: str, asked: Dict[str, Any], heard: Optional[str], confidence: float) -> Optional[str]:
        """The intent that `text` has as an answer, or another meaning of kernel.answers.MEANINGS; None to leave what was `heard`.

        `asked`: question, asking (the need whose path asks, or None), titles (pairs of title and intent), and what was told before.
        """
        if asked["question"] == FIRST_QUESTION and is_noise(text, heard):
            return NOT_UNDERSTOOD
        if (ended := how_it_ended(text, asked)) is not None:
            return ended
        if asked["question"] == ASKS_TO_DIE and hurts_by_words(text, asked):
            return NOT_UNDERSTOOD  # the question is asked once more
        by_rule = self._by_rule(text, asked, heard, confidence)
        if self._is_half_no(text, asked, by_rule):
            return str(asked["asking"])
        if by_rule is None:
            return self._by_beginning(text, asked, heard, confidence) or self._by_place(text, asked, heard, confidence)
        tells_more = asked.get("asking") is None and len(text.split()) >= _FEW_WORDS and _is_call(heard)
        return None if tells_more else by_rule  # "hij ligt naast mij, ik durf ni" tells more than that somebody is near

    @staticmethod
    def _is_half_no(text: str, asked: Dict[str, Any], by_rule: Optional[str]) -> bool:
        """Whether the deed is denied where it was asked about, and the thoughts are told: "nee ik ga t ni doen ma ik denk er wel aan". That
        is no "I do not know": the path goes on as with whoever tells more."""
        is_asked = (
            asked["question"] == ASKS_TO_DIE and asked.get("asking") is not None and by_rule in (None, "deny", "dont_know", asked["asking"])
        )
        return is_asked and is_half_no(text)

    def _tells_instead(self, text: str, question: str, answer: Optional[str]) -> bool:
        """Whether a yes or no would be read into words that tell something else: "oui il me touche", "kan ni nee zeggen"."""
        if answer == NOT_UNDERSTOOD:
            answer = self._answers.begins(text)  # "ja ma er hangen hier gasten rond"
        return answer in ("affirm", "deny") and not self._answers.counts(text, question, str(answer))

    def _what_instead(self, text: str, asked: Dict[str, Any]) -> str:
        """Whether it is told that who makes them afraid is there: the answer to that need's question whether they are safe."""
        is_near = self._answers.at(text, f"{QUESTION}{asked.get('asking')}_safe") == "deny"
        return NEAR_THEM if is_near else _ELSE

    def _by_rule(self, text: str, asked: Dict[str, Any], heard: Optional[str], confidence: float) -> Optional[str]:
        """What the rules of the place and the buttons make of the whole answer."""
        need, question = asked.get("asking"), str(asked["question"])
        meaning = self._answers.meaning(text, question, asked.get("titles") or ())
        if question in OF_A_BODY and meaning == "affirm" and self._answers.begins(text) == "deny":
            return "deny"  # "nee mn mama is gaan werken": nobody helps
        words = " ".join(words_of(text))
        if says_soon(words) and (meaning == LATER or (meaning == "affirm" and question == _SAYS_SAFE)):
            return NOT_UNDERSTOOD  # "hij is weg maar komt zo terug"
        if meaning == "dont_know" and question == _ASKS_AWAY and self._answers.at(text, question) == LATER:
            return LATER  # the button that says it is not now, typed
        if meaning == OVER and need != _GONE and is_negated(words):
            return NOT_UNDERSTOOD  # "ze komen maar niet"
        if meaning in (None, "affirm") and _is_home_and_safe(need, question, words):
            return LATER
        if meaning == THIS_NEED:
            return need if heard in ANSWERS or not self._is_other_need(heard, confidence, need) else None
        return meaning

    def _by_beginning(self, text: str, asked: Dict[str, Any], heard: Optional[str], confidence: float) -> Optional[str]:
        """What its first word, or what stands behind a "but", makes of an answer that no rule knows whole."""
        need, question = asked.get("asking"), str(asked["question"])
        begins = self._answers.begins(text)
        if not (begins == "affirm" and question.endswith(_NEAR)):  # "ja mn broer, maar ik wil ni da mama het weet"
            begins = self._turned_round(text, question) or begins
        if begins == "affirm" and need is not None and _is_safe_but(text, question):
            return NOT_UNDERSTOOD  # "ja ma er hangen hier gasten rond" is no "yes, I am safe"
        if begins == "deny" and need is not None and question.endswith(_MAY_TALK) and len(text.split()) > _FEW_WORDS:
            return str(need)  # "nee hij heeft niks gedaan, maar ik heb spijt" tells of itself, and not that talking is dangerous
        if question == FIRST_QUESTION and self._is_talk(text, heard, confidence):
            return None
        is_kept = begins is not None and (question.startswith(OF_NOW) or self._gives_way(text, heard, confidence, need))
        return begins if is_kept else None

    def _is_talk(self, text: str, heard: Optional[str], confidence: float) -> bool:
        """Whether the no at the start says not that they cannot talk: "nooit meer spruitjes", "non il me frappe pas"."""
        words = words_of(text)
        is_opening = tuple(words[:2]) in _NO_BUT and heard in (_OTHER, "insult", "bot_challenge")
        return is_opening or denied_in(" ".join(words)) != frozenset() or (heard == _OTHER and confidence >= self._small_talk)

    def _by_place(self, text: str, asked: Dict[str, Any], heard: Optional[str], confidence: float) -> Optional[str]:
        """NOT_UNDERSTOOD where what was heard would only lead away from the place: an answer in their own words."""
        need = asked.get("asking")
        if str(asked["question"]).startswith(OF_NOW) and heard not in _HEARD_IN_DANGER:
            return NOT_UNDERSTOOD
        if heard in _BELONGS.get(str(need), ()):
            return NOT_UNDERSTOOD
        if need is not None and heard in _ASIDE and not self._is_aside(text, str(heard), confidence, need):
            return NOT_UNDERSTOOD
        if need is not None and heard != need and _is_call(heard) and is_somebodys_age(" ".join(words_of(text))):
            return NOT_UNDERSTOOD
        return NOT_UNDERSTOOD if self._strays(text, heard, asked) else None

    def _strays(self, text: str, heard: Optional[str], asked: Dict[str, Any]) -> bool:
        """Whether a need that was heard on the path of an emergency would only lead away from it: a knife on a photo, a promise of silence.

        Only of few words, or of what begins with a yes or no: another subject that is told anew is followed. Danger to life is heard
        all the same, and what is in the words (the crisis finder comes after).
        """
        need, question = asked.get("asking"), str(asked["question"])
        if need is None or urgency_of(need) is not Urgency.EMERGENCY or question.endswith(_REASON):
            return False
        is_answer = self._answers.begins(text) is not None or len(text.split()) <= _FEW_WORDS
        return is_answer and _is_call(heard) and heard != need and heard not in _BESIDE_A_PATH

    def _of_what_was_told(self, answer: Optional[str], asked: Dict[str, Any]) -> Optional[str]:
        """What a yes or no says, where the question named what was told before; None where it is just that."""
        place = str(asked["question"]).removeprefix(QUESTION)
        return self._told.means(answer, place, str((asked.get(TOLD_BEFORE) or {}).get(place)))

    def _turned_round(self, text: str, question: str) -> Optional[str]:
        """The meaning, by the rules of the place, of what stands behind a "but": "nee maar hij zegt dat ik zaterdag moet komen"."""
        rest = behind_but(text)
        return self._answers.at(rest, question) if rest else None

    def _gives_way(self, text: str, heard: Optional[str], confidence: float, need: Optional[str]) -> bool:
        """Whether what was heard gives way to the yes or no that the answer begins with."""
        if heard in (None, NOT_UNDERSTOOD, need, "off_topic") or heard in ANSWERS:
            return heard != "dont_know" or not has_doubt(text)
        if heard in _ASIDE or heard in ("want_human", "insult"):
            return confidence < self._emergency
        if need is None:
            return False  # beside a path any need that was heard opens its own
        return len(text.split()) <= _FEW_WORDS or not self._is_other_need(heard, confidence, need)

    def _is_other_need(self, heard: Optional[str], confidence: float, need: Optional[str]) -> bool:
        if heard not in NEEDS or NEEDS[heard].is_conversation or heard == need:
            return False
        return confidence >= (self._emergency if urgency_of(heard) is Urgency.EMERGENCY else self._other_need)

    def _is_aside(self, text: str, heard: str, confidence: float, need: str) -> bool:
        """Whether small talk in the middle of a path was really meant. In an emergency talk of other things is heard as such, if it is
        clear: who turns away from it is asked once more later (channels/worry.py)."""
        if heard == _SWITCH and _LANGUAGES.isdisjoint(words_of(text)):
            return False
        if "?" in text:
            return True
        if heard in _NEVER_ASIDE:
            is_clear = confidence >= self._small_talk_in_danger and not is_growl(text)
            return urgency_of(need) is Urgency.EMERGENCY and is_clear
        return confidence >= self._small_talk and not (heard in _FAREWELL and len(text.split()) <= _SHORT and not self._is_usual(text))

    @staticmethod
    def _is_usual(text: str) -> bool:
        """Whether a word is one that people greet, thank or leave with."""
        return not _USUAL.isdisjoint(words_of(text))


def _is_of_the_doer(text: str, asked: Dict[str, Any], heard: Optional[str]) -> bool:
    """Whether abuse was heard where whoever did it tells on ("nee het is 4 jaar geleden ik was 12"): none of the writer, unless the
    words say to whom it was done."""
    return asked.get("asking") == _DOERS and heard == "sexual_abuse" and _TO_ME.isdisjoint(words_of(text))


def _is_call(heard: Optional[str]) -> bool:
    """Whether a need for help was heard surely enough to be named."""
    return heard in NEEDS and not NEEDS[str(heard)].is_conversation and urgency_of(heard) is not Urgency.NONE


def _is_unanswered(text: str, question: str, heard: Optional[str]) -> bool:
    """Whether a question of danger now is not answered: "ok" says not that they are safe, "???" not that it is not now. "Ok" is a yes to
    what they should do next."""
    if not question.startswith(OF_NOW) or has_face(text) or not says_nothing(" ".join(words_of(text))):
        return False
    return not (heard in _AGREES and (question in _ASKS_CALL or question == _ASKS_PERSON))


def _asks_behind_a_wish(text: str, asked: Dict[str, Any]) -> bool:
    """Whether it is asked, behind a wish to die or a farewell, if anybody is there still: "t la?"."""
    return OF_LIFE.intersection((asked.get("topic"), asked.get("asking"))) != frozenset() and asks_if_there(" ".join(words_of(text)))


def _is_home_and_safe(need: Optional[str], question: str, words: str) -> bool:
    """Whether they are at home where that says that a danger is not now: "nan la jsuis chez moi" of boys who wait on the bus."""
    is_asked = question in _ASKS_CALL or question == _SAYS_SAFE
    return is_asked and need not in (None, *AT_HOME) and says_at_home(words, from_elsewhere=need in _FROM_ELSEWHERE)


def _is_safe_but(text: str, question: str) -> bool:
    """Whether an answer to a question about safety says more behind a "but"."""
    return question.endswith(_SAFE) and len(behind_but(text).split()) >= _FEW_WORDS


def _note(message: Message, meant: Optional[str], otherwise: Optional[str]) -> None:
    """Marks what the answer tells beside its intent; `otherwise`: that it is over, where the answer itself does not say so."""
    message.set(SAYS_OVER, {OVER: IS_OVER, SAFE: IS_SAFE}.get(str(meant), otherwise))
    message.set(SAYS_LATER, meant == LATER)
    message.set(SAYS_NOW, MOMENTS.get(str(meant)))
