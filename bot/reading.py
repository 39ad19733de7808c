"""How a typed message is read: whole; together with pieces that came before it; and clause by clause for a question in it.

Teenagers send one sentence in four messages ("ya mon demi frere" / "y vient" / "ds mon lit"), and put a question behind an answer ("ja ma
mn mama is thuis, mag zij da weten?"). Read as one message each, the first is not understood and the second is lost.
"""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, Optional

from rasa.core.channels.channel import UserMessage

from bot.components.corrections import hides_wish, says_missed
from bot.components.denials import denied_by, is_other_need
from bot.components.nothing_of_it import FEELINGS
from bot.components.path_answer import INSTEAD
from bot.components.question_classifier import MAY_ASK
from bot.components.question_place import ENDS
from bot.conversation_state import FIRST_QUESTION, OF_NOW, is_offer
from bot.first_message import AS_FIRST, Parser, read_first, saying
from bot.help_called import as_called
from bot.news import read_news
from bot.parsed import (
    Parsed,
    as_question,
    asked_in,
    entities_of,
    intent_of,
    is_call,
    is_grave,
    is_in_words,
    of_those_offered,
    question_of,
    sure_of,
    telling,
    tells_now,
    value_in,
)
from bot.told_instead import is_told_instead, read_instead
from kernel.clauses import AskingWords, answer_before, asking_clauses, beside_questions, without_answer
from kernel.denial import ANSWERS_TOO, ASKS_TO_DIE, BACK_TO, DANGER, DENIAL, LIFE, NEED
from kernel.language import words_of
from kernel.need import ANSWERS, MEANT_OTHERWISE, NOT_UNDERSTOOD, OF_LIFE, ON_THE_WAY, urgency_of
from kernel.questions import MEANT, Questions
from kernel.urgency import Urgency

UNFINISHED = "unfinished"
"""The slot with words that were not understood yet; forgotten as soon as something is."""
UNKNOWN = "unknown"
"""The question on the way for whatever asks something that has no answer here: it is said that the bot does not know."""
GO_ON, TALK_ON, TALK_ASKED = "go_on", "talk_on", "talk_asked"
"""The questions on the way that say: go on, I am reading; in small talk, I am listening; and, to a question there, what do you think?"""
_GOES_ON = frozenset({GO_ON, TALK_ON, TALK_ASKED})
"""Said to words that tell nothing yet: the next ones may belong to them ("hij heeft mij geduwd" / "van de trap")."""
_MOST_UNFINISHED = 240
_LEFT = frozenset({NOT_UNDERSTOOD, ON_THE_WAY, "off_topic", "greeting", "thanks_bye", "affirm", "deny", "dont_know", "what_can_you_do"})
"""What the last piece of a sentence is heard as, when it tells nothing by itself."""
_GIVES_WAY = frozenset({NOT_UNDERSTOOD, "off_topic", "privacy_question", "what_can_you_do"})
"""Heard of a message in the middle of a path; a question found in it is answered in place of it."""
_TALK = frozenset({NOT_UNDERSTOOD, "off_topic", "affirm", "deny", "dont_know"})
"""Heard right behind small talk: it goes on."""
_TELLS_NOTHING = frozenset(ANSWERS)
"""The same right behind words that only open a talk ("mag ik iets vragen"): all else is heard as a first message."""
_ASIDES = frozenset({GO_ON, "noted"})
"""Questions on the way that give way to it: an age there is the cat's."""
_OF_A_DEATH, _MISSES = frozenset({"grief", "grief_person", "grief_more", "lost_pet"}), "miss_parent"
"""Behind a death "ik mis hem" is not about somebody who lives far away."""
_MISSED = "grief_more"  # said to "non pas mourir, juste la revoir"
_WHO_READS = "privacy_question"
_SURELY_BESIDE = 0.75
"""The confidence from which a no about dying turns to another need than one about life."""
_PIECES = frozenset({NOT_UNDERSTOOD, "off_topic", "greeting"})
ALONE_AGAIN, _GONE, _MOST_BACK = "alone_again", frozenset({"friend_missing", "runaway_now", "runaway_thinking"}), 6
"""Said to who is alone again after somebody was near; "is weg" is of nobody missing there, nor of who left; in so many words at most."""
_GUESS = 0.65
"""Below it the path's own need is a guess, heard in a question: "halen ze hem dan weg van thuis?"."""
_PIECE, _MOST_PIECES = 4, 12
"""Words of a piece, and of all pieces before it."""
_NO_ANSWER = frozenset({*_GOES_ON, *_ASIDES, *ENDS, MEANT_OTHERWISE, None})
"""Questions on the way that ask nothing: no answer stands behind an excuse."""
_FEWEST_HIDING = 2
"""Words behind a no about dying that may tell the wish all the same."""
_OF_A_DENIAL = frozenset({DENIAL, "denies", BACK_TO, ANSWERS_TOO, "question", "urgency"})
_FEWEST_BESIDE, _SURELY_TOLD, _SURELY_IN_DANGER = 3, 0.6, 0.9
"""Words beside a denial that are read, and the confidence from which they tell a need; the second on the path of a danger now."""


