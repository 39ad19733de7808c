"""Runs in the bot's environment: what replies to a question teach, that what is stored says the same, and what a reply counts as. JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")

from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.asked import asked_questions
from bot.components.crisis_finder import CrisisFinder
from bot.components.message_intent import IN_WORDS, hear_as, heard_in
from bot.components.now_classifier import NOW_ODDS
from bot.components.path_answer import BY_RULE, IS_ANSWER
from bot.components.typed_answer import ANSWER, TAKES_BACK, TELLS_NOW, TYPED, TypedAnswer, asks_nothing, believed, is_taken_back, likeliest
from bot.reply_model import ReplyModel
from kernel.question import Question

_WORDS = ("aunt", "knows", "nobody", "street", "bed", "door")


def reply(words: str) -> Message:
    """A message with the features of its words."""
    counts = np.array([[float(word in words.split()) for word in _WORDS]], np.float32)
    message = Message(data={TEXT: words})
    message.add_features(Features(sp.coo_matrix(counts), FEATURE_TYPE_SENTENCE, TEXT, "words"))
    message.add_features(Features(np.full((1, 4), 0.5, np.float32), FEATURE_TYPE_SENTENCE, TEXT, "vector"))
    return message


def learned() -> dict[str, object]:
    """The same words mean one thing where it is asked who knows, and another where it is asked whether they are safe."""
    rows = [("aunt knows", "a_tell", "affirm"), ("nobody", "a_tell", "deny"), ("street", "a_tell", "told"), ("door", "a_tell", "told")]
    rows += [("bed", "a_safe", "affirm"), ("street", "a_safe", "deny"), ("door", "a_safe", "deny"), ("aunt", "a_safe", "affirm")]
    texts, questions, meanings = (list(column) for column in zip(*rows * 3, strict=True))
    examples = [reply(text) for text in texts]
    model = ReplyModel.fitted(examples, questions, meanings, {}, 20.0, 200)
    rarely = ReplyModel.fitted(examples, questions, meanings, {"told": 0.025, "affirm": 0.375}, 20.0, 200)

    def meant(one: ReplyModel, text: str, question: str) -> str:
        odds = one.probabilities(reply(text), question)
        return max(odds, key=lambda name: odds[name])

    with TemporaryDirectory() as folder:
        model.write(Path(folder))
        stored = ReplyModel.read(Path(folder))
    asked = [(text, question) for text in ("street", "door", "nobody", "aunt") for question in ("a_tell", "a_safe")]
    differences = [
        abs(value - stored.probabilities(reply(text), question)[name])
        for text, question in asked
        for name, value in model.probabilities(reply(text), question).items()
    ]
    return {
        "right": [meant(model, text, question) == meaning for text, question, meaning in rows],
        "kind": meant(model, "nobody", "b_tell"),
        "knows": [model.knows("a_tell"), model.knows("b_tell")],
        "sum": sum(model.probabilities(reply("street"), "a_safe").values()),
        "difference": max(differences),
        "rarely_told": [one.probabilities(reply("street"), "a_tell")["told"] for one in (model, rarely)],
    }


def counted(odds: dict[str, float], question: str) -> list[object]:
    """Which answer a reply with these odds is, and whether it asks nothing, without and with a question mark."""
    plain, marked = Message(data={TEXT: "x", TYPED: odds}), Message(data={TEXT: "x?", TYPED: odds})
    return [likeliest(odds, question, 0.6), asks_nothing(plain), asks_nothing(marked)]


def believed_as(heard: str, question: Question | None = None, **more: object) -> str | None:
    """What a reply typed as a yes is believed to be, where it was `heard` so, and `question` in it."""
    asked = {"question": "utter_ask_grooming_tell", "asking": "grooming"}
    message = Message(data={TEXT: "x", TYPED: {"affirm": 0.9}, ANSWER: "affirm", "metadata": asked, **more})
    hear_as(message, heard, 0.7)
    return believed(message, question)


def marked(
    odds: dict[str, float], heard: str, words: str = "street", now_odds: float = 0.5, *, in_words: bool = False, path: str = "grooming"
) -> list[object]:
    """Of a reply with these odds, heard as a need beside the path: what it is heard as then, whether it takes back, and tells of now."""
    component = TypedAnswer(TypedAnswer.get_default_config(), None, None)  # type: ignore[arg-type]  # neither is used
    component._replies = Foretold(odds)  # type: ignore[assignment]
    message = reply(words)
    message.set("metadata", {"question": "utter_ask_grooming_tell", "asking": path, "in_words": in_words})
    message.set(NOW_ODDS, now_odds)
    hear_as(message, heard, 0.97)
    component.process([message])
    return [heard_in(message).name, message.get(TAKES_BACK), message.get(TELLS_NOW)]


class Foretold:
    """Stands for a model: the same odds for every reply."""

    def __init__(self, odds: dict[str, float]) -> None:
        self._odds = odds

    def knows(self, question: str) -> bool:
        return question == "grooming_tell"

    def probabilities(self, message: Message, question: str) -> dict[str, float]:
        return self._odds


def taken_back(path: str, heard: str = "nlu_fallback", **more: object) -> bool:
    """Whether a reply on this path that is likely so is believed to take back what the bot thought."""
    message = Message(data={TEXT: "x", TAKES_BACK: True, "metadata": {"asking": path, "question": f"utter_ask_{path}_tell"}, **more})
    hear_as(message, heard, 0.97)
    return is_taken_back(message)


def moment(**more: object) -> str:
    """What moment is heard on the path of a picture, where a reply likely tells of now."""
    told = {"asking": "sextortion", "topic": "sextortion", "question": "utter_ask_sextortion_tell"}
    message = Message(data={TEXT: "die staat hier te wachten", TELLS_NOW: True, "metadata": told, **more})
    hear_as(message, "nlu_fallback", 0.3)
    found = CrisisFinder(CrisisFinder.get_default_config()).process([message])[0].get("entities")
    return str(next(one["value"] for one in found if one["entity"] == "danger_now"))


def main() -> None:
    """Prints all of it."""
    odds = {
        "sure": ({"affirm": 0.7, "deny": 0.3}, "utter_ask_grooming_tell"),
        "unsure": ({"affirm": 0.5, "told": 0.5}, "utter_ask_grooming_tell"),
        "grave": ({"deny": 0.3, "now": 0.4, "affirm": 0.3}, "utter_ask_grooming_safe"),
        "not_grave": ({"deny": 0.3, "now": 0.4, "affirm": 0.3}, "utter_ask_grooming_tell"),
        "no_wish": ({"deny": 0.9, "affirm": 0.1}, "utter_ask_suicidal_now"),
        "wish": ({"deny": 0.1, "affirm": 0.9}, "utter_ask_suicidal_now"),
        "asks": ({"asks": 0.5, "affirm": 0.5}, "utter_ask_grooming_tell"),
    }
    asked = asked_questions().all
    believing = {
        "open": believed_as("nlu_fallback"),
        "unsure_no": believed_as("deny"),
        "own_path": believed_as("grooming"),
        "insult": believed_as("insult"),
        "another": believed_as("suicidal"),
        "by_rule": believed_as("deny", **{IS_ANSWER: True}),
        "asked": believed_as("nlu_fallback", asked["will_it_stop"]),
        "asked_surely": believed_as("nlu_fallback", asked["will_it_stop"], **{TYPED: {"asks": 0.4}}),
        "told": believed_as("nlu_fallback", asked["told_already"]),
    }
    marks = {
        "no_other": marked({"affirm": 0.99, "other": 0.01}, "unsafe_home"),
        "no_wish": marked({"affirm": 0.985, "other": 0.015}, "suicidal"),
        "surely_no_wish": marked({"affirm": 0.995, "other": 0.005}, "suicidal"),
        "other": marked({"affirm": 0.9, "other": 0.1}, "unsafe_home"),
        "in_words": marked({"affirm": 0.99, "other": 0.01}, "suicidal", "ik wil dood"),
        "wish": marked({"affirm": 1.0}, "want_human"),
        "back": marked({"back": 0.3, "other": 0.2}, "nlu_fallback"),
        "back_of_words": marked({"back": 0.3, "other": 0.2}, "nlu_fallback", in_words=True),
        "surely_back": marked({"back": 0.6, "other": 0.2}, "nlu_fallback", in_words=True),
        "on_a_screen": marked({"now": 0.3, "told": 0.7}, "nlu_fallback", path="sextortion"),
        "now": marked({"now": 0.3, "told": 0.7}, "nlu_fallback"),
        "unlikely_now": marked({"now": 0.3, "told": 0.7}, "nlu_fallback", now_odds=0.1),
    }
    backs = {
        "open": taken_back("grooming"),
        "by_rule": taken_back("grooming", **{BY_RULE: True}),
        "in_words": taken_back("grooming", **{IN_WORDS: True}),
        "now": taken_back("grooming", **{TELLS_NOW: True}),
        "wish": taken_back("suicidal"),
        "abuse": taken_back("sexual_abuse"),
        "another": taken_back("grooming", "sextortion"),
    }
    print(
        json.dumps(
            {
                "learned": learned(),
                "counted": {name: counted(*one) for name, one in odds.items()},
                "believed": believing,
                "marked": marks,
                "taken_back": backs,
                "moment": {"likely": moment(), "unlikely": moment(**{TELLS_NOW: False})},
            }
        )
    )


if __name__ == "__main__":
    main()
