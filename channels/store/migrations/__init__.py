"""Alembic's place: run by `channels.store.engine.migrate` at every start."""
