"""A small but complete project in a folder of its own, clean for every rule, in which tests plant mistakes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

from ruamel.yaml import YAML

from curation.content import Content
from curation.finding import Checked, Finding
from kernel.need import NEEDS
from kernel.speakers import GROUPS, PHRASES

ROOT = Path(__file__).resolve().parents[2]
NEED, SCENARIO, SCENES = "sextortion", "small", 12
STEPS = ("safe", "happened", "step", "tell", "person")
WITH_LINES = tuple(YAML(typ="safe").load(ROOT / "data" / "safety" / "routes.yml")["routes"]["questions"])
"""Questions on the way that have lines of their own in data/safety/routes.yml, which is the real one."""
HELP_NEEDS = [name for name, need in NEEDS.items() if not need.is_conversation]
_TWO = {"nl": "Kan je nu praten? Dat is goed.", "fr": "Tu peux parler ? C'est bien."}
_BUTTONS = {"nl": ("Ja", "Nee", "Weet ik niet"), "fr": ("Oui", "Non", "Je ne sais pas")}


class SmallProject:
    """The folder, with ways to plant and to look."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def plant(self, file: str, old: str, new: str) -> int:
        """Replaces the first `old` in `file` by `new`; the line (from 1) where `new` begins. `old` must stand there."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        place = text.index(old)
        path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
        return text[:place].count("\n") + 1

    def write(self, file: str, text: str) -> None:
        """Writes `file` anew."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def found(self, check: Callable[[Content], Checked], rule: str) -> list[Finding]:
        """The findings of `rule` by `check`."""
        return [finding for finding in check(Content.load(self.root)) if finding.rule == rule]


