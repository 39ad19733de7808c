"""Form and names: YAML, top-level keys, one file per need, everything named exists."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from curation.content import QUESTION, RASA_FOLDERS, Content
from curation.finding import Checked
from curation.nouns import Reply, Story
from curation.yamlfile import YamlFile, line_of, line_with, own_line
from kernel.answers import Answers, AnswersError
from kernel.beside import PREGNANT
from kernel.language import Language
from kernel.need import MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, OPENS_OTHERWISE
from kernel.phrases import PhraseError, pattern_of
from kernel.question import QuestionsError
from kernel.questions import Questions
from kernel.speakers import GROUPS, PHRASES
from kernel.spelling import RuleError, read_rules

RASA_KEYS = {
    *("version", "nlu", "stories", "rules", "responses", "intents", "entities", "slots", "actions", "forms", "e2e_actions"),
    *("session_config", "config", "lookup", "regex", "synonym", "pipeline", "policies", "recipe", "language", "assistant_id"),
}
"""Rasa takes a file under data/ for its own by any of these (rasa-traps.md, 27)."""
OWN_KEYS = {
    *("helplines", "routes", "terms", "fixed", "names", "page", "scenario", "laws"),
    *("spelling", "words", "desk", "canned", "studio", "guarded", "smoke", "answers", "questions", "told", "corrections", "openings"),
    "speakers",
    *("question_examples", "now_examples", "harmless_examples", "situation_examples", "past_examples", "typed_examples", "who_examples"),
    *("situation_words", "bodies"),
}
_DOMAIN_KEYS = {"version", "session_config", "intents", "entities", "slots", "actions"}
_SPELLING = "data/spelling.yml"
_ANSWERS = "data/answers.yml"
_CORRECTIONS = "data/corrections.yml"
_PLAIN = ("meant", "never", "not_now", "soon", "help_comes", "denied_but")
_HELP = ("help_there", "help_sent", "somebody_comes", "with_people", "came_well", "fetched", "only_thought", "help_not", "alive")
"""What tells how a danger ended (bot/components/path_answer.py)."""
_OPENINGS = "data/openings.yml"
_OPENING_KEYS = "kind, becomes, only_told, beside or tells; need, on or behind; on_path"
_SPEAKERS = "data/speakers.yml"
_ASKED = "data/questions/asked.yml"
_ENTITY = re.compile(r"\[[^\]]*\]\s*[({]")


def check(content: Content) -> Checked:
    """Every file and name; see the rules schema.* in rules.yml."""
    checked = Checked(looked_at=len(content.files) + len(content.slips))
    checked.findings += content.slips
    for file in content.files.values():
        _keys(file, checked)
    _spelling(content, checked)
    _answers(content, checked)
    _corrections(content, checked)
    _openings(content, checked)
    _speakers(content, checked)
    _questions(content, checked)
    _examples(content, checked)
    _domain(content, checked)
    _needs(content, checked)
    _replies(content, checked)
    _stories(content, checked)
    return checked


def _keys(file: YamlFile, checked: Checked) -> None:
    if not isinstance(file.content, dict):
        checked.add("schema.shape", file.name, 1, what="…: …")
        return
    folder = file.name.split("/")[1]
    if folder in RASA_FOLDERS:
        allowed = {"version", folder}
    elif file.name == "data/domain.yml":
        allowed = _DOMAIN_KEYS
    else:
        allowed = OWN_KEYS
    for key in file.content:
        if key not in allowed:
            rule = "schema.rasa_key" if allowed is OWN_KEYS and key in RASA_KEYS else "schema.key"
            checked.add(rule, file.name, line_of(file.content, key), key=key, allowed=", ".join(sorted(allowed)))


def _spelling(content: Content, checked: Checked) -> None:
    """Each language's rules in data/spelling.yml can be read, and no word has two."""
    for language in Language:
        try:
            read_rules(str(content.section(_SPELLING, "spelling").get(language.value) or ""))
        except RuleError as error:
            checked.add("schema.spelling", _SPELLING, 1, language=language.value, what=str(error))


def _answers(content: Content, checked: Checked) -> None:
    """The rules of data/answers.yml can be read, and each place they name is a question of a path."""
    if _ANSWERS not in content.files:
        return
    asked = [name.removeprefix(QUESTION) for name in content.reply_named() if name.startswith(QUESTION)]
    try:
        unknown = [place for place in sorted(Answers(content.section(_ANSWERS, "answers")).places) if not fnmatch.filter(asked, place)]
    except AnswersError as error:
        checked.add("schema.answers", _ANSWERS, 1, what=str(error))
        return
    for place in unknown:
        line = line_with(content.files[_ANSWERS].lines, place)
        checked.add("schema.answers", _ANSWERS, line, what=place)


