"""The guarded files (lines, words of danger, rules, the domain), for admins: a part at a time, as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web

from curation.change_json import cleaned
from curation.changes import ReplaceFile
from curation.content_tree import Conflict, Tree, digest_of
from curation.finding import Finding
from curation.proposals import guard_of
from curation.studio.pages import asked, fields, refused, show, to
from curation.studio.shelf import Refused, add_changes, draft_tree
from curation.yamlfile import parsed_file

LINES = 120
"""Lines of one part."""


async def files(request: web.Request) -> web.StreamResponse:
    """GET /studio/files"""
    kit, _ = asked(request)
    return await show(request, "files.html", rows=guarded_files(kit.root))


async def edit(request: web.Request) -> web.StreamResponse:
    """GET /studio/files/edit?file=&part="""
    return await _page(request, request.query.get("file", ""), _number(request.query.get("part", "1")))


async def save(request: web.Request) -> web.StreamResponse:
    """POST /studio/files/edit: the part as it should be."""
    kit, visitor = asked(request)
    file, part, digest = await fields(request, "file", "part", "digest")
    text = cleaned(str((await request.post()).get("text", ""))).replace("\r\n", "\n")
    number = _number(part)
    try:
        tree, _ = await draft_tree(kit, visitor)
        if file not in guarded_files(kit.root):
            raise web.HTTPNotFound
        whole = tree.text(file)
        if digest != digest_of(whole):
            raise Refused("changed", file)
        lines = whole.splitlines()
        new = "\n".join([*lines[: (number - 1) * LINES], *text.rstrip("\n").split("\n"), *lines[number * LINES :]]) + "\n"
        if isinstance(slip := parsed_file(file, new), Finding):
            message = slip.message_nl if visitor.language.value == "nl" else slip.message_fr
            raise Refused("slip", f"{slip.line}: {message}")
        if new == whole:
            raise Refused("same")
        await add_changes(kit, visitor, [ReplaceFile(file=file, digest=digest, new=new)])
    except Refused as why:
        return await _page(request, file, number, why, text)
    except Conflict as conflict:
        raise web.HTTPNotFound from conflict
    raise to(f"/studio/files/edit?file={file}&part={number}", "changed")


def guarded_files(root: Path) -> list[str]:
    """The guarded content files, by name."""
    guard = guard_of()
    names = sorted(path.relative_to(root).as_posix() for path in (root / "data").rglob("*.yml"))
    return [name for name in names if guard.is_guarded([name])]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) > 0 else 1


async def _page(request: web.Request, file: str, part: int, why: Refused | None = None, typed: str | None = None) -> web.Response:
    kit, visitor = asked(request)
    if file not in guarded_files(kit.root):
        raise web.HTTPNotFound
    tree, draft = await draft_tree(kit, visitor)
    text = _text(tree, file)
    lines = text.splitlines()
    parts = max((len(lines) + LINES - 1) // LINES, 1)
    part = min(part, parts)
    shown = "\n".join(lines[(part - 1) * LINES : part * LINES]) if typed is None else typed
    values: dict[str, Any] = {
        "file": file, "part": part, "parts": parts, "text": shown, "digest": digest_of(text), "first": (part - 1) * LINES + 1,
        "draft": draft,
        "needs_two": guard_of().approvals_for([file]) == 2,
    }  # fmt: skip
    if why is not None:
        return await refused(request, "file.html", why, **values)
    return await show(request, "file.html", **values)


def _text(tree: Tree, file: str) -> str:
    try:
        return tree.text(file)
    except Conflict as conflict:
        raise web.HTTPNotFound from conflict
