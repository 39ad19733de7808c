"""Named changes of the content: each does what it says and nothing else; comments, order and every other line stay."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest
from studio_world import ROOT

from curation.change_json import change_of, dumped, loaded
from curation.changes import (
    KINDS,
    AddChoice,
    AddExample,
    AddReply,
    AddScene,
    AddStep,
    AddVariation,
    BadChange,
    Button,
    Change,
    ChangeExample,
    ChangeReply,
    ChangeStep,
    ChangeText,
    MoveExample,
    RemoveChoice,
    RemoveExample,
    RemoveStep,
    RemoveVariation,
    ReplaceFile,
    SetCanned,
    SetFact,
)
from curation.checks.marks import NOW, WHO, Marks
from curation.content_tree import Conflict, Tree, digest_of
from curation.editing import carry_out, carry_out_what_fits
from curation.proposals import edited, files_of, guard_of
from kernel.language import Language

NL, FR = Language.NL, Language.FR
SAYS_NL = "Wat erg dat iemand je zo onder druk zet. Jij hebt niets verkeerd gedaan: wie chanteert, is fout. Stuur niets meer, en antwoord nu even niet."
SAYS_FR = (
    "C'est vraiment dur, ce qu'on te fait. Tu n'as rien fait de mal : c'est celui "
    "qui menace qui est en tort. N'envoie plus rien et ne réponds pas pour l'instant."
)
ASKS = "Eerst even dit: kan je nu rustig praten, zonder gevaar?"
TITLE = ("scenario", "scenes", "app", "choices", "0", "title", "nl")


def lines_of(*changes: Change) -> tuple[list[str], list[str]]:
    """What the changes take away and add, as lines of all files together."""
    gone: list[str] = []
    come: list[str] = []
    for name, data in edited(ROOT, changes).items():
        before = (ROOT / name).read_text(encoding="utf-8").splitlines()
        for line in list(difflib.unified_diff(before, data.decode().splitlines(), n=0, lineterm=""))[2:]:
            if line[0] in "+-":
                (come if line[0] == "+" else gone).append(line[1:])
    return gone, come


_LONG = ("data/questions/", "data/now/", "data/who/")
"""Lists of thousands of sentences, alike in both languages but for one."""


def test_every_data_file_comes_out_as_it_went_in() -> None:
    """No volunteer's change may reformat the lines of others."""
    tree = Tree(ROOT)
    names = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "data").rglob("*.yml"))]
    names = [name for name in names if "/nlu/" not in name or name.endswith("grooming.yml")]  # all alike
    names = [name for name in names if not (name.startswith(_LONG) and name.endswith("fr.yml"))]
    assert len(names) > 90
    for name in names:
        tree.doc(name)
    assert tree.changed() == {}


def test_a_sentence_more_is_one_line_more() -> None:
    assert lines_of(AddExample(need="sextortion", language=NL, text="  - hij wil  nu geld voor mijn foto ")) == (
        [],
        ["    - hij wil nu geld voor mijn foto"],
    )


def test_sentences_change_move_and_go() -> None:
    change = ChangeExample(need="sextortion", language=NL, text="hij chanteert mij", new="hij chanteert mij weer")
    assert lines_of(change) == (["    - hij chanteert mij"], ["    - hij chanteert mij weer"])
    assert lines_of(RemoveExample(need="sextortion", language=NL, text="hij chanteert mij")) == (["    - hij chanteert mij"], [])
    moved = MoveExample(need="sextortion", language=NL, text="hij chanteert mij", to_need="grooming")
    assert lines_of(moved) == (["    - hij chanteert mij"], ["    - hij chanteert mij"])
    assert moved.files == ("data/nlu/nl/sextortion.yml", "data/nlu/nl/grooming.yml")


@pytest.mark.parametrize(
    ("mark", "block", "other", "told"),
    [
        (NOW, "now", WHO, "hij staat voor mijn deur en hij bonkt"),
        (WHO, "friend", NOW, "mijn beste maat wordt thuis geslagen en zwijgt erover"),
    ],
)
def test_a_marked_sentence_keeps_its_mark_in_other_words(mark: Marks, block: str, other: Marks, told: str) -> None:
    tree, sentences = Tree(ROOT), (ROOT / "data/nlu/nl/unsafe_home.yml").read_text(encoding="utf-8").splitlines()
    with_other = {line for lines in tree.section(other.file(NL), other.key).values() for line in lines.splitlines()}
    marked = [line for line in tree.section(mark.file(NL), mark.key)[block].splitlines() if line not in with_other]
    text = next(line for line in marked if f"    - {line}" in sentences)
    change = ChangeExample(need="unsafe_home", language=NL, text=text, new=told)
    assert lines_of(change) == ([f"    - {text}", f"    {text}"], [f"    - {told}", f"    {told}"])


