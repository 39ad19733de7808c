"""What the tests of the room `safety` share: the project's own data, loaded once."""

from __future__ import annotations

import pytest
from masking_stand_ins import masker_of_rules
from safety_samples import SAFETY

from safety.crisis import CrisisDetector
from safety.directory import Directory
from safety.fallback import FixedAnswers
from safety.masking import Masker
from safety.routes import Routes


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory.load(SAFETY / "helplines.yml")


@pytest.fixture(scope="session")
def routes(directory: Directory) -> Routes:
    return Routes.load(SAFETY / "routes.yml", directory)


@pytest.fixture(scope="session")
def fixed() -> FixedAnswers:
    return FixedAnswers.load(SAFETY / "fixed.yml")


@pytest.fixture(scope="session")
def detector() -> CrisisDetector:
    return CrisisDetector.load(SAFETY)


@pytest.fixture(scope="session")
def rules() -> Masker:
    """Masking by the rules alone, without what the engines add."""
    return masker_of_rules()
