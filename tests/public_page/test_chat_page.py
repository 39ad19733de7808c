"""The chat page in a real browser, against the stand-in hub: talking, losing the line, limits."""

from __future__ import annotations

import pytest
from standin_chat import StandinHub, reply
from watched_page import DESKTOP, OpenPage, bubbles, say, until

pytestmark = pytest.mark.asyncio(loop_scope="session")
MARKUP = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script><b>vet</b> {{7*7}} [a](javascript:1)"


@pytest.mark.parametrize(("language", "yes", "first"), [("nl", "Ja", "Hallo."), ("fr", "Oui", "Salut.")])
async def test_a_conversation_by_text_and_button(hub: StandinHub, open_page: OpenPage, language: str, yes: str, first: str) -> None:
    page = (await open_page(f"{hub.url}/?lang={language}")).page
    assert hub.of("hello") == [{"type": "hello", "version": 1, "lang": language, "resume": None, "after": None}]
    assert (await bubbles(page))[0].startswith(first)
    assert await page.locator("#log .turn.bot").first.get_attribute("lang") == language
    await page.get_by_role("button", name=yes, exact=True).click()
    await page.wait_for_selector("text=Ik hoor je: yes")
    assert hub.of("choose")[0]["payload"] == "yes"
    await say(page, "hij wil geld\nof hij stuurt het door")
    await page.wait_for_selector("text=Ik hoor je: hij wil geld")
    assert hub.of("say")[0]["text"] == "hij wil geld\nof hij stuurt het door"
    assert await page.locator(".me .state").last.get_attribute("data-state") == "sent"
    assert await page.evaluate("document.activeElement.id") == "text"
    assert await page.locator("#help").is_hidden()


async def test_helpline_cards_have_safe_links_and_say_if_open(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "hoi")
    cards = page.locator(".turn").last.locator(".card")
    await page.wait_for_selector("text=Take It Down")
    assert await cards.count() == 3
    links = await cards.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [
        "tel:116000",
        "https://childfocus.example/chat",
        "https://childfocus.example/",
        "tel:102",
        "https://awel.example/",
        "mailto:hulp@awel.example",
        "https://takeitdown.example/",
    ]
    assert "Mail hulp@awel.example" in await cards.nth(1).inner_text()
    assert await cards.locator(".pill").all_inner_texts() == ["nu open", "nu dicht"]
    order = await page.locator(".turn").last.evaluate("turn => [...turn.children].map(each => each.className)")
    assert order == ["who", "bubble", "bubble", "choices", "cards"]


