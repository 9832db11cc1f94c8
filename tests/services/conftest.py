"""The office and crew of the service tests; made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.office import create_office
from app.services.opening import open_database
from tests.factories import FixedClock
from tests.postgresql import server, with_tools
from tests.services.orders.making import Crew, crew_of, hire

Template = tuple[Path, dict[str, int]]


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("template") / "office.zhanggui"
    db = create_office(str(path), "云酒商行", "周凯", "kaimen#88", clock=FixedClock())
    numbers = hire(db, FixedClock())
    db.close()
    return path, numbers


@pytest.fixture
def file_crew(tmp_path: Path, office_template: Template) -> Iterator[Crew]:
    """A crew whose office is a SQLite file."""
    template, numbers = office_template
    path = Path(shutil.copy(template, tmp_path))
    db = open_database(str(path))
    yield crew_of(db, FixedClock(), numbers)
    db.close()


@pytest.fixture
def crew(file_crew: Crew) -> Crew:
    return file_crew


@pytest.fixture(scope="session")
def server_template() -> tuple[str, dict[str, int]]:
    name = server().create()
    db = create_office(server().url(name), "云酒商行", "周凯", "kaimen#88", clock=FixedClock())
    numbers = hire(db, FixedClock())
    db.close()
    return name, numbers


@pytest.fixture
def server_crew(server_template: tuple[str, dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    """A crew whose office is on a PostgreSQL server."""
    monkeypatch.setenv("PATH", with_tools())
    template, numbers = server_template
    with server().opened_copy(template) as db:
        yield crew_of(db, FixedClock(), numbers)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_crew(request: pytest.FixtureRequest) -> Crew:
    """A crew in a file, and the same on a server."""
    crew: Crew = request.getfixturevalue("file_crew" if request.param == "sqlite" else "server_crew")
    return crew