_DENIALS = (
    *("no_danger", "milder", "no_112", "farewell", "nothing_done", "no_blows", "nothing_but", "not_meant", "no_wish_to_die"),
    "asked_help",
    *("hedged", "says_no", "no_deed", "hidden_wish", "still", "afraid", "misheard", "says_about", "places_online"),
)
"""Lists of data/corrections.yml that tell what is denied (bot/components/denials.py)."""
_TOGETHER = {
    "threats": ("plan", "anger", "not_own", "others", "light", "explained", "joked", "meant", "except", "there", "shown"),
    "far_day": ("months", "feasts", "near"),
    "hunger": ("no_money", "withheld"),
}
"""Lists that stand together in the same file (bot/components/threats.py, worded_question.py)."""
_COMING_BACK = ("comes_back", "no_coming_back")
_JOKES = ("jokes_of_dying", "dies_of", "no_joke", "still_there")
"""Lists of the same file that tell a joke about dying from none, and who asks whether anybody is there (bot/components/taken_back.py)."""
_WIPING = ("wiped_already", "wipes_thing", "wipes_asked", "wipes_here", "wipes_all")
"""Lists of the same file that tell whether this conversation is to be wiped (bot/components/wiping.py)."""


def _corrections(content: Content, checked: Checked) -> None:
    """What corrects a misunderstanding, what never does, and what denies a need: all hold phrases that can be read."""
    if _CORRECTIONS not in content.files:
        return
    section = content.section(_CORRECTIONS, "corrections")
    wrong = {which: _wrong_phrases(section.get(which)) for which in (*_PLAIN, *_HELP, *_DENIALS, *_WIPING, *_COMING_BACK, *_JOKES)}
    subjects: list[Mapping[str, Any]] = section.get("about") or [{}]
    for one in subjects:
        unknown = [need for need in str(one.get("needs") or "?").split() if need not in NEEDS]
        wrong[f"about, {one.get('needs')}"] = ", ".join(unknown) or _wrong_phrases(one.get("said"))
    wrong |= {f"whose, {who}": _wrong_phrases((section.get("whose") or {}).get(who)) for who in ("me", "other", "child")}
    for name, lists in _TOGETHER.items():
        wrong |= {f"{name}, {which}": _wrong_phrases((section.get(name) or {}).get(which)) for which in lists}
    for need, texts in (section.get("denied") or {}).items():
        wrong[f"denied, {need}"] = _wrong_phrases(texts) if need in NEEDS else "no need"
    for which, what in wrong.items():
        if what is not None:
            checked.add("schema.corrections", _CORRECTIONS, 1, what=f"{which}: {what}")


def _openings(content: Content, checked: Checked) -> None:
    """Each first message that opens otherwise is of a kind and a need that the bot knows, and holds phrases that can be read."""
    talk = _talk_alone(content)
    for one in content.section(_OPENINGS, "openings") if _OPENINGS in content.files else ():
        name = one.get("kind") or one.get("becomes") or one.get("tells") or one.get("only_told") or one.get("beside")
        what = _wrong_phrases(one.get("holds")) if _is_opening(one, str(name), talk) else _OPENING_KEYS
        if what is None and ("becomes" in one or "unless" in one):
            what = _wrong_phrases(one.get("unless"))
        if what is not None:
            checked.add("schema.openings", _OPENINGS, line_with(content.files[_OPENINGS].lines, f": {name}"), what=f"{name}: {what}")


def _speakers(content: Content, checked: Checked) -> None:
    """Who speaks by the words: each entry that the bot looks for holds phrases that can be read, and no other stands there."""
    if _SPEAKERS not in content.files:
        return
    section = content.section(_SPEAKERS, "speakers")
    wrong = {which: _wrong_phrases(section.get(which)) for which in PHRASES}
    wrong |= {f"{name}, {kind}": _wrong_phrases((section.get(name) or {}).get(kind)) for name, kinds in GROUPS.items() for kind in kinds}
    wrong |= {str(name): "?" for name in set(section) - set(PHRASES) - set(GROUPS)}
    for which, what in wrong.items():
        if what is not None:
            line = line_with(content.files[_SPEAKERS].lines, f" {which.rpartition(', ')[2]}:")
            checked.add("schema.speakers", _SPEAKERS, line, what=f"{which}: {what}")


