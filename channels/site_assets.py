"""The static files of a site: read once, compressed once, served under a folder named after their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, the same compressed with gzip, and its media type."""

    plain: bytes
    packed: bytes
    media_type: str

    def response(self, request: web.Request, cache: str, etag: str) -> web.Response:
        """The file for this client, compressed if it takes that, 304 if the client has it already."""
        headers = {"Cache-Control": cache, "ETag": f'"{etag}"', "Vary": "Accept-Encoding"}
        if any(known.value == etag for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        body = self.plain
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = self.packed, "gzip"
        return web.Response(body=body, content_type=self.media_type, charset="utf-8", headers=headers)


def asset(content: bytes, suffix: str) -> Asset:
    """An asset out of bytes; `suffix` (.css, .js, .svg) says what it is."""
    return Asset(content, gzip.compress(content, 9, mtime=0), _TYPES[suffix])


class Assets:
    """All files of a folder. `version` changes with any byte of them, so that a browser may keep them for good."""

    def __init__(self, folder: Path, prefix: str = "/static") -> None:
        """`prefix`: where the site serves them."""
        self._prefix = prefix
        self.files = {file.name: asset(file.read_bytes(), file.suffix) for file in sorted(folder.iterdir()) if file.suffix in _TYPES}
        digest = hashlib.sha256()
        for name, item in self.files.items():
            digest.update(name.encode() + b"\0" + item.plain + b"\0")
        self.version = digest.hexdigest()[:16]

    def url(self, name: str) -> str:
        """Where a page finds the file `name`; KeyError for a file that is not there."""
        return f"{self._prefix}/{self.version}/{name}" if self.files[name] else ""

    async def handle(self, request: web.Request) -> web.Response:
        """GET /static/{version}/{name}. An old version gets today's file, not to be kept: its page is about to be gone."""
        found = self.files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        cache = _FOREVER if request.match_info["version"] == self.version else "no-store"
        return found.response(request, cache, self.version)
