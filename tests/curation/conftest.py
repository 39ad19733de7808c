"""A small clean project to plant mistakes in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent)]

from small_project import SmallProject, build


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return build(tmp_path)
