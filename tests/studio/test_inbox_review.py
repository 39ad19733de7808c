"""The inbox of the studio: one sentence at a time, by one key, into the draft; what a second reader says; what never gets in."""

from __future__ import annotations

import dataclasses
import re
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from studio_world import StudioWorld, shown

from channels.answers import Answers
from channels.store import InboxState, NewItem, Verdict
from curation.changes import AddExample
from curation.inbox import agreement, clusters, suggestions
from curation.near import Near
from curation.studio.bench import Bench
from kernel.language import Language
from kernel.role import Role

NL, FR = Language.NL, Language.FR


@pytest.fixture
async def world(tmp_path: Path, studio_answers: Answers, studio_content: Path, studio_bench: Bench) -> AsyncIterator[StudioWorld]:
    """A studio whose inbox is on."""
    made = StudioWorld(tmp_path / "var", studio_answers, studio_content, inbox=True, bench=studio_bench)
    await made.start()
    yield made
    await made.stop()


async def put_in(world: StudioWorld, *texts: str, language: Language = NL, need: str | None = None, confidence: float = 0.3) -> list[str]:
    """Sentences that a counsellor passed on: their ids in the same order. None of them gets a second look unless `second`."""
    ids = []
    for text in texts:
        await world.store.inbox.add([NewItem(language, text, need, confidence)], "teenager")
        (item,) = await world.store.inbox.new()
        await world.store.inbox.pass_on(item.id, text)
        ids.append(item.id)
    return ids