def test_words_of_a_reply_change_and_nothing_else() -> None:
    gone, come = lines_of(ChangeReply(topic="sextortion", reply="utter_ask_sextortion_safe", text=ASKS, new="Kan je\n nu praten?"))
    assert gone == [f'  - text: "{ASKS}"']
    assert come == ['  - text: "Kan je nu praten?"']


def test_a_way_more_comes_in_both_languages_and_keeps_conditions_and_buttons() -> None:
    gone, come = lines_of(AddVariation(topic="sextortion", reply="utter_ask_sextortion_safe", nl="Kan je praten?", fr="Tu peux parler ?"))
    assert gone == []
    assert come == [
        '  - text: "Kan je praten?"', "    condition: *nl", "    buttons: *yes_no_nl",
        '  - text: "Tu peux parler ?"', "    condition: *fr", "    buttons: *yes_no_fr",
    ]  # fmt: skip
    _, come = lines_of(AddVariation(topic="sextortion", reply="utter_ask_sextortion_safe", nl="Kan je?", fr="Tu peux ?", who="adult"))
    assert "      value: adult" in come


def test_a_way_less_goes_in_both_languages_and_the_others_stay_readable() -> None:
    tree = Tree(ROOT)
    carry_out(tree, [RemoveVariation(topic="sextortion", reply="utter_sextortion", nl=SAYS_NL, fr=SAYS_FR)])
    ways = tree.section("data/responses/sextortion.yml", "responses")["utter_sextortion"]
    texts = [way["text"] for way in ways]
    assert SAYS_NL not in texts and SAYS_FR not in texts
    assert [way["condition"][0]["value"] for way in ways[:2]] == ["nl", "fr"], "the anchor moved to the next that uses it"
    other = [way["text"] for way in ways[:2]]
    with pytest.raises(Conflict, match="last"):
        carry_out(tree, [RemoveVariation(topic="sextortion", reply="utter_sextortion", nl=other[0], fr=other[1])])


def test_a_new_question_comes_with_its_buttons_in_three_forms() -> None:
    made = AddReply(
        topic="sextortion", reply="utter_ask_sextortion_paid", nl="Al betaald?", fr="Déjà payé ?", both="Al betaald? / Déjà payé ?",
        buttons=(Button("affirm", "Ja", "Oui"), Button("deny", "Nee", "Non")),
    )  # fmt: skip
    gone, come = lines_of(made)
    assert gone == []
    assert come[:2] == ["", "  utter_ask_sextortion_paid:"]
    assert [line.strip() for line in come if "title" in line] == [
        '- title: "Ja"', '- title: "Nee"', '- title: "Oui"', '- title: "Non"', '- title: "Ja / Oui"', '- title: "Nee / Non"',
    ]  # fmt: skip


def test_a_step_takes_its_answer_over_from_another() -> None:
    step = AddStep(
        topic="sextortion", name="sextortion, step, unsure", place="utter_ask_sextortion_step", hears=("dont_know", "grooming"),
        does=("utter_sextortion_proof", "utter_ask_sextortion_removal"),
    )  # fmt: skip
    gone, come = lines_of(step)
    assert gone == ["    - intent: dont_know"]
    assert {"- story: sextortion, step, unsure", "    - intent: grooming", "  - action: utter_sextortion_proof"} <= set(come)
    assert len(come) == 9, "the step (8 lines) and one empty line"
    whole = AddStep(
        topic="sextortion", name="a no", place="utter_ask_sextortion_safe", hears=("deny",), does=("utter_ask_sextortion_happened",)
    )
    tree = Tree(ROOT)
    carry_out(tree, [whole])
    names = [story["story"] for story in tree.section("data/stories/sextortion.yml", "stories")]
    assert "a no" in names and "sextortion, I am not safe now" not in names


