"""The two sides of a comparison: the product's parts and stock Rasa, each in processes of its own, on free ports of this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from product_world import Child

from channels.bot_process import bot_command, resident_bytes
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "b" * 40
WORK = ROOT / "var/bench"
HUB_PYTHON = str(ROOT / ".venv/bin/python")
_READY_S = 900.0
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore", "SANIC_WORKERS": "1"}


class NotStarted(Exception):
    """A side did not answer; the message says which, and where its output is."""


def answer_of(url: str, body: dict[str, object] | None = None, token: str = "", seconds: float = 30.0) -> object:
    """The JSON behind `url` (POST when there is a body); None when nobody answers or the status is no 2xx."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=seconds) as response:
            return json.loads(response.read() or b"null")
    except (urllib.error.URLError, OSError, ValueError):
        return None


@dataclass
class Side:
    """Processes that answer at `url`. `resident` is the first one's memory, in bytes: the bot's."""

    name: str
    url: str
    children: list[Child]
    seconds_to_answer: float = 0.0
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def resident(self) -> int:
        """Of the bot, which is the last that was started."""
        return resident_bytes(self.children[-1].process.pid)

    @property
    def processor_s(self) -> dict[str, float]:
        """Seconds of processor that each process has used: what a turn costs however busy the machine is otherwise."""
        names = ["hub", *(f"bot {number}" for number in range(1, len(self.children)))] if len(self.children) > 1 else ["bot"]
        return {name: processor_seconds(child.process.pid) for name, child in zip(names, self.children, strict=True)}

    def end(self) -> None:
        """All of it."""
        for child in reversed(self.children):
            child.kill()


def processor_seconds(process_id: int) -> float:
    """Of this process, since it started."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(side: Side, first: dict[str, object], started: float) -> Side:
    """Until `first` gets an answer."""
    path, token = ("/webhooks/hub/turn", TOKEN) if side.name == "product" else ("/webhooks/rest/webhook", "")
    while time.monotonic() - started < _READY_S:
        # Stock Rasa answers [] while it loads, and also when its model has nothing to say: it is asked first whether it has one.
        is_loaded = side.name == "product" or "model_file" in str(answer_of(f"{side.url}/status") or "")
        answer = answer_of(f"{side.url}{path}", first, token) if is_loaded else None
        if isinstance(answer, list) or (isinstance(answer, dict) and answer.get("messages")):
            side.seconds_to_answer = time.monotonic() - started
            return side
        if not side.children[-1].runs:
            break
        time.sleep(0.1)
    log = side.children[-1].log
    side.end()
    raise NotStarted(f"{side.name} did not answer; its output is in {log}")


def actions() -> tuple[Child, int]:
    """The custom actions, which both sides call, with a stand-in for the rest of the hub."""
    [port] = free_ports(1)
    WORK.mkdir(parents=True, exist_ok=True)
    command = [HUB_PYTHON, str(ROOT / "tests/actions/serve.py"), str(port)]
    child = Child(command, dict(os.environ), WORK / "actions.log")
    while answer_of(f"http://127.0.0.1:{port}/health") is None:
        time.sleep(0.1)
    return child, port


def product_bot(actions_port: int) -> Side:
    """The product's bot alone, until it answered a message."""
    [port] = free_ports(1)
    environment = dict(os.environ) | _QUIET | {"BOT_PORT": str(port), "BOT_TOKEN": TOKEN, "ACTIONS_PORT": str(actions_port)}
    started = time.monotonic()
    side = Side("product", f"http://127.0.0.1:{port}", [Child(bot_command(ROOT), environment, WORK / "product.log")])
    return _wait(side, turn_body("warm", "0", "hallo", "nl", None), started)


