"""Runs in the bot's environment: sentences encoded by a process per core, beside one process. One JSON line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np

from bot.components import sentence_encoder
from bot.components.sentence_encoder import SentenceEncoder


def main() -> None:
    """See the module."""
    encoder = SentenceEncoder({**SentenceEncoder.get_default_config(), "alias": None}, "encoder")
    texts = [f"{'hij gaat ze sturen ' * (number % 7)}zin {number}" for number in range(301)]
    with patch.object(sentence_encoder, "_WORTH_WORKERS", 100), patch("os.sched_getaffinity", return_value={0, 1, 2}):
        by_all = encoder._encode_by_all_cores(texts)
    alone = encoder._encode(texts)
    worst = float(np.abs(by_all - alone).max())
    lengths = np.linalg.norm(by_all, axis=1)
    apart = float(np.abs(alone - alone[::-1]).max())
    print(json.dumps({"worst": worst, "lengths": [float(lengths.min()), float(lengths.max())], "apart": apart}))


if __name__ == "__main__":
    main()