async def test_only_the_newest_choices_can_be_used(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.answer = lambda frame, _chat: [reply(0, "zonder knoppen", in_reply_to=frame["id"])]
    await say(page, "een")
    await page.wait_for_selector("text=zonder knoppen")
    assert await page.locator(".choices:visible button[aria-disabled=true]").count() == 0
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.wait_for_selector("#log > .turn.bot:nth-child(5)")
    await page.wait_for_selector(".choices button[aria-disabled=false]")
    hub.answer = hub.plain_answer
    await say(page, "twee")
    await page.wait_for_selector("text=Wil je een tip?")
    assert await page.locator(".choices:visible").count() == 1
    await page.get_by_role("button", name="Nee", exact=True).dblclick()
    await page.wait_for_selector("text=Ik hoor je: c2")
    assert [frame["payload"] for frame in hub.of("choose")] == ["yes", "c2"]


async def test_markup_is_shown_as_it_was_written(hub: StandinHub, open_page: OpenPage) -> None:
    watched = await open_page(hub.url)
    page = watched.page
    hub.answer = lambda frame, _chat: [
        reply(0, MARKUP, in_reply_to=frame["id"], choices=[{"title": MARKUP, "payload": "p"}],
              helplines=[{"id": "x", "name": MARKUP, "phone": MARKUP, "chat": "javascript:alert(1)", "url": "data:text/html,x", "email": "a@b.be?bcc=c@d.be", "open": None, "note": MARKUP}])
    ]  # fmt: skip
    await say(page, MARKUP)
    await page.wait_for_selector(".turn.bot:last-child .card")
    assert (await bubbles(page))[-1] == MARKUP and (await bubbles(page, ".me"))[-1] == MARKUP
    await hub.push(
        {"type": "handoff", "id": "h", "lines": [{"id": "1", "text": MARKUP}], "desk": "open", "opens_at": None, "who_gets_to_know": MARKUP}
    )
    await page.wait_for_selector(".handoff")
    await hub.push({"type": "error", "code": "busy", "text": MARKUP, "retry_after": 1})
    await page.wait_for_selector("#status:has-text('onerror')")
    assert await page.locator("#log img, #log script, #log .bubble b, #status img").count() == 0
    assert await page.title() == "Chat"
    assert await page.locator(".turn").last.locator("a").count() == 0


async def test_long_words_and_4000_characters_fit_and_are_counted(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, viewport={"width": 320, "height": 640})).page
    await page.fill("#text", "x" * 3500)
    assert await page.inner_text("#counter") == ""
    await page.fill("#text", "x" * 3990)
    assert await page.inner_text("#counter") == "Nog 10 tekens"
    await page.keyboard.insert_text("y" * 50)
    assert len(await page.input_value("#text")) == 4000
    assert "Vol" in await page.inner_text("#counter")
    await page.press("#text", "Enter")
    await page.wait_for_selector(".me .state[data-state=sent]")
    assert len(hub.of("say")[0]["text"]) == 4000
    assert await page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && document.getElementById('main').scrollWidth <= innerWidth"
    )


async def test_resume_without_loss_or_repeat(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "een")
    await page.wait_for_selector("text=Ik hoor je: een")
    before = await bubbles(page)
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    chat = next(iter(hub.chats.values()))
    chat.replies.append(reply(len(chat.replies) + 1, "Terwijl je weg was"))
    await say(page, "twee")
    assert await page.locator(".me .state").last.get_attribute("data-state") == "unsent"
    hub.accepts = True
    await page.wait_for_selector("text=Ik hoor je: twee")
    assert await page.locator("#help").is_hidden()
    assert await bubbles(page) == [*before, "Terwijl je weg was", "Ik hoor je: twee", "Wil je een tip?"]
    assert hub.of("hello")[-1] == {"type": "hello", "version": 1, "lang": None, "resume": chat.token, "after": 4}
    assert [frame["text"] for frame in hub.of("say")] == ["een", "twee"]


async def test_a_reply_sent_twice_is_shown_once(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    before = await bubbles(page)
    for _ in range(2):
        await hub.push(reply(3, "maar een keer"))
    await hub.push(reply(1, before[0]))
    await hub.push({"type": "typing", "from": "bot"})
    await page.wait_for_selector("#typing.on")
    assert await bubbles(page) == [*before, "maar een keer"]


async def test_not_stored_is_sent_again_with_the_same_id(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True)).page
    hub.acknowledges = False
    await say(page, "bewaar mij")
    await page.wait_for_selector("text=Dat lukte niet.")
    await page.clock.fast_forward(10_000)
    await until(lambda: len(hub.of("say")) == 2)
    assert await page.locator(".me .state").last.get_attribute("data-state") == "unsent"
    hub.acknowledges = True
    await page.clock.fast_forward(20_000)
    await page.wait_for_selector(".me .state[data-state=sent]")
    assert len({frame["id"] for frame in hub.of("say")}) == 1
    assert (await bubbles(page)).count("Dat lukte niet.") == 1


async def test_reload_resumes_with_the_token(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "een")
    await page.wait_for_selector("text=Ik hoor je: een")
    kept = await page.evaluate("JSON.stringify([Object.keys(sessionStorage), Object.keys(localStorage)])")
    assert kept == '[["chat"],[]]'
    assert "een" not in str(await page.evaluate("sessionStorage.chat"))
    await page.reload()
    await page.wait_for_selector("text=Ik hoor je: een")
    assert len(hub.chats) == 1
    assert "niet opnieuw" in await page.inner_text(".note")


