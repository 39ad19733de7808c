"""Who is asking: the Origin of a request, and the address behind the proxies. Both sites decide alike."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

from kernel.settings import LOOPBACK


def allowed_origins(site_url: str) -> frozenset[str]:
    """Origins that may talk to a site: its own, and where that is loopback the three names of loopback, same port."""
    parts = urlsplit(site_url)
    default = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, default) else f":{parts.port}"
    host = parts.hostname or ""
    names = {host}
    if host in LOOPBACK:
        names |= set(LOOPBACK)
    return frozenset(f"{parts.scheme}://{f'[{name}]' if ':' in name else name}{port}" for name in names)


def address_of(request: web.Request, trusted: tuple[str, ...]) -> str:
    """The client's address, for limits only: behind trusted proxies the last address that is not one of them."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    address = request.remote or ""
    while hops and _is_trusted(address, trusted):
        address = hops.pop()
    return address


def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(net, strict=False) for net in trusted)
    except ValueError:
        return False
