"""Return codes: the way back to a conversation for who sent something to the desk. Only a keyed hash of each is kept."""

from __future__ import annotations

import hashlib
import hmac

import sqlalchemy as sa

from channels.store.desk_tables import RETURN_CODES
from channels.store.engine import Database

_R = RETURN_CODES.c
_PURPOSE = b"chatmasjien return codes, version 1:"


class ReturnCodes:
    """Codes by hash. The hash is keyed with SECRET_KEY: four words alone could be tried through by who has the file."""

    def __init__(self, database: Database, secret_key: str) -> None:
        self._db = database
        self._key = _PURPOSE + secret_key.encode()

    async def put(self, code: str, conversation_id: str, expires_at: float) -> None:
        """Keep the only code of a conversation; an earlier one opens nothing any more."""
        async with self._db.write() as connection:
            await connection.execute(RETURN_CODES.delete().where(_R.conversation_id == conversation_id))
            values = {"code_hash": self._hash(code), "conversation_id": conversation_id, "expires_at": expires_at}
            await connection.execute(RETURN_CODES.insert().values(**values))

    async def conversation_of(self, code: str, now: float) -> str | None:
        """The conversation that the code opens at `now`; None when it opens nothing."""
        query = sa.select(_R.conversation_id).where(_R.code_hash == self._hash(code), _R.expires_at > now)
        async with self._db.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def forget(self, now: float) -> int:
        """Delete what has expired; how many."""
        return await self._db.delete_if_any(RETURN_CODES, _R.expires_at <= now)

    def _hash(self, code: str) -> str:
        return hmac.new(self._key, code.encode(), hashlib.sha256).hexdigest()
