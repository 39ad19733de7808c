"""The hand-off card against the stand-in hub: taking it back, its language, and the teenager's own sentences after a reload."""

from __future__ import annotations

import pytest
from playwright.async_api import Page
from standin_chat import Frame, StandinHub, reply
from test_in_sight import CARD
from watched_page import OpenPage, until

pytestmark = pytest.mark.asyncio(loop_scope="session")
OWN: Frame = CARD | {"lines": [{"id": "a", "text": "Ik ben bang."}, {"id": "b", "text": "Ik schreef: zeepaardje", "own": True}]}
STORED: Frame = {"type": "handoff_stored", "id": "h1", "return_code": "aap boom vis noot"}


async def sent(hub: StandinHub, page: Page, card: Frame = CARD) -> None:
    """The card was sent, and somebody is waited for."""
    await hub.push(card)
    await page.locator(".handoff .primary").click()
    await until(lambda: len(hub.of("handoff")) == 1)
    await hub.push(STORED)
    await hub.push({"type": "holder", "holder": "waiting"})
    await page.wait_for_selector(".handoff .words button")


def cancels(hub: StandinHub) -> list[Frame]:
    """What took it back."""
    return [frame for frame in hub.of("handoff") if frame["decision"] == "cancel"]


async def test_taking_it_back_is_repeated_until_the_hub_says_that_it_is_done(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await sent(hub, page)
    hub.fall_silent()
    await page.get_by_role("button", name="Ik wil toch geen mens").click()
    assert await page.inner_text(".handoff-state") == "Bezig met terugnemen…"
    await until(lambda: len(cancels(hub)) == 2, 10)
    assert await page.inner_text(".handoff-state") == "Bezig met terugnemen…"
    await hub.push({"type": "holder", "holder": "bot"})
    await page.wait_for_selector(".handoff-state:has-text('Teruggenomen')")
    assert await page.locator(".handoff button, .handoff .words").count() == 0
    await hub.drop()
    await until(lambda: len(hub.of("hello")) == 3, 10)
    await page.wait_for_timeout(300)
    assert len(cancels(hub)) == 2


async def test_without_a_line_it_is_taken_back_as_soon_as_there_is_one(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await sent(hub, page)
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await page.get_by_role("button", name="Ik wil toch geen mens").click()
    hub.accepts = True
    await until(lambda: len(cancels(hub)) == 1, 10)
    assert cancels(hub)[0] == {"type": "handoff", "id": "h1", "decision": "cancel", "note": None, "share": []}


async def test_who_takes_it_back_when_somebody_is_there_hears_so(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await sent(hub, page)
    await page.get_by_role("button", name="Ik wil toch geen mens").click()
    await hub.push({"type": "holder", "holder": "counsellor"})
    await hub.push({"type": "error", "code": "bad_frame", "text": "?", "retry_after": None})
    await page.wait_for_selector(".handoff-state:has-text('Er is al iemand van het team bij je.')")
    assert await page.locator(".handoff button").count() == 0
    assert await page.locator(".handoff .words b").count() == 1, "the words to come back with stay"


async def test_when_who_came_has_gone_it_can_be_taken_back_again(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await sent(hub, page)
    for holder in ("counsellor", "waiting"):
        await hub.push({"type": "holder", "holder": holder})
    await hub.push(CARD | {"lines": []})
    await page.get_by_role("button", name="Ik wil toch geen mens").click()
    await until(lambda: len(cancels(hub)) == 1)


async def test_a_no_to_the_card_is_repeated_and_the_card_does_not_come_again(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await hub.push(CARD)
    await page.wait_for_selector(".handoff")
    hub.fall_silent()
    await page.get_by_role("button", name="Toch niet").click()
    assert await page.inner_text(".handoff-state") == "Niet verstuurd. Dat is oké."
    await until(lambda: len(cancels(hub)) == 2, 10)
    await hub.push(CARD)
    await hub.push(reply(9, "daarna"))
    await page.wait_for_selector("text=daarna")
    assert await page.locator(".handoff").count() == 1
    await hub.push({"type": "holder", "holder": "bot"})
    await hub.push(CARD)
    await page.locator(".handoff").nth(1).wait_for()
    assert await page.locator(".handoff-state").first.inner_text() == "Niet verstuurd. Dat is oké."


async def test_the_whole_card_is_in_the_language_of_the_talk(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/?lang=nl")).page
    await hub.push(reply(3, "Je t'écoute.", lang="fr"))
    await sent(hub, page, CARD | {"lang": "fr", "who_gets_to_know": "Seulement l'équipe."})
    assert await page.get_attribute(".handoff", "lang") == "fr"
    texts = await page.locator(".handoff").inner_text()
    for words in (
        "Voici ce qu’une personne va lire",
        "Ouvre à nouveau : mercredi 25 novembre",
        "Finalement, je ne veux personne",
        "Envoyé et bien reçu.",
    ):
        assert words in texts
    assert not any(dutch in texts for dutch in ("Wie ", "Stuur", "mens", "team", "woensdag"))
    assert (await page.inner_text("#holder"), await page.get_attribute("#holder", "lang")) == ("En attente d’une personne", "fr")
    assert await page.locator(".note[lang=fr] >> text=En attente").count() == 1
    assert await page.evaluate("document.documentElement.lang") == "nl"
    await page.get_by_role("button", name="Finalement, je ne veux personne").click()
    assert await page.inner_text(".handoff-state") == "On reprend…"


async def test_after_a_reload_own_sentences_are_shown_and_sent_only_when_asked_for(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await hub.push(OWN)
    await page.wait_for_selector(".handoff >> text=zeepaardje")
    await page.reload()
    await page.wait_for_selector("#log .choices")
    await hub.push(OWN)
    await page.wait_for_selector(".handoff >> text=Ik ben bang.")
    assert "zeepaardje" not in await page.content()
    await page.locator(".handoff .primary").click()
    await until(lambda: len(hub.of("handoff")) == 1)
    assert hub.of("handoff")[0]["share"] == ["a"], "what was not seen is not sent"


async def test_own_sentences_that_were_asked_for_are_sent(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await page.reload()
    await page.wait_for_selector("#log .choices")
    await hub.push(OWN)
    await page.get_by_role("button", name="Toon wat ik schreef").click()
    assert await page.evaluate("document.activeElement.type") == "checkbox"
    await page.get_by_label("Ik ben bang.").uncheck()
    await hub.push(OWN | {"desk": "open"})
    await page.wait_for_selector(".handoff:not(:has(.closed))")
    assert await page.get_by_label("zeepaardje").is_checked(), "a newer card shows what the one before did"
    await page.locator(".handoff .primary").click()
    await until(lambda: len(hub.of("handoff")) == 1)
    assert hub.of("handoff")[0]["share"] == ["b"]