def stock_bot(model: Path, actions_port: int) -> Side:
    """Stock Rasa with its REST channel alone, until it answered a message."""
    [port] = free_ports(1)
    folder = model.parent
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n", encoding="utf-8")
    command = [
        str(ROOT / "bot/.venv/bin/rasa"),
        "run",
        "--model",
        str(model),
        "--port",
        str(port),
        "--interface",
        "127.0.0.1",
        "--enable-api",
    ]
    command += ["--credentials", str(folder / "credentials.yml"), "--endpoints", str(folder / "endpoints.yml")]
    started = time.monotonic()
    side = Side("stock", f"http://127.0.0.1:{port}", [Child(command, dict(os.environ) | _QUIET, WORK / "stock.log")])
    return _wait(side, {"sender": "warm", "message": "hallo"}, started)


def product(name: str = "path", *, bots: int = 1, extra: dict[str, str] | None = None) -> Side:
    """Hub and bots, until a message would be answered by a bot. `url` is the public site."""
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    taken = free_ports(len(names) + bots)  # in one go: two calls may give the same
    ports, bot_ports = dict(zip(names, map(str, taken), strict=False)), taken[len(names) :]
    var = WORK / f"var-{name}"
    shutil.rmtree(var, ignore_errors=True)
    own = ports | {"VAR_DIR": str(var), "BOT_TOKEN": TOKEN, "SECRET_KEY": "s" * 40}
    own |= {"BOT_URLS": ",".join(f"http://127.0.0.1:{port}" for port in bot_ports)} | (extra or {})
    clean = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "DESK_URL")}
    url = f"http://127.0.0.1:{ports['PUBLIC_PORT']}"
    children = [Child([HUB_PYTHON, "-m", "channels", "hub"], clean | own, WORK / f"{name}-hub.log")]
    started = time.monotonic()
    for number, port in enumerate(bot_ports):
        environment = clean | _QUIET | {"BOT_PORT": str(port), "BOT_TOKEN": TOKEN, "ACTIONS_PORT": ports["ACTIONS_PORT"]}
        children.append(Child(bot_command(ROOT), environment, WORK / f"{name}-bot{number}.log"))
    side = Side("product", url, children, settings=own)
    ready = [f"http://127.0.0.1:{port}/webhooks/hub/ready" for port in bot_ports]
    while time.monotonic() - started < _READY_S:
        if answer_of(f"{url}/healthz") and all(answer_of(each, token=TOKEN) for each in ready):
            side.seconds_to_answer = time.monotonic() - started
            return side
        time.sleep(0.2)
    side.end()
    raise NotStarted(f"hub and bots were not well; their output is in {WORK}")


def turn_body(conversation: str, message_id: str, text: str, language: str, state: object) -> dict[str, object]:
    """A turn as the hub asks for it."""
    return {
        "conversation": conversation,
        "message_id": message_id,
        "text": text,
        "payload": None,
        "language": language,
        "urgency": "none",
        "state": state,
    }


_PERIOD_S = 0.04


@contextmanager
def limited(children: list[Child], share: float) -> Iterator[None]:
    """These processes run for `share` of the time only: stopped and woken 25 times a second, each at its own moment."""
    over = threading.Event()

    def limit(child: Child, offset: float) -> None:
        over.wait(offset)
        while not over.is_set():
            child.signal(signal.SIGCONT)
            over.wait(_PERIOD_S * share)
            child.signal(signal.SIGSTOP)
            over.wait(_PERIOD_S * (1 - share))
        child.signal(signal.SIGCONT)

    threads = [threading.Thread(target=limit, args=(child, _PERIOD_S * place / len(children))) for place, child in enumerate(children)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def run_command(command: list[str], log: Path, cwd: Path) -> float:
    """Seconds that it took; raises NotStarted when it failed."""
    started = time.monotonic()
    with log.open("wb") as output:
        done = subprocess.run(command, cwd=cwd, env=dict(os.environ) | _QUIET, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise NotStarted(f"{command[0]} failed; its output is in {log}")
    return time.monotonic() - started


def keep(part: str, numbers: dict[str, object]) -> None:
    """Note a part's numbers under var/bench/parts, from which the report is written."""
    (WORK / "parts").mkdir(parents=True, exist_ok=True)
    (WORK / "parts" / f"{part}.json").write_text(
        json.dumps({"taken": {"on": time.strftime("%Y-%m-%d"), "seconds": 0}} | numbers, indent=1), "utf-8"
    )