def test_a_step_changes_and_goes() -> None:
    changed = ChangeStep(
        topic="sextortion", name="sextortion, the first step works", hears=("affirm", "grooming"), does=("utter_ask_sextortion_removal",)
    )
    gone, come = lines_of(changed)
    assert "    - intent: grooming" in come and "  - action: utter_sextortion_proof" in gone
    with pytest.raises(Conflict, match="heard"):
        lines_of(
            ChangeStep(topic="sextortion", name="sextortion, the first step works", hears=("deny",), does=("utter_ask_sextortion_removal",))
        )
    gone, come = lines_of(RemoveStep(topic="sextortion", name="sextortion, the first step works"))
    assert "- story: sextortion, the first step works" in gone and len(gone) == 10 and come == []


def test_a_scenario_gets_a_button_and_a_scene() -> None:
    new = [
        AddScene(scenario="gamer", scene="s_nieuw", nl="Je stopt.", fr="Tu arrêtes."),
        AddChoice(
            scenario="gamer", scene="app", title_nl="Stoppen", title_fr="Arrêter", goes_to="s_nieuw", reply_nl="Goed.", reply_fr="Bien."
        ),
    ]
    gone, come = lines_of(*new)
    assert gone == []
    assert '        - title: {nl: "Stoppen", fr: "Arrêter"}' in come and "      end: true" in come
    assert lines_of(ChangeText(file="data/scenarios/gamer.yml", path=TITLE, text="Oké, handig", new="Oké"))[1] == [
        '        - title: {nl: "Oké", fr: "OK, pratique"}'
    ]
    gone, _ = lines_of(RemoveChoice(scenario="gamer", scene="app", title_nl="Oké, handig"))
    assert gone[0].strip().startswith('- title: {nl: "Oké, handig"')


def test_standard_replies_and_facts() -> None:
    assert lines_of(SetCanned(key="nieuw", nl="Dag.", fr="Bonjour.")) == ([], ["- key: nieuw", '  nl: "Dag."', '  fr: "Bonjour."'])
    assert len(lines_of(SetCanned(key="tijd", nl="", fr=""))[0]) == 3
    gone, come = lines_of(SetFact(helpline="childfocus", fact="phone", verified="2026-11-20", source="gebeld"))
    assert len(gone) == len(come) == 1
    assert 'last_verified: 2026-11-20, source: "gebeld"' in come[0] and '"116000"' in come[0]


def test_a_guarded_file_is_replaced_only_when_it_is_still_the_same() -> None:
    text = (ROOT / "data/domain.yml").read_text(encoding="utf-8")
    made = ReplaceFile(file="data/domain.yml", digest=digest_of(text), new=text + "# read again")
    assert lines_of(made) == ([], ["# read again"])
    with pytest.raises(Conflict, match="changed"):
        lines_of(ReplaceFile(file="data/domain.yml", digest=digest_of("else"), new=text))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (AddExample(need="sextortion", language=NL, text="hij chanteert mij"), "there"),
        (AddExample(need="sextortion", language=NL, text=" - "), "empty"),
        (RemoveExample(need="sextortion", language=FR, text="hij chanteert mij"), "gone"),
        (ChangeReply(topic="sextortion", reply="utter_sextortion", text="nooit gezegd", new="x"), "gone"),
        (ChangeReply(topic="sextortion", reply="utter_nothing", text="x", new="y"), "gone"),
        (AddVariation(topic="sextortion", reply="utter_sextortion", nl=SAYS_NL, fr="x"), "there"),
        (AddReply(topic="sextortion", reply="utter_sextortion", nl="a", fr="b", both="a / b"), "there"),
        (AddReply(topic="sextortion", reply="utter_new", nl="a", fr="b", both="only one"), "empty"),
        (AddStep(topic="sextortion", name="x", place="utter_ask_nothing", hears=("deny",), does=("utter_ask_else",)), "gone"),
        (AddStep(topic="sextortion", name="x", place="", hears=("deny",), does=("utter_ask_else",)), "there"),
        (RemoveStep(topic="sextortion", name="no such step"), "gone"),
        (AddChoice(scenario="gamer", scene="app", title_nl="x", title_fr="y", goes_to="nowhere"), "gone"),
        (ChangeText(file="data/scenarios/gamer.yml", path=("scenario", "scenes"), text="x", new="y"), "gone"),
        (ChangeText(file="data/scenarios/none.yml", path=("scenario",), text="x", new="y"), "no_file"),
        (SetCanned(key="tijd", nl="alleen Nederlands", fr=""), "empty"),
        (SetFact(helpline="childfocus", fact="phone", verified="morgen", source="x"), "date"),
        (SetFact(helpline="childfocus", fact="day_and_night", verified="2026-11-20", source="x", value="no"), "by_hand"),
    ],
)
def test_what_does_not_fit_is_named_and_changes_nothing(change: Change, reason: str) -> None:
    tree = Tree(ROOT)
    with pytest.raises(Conflict) as caught:
        carry_out(tree, [change])
    assert caught.value.reason == reason
    assert tree.changed() == {}


