"""Another process at the same office: what it writes shows up by itself (rule O1)."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.views.desk import Desk
from app.views.error_reporter import ErrorReporter
from app.views.shell import Shell
from app.views.tasks import Tasks
from tests.services.orders.making import Crew, accept, draft

ROOT = Path(__file__).resolve().parents[2]
WITHIN_MS = 1_000
# Accepts an order as another computer's import would, and says when it was durable.
OTHER = """
import sys, time
from app.services.opening import open_database
from tests.factories import FixedClock
from tests.services.orders.making import Crew, accept, draft
db = open_database(sys.argv[1])
accept(Crew(db, FixedClock(), *[None] * 9), [draft(int(sys.argv[2]))])
print(time.time(), flush=True)
db.close()
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    reporter = ErrorReporter()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    return Shell(settings, Tasks(reporter.show), reporter)


def test_an_order_of_another_process_shows_up_within_a_second(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    accept(crew, [draft(1)])
    desk = Desk(crew.clerk, shell)
    qtbot.addWidget(desk.window)
    desk.show()
    qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == 1)

    late = []  # milliseconds; the best of three, because the machine of a test has other things to do
    for number in (2, 3, 4):
        with subprocess.Popen(
            [sys.executable, "-c", OTHER, crew.db.place, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as other:
            qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == number, timeout=20_000)  # noqa: B023
            seen = time.time()
            said, _ = other.communicate()
        late.append((seen - float(said)) * 1000)
    assert min(late) <= WITHIN_MS
    desk.close()
    shell.tasks.close()
