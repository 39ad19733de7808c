"""Alembic's entry: runs the migrations on the connection the hub hands over, inside the hub's transaction."""

from __future__ import annotations

from alembic import context

from channels.store import desk_tables, telegram_tables  # noqa: F401  # their tables belong to the same metadata
from channels.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
