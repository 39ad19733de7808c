"""Runs in the bot's environment, for inside_bot.py: what the parts that understand a message make of tables of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from bot.components.bilingual_tokenizer import PLAIN, BilingualTokenizer
from bot.components.crisis_finder import CrisisFinder
from bot.components.known_examples import KnownExamples
from bot.components.language_detector import LANGUAGE, LanguageChoice, LanguageDetector
from bot.components.message_intent import IN_WORDS
from bot.components.need_classifier import DANGER_ODDS, HELPING_ODDS, NeedClassifier
from bot.components.need_odds import danger_odds
from bot.components.now_classifier import NOW_ODDS
from bot.components.path_answer import IS_ANSWER, SAYS_NOW, SAYS_OVER, PathAnswer
from bot.components.question_classifier import QuestionClassifier, _is_raised_beside, _only_asks_of_call
from bot.components.question_place import goes_before, may_be_answered
from bot.components.set_right import may_be_meant_otherwise
from bot.components.told_before import ToldBefore
from bot.conversation_state import TOLD_BEFORE
from bot.yaml12 import read_yaml
from kernel.questions import Questions

ROOT = Path(__file__).resolve().parents[3]


def component(kind: Any) -> Any:
    """With its defaults, as in a model."""
    return kind(kind.get_default_config())


def languages(rows: list[list[str]]) -> list[str]:
    """Text and conversation's language → language."""
    defaults = LanguageDetector.get_default_config()
    choice = LanguageChoice(defaults["min_words"], defaults["min_lead"])
    return [choice.of(text, conversation) for text, conversation in rows]


def read_as(rows: list[list[str]]) -> list[list[str]]:
    """Text and language → what the tokenizer leaves for the classifiers to read when somebody writes it, and when it is an example."""
    tokenizer = BilingualTokenizer(BilingualTokenizer.get_default_config())
    found = []
    for text, language in rows:
        written, example = (Message(data={"text": text, LANGUAGE: language}) for _ in range(2))
        tokenizer.process([written])
        tokenizer.tokenize(example, "text")
        found.append([written.get(PLAIN), example.get(PLAIN)])
    return found


def heard(rows: list[str], kind: Any) -> list[str | None]:
    """What an entity finder adds to a message, by its own `process`."""
    messages = kind.create(kind.get_default_config(), None, None, None).process([Message(data={"text": text}) for text in rows])
    return [next((entity["value"] for entity in message.get("entities") or []), None) for message in messages]


def detected(rows: list[list[str]]) -> list[dict[str, Any]]:
    """Text and conversation's language → what LanguageDetector's `process` leaves on the message."""
    messages = [Message(data={"text": text, "metadata": {"language": conversation}}) for text, conversation in rows]
    done = component(LanguageDetector).process(messages)
    return [{"language": one.get("language"), "entities": [entity["value"] for entity in one.get("entities") or []]} for one in done]


def settings_of(component: str) -> dict[str, Any]:
    """What config.yml says of a component."""
    pipeline = read_yaml(ROOT / "config.yml")["pipeline"]
    return next({name: value for name, value in one.items() if name != "name"} for one in pipeline if one["name"].endswith(f".{component}"))


def ranked(rows: list[list[Any]], settings: dict[str, Any] | None = None) -> list[list[Any]]:
    """Probabilities, the need of an open question, perhaps how many words, whether small talk came before and the paths walked → the answer, its
    confidence, and the whole ranking. `settings`: other than the defaults."""
    classifier = NeedClassifier(NeedClassifier.get_default_config() | (settings or {}), None, None)  # type: ignore[arg-type]
    answers = []
    for row in rows:
        ranking = classifier._ranked(*row[:3], is_talk=row[3:4] == [True], walked=frozenset(*row[4:5]))
        answers.append([ranking[0]["name"], ranking[0]["confidence"], [one["name"] for one in ranking]])
    return answers


def _examples(examples: list[list[str]]) -> KnownExamples:
    """Written and read again, as in a model."""
    with TemporaryDirectory() as folder:
        KnownExamples.of([Message(data={"text": text}) for text, _ in examples], [label for _, label in examples]).write(Path(folder))
        return KnownExamples.read(Path(folder))