def _is_opening(one: Mapping[str, Any], name: str, talk: set[str]) -> bool:
    """Whether an entry names what the bot knows, and the needs or the small talk that it stands at."""
    if "beside" in one:
        return name == PREGNANT
    if not isinstance(one.get("on_path", False), bool) or name not in (OPENS_OTHERWISE if "kind" in one else NEEDS):
        return False
    if "with" in one and one["with"] not in OPENS_OTHERWISE:
        return False
    if "tells" in one:
        return one.get("behind") in talk
    of_needs = str(one.get("on", "")).split() if "only_told" in one else [one.get("need")]
    known = {*NEEDS, NOT_UNDERSTOOD} if "becomes" in one else set(NEEDS)  # what was not understood may tell of a need by its words
    return bool(of_needs) and known >= set(of_needs)


def _talk_alone(content: Content) -> set[str]:
    """What an opening may stand behind: the questions on the way that stand alone, or any of them."""
    asked = content.section(_ASKED, "questions").get("asked") if _ASKED in content.files else None
    return {"any", *(str(one.get("name")) for one in asked or () if isinstance(one, dict) and one.get("alone") is True)}


def _wrong_phrases(texts: Any) -> str | None:
    """What is wrong with the phrases of both languages; None when they are right."""
    try:
        return "" if pattern_of(texts) is None else None
    except PhraseError as error:
        return str(error)


def _questions(content: Content, checked: Checked) -> None:
    """The questions on the way can be read; each has examples in both languages and a reply, no examples have another
    name, and the questions of paths that it names are asked."""
    if _ASKED not in content.files:
        return
    try:
        questions = Questions(content.section(_ASKED, "questions"))
    except QuestionsError as error:
        checked.add("schema.questions", _ASKED, 1, what=str(error))
        return
    for language in Language:
        name = f"data/questions/{language.value}.yml"
        examples = content.section(name, "question_examples")
        for label in sorted(questions.labels ^ set(examples)):
            checked.add("schema.questions", name if name in content.files else _ASKED, 1, what=f"{language.value}: {label}")
    _titles(questions, content, checked)
    laws = (content.section("data/safety/law.yml", "laws") or {}).get("records") or {}
    asked = [name.removeprefix(QUESTION) for name in content.reply_named() if name.startswith(QUESTION)]
    for question in questions.all.values():
        if question.law is not None and question.law not in laws:
            checked.add("schema.questions", _ASKED, line_with(content.files[_ASKED].lines, question.name), what=f"law: {question.law}")
        named = (question.reply, *(f"utter_ask_{place}" for place in sorted(question.not_after)))
        missing = [name for name in named if name not in content.reply_named()]
        missing += [place for place in sorted(question.yes_to | question.no_to | question.asked_at) if not fnmatch.filter(asked, place)]
        for reply in missing:
            line = line_with(content.files[_ASKED].lines, question.name.removeprefix("word_"))
            checked.add("schema.questions", _ASKED, line, what=reply)


def _titles(questions: Questions, content: Content, checked: Checked) -> None:
    """In each language no two questions have the same name on a button."""
    for language in Language:
        titles = Counter(said[language] for said in questions.titles.values())
        for title in (title for title, count in titles.items() if count > 1):
            line = line_with(content.files[_ASKED].lines, f'"{title}"')
            checked.add("schema.questions", _ASKED, line, what=f"{language.value}: {title}")


def _asked_replies(content: Content) -> set[str]:
    """The replies of the questions on the way: said by action_answer_question, under their names."""
    try:
        return {question.reply for question in Questions(content.section(_ASKED, "questions")).all.values()}
    except QuestionsError:
        return set()


def _examples(content: Content, checked: Checked) -> None:
    """Intent = file name; no marks that Rasa reads as entities or commands."""
    for example in (*content.examples, *content.twins):
        stem = example.file.rsplit("/", 1)[-1].removesuffix(".yml")
        if example.need != stem:
            checked.add("schema.intent_name", example.file, example.line, intent=example.need, expected=stem)
        if _ENTITY.search(example.text) or example.text.startswith("/"):
            checked.add("schema.markup", example.file, example.line, text=example.text)


