"""Accounts of staff: made with a one-time link, enrolled once, locked after wrong tries, ended but never deleted (the audit
names them)."""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from channels.store.crypto import hash_token
from channels.store.desk_keys import DeskKeys
from channels.store.engine import Database
from channels.store.staff_tables import ACCOUNTS, RECOVERY_CODES, SESSIONS
from kernel.language import Language
from kernel.role import Role

ENROL_WITHIN_S = 72 * 3600.0
TRIES = 5
LOCKED_S = 15 * 60.0
LONGEST_NAME = 80
_A = ACCOUNTS.c
_NEVER = 0.0


class NameTaken(Exception):
    """There is an account of this name already."""


class LastAdmin(Exception):
    """The only admin left cannot be ended or get another role: nobody could make accounts any more."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. `locked_until` in seconds since the epoch."""

    id: str
    name: str
    role: Role
    language: Language
    speaks: tuple[Language, ...]
    is_enrolled: bool
    is_ended: bool
    locked_until: float


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the door checks against."""

    password_hash: str | None
    totp_secret: str


def account_of(row: Any) -> Account:
    """The account in a row."""
    speaks = tuple(Language(code) for code in row.speaks.split(","))
    return Account(
        row.id,
        row.name,
        Role(row.role),
        Language(row.language),
        speaks,
        row.password_hash is not None,
        row.ended_at is not None,
        row.locked_until,
    )


def name_key(name: str) -> str:
    """What makes two names the same: compatibility forms, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Accounts:
    """What is done with accounts."""

    def __init__(self, database: Database, keys: DeskKeys) -> None:
        self._db = database
        self._keys = keys

    async def create(self, name: str, role: Role, language: Language = Language.NL) -> tuple[str, str]:
        """A new account: its id and the token of its enrolment link (shown once). Raises NameTaken; ValueError for a bad name."""
        name = " ".join(name.split())
        if not name_key(name) or len(name) > LONGEST_NAME or not name.isprintable():
            raise ValueError(f"a name of 1 to {LONGEST_NAME} printable characters")
        account_id, now = secrets.token_hex(16), time.time()
        token, fresh = self._fresh(account_id, now)
        values = {
            "id": account_id, "name": name, "name_key": name_key(name), "role": role.value, "language": language.value,
            "speaks": language.value, "attempts": 0, "locked_until": _NEVER, "created_at": now,
        }  # fmt: skip
        try:
            async with self._db.write() as connection:
                await connection.execute(ACCOUNTS.insert().values(**values, **fresh))
        except IntegrityError as error:
            raise NameTaken from error
        return account_id, token

    async def renew(self, account_id: str) -> str:
        """A new enrolment link for an account: password, second factor, recovery codes and sessions are gone. The link's token."""
        token, fresh = self._fresh(account_id, time.time())
        async with self._db.write() as connection:
            for table in (SESSIONS, RECOVERY_CODES):
                await connection.execute(table.delete().where(table.c.account_id == account_id))
            await connection.execute(ACCOUNTS.update().where(_A.id == account_id).values(attempts=0, locked_until=_NEVER, **fresh))
        return token

    def _fresh(self, account_id: str, now: float) -> tuple[str, dict[str, Any]]:
        token, totp_secret = secrets.token_urlsafe(24), _random_base32(32)
        return token, {
            "password_hash": None, "totp_sealed": self._keys.box.seal(totp_secret, f"totp:{account_id}"), "totp_step": 0,
            "enrol_hash": hash_token(token), "enrol_until": now + ENROL_WITHIN_S,
        }  # fmt: skip

    async def enrolling(self, token: str) -> Account | None:
        """The account this enrolment link is for; None when it was used, is too old, or never was."""
        row = await self._one(_A.enrol_hash == hash_token(token), _A.enrol_until > time.time(), _A.ended_at.is_(None))
        return account_of(row) if row is not None else None

    async def enrol(self, token: str, password_hash: str, totp_step: int, codes: Iterable[str]) -> bool:
        """Use the link: set the password and the recovery codes. False when the link was used meanwhile (one compare-and-set)."""
        hashed = hash_token(token)
        async with self._db.write() as connection:
            found = (
                await connection.execute(
                    ACCOUNTS.update()
                    .where(_A.enrol_hash == hashed, _A.enrol_until > time.time(), _A.ended_at.is_(None))
                    .values(password_hash=password_hash, totp_step=totp_step, enrol_hash=None)
                    .returning(_A.id)
                )
            ).scalar_one_or_none()
            if found is None:
                return False
            await _put_codes(connection, found, codes)
        return True

    async def named(self, name: str) -> Account | None:
        """The account of this name, ended ones apart."""
        row = await self._one(_A.name_key == name_key(name), _A.ended_at.is_(None))
        return account_of(row) if row is not None else None

    async def get(self, account_id: str) -> Account | None:
        """The account with this id, ended or not."""
        row = await self._one(_A.id == account_id)
        return account_of(row) if row is not None else None

    async def all(self) -> list[Account]:
        """Every account, by name; ended ones last."""
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(ACCOUNTS).order_by(_A.ended_at.is_not(None), _A.name_key))).all()
        return [account_of(row) for row in rows]

    async def secrets_of(self, account_id: str) -> Secrets:
        """Password hash and second-factor secret; raises Unreadable under another SECRET_KEY, KeyError when there is none."""
        row = await self._one(_A.id == account_id)
        if row is None:
            raise KeyError(account_id)
        return Secrets(row.password_hash, self._keys.box.open(row.totp_sealed, f"totp:{account_id}"))

    async def begin_try(self, account_id: str) -> bool:
        """Count a try to log in before it is looked at, so that tries at the same moment count too. False when locked."""
        now = time.time()
        async with self._db.write() as connection:
            row = (await connection.execute(sa.select(ACCOUNTS).where(_A.id == account_id).with_for_update())).one()
            if row.locked_until > now:
                return False
            tries = row.attempts + 1
            locks = {"attempts": 0, "locked_until": now + LOCKED_S} if tries >= TRIES else {"attempts": tries}
            await connection.execute(ACCOUNTS.update().where(_A.id == account_id).values(**locks))
        return True

    async def unlock(self, account_id: str) -> None:
        """The try succeeded, or an admin says so."""
        await self._set(account_id, attempts=0, locked_until=_NEVER)

    async def use_step(self, account_id: str, step: int) -> bool:
        """True when no code of this time step or a later one has opened the account yet; then none of it will again."""
        async with self._db.write() as connection:
            done = await connection.execute(ACCOUNTS.update().where(_A.id == account_id, _A.totp_step < step).values(totp_step=step))
        return bool(done.rowcount)

    async def use_code(self, account_id: str, code: str) -> bool:
        """True when `code` was an unused recovery code of the account; it is used now."""
        wanted = RECOVERY_CODES.delete().where(RECOVERY_CODES.c.account_id == account_id, RECOVERY_CODES.c.code_hash == hash_token(code))
        async with self._db.write() as connection:
            return bool((await connection.execute(wanted)).rowcount)

    async def replace_codes(self, account_id: str, codes: Iterable[str]) -> None:
        """New recovery codes; the old ones open nothing any more."""
        async with self._db.write() as connection:
            await _put_codes(connection, account_id, codes)

    async def codes_left(self, account_id: str) -> int:
        """How many recovery codes are unused."""
        query = sa.select(sa.func.count()).select_from(RECOVERY_CODES).where(RECOVERY_CODES.c.account_id == account_id)
        async with self._db.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def set_preferences(self, account_id: str, language: Language, speaks: Iterable[Language]) -> None:
        """The language of the pages, and the languages this person talks in (none given: that of the pages)."""
        await self._set(account_id, language=language.value, speaks=",".join(sorted(set(speaks))) or language.value)

    async def set_role(self, account_id: str, role: Role) -> None:
        """Another role; running sessions end. Raises LastAdmin."""
        await self._change(account_id, {"role": role.value}, leaves_admin=role is not Role.ADMIN)

    async def end(self, account_id: str) -> None:
        """End the account and its sessions. Raises LastAdmin."""
        await self._change(account_id, {"ended_at": time.time(), "enrol_hash": None}, leaves_admin=True)

    async def _change(self, account_id: str, values: dict[str, Any], *, leaves_admin: bool) -> None:
        async with self._db.write() as connection:
            admins = sa.select(_A.id).where(_A.role == Role.ADMIN.value, _A.ended_at.is_(None)).with_for_update()
            if leaves_admin and list((await connection.execute(admins)).scalars()) == [account_id]:
                raise LastAdmin
            await connection.execute(SESSIONS.delete().where(SESSIONS.c.account_id == account_id))
            await connection.execute(ACCOUNTS.update().where(_A.id == account_id).values(**values))

    async def _set(self, account_id: str, **values: Any) -> None:
        async with self._db.write() as connection:
            await connection.execute(ACCOUNTS.update().where(_A.id == account_id).values(**values))

    async def _one(self, *where: sa.ColumnElement[bool]) -> Any:
        async with self._db.read() as connection:
            return (await connection.execute(sa.select(ACCOUNTS).where(*where))).one_or_none()


async def _put_codes(connection: Any, account_id: str, codes: Iterable[str]) -> None:
    await connection.execute(RECOVERY_CODES.delete().where(RECOVERY_CODES.c.account_id == account_id))
    await connection.execute(RECOVERY_CODES.insert(), [{"code_hash": hash_token(code), "account_id": account_id} for code in codes])


def _random_base32(length: int) -> str:
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(length))
