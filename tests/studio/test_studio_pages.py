"""What a volunteer does on the pages, by form alone: no script is needed."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from small_content import shorten
from studio_world import StudioWorld, copy_of_content, shown

from channels.answers import Answers
from curation.changes import AddExample, AddReply, AddStep, AddVariation, ChangeReply, SetCanned
from curation.studio.drafts import Answer, DraftState
from kernel.language import Language
from kernel.role import Role

STEP = {"place": "utter_ask_sextortion_step", "hears": "grooming", "say": "new", "say_nl": "Dat is niet oké van die persoon.",
        "say_fr": "Ce n'est pas correct de sa part.", "next": "utter_ask_sextortion_removal"}  # fmt: skip


async def test_sentences_in_both_languages_side_by_side(studio: StudioWorld) -> None:
    bo = await studio.volunteer("Bo", Language.FR)
    status, body = await bo.get("/studio/examples/sextortion")
    assert status == 200 and 'lang="fr"' in body and "Ajouter une phrase en néerlandais" in body
    assert "hij chanteert mij" in body and "menacé avec ma nude" in body
    _, body = await bo.get("/studio/examples/sextortion?find=chanteert")
    assert "hij chanteert mij" in body and "menacé avec ma nude" not in body


async def test_several_sentences_at_once_and_the_draft_shows_them(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    text = "hij wil geld voor mijn foto\n- ze dreigt met alles door te sturen\n\n"
    assert (await an.post("/studio/examples/sextortion/add", language="nl", text=text))[0] == 303
    changes = await studio.changes_of(await studio.draft_of(an))
    assert [change.text for change in changes if isinstance(change, AddExample)] == [
        "hij wil geld voor mijn foto",
        "ze dreigt met alles door te sturen",
    ]
    _, body = await an.get("/studio/examples/sextortion")
    assert "2 wijzigingen" in body and body.index("ze dreigt met alles") < body.index("kheb niks meer"), "the newest on top"
    other = await studio.volunteer("Bo")
    assert "ze dreigt met alles" not in (await other.get("/studio/examples/sextortion"))[1], "a draft is its author's"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"language": "nl", "text": "hij chanteert mij"}, "Dit staat er al"),
        ({"language": "nl", "text": "  "}, "Er stond niets"),
        ({"language": "nl", "text": "x" * 700}, "te lang"),
        ({"language": "de", "text": "hallo"}, "Er stond niets"),
    ],
)
async def test_a_sentence_that_cannot_be_added_is_explained(studio: StudioWorld, form: dict[str, str], says: str) -> None:
    an = await studio.volunteer("An")
    status, body = await an.post("/studio/examples/sextortion/add", **form)
    assert status == 422 and says in shown(body)


async def test_a_sentence_changes_moves_and_goes(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    _, body = await an.get("/studio/examples/sextortion?language=nl&sentence=hij+chanteert+mij")
    assert "Deze zin wijzigen" in body
    base = {"language": "nl", "text": "hij chanteert mij"}
    assert (await an.post("/studio/examples/sextortion/change", act="change", new="hij chanteert mij al lang", **base))[0] == 303
    assert (await an.post("/studio/examples/sextortion/change", act="remove", **base | {"text": "ik wordt afgeperst"}))[0] == 303
    moved = base | {"text": "hij telt af tot posten 😭"}
    assert (await an.post("/studio/examples/sextortion/change", act="move", to_need="nude_spread", **moved))[0] == 303
    assert "hij telt af tot posten" in (await an.get("/studio/examples/nude_spread"))[1]
    status, body = await an.post("/studio/examples/sextortion/change", act="change", new="x", **base)
    assert status == 422 and "staat er niet meer" in shown(body)


async def test_near_sentences_while_typing(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    await an.post("/studio/examples/sextortion/add", language="nl", text="gloednieuwe zin over een dreigement")
    _, body = await an.get("/studio/near?language=nl&text=hij+chanteert+me")
    found = json.loads(body)["near"]
    assert any(one["text"] == "hij chanteert mij" for one in found)
    _, body = await an.get("/studio/near?language=nl&text=hij+chanteert+mij")
    assert json.loads(body)["near"][0]["same"] is True
    _, body = await an.get("/studio/near?language=nl&text=gloednieuwe+zin+over+een+dreigement")
    assert json.loads(body)["near"][0]["text"] == "gloednieuwe zin over een dreigement", "those of the draft too"
    assert json.loads((await an.get("/studio/near?language=nl&text=h"))[1]) == {"near": []}


async def test_a_twin_is_named_without_its_words(studio: StudioWorld) -> None:
    twin = next(iter(re.findall(r"^    - (.{30,})$", (studio.root / "tests/nlu/nl/sextortion.yml").read_text(), re.MULTILINE)))
    an = await studio.volunteer("An")
    async with studio.http.get(f"{studio.base}/studio/near", params={"language": "nl", "text": twin}, headers=an.headers()) as answer:
        found = (await answer.json())["near"]
    assert any(one["twin"] and one["text"] == "" for one in found)


async def test_a_reply_changes_and_gets_a_way_more(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    path = "/studio/replies/sextortion/utter_sextortion"
    _, body = await an.get(path)
    old = html.unescape(re.findall(r'name="text" value="([^"]+)"', body)[0])
    assert (await an.post(path, act="change", text=old, new="Wat erg. Goed dat je het zegt."))[0] == 303
    assert (await an.post(path, act="add", nl="Jij bent niet fout.", fr="Tu n'es pas en tort.", who="friend"))[0] == 303
    status, body = await an.post(path, act="add", nl="Alleen Nederlands.", fr="")
    assert status == 422 and "Nederlands en Frans horen samen" in shown(body) and "Alleen Nederlands." in body
    kinds = [type(change) for change in await studio.changes_of(await studio.draft_of(an))]
    assert kinds == [ChangeReply, AddVariation]
    assert "Wat erg. Goed dat je het zegt." in (await an.get(path))[1]


async def test_a_reply_is_weighed(studio: StudioWorld) -> None:
    an, bo = await studio.volunteer("An"), await studio.volunteer("Bo", Language.FR)
    _, body = await an.get("/studio/weigh?language=nl&text=Dat+is+niet+jouw+schuld.+Goed+dat+je+het+zegt.")
    found = json.loads(body)
    assert (found["words"], found["level"], found["notes"]) == (10, "easy", [])
    hard = "Het+onmiddellijk+stopzetten+van+verspreidingsmogelijkheden+vereist+verantwoordelijke+instanties+en+medewerking"
    assert json.loads((await an.get(f"/studio/weigh?language=nl&text={hard}"))[1])["level"] == "hard"
    _, body = await bo.get("/studio/weigh?language=fr&text=" + "Appelle+le+119+maintenant+si+tu+peux+le+faire")
    note = json.loads(body)["notes"][0]
    assert note["stops"] and "119" in note["text"], "a number of another country"


async def test_a_step_of_blocks_and_its_picture(checked_studio: StudioWorld) -> None:
    an = await checked_studio.volunteer("An")
    status, _ = await an.post("/studio/stories/sextortion", **STEP)
    assert status == 303
    reply, step = await checked_studio.changes_of(await checked_studio.draft_of(an))
    assert isinstance(reply, AddReply) and isinstance(step, AddStep)
    assert step.does == (reply.reply, "utter_ask_sextortion_removal")
    _, body = await an.get("/studio/stories/sextortion")
    assert body.count('class="arrow new"') == 1 and "Dat is niet oké van die persoon." in body
    made = await checked_studio.draft_of(an)
    assert (await checked_studio.checked(an, made))["may_be_proposed"] is True, "valid by construction"


async def test_a_new_question_leads_on_whatever_is_answered(checked_studio: StudioWorld) -> None:
    an = await checked_studio.volunteer("An")
    form = STEP | {
        "hears": "deny",
        "say": "",
        "next": "new",
        "next_nl": "Heb je al iets betaald?",
        "next_fr": "Tu as déjà payé ?",
        "then": "utter_ask_sextortion_removal",
    }
    assert (await an.post("/studio/stories/sextortion", **form))[0] == 303
    made = await checked_studio.draft_of(an)
    assert (await checked_studio.checked(an, made))["errors"] == 0
    steps = [change for change in await checked_studio.changes_of(made) if isinstance(change, AddStep)]
    assert set(steps[1].hears) == {"affirm", "deny", "dont_know", "sextortion", "nlu_fallback"}


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"place": ""}, "op welke plaats"),
        ({"place": "utter_ask_grooming_safe"}, "op welke plaats"),
        ({"hears": ""}, "minstens één ding"),
        ({"hears": "drop_tables"}, "minstens één ding"),
        ({"next": "utter_ask_sextortion_safe"}, "wat de bot daarna vraagt"),
        ({"next": ""}, "wat de bot daarna vraagt"),
        ({"say_fr": ""}, "Nederlands en Frans horen samen"),
    ],
)
async def test_blocks_that_do_not_fit_are_explained(studio: StudioWorld, other: dict[str, str], says: str) -> None:
    """A circle, another path's question, one language: never into the draft."""
    an = await studio.volunteer("An")
    status, body = await an.post("/studio/stories/sextortion", **(STEP | other))
    assert status == 422 and says in shown(body)
    assert await studio.store.proposals.all() == []


