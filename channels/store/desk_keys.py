"""The desk's own keys, derived from SECRET_KEY apart from those of conversations."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from channels.store.crypto import Box


class DeskKeys:
    """`box` seals what staff must be able to get back (second-factor secrets); `mark` signs what a form brings back."""

    def __init__(self, secret_key: str) -> None:
        self.box = Box(_derived(secret_key, b"chatmasjien desk secrets, version 1"), "desk")
        self._signing = _derived(secret_key, b"chatmasjien desk forms, version 1")

    def mark(self, token: str) -> str:
        """The anti-forgery mark that belongs to a session's token."""
        return hmac.new(self._signing, token.encode(), hashlib.sha256).hexdigest()


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
