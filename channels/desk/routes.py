"""Every route of the desk with the roles that may use it, in one flat table. What is not in it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp.typedefs import Handler

from channels.desk import (
    views_accounts,
    views_audit,
    views_case,
    views_door,
    views_hours,
    views_inbox,
    views_numbers,
    views_queue,
    views_urgency,
)
from channels.desk.live import live
from channels.desk.permissions import ADMINS, CASE_STAFF, EVERYBODY, LEADS, PUBLIC
from channels.site_assets import Assets
from kernel.role import Role


@dataclass(frozen=True, slots=True)
class Route:
    """One door: method, path, who may pass (None: no login needed), and what is behind it."""

    method: str
    path: str
    roles: frozenset[Role] | None
    handler: Handler


def routes(assets: Assets) -> list[Route]:
    """The table."""
    return [
        Route("GET", "/static/{version}/{name}", PUBLIC, assets.handle),
        Route("GET", "/login", PUBLIC, views_door.login_page),
        Route("POST", "/login", PUBLIC, views_door.login),
        Route("GET", "/enrol/{token}", PUBLIC, views_door.enrol_page),
        Route("POST", "/enrol/{token}", PUBLIC, views_door.enrol),
        Route("GET", "/", EVERYBODY, views_door.home),
        Route("POST", "/logout", EVERYBODY, views_door.logout),
        Route("GET", "/me", EVERYBODY, views_door.me),
        Route("POST", "/me", EVERYBODY, views_door.save_me),
        Route("POST", "/me/codes", EVERYBODY, views_door.new_codes),
        Route("POST", "/me/sessions/end", EVERYBODY, views_door.end_own_session),
        Route("GET", "/live/ws", CASE_STAFF, live),
        Route("GET", "/queue", CASE_STAFF, views_queue.queue),
        Route("POST", "/queue/next", CASE_STAFF, views_queue.take_next),
        Route("POST", "/signals/{id}/invite", CASE_STAFF, views_queue.invite),
        Route("POST", "/signals/{id}/seen", CASE_STAFF, views_queue.seen),
        Route("GET", "/cases/{id}", CASE_STAFF, views_case.case),
        Route("POST", "/cases/{id}/claim", CASE_STAFF, views_queue.claim),
        Route("POST", "/cases/{id}/takeover", CASE_STAFF, views_queue.take_over),
        Route("POST", "/cases/{id}/say", CASE_STAFF, views_case.say),
        Route("POST", "/cases/{id}/note", CASE_STAFF, views_case.note),
        Route("POST", "/cases/{id}/lower", CASE_STAFF, views_urgency.lower),
        Route("POST", "/cases/{id}/lower/undo", CASE_STAFF, views_urgency.undo),
        Route("POST", "/cases/{id}/return", CASE_STAFF, views_case.give_back),
        Route("POST", "/cases/{id}/handover", CASE_STAFF, views_case.hand_over),
        Route("POST", "/cases/{id}/stay", CASE_STAFF, views_case.stay),
        Route("POST", "/cases/{id}/close", CASE_STAFF, views_case.close),
        Route("POST", "/cases/{id}/flag", CASE_STAFF, views_case.flag),
        Route("GET", "/inbox", CASE_STAFF, views_inbox.inbox),
        Route("POST", "/inbox/{id}", CASE_STAFF, views_inbox.decide),
        Route("GET", "/numbers", LEADS, views_numbers.numbers),
        Route("GET", "/numbers/chart/{name}.svg", LEADS, views_numbers.picture),
        Route("GET", "/numbers.csv", LEADS, views_numbers.export),
        Route("GET", "/audit", LEADS, views_audit.audit),
        Route("GET", "/hours", LEADS, views_hours.hours),
        Route("POST", "/hours", LEADS, views_hours.save),
        Route("GET", "/accounts", ADMINS, views_accounts.accounts),
        Route("POST", "/accounts", ADMINS, views_accounts.create),
        Route("GET", "/accounts/{id}", ADMINS, views_accounts.account),
        Route("POST", "/accounts/{id}/role", ADMINS, views_accounts.set_role),
        Route("POST", "/accounts/{id}/unlock", ADMINS, views_accounts.unlock),
        Route("POST", "/accounts/{id}/renew", ADMINS, views_accounts.renew),
        Route("POST", "/accounts/{id}/end", ADMINS, views_accounts.end),
        Route("POST", "/sessions/end", ADMINS, views_accounts.end_session),
    ]
