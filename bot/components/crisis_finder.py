"""Danger in the words themselves, by the same reviewed terms that the hub looks for (`safety.crisis`).

It stands behind the classifier: a found danger raises urgency, and takes over the need when the classifier was unsure
or heard something less urgent.
"""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.adults import lead_adult
from bot.components.age_gap import AFTER_SEX, AGE_GAP, asks_law_of_ages, hear_age_gap
from bot.components.ages_told import ages_in
from bot.components.bodies import hear_body
from bot.components.coming_back import hear_coming_back
from bot.components.corrections import says_plans, says_soon
from bot.components.danger_kinds import is_alone_and_feared, is_surely_now, kind_of_now
from bot.components.danger_place import (
    about_what,
    by_its_place,
    by_its_words,
    danger_odds,
    is_not_now,
    is_of_its_path,
    is_told_in_danger,
    least_past,
    only_hides,
    says_safe,
    shares_words,
)
from bot.components.doers import hear_deed
from bot.components.friend_dying import hear_friend
from bot.components.message_intent import IN_WORDS, add_entity, hear_as, heard_in, who_in
from bot.components.missing import keep_missing
from bot.components.need_classifier import DANGER_ODDS, HELPING_ODDS
from bot.components.noise import is_only_marks
from bot.components.now_classifier import NOW_ODDS
from bot.components.openings import kind_of_opening, told_besides
from bot.components.others_plans import hear_plan
from bot.components.past_classifier import PAST_ODDS
from bot.components.path_answer import SAYS_LATER, SAYS_NOW, SAYS_OVER
from bot.components.said_aside import cannot_tell
from bot.components.taken_back import hear_no_joke
from bot.components.threats import hear_threat
from bot.components.typed_answer import TELLS_NOW
from bot.conversation_state import VIOLENCE_AHEAD
from bot.terms import reviewed_terms
from kernel.beside import BESIDE, told_beside
from kernel.language import words_of
from kernel.need import ANSWERS, IS_LATER, IS_NOW, IS_PAST, MAY_TURN, NEEDS, NOT_UNDERSTOOD, OF_LIFE, OPENS_ITSELF, SAID_LIGHTLY, urgency_of
from kernel.typed import OF_A_SCREEN
from kernel.urgency import Urgency, highest
from safety.crisis import Finding

