"""Rasa graph components, one per file; `config.yml` says why each is there."""
