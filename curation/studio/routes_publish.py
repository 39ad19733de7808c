"""The routes of trying out, the gate, publishing and the way back, with who may use them and what the audit calls it."""

from __future__ import annotations

from curation.studio import views_jobs, views_publish
from curation.studio.routes import LEADS, STUDIO, Route


def publish_routes() -> list[Route]:
    """The table. Volunteers see every job and its report; only a lead publishes, goes back, or lets a change pass."""
    return [
        Route("GET", "/studio/jobs", STUDIO, views_jobs.listed),
        Route("GET", "/studio/jobs/{id}", STUDIO, views_jobs.job),
        Route("GET", "/studio/jobs/{id}/state", STUDIO, views_jobs.state),
        Route("GET", "/studio/jobs/{id}/picture/{name}", STUDIO, views_jobs.picture),
        Route("POST", "/studio/jobs/{id}/cancel", STUDIO, views_jobs.cancel, "job_cancelled"),
        Route("POST", "/studio/jobs/{id}/override", LEADS, views_publish.override, "gate_overridden"),
        Route("POST", "/studio/gate", STUDIO, views_jobs.start_gate, "gate_started"),
        Route("POST", "/studio/draft", STUDIO, views_jobs.start_draft, "draft_started"),
        Route("GET", "/studio/publish", STUDIO, views_publish.page),
        Route("POST", "/studio/publish", LEADS, views_publish.publish, "publish_started"),
        Route("POST", "/studio/publish/back", LEADS, views_publish.back, "back_started"),
    ]
