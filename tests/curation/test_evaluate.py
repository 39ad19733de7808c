"""The evaluation: a whole run with a stand-in for `python -m channels ask`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from scored import FR, NL, SECRET, made_answer, made_row
from small_project import NEED, ROOT, SmallProject

from curation import asking, evaluate, evaluation_report, measuring_sets, references, scoring
from curation.content import Content
from curation.measuring_sets import CHAT, DANGER, EVERYDAY, HARMLESS, HELP, LETTERS, MOMENT, TWINS, Row, Sets
from curation.references import CONSTANT, PRODUCT, SAMPLED, STOCK, Keywords, NotTrained, Sample
from curation.scoring import Answer, Rate, RightLines
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.directory import Directory
from safety.routes import Routes

SILENT = Answer(None, 0.0, Urgency.NONE, "nl", ("childfocus",))
STANDIN = """
import json, os, sys
command, source, target = sys.argv[1:]
assert command == "ask" and os.environ["BOT_URLS"] == "" and int(os.environ["BOT_PORT"]) > 1023
rows = [json.loads(line) for line in open(source, encoding="utf-8")]
if any("crash" in row["text"] for row in rows):
    sys.exit("stand-in: no model")
if any("forget" in row["text"] for row in rows):
    rows = rows[1:]
with open(target, "w", encoding="utf-8") as out:
    for row in reversed(rows):
        need = row["text"].split()[-1] if row["text"].startswith("test") else "off_topic"
        out.write(json.dumps({"id": row["id"], "need": need, "confidence": 0.9, "urgency": "none", "lang": row["lang"], "lines": []}) + chr(10))
