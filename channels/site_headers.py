"""The security headers of both sites (design/console-security.md, "The page" and "Threats")."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

# Nothing but our own files, no inline code, no sink that takes a string as code or markup.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {socket}; "
    "base-uri 'none'; form-action {forms}; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors {ancestors}"
)
_BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_FEATURES_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "clipboard-write", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
_ALWAYS = {
    "Content-Security-Policy": _BARE_POLICY,
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _FEATURES_OFF),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
}
CLEAR_SITE_DATA = '"cache", "storage"'
"""Sent when a teenager leaves. Cookies are not named since there never is one."""


def page_policy(site_url: str, ancestors: tuple[str, ...] = (), *, has_forms: bool = False) -> str:
    """The Content-Security-Policy of a page with script; `ancestors` are the origins that may show it in a frame."""
    site = urlsplit(site_url)
    # Browsers of 2021 and before do not count the socket among 'self'.
    socket = f"{'wss' if site.scheme == 'https' else 'ws'}://{site.netloc}"
    forms = "'self'" if has_forms else "'none'"
    return _PAGE_POLICY.format(socket=socket, ancestors=" ".join(ancestors) or "'none'", forms=forms)


def add_headers(app: web.Application, site_url: str, instead: Mapping[str, str] | None = None) -> None:
    """Put the headers on every answer of `app`, errors included; one that a handler set itself, or `instead` names, stays.

    This is a signal and not a middleware, since answers made outside of handlers (404, 405, a bad request) get them too.
    """
    headers = _ALWAYS | dict(instead or {})
    encrypted = site_url.startswith("https:")

    async def on_prepare(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if encrypted:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
            response.headers["X-Frame-Options"] = "DENY"  # it knows no list of origins, so it goes where there is one
        response.headers.pop("Server", None)

    app.on_response_prepare.append(on_prepare)
