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
    "jvais le tuer": "anger",
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
    "jai pris un couteau ds mon sac pr le camp scout": None,
    "jveux me planter un couteau": None,
    "jai un couteau pcq je veux me couper": None,
    "ils veulent me planter": None,
    "il va le planter": None,
    "hij heeft gezegd ik ga haar vermoorden": None,
    "jai caché un cutter pr demain, ils vont voir": "plan",
    "jvais lplanter le kevin": "plan",
    "jai un couteau pcq ils me frappent a lecole": "plan",
    "ik heb een mes omdat ze mij slaan": "plan",
    "hij heeft mijn zus gepest, ik wil hem in elkaar slaan": "anger",
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
    "nee ze zijn wel lief hoor behalve als hij drinkt": False,
    "hij is lief hoor alleen als hij gedronken heeft niet": False,
    "il est gentil sauf quand il a bu": False,
    "elle est cool a part quand elle boit": False,
    "nee ze zijn lief hoor": True,
    "nee hij slaat mij niet maar hij heeft een mes": False,
    "nee": False,
    "nee ik kan niet weg": False,
    "cest pr couper le gateau danniv": True,
    "tis voor op kamp met de scouts": True,
    "kheb een mes bij voor het kamp": False,
    "jai pris un couteau pr le camp": False,
    "ok jle fais pas": False,
}
COMES_BACK = {
    "ma vanavond komt em terug": True,
    "zondag is et feest bij oma": True,
    "il rentre ce soir": True,
    "il est là ce weekend": True,
    "hij komt eraan": False,
    "il revient à noël": True,
    "hij komt met kerst": True,
    "il dort chez nous samedi": True,
    "vanavond komt em niet naar huis": False,
    "il revient pas ce soir": False,
    "il revient maintenant": False,
    "hij komt vanavond met een mes": False,
}


NOT_NOW = {
    "non mais ce soir je vois mon psy": True,
    "non mais ce soir ma soeur vient dormir chez moi": True,
    "vanavond komt mijn mama thuis, dan is er iemand": True,
    "vanavond ga k naar mijn tante": True,
    "on part le 3 juillet": True,
    "we vertrekken op 3 juli": True,
    "on part demain": False,
    "vanavond spring ik": False,
    "ce soir je saute": False,
    "vanavond ga ik naar de brug, mijn tante weet van niks": False,
    "vanavond komt mijn mama niet thuis, dan doe ik het": False,
    "ce soir ma mère rentre pas": False,
}
COMES_NOW = {
    "ma soeur vient": True,
    "mama komt naar mij": True,
    "ce soir ma soeur vient dormir chez moi": False,
    "vanavond mama komt naar mij": False,
}


def test_threats_are_told_from_figures_of_speech_and_from_what_others_do() -> None:
    asked = {"threats": list(THREATS), "explains": list(EXPLAINS), "comes_back": list(COMES_BACK), "not_now": list(NOT_NOW)}
    asked["comes_now"] = list(COMES_NOW)
    script = Path(__file__).parent / "scripts/threats.py"
    run = subprocess.run([str(_PYTHON), str(script)], input=json.dumps(asked), capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    said = json.loads(run.stdout.splitlines()[-1])
    assert dict(zip(THREATS, said["threats"], strict=True)) == THREATS
    assert dict(zip(EXPLAINS, said["explains"], strict=True)) == EXPLAINS
    assert dict(zip(COMES_BACK, said["comes_back"], strict=True)) == COMES_BACK
    assert dict(zip(NOT_NOW, said["not_now"], strict=True)) == NOT_NOW
    assert dict(zip(COMES_NOW, said["comes_now"], strict=True)) == COMES_NOW
