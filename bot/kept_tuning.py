"""The tuned encoder of an earlier training, kept on disk: where it read nearly all examples already, it is not tuned again.

Tuning is most of a training, and a volunteer's proposal changes a few sentences. The regression and the perceptron learn them all the same.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, Dict, Sequence
from zipfile import BadZipFile

import numpy as np

SETTING = "TUNED_ENCODER"
"""The environment variable that names the file; unset: nothing is kept (scripts/train.sh sets it)."""
_NEARLY_ALL = 0.99
"""So many of the examples must have been read, and so many of those that were read must still be there."""
_KEYS, _LABELS, _MAKER = "_keys", "_labels", "_maker"
Arrays = Dict[str, np.ndarray]


class KeptTuning:
    """What is kept in `path`; `maker` says how it was learned (code, settings): what was learned otherwise counts for nothing."""

    def __init__(self, path: Path, maker: str) -> None:
        self._path, self._maker = path, maker

    def read(self, texts: Sequence[str], labels: Sequence[str]) -> Arrays | None:
        """What was kept, if it fits these examples; None where there is no such file, it cannot be read, or too much has changed since."""
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                arrays = dict(stored)
            before, names, maker = arrays.pop(_KEYS), arrays.pop(_LABELS), arrays.pop(_MAKER)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        now = _keys_of(texts, labels)
        shares = (float(np.isin(now, before).mean()), float(np.isin(before, now).mean()))
        return arrays if str(maker) == self._maker and names.tolist() == sorted(set(labels)) and min(shares) >= _NEARLY_ALL else None

    def write(self, arrays: Arrays, texts: Sequence[str], labels: Sequence[str]) -> None:
        """In one move: a training that is killed leaves the file as it was."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                told: Dict[str, Any] = {
                    _KEYS: _keys_of(texts, labels),
                    _LABELS: np.array(sorted(set(labels))),
                    _MAKER: np.array(self._maker),
                }
                np.savez(file, **arrays | told)
            os.replace(name, self._path)
        except OSError:  # no room on the disk: the next training tunes again
            Path(name).unlink(missing_ok=True)


def _keys_of(texts: Sequence[str], labels: Sequence[str]) -> np.ndarray:
    """A number for each example and what it is taken for, uint64."""
    told = (f"{label}\n{text}".encode() for text, label in zip(texts, labels, strict=True))
    return np.array([int.from_bytes(hashlib.blake2b(one, digest_size=8).digest(), "little") for one in told], dtype=np.uint64)