class Reader:
    """Reads typed messages. `asking`: how a question is told without a mark; `telling`: names of what is told rather than asked
    (data/questions/asked.yml)."""

    def __init__(self, asking: AskingWords, telling: FrozenSet[str] = frozenset()) -> None:
        self._asking = asking
        self._telling = telling

    @classmethod
    def of(cls, questions: Questions) -> Reader:
        """With the words and the names of all `questions`."""
        return cls(questions.asking, frozenset(name for name, question in questions.all.items() if question.told))

    async def read(self, parser: Parser, message: UserMessage, unfinished: Optional[str]) -> Parsed:
        """What the whole of `message` means, in the form that Rasa takes for `parse_data`."""
        parsed = as_called(await parser.parse_message(message), str(message.text))
        if unfinished and intent_of(parsed) in _LEFT and asked_in(parsed) in (None, GO_ON):
            parsed = await self._joined(parser, message, unfinished) or _go_on(parsed, unfinished, str(message.text))
        told = message.metadata or {}
        if not told.get("asking") and not told.get("topic"):
            parsed = await read_first(parser, message, parsed)
        if told.get("offered") and (chosen := of_those_offered(parsed, str(told["offered"]))) is not None:
            return as_question(parsed, chosen, str(message.text))
        if told.get("was_not_alone") and _is_back(parsed, str(message.text)):
            calm = [one for one in entities_of(parsed) if one.get("entity") not in ("urgency", "perhaps", MAY_ASK)]
            return as_question({**parsed, "entities": calm}, ALONE_AGAIN, str(message.text))
        if told.get("question") == ASKS_TO_DIE and (intent_of(parsed) == "deny" or value_in(parsed, DENIAL) == LIFE):
            behind = await self._behind_no(parser, message, parsed)
            if behind is not None:
                return behind
        if value_in(parsed, DENIAL) is not None:
            return await self._behind_denial(parser, message, parsed)
        if (news := await read_news(parser, message, parsed, _NO_ANSWER)) is not None:
            return news
        if is_told_instead(parsed):
            instead = await read_instead(str(message.text), told.get("asking"), lambda words: parser.parse_message(saying(message, words)))
            if instead is not None or not self._asking.ask(str(message.text)):
                return instead or parsed  # no questions are offered beside it
        if told.get("talk") and self._is_talk(parsed, str(told["talk"]), has_only_opened=bool(told.get("opened"))):
            is_asked = self._asking.ask_in_talk(str(message.text)) and not told.get("opened") and bool(told.get("small_talk"))
            parsed = as_question(parsed, TALK_ASKED if is_asked else TALK_ON, str(message.text))
        if _may_ask(parsed, message):
            await self._with_question(parser, message, parsed)
            await self._with_told(parser, message, parsed)
            parsed = self._with_unknown(parsed, message)
        offered = self._with_offer(parsed, message)
        if asked_in(offered) == MEANT:
            # a yes or no before it answers the path, which goes on: no buttons stand beside that
            answered = await self._with_answer(parser, message, as_question(parsed, UNKNOWN, str(message.text)))
            return answered if intent_of(answered) in ("affirm", "deny") else offered
        return offered if asked_in(offered) in _NO_ANSWER else await self._with_answer(parser, message, offered)

    def _with_unknown(self, parsed: Parsed, message: UserMessage) -> Parsed:
        """What asks something in the middle of a path, and no answer was found: better said than passed over."""
        told, text = message.metadata or {}, str(message.text)
        path = told.get("asking")
        is_urgent = urgency_of(path) is Urgency.EMERGENCY  # "I do not know" is no help there
        is_on_path = path is not None and not is_urgent and not is_offer(told.get("question"))
        if not is_on_path or question_of(parsed) is not None or not self._asking.ask_much(text):
            return parsed
        if intent_of(parsed) == NOT_UNDERSTOOD:
            return as_question(parsed, UNKNOWN, text)
        if intent_of(parsed) in ("affirm", "deny"):
            return {**parsed, "entities": [*entities_of(parsed), telling("question", UNKNOWN, text)]}
        return parsed

    def _with_offer(self, parsed: Parsed, message: UserMessage) -> Parsed:
        """What asks, may be one of a few questions and was not surely understood: which of them it is, is asked; not twice in a row, nor
        where more than a question may be meant. What may only tell is left to the path, which has a step for it, unless it is hardly
        anything but a question."""
        may_ask, told, text = value_in(parsed, MAY_ASK), message.metadata or {}, str(message.text)
        is_of_danger = value_in(parsed, "danger_now") not in (None, "no")
        is_likely_call = not told.get("asking") and (value_in(parsed, "urgency") or value_in(parsed, "perhaps")) is not None
        if may_ask is None or told.get("offered") or is_of_danger or is_likely_call:
            return parsed
        is_unsure = intent_of(parsed) == ON_THE_WAY and asked_in(parsed) in (UNKNOWN, *may_ask.split("|"))
        if "?" not in text and not self._asking.ask(text):
            is_urgent = urgency_of(told.get("asking")) is Urgency.EMERGENCY
            if told.get("asking") and not is_urgent and intent_of(parsed) == NOT_UNDERSTOOD and question_of(parsed) is None:
                return as_question(parsed, MEANT, text)
            return _as_told(parsed) if is_unsure else parsed
        is_guess = intent_of(parsed) == told.get("asking") and sure_of(parsed) < _GUESS and not is_in_words(parsed)
        is_offered = is_unsure or is_guess or intent_of(parsed) == NOT_UNDERSTOOD
        return as_question(parsed, MEANT, text) if is_offered else parsed

    def _is_talk(self, parsed: Parsed, behind: str, *, has_only_opened: bool) -> bool:
        """Whether what follows small talk, or serious words that stand alone, goes on with it: nothing else was understood, and no
        danger raised the level ("116000" stands beside what may be a cry). `behind`: what was talked of;
        `has_only_opened`: nothing was told before."""
        if tells_now(parsed) or any(entity.get("entity") == "urgency" for entity in entities_of(parsed)):
            return False
        is_missed = behind in _OF_A_DEATH and asked_in(parsed) == _MISSES
        return (
            is_missed
            or asked_in(parsed) in _ASIDES
            or (asked_in(parsed) is None and intent_of(parsed) in (_TELLS_NOTHING if has_only_opened else _TALK))
        )

    async def _joined(self, parser: Parser, message: UserMessage, unfinished: str) -> Optional[Parsed]:
        """The reading of all pieces together, where that is a call for help; in small talk, where it is a danger that leaves no doubt, or
        any where that talk is nothing but "go on" ("mijn nonkel" / "toen ik 8 was" / "hij kwam in mn kamer")."""
        joined, told = await parser.parse_message(saying(message, f"{unfinished} {message.text}")), message.metadata or {}
        is_danger = is_grave(joined) or (urgency_of(intent_of(joined)).is_danger and told.get("talk") in _GOES_ON)
        return joined if is_call(intent_of(joined)) and (not told.get("small_talk") or is_danger) else None

    async def _with_answer(self, parser: Parser, message: UserMessage, parsed: Parsed) -> Parsed:
        """A question with a plain yes or no before it ("ja maar gaat hij da echt doen??") answers what was asked, and asks too; so may
        what is only told ("ja maar kdurf da ni")."""
        told, first = message.metadata or {}, answer_before(str(message.text), self._asking)
        is_behind = value_in(parsed, INSTEAD) is None and without_answer(str(message.text)) != str(message.text).strip()
        if first is None and asked_in(parsed) in self._telling and is_behind:
            first = str(message.text).split()[0]
        is_on_path = told.get("asking") and not str(told.get("question")).startswith(OF_NOW) and not is_offer(told.get("question"))
        if first is None or not is_on_path or intent_of(parsed) != ON_THE_WAY:
            return parsed
        found = await parser.parse_message(saying(message, first))
        if intent_of(found) not in ("affirm", "deny") or sure_of(found) < 1.0 or tells_now(found):
            return parsed
        beside = beside_questions(str(message.text), self._asking)
        if beside not in (None, first) and is_told_instead(await parser.parse_message(saying(message, str(beside)))):
            return parsed  # "oui mais il me touche, c'est normal ?"
        return {**found, "entities": [*entities_of(found), *(one for one in entities_of(parsed) if one.get("entity") == "question")]}

    async def _behind_no(self, parser: Parser, message: UserMessage, parsed: Parsed) -> Optional[Parsed]:
        """What stands behind a no about dying; None for what changes nothing.

        The wish told all the same is never believed away: as a yes where it says farewell ("nee ma mijn brief ligt klaar"), as not
        knowing where the model hears it. Where only the model heard that wish, another need told there begins its path.
        """
        text, in_words = str(message.text), bool((message.metadata or {}).get("in_words"))
        denied = denied_by(text, message.metadata or {}, {}) if value_in(parsed, DENIAL) == LIFE else None
        rest = denied.rest if denied is not None else without_answer(text)
        if len(rest.split()) < _FEWEST_HIDING:
            return None
        if hides_wish(" ".join(words_of(text))):
            return _as_wish(parsed, "affirm", text)
        found = await parser.parse_message(saying(message, rest, **AS_FIRST))
        if intent_of(found) in OF_LIFE or value_in(found, "urgency") == Urgency.EMERGENCY.value:
            return _as_wish(parsed, "dont_know", text)
        is_told = is_call(intent_of(found)) and sure_of(found) >= _SURELY_BESIDE and len(rest.split()) >= _FEWEST_BESIDE
        return found if is_told and not in_words and value_in(parsed, DENIAL) is None else None

    async def _behind_denial(self, parser: Parser, message: UserMessage, parsed: Parsed) -> Parsed:
        """What is told beside a denial is read as a first message: a question is answered behind the excuse, another need begins its
        path; what holds danger of this moment denies nothing, nor does the very need that is denied, told in the rest ("hij slaat ni, hij
        fluistert wa hij gaat doen")."""
        told = message.metadata or {}
        denied = denied_by(str(message.text), told, {})
        if denied is None or len(denied.rest.split()) < _FEWEST_BESIDE:
            return parsed
        if denied.kind == LIFE and value_in(parsed, BACK_TO) in (None, FEELINGS) and says_missed(str(message.text)):
            kept = [one for one in entities_of(parsed) if one.get("entity") != BACK_TO]
            return {**parsed, "entities": [*kept, telling(ANSWERS_TOO, _MISSED, str(message.text))]}
        rest = await parser.parse_message(saying(message, denied.rest, **AS_FIRST))
        sure, name = sure_of(rest), intent_of(rest)
        is_danger = is_call(name) and urgency_of(name).is_danger and sure >= _SURELY_IN_DANGER
        if is_danger and (tells_now(rest) or (denied.kind in (LIFE, NEED) and name in denied.needs)):
            return await parser.parse_message(saying(message, denied.rest))
        question, need = question_of(rest), str(name)
        if question is None:
            question = await self._asked_beside(parser, message, denied.rest, value_in(parsed, BACK_TO) or told.get("topic"))
        if question is not None and asked_in(rest) not in _NO_ANSWER:
            return {**parsed, "entities": [*entities_of(parsed), {**question, "entity": ANSWERS_TOO}]}
        is_free = denied.kind != DANGER and value_in(parsed, BACK_TO) in (None, FEELINGS)
        is_told = is_call(need) and sure >= (_SURELY_TOLD if is_free else _SURELY_IN_DANGER)
        if is_told and (is_free or denied.kind == DANGER) and is_other_need(need, denied, told):
            kept = [one for one in entities_of(parsed) if one.get("entity") != BACK_TO]
            return {**parsed, "entities": [*kept, telling(BACK_TO, need, str(message.text))]}
        return parsed

    async def _asked_beside(self, parser: Parser, message: UserMessage, rest: str, path: Optional[str]) -> Optional[Dict[str, Any]]:
        """The question that a clause of what is told beside a denial asks, on the `path` that it goes back to; None for none."""
        clauses = asking_clauses(rest, self._asking) or ([f"{rest.rstrip('?!. ')}?"] if self._asking.ask(rest) else [])
        for clause in clauses:
            question = question_of(await parser.parse_message(saying(message, clause, **{**AS_FIRST, "asking": path, "topic": path})))
            if question is not None and str(question.get("value")) not in _NO_ANSWER:
                return question
        return None

    async def _with_question(self, parser: Parser, message: UserMessage, parsed: Parsed) -> None:
        """Adds the entity `question` that a clause asks; what gives way to it becomes that question."""
        told = message.metadata or {}
        path = intent_of(parsed) if is_call(intent_of(parsed)) else told.get("asking") or told.get("topic")
        for clause in asking_clauses(str(message.text), self._asking):
            found = await parser.parse_message(saying(message, clause, asking=path, topic=path))
            question = question_of(found)
            if intent_of(found) == _WHO_READS and sure_of(found) >= _SURELY_IN_DANGER and intent_of(parsed) == NOT_UNDERSTOOD:
                parsed["intent"] = found["intent"]  # "oui c bon. mais vous allez le dire a mes parents?"
                return
            if question is None or tells_now(found):
                continue
            parsed["entities"] = [*parsed.get("entities", []), question]
            if intent_of(parsed) == NOT_UNDERSTOOD or (intent_of(parsed) in _GIVES_WAY and told.get("asking")):
                parsed["intent"] = {"name": ON_THE_WAY, "confidence": 1.0}
            return

    async def _with_told(self, parser: Parser, message: UserMessage, parsed: Parsed) -> None:
        """Adds the entity `question` of what is told behind a plain yes, no or don't know on a path: "nee, kdurf da ni" is a no, and asks
        for courage. Not of the title of a button, typed; nor over danger: the rest must be nothing else, and hold none."""
        told, rest = message.metadata or {}, without_answer(str(message.text))
        is_typed = any(words_of(str(message.text)) == words_of(title) for title, _ in told.get("titles") or ())
        is_plain = intent_of(parsed) in ANSWERS and sure_of(parsed) >= 1.0 and question_of(parsed) is None
        is_behind = len(rest.split()) >= _FEWEST_BESIDE and rest != str(message.text).strip()
        if not (is_plain and is_behind and told.get("asking")) or is_typed:
            return
        found = await parser.parse_message(saying(message, rest))
        question = question_of(found)
        is_calm = not tells_now(found) and value_in(found, "urgency") != Urgency.EMERGENCY.value
        is_nothing_else = intent_of(found) in (ON_THE_WAY, intent_of(parsed))
        if question is not None and str(question.get("value")) in self._telling and is_nothing_else and is_calm:
            parsed["entities"] = [*entities_of(parsed), question]


