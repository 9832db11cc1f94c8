"""The office and crew of the service tests; made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.office import create_office
from app.services.opening import open_database
from tests.services.orders.making import Crew, SetClock, crew_of, hire

Template = tuple[Path, dict[str, int]]


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("template") / "office.zhanggui"
    db = create_office(str(path), "云酒商行", "周凯", "kaimen#88", clock=SetClock())
    numbers = hire(db, SetClock())
    db.close()
    return path, numbers


@pytest.fixture
def crew(tmp_path: Path, office_template: Template) -> Iterator[Crew]:
    template, numbers = office_template
    path = Path(shutil.copy(template, tmp_path))
    db = open_database(str(path))
    yield crew_of(db, SetClock(), numbers)
    db.close()
