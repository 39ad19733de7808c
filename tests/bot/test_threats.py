"""Threats of the writer's own, figures of speech, how they are let go, and danger that comes back later (bot/components/threats.py)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"
THREATS = {
    "jai un canif ds mon cartable": "plan",
    "vrijdag neem ik een boksbeugel mee": "plan",
    "kga em neersteken": "plan",
    "jvais le buter ce type": "anger",
    "kga hem in elkaar slaan": "anger",
    "mon père va me tuer il a vu ma moyenne": "light",
    "haha mijn zus gaat mij kelen": "light",
    "mon père va me tuer s'il apprend que je suis gay": None,
    "mijn pa gaat mij vermoorden": None,
    "mijn pa vermoordt mij als hij mijn punten ziet, ben bang": None,
    "hij gaat haar vermoorden": None,
    "ze gaan hem doodslaan": None,
    "hij zei ik ga haar vermoorden": None,
    "jvais me tuer": None,
    "ik ga mij vermoorden": None,
    "kga die mug doodslaan": None,
    "jramène un couteau pour le cours de cuisine": None,
}
EXPLAINS = {
    "nee gewoon preken": True,
    "c juste une expression": True,
    "tis een spelletje": True,
    "mais non ils sont trop gentils": True,
    "jrigole, jsuis juste vnr": True,
    "nn jrigole pas": False,
    "geen grapje": False,
    "nee gewoon zagen maar ik ben bang": False,
    "hij is lief maar hij slaat mama": False,
    "nee hij slaat mij niet maar hij heeft een mes": False,
    "nee": False,
    "nee ik kan niet weg": False,
}
COMES_BACK = {
    "ma vanavond komt em terug": True,
    "zondag is et feest bij oma": True,
    "il rentre ce soir": True,
    "il est là ce weekend": True,
    "hij komt eraan": False,
    "il revient maintenant": False,
    "hij komt vanavond met een mes": False,
}


def test_threats_are_told_from_figures_of_speech_and_from_what_others_do() -> None:
    asked = {"threats": list(THREATS), "explains": list(EXPLAINS), "comes_back": list(COMES_BACK)}
    script = Path(__file__).parent / "scripts/threats.py"
    run = subprocess.run([str(_PYTHON), str(script)], input=json.dumps(asked), capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    said = json.loads(run.stdout.splitlines()[-1])
    assert dict(zip(THREATS, said["threats"], strict=True)) == THREATS
    assert dict(zip(EXPLAINS, said["explains"], strict=True)) == EXPLAINS
    assert dict(zip(COMES_BACK, said["comes_back"], strict=True)) == COMES_BACK
