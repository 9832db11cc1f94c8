"""The whole chain, stretch by stretch: a short one here, a long one in several processes at the same time."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from app.errors import OutsideError
from app.i18n import N_
from app.services import secrets
from app.services.db import Database, postgresql_engine, sqlite_engine
from app.services.orphans import end_with_parent
from app.services.progress import Progress
from app.services.proof.stretch import Stretch, read_pages, read_stretch

STRETCH = 10_000
WORTH_PROCESSES = 50_000  # below so many entries starting processes costs more than it brings
MOST_PROCESSES = 4
WAITING = 2  # stretches handed out beyond those being read, for each process

Span = tuple[int, int]

_db: Database  # of a process that reads stretches; set once by _open


class HelperLostError(OutsideError):
    """A process that helped has died, mostly for want of memory."""

    message = N_("A part of the program that was checking the ledger has stopped. Close other programs and try again.")


@dataclass(frozen=True, slots=True)
class Access:
    """How another process reaches the same database."""

    where: str
    key: str | None
    is_sqlite: bool

    def open(self) -> Database:
        """Open it; the office is open here already, so it needs no migration."""
        engine = sqlite_engine(Path(self.where), self.key) if self.is_sqlite else postgresql_engine(self.where)
        return Database(engine, self.where, self.key is not None)


def access_to(db: Database) -> Access:
    """How another process reaches `db`; asks the keyring for the key of an encrypted file."""
    if not db.is_sqlite:
        url = db.engine.url.set(drivername="postgresql")
        return Access(url.render_as_string(hide_password=False), None, is_sqlite=False)
    path = Path(db.place)
    return Access(str(path), secrets.key_of_file(path) if db.encrypted else None, is_sqlite=True)


def read_chain(db: Database, end: int, progress: Progress | None = None) -> Iterator[Stretch]:
    """Read entries 1 to `end`, in order, and the pages of the file; `progress` is told the share of entries read."""
    spans = [(first, min(first + STRETCH - 1, end)) for first in range(1, end + 1, STRETCH)]
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    alone = processes == 1 or end < WORTH_PROCESSES
    read = partial(_one_by_one, db, end) if alone else partial(_in_processes, db, end, processes)
    for done, stretch in enumerate(read(spans), 1):
        yield stretch
        if progress is not None:
            progress(done / (len(spans) + 1))


def _one_by_one(db: Database, end: int, spans: list[Span]) -> Iterator[Stretch]:
    for span in spans:
        yield read_stretch(db, *span, end)
    yield read_pages(db)


def _in_processes(db: Database, end: int, processes: int, spans: list[Span]) -> Iterator[Stretch]:
    # Spawned, not forked: the window's threads and open connections must not be copied.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _open, (access_to(db),))
    try:
        pages = pool.submit(_read_pages_there)
        left = iter(spans)
        running: list[Future[Stretch]] = []
        hand_out = partial(_hand_out, pool, end)
        running += map(hand_out, islice(left, processes * (1 + WAITING)))
        while running:
            yield running.pop(0).result()
            running += map(hand_out, islice(left, 1))
        yield pages.result()
    except BrokenProcessPool as error:
        raise HelperLostError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _hand_out(pool: ProcessPoolExecutor, end: int, span: Span) -> "Future[Stretch]":
    return pool.submit(_read_there, end, span)


def _open(access: Access) -> None:
    global _db
    end_with_parent()
    gc.disable()  # rows come and go without circles; looking for some takes a fifth of the time
    _db = access.open()


def _read_pages_there() -> Stretch:
    return read_pages(_db)


def _read_there(end: int, span: Span) -> Stretch:
    return read_stretch(_db, *span, end)
