"""The pages of jobs, gate and publishing: who may do what, and what they say. The work behind them is not started here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from desk_world import NOW, Person
from small_release import gated, project
from studio_world import StudioWorld, shown

from channels.answers import Answers
from channels.desk.app import add_desk
from channels.relay import Relay
from channels.store import JobKind, JobState
from channels.studio_wiring import studio as studio_annex
from curation import release, workspace
from curation.change_json import dumped
from curation.changes import AddExample
from curation.files import hash_of, put_json, read_json
from curation.gate import REPORT
from curation.offline import OfflineSwitch
from curation.studio.workshop import Workshop
from kernel.language import Language
from kernel.role import Role
from kernel.settings import Settings

SENTENCE: dict[str, Any] = {
    "kind": "danger", "place": "danger_nl:3", "text": "een zin over <b>gevaar</b>", "language": "nl", "right": "suicidal", "urgency": "emergency",
    "before": {"need": "suicidal", "urgency": "emergency", "lines": []}, "after": {"need": "off_topic", "urgency": "none", "lines": []},
}  # fmt: skip


class Idle(Workshop):
    """A workshop in which nothing begins by itself."""

    async def start(self) -> None:
        """Nothing."""


class PublishStudio(StudioWorld):
    """The studio, with an idle workshop on a small project."""

    def _add(self, app: web.Application, settings: Settings, relay: Relay) -> None:
        self.app = app
        self.workshop = Idle(self.root, settings.var, relay.store, OfflineSwitch())
        annex = studio_annex(settings, relay.store, self.root, self.workshop)
        add_desk(app, settings, relay, annexes=[annex], clock=lambda: NOW)


@pytest.fixture
async def pages(tmp_path: Path, studio_answers: Answers) -> AsyncIterator[PublishStudio]:
    """A running studio on the small project."""
    world = PublishStudio(tmp_path / "var", studio_answers, project(tmp_path / "project"))
    await world.start()
    yield world
    await world.stop()


async def approved(pages: PublishStudio, author: Person, approver: Person) -> str:
    """A proposal that is approved."""
    proposals = pages.store.proposals
    change = AddExample(need="greeting", language=Language.NL, text="dag hallo")
    made = await proposals.create(author.id, "Een <b>titel</b>", "", dumped([change]))
    row = await proposals.get(made)
    assert row is not None
    await proposals.propose(made, author.id, row.version)
    await proposals.approve(made, approver.id, row.version)
    return made


async def gate_done(pages: PublishStudio, proposal: str, rule: str | None) -> str:
    """A gate that is over: passed, or refused for `rule`."""
    job, _ = await pages.store.jobs.add(JobKind.GATE, proposal, None)
    await pages.store.jobs.take()
    folder = gated(pages.root, job.id, "new", passed=rule is None, responses__greeting="another\n")
    target = pages.workshop.gates.folder_of(job.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)
    report = read_json(target / REPORT)
    assert report is not None
    rate = {"hits": 9, "count": 10, "share": 0.9}
    names = ("danger", "danger_level", "alarms", "need_right", "not_understood")
    figures = {code: {name: [rate, rate] for name in names} | {"macro_f1": [0.9, 0.89]} for code in ("nl", "fr")}
    report |= {"findings": [], "figures": figures, "worse": [SENTENCE], "better": [], "notes": [], "is_sample": False}
    report |= {"needs": [{"language": "nl", "need": "suicidal", "before": 0.9, "after": 0.8, "count": 40}], "may_override": rule == "alarm"}
    for reason in report["reasons"]:
        reason |= {"rule": rule, "sentences": [SENTENCE]}
    put_json(target / REPORT, report)
    await pages.store.jobs.end(job.id, JobState.DONE, "passed" if rule is None else "refused")
    return job.id


async def people(pages: PublishStudio) -> tuple[Person, Person, Person]:
    """Two volunteers and a lead."""
    return await pages.volunteer("Noor"), await pages.volunteer("Lou", Language.FR), await pages.volunteer("An", role=Role.LEAD)


async def test_a_gate_is_asked_for_and_shows_how_far_it_is(pages: PublishStudio) -> None:
    noor, lou, an = await people(pages)
    made = await approved(pages, noor, lou)
    status, _ = await noor.post("/studio/gate", proposal=made)
    assert status == 303
    (job,) = await pages.store.jobs.latest()
    await pages.store.jobs.take()
    await pages.store.jobs.tell(job.id, "training", 40)
    status, body = await lou.get(f"/studio/jobs/{job.id}")
    assert status == 200
    assert 'value="40"' in body
    assert "Le bot apprend" in body
    status, body = await lou.get(f"/studio/jobs/{job.id}/state")
    assert json.loads(body)["percent"] == 40
    assert (await lou.post(f"/studio/jobs/{job.id}/cancel"))[0] == 403, "somebody else's"
    assert (await an.post(f"/studio/jobs/{job.id}/cancel"))[0] == 303
    found = await pages.store.jobs.get(job.id)
    assert found is not None
    assert found.is_stopping


async def test_a_refusal_names_the_sentences_and_nobody_gets_a_button_for_danger(pages: PublishStudio) -> None:
    noor, lou, an = await people(pages)
    made = await approved(pages, noor, lou)
    job = await gate_done(pages, made, "danger")
    for person in (noor, an):
        status, body = await person.get(f"/studio/jobs/{job}")
        assert status == 200
        assert "een zin over &lt;b&gt;gevaar&lt;/b&gt;" in body
        assert 'id="override"' not in body
        assert 'id="publish"' not in body
    assert "Niemand kan dit toelaten" in shown(body)
    assert (await an.post(f"/studio/jobs/{job}/override", reason="ik wil het toch"))[0] == 409
    assert pages.workshop.override_of(job) is None


async def test_a_lead_lets_false_alarms_pass_with_a_reason_and_a_volunteer_cannot(pages: PublishStudio) -> None:
    noor, lou, an = await people(pages)
    made = await approved(pages, noor, lou)
    job = await gate_done(pages, made, "alarm")
    assert (await noor.post(f"/studio/jobs/{job}/override", reason="mag"))[0] == 403
    assert (await an.post(f"/studio/jobs/{job}/override", reason="  "))[0] == 409
    assert (await an.post(f"/studio/jobs/{job}/override", reason="een voor een bekeken"))[0] == 303
    _, body = await an.get("/studio/publish")
    assert "toegelaten door een verantwoordelijke" in body


async def test_only_a_lead_publishes_and_goes_back(pages: PublishStudio) -> None:
    noor, lou, an = await people(pages)
    made = await approved(pages, noor, lou)
    await gate_done(pages, made, None)
    _, body = await an.get("/studio/publish")
    assert "proef geslaagd" in body
    assert "Een &lt;b&gt;titel" in body
    for path, form in (("/studio/publish", {"proposal": made}), ("/studio/publish/back", {})):
        assert (await noor.post(path, **form))[0] == 403
        assert (await an.post(path, **form))[0] == 303
    assert {job.kind for job in await pages.store.jobs.latest()} == {JobKind.GATE, JobKind.PUBLISH, JobKind.BACK}
    assert {entry.act for entry in await pages.store.audit.entries()} >= {"publish_started", "back_started", "refused"}


async def test_the_page_of_leads_shows_every_kind_of_card(pages: PublishStudio) -> None:
    """As publishing writes it, and as going back to a model that was trained by hand does: neither has all that the other has."""
    _, _, an = await people(pages)
    found = {"model": hash_of(pages.root / workspace.MODEL), "data": "d" * 64, "previous": None, "proposal": None, "approved_by": []}
    rate = {"hits": 9, "count": 10, "share": 0.9}
    published = {"published_at": NOW, "published_by": {"id": an.id, "name": "An"}, "scores": {"nl": {"danger": rate}}}
    for more, shown_too in ((published, "9/10 (90.0 %)"), ({"published_at": None, "back_at": NOW}, "17/03/2030")):
        release.stage(pages.root, pages.root, found | more)
        put_json(pages.root / workspace.CARD, found | more | {"release": "r"})
        status, body = await an.get("/studio/publish")
        assert status == 200
        assert shown_too in shown(body)


async def test_the_whole_of_a_page_works_in_french_and_strange_input_is_refused(pages: PublishStudio) -> None:
    noor, lou, an = await people(pages)
    made = await approved(pages, noor, lou)
    job = await gate_done(pages, made, None)
    for path in (f"/studio/jobs/{job}", "/studio/jobs", "/studio/publish"):
        status, body = await lou.get(path)
        assert status == 200, path
        assert "{" not in shown(body), path
    for form in ({"proposal": "x"}, {"proposal": "0" * 32}, {}):
        assert (await an.post("/studio/publish", **form))[0] == 404
        assert (await noor.post("/studio/gate", **form))[0] == 404
    assert (await an.post("/studio/publish/back", release="../../etc"))[0] == 404
    assert (await noor.get(f"/studio/jobs/{job}/picture/..%2freport.json"))[0] == 404
    assert (await noor.get(f"/studio/jobs/{'0' * 32}"))[0] == 404
    draft = await pages.store.proposals.create(lou.id, "van Lou")
    assert (await noor.post("/studio/draft", proposal=draft))[0] == 403
    assert (await lou.post("/studio/draft", proposal=draft))[0] == 303
    assert (await lou.post("/studio/gate", proposal=draft))[0] == 409
