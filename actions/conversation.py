"""Acts on the conversation itself: its language, and its deletion."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, language_of
from kernel.language import Language, words_of
from kernel.language_wish import asked_language

_NAMED = {
    Language.NL: frozenset({"nederlands", "neerlandais", "vlaams", "flamand", "nl", "dutch"}),
    Language.FR: frozenset({"frans", "francais", "waals", "fr", "french"}),
}
# "Pas en français", "geen frans", "k verstoa gin frans"; but "waarom niet in het frans?" and "plus facile en français" ask for it.
_NOT = re.compile(
    r"\b(?:geen|gin|ginne|zonder|sans|stop|(?<!kan het )(?<!waarom )niet(?: (?:in|meer))?|(?<!kan het )(?<!waarom )(?:ni|nie|neet|nimeer)"
    r"|nooit|jamais|(?<!pourquoi )pas)\b(?! goed)"
)


def wanted_language(text: str, current: Language) -> Language:
    """The language a request names ("in het frans", "geen frans aub"); without a name, the other one."""
    asked = asked_language(text)
    if asked is not None:
        return asked
    words = words_of(text)
    named = [language for language in Language if _NAMED[language].intersection(words)]
    if len(named) != 1:
        return current.other
    speaks_no_more = re.search(r"\bje (?:ne )?parle plus\b", " ".join(words))
    return named[0].other if _NOT.search(" ".join(words)) or speaks_no_more else named[0]


class SwitchLanguage(HubAction):
    """Goes on in the language asked for; the reply that follows in the rule is then said in it."""

    action_name = "action_switch_language"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. A button carries no words: then the other language is meant."""
        text = (tracker.latest_message or {}).get("text") or ""
        language = wanted_language(text, language_of(tracker))
        return [SlotSet("language", str(language))]


class Wipe(HubAction):
    """Has the hub delete this conversation once the turn is over."""

    action_name = "action_wipe"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        self.deps.request_wipe(tracker.sender_id)
        return []
