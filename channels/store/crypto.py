"""Encryption at rest: every conversation has its own random key, wrapped under one that is derived from SECRET_KEY.

Deleting a conversation's row deletes its key, so what a backup or a disk block still holds of it stays unreadable without
that key. AES-256-GCM, a fresh 96-bit nonce per sealed value; the place of a value (conversation, kind, id) is bound to it as
associated data, so that a sealed value cannot be moved elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_PURPOSE = b"chatmasjien conversation keys, version 1"
_CHATS_PURPOSE = b"chatmasjien telegram chats, version 1"

_LINK_PURPOSE = b"chatmasjien between hubs, version 1"


class Unreadable(Exception):
    """A sealed value cannot be opened: another SECRET_KEY, or a value that was changed or moved."""


def hash_token(token: str) -> str:
    """What is kept of a token (192 random bits, so one SHA-256 without salt is enough)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Box:
    """Seals and opens JSON-ready values under one key."""

    def __init__(self, key: bytes, owner: str) -> None:
        self._cipher = AESGCM(key)
        self._owner = owner

    def seal(self, value: Any, place: str) -> bytes:
        """The sealed form of `value` (JSON-ready), bound to `place`."""
        return _encrypt(self._cipher, json.dumps(value, separators=(",", ":")).encode(), f"{self._owner}:{place}")

    def open(self, sealed: bytes, place: str) -> Any:
        """The value that was sealed for `place`; raises Unreadable."""
        return json.loads(_decrypt(self._cipher, sealed, f"{self._owner}:{place}"))


class Keys:
    """Makes and unwraps the keys of conversations."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
        self._cipher = AESGCM(derived)

    def new(self, conversation_id: str) -> tuple[bytes, Box]:
        """A fresh key: its wrapped form for the store, and its box."""
        key = AESGCM.generate_key(bit_length=256)
        return _encrypt(self._cipher, key, conversation_id), Box(key, conversation_id)

    def unwrap(self, wrapped: bytes, conversation_id: str) -> Box:
        """The box of a stored key; raises Unreadable."""
        return Box(_decrypt(self._cipher, wrapped, conversation_id), conversation_id)


def link_box(secret_key: str) -> Box:
    """Seals what hubs tell each other, under a key of its own."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_LINK_PURPOSE).derive(secret_key.encode())
    return Box(derived, "hubs")


class ChatNumbers:
    """Telegram's numbers of chats: a pseudonym for each (without SECRET_KEY nobody can try numbers through), and a sealed form."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=64, salt=None, info=_CHATS_PURPOSE).derive(secret_key.encode())
        self._hashing, self._cipher = derived[:32], AESGCM(derived[32:])

    def pseudonym(self, number: int, kind: str = "chat", salt: bytes = b"") -> str:
        """64 hex digits, the same for the same number, kind and salt."""
        return hmac.new(self._hashing, f"{kind}:{number}:".encode() + salt, hashlib.sha256).hexdigest()

    def seal(self, number: int) -> bytes:
        """The number, bound to its pseudonym."""
        return _encrypt(self._cipher, str(number).encode(), self.pseudonym(number))

    def open(self, sealed: bytes, pseudonym: str) -> int:
        """The number; raises Unreadable."""
        return int(_decrypt(self._cipher, sealed, pseudonym))


def _encrypt(cipher: AESGCM, plain: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, bound_to.encode())


def _decrypt(cipher: AESGCM, sealed: bytes, bound_to: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
