"""Every route of the studio with the roles that may use it and what the audit calls it, in one flat table."""

from __future__ import annotations

import importlib.util
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module

from aiohttp import web

from kernel.role import Role

STUDIO = frozenset({Role.VOLUNTEER, Role.LEAD, Role.ADMIN})
LEADS = frozenset({Role.LEAD})
ADMINS = frozenset({Role.ADMIN})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """One door: method, path, who may pass, what is behind it; `act` is noted in the audit before a POST is handled."""

    method: str
    path: str
    roles: frozenset[Role]
    handler: Handler
    act: str = ""


def routes() -> list[Route]:
    """The table."""
    from curation.studio import (
        views_board,
        views_examples,
        views_files,
        views_helplines,
        views_proposal,
        views_proposals,
        views_replies,
        views_scenarios,
        views_stories,
        views_try,
    )

    table = [
        Route("GET", "/studio", STUDIO, views_proposals.home),
        Route("GET", "/studio/board", STUDIO, views_board.board),
        Route("GET", "/studio/proposals", STUDIO, views_proposals.listed),
        Route("POST", "/studio/proposals", STUDIO, views_proposals.create, "proposal_created"),
        Route("GET", "/studio/proposals/{id}", STUDIO, views_proposal.proposal),
        Route("GET", "/studio/proposals/{id}/findings", STUDIO, views_proposal.findings),
        Route("POST", "/studio/proposals/{id}/words", STUDIO, views_proposal.set_words, "proposal_changed"),
        Route("POST", "/studio/proposals/{id}/drop", STUDIO, views_proposal.drop, "proposal_changed"),
        Route("POST", "/studio/proposals/{id}/pick", STUDIO, views_proposal.pick, "proposal_changed"),
        Route("POST", "/studio/proposals/{id}/propose", STUDIO, views_proposal.propose, "proposal_proposed"),
        Route("POST", "/studio/proposals/{id}/withdraw", STUDIO, views_proposal.withdraw, "proposal_withdrawn"),
        Route("POST", "/studio/proposals/{id}/approve", STUDIO, views_proposal.approve, "proposal_approved"),
        Route("POST", "/studio/proposals/{id}/refuse", STUDIO, views_proposal.refuse, "proposal_refused"),
        Route("POST", "/studio/proposals/{id}/comment", STUDIO, views_proposal.comment, "proposal_commented"),
        Route("POST", "/studio/proposals/{id}/done", STUDIO, views_proposal.comment_done, "proposal_commented"),
        Route("GET", "/studio/examples", STUDIO, views_examples.needs),
        Route("GET", "/studio/examples/{need}", STUDIO, views_examples.examples),
        Route("POST", "/studio/examples/{need}/add", STUDIO, views_examples.add, "studio_edited"),
        Route("POST", "/studio/examples/{need}/change", STUDIO, views_examples.change, "studio_edited"),
        Route("GET", "/studio/near", STUDIO, views_examples.near),
        Route("GET", "/studio/replies", STUDIO, views_replies.topics),
        Route("GET", "/studio/replies/{topic}", STUDIO, views_replies.replies),
        Route("GET", "/studio/replies/{topic}/{reply}", STUDIO, views_replies.reply),
        Route("POST", "/studio/replies/{topic}/{reply}", STUDIO, views_replies.save, "studio_edited"),
        Route("GET", "/studio/weigh", STUDIO, views_replies.weigh),
        Route("GET", "/studio/stories", STUDIO, views_stories.topics),
        Route("GET", "/studio/stories/{topic}", STUDIO, views_stories.story),
        Route("POST", "/studio/stories/{topic}", STUDIO, views_stories.add, "studio_edited"),
        Route("POST", "/studio/stories/{topic}/remove", STUDIO, views_stories.remove, "studio_edited"),
        Route("GET", "/studio/scenarios", STUDIO, views_scenarios.listed),
        Route("GET", "/studio/scenarios/{name}", STUDIO, views_scenarios.scenario),
        Route("POST", "/studio/scenarios/{name}", STUDIO, views_scenarios.save, "studio_edited"),
        Route("GET", "/studio/canned", STUDIO, views_helplines.canned),
        Route("POST", "/studio/canned", STUDIO, views_helplines.save_canned, "studio_edited"),
        Route("GET", "/studio/helplines", STUDIO, views_helplines.helplines),
        Route("POST", "/studio/helplines", ADMINS, views_helplines.verify, "studio_edited"),
        Route("GET", "/studio/files", ADMINS, views_files.files),
        Route("GET", "/studio/files/edit", ADMINS, views_files.edit),
        Route("POST", "/studio/files/edit", ADMINS, views_files.save, "studio_edited"),
        Route("GET", "/studio/try", STUDIO, views_try.page),
        Route("POST", "/studio/try", STUDIO, views_try.ask, "studio_tried"),
    ]
    if importlib.util.find_spec("curation.studio.routes_publish") is not None:
        table += import_module("curation.studio.routes_publish").publish_routes()
    table += import_module("curation.studio.routes_inbox").inbox_routes()
    return table
