"""What colleagues hand over rings the bell, leads to the answer, and is gone once answered (rule D3)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.models.people import Post
from app.services.access import Context
from app.services.leave.handing import accept_all, accept_handovers, offer_handovers, refuse_all
from app.services.leave.leaves import withdraw_leave
from app.services.leave.reading import Shown
from app.views.changes import Changes
from app.views.desk import Desk
from app.views.error_reporter import ErrorReporter
from app.views.leave.leave_page import LeavePage
from app.views.leave.offers import ask_to_take_over
from app.views.looking import MINUTE_MS
from app.views.shell import Shell
from app.views.sound import Tone
from app.views.tasks import ImmediateTasks, Tasks
from tests.services.leave.making import approved, ask, task, things
from tests.services.orders.making import Crew
from tests.views.pages import CTRL

ROOT = Path(__file__).resolve().parents[3]
WITHIN_MS = 1_000
WAITS = "2 things to take over ask for your answer: 王敏"
# Asks for leave as a colleague at another computer would, and says when it was durable.
OTHER = """
import sys, time
from datetime import date, timedelta
from app.models.leave import LeaveKind
from app.models.people import Level, Post
from app.services.access import Context, permissions_of
from app.services.leave.leaves import LeaveDraft, ask_leave
from app.services.opening import open_database
from tests.factories import FixedClock
db = open_database(sys.argv[1])
may = permissions_of(Post.SERVICE, Level.BACK_OFFICE)
ctx = Context(db, FixedClock(), int(sys.argv[2]), "", Post.SERVICE, Level.BACK_OFFICE, may)
first = date(2026, 12, 1) + timedelta(days=int(sys.argv[4]))
ask_leave(ctx, LeaveDraft(LeaveKind.ANNUAL, first, first, int(sys.argv[3]), "x"))
print(time.time(), flush=True)
db.close()
"""


class Heard:
    """What is told to one person."""

    def __init__(self, ctx: Context, tasks: ImmediateTasks) -> None:
        self.told: list[tuple[str, bool]] = []
        self.changes = Changes()
        self.offers = ask_to_take_over(ctx, tasks, self.changes, tasks)
        self.offers.told.connect(lambda text, fresh: self.told.append((text, fresh)))
        ctx.db.listen(self.changes.announce)
        self._db = ctx.db

    def close(self) -> None:
        """Hear no more."""
        self.offers.stop()
        self._db.unlisten(self.changes.announce)


@pytest.fixture
def heard(crew: Crew, tasks: ImmediateTasks) -> Iterator[Heard]:
    """The colleague, who listens."""
    result = Heard(crew.colleague, tasks)
    result.offers.start()
    yield result
    result.close()


def test_it_is_told_at_once_and_only_once(crew: Crew, heard: Heard) -> None:
    assert heard.told == []
    task(crew, crew.clerk)
    ask(crew.clerk, crew.colleague)
    assert heard.told == [(WAITS, True)]
    heard.offers.look()
    assert heard.told == [(WAITS, True)]
    assert heard.offers._timer.interval() == MINUTE_MS == 60_000


def test_what_is_answered_goes_away_and_does_not_ring(crew: Crew, heard: Heard) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    accept_handovers(crew.colleague, [things(crew.clerk, leave)["task", number].id or 0])
    assert heard.told[1:] == [("1 thing to take over asks for your answer: 王敏", False)]
    refuse_all(crew.colleague, leave, "手上已满")
    assert heard.told[2:] == [("", False)]


def test_what_is_asked_once_more_rings_once_more(crew: Crew, heard: Heard) -> None:
    leave = ask(crew.clerk, crew.colleague)
    thing = things(crew.clerk, leave)["orders", 0].id or 0
    refuse_all(crew.colleague, leave, "手上已满")
    offer_handovers(crew.clerk, [thing], crew.colleague.person)
    one = "1 thing to take over asks for your answer: 王敏"
    assert heard.told == [(one, True), ("", False), (one, True)]
    offer_handovers(crew.clerk, [thing], crew.lead.person)  # somebody else is asked now
    assert heard.told[-1] == ("", False)


def test_a_leave_taken_back_asks_nothing_more_and_several_make_one_notice(crew: Crew, heard: Heard) -> None:
    first = ask(crew.clerk, crew.colleague)
    ask(crew.lead, crew.colleague)
    assert heard.told[-1] == ("3 things to take over ask for your answer: 王敏, 赵倩", True)
    withdraw_leave(crew.clerk, first, "不去了")
    assert heard.told[-1] == ("2 things to take over ask for your answer: 赵倩", False)


def test_a_colleague_is_named_once_however_many_leaves(crew: Crew, heard: Heard) -> None:
    ask(crew.clerk, crew.colleague)
    ask(crew.clerk, crew.colleague, first_day=date(2026, 12, 10), last_day=date(2026, 12, 10))
    assert heard.told[-1] == ("2 things to take over ask for your answer: 王敏", True)


def test_a_closed_window_and_who_is_not_asked_hear_nothing(crew: Crew, tasks: ImmediateTasks, heard: Heard) -> None:
    other = Heard(crew.planner, tasks)
    other.offers.start()
    heard.offers.stop()
    ask(crew.clerk, crew.colleague)
    assert (heard.told, other.told) == ([], [])
    other.close()


def shell_of(tmp_path: Path, kind: type[Tasks]) -> Shell:
    reporter = ErrorReporter()
    return Shell(QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat), kind(reporter.show), reporter)


def waiting(desk: Desk) -> list[QAction]:
    """What the bell's list says of handovers."""
    menu = QMenu(desk.window)
    desk.notices.fill(menu)
    return [one for one in menu.actions() if "take over" in one.text()]


