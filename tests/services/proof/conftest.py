"""The office of `work`, in a file and on a server: worked in once, copied for each test that goes round the program."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.db import Database
from app.services.opening import open_database
from tests.factories import FixedClock
from tests.postgresql import server, with_tools
from tests.services.conftest import Template
from tests.services.orders.making import Crew, crew_of
from tests.services.proof.working import work

Worked = tuple[Crew, list[int]]


def worked_in(db: Database, numbers: dict[str, int], papers: Path) -> tuple[list[int], FixedClock]:
    """The orders of the work, and the clock at its end; closes the database."""
    clock = FixedClock()
    ids = work(crew_of(db, clock, numbers), papers)
    db.close()
    return ids, clock


@pytest.fixture(scope="session")
def worked_file(
    office_template: Template, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[int], FixedClock]:
    folder = tmp_path_factory.mktemp("worked")
    template, numbers = office_template
    path = Path(shutil.copy(template, folder))
    return path, *worked_in(open_database(str(path)), numbers, folder / "papers")


@pytest.fixture(scope="session")
def worked_database(
    server_template: tuple[str, dict[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[int], FixedClock]:
    template, numbers = server_template
    name, papers = server().create(template), tmp_path_factory.mktemp("worked") / "papers"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", with_tools())  # to seal the day is to back it up
        return name, *worked_in(open_database(server().url(name)), numbers, papers)


@pytest.fixture
def worked(
    worked_file: tuple[Path, list[int], FixedClock], office_template: Template, tmp_path: Path
) -> Iterator[Worked]:
    """People and their orders after the work, in a file."""
    path, ids, end = worked_file
    db = open_database(str(shutil.copy(path, tmp_path)))
    yield crew_of(db, FixedClock(end.time), office_template[1]), ids
    db.close()


@pytest.fixture
def worked_on_server(
    worked_database: tuple[str, list[int], FixedClock], server_template: tuple[str, dict[str, int]]
) -> Iterator[Worked]:
    """The same on a server."""
    template, ids, end = worked_database
    with server().opened_copy(template) as db:
        yield crew_of(db, FixedClock(end.time), server_template[1]), ids


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request: pytest.FixtureRequest) -> Worked:
    """People and their orders after the work, in a file and then on a server."""
    made: Worked = request.getfixturevalue("worked" if request.param == "sqlite" else "worked_on_server")
    return made
