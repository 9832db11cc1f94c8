"""From the start of the process to the first painted rows, signed in at the start; and memory with the office open."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.big_office import big_office

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
RUNS = 7
ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import os, sys, time
began = float(os.environ["BEGAN"])
from PySide6.QtCore import QTimer
from app.views.application import Session, Shell, make_application, window_settings
from app.views.error_reporter import ErrorReporter
from app.views.tasks import Tasks

settings = window_settings()
app = make_application(settings)
reporter = ErrorReporter()
tasks = Tasks(reporter.show)
session = Session(Shell(settings, tasks, reporter), "admin")
session.begin(sys.argv[1])

def look():
    desk = session._desk
    if desk is None or desk.orders.table.current_row() is None:
        return
    desk.orders.table.viewport().repaint()
    took = time.time() - began
    timer.stop()
    QTimer.singleShot(int(sys.argv[2]), lambda: done(took))

def done(took):
    pages = int(open("/proc/self/statm").read().split()[1])
    print(took, pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
    session.end()
    tasks.close()
    app.quit()

timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def run() -> list[tuple[str, str]]:
    """Warm starts; the memory after everything has settled."""
    where = big_office(ORDERS).db.place
    with tempfile.TemporaryDirectory() as home:
        took = [_start(where, home, 0)[0] for _ in range(RUNS)]
        resident = _start(where, home, 6_000)[1]
    return [
        ("start to first painted rows, warm", f"median {statistics.median(took) * 1000:.0f} ms"),
        (f"resident memory with {ORDERS:,} orders open", f"{resident:.0f} MB"),
    ]


def _start(where: str, home: str, settle_ms: int) -> tuple[float, float]:
    environment = {
        **os.environ,
        "BEGAN": str(time.time()),
        "QT_QPA_PLATFORM": "offscreen",
        "ZHANGGUI_HOME": home,
        "ZHANGGUI_PASSWORD": "bench#secret1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, where, str(settle_ms)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, resident = done.stdout.split()[-2:]
    return float(seconds), float(resident)
