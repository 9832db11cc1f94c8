"""A backup that was killed at any moment leaves nothing half, and the office as it was."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.backups.manifest import check_backup
from app.services.backups.server import SCRATCH
from app.services.db import Database, sqlite_engine
from app.services.verify import verify, verify_database
from tests.postgresql import server
from tests.services.orders.making import Crew, accept, draft

FOREVER = """
import sys
from pathlib import Path
from app.clock import SystemClock
from app.services.access import program
from app.services.backups.backup import backup
from app.services.opening import open_database

ctx = program(open_database(sys.argv[1]), SystemClock())
print("ready", flush=True)
while True:
    backup(ctx, Path(sys.argv[2]))
"""


def killed(crew: Crew, out: Path, times: int) -> None:
    """Kill a process that backs up, at random moments; what it leaves under a final name is whole each time."""
    chance = random.Random(20261123)
    where = crew.db.place
    if not crew.db.is_sqlite:
        where = crew.db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    whole = 0
    for _ in range(times):
        process = subprocess.Popen([sys.executable, "-c", FOREVER, where, str(out)], stdout=subprocess.PIPE, text=True)
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.0, 0.8 if crew.db.is_sqlite else 2.5))
            process.kill()
        for path in out.glob("zhanggui-*.json"):
            assert check_backup(path.with_suffix("")).proof == "ok"
            whole += 1
        for path in out.glob("zhanggui-*.zhanggui"):
            db = Database(sqlite_engine(path), str(path))
            assert verify_database(db).ok
            db.close()
        assert verify(crew.clerk).ok
        for path in out.iterdir():
            path.unlink()
    assert whole
    if not crew.db.is_sqlite:
        server().settle()  # a database that was being made when its client died is there only now
        for name in server().databases():
            if name.startswith(SCRATCH):
                server().drop(name)  # swept by the program itself after a day


def test_a_killed_backup_leaves_nothing_half(any_crew: Crew, tmp_path: Path) -> None:
    accept(any_crew, [draft(number) for number in range(400)])
    (tmp_path / "backups").mkdir()
    killed(any_crew, tmp_path / "backups", 5)


@pytest.mark.soak
def test_a_backup_killed_two_hundred_times_leaves_nothing_half(any_crew: Crew, tmp_path: Path) -> None:
    accept(any_crew, [draft(number) for number in range(2_000)])
    (tmp_path / "backups").mkdir()
    killed(any_crew, tmp_path / "backups", 200)
