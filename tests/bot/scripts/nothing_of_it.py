"""What denials make of words that say there was nothing of a danger, of half noes, and of fear to go home; read from stdin as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from bot.components.denials import denied_by, goes_back_to, says_safe_in_words
from bot.components.nothing_of_it import fear_alone
from bot.components.taken_back import is_half_no
from kernel.language import words_of


def main() -> None:
    """Prints what is found, in the order asked."""
    asked = json.load(sys.stdin)
    denials = []
    for text, told in asked["denials"]:
        denied = denied_by(text, told, {})
        denials.append(None if denied is None else [denied.kind, goes_back_to(denied, told)])
    halves = [is_half_no(text) for text in asked["halves"]]
    fears = [fear_alone(" ".join(words_of(text)), {}) for text in asked["fears"]]
    safe = [says_safe_in_words(text) for text in asked["safe"]]
    print(json.dumps({"denials": denials, "halves": halves, "fears": fears, "safe": safe}))


if __name__ == "__main__":
    main()
