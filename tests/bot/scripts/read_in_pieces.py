"""Runs in the bot's environment: what bot.reading makes of messages, with a parser that knows a few sentences. One JSON line."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.core.channels.channel import UserMessage

from bot.reading import Reader, still_unfinished
from kernel.clauses import AskingWords

ASKING = AskingWords(frozenset({"mag", "is"}))
TELLING = frozenset({"no_courage", "told_already", "moment_ahead"})
HEARD: dict[str, tuple[str, str | None, str]] = {
    "ja ma mama is thuis, mag zij da weten": ("affirm", None, "no"),
    "mag zij da weten?": ("off_topic", "parents_told", "no"),
    "ik snap er niks van, mag zij da weten": ("nlu_fallback", None, "no"),
    "ik snap er niks van": ("nlu_fallback", None, "no"),
    "ja ik zit alleen, mag zij da weten": ("nlu_fallback", None, "no"),
    "ja ik zit alleen": ("affirm", None, "no"),
    "nee, il me frappe elke dag": ("deny", None, "no"),
    "il me frappe elke dag": ("unsafe_home", None, "no"),
    "nee ik wil da ni": ("deny", None, "no"),
    "nee ma mijn brief ligt klaar": ("deny", None, "no"),
    "nee ze was 14": ("deny", None, "no"),
    "is weg": ("friend_missing", None, "no"),
    "il est parti": ("runaway_now", None, "no"),
    "ik wil da ni": ("suicidal", None, "no"),
    "hij staat voor de deur, mag zij da weten": ("affirm", None, "yes"),
    "hij wil geld, mag zij da weten": ("sextortion", None, "no"),
    "hij stuurt ze door, is da zo": ("affirm", None, "no"),
    "ja is da zo": ("affirm", None, "no"),
    "hij stuurt ze door, is da zo?": ("affirm", None, "no"),
    "mag ik die dan houden?": ("nlu_fallback", None, "no"),
    "mag da?": ("nlu_fallback", None, "no"),
    "is da zo?": ("off_topic", None, "no"),
    "ds mon lit": ("greeting", None, "no"),
    "ya mon demi frere y vient ds mon lit": ("sexual_abuse", None, "no"),
    "ya mon chien ds mon lit": ("off_topic", None, "no"),
    "il me frappe": ("unsafe_home", None, "no"),
    "hij is er weer": ("nlu_fallback", None, "yes"),
    "ze was 14": ("nlu_fallback", None, "no"),
    "kost da geld": ("off_topic", "cost", "no"),
    "iets ergs": ("dont_know", None, "no"),
    "van de trap": ("off_topic", None, "no"),
    "hij duwde mij van de trap": ("unsafe_home", None, "no"),
    "in de zetel": ("off_topic", None, "no"),
    "hij sliep in de zetel": ("sexual_abuse", None, "no"),
    "die gast dan nog": ("nlu_fallback", None, "no"),
    "die gast dan nog?": ("nlu_fallback", None, "no"),
    "kost da echt geld": ("question_on_the_way", "cost", "no"),
    "kost da echt geld?": ("question_on_the_way", "cost", "no"),
    "zeg da nie?": ("affirm", None, "no"),
    "ze was 15?": ("nlu_fallback", None, "yes"),
    "il est parti ?": ("nlu_fallback", None, "no"),
    "nee": ("deny", None, "no"),
    "ja": ("affirm", None, "no"),
    "weet ni": ("dont_know", None, "no"),
    "nee hij zit hier": ("deny", None, "yes"),
    "nee, kdurf da niet": ("deny", None, "no"),
    "kdurf da niet": ("question_on_the_way", "no_courage", "no"),
    "ja maar kdurf da niet": ("question_on_the_way", "no_courage", "no"),
    "maar kdurf da niet": ("question_on_the_way", "no_courage", "no"),
    "ja, mama weet het al": ("affirm", None, "no"),
    "mama weet het al": ("affirm", "told_already", "no"),
    "nee, mama weet het al": ("deny", None, "no"),
    "ja, kga da betalen dan": ("affirm", None, "no"),
    "kga da betalen dan": ("question_on_the_way", "cost", "no"),
    "ja, hij wacht buiten nu": ("affirm", None, "no"),
    "hij wacht buiten nu": ("question_on_the_way", "moment_ahead", "yes"),
    "ja, kdurf da niet meer": ("affirm", None, "no"),
    "kdurf da niet meer": ("question_on_the_way", "no_courage", "no"),
}
"""What is heard of each: intent, question and danger_now."""
GRAVE = {"hij duwde mij van de trap", "kdurf da niet meer"}
"""Those that are an emergency."""
MAY_ASK = {
    **dict.fromkeys(("die gast dan nog", "die gast dan nog?", "ja waar is die dan heen?"), "cost|tell_them"),
    **dict.fromkeys(("kost da echt geld", "kost da echt geld?"), "cost|on_bill"),
    **{"zeg da nie?": "cost", "il est parti ?": "wait", "ze was 15?": "wait"},
}
"""Which questions each may ask, where that is not sure."""


class KnownSentences:
    """A parser that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        """As Rasa's."""
        told = message.metadata or {}
        self.asked.append((str(message.text), told.get("topic")))
        name, question, now = HEARD.get(str(message.text), ("nlu_fallback", None, "no"))
        entities = [{"entity": "danger_now", "value": now}] + ([{"entity": "question", "value": question}] if question else [])
        entities += [{"entity": "urgency", "value": "emergency"}] if message.text in GRAVE else []
        entities += [{"entity": "may_ask", "value": MAY_ASK[str(message.text)]}] if message.text in MAY_ASK else []
        entities += [{"entity": "perhaps", "value": "yes"}] if message.text == "il est parti ?" else []
        sure = 1.0 if name in ("affirm", "deny") else 0.9  # a plain yes or no is known by rule
        return {"text": message.text, "intent": {"name": name, "confidence": sure}, "entities": entities}