_ANSWERS = (
    'answers:\n  begins:\n    affirm: {nl: "ja", fr: "oui"}\n  places:\n    - name: somebody\n      at: sextortion_tell\n'
    '      only:\n        affirm: {nl: "mama", fr: "maman"}\n'
)
_TOLD = (
    'told:\n  rules:\n  - at: sextortion_tell\n    tells: knows\n    holds: {nl: "mama weet", fr: "maman sait"}\n'
    '    fires: {nl: ["mijn mama weet het"], fr: ["maman sait"]}\n    quiet: {nl: ["mama slaapt"], fr: ["maman dort"]}\n'
)
_OPENINGS = 'openings:\n- kind: forced\n  need: unsafe_home\n  holds: {nl: "uithuwelijk*", fr: "mariage force"}\n'
_SPEAKERS = "speakers:\n" + "".join(f'  {name}: {{nl: "{name} nl", fr: "{name} fr"}}\n' for name in PHRASES)
_SPEAKERS += "".join(
    f"  {name}:\n" + "".join(f'    {kind}: {{nl: "{kind} nl", fr: "{kind} fr"}}\n' for kind in kinds) for name, kinds in GROUPS.items()
)
_CORRECTIONS = """corrections:
  meant: {nl: "boek", fr: "livre"}
  never: {nl: "bloed", fr: "sang"}
  not_now: {nl: "niet nu", fr: "pas maintenant"}
  soon: {nl: "vanavond", fr: "ce soir"}
  help_comes: {nl: "ze zijn hier", fr: "ils sont la"}
  help_there: {nl: "ambulance is er", fr: "ambulance est la"}
  help_sent: {nl: "sturen iemand", fr: "envoient quelqu'un"}
  somebody_comes: {nl: "tante komt nu", fr: "tante arrive"}
  with_people: {nl: "zus is erbij", fr: "pere est avec elle"}
  came_well: {nl: "keert terug", fr: "demi tour"}
  fetched: {nl: "mama komt mij halen", fr: "maman vient me chercher"}
  only_thought: {nl: "misschien", fr: "peut etre"}
  help_not: {nl: "niet", fr: "pas"}
  alive: {nl: "leeft", fr: "en vie"}
  denied:
    sextortion: {nl: "niemand bedreigt mij", fr: "personne me menace"}
  denied_but: {nl: "meer", fr: "plus"}
  no_danger: {nl: "geen gevaar", fr: "pas de danger"}
  milder: {nl: "roept gewoon", fr: "crie juste"}
  no_112: {nl: "waarom 112", fr: "pk le 112"}
  farewell: {nl: "doei", fr: "bye"}
  nothing_done: {nl: "doet niks", fr: "fait rien"}
  asked_help: {nl: "gezegd", fr: "dit a"}
  no_blows: {nl: "slaat niet", fr: "frappe pas"}
  nothing_but: {nl: "als", fr: "quand"}
  not_meant: {nl: "zo bedoel ik het niet", fr: "jamais dit ca"}
  no_wish_to_die: {nl: "wil niet dood", fr: "veux pas mourir"}
  hedged: {nl: "soms", fr: "parfois"}
  says_no: {nl: "nee", fr: "non"}
  no_deed: {nl: "ga niks doen", fr: "vais rien faire"}
  hidden_wish: {nl: "afscheid", fr: "adieu"}
  still: {nl: "mes", fr: "couteau"}
  afraid: {nl: "bang", fr: "peur"}
  misheard: {nl: "ge snapt niks", fr: "tu comprends rien"}
  says_about: {nl: "gaat over", fr: "je parle de"}
  wiped_already: {nl: "heb gewist", fr: "ai efface"}
  wipes_thing: {nl: "foto", fr: "photo"}
  wipes_asked: {nl: "moet ik wissen", fr: "dois effacer"}
  wipes_here: {nl: "dit gesprek", fr: "cette conversation"}
  wipes_all: {nl: "wis alles", fr: "efface tout"}
  comes_back: {nl: "komt terug", fr: "il revient"}
  no_coming_back: {nl: "komt niet terug", fr: "revient pas"}
  jokes_of_dying: {nl: "opknopen", fr: "me pendre"}
  dies_of: {nl: "dood van", fr: "mort de"}
  no_joke: {nl: "geen grapje", fr: "pas une blague"}
  still_there: {nl: "zijt ge daar", fr: "t la"}
  far_day:
    months: {nl: "juli", fr: "juillet"}
    feasts: {nl: "na kerst", fr: "pour noel"}
    near: {nl: "morgen", fr: "demain"}
  hunger:
    no_money: {nl: "geen geld", fr: "plus de sous"}
    withheld: {nl: "krijg", fr: "puni"}
  threats:
    plan: {nl: "ga hem slaan", fr: "vais le planter"}
    anger: {nl: "ga hem vermoorden", fr: "vais le tuer"}
    not_own: {nl: "zegt dat hij", fr: "dit qu'il"}
    others: {nl: "gaat mij vermoorden", fr: "va me tuer"}
    light: {nl: "haha", fr: "mdr"}
    explained: {nl: "is een spel", fr: "c'est un jeu"}
    joked: {nl: "om te lachen", fr: "pour rire"}
    meant: {nl: "meen het", fr: "rigole pas"}
    except: {nl: "behalve", fr: "sauf"}
    there: {nl: "voor zijn deur", fr: "devant chez lui"}
    shown: {nl: "zal hem iets tonen", fr: "vais lui montrer"}
  about:
    - {needs: sextortion, said: {nl: "chantage", fr: "payer"}}
  places_online: {nl: "fortnite", fr: "roblox"}
  whose:
    me: {nl: "ben het zelf", fr: "moi la victime"}
    other: {nl: "over mijn zus", fr: "de ma soeur"}
    child: {nl: "mijn dochter", fr: "ma fille"}
"""
_ASKED = 'questions:\n  asked:\n    - {name: wait, on: sextortion}\n  words:\n    - {name: grooming, said: grooming}\n  begins: {nl: wat, fr: quoi}\n  holds: {nl: of niet, fr: ou pas}\n  titles:\n    wait: {nl: "Moet ik wachten?", fr: "Faut-il attendre ?"}\n    orientation: {nl: "Is dat normaal?", fr: "C\'est normal ?"}\n'