async def test_a_scenario_in_words_and_picture(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    status, body = await an.get("/studio/scenarios/gamer")
    assert status == 200 and "<svg" in body and 'style="' not in body
    path = "scenario/scenes/app/choices/0/title/nl"
    assert (await an.post("/studio/scenarios/gamer", act="text", where=path, text="Oké, handig", new="Oké"))[0] == 303
    choice = {
        "act": "choice",
        "scene": "app",
        "title_nl": "Stoppen",
        "title_fr": "Arrêter",
        "goes_to": "new",
        "nl": "Je stopt.",
        "fr": "Tu arrêtes.",
    }
    assert (await an.post("/studio/scenarios/gamer", **choice))[0] == 303
    _, body = await an.get("/studio/scenarios/gamer")
    assert "Je stopt." in body and 'id="at-s_stoppen"' in body
    status, body = await an.post("/studio/scenarios/gamer", **(choice | {"title_nl": "x" * 31}))
    assert status == 422 and "hoogstens 30 tekens" in shown(body)


async def test_standard_replies_come_change_and_go(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    assert (await an.post("/studio/canned", act="add", key="Nieuw", nl="Dag.", fr="Bonjour."))[0] == 303
    assert (await an.post("/studio/canned", act="remove", key="tijd", nl="x", fr="y"))[0] == 303
    assert [change.key for change in await studio.changes_of(await studio.draft_of(an)) if isinstance(change, SetCanned)] == [
        "nieuw",
        "tijd",
    ]
    for form in (
        {"key": "twee woorden", "nl": "a", "fr": "b"},
        {"key": "ok", "nl": "a", "fr": ""},
        {"key": "ok", "nl": "a " * 61, "fr": "b"},
    ):
        assert (await an.post("/studio/canned", act="add", **form))[0] == 422


async def test_the_reminder_list_of_facts(studio: StudioWorld) -> None:
    an, ad = await studio.volunteer("An"), await studio.volunteer("Ad", role=Role.ADMIN)
    _, body = await an.get("/studio/helplines")
    assert "Opnieuw na te kijken" in body and "meer dan een jaar geleden" in body and 'name="verified"' not in body
    assert "bron zonder datum" in body and "01/01/2000" not in body and "contact@seos.be" in body
    _, body = await ad.get("/studio/helplines")
    assert 'name="verified"' in body
    for form in ({"verified": "2099-01-01", "source": "x"}, {"verified": "2026-11-20", "source": " "}):
        assert (await ad.post("/studio/helplines", helpline="childfocus", fact="phone", **form))[0] == 422


async def test_an_admin_edits_a_guarded_file_in_parts(studio: StudioWorld) -> None:
    ad = await studio.volunteer("Ad", role=Role.ADMIN)
    path = "/studio/files/edit?file=data/domain.yml"
    _, body = await ad.get(path)
    digest = re.findall(r'name="digest" value="([0-9a-f]{64})"', body)[0]
    text = html.unescape(re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", body, re.DOTALL)[0])
    form = {"file": "data/domain.yml", "part": "1", "digest": digest}
    status, body = await ad.post("/studio/files/edit", text="intents: [", **form)
    assert status == 422 and "kan het bestand niet gelezen worden" in shown(body)
    assert (await ad.post("/studio/files/edit", text="# gelezen\n" + text, **form))[0] == 303
    assert (await ad.post("/studio/files/edit", text="# nog eens\n" + text, **form))[0] == 422, "made from an older text"
    assert (await ad.get("/studio/files/edit?file=data/nlu/nl/sextortion.yml"))[0] == 404, "not a guarded file"
    assert (await ad.get("/studio/files/edit?file=../.env"))[0] == 404


async def test_findings_stand_at_the_change_in_the_readers_language(checked_studio: StudioWorld) -> None:
    bo = await checked_studio.volunteer("Bo", Language.FR)
    await bo.post("/studio/examples/grooming/add", language="nl", text="sextortion")
    made = await checked_studio.draft_of(bo)
    found = await checked_studio.checked(bo, made)
    assert (found["errors"], found["may_be_proposed"]) == (1, False)
    (change,) = await checked_studio.changes_of(made)
    _, body = await bo.get(f"/studio/proposals/{made}")
    card = body[body.index(f'id="at-{change.id}"') :]
    assert "Comment faire :" in card[: card.index("<details")] and "La vérification a trouvé quelque chose" in shown(body)
    status, body = await bo.post(f"/studio/proposals/{made}/propose", title="T", why="W")
    assert status == 422 and "Pas encore" in shown(body)


async def test_a_change_that_no_longer_fits_is_named(studio_answers: Answers, tmp_path: Path) -> None:
    world = StudioWorld(tmp_path / "var", studio_answers, shorten(copy_of_content(tmp_path / "root")))
    await world.start()
    try:
        an = await world.volunteer("An")
        await an.post("/studio/examples/sextortion/change", act="remove", language="nl", text="hij chanteert mij")
        file = world.root / "data/nlu/nl/sextortion.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("    - hij chanteert mij\n", ""), encoding="utf-8")
        made = await world.draft_of(an)
        assert (await world.checked(an, made))["may_be_proposed"] is False
        _, body = await an.get(f"/studio/proposals/{made}")
        assert "past niet meer" in shown(body) and "staat er niet meer" in shown(body)
    finally:
        await world.stop()


async def test_comments_jump_to_their_change(studio: StudioWorld) -> None:
    an, bo = await studio.volunteer("An"), await studio.volunteer("Bo", Language.FR)
    await an.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
    made = await studio.draft_of(an)
    (change,) = await studio.changes_of(made)
    assert (await bo.post(f"/studio/proposals/{made}/comment", change=change.id, text="Wat bedoel je?"))[0] == 303
    assert (await bo.post(f"/studio/proposals/{made}/comment", change="ffffffff", text="x"))[0] == 404
    assert (await bo.post(f"/studio/proposals/{made}/comment", change="", text=" "))[0] == 422
    _, body = await an.get(f"/studio/proposals/{made}")
    assert f'href="#at-{change.id}"' in body and body.count("Wat bedoel je?") == 2
    (said,) = await studio.store.proposals.comments(made)
    assert (await an.post(f"/studio/proposals/{made}/done", comment=said.id))[0] == 303
    assert "afgevinkt" in (await an.get(f"/studio/proposals/{made}"))[1]


async def test_refused_taken_back_and_another_in_hand(studio: StudioWorld) -> None:
    an, bo = await studio.volunteer("An"), await studio.volunteer("Bo")
    await an.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
    first = await studio.draft_of(an)
    assert (await an.post(f"/studio/proposals/{first}/propose", title="Een", why=""))[0] == 422
    assert (await an.post(f"/studio/proposals/{first}/propose", title="Een", why="Zo zeggen ze het."))[0] == 303
    assert (await bo.post(f"/studio/proposals/{first}/refuse", why=" "))[0] == 422
    assert (await bo.post(f"/studio/proposals/{first}/refuse", why="Te dicht bij een andere zin."))[0] == 303
    assert "Te dicht bij een andere zin." in (await an.get(f"/studio/proposals/{first}"))[1]
    assert (await an.post(f"/studio/proposals/{first}/withdraw"))[0] == 303
    assert (await an.post("/studio/proposals", title="Iets anders"))[0] == 303
    assert "Iets anders" in (await an.get("/studio/canned"))[1]
    assert (await an.post(f"/studio/proposals/{first}/pick"))[0] == 303
    assert await studio.draft_of(an) == first
    (change,) = await studio.changes_of(first)
    assert (await an.post(f"/studio/proposals/{first}/drop", change=change.id))[0] == 303
    assert await studio.changes_of(first) == []


async def test_the_board_and_who_did_what(studio: StudioWorld) -> None:
    an = await studio.volunteer("An")
    await an.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
    _, body = await an.get("/studio/board")
    assert body.count('class="balance"') == 37
    assert "een" in body and ">An<" in body
    row = re.findall(r'sextortion">.*?</tr>', body, re.DOTALL)[0]
    assert "<td>1</td>" in row, "one change on its way"


class KnownDrafts:
    """A draft bot that answers one thing."""

    async def state(self, proposal_id: str) -> DraftState:
        return DraftState.READY

    async def ask(self, proposal_id: str, conversation: str, text: str, language: Language) -> Answer:
        return Answer((("Ik luister.", (("Ja", "/affirm"),)),), "sextortion", 0.87)


async def test_trying_out(studio: StudioWorld, studio_answers: Answers, studio_content: Path, tmp_path: Path) -> None:
    an = await studio.volunteer("An")
    await an.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
    _, body = await an.get("/studio/try")
    assert "nog geen proefbot" in shown(body) and 'id="try-form"' not in body
    form = {"proposal": await studio.draft_of(an), "conversation": "a" * 32, "text": "hallo", "language": "nl"}
    assert await an.post("/studio/try", **form) == (409, '{"away": true}')
    other = StudioWorld(tmp_path / "var2", studio_answers, studio_content, drafts=KnownDrafts())
    await other.start()
    try:
        bo = await other.volunteer("Bo")
        await bo.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
        form["proposal"] = await other.draft_of(bo)
        assert 'id="try-form"' in (await bo.get("/studio/try"))[1]
        said = json.loads((await bo.post("/studio/try", **form))[1])
        assert said["bubbles"] == [{"text": "Ik luister.", "choices": [{"title": "Ja", "payload": "/affirm"}]}] and said["confidence"] == 87
        for wrong in ({"conversation": "x"}, {"language": "de"}, {"text": " "}):
            assert (await bo.post("/studio/try", **(form | wrong)))[0] == 400
        assert (await bo.post("/studio/try", **(form | {"proposal": "0" * 32})))[0] == 404
    finally:
        await other.stop()
