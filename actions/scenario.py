"""Interactive scenarios: a story in which the teenager chooses, one scene a turn.

Where somebody is in a story rides in the slot `scenario`; a story put aside in `scenario_left`. A message that is no answer to
the scene (danger, a question about privacy, another need) is not taken: the action rejects it and the dialogue model answers.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.base import Events, HubAction, events_of_this_turn, heard_need, language_of, show_lines
from actions.matching import How, match
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.scenarios import AFTER, BEFORE, Option, Place, Scenario

PAYLOAD = "/scenario:"
MENU, RESUME, LEAVE = "menu", "resume", "leave"
"""What a button or the words can ask for beside a story's name and a choice (`name/scene/number`, from 1)."""
_SURE = 0.6
"""From this confidence on a need heard counts (config.yml, CrisisFinder)."""
_REACHING_OUT = frozenset({"want_human", "privacy_question", "wipe_chat", "switch_language"})
_ANSWERED_BY_RULES = _REACHING_OUT | {"bot_challenge", "what_can_you_do", "thanks_bye", "insult"}


class PlayScenario(HubAction):
    """Shows the stories, a scene, or what follows from a choice."""

    action_name = "action_scenario"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. Raises ActionExecutionRejection for a message that is not for the story."""
        at = self.deps.scenarios.place(tracker.get_slot("scenario"))
        if any(event.get("name") == "action_ask_again" for event in events_of_this_turn(tracker)):
            return self._go_on(dispatcher, tracker, at)
        message = tracker.latest_message or {}
        told = _entity(message, "scenario")
        text = str(message.get("text") or "")
        is_typed = not text.startswith("/")
        if told and not (is_typed and _danger(message).is_danger):
            return self._told(dispatcher, tracker, told, at)
        if at is None:
            raise ActionExecutionRejection(self.action_name)
        option = self._chosen(text if is_typed else "", message, heard_need(tracker), (*at.scene.options, self._pause()))
        if option is None:
            return self._go_on(dispatcher, tracker, at, "utter_scenario_again")
        return self._leave(dispatcher, at) if option.goes_to == LEAVE else self._follow(dispatcher, tracker, at, option)

    # ---- what a message means ------------------------------------------------------------------------------------

    def _chosen(self, text: str, message: dict[str, Any], heard: str, options: tuple[Option, ...]) -> Option | None:
        """The option meant, the pause being the last; None when it is to be asked again. What is more urgent is rejected first."""
        found = match(text, options)
        how = found.how if found is not None else None
        danger = _danger(message)
        if how is not How.EXACTLY and danger is Urgency.EMERGENCY:
            raise ActionExecutionRejection(self.action_name)
        if how not in (How.EXACTLY, How.WHOLLY) and danger.is_danger:
            raise ActionExecutionRejection(self.action_name)
        if found is not None and not (how is How.PARTLY and heard in _REACHING_OUT and _confidence(message) >= _SURE):
            return options[found.number]
        if _confidence(message) >= _SURE and _is_for_others(heard):
            raise ActionExecutionRejection(self.action_name)
        return None

    def _pause(self) -> Option:
        """The button beside the choices, as one of them."""
        texts = {language: self.deps.fixed.text("scenario_pause", language) for language in Language}
        words = ",".join(self.deps.fixed.text("scenario_pause_words", language) for language in Language)
        return Option(texts, tuple(phrase.strip() for phrase in words.split(",")), None, LEAVE)

    def _told(self, dispatcher: CollectingDispatcher, tracker: Tracker, told: str, at: Place | None) -> Events:
        """A button, or words that ask for the stories."""
        if told == MENU:
            return self._menu(dispatcher, tracker)
        here = at or self.deps.scenarios.place(tracker.get_slot("scenario_left"))
        if told == LEAVE and here is not None:
            return self._leave(dispatcher, here)
        if told == RESUME and here is not None:
            return self._go_on(dispatcher, tracker, here, "utter_scenario_on")
        scenario = self.deps.scenarios.get(told)
        if scenario is not None:
            return self._begin(dispatcher, tracker, scenario)
        key, _, number = told.rpartition("/")
        place = self.deps.scenarios.place(key)
        if place is not None and number.isdigit() and 0 < int(number) <= len(place.scene.options):
            return self._follow(dispatcher, tracker, place, place.scene.options[int(number) - 1])
        return self._menu(dispatcher, tracker)

    # ---- what is said --------------------------------------------------------------------------------------------

    def _menu(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """All stories as buttons; one that was left comes first."""
        language = language_of(tracker)
        left = self.deps.scenarios.place(tracker.get_slot("scenario") or tracker.get_slot("scenario_left"))
        buttons = [_button(scenario.title[language], scenario.name) for scenario in self.deps.scenarios]
        if left is not None:
            buttons.insert(0, _button(self.deps.fixed.text("scenario_resume", language), RESUME))
        dispatcher.utter_message(response="utter_scenario_menu", buttons=buttons)
        return [SlotSet("scenario", None), SlotSet("scenario_left", left.key if left else None)]

    def _begin(self, dispatcher: CollectingDispatcher, tracker: Tracker, scenario: Scenario) -> Events:
        dispatcher.utter_message(response="utter_scenario_begin")
        return self._show(dispatcher, tracker, Place(scenario, scenario.scenes[BEFORE]))

    def _follow(self, dispatcher: CollectingDispatcher, tracker: Tracker, place: Place, option: Option) -> Events:
        """What happens after a choice, then the next scene; at an end the line, and the question again."""
        scenario, scene = place.scenario, place.scene
        if scene.name in (BEFORE, AFTER):
            self.deps.count_scenario(scenario.name, scene.name, str(scene.options.index(option) + 1))
        if option.reply is not None:
            dispatcher.utter_message(text=option.reply[language_of(tracker)])
        if not option.goes_to:
            dispatcher.utter_message(response="utter_scenario_done")
            return [SlotSet("scenario", None), SlotSet("scenario_left", None), FollowupAction("utter_ask_else")]
        following = scenario.scenes[option.goes_to]
        if not following.is_end:
            return self._show(dispatcher, tracker, Place(scenario, following))
        dispatcher.utter_message(text=following.says[language_of(tracker)])
        events = self._show(dispatcher, tracker, Place(scenario, scenario.scenes[AFTER]))
        show_lines(dispatcher, self._lines(tracker, scenario))
        return events

    def _show(self, dispatcher: CollectingDispatcher, tracker: Tracker, place: Place) -> Events:
        language = language_of(tracker)
        dispatcher.utter_message(text=place.scene.says[language], buttons=self._buttons(place, tracker))
        return [SlotSet("scenario", place.key), SlotSet("scenario_left", None)]

    def _go_on(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, at: Place | None, response: str = "utter_scenario_on_short"
    ) -> Events:
        """The scene's choices once more. After a pause with the scene itself, after an answer that fitted none without."""
        if at is None:
            return []
        if response == "utter_scenario_on":
            dispatcher.utter_message(response=response)
            return self._show(dispatcher, tracker, at)
        dispatcher.utter_message(response=response, buttons=self._buttons(at, tracker))
        return [SlotSet("scenario", at.key), SlotSet("scenario_left", None)]

    def _leave(self, dispatcher: CollectingDispatcher, at: Place) -> Events:
        dispatcher.utter_message(response="utter_scenario_left")
        return [SlotSet("scenario", None), SlotSet("scenario_left", at.key), FollowupAction("utter_ask_else")]

    def _buttons(self, place: Place, tracker: Tracker) -> list[dict[str, str]]:
        language = language_of(tracker)
        choices = [_button(option.title[language], f"{place.key}/{number}") for number, option in enumerate(place.scene.options, 1)]
        return [*choices, _button(self._pause().title[language], LEAVE)]

    def _lines(self, tracker: Tracker, scenario: Scenario) -> tuple[str, ...]:
        return self.deps.routes.lines(
            scenario.need,
            language_of(tracker),
            age_group=tracker.get_slot("age_group") or "unknown",
            urgency=Urgency.parse(tracker.get_slot("urgency")),
            at=self.deps.now(),
        )


def _button(title: str, value: str) -> dict[str, str]:
    return {"title": title, "payload": f"{PAYLOAD}{value}"}


def _entity(message: dict[str, Any], name: str) -> str:
    return next((str(entity.get("value")) for entity in message.get("entities") or [] if entity.get("entity") == name), "")


def _danger(message: dict[str, Any]) -> Urgency:
    """What the crisis terms found, or a need that the classifier was sure of (bot/components/crisis_finder.py)."""
    return Urgency.parse(_entity(message, "urgency"))


def _confidence(message: dict[str, Any]) -> float:
    return float((message.get("intent") or {}).get("confidence") or 0.0)


def _is_for_others(heard: str) -> bool:
    return heard in _ANSWERED_BY_RULES or (heard in NEEDS and not NEEDS[heard].is_conversation)