def build(root: Path) -> SmallProject:
    """Writes the project: all needs with examples and twins, one full path, an answer for the rest, the real safety data."""
    project = SmallProject(root)
    for need in NEEDS:
        for language in ("nl", "fr"):
            project.write(f"data/nlu/{language}/{need}.yml", _nlu(need, [f"oefenzin{language}{n} {need}" for n in range(100)]))
            project.write(f"tests/nlu/{language}/{need}.yml", _nlu(need, [f"testzin{language}{n} {need}" for n in range(25)]))
    shutil.copytree(ROOT / "data" / "safety", root / "data" / "safety")
    project.write("data/safety/law.yml", _laws())
    project.write(f"data/scenarios/{SCENARIO}.yml", _scenario())
    project.write("data/spelling.yml", "spelling:\n  nl: |\n    ni = niet\n  fr: |\n    pq pk = pourquoi\n")
    project.write("data/answers.yml", _ANSWERS)
    project.write("data/questions/asked.yml", _asked())
    project.write("data/told.yml", _TOLD)
    project.write("data/corrections.yml", _CORRECTIONS)
    project.write("data/openings.yml", _OPENINGS)
    project.write("data/speakers.yml", _SPEAKERS)
    for language in ("nl", "fr"):
        lines = "".join(f"  {name}: |\n    vraagzin{language} {name}\n" for name in ("none", "wait", "what_is", *WITH_LINES))
        project.write(f"data/questions/{language}.yml", f"question_examples:\n{lines}")
        marks = f"  now: |\n    oefenzin{language}3 {NEED}\n  unclear: |\n    oefenzin{language}4 {NEED}\n"
        project.write(f"data/now/{language}.yml", f"now_examples:\n{marks}")
        roles = f"  friend: |\n    oefenzin{language}5 {NEED}\n  self: |\n    oefenzin{language}6 {NEED}\n"
        project.write(f"data/who/{language}.yml", f"who_examples:\n{roles}")
        project.write(
            f"data/now/harmless_{language}.yml", f"harmless_examples:\n  {language}: |\n    braaf{language}1\n    braaf{language}2\n"
        )
    for language in ("nl", "fr"):
        told = "".join(f"    oefenzin{language} slaapt{n}\n" for n in range(20))
        lines = f"  asleep: |\n{told}  none: |\n    oefenzin{language} bang\n"
        project.write(f"data/now/situations_{language}.yml", f"situation_examples:\n{lines}")
        times = "".join(f"  {kind}: |\n" + "".join(f"    {kind}{language}{n}\n" for n in range(50)) for kind in ("over", "goes_on"))
        project.write(f"data/now/past_{language}.yml", f"past_examples:\n{times}")
        replies = {meaning: "".join(f"    {meaning}{language}{n}\n" for n in range(4)) for meaning in ("affirm", "told")}
        typed = "".join(f"  {NEED}_safe {meaning}: |\n{lines}" for meaning, lines in replies.items())
        project.write(f"data/typed/{language}.yml", f"typed_examples:\n{typed}")
    project.write("data/responses/now.yml", _situation_words())
    project.write(
        "data/responses/questions.yml", _responses([f"utter_question_{name}" for name in ("wait", "word_grooming", *WITH_LINES)], [])
    )
    project.write("data/page/chat.yml", 'page:\n  intro: {nl: "Leg rustig uit.", fr: "Explique en paix."}\n')
    project.write("data/telegram/texts.yml", 'page:\n  telegram:\n    read: {nl: "Lees het", fr: "Lire"}\n')
    shutil.copytree(ROOT / "data" / "desk", root / "data" / "desk")
    project.write("data/domain.yml", _domain())
    project.write(f"data/stories/{NEED}.yml", _path(NEED))
    project.write("data/stories/anything_else.yml", _end())
    project.write("data/rules/conversation.yml", _rules())
    project.write(f"data/responses/{NEED}.yml", _responses([f"utter_{NEED}"], [f"utter_ask_{NEED}_{step}" for step in STEPS]))
    statements = ["utter_answer", "utter_way_open", "utter_escalate", *(f"utter_{need}" for need in HELP_NEEDS if need != NEED)]
    project.write("data/responses/shared.yml", _responses(statements, ["utter_ask_else"], topic=True))
    project.write("actions/dialogue.py", 'SAYS = ("utter_ask_topic", "utter_escalate", "utter_now_situation")\n')
    return project


def _asked() -> str:
    """The questions on the way: one that waits, and those with lines of their own."""
    lines = "".join(f"    - {{name: {name}, on: {NEED}}}\n" for name in WITH_LINES)
    return _ASKED.replace("  words:", f"{lines}  words:", 1)


def _nlu(need: str, sentences: list[str]) -> str:
    lines = "\n".join(f"    - {sentence}" for sentence in sentences)
    return f'version: "3.1"\nnlu:\n- intent: {need}\n  examples: |\n{lines}\n'


def _domain() -> str:
    intents = "\n".join(f"  - {need}" for need in (*NEEDS, "nlu_fallback", "question_on_the_way", "meant_otherwise"))
    return (
        f'version: "3.1"\nintents:\n{intents}\nslots:\n'
        "  language:\n    type: categorical\n    values: [nl, fr]\n"
        "  who:\n    type: categorical\n    values: [self, friend, adult]\n"
        "  told:\n    type: categorical\n    values: [knows, nobody]\n"
        "  situation:\n    type: categorical\n    values: [asleep]\n"
        "actions:\n  - action_law_rule_one\n  - action_point_to_help\n  - action_escalate_to_hotline\n  - action_ask_again\n"
    )


def _path(need: str) -> str:
    lines = ['version: "3.1"', "stories:", "- story: it begins", "  steps:", f"  - intent: {need}", f"  - action: utter_{need}"]
    lines += ["  - action: action_point_to_help", f"  - action: utter_ask_{need}_{STEPS[0]}"]
    following = [*(f"utter_ask_{need}_{step}" for step in STEPS[1:]), "utter_ask_else"]
    for step, after in zip(STEPS, following, strict=True):
        lines += [f"- story: at {step}", "  steps:", f"  - action: utter_ask_{need}_{step}", "  - or:"]
        lines += [f"    - intent: {heard}" for heard in ("affirm", "deny", "dont_know", need, "nlu_fallback")]
        lines += ["  - action: action_law_rule_one"] if step == "tell" else []
        lines += [f"  - action: {after}"]
    return "\n".join(lines) + "\n"


