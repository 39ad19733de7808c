"""BOT_TOKEN and SECRET_KEY: the caller's when set, else made on the first run and kept under var/, readable by us only."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path

from kernel.settings import Settings

_SHORTEST = 32


class StartError(Exception):
    """Why the hub cannot start, in one line."""


def with_secrets(settings: Settings) -> Settings:
    """The settings with both secrets filled in. Makes var/; raises StartError when that cannot be written."""
    try:
        settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
        _check_writable(settings.var)
        bot_token = settings.bot_token or _kept(settings.var / "bot_token")
        secret_key = settings.secret_key or _kept(settings.var / "secret_key")
    except OSError as error:
        raise StartError(
            f"folder {settings.var}: must be a folder this user can write ({error.strerror or type(error).__name__})"
        ) from error
    return replace(settings, bot_token=bot_token, secret_key=secret_key)


def _check_writable(folder: Path) -> None:
    probe = folder / f".probe-{os.getpid()}"
    probe.touch(mode=0o600)
    probe.unlink()


def _kept(path: Path) -> str:
    """The secret in `path`; made if there is none yet (two starts at once agree on one)."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = path.read_text(encoding="ascii").strip()
        if len(secret) < _SHORTEST:
            raise StartError(
                f"file {path}: holds no secret of at least {_SHORTEST} characters; restore it, or delete it to begin anew"
            ) from None
        return secret
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    return secret
