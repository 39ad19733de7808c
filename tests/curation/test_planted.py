"""Every rule finds its planted mistake, with file and line, and nothing on the clean project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_project import HELP_NEEDS, NEED, ROOT, SCENARIO, SmallProject

from curation.check_all import CHECKS, all_findings
from curation.checks import directory, law
from curation.content import Content
from curation.finding import Severity, catalogue

NLU, TWIN = f"data/nlu/nl/{NEED}.yml", f"tests/nlu/fr/{NEED}.yml"
PATH, REPLIES, SHARED, RULES = (
    f"data/stories/{NEED}.yml",
    f"data/responses/{NEED}.yml",
    "data/responses/shared.yml",
    "data/rules/conversation.yml",
)
STORY, LAW, CANNED = f"data/scenarios/{SCENARIO}.yml", "data/safety/law.yml", "data/desk/canned.yml"
FIXED, ROUTES, HELPLINES, TERMS = (f"data/safety/{name}.yml" for name in ("fixed", "routes", "helplines", "terms_nl"))
NL_TEXT, FR_TEXT, LONG = '"Kan je nu praten? Dat is goed."', '"Tu peux parler ? C\'est bien."', " ".join(["woord"] * 61)
CONDITION = "    condition:\n    - type: slot\n      name: language\n      value: nl\n"
HARD = "Verantwoordelijkheidsbesef veronderstelt onvoorwaardelijke vertrouwelijkheidsverplichtingen betreffende persoonsgegevensverwerking."

# rule, file, what stands there, what is planted, lines further down where the finding is (None: line 1 of the file)
MISTAKES: list[tuple[str, str, str, str, int | None]] = [
    ("schema.yaml", NLU, "nlu:\n", "nlu: [\n", 1),
    ("schema.yaml", REPLIES, "  utter_ask_sextortion_happened:\n", "  utter_ask_sextortion_safe:\n", 0),
    ("schema.shape", NLU, "    - oefenzinnl3 ", "    * oefenzinnl3 ", 0),
    ("schema.shape", REPLIES, "  - text: ", "  - txt: ", 0),
    ("schema.shape", PATH, "  - intent: sextortion\n", "  - slot_was_set: x\n", -2),
    ("schema.key", NLU, "nlu:\n", "nlp: x\nnlu:\n", 0),
    ("schema.rasa_key", FIXED, "fixed:\n", "stories: []\nfixed:\n", 0),
    ("schema.spelling", "data/spelling.yml", "    ni = niet\n", "    ni niet\n", None),
    ("schema.spelling", "data/spelling.yml", "pq pk", "pq pq", None),
    ("schema.answers", "data/answers.yml", "at: sextortion_tell", "at: sextortion_tel", 0),
    ("schema.answers", "data/answers.yml", 'affirm: {nl: "ja", fr: "oui"}', 'maybe: {nl: "ja", fr: "oui"}', None),
    ("schema.questions", "data/questions/asked.yml", "on: sextortion", "on: sextorsion", None),
    ("schema.questions", "data/questions/asked.yml", "said: grooming", "said: ", None),
    ("schema.questions", "data/questions/nl.yml", "  wait: |", "  wachten: |", None),
    ("schema.questions", "data/questions/asked.yml", "name: grooming,", "name: groomer,", 0),
    ("schema.questions", "data/questions/asked.yml", "on: sextortion", "on: sextortion, not_after: sextortion_nothing", 0),
    ("schema.questions", "data/questions/asked.yml", "on: sextortion", "on: sextortion, yes_to: nothing_*", 0),
    ("schema.questions", "data/questions/asked.yml", "on: sextortion", "on: sextortion, asked_at: nowhere", 0),
    ("schema.questions", "data/questions/asked.yml", "on: sextortion", "on: sextortion, law: nowhere", 0),
    ("schema.questions", "data/questions/asked.yml", "Is dat normaal?", "Moet ik wachten?", -1),
    ("schema.questions", "data/questions/asked.yml", "    orientation: {nl", "    orientations: {nl", None),
    ("replies.title", "data/questions/asked.yml", "Is dat normaal?", "Is dat eigenlijk allemaal wel normaal?", 0),
    ("schema.corrections", "data/corrections.yml", '"bloed", fr: "sang"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", 'fr: "livre"', 'en: "book"', None),
    ("schema.corrections", "data/corrections.yml", '"ben het zelf", fr: "moi la victime"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", "    sextortion:", "    sextorsion:", None),
    ("schema.corrections", "data/corrections.yml", '"geen gevaar", fr: "pas de danger"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", '"mes", fr: "couteau"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", '"geen geld", fr: "plus de sous"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", "needs: sextortion, said", "needs: sextorsion, said", None),
    ("schema.corrections", "data/corrections.yml", '"chantage", fr: "payer"', '"", fr: ""', None),
    ("schema.corrections", "data/corrections.yml", '"niemand bedreigt mij", fr: "personne me menace"', '"", fr: ""', None),
    ("schema.openings", "data/openings.yml", "kind: forced", "kind: force", 0),
    ("schema.openings", "data/openings.yml", 'nl: "uithuwelijk*"', 'nl: "*"', -2),
    ("schema.openings", "data/openings.yml", "kind: forced", "tells: unsafe_home\n  behind: nowhere", 0),
    ("schema.speakers", "data/speakers.yml", 'nl: "adult nl"', 'nl: "*"', 0),
    ("schema.speakers", "data/speakers.yml", '"fake nl", fr: "fake fr"', '"", fr: ""', 0),
    ("schema.speakers", "data/speakers.yml", "  home:", "  hom:", None),
    ("situation.number", "data/responses/now.yml", '"112, 1 nl"', '"bel, 1 nl"', 0),
    ("situation.twice", "data/now/situations_nl.yml", "oefenzinnl bang", "oefenzinnl slaapt3", None),
    ("situation.examples", "data/now/situations_fr.yml", "    oefenzinfr slaapt3\n", "", None),
    ("situation.words", "data/responses/now.yml", "      name: who\n      value: friend\n", "      name: who\n      value: adult\n", None),
    ("past.kind", "data/now/past_nl.yml", "    overnl3\n", "    goes_onnl3\n", None),
    ("past.kind", "data/now/past_fr.yml", "  over: |", "  fini: |", None),
    ("past.examples", "data/now/past_nl.yml", "    overnl3\n", "", None),
    ("typed.block", "data/typed/nl.yml", "sextortion_safe affirm: |", "sextortion_save affirm: |", 1),
    ("typed.twice", "data/typed/nl.yml", "    toldnl3\n", "    affirmnl3\n", -5),
    ("typed.examples", "data/typed/fr.yml", "    toldfr2\n    toldfr3\n", "", None),
    ("told.broken", "data/told.yml", "    tells: knows", "    tell: knows", None),
    ("told.example", "data/told.yml", '"mama slaapt"', '"onze mama weet"', 0),
    ("told.example", "data/told.yml", '"maman sait"]}\n    quiet', '"maman dit"]}\n    quiet', 0),
    ("told.no_question", "data/told.yml", "tells: knows", "tells: nobody", -1),
    ("told.no_step", "data/told.yml", "    tells: knows\n", "    tells: knows\n    walks: want_human\n", -1),
    ("told.no_rule", REPLIES, "      value: knows", "      value: nobody", -20),
    ("now.mark", "data/now/nl.yml", "  unclear: |", "  misschien: |", None),
    ("now.mark", "data/now/nl.yml", "oefenzinnl4 ", "oefenzinnl3 ", None),
    ("now.orphan", "data/now/nl.yml", "oefenzinnl3 ", "andere zin ", 0),
    ("who.mark", "data/who/nl.yml", "  self: |", "  zelf: |", None),
    ("who.mark", "data/who/nl.yml", "oefenzinnl6 ", "oefenzinnl5 ", None),
    ("who.orphan", "data/who/nl.yml", "oefenzinnl5 ", "andere zin ", 0),
    ("now.harmless", "data/now/harmless_nl.yml", "braafnl2", "braafnl1", -1),
    ("now.harmless", "data/now/harmless_nl.yml", "braafnl2", f"oefenzinnl3 {NEED}", 0),
    ("now.harmless", "data/now/harmless_nl.yml", "  nl: |", "  fr: |", None),
    ("terms.idiom", NLU, "oefenzinnl5 ", "dood van het lachen ", 0),
    ("schema.intent_name", NLU, "intent: sextortion", "intent: grooming", 2),
    ("schema.markup", NLU, "oefenzinnl5 ", "hij wil [geld](money) ", 0),
    ("schema.markup", TWIN, "testzinfr2 ", "/restart ", 0),
    ("schema.domain_intent", "data/domain.yml", "  - grooming\n", "  - groming\n", 0),
    ("schema.domain_missing", "data/domain.yml", "  - grooming\n", "", None),
    ("schema.no_path", RULES, "  - intent: grooming\n", "  - intent: affirm\n", None),
    ("schema.no_reply", SHARED, "utter_grooming:", "utter_groomin:", None),
    ("schema.reply_twice", SHARED, "  utter_answer:\n", f"  utter_{NEED}:\n", 0),
    ("schema.condition", REPLIES, "value: nl", "value: de", -4),
    ("schema.channel", SHARED, '  - text: "Praten? / Parler ?"\n', '  - text: "Praten? / Parler ?"\n    channel: telegram\n', 0),
    ("schema.button", REPLIES, '"/deny"', '"/no"', -1),
    ("schema.story_twice", PATH, "at happened", "at safe", 0),
    ("schema.unknown_action", PATH, "action_point_to_help", "action_point_to_hell", 0),
    ("schema.unknown_intent", PATH, "intent: nlu_fallback", "intent: nlu_falback", 0),
    ("schema.never_said", SHARED, "  utter_answer:\n", "  utter_forgotten:\n", 0),
    ("parity.language", REPLIES, "      value: fr\n", "      value: nl\n", -10),
    ("parity.default", REPLIES, '  - text: "Praten? / Parler ?"\n', "", -11),
    ("parity.bilingual", REPLIES, '"Praten? / Parler ?"', '"Praten?"', 0),
    ("parity.text_first", REPLIES, f"  - text: {NL_TEXT}\n{CONDITION}", f"  - {CONDITION.lstrip()}    text: {NL_TEXT}\n", 0),
    ("parity.no_language", REPLIES, "      name: language\n      value: nl", "      name: who\n      value: friend", -3),
    (
        "parity.variations",
        REPLIES,
        '  - text: "Praten?',
        f'  - text: {NL_TEXT}\n    condition: [{{type: slot, name: language, value: nl}}]\n  - text: "Praten?',
        -11,
    ),
    ("parity.buttons", REPLIES, '    - title: "Non"\n      payload: "/deny"\n', "", -2),
    ("parity.own_text", FIXED, '  "no": {nl: "Nee", fr: "Non"}', '  "no": {nl: "Nee"}', 0),
    ("parity.placeholders", FIXED, '  "no": {nl: "Nee", fr: "Non"}', '  "no": {nl: "Nee {n}", fr: "Non"}', 0),
    ("overlap.repeat", NLU, "oefenzinnl7 sextortion", "Oefenzinnl6, SEXTORTION!", 0),
    ("overlap.two_needs", NLU, "oefenzinnl7 sextortion", "oefenzinnl7 suicidal", None),
    ("replies.bubble", REPLIES, NL_TEXT, f'"{"Goed zo. " * 40}"', 0),
    ("replies.opening", "data/responses/questions.yml", f"  - text: {NL_TEXT}", '  - text: "Ja, dat mag."', 0),
    ("replies.title", REPLIES, '"Nee"', '"Nee dat wil ik eigenlijk liever niet"', 0),
    ("replies.forbidden", REPLIES, FR_TEXT, '"Personne ne le saura."', 0),
    ("replies.forbidden", FIXED, "Wat een rotsituatie.", "Had je die foto maar niet gestuurd.", 0),
    ("replies.forbidden", CANNED, "Dit vertellen vraagt moed.", "Had je die foto maar niet gestuurd.", 0),
    ("replies.language", REPLIES, NL_TEXT, FR_TEXT, 0),
    ("replies.foreign", REPLIES, NL_TEXT, '"Bel nu 113."', 0),
    ("replies.foreign", NLU, "oefenzinnl8 ", "ik belde de kindertelefoon ", 0),
    (
        "overlap.near",
        NLU,
        "oefenzinnl7 sextortion\n    - oefenzinnl8 sextortion\n",
        "hij wil nu vijftig euro van mij voor die foto\n    - nu wil hij vijftig euro van mij voor die foto he\n",
        1,
    ),
    ("overlap.near_need", NLU, "oefenzinnl8 sextortion\n", "iedereen op school kent nu mijn geheim en lacht\n", None),
    ("stories.answered_twice", PATH, "    - intent: deny\n", "    - intent: deny\n    - intent: deny\n", -5),
    (
        "stories.told_apart",
        PATH,
        "    - intent: nlu_fallback\n  - action: utter_ask_sextortion_happened\n",
        "    - intent: nlu_fallback\n  - action: utter_sextortion\n  - action: utter_ask_sextortion_happened\n",
        None,
    ),
    ("stories.dead_end", RULES, "  - action: action_ask_again\n", "", -4),
    ("stories.questions", PATH, "  - action: action_point_to_help\n", "  - action: utter_ask_sextortion_tell\n", -4),
    ("stories.bubbles", PATH, "  - action: action_point_to_help\n", "  - action: utter_answer\n", -4),
    ("stories.words", REPLIES, NL_TEXT, f'"{LONG}"', None),
    ("stories.swallows", PATH, "    - intent: sextortion\n", "    - intent: sextortion\n    - intent: suicidal\n", -7),
    ("stories.swallows_equal", PATH, "    - intent: sextortion\n", "    - intent: sextortion\n    - intent: self_harm\n", -7),
    ("stories.no_answers", "data/stories/anything_else.yml", "  - action: utter_ask_topic\n", "  - action: utter_ask_nothing\n", -7),
    ("stories.not_covered", PATH, "    - intent: dont_know\n", "", -6),
    ("stories.not_covered", PATH, "    - intent: nlu_fallback\n", "", -8),
    ("stories.button", REPLIES, '"/dont_know"', '"/thanks_bye_"', -1),
    (
        "stories.no_opening",
        PATH,
        "  - intent: sextortion\n  - action: utter_sextortion\n",
        "  - action: utter_ask_else\n  - intent: thanks_bye\n",
        -2,
    ),
    ("stories.circle", PATH, "  - action: utter_ask_sextortion_person\n", "  - action: utter_ask_sextortion_safe\n", -10),
    ("stories.short", PATH, "  - action: utter_ask_sextortion_safe\n", "  - action: utter_ask_sextortion_tell\n", -5),
    ("reading_level.sentence", REPLIES, NL_TEXT, f'"{" ".join(["dat"] * 23)}."', 0),
    ("reading_level.bubble", REPLIES, NL_TEXT, f'"{HARD} {HARD}"', 0),
    ("scenarios.broken", STORY, "          goes_to: s5\n", "          goes_to: s55\n", None),
    ("scenarios.broken", STORY, '"Tu es chez toi."', '""', None),
    ("scenarios.broken", STORY, "help: sextortion", "help: sexting", 0),
    ("scenarios.dead_end", STORY, "      end: true\n", "", -2),
    ("scenarios.circle", STORY, "          goes_to: s5\n", "          goes_to: s2\n", -4),
    (
        "scenarios.unreachable",
        STORY,
        '          goes_to: s7\n        - title: {nl: "Nee 6", fr: "Non 6"}\n          goes_to: s7\n',
        '          goes_to: s8\n        - title: {nl: "Nee 6", fr: "Non 6"}\n          goes_to: s8\n',
        3,
    ),
    ("scenarios.turns", STORY, "          goes_to: s5\n", "          goes_to: s9\n", None),
    ("scenarios.question", STORY, "        good: true\n", "", -4),
    ("scenarios.choices", STORY, '        - title: {nl: "Nee 3", fr: "Non 3"}\n          goes_to: s4\n', "", -5),
    ("scenarios.same", STORY, '"Nee 3"', '"Ja 3"', -5),
    ("scenarios.title", STORY, '"Nee 3"', '"Nee, dat wil ik eigenlijk liever niet"', 0),
    ("scenarios.title", STORY, '"Klein"', '"Een heel klein verhaal over praten"', 0),
    ("scenarios.title", STORY, '"Praten"', '"Praten met iemand die je vertrouwt"', 0),
    ("scenarios.words", STORY, "          goes_to: s5\n", f'          reply: {{nl: "{LONG}", fr: "Bien."}}\n          goes_to: s5\n', -1),
    ("scenarios.no_line", STORY, "Appelle le 116000.", "Appelle.", -1),
    ("scenarios.end_reply", STORY, "          goes_to: s12\n", '          reply: {nl: "Goed.", fr: "Bien."}\n          goes_to: s12\n', -1),
    ("scenarios.danger", STORY, '"Nee 3"', '"Ik wil dood"', 0),
    ("scenarios.danger", FIXED, '    nl: "stoppen,', '    nl: "ik wil dood, stoppen,', -1),
    ("scenarios.hard", STORY, "Je bent thuis.", HARD, None),
    ("scenarios.button", REPLIES, '"/dont_know"', '"/scenario:large"', -1),
    ("replies.forbidden", CANNED, "Tu n’as pas à dire ton nom.", "Tu ne dois pas dire ton nom.", 0),
    ("replies.forbidden", REPLIES, FR_TEXT, '"Tu n\'es pas seul."', 0),
    ("replies.forbidden", "data/page/chat.yml", "Leg rustig uit.", "Dat is je eigen schuld.", 0),
    ("replies.foreign", "data/page/chat.yml", "Leg rustig uit.", "Bel 113.", 0),
    ("replies.forbidden", "data/telegram/texts.yml", "Lees het", "Stuur nooit een naaktfoto.", 0),
    ("law.broken", LAW, "certainty: A", "certainty: C", -1),
    ("law.broken", LAW, "      source: here\n", "", -3),
    ("law.broken", LAW, "reviewed_by: Noor, 2026-01-02\n", "reviewed_by: null\n", -4),
    ("law.broken", LAW, "as_of: 2026-01-01", "as_of: vorig jaar", None),
    ("law.broken", LAW, "under14:", "under15:", None),
    ("law.not_said", PATH, "  - action: action_law_rule_one\n", "", None),
    ("law.no_record", PATH, "action_law_rule_one", "action_law_rule_two", -9),
    ("law.words", LAW, "Dat mag niet.", LONG, -7),
    ("law.unreviewed", LAW, "reviewed_by: Noor, 2026-01-02\n      review: done", "reviewed_by: null\n      review: Child Focus", -4),
    ("replies.forbidden", LAW, "Dat mag niet.", "Dat staat in artikel 417/5.", None),
    ("replies.forbidden", LAW, "Dat mag niet.", "Daar staat tot vijf jaar gevangenis op.", None),
    ("replies.forbidden", LAW, "C'est interdit.", "Il risque dix ans de prison.", None),
    ("replies.forbidden", STORY, "Je bent thuis.", "Hij krijgt een boete van 300 euro.", None),
    ("replies.forbidden", STORY, "Tu es chez toi.", "C'est l'article 383 qui le dit.", None),
    ("replies.forbidden", REPLIES, FR_TEXT, '"Une peine de 15 ans, voilà."', 0),
    ("replies.foreign", STORY, "Bel 116000.", "Bel 113.", 0),
    ("replies.foreign", STORY, "Bel 116000.", "Bel 0800/01 13.", 0),
    ("replies.foreign", "actions/dialogue.py", "SAYS", "LINE = 'tel:3018'\nSAYS", 0),
    ("directory.fact", HELPLINES, 'phone: {value: "101"', 'phone: {value: "1o1"', 0),
    ("directory.fact", HELPLINES, "last_verified: 2026-08-06", "last_verified: 2031-01-01", 0),
    ("directory.fact", HELPLINES, 'cost: {value: "free"', 'cost: {value: ""', 0),
    ("parity.own_text", REPLIES, NL_TEXT, '""', 0),
    ("parity.own_text", CANNED, '  fr: "Il faut du courage', '  fr: ""\n  # "Il faut du courage', -2),
    ("directory.fact", HELPLINES, 'email: {value: "contact@seos.be"', 'email: {value: "contact at seos"', 0),
    ("directory.question", ROUTES, "    orientation:", "    orientatie:", 0),
    ("directory.broken", HELPLINES, 'ages: {value: {"from": 12, "to": 25}', 'ages: {value: {"from": 26, "to": 25}', None),
    ("directory.broken", ROUTES, "always_open: {nl: childfocus", "always_open: {nl: sos_jeunes", None),
    ("directory.broken", ROUTES, "    grooming: {nl: [childfocus, awel]", "    grooming: {nl: [childfocus, awell]", 0),
]
# Rules whose mistake is more than one replacement: each has a test of its own below or elsewhere.
OWN_TESTS = {
    "check.nothing", "schema.no_examples", "schema.unknown_need", "parity.file", "examples.few", "examples.more", "examples.twins",
    "examples.share_chat", "examples.share_friend", "examples.share_short", "overlap.twin", "overlap.measured", "reading_level.hard", "reading_level.long",
    "directory.old", "directory.ageing", "directory.waived", "directory.undated", "law.ageing", "stories.unreachable", "stories.place_name", "terms.broken", "terms.example",
    "privacy.detail", "privacy.chat", "privacy.long",
}  # fmt: skip


def _check_of(rule: str) -> Callable[..., object]:
    return CHECKS[rule.split(".")[0]]


@pytest.mark.parametrize(
    ("rule", "file", "old", "new", "further"), MISTAKES, ids=[f"{rule}-{number}" for number, (rule, *_) in enumerate(MISTAKES)]
)
def test_a_planted_mistake_is_found_on_its_line(
    project: SmallProject, rule: str, file: str, old: str, new: str, further: int | None
) -> None:
    if rule == "overlap.near_need":
        project.plant("data/nlu/nl/grooming.yml", "oefenzinnl1 grooming\n", "mijn geheim kent nu iedereen op school en lacht\n")
    assert project.found(_check_of(rule), rule) == []
    line = project.plant(file, old, new)
    found = project.found(_check_of(rule), rule)
    assert found, "the mistake was not found"
    if further is not None:
        assert (file, line + further) in [(finding.file, finding.line) for finding in found]
    assert all(finding.severity is catalogue()[rule].severity for finding in found)


def test_every_rule_has_a_planted_mistake() -> None:
    planted = {rule for rule, *_ in MISTAKES}
    assert planted | OWN_TESTS == set(catalogue())
    assert not planted & OWN_TESTS
    here = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [rule for rule in OWN_TESTS if here.count(f'"{rule}"') < 2] == []


def test_the_small_project_has_no_error(project: SmallProject) -> None:
    content = Content.load(project.root)
    assert [finding.told(language) for finding in all_findings(content) if finding.is_error for language in ("nl",)] == []
    assert all(check(content).looked_at > 0 for check in CHECKS.values())


def test_a_check_with_nothing_to_look_at_is_an_error(tmp_path: Path) -> None:
    found = all_findings(Content.load(tmp_path))
    named = {finding.message_nl.split()[2] for finding in found if finding.rule == "check.nothing"}
    assert named == set(CHECKS) - {"directory", "terms", "law"}
    assert {"directory.broken", "terms.broken", "law.broken"} <= {finding.rule for finding in found}


def test_the_real_data_is_looked_at() -> None:
    """By those that take a moment; all of them run on the whole before the tests, where one that looks at nothing is an error."""
    content = Content.load(ROOT)
    looked = {name: CHECKS[name](content).looked_at for name in ("schema", "examples", "stories", "law", "now", "who", "told", "scenarios")}
    assert looked["schema"] > 150
    assert looked["examples"] > 8000
    assert looked["stories"] > 300
    assert looked["law"] > 8  # records are few
    assert looked["now"] > 2000
    assert looked["who"] > 8000
    assert min(count for name, count in looked.items() if name != "law") > 100


def test_files_that_only_one_language_has(project: SmallProject) -> None:
    (project.root / "data/nlu/fr/grooming.yml").unlink()
    assert [(f.file, f.line) for f in project.found(CHECKS["parity"], "parity.file")] == [("data/nlu/nl/grooming.yml", 1)]
    assert [f.file for f in project.found(CHECKS["schema"], "schema.no_examples")] == ["data/nlu/fr/grooming.yml"]
    (project.root / "data/nlu/nl/groming.yml").write_text((project.root / "data/nlu/nl/grooming.yml").read_text())
    assert [f.file for f in project.found(CHECKS["schema"], "schema.unknown_need")] == ["data/nlu/nl/groming.yml"]


@pytest.mark.parametrize(("count", "rule"), [(59, "examples.few"), (60, "examples.more"), (99, "examples.more")])
def test_too_few_examples(project: SmallProject, count: int, rule: str) -> None:
    lines = "\n".join(f"    - zin{n}" for n in range(count))
    project.write(NLU, f'version: "3.1"\nnlu:\n- intent: {NEED}\n  examples: |\n{lines}\n')
    assert [f.file for f in project.found(CHECKS["examples"], rule)] == [NLU]


def test_too_few_twins(project: SmallProject) -> None:
    project.plant(TWIN, f"    - testzinfr9 {NEED}\n", "")
    assert [f.file for f in project.found(CHECKS["examples"], "examples.twins")] == [TWIN]


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2029, 1, 1)])
def test_facts_grow_old(project: SmallProject, today: date) -> None:
    found = directory.check(Content.load(project.root), today).findings
    old = [finding for finding in found if finding.rule in ("directory.old", "directory.undated")]
    lines = (project.root / HELPLINES).read_text(encoding="utf-8").splitlines()
    if today.year == 2029:
        assert {"directory.old", "directory.undated"} == {finding.rule for finding in old}
        assert len(old) > 20
        assert all("last_verified" in lines[finding.line - 1] for finding in old)
    else:
        assert old == []
        assert {"directory.ageing", "directory.waived"} == {finding.rule for finding in found}


def test_the_law_grows_old(project: SmallProject) -> None:
    content = Content.load(project.root)
    assert [f.rule for f in law.check(content, date(2028, 1, 2)).findings] == []
    assert [(f.file, f.rule) for f in law.check(content, date(2028, 3, 1)).findings] == [(LAW, "law.ageing")]


def test_terms(project: SmallProject) -> None:
    text = (project.root / TERMS).read_text(encoding="utf-8")
    start = text.index("fires: |\n") + len("fires: |\n")
    sentence = text[start : text.index("\n", start)].strip()
    line = project.plant(TERMS, sentence, "het regent vandaag")
    assert (TERMS, line) in [(f.file, f.line) for f in project.found(CHECKS["terms"], "terms.example")]
    project.plant(TERMS, "need: suicidal", "need: suicide")
    assert [f.file for f in project.found(CHECKS["terms"], "terms.broken")] == [TERMS]


def test_the_vocabulary_is_what_the_small_project_uses() -> None:
    assert len(HELP_NEEDS) == 26
    assert {rule.severity for rule in catalogue().values()} == {Severity.ERROR, Severity.WARNING}
