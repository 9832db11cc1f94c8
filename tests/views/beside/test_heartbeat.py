"""A server that goes and comes back under an open window: told of once, and the window goes on by itself."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.services.db import ServerGoneError
from app.services.opening import open_database
from app.services.pulse import Pulse
from app.views.beside import heartbeat
from app.views.beside.heartbeat import PULSE_MS
from app.views.desk import Desk
from app.views.error_reporter import ErrorReporter
from app.views.leave.ask_dialog import AskDialog
from app.views.shell import Shell
from app.views.tasks import Tasks
from tests.postgresql import server
from tests.services.orders.making import Crew, accept, draft

pytestmark = pytest.mark.postgresql


@pytest.fixture
def desk(qtbot: QtBot, server_crew: Crew, settings: QSettings) -> Iterator[Desk]:
    reporter = ErrorReporter()
    shell = Shell(settings, Tasks(reporter.show), reporter)
    accept(server_crew, [draft(1)])
    result = Desk(server_crew.clerk, shell)
    qtbot.addWidget(result.window)
    with qtbot.waitSignal(shell.tasks.idle_changed, check_params_cb=bool, timeout=30_000):
        result.show()
    qtbot.waitUntil(lambda: result.panels.orders.model.rowCount() == 1, timeout=30_000)
    yield result
    result.close()
    shell.tasks.close()


def name_of(crew: Crew) -> str:
    return str(crew.db.engine.url.database)


def marks(desk: Desk) -> list[str]:
    return [pill.text() for pill in desk._bar.pills]


def boxes() -> list[QMessageBox]:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    return [one for one in shown if "database server" in one.text()]


def test_a_server_that_stops_is_told_of_once_and_the_window_goes_on(
    qtbot: QtBot, desk: Desk, server_crew: Crew
) -> None:
    qtbot.wait(PULSE_MS)  # what the window asks for when it opens was answered
    name = name_of(server_crew)
    server().shut(name)
    qtbot.waitUntil(lambda: "Database does not answer" in marks(desk), timeout=30_000)
    qtbot.wait(5 * PULSE_MS)
    desk.tellers.publishing.look()
    desk.panels.orders.refresh()
    qtbot.wait(2 * PULSE_MS)
    assert boxes() == []

    server().open(name)
    elsewhere = open_database(server_crew.db.place)
    accept(replace(server_crew, db=elsewhere), [draft(2)])
    elsewhere.close()
    qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == 2, timeout=30_000)
    assert "Database does not answer" not in marks(desk)
    assert boxes() == []


def test_a_dialog_that_was_opened_meanwhile_gets_what_it_lacks(qtbot: QtBot, desk: Desk, server_crew: Crew) -> None:
    qtbot.wait(PULSE_MS)
    name = name_of(server_crew)
    server().shut(name)
    qtbot.waitUntil(lambda: "Database does not answer" in marks(desk), timeout=30_000)
    dialog = AskDialog(server_crew.clerk, desk._shell.tasks, desk.window)
    dialog.show()
    qtbot.waitUntil(lambda: "does not answer" in dialog.strip.text(), timeout=30_000)
    assert dialog.receiver.count() == 0

    server().open(name)
    qtbot.waitUntil(lambda: dialog.receiver.count() > 1, timeout=30_000)
    assert dialog.person.currentData() == server_crew.clerk.person
    assert dialog.strip.text() == ""


def test_a_server_that_hangs_is_told_of_while_what_is_asked_waits(
    qtbot: QtBot, desk: Desk, server_crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "PATIENCE_BEATS", 3)
    qtbot.wait(PULSE_MS)
    other = open_database(server_crew.db.place)
    with other.writing() as conn:
        conn.exec_driver_sql("LOCK TABLE ledger_head IN ACCESS EXCLUSIVE MODE")  # nobody gets an answer, nor an error
        qtbot.waitUntil(lambda: "Database does not answer" in marks(desk), timeout=30_000)
        assert "waits" in desk._bar.pills[0].toolTip()
        assert desk.window.isEnabled()
        assert boxes() == []
    qtbot.waitUntil(lambda: "Database does not answer" not in marks(desk), timeout=30_000)
    other.close()


def test_a_database_that_answers_again_counts_as_changed(server_crew: Crew) -> None:
    heard: list[frozenset[str]] = []
    server_crew.db.listen(heard.append)
    pulse = Pulse(server_crew.db)
    pulse.feel()

    server().shut(name_of(server_crew))
    with pytest.raises(ServerGoneError):
        pulse.feel()
    server().open(name_of(server_crew))

    assert pulse.feel()
    assert not pulse.feel()
    assert len(heard) == 1
