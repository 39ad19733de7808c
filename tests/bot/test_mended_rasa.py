"""The quicker ways through Rasa (bot/quicker) must give what Rasa's own ways give: the same model, the same talks, both ways."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from product_world import ROOT, get, missing, wait_until

from tests.ports import free_ports

pytestmark = pytest.mark.product  # no bot process, but the model
TALKS: list[dict[str, Any]] = [
    {
        "language": "nl",
        "says": ["hallo", "iemand dreigt mijn foto's door te sturen", "ja", "weet ik niet", "wie leest dit", "ok", "bedankt"],
    },
    {
        "language": "fr",
        "says": ["salut", "je veux partir de chez moi", "oui", "non", "je sais pas", "quelqu'un me frappe à la maison", "merci"],
    },
    {"language": "nl", "says": ["blorp flarp", "zwiebel taart kist", "xyz abc def", "/human", "ik wil met een mens praten", "nee"]},
    {
        "language": "nl",
        "says": ["/grooming", "/affirm", "/deny", "ik ben 12", "mijn beste vriendin heeft dat ook", "en français s'il te plaît", "oui"],
    },
    {"language": "nl", "says": ["ik wil een verhaal spelen", "/scenario:menu", "/affirm", "ja", "stop met het verhaal", "jij bent stom"]},
    {"language": "fr", "says": ["j'ai envie de mourir", "oui", "non", "/deny", "c'était une blague", "efface tout"]},
    {"language": "nl", "says": ["what is this, can you help me please", "ja", "😀", "ja hoor", "nee", "weet niet", "huh"]},
]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script in the bot's environment found."""
    wanting = missing()
    if wanting:
        pytest.fail(wanting, pytrace=False)
    [port] = free_ports(1)
    found = tmp_path_factory.mktemp("mended") / "found.json"
    server = subprocess.Popen([sys.executable, str(ROOT / "tests/actions/serve.py"), str(port)])
    try:
        wait_until(lambda: get(f"http://127.0.0.1:{port}/health")[0] == 200, 20, "the custom actions answer")
        command = [str(ROOT / "bot/.venv/bin/python"), str(Path(__file__).parent / "scripts/mended_rasa.py")]
        command += [str(ROOT / "models/current.tar.gz"), json.dumps(TALKS), f"http://127.0.0.1:{port}/webhook", str(found)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=240)
    finally:
        server.kill()
        server.wait(10)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return answer


def test_a_domain_is_read_as_rasa_reads_it(said: dict[str, Any]) -> None:
    assert {"12:30", "0800 32 123", "116000", "~"} <= set(said["texts"]), "Rasa itself read something else"
    assert said["domain"] is True


def test_a_domain_written_as_json_is_read_as_it_was_by_both(said: dict[str, Any]) -> None:
    assert said["written"] == [True, True, True]


def test_answers_of_actions_are_checked_as_before(said: dict[str, Any]) -> None:
    assert said["after"] == said["before"] == ["ok", "ok", "refused", "refused", "refused", "refused"]


def test_talks_go_as_rasa_would_lead_them(said: dict[str, Any]) -> None:
    assert [len(answers) for answers in said["own"]] == [len(talk["says"]) for talk in TALKS]
    assert sum(len(answer["messages"]) for answers in said["own"] for answer in answers) > 45, (
        "hardly anything was said: nothing was compared"
    )
    for talk, own, quick in zip(TALKS, said["own"], said["quick"], strict=True):
        for words, by_rasa, by_us in zip(talk["says"], own, quick, strict=True):
            assert _without_confidences(by_us) == _without_confidences(by_rasa), words
            assert _confidences(by_us) == pytest.approx(_confidences(by_rasa), abs=1e-4), words


def _without_confidences(found: Any) -> Any:
    """`found` without its confidences: understood in company and alone they may differ in the last of five digits."""
    if isinstance(found, dict):
        return {key: _without_confidences(value) for key, value in found.items() if key != "confidence"}
    return [_without_confidences(value) for value in found] if isinstance(found, list) else found


def _confidences(found: Any) -> list[float]:
    """Every confidence in `found`, in order."""
    if isinstance(found, list):
        return [one for value in found for one in _confidences(value)]
    if not isinstance(found, dict):
        return []
    return [one for key, value in found.items() for one in ([value] if key == "confidence" else _confidences(value))]


def test_messages_that_wait_at_the_same_moment_were_understood_together(said: dict[str, Any]) -> None:
    """The talks of the test above went on at once: what they compare was understood in company."""
    assert max(said["sizes"]) >= 4


def test_a_message_that_cannot_be_understood_fails_alone(said: dict[str, Any]) -> None:
    gathered = said["gathered"]
    assert gathered["answers"] == ["one", "ValueError", "CancelledError", *map(str, range(20))]
    assert max(gathered["runs"]) <= 16
    assert len(gathered["runs"]) > 10, "the others of its run were not asked again, each alone"


def test_only_copies_for_the_log_are_left_out(said: dict[str, Any]) -> None:
    """bot/quicker/logged_copies.py takes `copy` away from three modules: each use there must be a copy for a debug line."""
    assert (
        said["copies"]
        == said["logged"]
        == {
            "rasa.core.processor": 6,
            "rasa.core.policies.memoization": 3,
            "rasa.core.policies.rule_policy": 1,
        }
    )


def test_the_bot_runs_without_tensorflow(said: dict[str, Any]) -> None:
    assert said["has_tensorflow"] is False
