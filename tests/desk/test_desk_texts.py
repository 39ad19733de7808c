"""The desk's words: every one is used, every one that is asked for is there; and every route stands in the docs."""

from __future__ import annotations

import re

import pytest
from desk_world import ROOT

from channels.desk.context import DATA
from channels.desk.routes import routes
from channels.site_assets import Assets
from channels.site_texts import load_page_texts
from kernel.language import Language

TEXTS = load_page_texts(DATA / "texts", "desk")
FOLDER = ROOT / "channels" / "desk"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for kind in ("*.py", "*.html", "*.js") for path in sorted(FOLDER.rglob(kind)))
LOOKED_UP = {"needs", "urgency", "age_group", "who", "channel", "language", "reason", "state", "outcome", "waiting_time", "acts"}
"""Groups whose names come from the code's own vocabulary."""
BUILT = re.compile(
    r"^(fault_|status_|role_|lang_|state_|of_|from_|said_|scenario_|mon|tue|wed|thu|fri|sat|sun|holiday)|^(queue|numbers|audit|hours|accounts|me)$"
)
"""Names that a template puts together."""


@pytest.mark.parametrize("language", list(Language))
def test_every_text_is_used(language: Language) -> None:
    names = [(group, name) for group, texts in TEXTS[language].items() if group not in LOOKED_UP for name in texts]
    assert len(names) > 150
    unused = [f"{group}.{name}" for group, name in names if not BUILT.match(name) and not re.search(rf"\b{name}\b", SOURCE)]
    assert unused == []


def test_every_text_that_a_template_asks_for_is_there() -> None:
    asked = set(re.findall(r"\bt\.(\w+)\.(\w+)\b", SOURCE))
    assert len(asked) > 120
    assert [pair for pair in sorted(asked) if pair[1] not in {"items", *TEXTS[Language.NL].get(pair[0], {})}] == []
    assert TEXTS[Language.NL].keys() == TEXTS[Language.FR].keys()


def test_the_scripts_have_every_word_they_ask_for() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "static").glob("*.js")))
    asked = set(re.findall(r"\bwords\.(alarm|queue|case|frame)\.(\w+)", scripts))
    assert len(asked) > 8
    assert [pair for pair in sorted(asked) if pair[1] not in TEXTS[Language.NL][pair[0]]] == []


def test_the_same_placeholders_in_both_languages() -> None:
    seen = 0
    for group, texts in TEXTS[Language.NL].items():
        for name, text in texts.items():
            wanted = set(re.findall(r"\{\w+\}", str(text)))
            seen += bool(wanted)
            assert set(re.findall(r"\{\w+\}", str(TEXTS[Language.FR][group][name]))) == wanted, f"{group}.{name}"
    assert seen > 10


def test_every_route_stands_in_the_docs() -> None:
    doc = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    table = routes(Assets(FOLDER / "static"))
    assert len(table) > 35
    assert [f"{route.method} {route.path}" for route in table if f"`{route.method} {route.path}`" not in doc] == []