def _as_told(parsed: Parsed) -> Parsed:
    """The same message, which asks nothing: the path has a step for words that were not understood."""
    others = [one for one in entities_of(parsed) if one.get("entity") != "question"]
    return {**parsed, "intent": {"name": NOT_UNDERSTOOD, "confidence": 1.0}, "entities": others}


def _as_wish(parsed: Parsed, answer: str, text: str) -> Parsed:
    """The same message as this `answer` to the question about dying, and an emergency."""
    kept = [one for one in entities_of(parsed) if one.get("entity") not in _OF_A_DENIAL]
    level = telling("urgency", Urgency.EMERGENCY.value, text)
    return {**parsed, "intent": {"name": answer, "confidence": 1.0}, "entities": [*kept, level]}


def _go_on(parsed: Parsed, unfinished: str, text: str) -> Parsed:
    """One more piece that tells nothing yet ("y vient"): the teenager is asked to go on rather than greeted; not for ever."""
    is_piece = intent_of(parsed) in _PIECES and len(text.split()) <= _PIECE and len(unfinished.split()) <= _MOST_PIECES and "?" not in text
    return as_question(parsed, GO_ON, text) if is_piece else parsed


def _is_back(parsed: Parsed, text: str) -> bool:
    """Whether a few words say no more than that they are alone again ("is weg"), where somebody was near."""
    tells_nothing = intent_of(parsed) in _LEFT | _GONE and asked_in(parsed) in _NO_ANSWER
    return tells_nothing and len(text.split()) <= _MOST_BACK and not tells_now(parsed) and not is_in_words(parsed)


def still_unfinished(before: Optional[str], text: str, heard: Optional[str], question: Optional[str], path: Optional[str]) -> Optional[str]:
    """What is not understood yet after a turn; None when something was, or on a path, which asks for what it needs."""
    if path is not None or (heard != NOT_UNDERSTOOD and question not in _GOES_ON):
        return None
    return f"{before or ''} {text}".strip()[-_MOST_UNFINISHED:]


def _may_ask(parsed: Parsed, message: UserMessage) -> bool:
    """Whether a question may be looked for: none was heard, nothing graver either, and no danger now is being asked about."""
    told, name = message.metadata or {}, intent_of(parsed)
    if question_of(parsed) is not None or name == MEANT_OTHERWISE or tells_now(parsed) or str(told.get("question")).startswith(OF_NOW):
        return False
    if told.get("question") == FIRST_QUESTION and name in ANSWERS and "?" not in str(message.text):
        return False  # "ja kan wel praten"
    is_other_danger = urgency_of(name) is Urgency.EMERGENCY and name != told.get("topic")
    return not is_other_danger and (name in ANSWERS or name in _GIVES_WAY or is_call(name))
