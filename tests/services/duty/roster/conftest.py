"""One planning process for all tests of the roster, as the office keeps one while the roster is open."""

from collections.abc import Iterator

import pytest

from app.services.duty.roster.process import Planner


@pytest.fixture(scope="package")
def planner() -> Iterator[Planner]:
    with Planner() as one:
        yield one
