"""How fast long papers are made, and in how much memory; each in a process of its own."""

import multiprocessing
import re
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.services.papers.daily_record import write_daily_record
from app.services.papers.pick_list import write_pick_list
from tests.services.papers.samples import IMPRINT, daily_record, pick_order

ORDERS_OF_RECORD = 21_300  # with their late contacts a thousand pages
ORDERS_OF_LIST = 4_000  # likewise


def make_record(path: Path) -> float:
    """Seconds for a daily record of a thousand pages."""
    content = daily_record(ORDERS_OF_RECORD)
    start = time.perf_counter()
    write_daily_record(content, path)
    return time.perf_counter() - start


def make_pick_list(path: Path) -> float:
    """Seconds for a pick list of a thousand pages."""
    orders = [pick_order(index) for index in range(ORDERS_OF_LIST)]
    start = time.perf_counter()
    write_pick_list(orders, path, IMPRINT)
    return time.perf_counter() - start


def _measured(make: Callable[[Path], float]) -> tuple[float, int, int]:
    """Seconds, pages, and the peak memory of this process in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        seconds = make(path)
        pages = len(re.findall(rb"/Type /Page\b", path.read_bytes()))
    return seconds, pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run() -> list[tuple[str, str]]:
    """Pages a second and peak memory of the two long papers."""
    figures = []
    for name, make in (("daily record", make_record), ("pick list", make_pick_list)):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, pages, memory = pool.apply(_measured, (make,))
        figures.append((f"{name}, {pages:,} pages", f"{pages / seconds:,.0f} pages/s, {memory} MB at the peak"))
    return figures
