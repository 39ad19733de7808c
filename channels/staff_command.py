"""`python -m channels staff NAME ROLE`: makes a staff account and prints its one-time enrolment link."""

from __future__ import annotations

from channels.secrets import StartError
from channels.store import Store
from channels.store.accounts import ENROL_WITHIN_S, NameTaken
from kernel.role import Role
from kernel.settings import Settings


async def make_staff(settings: Settings, name: str, role: str) -> int:
    """Make it and print the link; raises StartError with one line for a wrong name or role, or when the database cannot be used."""
    if role not in frozenset(Role):
        raise StartError(f"ROLE: expected {', '.join(Role)}")
    store = Store(settings.database_url, settings.secret_key)
    try:
        await store.open()
        account_id, token = await store.accounts.create(name, Role(role))
        await store.audit.note(None, "account_created", account_id, role)
    except NameTaken:
        raise StartError("NAME: there is an account of this name already; an admin can give it a new link") from None
    except ValueError as error:
        raise StartError(f"NAME: expected {error}") from error
    except Exception as error:
        raise StartError(f"setting DATABASE_URL: the database cannot be used ({type(error).__name__})") from error
    finally:
        await store.close()
    print(f"{settings.desk_url}/enrol/{token}")
    print(f"works once, for {ENROL_WITHIN_S / 3600:.0f} hours")
    return 0
