"""A small clean project to plant mistakes in, and the right lines of the real routes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent)]

from small_project import ROOT, SmallProject, build

from curation.scoring import RightLines
from safety.directory import Directory
from safety.routes import Routes


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return build(tmp_path)


@pytest.fixture(scope="session")
def right() -> RightLines:
    safety = ROOT / "data" / "safety"
    return RightLines(Routes.load(safety / "routes.yml", Directory.load(safety / "helplines.yml")))
