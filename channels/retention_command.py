"""`python -m channels retention [--dry-run]`."""

from __future__ import annotations

from channels.retention import delete_idle
from channels.secrets import StartError
from channels.store import Store
from kernel.settings import Settings


async def run_retention(settings: Settings, *, dry_run: bool) -> int:
    """Run it once and print the report line; raises StartError when the database cannot be opened."""
    store = Store(settings.database_url, settings.secret_key)
    try:
        await store.open()
        report = await delete_idle(store, settings.retention_chat_h, settings.retention_case_days, dry_run=dry_run)
        print(report.line())
    except Exception as error:
        raise StartError(f"setting DATABASE_URL: the database cannot be used ({type(error).__name__})") from error
    finally:
        await store.close()
    return 0