def test_what_fits_is_done_and_the_rest_is_named() -> None:
    good = AddExample(id="a", need="sextortion", language=NL, text="iets nieuws dat er niet staat")
    bad = RemoveExample(id="b", need="sextortion", language=NL, text="dat staat er niet")
    tree = Tree(ROOT)
    assert [misfit.change_id for misfit in carry_out_what_fits(tree, [bad, good])] == ["b"]
    assert list(tree.changed()) == ["data/nlu/nl/sextortion.yml"]


def test_json_there_and_back() -> None:
    every: list[Change] = [
        AddExample(id="1", need="sextortion", language=NL, text="é « »"),
        AddReply(id="2", topic="t", reply="utter_x", nl="a", fr="b", both="a / b", buttons=(Button("affirm", "Ja", "Oui"),)),
        AddStep(id="3", topic="t", name="n", place="p", hears=("deny",), does=("utter_x",)),
        ChangeText(id="4", file="data/scenarios/gamer.yml", path=TITLE, text="a", new="b"),
    ]
    assert loaded(dumped(every)) == tuple(every)
    assert all(change.id for change in loaded(dumped([AddExample(need="sextortion", language=NL, text="x")])))


@pytest.mark.parametrize(
    "raw",
    [
        "no json", "{}", "[1]", '[{"kind": "drop_tables"}]', '[{"kind": "add_example"}]',
        '[{"kind": "add_example", "need": "../../etc", "language": "nl", "text": "x"}]',
        '[{"kind": "add_example", "need": "sextortion", "language": "de", "text": "x"}]',
        '[{"kind": "add_example", "need": "sextortion", "language": "nl", "text": 5}]',
        '[{"kind": "add_example", "need": "sextortion", "language": "nl", "text": "x", "more": 1}]',
        '[{"kind": "change_text", "file": "/etc/passwd", "path": ["x"], "text": "x", "new": "y"}]',
        '[{"kind": "change_text", "file": "data/../channels/site.yml", "path": ["x"], "text": "x", "new": "y"}]',
        '[{"kind": "add_step", "topic": "t", "name": "n", "place": "p", "hears": "deny", "does": ["x"]}]',
        json.dumps([{"kind": "add_example", "need": "sextortion", "language": "nl", "text": "a\x00b"}]),
        json.dumps([{"kind": "add_example", "need": "sextortion", "language": "nl", "text": "a" * 3000}]),
    ],
)  # fmt: skip
def test_changes_that_nobody_made_are_refused(raw: str) -> None:
    with pytest.raises(BadChange):
        loaded(raw)


def test_every_kind_says_which_files_it_touches() -> None:
    assert len(KINDS) == 18
    fact = SetFact(helpline="awel", fact="phone", verified="2026-11-20", source="x")
    sentence = change_of({"kind": "add_example", "need": "sextortion", "language": "nl", "text": "x"})
    guard = guard_of()
    assert (guard.is_guarded(files_of([fact])), guard.approvals_for(files_of([fact]))) == (True, 2)
    assert (guard.is_guarded(files_of([sentence])), guard.approvals_for(files_of([sentence]))) == (False, 1)
    for name in ("data/domain.yml", "data/rules/start.yml", "data/safety/terms_nl.yml", "data/studio/guarded.yml"):
        assert guard.is_guarded([name]), name


def test_the_tree_never_leaves_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("secret: 1\n")
    for name in ("secret.yml", "data/../secret.yml", "/etc/hostname"):
        with pytest.raises(Conflict, match="no_file"):
            Tree(tmp_path).text(name)
