"""Who may do what (design/contract.md, "Desk"): by role here, by case in `may_see` and `may_act`. What is not listed is refused."""

from __future__ import annotations

from kernel.role import Role

PUBLIC: frozenset[Role] | None = None
"""Marks the few routes that need no login: the door itself and the files of the pages."""
EVERYBODY = frozenset(Role)
CASE_STAFF = frozenset({Role.COUNSELLOR, Role.LEAD})
LEADS = frozenset({Role.LEAD})
ADMINS = frozenset({Role.ADMIN})
VOLUNTEERS = frozenset({Role.VOLUNTEER})

HOME = {Role.VOLUNTEER: "/me", Role.COUNSELLOR: "/queue", Role.LEAD: "/queue", Role.ADMIN: "/accounts"}
"""Where each role lands."""


def may_see(role: Role, account_id: str, claimed_by: str | None) -> bool:
    """A case is seen by those who may take it while nobody has it, by its counsellor afterwards, and by a lead always."""
    return role is Role.LEAD or (role is Role.COUNSELLOR and claimed_by in (None, account_id))


def may_read(role: Role, account_id: str, claimed_by: str | None) -> bool:
    """What was said is read by the counsellor who talks or talked last, and by a lead: looking at a free case opens no talk of before."""
    return role is Role.LEAD or (role is Role.COUNSELLOR and claimed_by == account_id)


def may_take_over(role: Role, account_id: str, claimed_by: str | None, *, is_holder_away: bool) -> bool:
    """A young person must not wait for a counsellor who is gone: then any other may take the case; a lead always may."""
    return role in CASE_STAFF and claimed_by not in (None, account_id) and (role is Role.LEAD or is_holder_away)


def may_lower(role: Role, account_id: str, claimed_by: str | None) -> bool:
    """Lowering the urgency is for the one who holds the case and talked with the young person, and for a lead; never while nobody did."""
    return may_act(role, account_id, claimed_by) or (role is Role.LEAD and claimed_by is not None)


def may_act(role: Role, account_id: str, claimed_by: str | None) -> bool:
    """Talking, noting, giving back and closing are for the one who holds the case."""
    return role in CASE_STAFF and claimed_by == account_id