def _of(talk: list[Any]) -> dict[str, bool]:
    """Whether the talk that came before is small, or has only been opened."""
    return {"small_talk": bool(talk) and talk[0] in ("grief", "go_on"), "opened": bool(talk) and talk[0] == "opens_up"}


async def _heard(parser: KnownSentences, text: str, told: dict[str, Any], unfinished: str | None = None) -> list[Any]:
    """Intent and question."""
    parsed = await Reader(ASKING, TELLING).read(parser, UserMessage(text, None, "c", metadata=told), unfinished)
    return [parsed["intent"]["name"], next((entity["value"] for entity in parsed["entities"] if entity["entity"] == "question"), None)]


def _on(path: str | None, question: str, **more: Any) -> dict[str, Any]:
    """What a message may answer."""
    return {"asking": path, "topic": path, "question": question, **more}


async def read(rows: list[list[Any]]) -> list[list[Any]]:
    """Text, unfinished words, path, question asked → intent, question, and what the parser was asked."""
    found = []
    for text, unfinished, path, question, *talk in rows:
        parser = KnownSentences()
        told = _on(path, question, talk=talk[0] if talk else None, **_of(talk))
        found.append([*await _heard(parser, text, told, unfinished), parser.asked])
    return found


async def offer(rows: list[list[Any]]) -> list[list[Any]]:
    """Text, path, questions offered just before → intent, question."""
    told = [_on(path, f"utter_ask_{path}_safe" if path else "utter_ask_topic", offered=offered) for _, path, offered in rows]
    return [await _heard(KnownSentences(), row[0], one) for row, one in zip(rows, told, strict=True)]


async def typed() -> list[Any]:
    """The title of a button that tells more behind its no, typed → intent, question."""
    told = _on("sextortion", "utter_ask_sextortion_safe", titles=[("Nee, kdurf da niet", "deny")])
    return await _heard(KnownSentences(), "nee, kdurf da niet", told)


async def alone(texts: list[str]) -> list[list[Any]]:
    """Text, said to what to do while somebody is near → intent, question."""
    told = _on("sextortion", "utter_ask_sextortion_tell", was_not_alone=True)
    return [await _heard(KnownSentences(), text, told) for text in texts]


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    found = {name: asyncio.run(of(asked[name])) for name, of in (("read", read), ("offered", offer), ("alone", alone))}
    print(json.dumps({**found, "typed": asyncio.run(typed()), "kept": [still_unfinished(*row) for row in asked["kept"]]}))


if __name__ == "__main__":
    main()
