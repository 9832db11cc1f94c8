"""The program ends although its database server hangs, and says so; one that is merely slow is waited for."""

import os
import signal
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.services.db import Database
from app.views import closing
from app.views.closing import Closing
from app.views.tasks import Tasks
from tests.services.orders.making import Crew

pytestmark = pytest.mark.postgresql


@pytest.fixture
def asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What has been asked of the database and done."""
    monkeypatch.setattr(closing, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(closing, "PATIENCE_SECONDS", 0.4)
    return []


def sleep(db: Database, seconds: int, done: list[str]) -> None:
    with db.reading() as conn:
        conn.execute(text(f"SELECT pg_sleep({seconds})"))
    done.append("slept")


def end(db: Database, seconds: int, done: list[str]) -> Closing:
    tasks, owner, leaving = Tasks(lambda _owner, _error: None), QObject(), Closing(db)
    tasks.run(owner, lambda: sleep(db, seconds, done))
    tasks.run(owner, lambda: done.append("next"))
    tasks.close(leaving.gives_up, leaving.cut)
    return leaving


@pytest.mark.usefixtures("caplog")
def test_a_server_that_hangs_does_not_hold_the_program(
    server_crew: Crew, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_crew.db, "answers", lambda _seconds: False)
    begin = time.monotonic()
    leaving = end(server_crew.db, 60, asked)
    assert time.monotonic() - begin < 10
    assert asked == []
    assert isinstance(leaving, Closing)
    said = [one.text() for one in QApplication.allWidgets() if isinstance(one, QLabel) and one.isVisible()]
    assert "Waiting for the database server" in [one.partition(";")[0] for one in said]


@pytest.mark.usefixtures("caplog")
def test_one_connection_that_hangs_does_not_hold_the_program_either(
    server_crew: Crew, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LONGEST_SECONDS", 1.5)
    stopped: list[int] = []

    def hang() -> None:
        with server_crew.db.reading() as conn:
            stopped.append(conn.execute(text("SELECT pg_backend_pid()")).scalar_one())
            os.kill(stopped[0], signal.SIGSTOP)
            conn.execute(text("SELECT 1"))
        asked.append("answered")

    tasks, owner, leaving = Tasks(lambda _owner, _error: None), QObject(), Closing(server_crew.db)
    begin = time.monotonic()
    try:
        tasks.run(owner, hang)
        tasks.close(leaving.gives_up, leaving.cut)
        server_crew.db.close()
        assert 1.5 <= time.monotonic() - begin < 6
        assert (asked, len(stopped)) == ([], 1)
    finally:
        os.kill(stopped[0], signal.SIGCONT)


def test_a_server_that_is_slow_is_waited_for(server_crew: Crew, asked: list[str]) -> None:
    end(server_crew.db, 1, asked)
    assert asked == ["slept", "next"]