"""


@pytest.fixture
def whole(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """The small project with a stand-in product, danger sets, and real texts beside it."""
    project.write("channels/__main__.py", STANDIN)
    for language in ("nl", "fr"):
        project.write(
            f"tests/safety/danger_{language}.jsonl", json.dumps({"text": SECRET, "need": "suicidal", "level": "emergency"}) + "\n"
        )
        project.write(f"tests/safety/everyday_{language}.jsonl", json.dumps({"text": SECRET}) + "\n")
        letter = {"id": "l1", "text": SECRET, "need": "off_topic", "also_ok": [], "urgency": "high", "about": "self"}
        project.write(f"tests/letters/help_{language}.jsonl", json.dumps(letter) + "\n")
        project.write(f"tests/letters/chat_{language}.jsonl", json.dumps({"id": "c1", "text": SECRET}) + "\n")
    monkeypatch.setattr(evaluate, "ROOT", project.root)
    return project


def _real_texts(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring_sets, "REALTEXTS", Path("beside"))
    row = {"id": "h1", "lang": "nl", "text": SECRET, "need": "grooming", "also_ok": ["sexual_abuse"], "urgency": "high"}
    project.write("beside/help_messages.jsonl", json.dumps(row) + "\n")
    project.write("beside/everyday_messages.jsonl", json.dumps({"id": "e1", "lang": "fr", "text": SECRET, "urgency": "none"}) + "\n")


def test_a_whole_run_writes_numbers_and_never_a_message(
    whole: SmallProject, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _real_texts(whole, monkeypatch)
    out = whole.root / "reports"
    assert evaluate.ask([made_row("grooming")], whole.root)[0].need == "off_topic"
    assert evaluate.main(["--no-references", "--out", str(out)]) == 0
    written = sorted(path.name for path in out.iterdir())
    assert written == ["confusion_fr.svg", "confusion_nl.svg", "evaluation.json", "evaluation.md"]
    everything = "".join(path.read_text(encoding="utf-8") for path in out.iterdir()) + "".join(capfd.readouterr())
    assert SECRET not in everything
    figures = json.loads((out / "evaluation.json").read_text(encoding="utf-8"))
    assert figures["summary"]["twins: macro F1"] == {"nl": 1.0, "fr": 1.0}
    assert figures["summary"]["help messages: need right"]["nl"] == {"hits": 0, "count": 1, "share": 0.0}
    assert figures["summary"]["danger: emergency, seen"]["fr"]["share"] == 0
    assert {"place": "h1", "right": "grooming", "said": "off_topic"} in figures["wrong"]["need"]
    assert figures["summary"]["letters: need right"]["fr"]["share"] == 1
    assert figures["summary"]["letters: high, seen"]["nl"]["share"] == 0
    assert figures["summary"]["chat: false alarms"]["nl"] == {"hits": 0, "count": 1, "share": 0.0}
    assert figures["rows"] == 2 * 25 * len(NEEDS) + 10
    assert {
        "safety/blind_nl.jsonl",
        "safety/told_fr.jsonl",
        "safety/told_everyday_nl.jsonl",
        "safety/moment_fr.jsonl",
        "safety/moment_everyday_nl.jsonl",
        "safety/ordinary_fr.jsonl",
    } <= set(figures["absent"])
    page = (out / "evaluation.md").read_text(encoding="utf-8")
    assert "| twins: macro F1 | 100.0 % | 100.0 % |" in page
    assert "Not there, so not measured: `safety/blind_nl.jsonl`" in page


def _stand_in_trainer(folder: Path, said: str | None = "sextortion") -> None:
    """What scripts/train_references.py leaves in `folder`: every text taken for `said`."""
    texts = json.loads((folder / "job.json").read_text(encoding="utf-8"))["texts"]
    one = {"need": said, "confidence": 0.9, "urgency": None}
    parts = {name: [one] * len(texts) for name in ("nearest", "stock", "product_sampled")}
    said_file = {**parts, "examples": 9, "sampled": 3, "seconds": {"stock": 1.5}}
    (folder / "said.json").write_text(json.dumps(said_file), encoding="utf-8")


def test_references_stand_beside_the_product_and_show_no_message(
    whole: SmallProject, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _real_texts(whole, monkeypatch)
    real_run = references.subprocess.run

    def run(command: list[str], **rest: Any) -> Any:
        if "train_references.py" not in command[1]:
            return real_run(command, **rest)
        _stand_in_trainer(Path(command[2]))
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(references.subprocess, "run", run)
    out = whole.root / "reports"
    assert evaluate.main(["--out", str(out), "--stock-examples", "3", "--stock-epochs", "2"]) == 0
    found = json.loads((out / "evaluation.json").read_text(encoding="utf-8"))
    assert found["made"] == {
        "sample": {"per_need": 3, "epochs": 2, "seed": 7},
        "examples": 9,
        "sampled": 3,
        "seconds": {"stock": 1.5},
    }
    by_figure = found["references"]
    assert by_figure["twins: macro F1"][PRODUCT] == {"nl": 1.0, "fr": 1.0}
    assert by_figure["twins: macro F1"][STOCK]["nl"] < 0.1
    assert by_figure["everyday: false alarms"][SAMPLED]["fr"]["share"] == 1.0  # everything is a threat to this stand-in
    assert by_figure["everyday: false alarms"][CONSTANT]["fr"]["share"] == 0.0
    page = "".join(path.read_text(encoding="utf-8") for path in out.iterdir()) + "".join(capfd.readouterr())
    assert SECRET not in page
    assert "references.svg" in page
    assert "3 per need and language" in " ".join(page.split())


def test_a_reference_that_cannot_be_trained_is_no_figure(
    whole: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_given: object) -> None:
        raise NotTrained("no stock")

    monkeypatch.setattr(references, "answers", fail)
    assert evaluate.main(["--out", str(whole.root / "reports")]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "no stock"
    assert not (whole.root / "reports").exists()


def test_the_trainer_of_references_ends_with_an_error_that_is_heard(tmp_path: Path) -> None:
    (tmp_path / "bot" / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "bot" / ".venv" / "bin" / "python").symlink_to("/bin/false")
    with pytest.raises(NotTrained, match="ended with 1"):
        references.trained([made_row("grooming")], tmp_path, tmp_path, Sample())


def test_keywords_are_learned_from_the_examples_and_no_keyword_is_small_talk() -> None:
    examples = [("grooming", f"een oudere man {n}") for n in range(4)] + [("affirm", f"ja graag {n}") for n in range(4)]
    keywords = Keywords(examples)
    assert keywords.need_of("die MAN weer") == "grooming"
    assert keywords.need_of("ja") == "affirm"
    assert keywords.need_of("iets heel anders") == "off_topic"


def test_a_need_becomes_lines_by_the_same_routes_as_in_the_product() -> None:
    safety = ROOT / "data" / "safety"
    answering = references.Answering(Routes.load(safety / "routes.yml", Directory.load(safety / "helplines.yml")))
    assert answering.of(made_row(""), "suicidal").lines[0] == "zelfmoordlijn_1813"
    assert answering.of(made_row("", language=FR), "suicidal").lines[0] == "prevention_suicide"
    assert answering.of(made_row(""), "suicidal").urgency is Urgency.EMERGENCY
    assert answering.of(made_row(""), "off_topic").lines == answering.of(made_row(""), "nlu_fallback").lines == ()


def test_real_texts_that_are_absent_are_named(whole: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring_sets, "REALTEXTS", Path("nowhere"))
    sets = measuring_sets.load(whole.root, Content.load(whole.root))
    assert {"nowhere/help_messages.jsonl", "nowhere/everyday_messages.jsonl"} <= set(sets.absent)
    assert {row.kind for row in sets.rows} == {TWINS, LETTERS, CHAT, DANGER, HARMLESS}
    assert HELP not in {row.kind for row in sets.rows}


def test_twins_that_were_learnt_word_for_word_are_marked(whole: SmallProject) -> None:
    whole.plant(f"data/nlu/nl/{NEED}.yml", f"oefenzinnl3 {NEED}", f"Testzinnl3, {NEED}!")
    sets = measuring_sets.load(whole.root, Content.load(whole.root))
    assert [row.text for row in sets.rows if row.seen] == [f"testzinnl3 {NEED}"]


def test_danger_rows_that_were_learnt_do_not_count(whole: SmallProject, right: RightLines) -> None:
    rows = (
        made_row("suicidal", DANGER, urgency="high"),
        made_row("suicidal", DANGER, urgency="high", seen=True),
        made_row("", HARMLESS, seen=True),
    )
    detector = evaluate.CrisisDetector.load(whole.root / "data" / "safety")
    summary = evaluate.figures_of(Sets(rows, ()), [made_answer("off_topic")] * 3, right, detector)["summary"]
    assert summary["danger: high, seen"][NL] == Rate(0, 1)
    assert summary["harmless (hard): false alarms"][NL] == Rate(0, 0)
    assert summary["danger: also stand in data/"][NL] == Rate(1, 2)
    assert summary["all sets: answered by the hub alone"][NL] == Rate(0, 3)
    summary = evaluate.figures_of(Sets(rows, ()), [SILENT, *[made_answer(None)] * 2], right, detector)["summary"]
    assert summary["all sets: answered by the hub alone"][NL] == Rate(1, 3)


def test_what_readers_would_have_asked_after_is_told_apart(whole: SmallProject, right: RightLines) -> None:
    whole.write("tests/safety/everyday_nl.jsonl", '{"text": "ik ben weg", "disputed": true}\n{"text": "mooi weer"}\n')
    loaded = measuring_sets.load(whole.root, Content.load(whole.root))
    rows = tuple(row for row in loaded.rows if row.kind == HARMLESS and row.language is NL)
    assert [row.disputed for row in rows] == [True, False]
    detector = evaluate.CrisisDetector.load(whole.root / "data" / "safety")
    answers = [made_answer("runaway_now", urgency="emergency"), made_answer(None)]
    summary = evaluate.figures_of(Sets(rows, ()), answers, right, detector)["summary"]
    assert summary["harmless (hard): false alarms"][NL] == Rate(1, 2)
    assert summary["harmless (hard), where readers agree: false alarms"][NL] == Rate(0, 1)


def test_false_alarms_are_told_by_level_too(whole: SmallProject, right: RightLines) -> None:
    answers = [
        made_answer("suicidal", urgency="emergency"),
        made_answer("grooming", urgency="high"),
        made_answer("other_wellbeing", "awel"),
        made_answer(None),
    ]
    detector = evaluate.CrisisDetector.load(whole.root / "data" / "safety")
    summary = evaluate.figures_of(Sets((made_row("", HARMLESS),) * 4, ()), answers, right, detector)["summary"]
    assert summary["harmless (hard): false alarms"][NL] == Rate(3, 4)
    assert summary["harmless (hard): false alarms, emergency"][NL] == Rate(1, 4)
    assert summary["harmless (hard): false alarms, high"][NL] == Rate(2, 4)


def test_whether_what_is_now_is_taken_for_it_is_told(whole: SmallProject, right: RightLines) -> None:
    rows = (*(made_row("unsafe_home", MOMENT, urgency="emergency"),) * 2, *(made_row("grooming", MOMENT, urgency="high"),) * 2)
    answers = [
        made_answer("unsafe_home", "emergency_112", "childfocus", urgency="emergency"),
        made_answer("unsafe_home", "childfocus", "emergency_112", urgency="high"),
        made_answer("grooming", urgency="emergency"),
        made_answer("grooming", urgency="high"),
    ]
    detector = evaluate.CrisisDetector.load(whole.root / "data" / "safety")
    summary = evaluate.figures_of(Sets(rows, ()), answers, right, detector)["summary"]
    assert summary["now or not now: emergency, level"][NL] == Rate(1, 2)
    assert summary["now or not now: emergency, 112 or 101 first"][NL] == Rate(1, 2)
    assert summary["now or not now: high, brought to emergency"][NL] == Rate(1, 2)


@pytest.mark.parametrize(("text", "said"), [("crash", "stand-in: no model"), ("forget", "1 messages asked, 0 answered")])
def test_a_product_that_cannot_be_asked_says_so(whole: SmallProject, text: str, said: str) -> None:
    with pytest.raises(evaluate.AskError, match=said):
        evaluate.ask([made_row("grooming", text=text)], whole.root)


def test_rows_that_the_bot_was_late_for_are_asked_again(whole: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def late(rows: list[Row], *_more: object) -> list[Answer]:
        asked.append(len(rows))
        silent = {"always"} | ({"once"} if len(asked) == 1 else set())
        return [SILENT if row.text in silent else made_answer(None if row.text == "unclear" else "grooming") for row in rows]

    monkeypatch.setattr(asking, "ask", late)
    answers, silent = evaluate.ask_patiently([made_row("grooming", text=text) for text in ("unclear", "once", "always")], whole.root)
    assert [answer.need for answer in answers] == [None, "grooming", None]
    assert silent == {1, 2}
    assert asked == [3, 2, 1]


def test_a_model_that_changes_meanwhile_writes_nothing(
    whole: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole.write("models/current.tar.gz", "old")

    def ask(rows: list[Row], root: Path, *_more: object) -> list[Answer]:
        (root / "models" / "current.tar.gz").write_text("new")
        return [made_answer("off_topic")] * len(rows)

    monkeypatch.setattr(asking, "ask", ask)
    assert evaluate.main(["--out", str(whole.root / "reports")]) == 2
    assert "changed while it was asked" in capsys.readouterr().err
    assert not (whole.root / "reports").exists()


def test_a_failed_run_ends_with_2_and_one_line(
    whole: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_given: object) -> list[Answer]:
        raise evaluate.AskError("no model")

    monkeypatch.setattr(asking, "ask", fail)
    assert evaluate.main(["--out", str(whole.root / "reports")]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "no model"
    assert not (whole.root / "reports").exists()


def test_a_row_that_is_no_message_is_named(whole: SmallProject) -> None:
    whole.write("tests/safety/danger_nl.jsonl", '{"text": "a", "need": "suicidal", "level": "high"}\n{"tekst": "b"}\n')
    with pytest.raises(ValueError, match=r"danger_nl\.jsonl:2"):
        measuring_sets.load(whole.root, Content.load(whole.root))


def test_a_sample_is_small_and_always_the_same() -> None:
    rows = tuple(Row(str(n), EVERYDAY, str(n), NL, "x", (), Urgency.NONE) for n in range(50))
    first, second = (evaluate.sample(Sets(rows, ()), 5) for _ in range(2))
    assert len(first.rows) == 5
    assert first == second


def test_the_same_figures_give_the_same_picture(tmp_path: Path) -> None:
    found = scoring.understanding([(made_row("suicidal"), made_answer("self_harm")), (made_row("self_harm"), made_answer("self_harm"))])
    assert found is not None
    for name in ("a.svg", "b.svg"):
        evaluation_report.picture(found, "title", tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "self_harm" in (tmp_path / "a.svg").read_text(encoding="utf-8")
