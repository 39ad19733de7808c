"""What needs more than one planted line: overlap, shares, reading level, paths, phrases; and how findings are told."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_project import NEED, ROOT, SmallProject

from curation import check_all
from curation.checks import overlap
from curation.checks.examples import is_marked, mix_of
from curation.checks.replies import Forbidden, forbidden
from curation.finding import catalogue, make
from curation.nouns import Example
from curation.readability import measure, sentences, syllables, words
from kernel.language import Language

NL, FR = Language.NL, Language.FR
CHECKS = check_all.CHECKS
PATH, REPLIES = f"data/stories/{NEED}.yml", f"data/responses/{NEED}.yml"


def _example(text: str, need: str = NEED) -> Example:
    return Example(text, need, NL, "f", 1)


@pytest.mark.parametrize(
    ("twin", "example", "is_near"),
    [
        ("hij stuurt mijn foto door naar iedereen", "Hij stuurt mijn foto door naar iedereen!", True),
        ("hij stuurt mijn foto door naar iedereen", "naar iedereen stuurt hij mijn foto door vandaag", True),
        ("hij stuurt mijn foto door naar iedereen", "hij stuurt haar foto door naar niemand", False),
        ("ik wil dood", "ik wil dood", False),
        ("j'ai peur de lui", "jai peur de lui", True),
        ("a b c d e", "a b c d f", False),
        ("a b c d", "a b c d e", True),
    ],
)
def test_near_the_twins(twin: str, example: str, is_near: bool) -> None:
    assert bool(list(overlap.near_pairs([_example(twin)], [_example(example)]))) is is_near


def test_near_pairs_miss_none_of_those_that_comparing_all_finds() -> None:
    """The shortcut over rare words against the plain way, on the real data."""
    content = check_all.Content.load(ROOT)
    twins, examples = content.twins[::7], content.examples[::5]
    quick = {id(example) for _, example, _ in overlap.near_pairs(twins, examples)}
    bags = [overlap._bag(twin.text) for twin in twins]
    slow = set()
    for example in examples:
        bag = overlap._bag(example.text)
        if len(bag) >= 4 and any(len(other) >= 4 and len(bag & other) >= 0.8 * len(bag | other) for other in bags):
            slow.add(id(example))
    assert quick == slow


def test_the_shortcut_over_rare_words_misses_no_near_copy() -> None:
    """Both ways of looking, against comparing all with all, on sentences of which many are copies with a word more or less."""
    chance = random.Random(116000)
    said = [example for example in check_all.Content.load(ROOT).examples if 4 <= len(example.text.split()) <= 12][::120]
    copies = [replace(example, text=_changed(example.text, chance)) for example in said for _ in range(3)]
    bags = [overlap._bag(example.text) for example in (*said, *copies)]

    def near(one: frozenset[str], other: frozenset[str], share: float) -> bool:
        return min(len(one), len(other)) >= overlap.FEWEST_WORDS and len(one & other) / len(one | other) >= share

    pairs = {id(example) for _, example, _ in overlap.near_pairs(said, copies)}
    twins, rest = bags[: len(said)], bags[len(said) :]
    assert pairs == {id(copy) for copy, bag in zip(copies, rest, strict=True) if any(near(bag, twin, overlap.NEAR) for twin in twins)}
    every = [*said, *copies]
    plain = set()
    for number, example in enumerate(every):
        for place in range(number):
            is_same = overlap._letters(example.text) == overlap._letters(every[place].text)
            if example.language is every[place].language and not is_same and near(bags[number], bags[place], overlap.NEAR_EACH_OTHER):
                plain.add(id(example))
                break
    assert {id(second) for _, second, _ in overlap.near_each_other(every)} == plain
    assert len(pairs) > 100 and len(plain) > 100, "hardly any copy was near: nothing was compared"


def _changed(text: str, chance: random.Random) -> str:
    words = text.split()
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(words))
        words[at : at + chance.randint(0, 1)] = chance.choice(([], ["echt"], ["vraiment"]))
    return " ".join(words)


def test_a_twin_that_was_learnt_is_found_on_its_line(project: SmallProject) -> None:
    project.plant(f"tests/nlu/nl/{NEED}.yml", f"testzinnl4 {NEED}", "hij wil vijftig euro voor vanavond")
    line = project.plant(f"data/nlu/nl/{NEED}.yml", f"oefenzinnl9 {NEED}", "Hij wil vijftig euro, voor vanavond")
    found = project.found(CHECKS["overlap"], "overlap.twin")
    assert [(finding.file, finding.line) for finding in found] == [(f"data/nlu/nl/{NEED}.yml", line)]
    assert f"tests/nlu/nl/{NEED}.yml:9" in found[0].message_nl


def test_a_held_out_conversation_that_was_learnt_is_found(project: SmallProject) -> None:
    said = "  - user: |\n      hij wil vijftig euro voor vanavond\n    intent: sextortion\n"
    project.write(f"tests/conversations/nl/{NEED}.yml", f"stories:\n- story: one\n  steps:\n{said}  - action: utter_x\n")
    assert project.found(CHECKS["overlap"], "overlap.twin") == []
    line = project.plant(f"data/nlu/nl/{NEED}.yml", f"oefenzinnl9 {NEED}", "Hij wil vijftig euro, voor vanavond")
    found = project.found(CHECKS["overlap"], "overlap.twin")
    assert [(finding.file, finding.line) for finding in found] == [(f"data/nlu/nl/{NEED}.yml", line)]
    assert f"tests/conversations/nl/{NEED}.yml:4" in found[0].message_nl


@pytest.mark.parametrize(("file", "old"), [("data/page/chat.yml", "Leg rustig uit."), ("data/safety/law.yml", "Dat mag niet.")])
def test_a_page_or_a_law_text_that_is_too_hard(project: SmallProject, file: str, old: str) -> None:
    assert project.found(CHECKS["reading_level"], "reading_level.hard") == []
    hard = " ".join(["Verantwoordelijkheid veronderstelt onvoorwaardelijke vertrouwelijkheid."] * 10)
    project.plant(file, old, hard)
    assert file in [finding.file for finding in project.found(CHECKS["reading_level"], "reading_level.hard")]


def test_measuring_sentences_that_stand_in_the_data(project: SmallProject) -> None:
    terms = check_all.Content.load(project.root).section("data/safety/terms_fr.yml", "terms")
    known = str(terms["patterns"][0]["quiet"]).splitlines()[0]
    rows = [{"text": "iets heel anders"}, {"text": f"Oefenzinnl3 {NEED}!"}, {"text": known}]
    project.write("tests/safety/everyday_nl.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    project.write("tests/safety/masking_nl.jsonl", json.dumps(rows[1]) + "\n")
    found = project.found(CHECKS["overlap"], "overlap.measured")
    assert [(finding.file, finding.line) for finding in found] == [
        ("tests/safety/everyday_nl.jsonl", 2),
        ("tests/safety/everyday_nl.jsonl", 3),
    ]


def test_the_shares(project: SmallProject) -> None:
    assert mix_of(
        [_example("kheb schrik"), _example("mijn vriendin heeft gisteren haar foto gedeeld"), _example("ik ben bang voor morgen vroeg")]
    ) == (mix_of([_example("kheb da nie"), _example("mijn zus wil echt niet met mij"), _example("ik ben nu heel erg bang")]))
    assert is_marked("c ma copine qui stresse", FR, "friend")
    assert is_marked("jsp quoi faire", FR, "chat")
    assert not is_marked("je ne sais pas quoi faire", FR, "chat")
    assert not is_marked("Ik weet niet wat ik moet doen.", NL, "chat")
    for kind in ("examples.share_chat", "examples.share_friend"):
        assert f"data/nlu/nl/{NEED}.yml" in [finding.file for finding in project.found(CHECKS["examples"], kind)]
    long_ones = "\n".join(f"    - dit is een lange zin met nummer {n}" for n in range(100))
    project.write(f"data/nlu/nl/{NEED}.yml", f'version: "3.1"\nnlu:\n- intent: {NEED}\n  examples: |\n{long_ones}\n')
    assert [finding.file for finding in project.found(CHECKS["examples"], "examples.share_short")] == [f"data/nlu/nl/{NEED}.yml"]


@pytest.mark.parametrize("phrase", forbidden(), ids=[phrase.name for phrase in forbidden()])
def test_forbidden_phrases(phrase: Forbidden) -> None:
    assert len(phrase.fires) >= 2
    assert len(phrase.quiet) >= 2
    assert [text for text in phrase.fires if phrase.found_in(text) is None] == []
    assert [text for text in phrase.quiet if phrase.found_in(text) is not None] == []


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [("fiets", NL, 1), ("mooie", NL, 2), ("beïnvloed", NL, 3), ("vertrouwen", NL, 3), ("116000", NL, 1), ("ja", NL, 1), ("idee", NL, 2),
     ("photo", FR, 2), ("arrive", FR, 2), ("police", FR, 2), ("le", FR, 1), ("beau", FR, 1), ("été", FR, 2), ("difficile", FR, 3)],
)  # fmt: skip
def test_syllables(word: str, language: Language, count: int) -> None:
    assert syllables(word, language) == count


def test_the_formulas() -> None:
    """One sentence of four words with five syllables: the published formulas by hand."""
    assert measure("Ik wil mijn fietsen.", NL).score == pytest.approx(206.8 - 0.93 * 4 - 77.0 * 5 / 4)
    assert measure("Je veux ma photo.", FR).score == pytest.approx(207.0 - 1.015 * 4 - 73.6 * 5 / 4)
    assert sentences("Eerst dit: kan je praten? Ja.") == ["Eerst dit:", "kan je praten?", "Ja."]
    assert words("L'école, c'est fini.") == ["Lécole", "cest", "fini"]
    assert measure("", NL).words_per_sentence == 0


def test_an_official_letter_is_hard_and_a_simple_text_is_easy() -> None:
    hard = "De desbetreffende verantwoordelijke instantie behandelt uw aanvraag overeenkomstig de toepasselijke bepalingen."
    dur = "L'autorité responsable examinera prochainement votre réclamation conformément aux dispositions administratives applicables."
    assert measure(hard, NL).score < 30 < 80 < measure("Dat is erg. Jij bent niet fout. Ik help je.", NL).score
    assert measure(dur, FR).score < 30 < 80 < measure("C'est dur. Tu n'as rien fait de mal. Je t'aide.", FR).score


def test_texts_of_a_need_that_are_too_hard_together(project: SmallProject) -> None:
    assert project.found(CHECKS["reading_level"], "reading_level.hard") == []
    path = project.root / REPLIES
    path.write_text(path.read_text().replace("Kan je nu praten? Dat is goed.", "Verantwoordelijkheid veronderstelt vertrouwelijkheid."))
    assert [(f.file, "nl" in f.message_nl) for f in project.found(CHECKS["reading_level"], "reading_level.hard")] == [(REPLIES, True)]


def test_sentences_that_are_too_long_on_average(project: SmallProject) -> None:
    path = project.root / REPLIES
    path.write_text(path.read_text().replace("Tu peux parler ? C'est bien.", " ".join(["tu"] * 13) + "."))
    assert [finding.file for finding in project.found(CHECKS["reading_level"], "reading_level.long")] == [REPLIES]


def test_a_place_that_nothing_leads_to(project: SmallProject) -> None:
    project.plant(PATH, "  - action: utter_ask_sextortion_tell\n", "  - action: utter_ask_sextortion_person\n")
    found = project.found(CHECKS["stories"], "stories.unreachable")
    assert found
    assert all("utter_ask_sextortion_tell" in finding.message_nl for finding in found)


def test_a_place_with_the_name_of_another_path(project: SmallProject) -> None:
    path = project.root / PATH
    path.write_text(path.read_text().replace("utter_ask_sextortion_tell", "utter_ask_grooming_tell"))
    assert [finding.file for finding in project.found(CHECKS["stories"], "stories.place_name")] == [PATH]


def test_findings_are_told_in_both_languages() -> None:
    finding = make("parity.file", "data/nlu/nl/x.yml", 3, other="data/nlu/fr/x.yml")
    assert finding.told(NL).startswith("data/nlu/nl/x.yml:3: parity.file: data/nlu/fr/x.yml ontbreekt → ")
    assert finding.told(FR).startswith("data/nlu/nl/x.yml:3: parity.file: data/nlu/fr/x.yml manque → ")
    assert [check_all.language_of(env) for env in ({"LANG": "fr_BE.UTF-8"}, {"LC_ALL": "nl_BE", "LANG": "fr"}, {})] == [FR, NL, NL]


def test_the_catalogue_speaks_both_languages_with_the_same_values() -> None:
    # `why_nl`/`why_fr` carry a reason in the language of the message.
    for rule in catalogue().values():
        for texts in (rule.message, rule.fix):
            fields = [
                {name.replace("why_nl", "why").replace("why_fr", "why") for name in re.findall(r"\{(\w+)\}", texts[code])}
                for code in (NL, FR)
            ]
            assert texts[NL].strip(), rule.name
            assert texts[FR].strip(), rule.name
            assert fields[0] == fields[1], rule.name


def test_every_rule_of_the_catalogue_is_used_and_every_rule_used_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "curation").rglob("*.py"))
    families = "check|schema|parity|examples|overlap|privacy|replies|stories|reading_level|directory|terms|told|scenarios|law|now|past|typed|who|situation"
    used = set(re.findall(rf'"((?:{families})\.(?!html"|yml")[a-z_]+)"', code))
    used |= {f"examples.share_{kind}" for kind in ("chat", "friend", "short")}
    assert used == set(catalogue())


def test_the_report_is_one_line_a_finding_and_warnings_are_cut_short() -> None:
    errors = [make("parity.file", "a.yml", n, other="b\tc") for n in range(1, 6)]
    warnings = [make("examples.more", "a.yml", 1, count=n, wanted=100, fewest=60) for n in range(61, 70)]
    lines = check_all.report([*errors, *warnings], NL, show_all=False)
    assert len(lines) == 5 + check_all.SHOWN_PER_RULE + 1
    assert "nog 6 keer examples.more" in lines[-1]
    assert len(check_all.report([*errors, *warnings], FR, show_all=True)) == 14


@pytest.mark.parametrize("is_clean", [True, False])
def test_the_exit_code(project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_clean: bool) -> None:
    monkeypatch.setattr(check_all, "ROOT", project.root)
    if not is_clean:
        project.plant(REPLIES, '"Praten? / Parler ?"', '"Praten?"')
    assert check_all.main(["--data-only"]) == (0 if is_clean else 1)
    out = capsys.readouterr().out
    assert ("parity.bilingual" in out) is not is_clean
    assert "chattaal" in out


def test_a_tool_that_fails_fails_the_check(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_all, "ROOT", project.root)
    asked: list[str] = []

    def run(tool: tuple[str, ...]) -> int:
        asked.append(tool[0])
        return int(tool[0] == "mypy")

    monkeypatch.setattr(check_all, "_run", run)
    assert check_all.main([]) == 1
    assert asked == ["ruff", "mypy"]


def test_fewer_sentences_are_compared_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: everything with everything would be half a billion times."""
    examples = check_all.Content.load(ROOT).examples[::4]
    count, shared = 0, overlap._shared

    def counted(one: frozenset[str], other: frozenset[str], least: float) -> float:
        nonlocal count
        count += 1
        return shared(one, other, least)

    monkeypatch.setattr(overlap, "_shared", counted)
    assert all(share >= overlap.NEAR_EACH_OTHER for _, _, share in overlap.near_each_other(examples))
    assert 0 < count < len(examples)


def test_the_measuring_messages_are_never_read_by_a_check() -> None:
    paths = [
        path for path in (ROOT / "curation").rglob("*.py") if path.name not in ("measuring_sets.py", "evaluate.py", "evaluation_report.py")
    ]
    assert len(paths) > 10
    reads = [
        path.name
        for path in paths
        if re.search(r"[\"'][^\"']*realtexts", re.sub(r'""".*?"""', "", Path(path).read_text(), flags=re.DOTALL))
    ]
    assert reads == []
