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
from bot.components.message_intent import hear_as
from bot.components.path_answer import IS_ANSWER
from bot.components.typed_answer import ANSWER, TYPED, asks_nothing, believed, likeliest
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
    model = ReplyModel.fitted([reply(text) for text in texts], questions, meanings, 20.0, 200)

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
    print(json.dumps({"learned": learned(), "counted": {name: counted(*one) for name, one in odds.items()}, "believed": believing}))


if __name__ == "__main__":
    main()