def known(examples: list[list[str]], texts: list[str]) -> dict[str, list[str | None]]:
    """Examples with their labels, and messages → the label of each message."""
    found = _examples(examples)
    return {"found": [found.label_of(Message(data={"text": text})) for text in texts]}


def as_examples(examples: list[list[str]], rows: list[list[Any]]) -> list[list[Any]]:
    """Message, probabilities, the need of an open question, whether small talk came before → need and confidence, with these examples."""
    classifier = NeedClassifier(NeedClassifier.get_default_config(), None, None)  # type: ignore[arg-type]
    classifier._examples, found = _examples(examples), []
    for text, probabilities, asking, is_talk in rows:
        ranking = classifier._heard(Message(data={"text": text}), probabilities, asking, is_talk=is_talk)
        found.append([ranking[0]["name"], ranking[0]["confidence"]])
    return found


def crisis(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Text, classified need, confidence, perhaps the need whose path asked → what CrisisFinder makes of it."""
    messages = []
    for text, need, confidence, *asking in rows:
        guesses = [{"name": need, "confidence": confidence}]
        told = {"asking": asking[0]} if asking else {}
        messages.append(Message(data={"text": text, "intent": guesses[0] if need else None, "intent_ranking": guesses, "metadata": told}))
    done = component(CrisisFinder).process(messages)
    return [
        {
            "need": (one.get("intent") or {}).get("name"),
            "confidence": (one.get("intent") or {}).get("confidence"),
            "first_of_ranking": one.get("intent_ranking")[0]["name"],
            "entities": {entity["entity"]: entity["value"] for entity in one.get("entities") or []},
        }
        for one in done
    ]


def now(rows: list[list[Any]]) -> list[list[str | None]]:
    """Text, classified need, confidence, odds that it is now, perhaps those of a call for help → urgency and danger_now of CrisisFinder."""
    messages = [
        Message(data={"text": text, "intent": {"name": need, "confidence": sure}, NOW_ODDS: odds, HELPING_ODDS: (helping or [0.0])[0]})
        for text, need, sure, odds, *helping in rows
    ]
    told = [{one["entity"]: one["value"] for one in done.get("entities")} for done in component(CrisisFinder).process(messages)]
    return [[entities.get("urgency"), entities["danger_now"]] for entities in told]


def raised(rows: list[list[Any]]) -> list[str | None]:
    """Need, confidence, probabilities, the need whose path asked → the urgency that CrisisFinder raises on words without danger in them."""
    messages = [
        Message(
            data={
                "text": "het gaat over iets",
                "intent": {"name": need, "confidence": sure},
                "metadata": {"asking": asking},
                DANGER_ODDS: danger_odds(odds),
            }
        )
        for need, sure, odds, asking in rows
    ]
    found = [one.get("entities") or [] for one in component(CrisisFinder).process(messages)]
    return [next((entity["value"] for entity in entities if entity["entity"] == "urgency"), None) for entities in found]


def answered(rows: list[list[Any]]) -> list[bool]:
    """Need heard, confidence, "now", path, question and perhaps the words → whether the question is answered."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    found = []
    for need, sure, now, path, name, *text in rows:
        message = Message(
            data={
                "text": text[0] if text else "hm",
                "intent": {"name": need, "confidence": sure},
                "entities": [{"entity": "danger_now", "value": now}],
            }
        )
        message.set(IN_WORDS, now == "words")
        found.append(may_be_answered(message, questions.all[name], path))
    return found


def before(rows: list[list[Any]]) -> list[bool]:
    """Need heard, whether danger is in the words, "now", question and its probability → whether it goes before, beside a path."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    config, found = QuestionClassifier.get_default_config(), []
    for need, in_words, now, name, probability in rows:
        entities = [{"entity": "danger_now", "value": now}]
        message = Message(data={"text": "hm", "intent": {"name": need, "confidence": 0.9}, "entities": entities})
        message.set(IN_WORDS, in_words)
        found.append(goes_before(message, questions.all[name], probability, config))
    return found


def before_beside_danger(rows: list[list[Any]]) -> list[bool]:
    """Need heard, whether it was not named, odds of all dangers, question and its probability, perhaps how surely the need → as `before`."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    config, found = QuestionClassifier.get_default_config(), []
    for need, perhaps, odds, name, probability, *sure in rows:
        entities = [{"entity": "perhaps", "value": "yes"}] if perhaps else []
        message = Message(data={"text": "hm", "intent": {"name": need, "confidence": sure[0] if sure else 0.9}, "entities": entities})
        message.set(DANGER_ODDS, {"high": odds, "emergency": 0.0})
        message.set(HELPING_ODDS, odds)
        found.append(goes_before(message, questions.all[name], probability, config))
    return found


def least_offered(rows: list[list[Any]]) -> list[float]:
    """Text, probabilities of questions, path → the probability of all together from which a few are offered."""
    classifier = QuestionClassifier(QuestionClassifier.get_default_config(), None, None)  # type: ignore[arg-type]
    return [classifier._least_offered(text, odds, path) for text, odds, path in rows]


def raised_beside(rows: list[list[Any]]) -> list[bool]:
    """Urgency, odds of an emergency, whether a term found it, what of now, path, probability → whether an emergency is raised beside it."""
    found = []
    for level, odds, in_words, now, path, probability in rows:
        told = [{"entity": "danger_now", "value": now}, *([{"entity": "urgency", "value": level}] if level else [])]
        message = Message(data={"text": "x", "intent": {"name": "nlu_fallback", "confidence": 1.0}, "entities": told})
        message.set(IN_WORDS, in_words)
        if odds is not None:
            message.set(DANGER_ODDS, {"emergency": odds})
        found.append(_is_raised_beside(message, path, probability))
    return found


def of_a_call(rows: list[list[Any]]) -> list[bool]:
    """Words, path, question and its probability, whether a term found danger, what of now → whether they ask of a call and raise nothing."""
    questions = Questions(read_yaml(ROOT / "data/questions/asked.yml")["questions"])
    found = []
    for text, path, name, probability, in_words, now in rows:
        entities = [{"entity": "danger_now", "value": now}, {"entity": "urgency", "value": "emergency"}]
        heard = {"name": "nlu_fallback", "confidence": 0.12}
        message = Message(data={"text": text, "intent": heard, "entities": entities, "metadata": {"asking": path}})
        message.set(IN_WORDS, in_words)
        found.append(_only_asks_of_call(message, questions.all[name], probability))
    return found


def corrected(rows: list[list[Any]]) -> list[bool]:
    """Need heard, path, words, whether danger is in them, what the hub says of now → whether they may correct a misunderstanding."""
    found = []
    for need, path, text, in_words, now in rows:
        message = Message(data={"text": text, "intent": {"name": need, "confidence": 1.0}, "metadata": {"asking": path, "now": now}})
        message.set(IN_WORDS, in_words)
        found.append(may_be_meant_otherwise(message))
    return found


def told(rows: list[list[Any]]) -> list[Any]:
    """Message, need heard, need whose path asks, what was told before → the entity that ToldBefore adds, or None."""
    finder, found = ToldBefore(), []
    for text, need, asking, known in rows:
        message = Message(data={"text": text, "intent": {"name": need}, "metadata": {"asking": asking, TOLD_BEFORE: known}})
        finder.process([message])
        found.append(next((one["value"] for one in message.get("entities", []) if one["entity"] == TOLD_BEFORE), None))
    return found


def confirmed(rows: list[list[Any]]) -> list[Any]:
    """The answer and what was told before it → the intent it has at the question what that person does."""
    finder, found = component(PathAnswer), []
    for text, known in rows:
        asked = {"question": "utter_ask_grooming_happened", "asking": "grooming", "titles": [], TOLD_BEFORE: known}
        message = Message(data={"text": text, "intent": {"name": "nlu_fallback", "confidence": 0.3}, "metadata": asked})
        finder.process([message])
        found.append(message.get("intent")["name"])
    return found


def on_a_path(rows: list[list[Any]]) -> list[Any]:
    """Answer, question, need whose path asks, need heard and its confidence → the intent after PathAnswer, and whether it is an answer."""
    finder, found = component(PathAnswer), []
    for text, question, asking, heard, sure in rows:
        asked = {"question": question, "asking": asking, "titles": []}
        message = Message(data={"text": text, "intent": {"name": heard, "confidence": sure}, "metadata": asked})
        finder.process([message])
        moment = message.get(SAYS_NOW) or message.get(SAYS_OVER)
        found.append([message.get("intent")["name"], bool(message.get(IS_ANSWER)) and not moment])
    return found
