"""The proof of the whole chain, every value re-read, and what rests on it: backup and drill."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.services.access import Context
from app.services.backups.backup import backup, drill
from app.services.orders.rebuild import rebuild
from app.services.proof import workers
from app.services.proof.stretch import read_stretch
from app.services.verify import verify
from tests.benchmarks.big_office import big_office

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
SAMPLE = 100_000


def run() -> list[tuple[str, str]]:
    """The figures of this machine."""
    ctx = big_office(ORDERS)
    entries = verify(ctx).entries
    whole = _seconds(lambda: verify(ctx))
    with tempfile.TemporaryDirectory() as folder:
        copied = _seconds(lambda: backup(ctx, Path(folder)))
    drilled = _seconds(lambda: drill(ctx))
    rebuilt = _seconds(lambda: rebuild(ctx))
    processes = min(workers.MOST_PROCESSES, os.cpu_count() or 1)
    return [
        (f"verify {entries:,} entries, {processes} processes", f"{ORDERS / whole:,.0f} orders/s ({whole:.1f} s)"),
        (f"verify {SAMPLE:,} entries, one process", f"{SAMPLE / _alone(ctx):,.0f} orders/s"),
        (f"backup of {ORDERS:,} orders, reopened and proved", f"{copied:.1f} s"),
        (f"drill: backup, restore, prove, {ORDERS:,} orders", f"{drilled:.1f} s"),
        (f"lists, counts and search index of {ORDERS:,} orders rebuilt", f"{rebuilt:.1f} s"),
    ]


def _alone(ctx: Context) -> float:
    return _seconds(lambda: read_stretch(ctx.db, 1, SAMPLE, SAMPLE))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
