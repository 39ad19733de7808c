"""Passwords (argon2id), the second factor (time-based codes) and recovery codes: pure checks, nothing is stored here."""

from __future__ import annotations

import asyncio
import hmac
import secrets

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
RECOVERY_CODES = 10
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
_STEP_S = 30
_HASHER = PasswordHasher()  # the library's defaults are those of RFC 9106 for 64 MiB
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_AT_ONCE = 2


class Passwords:
    """Hashes and checks in threads, few at a time: each takes 64 MiB and tens of milliseconds."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """The argon2id hash of a password, with its salt and parameters."""
        async with self._turns:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def fits(self, hashed: str | None, password: str) -> bool:
        """True when the password fits; without a hash it takes as long, so that time does not tell which names exist."""
        async with self._turns:
            found = await asyncio.to_thread(_verify, hashed or _NOBODY, password[:LONGEST_PASSWORD])
        return found and hashed is not None


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def password_fault(password: str, name: str) -> str | None:
    """Why a new password is refused, as a name in data/desk (`short`, `long`, `easy`); None when it is good."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > LONGEST_PASSWORD:
        return "long"
    folded = password.casefold()
    words = [word for word in (*name.casefold().split(), "chatmasjien", "116000", "childfocus", "password", "wachtwoord") if len(word) > 2]
    left = folded
    for word in words:
        left = left.replace(word, "")
    return "easy" if len(set(left)) < 6 else None


def step_of(secret: str, code: str, at: float) -> int | None:
    """The time step whose code this is: the running one, the one before or the one after; else None. `at`: seconds since the epoch."""
    totp, now = pyotp.TOTP(secret), int(at) // _STEP_S
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(totp.at(step * _STEP_S).encode(), code.encode("utf-8", "replace")):
            return step
    return None


def plain_code(typed: str) -> str:
    """A code as typed, without spaces and dashes, in capitals."""
    return "".join(typed.split()).replace("-", "").upper()


def new_recovery_codes() -> list[str]:
    """Ten codes of 80 random bits, in groups of four."""
    return ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)]


def qr_svg(secret: str, name: str) -> str:
    """The second factor as a QR code: an inline SVG without style or script. What an authenticator app reads from it is our own text."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Chatmasjien")
    return segno.make(address, error="m").svg_inline(scale=5, border=2, light="#ffffff", dark="#000000", omitsize=False)
