"""The docs say what is there: every setting, route, metric, command and dependency is documented, and links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from aiohttp import web

from channels.metrics import Metrics
from channels.public.app import public_app
from channels.public.pages import add_pages
from channels.site import Hub
from kernel.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")


def setting_names() -> list[str]:
    return re.findall(r"^([A-Z][A-Z_]*)=", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.MULTILINE)


def settings_table(text: str) -> dict[str, str]:
    """Default by name, of the rows `| `NAME` | default | meaning |` whose three cells are filled."""
    rows = re.findall(r"^\| `([A-Z][A-Z_]*)` \| ([^|\n]+?) \| ([^|\n]+?) \|$", text, flags=re.MULTILINE)
    return {name: default for name, default, meaning in rows if meaning.strip()}


def routes_of(app: web.Application) -> set[tuple[str, str]]:
    """Method and path of every route, the socket's as WS; HEAD comes along with GET."""
    found = set()
    for route in app.router.routes():
        assert route.resource is not None, "every route has a resource"
        method = "WS" if route.resource.canonical.endswith("/ws") else route.method
        if method != "HEAD":
            found.add((method, route.resource.canonical))
    return found


def missing_routes(routes: set[tuple[str, str]], text: str) -> list[str]:
    return sorted(f"{method} {path}" for method, path in routes if f"| `{method} {path}` |" not in text)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of one's own machine: the page of our own for leaving is there too."""
    return read_settings({"VAR_DIR": str(tmp_path), "SECRET_KEY": "a key of this test, thirty-two characters"}, ROOT)


def test_every_setting_stands_in_the_table() -> None:
    names = setting_names()
    assert len(names) > 20, ".env.example lists no settings: nothing was checked"
    assert sorted(settings_table(OPERATIONS)) == sorted(names)


def test_every_setting_of_the_code_stands_in_the_example() -> None:
    code = (ROOT / "kernel/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+|INBOX)"', code))
    assert len(read) > 20, "no settings were found in the code"
    assert read == set(setting_names())


def test_the_defaults_in_the_table_are_those_of_the_code() -> None:
    defaults, code = settings_table(OPERATIONS), read_settings({}, ROOT)
    checked = 0
    for name, default in defaults.items():
        value = getattr(code, name.lower(), None)
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert default == str(value), name
            checked += 1
    assert checked >= 9
    assert defaults["PUBLIC_HOST"] == code.public_host
    assert defaults["TELEGRAM_MODE"] == code.telegram_mode


async def test_every_route_of_the_public_site_is_documented(settings: Settings) -> None:
    hub = Hub(settings, ROOT, pages=None, actions=None)
    routes = routes_of(public_app(settings, hub.relay, hub.health, add_pages))
    assert ("WS", "/chat/ws") in routes
    assert len(routes) >= 9
    assert missing_routes(routes, OPERATIONS) == []
    await hub.store.close()


def test_a_route_or_setting_that_is_not_documented_is_found() -> None:
    """The checks themselves, with planted mistakes."""
    assert missing_routes({("GET", "/"), ("POST", "/planted")}, OPERATIONS) == ["POST /planted"]
    assert "EXIT_URL" not in settings_table(OPERATIONS.replace("`EXIT_URL` |", "EXIT |"))
    assert "INBOX" not in settings_table("| `INBOX` | off |  |")


def test_every_metric_is_documented() -> None:
    names = [metric.name for metric in Metrics().registry.collect()]
    assert len(names) >= 8
    assert [name for name in names if f"`{name}`" not in OPERATIONS and f"`{name}_total`" not in OPERATIONS] == []


def test_every_command_of_the_makefile_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):[^\n]*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if f"make {target}" not in README + OPERATIONS] == []


@pytest.mark.parametrize("project", ["pyproject.toml", "bot/pyproject.toml"])
def test_every_dependency_has_its_reason_in_the_readme(project: str) -> None:
    table = tomllib.loads((ROOT / project).read_text(encoding="utf-8"))["project"]
    declared = [*table["dependencies"], *(one for group in table.get("optional-dependencies", {}).values() for one in group)]
    names = [re.split(r"[\[<>=!~ ]", one)[0] for one in declared]
    assert names
    section = README.split("## Dependencies", 1)[1]
    part = section.split("**Bot**")[1] if project.startswith("bot/") else section.split("**Bot**")[0]
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", part)] == []


def test_links_and_pictures_lead_to_files() -> None:
    dead, seen = [], 0
    for doc in DOCS:
        for target in re.findall(r"\]\(([^)\s]+)\)", doc.read_text(encoding="utf-8")):
            seen += 1
            if not target.startswith(("http:", "https:", "#")) and not (doc.parent / target.split("#")[0]).exists():
                dead.append(f"{doc.relative_to(ROOT)}: {target}")
    assert seen > 10
    assert dead == []


def test_files_named_in_the_docs_exist() -> None:
    """Names in backticks with a known folder in front; those with <…>, {…} or a star are patterns."""
    gone, seen = [], 0
    for doc in DOCS:
        for name in re.findall(
            r"`((?:kernel|safety|bot|actions|channels|curation|data|tests|scripts|docs)/[\w./-]+)`", doc.read_text(encoding="utf-8")
        ):
            seen += 1
            if not (ROOT / name).exists():
                gone.append(f"{doc.relative_to(ROOT)}: {name}")
    assert seen > 20
    assert gone == []


def test_no_doc_holds_a_path_of_a_machine() -> None:
    assert [
        f"{doc.name}: {hit}"
        for doc in DOCS
        for hit in re.findall(r"(?<![\w.~-])/(?:work|root|home|tmp|Users)/\S*", doc.read_text(encoding="utf-8"))
    ] == []


def test_the_privacy_document_states_the_hours_of_the_settings() -> None:
    assert f"`RETENTION_CHAT_H` ({read_settings({}, ROOT).retention_chat_h}) hours" in PRIVACY
    page = (ROOT / "data/page/privacy.yml").read_text(encoding="utf-8")
    assert page.count("{hours}") >= 4, "/privacy no longer takes its hours from the settings"


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 250
    assert README.index("make run") < README.index("make test") < README.index("make check")
