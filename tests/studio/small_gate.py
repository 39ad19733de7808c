"""The small project of the checks with a stand-in product and a stand-in training, so that the gate takes seconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "curation")]

from small_project import SmallProject, build

NEED = "sextortion"
# Answers a twin rightly by its last word, and "danger" with an emergency, unless data/nlu was changed to make it deaf in that language:
# by the word "doof", or by sentences about suicide that stand among those about nothing.
PRODUCT = """
import json, pathlib, sys
command, source, target = sys.argv[1:]
rows = [json.loads(line) for line in open(source, encoding="utf-8")]
root = pathlib.Path(__file__).resolve().parents[1]
with open(root.parent / "asked.txt", "a") as count:
    count.write(f"{len(rows)}\\n")
def is_deaf(code):
    suicidal, off_topic = ((root / f"data/nlu/{code}/{need}.yml").read_text(encoding="utf-8") for need in ("suicidal", "off_topic"))
    return "doof" in suicidal or " suicidal" in off_topic
deaf = {code for code in ("nl", "fr") if is_deaf(code)}
with open(target, "w", encoding="utf-8") as out:
    for number, row in enumerate(rows, 1):
        is_danger = row["text"].startswith("danger")
        need = "suicidal" if is_danger else row["text"].split()[-1] if row["text"].startswith("testzin") else "off_topic"
        level = "none" if not is_danger or row["lang"] in deaf else "emergency"
        out.write(json.dumps({"id": row["id"], "need": need, "confidence": 0.9, "urgency": level, "lang": row["lang"], "lines": []}) + chr(10))
print(f"ask: {len(rows)} of {len(rows)}", file=sys.stderr)
"""
TRAIN = """
import hashlib, pathlib
total = hashlib.sha256()
for path in sorted(pathlib.Path("data/nlu").rglob("*.yml")):
    total.update(path.read_bytes())
pathlib.Path("models").mkdir(exist_ok=True)
pathlib.Path("models/current.tar.gz").write_text(f"a model of {total.hexdigest()}")
pathlib.Path("models/current.for").write_text(total.hexdigest())
with open("../trained.txt", "a") as count:
    count.write("x")
"""


def with_product(root: Path) -> SmallProject:
    """The small project with a product, danger and harmless sets, and a published model."""
    project = build(root)
    project.write("channels/__main__.py", PRODUCT)
    project.write("config.yml", "language: nl\n")
    for language in ("nl", "fr"):
        dangers = [json.dumps({"text": f"danger {n}", "need": "suicidal", "level": "emergency"}) for n in range(4)]
        project.write(f"tests/safety/danger_{language}.jsonl", "\n".join(dangers) + "\n")
        project.write(f"tests/safety/everyday_{language}.jsonl", json.dumps({"text": "mooi weer"}) + "\n")
    project.write("models/current.tar.gz", "the published model")
    return project
