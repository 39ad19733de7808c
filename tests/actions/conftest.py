"""The real directory and routes, and a stand-in hub."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from action_calls import ROOT, HubStandIn

from safety.directory import Directory
from safety.routes import Routes


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory.load(ROOT / "data/safety/helplines.yml")


@pytest.fixture(scope="session")
def routes(directory: Directory) -> Routes:
    return Routes.load(ROOT / "data/safety/routes.yml", directory)


@pytest.fixture
def hub(directory: Directory, routes: Routes) -> HubStandIn:
    return HubStandIn(directory, routes)
