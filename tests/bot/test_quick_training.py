"""What makes training quick must change nothing: the fit finds what scikit-learn's finds, and fingerprints tell examples apart."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"


def told_by(script: str) -> dict[str, Any]:
    """The JSON that a script in the bot's environment prints."""
    if not _PYTHON.exists():
        pytest.fail("no environment for the bot: scripts/setup.sh bot makes it", pytrace=False)
    run = subprocess.run(
        [str(_PYTHON), str(Path(__file__).parent / "scripts" / script)], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def test_it_finds_what_scikit_learn_finds_and_the_bottom_of_a_bent_valley() -> None:
    found = told_by("softmax_beside.py")
    for strength in ("weak", "strong"):
        assert found[strength]["difference"] < 0.005, "a probability differs"
        assert found[strength]["theirs"] > 0.5, "nothing was learned: nothing was compared"
    assert found["valley"] == pytest.approx([1.0, 1.0], abs=1e-3)


def test_the_perceptron_hears_what_words_mean_together_and_is_stored_as_it_is() -> None:
    found = told_by("perceptron_alone.py")
    assert found["slope"] < 1e-4, "its gradients are not the slope of its loss"
    assert found["right"] > 0.95, "one word and not the other: it was not learned"
    assert found["seldom"] > 0.95, "what is read less often is not learned"
    shares = found["shares"]
    assert shares["all"] == pytest.approx(0.4, abs=0.01), "more or less is read than was asked"
    assert shares["hard"] == 1.0 and shares["easy"] < shares["middle"] < 0.6, "easy examples are read as often as hard ones"
    assert found["linear"] < 0.7, "a regression learns it too: nothing was shown"
    assert found["same"], "the same examples give another model each time"
    assert found["among"] > 0.5 > 0.15 > found["alone"], "trouble told among small talk is heard no better where that was read beside it"
    assert found["lengths"] < 1e-5, "a sentence weighs more where small talk is read beside it"
    with_it, without = found["stored"]["with"], found["stored"]["without"]
    assert with_it["right"] > 0.9 > 0.75 > without["right"]
    for each in (with_it, without):
        assert each["differ"] < 0.01, "another model is read than was written"
        assert each["sums"] < 1e-6


def test_sentences_encoded_by_all_cores_stay_where_they_were() -> None:
    found = told_by("encoder_beside.py")
    assert found["worst"] < 1e-5, "a vector differs, or stands in another's place"
    assert found["apart"] > 0.1, "all vectors are alike: a wrong place would not be seen"
    assert found["lengths"] == [pytest.approx(1.0, abs=1e-3)] * 2


def test_only_what_the_last_training_did_not_encode_is_encoded() -> None:
    found = told_by("kept_vectors.py")
    first, then, other_version, after_a_broken_file = found["asked"]
    assert (first, then) == (["hij dreigt", "zij ook", "hij dreigt"], ["nieuw"])
    assert other_version == after_a_broken_file == ["zij ook", "nieuw", "hij dreigt"], "another encoder's vectors, or none at all"
    assert found["same"] == [True, True]
    assert found["left"] == ["vectors.npz"]


def test_fingerprints_change_with_everything_that_an_example_holds() -> None:
    found, again = told_by("fingerprints_of.py"), told_by("fingerprints_of.py")
    assert found == again, "another process finds others: what was cached is never found again"
    one, other = found["same"]
    assert one == other
    assert len({one, found["after_a_change"], *found["others"]}) == 8
    in_order, turned = found["sets"]
    assert in_order == turned, "the order of examples says nothing, as for Rasa"


def test_a_quick_copy_of_an_example_is_a_copy() -> None:
    found = told_by("copies_of.py")
    assert found["ours"] == found["theirs"]
    assert found["ours"] == {"alike": True, "untouched": True, "changed": True, "merged": ["hij dreigt", "x"], "apart": True}
