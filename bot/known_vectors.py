"""Sentence vectors of the last training, kept on disk: a sentence that was encoded before need not be encoded again.

Training data changes by a few sentences at a time, and encoding all of them is a third of a training. What is kept are hashes and numbers.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Callable, Dict, List
from zipfile import BadZipFile

import numpy as np

SETTING = "SENTENCE_VECTORS"
"""The environment variable that names the file; unset: nothing is kept (scripts/train.sh sets it)."""
Encode = Callable[[List[str]], np.ndarray]


class KnownVectors:
    """The vectors in `path`, which `maker` (an encoder and its version) made; those of another maker count for nothing."""

    def __init__(self, path: Path, maker: str, width: int) -> None:
        self._path, self._maker, self._width = path, maker, width

    def encode(self, texts: List[str], encode: Encode) -> np.ndarray:
        """Shape (len(texts), width), float32; `encode` is asked for new texts only. What was asked for is kept, and nothing else."""
        keys = [self._key(text) for text in texts]
        known = self._read()
        vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        new = [index for index, key in enumerate(keys) if key not in known]
        for index, key in enumerate(keys):
            if key in known:
                vectors[index] = known[key]
        if new:
            vectors[new] = encode([texts[index] for index in new])
            self._write(keys, vectors)
        return vectors

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self._maker}\n{text}".encode(), digest_size=16).digest()

    def _read(self) -> Dict[bytes, np.ndarray]:
        """Empty when there is no such file, or one that cannot be read: then everything is encoded anew."""
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}
        if vectors.dtype != np.float32 or vectors.shape != (len(keys), self._width):
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _write(self, keys: List[bytes], vectors: np.ndarray) -> None:
        """In one move: a training that is killed leaves the file as it was."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1), vectors=vectors)
            os.replace(name, self._path)
        except OSError:  # no room on the disk: the next training encodes them again
            Path(name).unlink(missing_ok=True)