async def test_language_switch_keeps_the_conversation(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/?lang=nl")).page
    await say(page, "een")
    await page.wait_for_selector("text=Ik hoor je: een")
    before = await bubbles(page)
    await page.click("nav.languages a[data-lang=fr]")
    await until(lambda: len(hub.of("hello")) == 2)
    assert hub.of("hello")[1] == {"type": "hello", "version": 1, "lang": "fr", "resume": "token-1", "after": 4}
    assert await page.evaluate("document.documentElement.lang") == "fr"
    assert await page.inner_text("#leave") == "Quitter vite"
    assert await page.get_attribute("#text", "placeholder") == "Écris ton message"
    assert await bubbles(page) == before and await bubbles(page, ".me") == ["een"]
    await say(page, "deux")
    await page.wait_for_selector(".turn.bot[lang=fr]")
    assert page.url.endswith("?lang=fr") and await page.locator("#help").is_hidden()


async def test_unknown_token_opens_a_new_chat_and_says_so(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.chats.clear()
    await hub.drop()
    await page.wait_for_selector("text=nieuw gesprek")
    await until(lambda: len(hub.of("hello")) == 3)
    await say(page, "daar ben ik weer")
    await page.wait_for_selector("text=Ik hoor je: daar ben ik weer")
    assert len(await bubbles(page)) == 6


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_lines_after_three_seconds_without_a_socket(hub: StandinHub, open_page: OpenPage, language: str) -> None:
    page = (await open_page(f"{hub.url}/privacy?lang={language}", wait_for=None)).page
    await page.route_web_socket("**/chat/ws", lambda _socket: None)  # it opens, and never says anything
    await page.goto(f"{hub.url}/?lang={language}")
    await page.wait_for_timeout(1500)
    assert await page.locator("#help").is_hidden()
    await page.wait_for_timeout(1800)
    shown = await page.inner_text("#help")
    for number in ("116000", "112", "1813", "0800 32 123"):
        assert number in shown
    assert await page.inner_text("#status") != ""


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_lines_without_script(hub: StandinHub, open_page: OpenPage, language: str) -> None:
    page = (await open_page(f"{hub.url}/?lang={language}", wait_for=None, java_script_enabled=False, **DESKTOP)).page
    assert await page.locator("#help").is_visible()
    for number in ("116000", "112", "1813", "0800 32 123"):
        assert await page.locator(f"#help >> text={number} >> visible=true").count() == 1
    assert "JavaScript" in await page.inner_text(".noscript")
    assert await page.locator("#text").is_hidden()
    await page.click("#leave")
    assert page.url.endswith("/gone")


async def test_lines_when_the_script_never_comes(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/privacy", wait_for=None)).page
    await page.route("**/chat.js", lambda route: route.abort())
    await page.goto(hub.url)
    assert await page.evaluate("document.getElementById('help').offsetHeight") == 0
    await page.wait_for_timeout(3300)
    assert await page.evaluate("document.getElementById('help').offsetHeight") > 100
    assert await page.locator("#help >> text=116000 >> visible=true").count() == 1


async def test_human_and_sos_ask_the_hub_and_show_lines_without_it(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await page.click("#human")
    await page.wait_for_selector("text=(human)")
    await page.click("#sos")
    await page.wait_for_selector("text=(sos)")
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await page.click("#sos")
    assert len(hub.of("sos")) == 1
    assert await page.locator("#help").is_visible()


async def test_wipe_asks_first_then_leaves_nothing(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    await page.click("#sos")  # its answer comes from the system too, and must not stay with the last words
    await page.wait_for_selector("text=(sos)")
    await page.click("#wipe")
    await page.click("#wipe-no")
    assert hub.of("wipe") == []
    await page.click("#wipe")
    assert await page.locator("#leave").is_visible() and "116000" in await page.inner_text("#wipe-panel")
    await page.click("#wipe-yes")
    await page.wait_for_selector("text=Nieuw gesprek")
    assert await bubbles(page) == ["Gewist. Hulp blijft er altijd."]
    assert "zeepaardje" not in await page.content()
    assert await page.evaluate("sessionStorage.length") == 0
    await say(page, "opnieuw")
    await page.wait_for_selector("text=Ik hoor je: opnieuw")
    assert hub.of("hello")[-1]["resume"] is None and len(hub.of("wipe")) == 1


async def test_wipe_without_a_line_empties_the_screen_and_is_done_later(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await page.click("#wipe")
    await page.click("#wipe-yes")
    assert await bubbles(page) == []
    hub.accepts = True
    await until(lambda: len(hub.of("wipe")) == 1, 15)
    await page.wait_for_selector("text=Nieuw gesprek")
    assert hub.chats == {}


async def test_errors_are_told_and_the_message_is_sent_again(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.acknowledges = False
    await say(page, "te snel")
    await hub.push({"type": "error", "code": "too_fast", "text": "Even rustig aan.", "retry_after": 1})
    await page.wait_for_selector("#status:has-text('Even rustig aan.')")
    hub.acknowledges = True
    await page.wait_for_selector(".me .state[data-state=sent]")
    assert len(hub.of("say")) == 2
    hub.acknowledges = False
    await say(page, "te lang")
    await hub.push({"type": "error", "code": "too_long", "text": "Dat is te lang.", "retry_after": None})
    await page.wait_for_selector(".me .state[data-state=refused]")
    await page.wait_for_timeout(1500)
    assert [frame["text"] for frame in hub.of("say")] == ["te snel", "te snel", "te lang"]


async def test_half_an_hour_idle_drops_token_and_screen(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    await page.clock.fast_forward(29 * 60 * 1000)
    assert hub.of("leave") == []
    await page.clock.fast_forward(2 * 60 * 1000)
    await until(lambda: len(hub.of("leave")) == 1)
    await page.wait_for_selector("text=half uur")
    assert "zeepaardje" not in await page.content()
    await until(lambda: hub.of("hello")[-1]["resume"] is None and len(hub.of("hello")) == 2)


@pytest.mark.parametrize("holder", ["waiting", "counsellor"])
async def test_who_waits_for_a_person_is_told_how_to_come_back_to_them(hub: StandinHub, open_page: OpenPage, holder: str) -> None:
    page = (await open_page(hub.url, clock=True)).page
    await hub.push(reply(3, "Tu veux parler ?", lang="fr"))
    await hub.push({"type": "holder", "holder": holder})
    await page.wait_for_selector(".note[lang=fr]")
    await page.clock.fast_forward(31 * 60 * 1000)
    await page.wait_for_selector("text=Je vraag aan het team blijft staan")
    notes = await page.locator(".note").evaluate_all("all => all.map(e => [e.lang, e.textContent])")
    assert [lang for lang, _ in notes] == ["fr", "nl"], "in the language of the talk, and in the page's"
    assert "quatre mots" in notes[0][1] and "vier woorden" in notes[1][1]


async def test_the_log_is_only_added_to(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await page.evaluate(
        "window.removed = 0; new MutationObserver((all) => all.forEach((m) => { window.removed += m.target.closest('.state') ? 0 : m.removedNodes.length; }))"
        ".observe(document.getElementById('log'), {childList: true, subtree: true})"
    )
    for text in ("een", "twee", "drie"):
        await say(page, text)
        await page.wait_for_selector(f"text=Ik hoor je: {text}")
    assert await page.evaluate("window.removed") == 0
    log = page.locator("#log")
    assert (await log.get_attribute("role"), await log.get_attribute("aria-live"), await log.get_attribute("aria-relevant")) == (
        "log",
        "polite",
        "additions",
    )
    assert await log.locator("#typing").count() == 0 and await page.get_attribute("#typing", "role") == "status"