def _domain(content: Content, checked: Checked) -> None:
    intents: Any = content.section("data/domain.yml", "intents")
    if not isinstance(intents, list):
        checked.add("schema.shape", "data/domain.yml", 1, what="intents: - …")
        return
    names = [str(next(iter(entry))) if isinstance(entry, dict) else str(entry) for entry in intents]
    expected = {*NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, MEANT_OTHERWISE}
    for number, name in enumerate(names):
        if name not in expected or names.index(name) != number:
            checked.add("schema.domain_intent", "data/domain.yml", line_of(intents, number), intent=name)
    for name in sorted(expected - set(names)):
        checked.add("schema.domain_missing", "data/domain.yml", own_line(intents), intent=name)


def _needs(content: Content, checked: Checked) -> None:
    """Each need of the vocabulary has its examples, and its path or answer."""
    opened = {intent for story in content.stories if story.place is None for intent in story.intents}
    answered = {intent for story in content.stories for intent in story.intents}
    replies = content.reply_named()
    for need in NEEDS:
        for language in Language:
            for folder in ("data/nlu", "tests/nlu"):
                if need not in content.needs_of(folder, language):
                    checked.add("schema.no_examples", f"{folder}/{language.value}/{need}.yml", 1, need=need)
        if need not in (answered if NEEDS[need].is_conversation else opened):
            checked.add("schema.no_path", f"data/stories/{need}.yml", 1, need=need)
        elif not NEEDS[need].is_conversation and f"utter_{need}" not in replies and need not in ("want_human", "privacy_question"):
            checked.add("schema.no_reply", f"data/responses/{need}.yml", 1, reply=f"utter_{need}")
    for folder in ("data/nlu", "tests/nlu"):
        for file in content.under(folder):
            if file.stem not in NEEDS:
                checked.add("schema.unknown_need", file.name, 1, need=file.stem)


def _replies(content: Content, checked: Checked) -> None:
    names = Counter(reply.name for reply in content.replies)
    slots = content.section("data/domain.yml", "slots")
    for reply in content.replies:
        if names[reply.name] > 1:
            checked.add("schema.reply_twice", reply.file, reply.line, reply=reply.name)
        if not reply.name.startswith("utter_"):
            checked.add("schema.shape", reply.file, reply.line, what="utter_…")
        _conditions(reply, slots, checked)


def _conditions(reply: Reply, slots: Any, checked: Checked) -> None:
    for variation in reply.variations:
        for slot, value in variation.conditions.items():
            values = (slots.get(slot) or {}).get("values") if isinstance(slots, dict) and slot in slots else None
            if values is None or value not in [str(one) for one in values]:
                checked.add("schema.condition", variation.file, variation.line, slot=slot, value=value)
        if variation.channel and variation.language is None:
            checked.add("schema.channel", variation.file, variation.line, reply=reply.name)
        for button in variation.buttons:
            if button.tells is None and (not button.payload.startswith("/") or button.intent not in NEEDS):
                checked.add("schema.button", variation.file, button.line, title=button.title, payload=button.payload)


def _stories(content: Content, checked: Checked) -> None:
    """Names in stories and rules exist; every reply is said somewhere."""
    actions: Any = content.section("data/domain.yml", "actions")
    known = {*(str(name) for name in actions), *content.reply_named()}
    titles: dict[tuple[bool, str], Story] = {}
    for story in content.stories:
        if titles.setdefault((story.is_rule, story.name), story) is not story:
            checked.add("schema.story_twice", story.file, story.line, story=story.name)
        for action in dict.fromkeys((*([story.place] if story.place else []), *story.actions)):
            if action not in known:
                checked.add("schema.unknown_action", story.file, _line_in(content, story, action), action=action)
        for intent in story.intents:
            if intent not in {*NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, MEANT_OTHERWISE}:
                checked.add("schema.unknown_intent", story.file, _line_in(content, story, intent), intent=intent)
    said = {action for story in content.stories for action in story.actions} | set(_named_in_code(content)) | _asked_replies(content)
    for reply in content.replies:
        if reply.name not in said:
            checked.add("schema.never_said", reply.file, reply.line, reply=reply.name)


def _line_in(content: Content, story: Story, name: str) -> int:
    """The line of `name` in the story."""
    rest = content.files[story.file].lines[story.line - 1 :]
    return story.line + line_with(rest, f": {name}") - 1


def _named_in_code(content: Content) -> Iterator[str]:
    """Replies that the custom actions and the bot say by name."""
    for path in sorted(path for room in ("actions", "bot", "bot/policies", "kernel") for path in (content.root / room).glob("*.py")):
        yield from re.findall(r"utter_[a-z_]+", path.read_text(encoding="utf-8"))
