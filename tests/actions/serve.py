"""The custom actions alone, as the hub serves them, with a stand-in for the rest of the hub: `python tests/actions/serve.py PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from action_calls import ROOT, HubStandIn
from aiohttp import web

from channels.action_server import action_app
from channels.metrics import Metrics
from safety.directory import Directory
from safety.routes import Routes


def main(port: int) -> None:
    """Serve until ended."""
    directory = Directory.load(ROOT / "data/safety/helplines.yml")
    hub = HubStandIn(directory, Routes.load(ROOT / "data/safety/routes.yml", directory))
    web.run_app(action_app(hub.executor(), Metrics()), host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
