"""`python -m channels gate | publish | back`: what leads do in the studio, from the command line (make publish)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from channels.secrets import StartError
from channels.store import StorageFailed, Store
from channels.wiring import finish_publishing, workshop
from kernel.settings import Settings


async def publish_command(settings: Settings, root: Path, act: str, subject: str | None) -> int:
    """0 when it was done, 1 when the gate said no. Raises StartError when the database cannot be opened."""
    finish_publishing(root)
    store = Store(settings.database_url, settings.secret_key)
    try:
        await store.open()
    except StorageFailed as error:
        raise StartError("setting DATABASE_URL: the database cannot be opened") from error
    try:
        made = workshop(settings, root, store, None)
        code: int = await import_module("curation.studio.command").run(made, act, subject)
        await made.stop()
        return code
    finally:
        await store.close()
