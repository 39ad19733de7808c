"""Runs in the bot's environment: reads the folder given with Rasa's importer and with ours; what differs, as JSON."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from bot.components.now_classifier import MOMENT
from bot.components.past_classifier import TIME
from bot.components.situation_classifier import TELLS
from bot.importer import ContentImporter


def examples(importer: RasaFileImporter) -> list[tuple[str, str]]:
    """Text and intent of all examples of needs, sorted."""
    return sorted((one.get("text"), one.get("intent")) for one in importer.get_nlu_data().intent_examples)


def marked(importer: ContentImporter, mark: str) -> list[list[str]]:
    """Text, intent and mark of the examples that carry such a mark, sorted."""
    found: list[Message] = [one for one in importer.get_nlu_data().training_examples if one.get(mark)]
    return sorted([one.get("text"), one.get("intent") or "none", one.get(mark)] for one in found)


def main(folder: str) -> None:
    """`folder` is a data/; one single file of examples is read too."""
    ours, theirs = (kind(None, folder, [folder]) for kind in (ContentImporter, RasaFileImporter))
    one = str(next((Path(folder) / "nlu").rglob("*.yml")))
    alone, alone_by_rasa = (kind(None, None, one) for kind in (ContentImporter, RasaFileImporter))
    print(
        json.dumps(
            {
                "domain": ours.get_domain().as_dict() == theirs.get_domain().as_dict(),
                "examples": examples(ours) == examples(theirs),
                "stories": ours.get_stories().fingerprint() == theirs.get_stories().fingerprint(),
                "one file": examples(alone) == examples(alone_by_rasa),
                "marks": marked(ours, MOMENT),
                "situations": marked(ours, TELLS),
                "times": marked(ours, TIME),
                "count": len(examples(ours)),
                "count of one file": len(examples(alone)),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
