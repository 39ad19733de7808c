"""At run time nothing but loopback is contacted, and the product starts and answers with the network cut."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from product_world import HUB_COMMAND, ROOT, get, missing

from channels.bot_process import bot_environment
from kernel.settings import read_settings
from tests.ports import free_ports

pytestmark = pytest.mark.product

SCRIPT = Path(__file__).with_name("offline_run.py")


def cut_off(folder: Path, what: str) -> dict[str, Any]:
    """Run the script in a network of its own; skips where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs Linux, root and unshare to cut the network")
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine allows no network of its own (unshare -n)")
    run = subprocess.run(["unshare", "-n", sys.executable, str(SCRIPT), str(folder), what], capture_output=True, text=True, timeout=300)
    log = folder / "offline.log"
    assert run.returncode == 0, run.stderr[-2000:] + (log.read_text(errors="replace")[-2000:] if log.exists() else "")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_product_starts_and_answers_with_the_network_cut(tmp_path: Path) -> None:
    wanting = missing()
    if wanting:
        pytest.fail(wanting, pytrace=False)
    found = cut_off(tmp_path, "product")
    assert found["healthz"] == 200
    assert found["said"]["nl"][:3] == ["bot", "nl", "childfocus"]
    assert found["said"]["fr"][:3] == ["bot", "fr", "childfocus"]
    assert found["said"]["page"] == ["200"]
    assert found["packets"] > 50, "the watch saw next to nothing"
    assert found["outside"] == []


def test_a_packet_to_the_outside_would_be_seen(tmp_path: Path) -> None:
    found = cut_off(tmp_path, "planted")
    assert found["failed"] is True
    assert found["outside"] == ["127.0.0.53 port 53", "192.0.2.7 port 443"]


# ---- the hub alone, without any route and without root where user namespaces are allowed ------------------------------

_SIOCSIFFLAGS, _UP_AND_RUNNING = 0x8914, 0x1 | 0x40


def own_network() -> list[str]:
    """The command that gives a program a network of its own; skips with the reason where none does."""
    reasons = []
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        try:
            tried = subprocess.run([*command, "true"], capture_output=True, text=True)
        except OSError as error:
            pytest.skip(f"no unshare on this machine ({error.strerror})")
        if tried.returncode == 0:
            return command
        reasons.append(tried.stderr.strip())
    pytest.skip(f"no network of its own: {'; '.join(reasons)}")


def sent_outside() -> int:
    """How often anything in this network wanted a way out and had none, and how many datagrams (name look-ups) were sent."""
    rows = [line.split() for line in Path("/proc/net/snmp").read_text().splitlines()]
    counts = {
        f"{names[0]}{name}": int(count)
        for names, values in zip(rows[::2], rows[1::2], strict=True)
        for name, count in zip(names[1:], values[1:], strict=True)
    }
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return counts["Ip:OutNoRoutes"] + counts["Udp:OutDatagrams"] + int(six["Ip6OutNoRoutes"]) + int(six["Udp6OutDatagrams"])


def hub_alone(folder: Path) -> dict[str, Any]:
    """Start the hub where nothing but loopback is, look at it while no bot is there, end it; then try a way out on purpose."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _UP_AND_RUNNING))
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    ports = dict(zip(names, map(str, free_ports(len(names))), strict=True))
    base = f"http://127.0.0.1:{ports['PUBLIC_PORT']}"
    plain = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    with (folder / "hub.log").open("wb") as log:
        hub = subprocess.Popen(HUB_COMMAND, cwd=ROOT, env=plain | ports | {"VAR_DIR": str(folder / "var")}, stdout=log, stderr=log)
    end = time.monotonic() + 40
    while get(f"{base}/healthz")[0] == 0 and hub.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    found = {
        "healthz": get(f"{base}/healthz"),
        "pages": [get(f"{base}/{page}")[0] for page in ("", "?lang=nl", "?lang=fr", "privacy")],
        "routes": len(Path("/proc/net/route").read_text().splitlines()) - 1,
    }
    hub.terminate()
    found |= {"code": hub.wait(20), "sent": sent_outside()}
    with socket.socket() as outside:
        outside.connect_ex(("192.0.2.7", 443))
    return found | {"sent_on_purpose": sent_outside() - found["sent"]}


def test_the_hub_alone_starts_and_serves_with_no_route_at_all(tmp_path: Path) -> None:
    run = subprocess.run([*own_network(), sys.executable, __file__, str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    status, body = found["healthz"]
    assert (status, json.loads(body)["status"]) == (503, "starting"), (tmp_path / "hub.log").read_text()[-2000:]
    assert found["pages"] == [200] * 4
    assert found["routes"] == 0
    assert found["code"] == 0
    assert found["sent"] == 0, "the hub looked for a way out"
    assert found["sent_on_purpose"] == 1, "a way out would not have been counted"


def test_the_bot_is_started_with_telemetry_off_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RASA_TELEMETRY_ENABLED", "RASA_TELEMETRY_DEBUG", "RASA_TELEMETRY_WRITE_KEY"):
        monkeypatch.setenv(name, "true")
    given = bot_environment(read_settings({"BOT_TOKEN": "b" * 40}, ROOT))
    assert {name: value for name, value in given.items() if "TELEMETRY" in name} == {"RASA_TELEMETRY_ENABLED": "false"}


if __name__ == "__main__":
    print(json.dumps(hub_alone(Path(sys.argv[1]))))
