"""What a member of staff may do (design/contract.md, "Desk"): one role per account, and a role never includes another unasked."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The four roles; the value is what `make staff ROLE=` and the database carry."""

    VOLUNTEER = "volunteer"
    COUNSELLOR = "counsellor"
    LEAD = "lead"
    ADMIN = "admin"