def test_the_bell_leads_to_the_answer_and_is_quiet_after_it(qtbot: QtBot, crew: Crew, tmp_path: Path) -> None:
    task(crew, crew.specialist, post=Post.LISTING)
    before = approved(crew, crew.specialist, crew.colleague)  # answered, and first in the list
    leave = ask(crew.clerk, crew.colleague)
    desk = Desk(crew.colleague, shell_of(tmp_path, ImmediateTasks))
    qtbot.addWidget(desk.window)
    desk.show()
    qtbot.waitExposed(desk.window)
    bell = desk._bar.bell
    assert bell.text() == "1"
    [notice] = waiting(desk)
    assert notice.text() == "1 thing to take over asks for your answer: 王敏"
    notice.trigger()
    qtbot.waitUntil(desk.panels.staff.isVisible)
    page = desk.panels.staff.pages["leave"]
    assert isinstance(page, LeavePage)
    assert page.isVisible()
    assert page.shown.currentData() == Shown.OFFERED
    assert [row.id for row in page.table.all_rows()] == [before, leave]
    current = page.table.current_row()
    assert current is not None
    assert current.id == leave
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_U, CTRL)  # accept all
    assert waiting(desk) == []
    assert bell.text() == "0"
    desk.close()


def test_what_was_cleared_is_not_listed_again_but_what_is_new_is(qtbot: QtBot, crew: Crew, tmp_path: Path) -> None:
    task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    desk = Desk(crew.colleague, shell_of(tmp_path, ImmediateTasks))
    qtbot.addWidget(desk.window)
    desk.show()
    played: list[Tone] = []
    desk.notices._play = played.append
    desk.notices._clear()
    accept_handovers(crew.colleague, [things(crew.clerk, leave)["orders", 0].id or 0])
    assert (waiting(desk), played) == ([], [])
    ask(crew.lead, crew.colleague)
    assert [one.text() for one in waiting(desk)] == ["3 things to take over ask for your answer: 王敏, 赵倩"]
    assert played == [Tone.NOTICE]
    accept_all(crew.colleague, leave)
    assert [one.text() for one in waiting(desk)] == ["2 things to take over ask for your answer: 赵倩"]
    assert played == [Tone.NOTICE]
    desk.close()


def test_another_computer_rings_within_a_second(qtbot: QtBot, crew: Crew, tmp_path: Path) -> None:
    shell = shell_of(tmp_path, Tasks)
    desk = Desk(crew.colleague, shell)
    qtbot.addWidget(desk.window)
    desk.show()
    qtbot.waitUntil(lambda: desk.heartbeat.pulse.seen > 0)
    late = []  # milliseconds; the best of three, because the machine of a test has other things to do
    for number in range(3):
        command = [sys.executable, "-c", OTHER, crew.db.place, *map(str, (crew.clerk.person, crew.colleague.person))]
        with subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
            qtbot.waitUntil(
                lambda: [f"{number + 1} thing" in one.text() for one in waiting(desk)] == [True],  # noqa: B023
                timeout=20_000,
            )
            seen = time.time()
            said, _ = other.communicate()
        late.append((seen - float(said)) * 1000)
    assert min(late) <= WITHIN_MS
    desk.close()
    shell.tasks.close()