def _laws() -> str:
    """One record, asked for in the path above."""
    months = " ".join(["maand"] * 12)
    return (
        f"laws:\n  months:\n    nl: {months}\n    fr: {months.replace('maand', 'mois')}\n  records:\n    rule_one:\n"
        "      certainty: A\n      as_of: 2026-01-01\n      source: here\n"
        "      reviewed_by: Noor, 2026-01-02\n      review: done\n      texts:\n"
        '        any: {nl: "Dat mag niet.", fr: "C\'est interdit."}\n        under14: {nl: "Dat mag nooit.", fr: "C\'est toujours interdit."}\n'
    )


def _scenario() -> str:
    """A story of twelve scenes in a row, the last one an end."""
    lines = [
        "scenario:",
        '  title: {nl: "Klein", fr: "Petit"}',
        f"  help: {NEED}",
        "  question:",
        '    text: {nl: "Wat helpt?", fr: "Quoi faire ?"}',
    ]
    lines += [
        "    answers:",
        '      - title: {nl: "Praten", fr: "Parler"}',
        "        good: true",
        '      - title: {nl: "Zwijgen", fr: "Se taire"}',
    ]
    lines += ["  begins_with: s1", "  scenes:"]
    for number in range(1, SCENES):
        lines += [f"    s{number}:", '      says: {nl: "Je bent thuis.", fr: "Tu es chez toi."}', "      choices:"]
        lines += [f'        - title: {{nl: "Ja {number}", fr: "Oui {number}"}}', f"          goes_to: s{number + 1}"]
        lines += [f'        - title: {{nl: "Nee {number}", fr: "Non {number}"}}', f"          goes_to: s{number + 1}"]
    lines += [f"    s{SCENES}:", '      says: {nl: "Bel 116000.", fr: "Appelle le 116000."}', "      end: true"]
    return "\n".join(lines) + "\n"


def _end() -> str:
    lines = ['version: "3.1"', "stories:", "- story: more", "  steps:", "  - action: utter_ask_else", "  - or:"]
    lines += [f"    - intent: {heard}" for heard in ("affirm", "dont_know", "nlu_fallback")]
    lines += ["  - action: utter_ask_topic", "- story: enough", "  steps:", "  - action: utter_ask_else", "  - intent: deny"]
    return "\n".join([*lines, "  - action: utter_way_open"]) + "\n"


def _rules() -> str:
    lines = ['version: "3.1"', "rules:"]
    for need in NEEDS:
        if need != NEED and need not in ("affirm", "deny", "dont_know"):
            said = "utter_answer" if NEEDS[need].is_conversation else f"utter_{need}"
            lines += [f"- rule: {need}", "  steps:", f"  - intent: {need}", f"  - action: {said}", "  - action: action_ask_again"]
    return "\n".join(lines) + "\n"


def _situation_words() -> str:
    """The words to one situation, for the teenager and for a friend."""
    lines = ['version: "3.1"', "responses:", "  utter_now_situation:"]
    for language, conditions in product(("nl", "fr"), ({}, {"situation": "asleep"}, {"situation": "asleep", "who": "friend"})):
        lines += [f'  - text: "112, {len(conditions)} {language}"', "    condition:"]
        for name, value in {"language": language, **conditions}.items():
            lines += ["    - type: slot", f"      name: {name}", f"      value: {value}"]
    return "\n".join([*lines, '  - text: "112 / 112"']) + "\n"


def _responses(statements: list[str], questions: list[str], *, topic: bool = False) -> str:
    lines = ['version: "3.1"', "responses:"]
    for name in (*statements, *questions, *(["utter_ask_topic"] if topic else [])):
        lines.append(f"  {name}:")
        told = name == "utter_ask_sextortion_tell"
        for language, is_told in product(("nl", "fr"), (False, True) if told else (False,)):
            lines += [
                f'  - text: "{_TWO[language]}"',
                "    condition:",
                "    - type: slot",
                "      name: language",
                f"      value: {language}",
                *(("    - type: slot", "      name: told", "      value: knows") if is_told else ()),
            ]
            if name in questions:
                lines.append("    buttons:")
                for title, payload in zip(_BUTTONS[language], ("affirm", "deny", "dont_know"), strict=True):
                    lines += [f'    - title: "{title}"', f'      payload: "/{payload}"']
        lines.append('  - text: "Praten? / Parler ?"')
    return "\n".join(lines) + "\n"
