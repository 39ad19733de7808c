"""The pages as they are served: languages, headers, sizes, words. No browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import aiohttp
import pytest
from standin_chat import StandinHub

from channels.site_assets import Assets
from channels.site_texts import PageTextError, filled, load_page_texts
from curation.foreign import find_foreign
from kernel.language import Language

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "channels" / "public" / "static"


async def get(hub: StandinHub, path: str, method: str = "GET", **headers: str) -> tuple[aiohttp.ClientResponse, str]:
    async with (
        aiohttp.ClientSession(auto_decompress=True) as session,
        session.request(method, hub.url + path, headers=headers, allow_redirects=False) as answer,
    ):
        return answer, await answer.text()


@pytest.mark.parametrize(
    ("path", "accept", "language"),
    [
        ("/", "", "nl"),
        ("/", "fr", "fr"),
        ("/", "fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        ("/", "en-GB,nl-BE;q=0.7,fr;q=0.3", "nl"),
        ("/", "fr;q=0.2,nl;q=0.9", "nl"),
        ("/", "de", "nl"),
        ("/?lang=fr", "nl", "fr"),
        ("/?lang=xx", "fr", "fr"),
        ("/privacy?lang=fr", "", "fr"),
        ("/embed?lang=nl", "fr", "nl"),
    ],
)
async def test_language_of_the_page(hub: StandinHub, path: str, accept: str, language: str) -> None:
    answer, text = await get(hub, path, **{"Accept-Language": accept})
    assert answer.status == 200
    assert f'<html lang="{language}"' in text
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("path", ["/", "/privacy", "/embed", "/gone", "/nothing", "/embed.js", "/static/x/chat.css"])
async def test_every_answer_carries_the_security_headers(hub: StandinHub, path: str) -> None:
    answer, _ = await get(hub, path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy and answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer.headers["Permissions-Policy"] and "geolocation=()" in answer.headers["Permissions-Policy"]
    assert "Set-Cookie" not in answer.headers and "Server" not in answer.headers
    if path != "/embed.js":
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/privacy", "/embed"])
async def test_pages_with_script_demand_trusted_types(hub: StandinHub, path: str) -> None:
    answer, _ = await get(hub, path)
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in answer.headers["Content-Security-Policy"]


async def test_only_embed_origins_may_frame_and_only_the_embedded_chat() -> None:
    hub = StandinHub(EMBED_ORIGINS="https://partner.example,https://school.example")
    await hub.start()
    try:
        embedded, _ = await get(hub, "/embed")
        assert "frame-ancestors https://partner.example https://school.example" in embedded.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in embedded.headers
        plain, _ = await get(hub, "/")
        assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    finally:
        await hub.stop()


async def test_sizes_stay_small(hub: StandinHub) -> None:
    _, html = await get(hub, "/")
    files = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in STATIC.iterdir()}
    script = sum(size for name, size in files.items() if name.endswith(".js"))
    total = sum(files.values()) + len(gzip.compress(html.encode(), 9))
    assert 1000 < script <= 20 * 1024, files
    assert script < total <= 60 * 1024, files


async def test_files_are_kept_by_content_and_compressed(hub: StandinHub) -> None:
    _, html = await get(hub, "/")
    found = re.search(r'"(/static/\w{16}/chat\.js)"', html)
    assert found
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(hub.url + found[1], headers={"Accept-Encoding": "gzip"}) as answer,
    ):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert gzip.decompress(await answer.read()) == (STATIC / "chat.js").read_bytes()
        etag = answer.headers["ETag"]
    again, _ = await get(hub, found[1], **{"If-None-Match": etag})
    assert again.status == 304


async def test_the_version_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    before = Assets(tmp_path).version
    (tmp_path / "a.css").write_text("b{}")
    assert Assets(tmp_path).version != before


async def test_nothing_from_elsewhere_is_named_in_the_pages(hub: StandinHub) -> None:
    for path in ("/", "/privacy", "/embed", "/gone"):
        _, html = await get(hub, path)
        sources = re.findall(r'(?:src|href)="([^"]*)"', html)
        assert sources
        assert [each for each in sources if not each.startswith(("/", "tel:", "#"))] == []
        assert "style=" not in html and not re.search(r"\son\w+=", html)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("path", ["/", "/privacy", "/embed", "/gone", "/embed.js"])
async def test_no_page_names_a_line_of_another_country(hub: StandinHub, path: str, language: str) -> None:
    """As it is served, and as it is read: a number may be cut by tags."""
    _, page = await get(hub, f"{path}?lang={language}")
    assert len(page) > 100
    for shown in (page, re.sub(r"<[^>]*>", "", page), re.sub(r"<[^>]*>", " ", page)):
        assert find_foreign(shown) is None
    assert find_foreign(page.replace("</body>", "<a href=tel:3018>") + "<a href=tel:3018>") == "3018"


async def test_title_and_icon_say_nothing_about_the_subject(hub: StandinHub) -> None:
    for path in ("/?lang=nl", "/?lang=fr"):
        _, html = await get(hub, path)
        assert "<title>Chat</title>" in html
    assert "<title>" not in (STATIC / "icon.svg").read_text()


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_the_lines_are_in_the_page_itself(hub: StandinHub, language: str) -> None:
    _, html = await get(hub, f"/?lang={language}")
    block = html.split('id="help"')[1].split("</section>")[0]
    shown = block.split(f'data-only="{"fr" if language == "nl" else "nl"}"')[0]
    for number in ("tel:116000", "tel:112", "tel:1813", "tel:080032123"):
        assert number in shown


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_privacy_tells_the_settings(language: str) -> None:
    hub = StandinHub(RETENTION_CHAT_H="37", RETENTION_CASE_DAYS="53", OPERATOR_NAME="Huis <b>&amp;</b>")
    await hub.start()
    try:
        _, html = await get(hub, f"/privacy?lang={language}")
    finally:
        await hub.stop()
    assert re.search(r"\b37 (uur|heures)", html) and re.search(r"\b53 (dagen|jours)", html)
    assert "Huis &lt;b&gt;&amp;amp;&lt;/b&gt;" in html
    for word in ("116000", "112", "Telegram", "Shift" if language == "nl" else "Maj", "bot"):
        assert word in html
    assert not re.search(r"\{\w+\}", html.split("<script type=")[0])
    sentences = [each for each in re.split(r"[.?!:]", " ".join(re.findall(r"<p>([^<]*)</p>", html))) if each.strip()]
    assert len(sentences) > 20
    assert sum(len(each.split()) for each in sentences) / len(sentences) <= 12


@pytest.mark.parametrize("contact", ["", "vragen@voorbeeld.invalid"])
async def test_privacy_says_where_questions_go_only_when_that_is_set(contact: str) -> None:
    hub = StandinHub(PRIVACY_CONTACT=contact)
    await hub.start()
    try:
        pages = [(await get(hub, f"/privacy?lang={language}"))[1] for language in ("nl", "fr")]
    finally:
        await hub.stop()
    heads = [any(head in page for head in ("Vragen over wat we bewaren?", "Des questions sur ce que nous gardons")) for page in pages]
    assert heads == [bool(contact)] * 2
    assert not contact or all(contact in page for page in pages)


async def test_leaving_clears_what_the_browser_kept_but_only_for_our_own_page(hub: StandinHub) -> None:
    answer, _ = await get(hub, "/leave", "POST", **{"Sec-Fetch-Site": "same-origin"})
    assert answer.status == 204 and answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    foreign, _ = await get(hub, "/leave", "POST", **{"Sec-Fetch-Site": "cross-site"})
    assert foreign.status == 403 and "Clear-Site-Data" not in foreign.headers


async def test_own_exit_page_only_on_loopback_without_exit_url(hub: StandinHub) -> None:
    answer, html = await get(hub, "/gone")
    assert answer.status == 200 and "Clear-Site-Data" in answer.headers
    assert "116000" not in html and "Chatmasjien" not in html
    elsewhere = StandinHub(EXIT_URL="https://weather.example/")
    await elsewhere.start()
    try:
        assert (await get(elsewhere, "/gone"))[0].status == 404
        _, page = await get(elsewhere, "/")
        assert 'id="leave" class="leave" href="https://weather.example"' in page
    finally:
        await elsewhere.stop()


async def test_words_are_there_in_both_languages_and_all_used() -> None:
    texts = load_page_texts(ROOT / "data" / "page")
    assert set(texts[Language.NL]) == {"chat", "help", "privacy", "embed"}
    sources = "".join(file.read_text() for folder in ("static", "templates") for file in (STATIC.parent / folder).iterdir())
    unused = [name for name in texts[Language.NL]["chat"] if name not in sources and not name.startswith(("from_", "holder_"))]
    assert unused == []
    everything = json.dumps(list(texts.values()), ensure_ascii=False)
    assert find_foreign(everything) is None
    used = set(re.findall(r'\bt\("(\w+)"', sources)) | set(re.findall(r"\bt\.(\w+)", sources))
    assert len(used) > 30
    assert used - set(texts[Language.NL]["chat"]) <= {"open", "open_label", "close_label", "frame", "dataset"}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("page:\n  chat:\n    a: {nl: Ja}\n", "page.chat.a: expected exactly nl and fr"),
        ("page:\n  chat:\n    a: {nl: Ja, fr: ''}\n", "page.chat.a.fr: expected a text"),
        ("page:\n  chat:\n    a: Ja\n", "page.chat.a: expected names"),
        ("texts: {}\n", "page: missing"),
        ("page: [\n", "page: not readable"),
    ],
)
async def test_a_wrong_text_file_names_its_place(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / "chat.yml").write_text(content)
    with pytest.raises(PageTextError) as caught:
        load_page_texts(tmp_path)
    assert place in str(caught.value) and "chat.yml" in str(caught.value)


async def test_no_texts_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PageTextError):
        load_page_texts(tmp_path)


async def test_values_are_filled_in_everywhere() -> None:
    assert filled({"a": ["{n} uur", "{other}"]}, {"n": "3"}) == {"a": ["3 uur", "{other}"]}
