"""From the start of the process to the first painted rows, signed in at the start; and memory with the office open."""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.models.people import Level, Post
from app.services.people.accounts import add_person, list_people
from app.services.people.password_change import change_own_password
from app.services.people.sign_in import sign_in
from tests.benchmarks.big_office import big_office

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
RUNS = 7
FIRST, PASSWORD = "first#secret1", "bench#secret1"
ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import os, sys, time
began = float(os.environ["BEGAN"])
from PySide6.QtCore import QEvent, QObject, QTimer
from app.views.application import Session, make_application, window_settings
from app.views.shell import Shell
from app.views.error_reporter import ErrorReporter
from app.views.tasks import Tasks

TYPING_MS, settle, person = 1500, int(sys.argv[2]), sys.argv[3]
settings = window_settings()
app = make_application(settings)
reporter = ErrorReporter()
tasks = Tasks(reporter.show)
session = Session(Shell(settings, tasks, reporter), person)
session.begin(sys.argv[1])
dialog = session._signing.dialog
times = {}

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and "asked" not in times:
            QTimer.singleShot(0, lambda: times.setdefault("asked", time.time() - began))
            QTimer.singleShot(TYPING_MS, press)
        return False

def press():
    dialog.name.setCurrentText("clerk")
    dialog.password.setText(os.environ["ZHANGGUI_PASSWORD"])
    times["pressed"] = time.time() - began
    dialog.button.click()

def look():
    desk = session._desk
    if desk is None or desk.panels.orders.table.current_row() is None:
        return
    desk.panels.orders.table.viewport().repaint()
    times["rows"] = time.time() - began
    timer.stop()
    QTimer.singleShot(settle, done)

def done():
    pages = int(open("/proc/self/statm").read().split()[1])
    asked, pressed = times.get("asked", 0), times.get("pressed", 0)
    print(asked, times["rows"] - pressed, pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
    session.end()
    app.quit()

painted = Painted()
if dialog is not None:
    dialog.installEventFilter(painted)
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def run() -> list[tuple[str, str]]:
    """Starts from the first instruction, the typing not counted; the memory after everything has settled."""
    compileall.compile_dir(str(ROOT / "app"), quiet=1)  # as `make run` does
    where = _with_a_clerk()
    with tempfile.TemporaryDirectory() as home:
        times = [_start(where, home, 0, "") for _ in range(RUNS)]
        asked, rows = (statistics.median(one[place] for one in times) for place in (0, 1))
        named = statistics.median(_start(where, home, 0, "clerk")[1] for _ in range(RUNS))
        resident = _start(where, home, 6_000, "")[2]
    return [
        ("start to the sign-in screen, painted", f"{asked * 1000:.0f} ms"),
        ("password pressed to first painted rows, argon2id included", f"{rows * 1000:.0f} ms"),
        ("both together: start to first painted rows without the typing", f"{(asked + rows) * 1000:.0f} ms"),
        ("start to first painted rows, signed in by the environment", f"{named * 1000:.0f} ms"),
        (f"resident memory with {ORDERS:,} orders open", f"{resident:.0f} MB"),
    ]


def _with_a_clerk() -> str:
    """The place of the big office, with somebody at the service desk: that one's first picture is the orders."""
    ctx = big_office(ORDERS)
    admin = sign_in(ctx.db, ctx.clock, "admin", Post.MANAGER, PASSWORD)
    if "clerk" not in {one.name for one in list_people(admin)}:
        add_person(admin, "clerk", [Post.SERVICE], Level.BACK_OFFICE, FIRST)
        change_own_password(sign_in(ctx.db, ctx.clock, "clerk", Post.SERVICE, FIRST), FIRST, PASSWORD)
    ctx.db.close()
    return ctx.db.place


def _start(where: str, home: str, settle_ms: int, person: str) -> tuple[float, float, float]:
    environment = {
        **os.environ,
        "BEGAN": str(time.time()),
        "QT_QPA_PLATFORM": "offscreen",
        "ZHANGGUI_HOME": home,
        "ZHANGGUI_PASSWORD": PASSWORD,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, where, str(settle_ms), person],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    asked, rows, resident = map(float, done.stdout.split()[-3:])
    return asked, rows, resident