_FEELINGS = "other_wellbeing"
_LEAVES_ITSELF = "runaway_thinking"
"""Who means to leave tonight is asked about that by the path itself."""
_MORE_SPECIFIC = frozenset({("unaccompanied_minor", "runaway_now"), ("parental_abduction", "friend_missing")})
"""What was classified, and what the words say: somebody alone in the country who left the centre is not met as somebody who left home, nor
a child whom a parent took along as one who is missing."""
_FAR_FROM_HOME, _ABUSE, _LURES = "unaccompanied_minor", "sexual_abuse", "grooming"
_STRANGLED = "strangled"
"""A throat that was squeezed, told as done (data/openings.yml): how dangerous that is goes first, and whether it is now is asked."""
_OF_AGES = frozenset({AGE_GAP, AFTER_SEX})
"""Openings of a path that no need was heard of, but an age difference."""
_BY_OTHERS = frozenset({"unsafe_home", "sexual_abuse", "grooming", "teen_pimp"})
"""Done by somebody else: "mijn broer wil mij doodmaken" is no wish to die, however it sounds."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisFinder(GraphComponent):
    """Adds the entities `urgency` and `danger_now`, and replaces the intent where the words leave no doubt."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`believe`: a classified need with at least this confidence raises urgency by itself and is kept against a less urgent finding.

        `keep`: a need with at least this confidence is kept against a more urgent finding of the same words too, unless that is an
        emergency: whoever passed somebody's nude on is not answered as if it were their own. The level is raised all the same.
        `keep_surely`: the same for other words, and against an emergency, beside a path (docs/adr/0051).

        `high`, `emergency`: the summed probability of all needs so urgent from which the level is raised, whichever need it is.
        `now`: from which odds that it is now a danger that was heard is an emergency; `now_first`: from which 112 comes first;
        `now_first_itself`: the same for who left home or is missing, whose first words ask whether it is.
        `now_unclear`: the same for what was not understood where no path asked ("jsuis ds le coffre"), and for sadness.
        `helping_unclear`: how likely what was not understood must be a call for help then ("kga vroeg naar bed, morgen vertrekt de bus").
        `now_on_path`: the same for an answer on the path of a danger, which was heard as no need, where all dangers together are at least
        as likely as `danger_on_path`.

        `past`: from which odds a first message is told as over; `past_asked`: an answer to whether it goes on; `past_away`: that somebody
        left home.

        `emergency_on_path`: the same for words that were not sure enough to leave the path whose question they follow: the path goes
        on, and the level rises all the same.
        """
        return {
            "believe": 0.6,
            "keep": 0.9,
            "keep_surely": 0.98,
            "high": 0.4,
            "emergency": 0.5,
            "now": 0.5,
            "now_first": 0.9,
            "now_first_itself": 0.985,
            "now_unclear": 0.97,
            "helping_unclear": 0.5,
            "now_on_path": 0.93,
            "danger_on_path": 0.3,
            "emergency_on_path": 0.6,
            "past": 0.45,
            "past_asked": 0.3,
            "past_away": 0.8,
        }

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        """See the parent class."""
        return cls(config)

    def __init__(self, config: Dict[str, Any]) -> None:
        self._believe, self._keep, self._keep_surely = (float(config[name]) for name in ("believe", "keep", "keep_surely"))
        self._odds = {Urgency.HIGH: float(config["high"]), Urgency.EMERGENCY: float(config["emergency"])}
        self._now, self._now_first = float(config["now"]), float(config["now_first"])
        self._now_first_itself = float(config["now_first_itself"])
        self._now_on_path, self._now_unclear = float(config["now_on_path"]), float(config["now_unclear"])
        self._helping_unclear = float(config["helping_unclear"])
        self._on_path, self._danger_on_path = float(config["emergency_on_path"]), float(config["danger_on_path"])
        self._past = {name: float(config[name]) for name in ("past", "past_asked", "past_away")}
        self._detector = reviewed_terms()

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            text = message.get(TEXT) or ""
            if is_only_marks(text) and not (message.get("metadata") or {}).get("now"):
                add_entity(message, "danger_now", "no", self)  # "." is no sign of danger, whatever the odds
            elif not text.startswith("/"):
                self._look(message, text)
        return messages

    def _look(self, message: Message, text: str) -> None:
        is_light = bool((message.get("metadata") or {}).get(SAID_LIGHTLY)) or only_hides(message, " ".join(words_of(text)))
        findings = () if is_light else self._detector.find_all(text)
        finding = findings[0] if findings else None
        message.set(IN_WORDS, finding is not None)
        by_its_place(message, text, self)
        hear_no_joke(message)
        by_need = self._by_need(message)
        if finding is not None:
            self._take_over(message, finding)
        by_its_words(message, text)
        level = highest(by_need, finding.level) if finding else by_need
        heard, words = heard_in(message).name, " ".join(words_of(text))
        told = message.get(SAYS_NOW)
        says_now = told is not None or (finding is not None and finding.now)
        is_over = bool(message.get(SAYS_OVER)) and (finding is None or finding.need == "friend_missing") and not says_now
        about, who = about_what(message, heard), who_in(message)
        least = self._now_first_itself if heard in OPENS_ITSELF else self._now_first
        is_likely_now = self._is_now(message, level, least) or self._turned(message, heard)
        is_now = says_now or ((is_likely_now or is_surely_now(about, words, who)) and kind_of_opening(heard, words) != _STRANGLED)
        is_told_now = says_now or bool((message.get("metadata") or {}).get("now"))
        is_later = bool(message.get(SAYS_LATER)) and not is_told_now and not says_soon(words)
        if is_over or is_later:
            level, moment = Urgency.NONE, str(message.get(SAYS_OVER)) if is_over else IS_LATER
        elif is_now:
            level, moment = Urgency.EMERGENCY, "body" if any(one.body for one in findings) else told or kind_of_now(about, words, who)
        else:
            level = Urgency.EMERGENCY if self._is_now(message, level, self._now) else level
            moment = kind_of_opening(heard, words) or (IS_PAST if self._is_over(message, heard, level) else "no")
            asks = not asks_law_of_ages(str(heard), ages_in(words), words) and (moment != "no" or "?" in text)
            moment = hear_age_gap(message, self, asks=asks) or moment
            level = highest(level, urgency_of(heard_in(message).name)) if moment in _OF_AGES else level
        if level is not Urgency.NONE:
            add_entity(message, "urgency", str(level), self)
        if finding is not None and not is_over and not is_later:
            add_entity(message, IN_WORDS, finding.need, self)
            self._tell_beside(message, findings, words)
        if moment not in IS_NOW and not is_over and any(one.ahead for one in findings):
            add_entity(message, VIOLENCE_AHEAD, "yes", self)
        add_entity(message, "danger_now", moment, self)
        keep_missing(message)
        lead_adult(message, self)
        hear_deed(message, self, in_words=finding is not None)
        now_in_words = finding is not None and finding.now
        hear_threat(message, self, in_words=finding is not None, now_in_words=now_in_words)
        hear_plan(message, self, now_in_words=now_in_words)
        if not is_later:
            hear_coming_back(message, self, says_now=says_now)
        hear_body(message, self, in_words=None if finding is None else finding.need, is_now=says_now)
        hear_friend(message, self, in_words=finding is not None)

    def _tell_beside(self, message: Message, findings: Sequence[Finding], words: str) -> None:
        """A second danger, or what it is about, which the words answered first must not pass over."""
        heard = heard_in(message).name
        beside = told_beside(heard, [one.need for one in findings]) or (told_besides(words) if heard in _BY_OTHERS else None)
        if beside is not None:
            add_entity(message, BESIDE, beside, self)

    def _by_need(self, message: Message) -> Urgency:
        """The level of the need that was classified, if it was sure enough, and of the odds of all."""
        classified, confidence = heard_in(message)
        own = urgency_of(classified) if confidence >= self._believe else Urgency.NONE
        return highest(own, self._by_odds(message, classified, confidence))

    def _take_over(self, message: Message, finding: Finding) -> None:
        """Makes the need of the words the intent, where they win over what was classified."""
        classified, confidence = heard_in(message)
        stays = classified in ANSWERS and is_of_its_path(finding, (message.get("metadata") or {}).get("asking"))
        stays = stays or is_told_in_danger(finding, str((message.get("metadata") or {}).get("question"))) or _hides_it(message, finding)
        if stays or self._is_surer(message, finding) or not self._takes_over(finding, classified, confidence):
            return
        hear_as(message, finding.need)

    def _is_now(self, message: Message, level: Urgency, least: float) -> bool:
        """Whether a danger that was heard, or that the path is about, is now: the hub said so, or the odds are at least `least`."""
        told = message.get("metadata") or {}
        if told.get("now"):
            return True
        words = " ".join(words_of(message.get(TEXT) or ""))
        if is_not_now(message, words):
            return False
        if says_safe(message):
            return False
        if message.get(TELLS_NOW):
            return True
        if not OF_A_SCREEN.isdisjoint({heard_in(message).name, told.get("asking")}):
            return False
        odds = float(message.get(NOW_ODDS) or 0.0)
        if level.is_danger:
            return odds >= least
        is_planned = told.get("asking") == _LEAVES_ITSELF and says_plans(words)
        is_of_danger = danger_odds(message) >= self._danger_on_path  # "j'arrête, au revoir" sounds like now, and tells of no danger
        return urgency_of(told.get("asking")).is_danger and odds >= self._now_on_path and is_of_danger and not is_planned

    def _is_over(self, message: Message, heard: str | None, level: Urgency) -> bool:
        """Whether something that others did, or that somebody left home, is told as over."""
        least = least_past(message, heard, level)
        return least is not None and float(message.get(PAST_ODDS) or 0.0) >= self._past[least]

    def _turned(self, message: Message, heard: str | None) -> bool:
        """Whether what is not urgent by itself, or was not understood where no path asked, is told as a danger of this moment."""
        odds = float(message.get(NOW_ODDS) or 0.0)
        is_unclear = heard == NOT_UNDERSTOOD and not (message.get("metadata") or {}).get("asking")
        least = self._now_unclear if is_unclear or heard == _FEELINGS else self._now_first  # "mijn ex en mijn beste vriendin" is none
        if (is_unclear or heard == _FEELINGS) and is_alone_and_feared(" ".join(words_of(message.get(TEXT) or ""))):
            least = self._now
        is_likely = not is_unclear or float(message.get(HELPING_ODDS) or 0.0) >= self._helping_unclear
        is_turned = (heard in MAY_TURN or is_unclear) and odds >= least and is_likely
        return is_turned and not is_not_now(message, " ".join(words_of(message.get(TEXT) or "")))

    def _by_odds(self, message: Message, classified: str | None, confidence: float) -> Urgency:
        """The level that all needs together make likely; of what was not heard as a call for help only an emergency said on a path."""
        odds = message.get(DANGER_ODDS) or {}
        if confidence <= 0.0 or classified not in NEEDS or NEEDS[classified].is_conversation:
            is_on_path = bool((message.get("metadata") or {}).get("asking"))
            return Urgency.EMERGENCY if is_on_path and odds.get(Urgency.EMERGENCY.value, 0.0) >= self._on_path else Urgency.NONE
        return highest(*(level for level, least in self._odds.items() if odds.get(level.value, 0.0) >= least))

    def _is_surer(self, message: Message, finding: Finding) -> bool:
        """Whether a need beside a path is heard so surely that another one in the words tells no more than how urgent it is ("papa a pris
        nos cartes d'identité, on est à Alger"). A wish to die and a body that cannot wait are met first, whatever they are told with."""
        classified, confidence = heard_in(message)
        is_call = classified in NEEDS and not NEEDS[classified].is_conversation
        is_as_grave = urgency_of(classified).is_danger or finding.level is not Urgency.EMERGENCY
        is_first = not (message.get("metadata") or {}).get("asking") and finding.need not in OF_LIFE and not finding.body
        return is_first and is_call and is_as_grave and confidence >= self._keep_surely

    def _takes_over(self, finding: Finding, classified: str | None, confidence: float) -> bool:
        """The words win over small talk and less urgent needs, and over an equal one that was not sure; an emergency always."""
        if classified == finding.need:
            return False
        if (classified, finding.need) in _MORE_SPECIFIC and confidence >= self._keep and not finding.now:
            return False
        if classified == _FAR_FROM_HOME and finding.need == _ABUSE and confidence < self._keep:
            return True  # where somebody lives says less than what is done to them there
        if classified == "suicidal" and finding.now and finding.need in _BY_OTHERS:
            return True
        if confidence >= self._keep and finding.level is not Urgency.EMERGENCY and shares_words(classified, finding.need):
            return False
        heard = urgency_of(classified)
        return heard.rank < finding.level.rank or confidence < self._believe


def _hides_it(message: Message, finding: Finding) -> bool:
    """Whether a secret is told on the path of what is kept secret: "jpeux pas le dire a ma mere" begins no other one there."""
    asking, words = (message.get("metadata") or {}).get("asking"), " ".join(words_of(message.get(TEXT) or ""))
    return asking == _ABUSE and finding.need == _LURES and finding.level is not Urgency.EMERGENCY and not finding.now and cannot_tell(words)
