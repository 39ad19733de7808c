"""The importer of config.yml gives what Rasa's own gives, on a part of the real data and on words that YAML is fond of."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot_scripts import told_by

ROOT = Path(__file__).resolve().parents[2]
SOME = ("sextortion", "affirm", "deny")
TRICKY = (
    'version: "3.1"\nnlu:\n- intent: off_topic\n  examples: |\n    - no\n    - "ja" zei ze\n    - 12:30\n    - é: à # geen commentaar\n'
)
REPLY = 'version: "3.1"\nresponses:\n  utter_tricky:\n  - text: "off"\n    buttons:\n    - title: No\n      payload: yes\n'


def test_it_reads_what_rasas_own_reads(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in ("nlu/nl", "nlu/fr", "responses", "stories", "rules"):
        (data / folder).mkdir(parents=True)
    shutil.copy(ROOT / "data/domain.yml", data)
    for name in SOME:
        for folder in ("nlu/nl", "nlu/fr", "responses"):
            shutil.copy(ROOT / "data" / folder / f"{name}.yml", data / folder)
    shutil.copy(ROOT / "data/stories/sextortion.yml", data / "stories")
    shutil.copy(ROOT / "data/rules/conversation.yml", data / "rules")
    (data / "nlu/nl/off_topic.yml").write_text(TRICKY, encoding="utf-8")
    (data / "responses/tricky.yml").write_text(REPLY, encoding="utf-8")
    (data / "now").mkdir()
    (data / "now/nl.yml").write_text('now_examples:\n  now: |\n    12:30\n    weg\n  unclear: |\n    "ja" zei ze\n', encoding="utf-8")
    (data / "now/harmless_nl.yml").write_text("harmless_examples:\n  nl: |\n    iemand volgt mij, een eend\n", encoding="utf-8")
    (data / "now/situations_nl.yml").write_text(
        "situation_examples:\n  asleep: |\n    hij slaapt\n  none: |\n    ik ben bang\n", encoding="utf-8"
    )
    (data / "now/past_nl.yml").write_text("past_examples:\n  over: |\n    vorig jaar, nu niet meer\n", encoding="utf-8")
    same = told_by("same_content.py", None, str(data))
    assert same.pop("count") > 800
    assert same.pop("count of one file") > 50
    assert same.pop("marks") == [
        ['"ja" zei ze', "off_topic", "unclear"],
        ["12:30", "off_topic", "now"],
        ["iemand volgt mij, een eend", "none", "harmless"],
    ]
    assert same.pop("situations") == [["hij slaapt", "none", "asleep"], ["ik ben bang", "none", "none"]]
    assert same.pop("times") == [["vorig jaar, nu niet meer", "none", "over"]]
    assert same == {"domain": True, "examples": True, "stories": True, "one file": True}