@pytest.fixture(autouse=True)
def never_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that get no second look."""
    real = secrets.token_hex
    monkeypatch.setattr("channels.store.inbox.secrets.token_hex", lambda count: "0001" + real(count)[4:])


async def test_a_volunteer_accepts_relabels_rejects_and_skips(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    one, two, three, four = await put_in(
        world, "kwil da filmke van mij weg van het net", "die gast blijft zagen voor blote fotos", "zwarte bananen zingen", "hm geen idee man",
        need="report_content_removal",
    )  # fmt: skip
    _, body = await an.get("/studio/inbox")
    assert "voorstel van de bot, door niemand nagekeken" in body
    assert "Nog 4 zinnen" in shown(body)
    assert all(f"<kbd>{key}</kbd>" in body for key in ("Enter", "X", "S", "R", "U", "E", "1"))
    accepted = {"act": "accept", "need": "report_content_removal"}
    assert (await an.post(f"/studio/inbox/{one}", text="kwil da filmke van mij weg van het net", **accepted))[0] == 303
    assert (await an.post(f"/studio/inbox/{two}", act="accept", other="pressured_to_send", need="", text="die gast blijft zagen"))[0] == 303
    assert (await an.post(f"/studio/inbox/{three}", act="reject"))[0] == 303
    assert (await an.post(f"/studio/inbox/{four}", act="skip"))[0] == 303
    changes = await world.changes_of(await world.draft_of(an))
    assert [(one.need, one.text) for one in changes if isinstance(one, AddExample)] == [
        ("report_content_removal", "kwil da filmke van mij weg van het net"),
        ("pressured_to_send", "die gast blijft zagen"),
    ]
    verdicts = {one.item_id: one.verdict for one in await world.store.inbox.judged()}
    assert verdicts == {one: Verdict.ACCEPT, two: Verdict.RELABEL, three: Verdict.REJECT, four: Verdict.SKIP}
    assert "Het postvak is leeg" in (await an.get("/studio/inbox"))[1]
    bo = await world.volunteer("Bo")
    assert "hm geen idee man" in (await bo.get("/studio/inbox"))[1]  # what An skipped waits for others


async def test_a_suggestion_alone_is_no_review(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    await put_in(world, "iets over een filmke dat weg moet", need="report_content_removal")
    await an.get("/studio/inbox")
    assert await world.store.inbox.judged() == []
    assert await world.store.proposals.all("draft", author_id=an.id) == []


async def test_ten_a_minute_are_possible(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    await put_in(
        world, *(f"zin nummer {word} over een filmke" for word in "aap boom citroen druif ezel fiets gans hond iglo jas kat lam".split())
    )
    await an.get("/studio/inbox")  # the first look reads the content
    started, done = time.monotonic(), 0
    while done < 10:
        _, body = await an.get("/studio/inbox")
        found = re.search(r'action="/studio/inbox/([0-9a-f]{32})"', body)
        text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", body)
        assert found and text
        status, _ = await an.post(f"/studio/inbox/{found[1]}", act="accept", need="report_content_removal", text=text[1])
        assert status == 303
        done += 1
    assert time.monotonic() - started < 40, "the machine alone takes most of the minute"


async def test_undo(world: StudioWorld) -> None:
    an, bo = await world.volunteer("An"), await world.volunteer("Bo")
    (one,) = await put_in(world, "kwil da filmke van mij weg van het net")
    await an.post(f"/studio/inbox/{one}", act="accept", need="report_content_removal", text="kwil da filmke van mij weg van het net")
    assert (await bo.post(f"/studio/inbox/{one}/undo"))[0] == 409
    _, body = await an.get(f"/studio/inbox?said=inbox_accept&last={one}")
    assert f"/studio/inbox/{one}/undo" in body
    assert (await an.post(f"/studio/inbox/{one}/undo"))[0] == 303
    assert await world.changes_of(await world.draft_of(an)) == []
    assert [item.id for item in await world.store.inbox.open_for(bo.id)] == [one]
    assert (await an.post(f"/studio/inbox/{one}/undo"))[0] == 409


async def test_undo_takes_the_ticked_ones_back_too(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    texts = ["kwil da filmke van mij weg", "kwil da filmke van mij echt weg", "kwil da filmke van mij nu weg"]
    first, *others = await put_in(world, *texts)
    await an.post(f"/studio/inbox/{first}", act="accept", need="report_content_removal", text=texts[0], also=others[0])
    assert len(await world.changes_of(await world.draft_of(an))) == 2
    _, body = await an.get(f"/studio/inbox?said=inbox_accept&last={first},{others[0]}")
    assert f'name="also" value="{others[0]}"' in body
    assert (await an.post(f"/studio/inbox/{first}/undo", also=f"{others[0]},{others[1]},x"))[0] == 303
    assert await world.changes_of(await world.draft_of(an)) == []
    assert {item.id for item in await world.store.inbox.open_for(an.id)} == {first, *others}


async def test_taking_a_skip_back_does_not_open_what_somebody_else_judged(world: StudioWorld) -> None:
    an, bo = await world.volunteer("An"), await world.volunteer("Bo")
    (one,) = await put_in(world, "zwarte bananen zingen")
    await an.post(f"/studio/inbox/{one}", act="skip")
    await bo.post(f"/studio/inbox/{one}", act="reject")
    assert (await an.post(f"/studio/inbox/{one}/undo"))[0] == 303
    assert (await world.store.inbox.counts())[InboxState.DONE] == 1
    assert await world.store.inbox.open_for(an.id) == []


async def test_two_at_once(world: StudioWorld) -> None:
    an, bo = await world.volunteer("An"), await world.volunteer("Bo")
    (one,) = await put_in(world, "kwil da filmke van mij weg van het net")
    form = {"act": "accept", "need": "report_content_removal", "text": "kwil da filmke van mij weg van het net"}
    await an.post(f"/studio/inbox/{one}", **form)
    assert (await bo.post(f"/studio/inbox/{one}", **form))[0] == 303
    assert await world.store.proposals.all("draft", author_id=bo.id) == []
    assert len(await world.store.inbox.judged()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bel mij op 0470 12 34 56 aub", "herkennen"), ("ik woon in de Kerkstraat 12", "herkennen"), ("ik heet Lotte Peeters en ben bang", "herkennen"),
        ("21:14 - Tom: kom je nog", "herkennen"), ("", "Er stond niets"), ("ik wil gewoon weten of iemand mijn foto heeft doorgestuurd naar mijn klas", ""),
    ],
)  # fmt: skip
async def test_what_is_not_accepted(world: StudioWorld, text: str, said: str) -> None:
    an = await world.volunteer("An")
    (one,) = await put_in(world, "een zin die niemand kent")
    status, body = await an.post(f"/studio/inbox/{one}", act="accept", need="nude_spread", text=text)
    assert (status, said in shown(body)) == (422 if said else 303, True)
    assert bool(await world.store.inbox.judged()) is not bool(said)


async def test_a_held_out_twin_is_not_taken_and_tells_nothing(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    twin = re.findall(r"    - (.{40,})", (world.root / "tests/nlu/nl/grooming.yml").read_text())[0]
    (one,) = await put_in(world, twin)
    _, body = await an.get("/studio/inbox")
    assert body.count(twin.split()[2]) >= 1
    status, body = await an.post(f"/studio/inbox/{one}", act="accept", need="grooming", text=twin)
    assert status == 422 and "geheime testzin" in body


async def test_near_duplicates_get_the_same_answer_when_ticked(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    texts = ("kwil da filmke van mij weg", "kwil da filmke van mij echt weg")
    ids = await put_in(world, *texts, confidence=0.1)
    ids += await put_in(world, "iets heel anders over school")
    _, body = await an.get("/studio/inbox")
    assert "Bijna hetzelfde" in body
    shown_first = re.findall(r'action="/studio/inbox/([0-9a-f]{32})"', body)[0]
    (other,) = set(ids[:2]) - {shown_first}
    form = {"act": "accept", "need": "report_content_removal", "text": texts[ids.index(shown_first)], "also": other}
    await an.post(f"/studio/inbox/{shown_first}", **form)
    assert [item.id for item in await world.store.inbox.open_for(an.id)] == [ids[2]]


async def test_a_second_reader_changes_nothing_but_the_agreement(world: StudioWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.store.inbox.SECOND_LOOK", 1)
    an, bo = await world.volunteer("An"), await world.volunteer("Bo")
    (one,) = await put_in(world, "kwil da filmke van mij weg van het net")
    form = {"act": "accept", "text": "kwil da filmke van mij weg van het net"}
    await an.post(f"/studio/inbox/{one}", need="report_content_removal", **form)
    assert (await world.store.inbox.counts())[InboxState.SECOND] == 1
    assert "leeg" in (await an.get("/studio/inbox"))[1]
    _, body = await bo.get("/studio/inbox")
    assert "Iemand anders las deze zin al" in body
    await bo.post(f"/studio/inbox/{one}", need="nude_spread", **form)
    assert await world.store.proposals.all("draft", author_id=bo.id) == []
    _, body = await bo.get("/studio/inbox")
    assert "0 % kreeg hetzelfde antwoord" in shown(body)
    assert (await world.store.inbox.counts())[InboxState.DONE] == 1


async def test_the_text_goes_an_hour_after_the_verdict(world: StudioWorld) -> None:
    an = await world.volunteer("An")
    (one,) = await put_in(world, "zwarte bananen zingen")
    await an.post(f"/studio/inbox/{one}", act="reject")
    await world.store.inbox.forget(0.0, time.time())
    assert await world.store.inbox.get(one) is not None
    await world.store.inbox.forget(0.0, time.time() + 3700)
    assert await world.store.inbox.get(one) is None
    assert len(await world.store.inbox.judged()) == 1
    assert (await an.post(f"/studio/inbox/{one}/undo"))[0] == 409


async def test_off_there_is_no_inbox(tmp_path: Path, studio_answers: Answers, studio_content: Path) -> None:
    world = StudioWorld(tmp_path / "var", studio_answers, studio_content)
    await world.start()
    an = await world.volunteer("An")
    assert (await an.get("/studio/inbox"))[0] == 404
    assert "/studio/inbox" not in (await an.get("/studio"))[1]
    counsellor = await world.staff("Cas", Role.COUNSELLOR)
    assert (await counsellor.get("/studio/inbox"))[0] == 403
    await world.stop()


@dataclasses.dataclass(frozen=True)
class _Item:
    id: str
    text: str
    confidence: float
    language: Language = NL
    suggested: str | None = None


def test_clusters_put_the_least_sure_first() -> None:
    items = [
        _Item("a", "hij wil mijn foto hebben nu", 0.4), _Item("b", "kwil weg van huis", 0.3), _Item("c", "hij wil mijn foto hebben", 0.1),
        _Item("d", "il veut ma photo", 0.2, FR),
    ]  # fmt: skip
    assert [[one.id for one in group] for group in clusters(items)] == [["c", "a"], ["d"], ["b"]]
    assert clusters([]) == []


def test_suggestions() -> None:
    near: list[Any] = [Near("x", "grooming", 0.9, False), Near("y", "sextortion", 0.8, False), Near("z", "grooming", 0.7, False)]
    assert suggestions("sextortion", near, ["grooming", "sextortion"]) == ["sextortion", "grooming"]
    assert suggestions(None, near, ["sextortion"]) == ["sextortion"]


def test_agreement() -> None:
    assert agreement([]).pairs == 0
    all_same = agreement([("a", "a"), ("b", "b")])
    assert (all_same.same, all_same.kappa) == (1.0, 1.0)
    by_chance = agreement([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")])
    assert (by_chance.same, by_chance.kappa, by_chance.differ) == (0.5, 0.0, (("a", "b", 2),))
    assert agreement([("a", "a")]).kappa is None
