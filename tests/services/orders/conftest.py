"""Every test of the order desk runs on a file and on a PostgreSQL server."""

import pytest

from tests.services.orders.making import Crew


@pytest.fixture
def crew(any_crew: Crew) -> Crew:
    return any_crew
