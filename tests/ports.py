"""Ports for servers that tests start: each test run beside others takes them from a range of its own."""

from __future__ import annotations

import os
import socket
from itertools import count

_FIRST, _OF_A_STREAM, _STREAMS = 12_000, 2_500, 8
"""Below the ports the kernel gives to outgoing connections (from 32768 on): none of those can take one that was found free."""
_asked = count(os.getpid() * 97)


def free_ports(wanted: int) -> list[int]:
    """`wanted` different ports that nobody listens on; none is given twice by one process. `TEST_STREAM` (0 to 7) names the range."""
    start = _FIRST + _OF_A_STREAM * (int(os.environ.get("TEST_STREAM", "7")) % _STREAMS)
    found: list[int] = []
    for offset in _asked:
        port = start + offset % _OF_A_STREAM
        if _is_free(port):
            found.append(port)
        if len(found) == wanted:
            break
    return found


def _is_free(port: int) -> bool:
    """Nobody listens there; as a server of ours would find out."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
