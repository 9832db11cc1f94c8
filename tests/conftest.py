"""What every test stands on: a clock, an office on SQLite and on PostgreSQL, and two checks that are always on."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.i18n import language, set_language
from app.services.access import Context
from app.services.db import Database
from app.services.opening import open_database
from tests.factories import FixedClock, Office, make_office
from tests.memory import keep_offices_in_memory
from tests.postgresql import server

keep_offices_in_memory()

# A busy computer is no fault of what is tested: no example fails, and no test is given up, for being slow.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

JOIN_SECONDS = 5.0
REPORTS_ON_PURPOSE = {"test_error_reporter.py"}  # what it tests is that an error gets into the log


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """A thread that outlives its test would work in the next one's office."""
    before = set(threading.enumerate())
    yield
    left = [one for one in threading.enumerate() if one not in before and not isinstance(one, threading._DummyThread)]
    for one in left:
        one.join(JOIN_SECONDS)
    alive = [one.name for one in left if one.is_alive()]
    assert not alive, f"threads left behind: {alive}"


class _Loud(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _nothing_loud_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the log is what it tests (`caplog`)."""
    loud = _Loud()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    if "caplog" not in request.fixturenames and request.path.name not in REPORTS_ON_PURPOSE:
        assert not loud.records, [f"{one.name}: {one.getMessage()}" for one in loud.records]


@pytest.fixture(autouse=True)
def _language_stays() -> Iterator[None]:
    """A test may switch the language; the next one begins in the one before."""
    before = language()
    yield
    if language() != before:
        set_language(before)


@pytest.fixture
def clock() -> FixedClock:
    """10:00 in the office on a Monday."""
    return FixedClock()


Prepared = tuple[str, dict[str, int]]


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    path = tmp_path_factory.mktemp("prepared") / "office.zhanggui"
    db, numbers = make_office(str(path), FixedClock())
    db.close()
    return str(path), numbers


@pytest.fixture(scope="session")
def prepared_database() -> Prepared:
    name = server().create()
    db, numbers = make_office(server().url(name), FixedClock())
    db.close()
    return name, numbers


@pytest.fixture
def file_office(tmp_path: Path, prepared_file: Prepared, clock: FixedClock) -> Iterator[Office]:
    """An office of several people in a file."""
    path, numbers = prepared_file
    db = open_database(str(shutil.copy(path, tmp_path)))
    yield Office(db, clock, numbers)
    db.close()


@pytest.fixture
def server_office(prepared_database: Prepared, clock: FixedClock) -> Iterator[Office]:
    """The same office on a PostgreSQL server."""
    template, numbers = prepared_database
    with server().opened_copy(template) as db:
        yield Office(db, clock, numbers)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office(request: pytest.FixtureRequest) -> Office:
    """The office, in a file and then on a server."""
    made: Office = request.getfixturevalue("file_office" if request.param == "sqlite" else "server_office")
    return made


@pytest.fixture
def db(office: Office) -> Database:
    """The office's database."""
    return office.db


@pytest.fixture
def ctx_of(office: Office) -> Callable[[str], Context]:
    """Somebody of the office at work: ctx_of("lead")."""
    return office.ctx


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where no office is yet: a file's path, then the address of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "新的" / "office.zhanggui")
        return
    name = server().create()
    yield server().url(name)
    server().drop(name)
