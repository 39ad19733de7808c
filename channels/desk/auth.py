"""The door of the desk: enrolment, logging in with two factors, the cookie."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from channels.desk.credentials import Passwords, new_recovery_codes, password_fault, plain_code, qr_svg, step_of
from channels.limits import Limiter
from channels.store import Store
from channels.store.accounts import Account
from channels.store.crypto import Unreadable
from channels.store.sessions import LONGEST_S, Session

_TRIES_PER_S, _TRIES_BURST = 0.2, 10.0


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sent a request: the account, its session, and the mark its forms must bring back."""

    account: Account
    session: Session
    mark: str


class Door:
    """Lets staff in. Every way in ends in the audit."""

    def __init__(self, store: Store, desk_url: str, clock: Callable[[], float]) -> None:
        """`clock`: seconds since the epoch, for the time-based codes."""
        self._store = store
        self._clock = clock
        self._passwords = Passwords()
        self._by_address = Limiter(_TRIES_PER_S, _TRIES_BURST)
        # A browser takes a __Host- cookie over https only; plain http exists on loopback alone.
        self._is_https = urlsplit(desk_url).scheme == "https"
        self.cookie = "__Host-desk" if self._is_https else "desk"

    # ---- logging in ------------------------------------------------------------------------------------------------

    async def log_in(self, name: str, password: str, code: str, address: str) -> str | None:
        """The token of a new session; None when anything is wrong. Which thing it was is told to nobody at the door."""
        if self._by_address.take(address):
            await asyncio.sleep(1)
            return None
        account = await self._store.accounts.named(name)
        kept = None
        allowed = False
        if account is not None and account.is_enrolled:
            allowed = await self._store.accounts.begin_try(account.id)
            try:
                kept = await self._store.accounts.secrets_of(account.id)
            except Unreadable:
                allowed = False
        fits = await self._passwords.fits(kept.password_hash if kept else None, password)
        if account is None or kept is None or not (allowed and fits and await self._second(account, kept.totp_secret, code)):
            await self._store.audit.note(account.id if account else None, "login_failed")
            return None
        await self._store.audit.note(account.id, "login")
        await self._store.accounts.unlock(account.id)
        return await self._store.sessions.begin(account.id)

    async def _second(self, account: Account, secret: str, typed: str) -> bool:
        code = plain_code(typed)
        if len(code) == 6:
            step = step_of(secret, code, self._clock())
            return step is not None and await self._store.accounts.use_step(account.id, step)
        used = await self._store.accounts.use_code(account.id, code)
        if used:
            await self._store.audit.note(account.id, "recovery_code_used")
        return used

    async def visitor(self, request: web.Request) -> Visitor | None:
        """Who the cookie says it is; None for nobody."""
        token = request.cookies.get(self.cookie, "")
        found = await self._store.sessions.find(token) if token else None
        return Visitor(found[1], found[0], self._store.desk_keys.mark(token)) if found else None

    def give_cookie(self, response: web.StreamResponse, token: str) -> None:
        """Let the browser in from now on."""
        response.set_cookie(self.cookie, token, max_age=int(LONGEST_S), path="/", secure=self._is_https, httponly=True, samesite="Lax")

    def take_cookie(self, response: web.StreamResponse) -> None:
        """And not any more."""
        response.set_cookie(self.cookie, "", max_age=0, path="/", secure=self._is_https, httponly=True, samesite="Lax")

    # ---- enrolment -------------------------------------------------------------------------------------------------

    async def enrolment(self, token: str) -> tuple[Account, str, str] | None:
        """For a link that still works: the account, its second-factor secret, and that as a QR code."""
        account = await self._store.accounts.enrolling(token)
        if account is None:
            return None
        secret = (await self._store.accounts.secrets_of(account.id)).totp_secret
        return account, secret, qr_svg(secret, account.name)

    async def enrol(self, token: str, password: str, again: str, code: str) -> tuple[list[str], str | None]:
        """The recovery codes (shown once) and None; or no codes and the fault, as a name in data/desk."""
        found = await self.enrolment(token)
        if found is None:
            return [], "used"
        account, secret, _ = found
        step = step_of(secret, plain_code(code), self._clock())
        fault = password_fault(password, account.name) or ("differ" if password != again else None) or ("code" if step is None else None)
        if fault is not None or step is None:
            return [], fault
        codes = new_recovery_codes()
        hashed = await self._passwords.hash(password)
        await self._store.audit.note(account.id, "enrolled", account.id)
        if not await self._store.accounts.enrol(token, hashed, step, [plain_code(one) for one in codes]):
            return [], "used"
        return codes, None

    async def fresh_codes(self, account: Account) -> list[str]:
        """New recovery codes, shown once; the old ones open nothing any more."""
        codes = new_recovery_codes()
        await self._store.audit.note(account.id, "recovery_codes", account.id)
        await self._store.accounts.replace_codes(account.id, [plain_code(one) for one in codes])
        return codes
