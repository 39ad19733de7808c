"""The routes of the inbox; they answer 404 unless INBOX is on."""

from __future__ import annotations

from curation.studio import views_inbox
from curation.studio.routes import STUDIO, Route


def inbox_routes() -> list[Route]:
    """The table."""
    return [
        Route("GET", "/studio/inbox", STUDIO, views_inbox.inbox),
        Route("POST", "/studio/inbox/{id}", STUDIO, views_inbox.judge, "inbox_judged"),
        Route("POST", "/studio/inbox/{id}/undo", STUDIO, views_inbox.undo, "inbox_judged"),
    ]
