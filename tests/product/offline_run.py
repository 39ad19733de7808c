"""Runs in a network of its own (`unshare -n`), which has nothing but loopback: starts the whole product, talks, ends it.

Every packet to anywhere else is routed into loopback too, where it is seen and gets no answer, as with a pulled cable. One JSON
line on stdout says what was seen. Needs root. Arguments: a folder for var/ and logs, "product", or "planted" to see that a packet
to the outside is noticed.
"""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import ipaddress
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE), str(HERE.parent / "channels")]

import aiohttp
from chat_client import Chat, replies
from product_world import get

from tests.ports import free_ports

_SIOCSIFFLAGS, _SIOCADDRT = 0x8914, 0x890B
_UP_AND_RUNNING, _RTF_UP = 0x1 | 0x40, 0x1
_ALL_PROTOCOLS, _DNS = 3, 53
_READY_S = 200.0
SAID = {"nl": "iemand dreigt mijn naaktfoto door te sturen", "fr": "on menace de publier ma photo nue"}


class _Route(ctypes.Structure):
    """struct rtentry of linux/route.h on 64 bit."""

    _fields_ = [
        ("pad1", ctypes.c_ulong),
        ("destination", ctypes.c_ubyte * 16),
        ("gateway", ctypes.c_ubyte * 16),
        ("mask", ctypes.c_ubyte * 16),
        ("flags", ctypes.c_ushort),
        ("pad2", ctypes.c_short),
        ("pad3", ctypes.c_ulong),
        ("pad4", ctypes.c_void_p),
        ("metric", ctypes.c_short),
        ("device", ctypes.c_char_p),
        ("mtu", ctypes.c_ulong),
        ("window", ctypes.c_ulong),
        ("round_trip", ctypes.c_ushort),
    ]


def loopback_only() -> None:
    """Loopback up, and the default route into it."""
    anywhere = (ctypes.c_ubyte * 16)(*struct.pack("<H14x", socket.AF_INET))
    route = _Route(destination=anywhere, gateway=anywhere, mask=anywhere, flags=_RTF_UP, device=b"lo")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _UP_AND_RUNNING))
        fcntl.ioctl(control, _SIOCADDRT, bytes(route))


class Watch(threading.Thread):
    """Sees every packet and keeps the addresses that are not loopback, and questions to a name server anywhere."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.outside: set[str] = set()
        self.packets = 0
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PROTOCOLS))
        self._socket.bind(("lo", 0))
        self.start()

    def run(self) -> None:
        """See the class."""
        while True:
            packet = self._socket.recv(256)
            self.packets += 1
            is_4 = packet[0] >> 4 == 4
            address = ipaddress.ip_address(packet[16:20] if is_4 else packet[24:40])
            header = (packet[0] & 15) * 4 if is_4 else 40
            protocol = packet[9] if is_4 else packet[6]
            port = int.from_bytes(packet[header + 2 : header + 4], "big") if protocol in (socket.IPPROTO_TCP, socket.IPPROTO_UDP) else 0
            if not address.is_loopback or port == _DNS:
                self.outside.add(f"{address} port {port}")


async def talk(base: str) -> dict[str, list[str]]:
    """The first reply in each language: who says it and its lines."""
    said = {}
    async with aiohttp.ClientSession() as session:
        for language, text in SAID.items():
            chat = await Chat(session, base).connect()
            await chat.hello(language)
            found = replies(await chat.say(text, seconds=10))
            said[language] = [found[0]["from"], found[0]["lang"], *(card["id"] for frame in found for card in frame["helplines"])]
            await chat.close()
        async with session.get(f"{base}/?lang=fr") as page:
            said["page"] = [str(page.status)]
    return said


def product(folder: Path) -> dict[str, object]:
    """Start bot and hub as `make run` does, wait, talk, end."""
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    ports = dict(zip(names, map(str, free_ports(len(names))), strict=True))
    base = f"http://127.0.0.1:{ports['PUBLIC_PORT']}"
    with (folder / "offline.log").open("wb") as log:
        command = [str(ROOT / ".venv/bin/python"), "-m", "channels"]
        environment = os.environ | ports | {"VAR_DIR": str(folder / "var")}
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    began = time.monotonic()
    try:
        while get(f"{base}/healthz")[0] != 200 and running.poll() is None and time.monotonic() - began < _READY_S:
            time.sleep(0.3)
        ready = time.monotonic() - began
        status = get(f"{base}/healthz")[0]
        return {"healthz": status, "ready_s": round(ready, 1), "said": asyncio.run(talk(base)) if status == 200 else {}}
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()


def planted() -> dict[str, object]:
    """A connection and a name server's question to the outside, on purpose."""
    with socket.socket() as outside:
        outside.settimeout(0.3)
        failed = outside.connect_ex(("192.0.2.7", 443)) != 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as question:
        question.sendto(b"?", ("127.0.0.53", _DNS))
    return {"failed": failed}


def main() -> None:
    """See the module."""
    loopback_only()
    watch = Watch()
    folder, what = Path(sys.argv[1]), sys.argv[2]
    found = product(folder) if what == "product" else planted()
    time.sleep(0.5)
    print(json.dumps(found | {"outside": sorted(watch.outside), "packets": watch.packets}))


if __name__ == "__main__":
    main()
