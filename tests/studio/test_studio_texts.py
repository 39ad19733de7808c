"""The studio's words: every one is used, every one that is asked for is there, in both languages."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML
from studio_world import ROOT

from channels.site_texts import load_page_texts
from curation.changes import KINDS
from curation.studio.routes import routes
from kernel.language import Language

TEXTS = load_page_texts(ROOT / "data/studio/texts", "studio")
OWN = ("frame", "content", "proposals")
FOLDER = ROOT / "curation/studio"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for kind in ("*.py", "*.html", "*.js") for path in sorted(FOLDER.rglob(kind)))
OTHERS = re.compile(r"inbox|publish|jobs?\.|gate|report|workshop|draft_bots")
"""Files of publishing and of the inbox, which have tests of their own."""
OWN_SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")) if not OTHERS.search(path.name))
CORE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "curation").glob("*.py")))
LOOKED_UP = {"answers", "actions", "change_kinds", "events", "said", "refused", "who", "reasons", "steps"}
"""Groups whose names come from the code's own vocabulary; tested below where that can be."""
BUILT = re.compile(r"^(state_|lang_|level_|fault_|do_|why_|add_|new_|behind_|kind_)")
"""Names that a template or a script puts together."""
FACTS = {"phone", "chat", "url", "email", "hours", "day_and_night", "cost", "anonymous", "phone_hours", "ages", "free"}


def own_groups(language: Language) -> dict[str, dict[str, object]]:
    """Those of the editor; publishing and the inbox have tests of their own."""
    groups = {group for name in OWN for group in YAML(typ="safe").load(ROOT / f"data/studio/texts/{name}.yml")["studio"]}
    return {group: texts for group, texts in TEXTS[language].items() if group in groups}


@pytest.mark.parametrize("language", list(Language))
def test_every_text_is_used(language: Language) -> None:
    names = [(group, name) for group, texts in own_groups(language).items() if group not in LOOKED_UP for name in texts]
    assert len(names) > 200
    unused = [
        f"{group}.{name}"
        for group, name in names
        if not BUILT.match(name) and not (group == "helplines" and name in FACTS) and not re.search(rf"\b{name}\b", SOURCE)
    ]
    assert unused == []


def test_every_text_that_a_template_asks_for_is_there() -> None:
    asked = set(re.findall(r"\bs\.(\w+)\.(\w+)\b", SOURCE))
    assert len(asked) > 150
    assert [pair for pair in sorted(asked) if pair[1] not in {"items", "get", *TEXTS[Language.NL].get(pair[0], {})}] == []
    assert TEXTS[Language.NL].keys() == TEXTS[Language.FR].keys()


def test_the_scripts_have_every_word_they_ask_for() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "static").glob("*.js")))
    asked = set(re.findall(r'\bsay\(\s*"(\w+)"', scripts)) | {"understood", "level_easy", "level_fine", "level_hard", "level_short"}
    assert len(asked) > 12
    assert sorted(asked - set(TEXTS[Language.NL]["script"])) == []


def test_the_vocabulary_of_the_code_has_its_words() -> None:
    texts = TEXTS[Language.NL]
    assert set(texts["change_kinds"]) == set(KINDS)
    said = set(re.findall(r'to\(\s*f?"[^"]*",\s*f?"(\w+)"', OWN_SOURCE)) - {"added_"}
    assert len(said) > 10 and sorted(said - set(texts["said"])) == []
    reasons = set(re.findall(r'(?:Refused|Conflict)\("(\w+)"', OWN_SOURCE + CORE))
    assert len(reasons) > 15 and sorted(reasons - set(texts["refused"])) == []


def test_the_same_placeholders_in_both_languages() -> None:
    seen = 0
    for group, texts in TEXTS[Language.NL].items():
        for name, text in texts.items():
            wanted = set(re.findall(r"\{\w+\}", str(text)))
            seen += bool(wanted)
            assert set(re.findall(r"\{\w+\}", str(TEXTS[Language.FR][group][name]))) == wanted, f"{group}.{name}"
    assert seen > 20


def test_every_act_of_the_audit_has_its_word() -> None:
    acts = load_page_texts(ROOT / "data/desk/texts", "desk")[Language.NL]["acts"]
    assert sorted({route.act for route in routes() if route.act} - set(acts)) == []


def test_no_jargon_for_volunteers() -> None:
    """Plain words: no YAML, git, intent, commit, branch, JSON, merge, regex, utter."""
    jargon = re.compile(r"\b(yaml|git|intents?|commit|branch|json|merge|regex|utter|nlu|slots?|deploy)\b", re.IGNORECASE)
    found = [
        f"{group}.{name}"
        for language in Language
        for group, texts in TEXTS[language].items()
        for name, text in texts.items()
        if jargon.search(str(text))
    ]
    assert found == []


def test_every_route_of_the_editor_stands_in_the_docs() -> None:
    doc = (ROOT / "docs/studio.md").read_text(encoding="utf-8")
    others = ("views_jobs", "views_publish", "views_inbox")
    own = [route for route in routes() if not route.handler.__module__.endswith(others)]
    assert len(own) > 38
    assert [f"{route.method} {route.path}" for route in own if f"`{route.method} {route.path}`" not in doc] == []
