"""Work done ahead in a second process: what it makes comes back in batches, so that two processors are kept busy."""

import gc
import marshal
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from app import i18n
from app.errors import AppError, OutsideError
from app.i18n import N_
from app.services.orphans import end_with_parent
from app.services.progress import Progress

MADE, ENDED, REFUSED = b"m", b"e", b"r"

Work: TypeAlias = Callable[[Progress], Iterator[Any]]  # makes batches of plain values (as marshal knows them)


class ReaderLostError(OutsideError):
    """The process that read the files has died, mostly for want of memory."""

    message = N_("The part of the program that was reading the files has stopped. Nothing was imported; try again.")


def worth_a_process(size: int, least: int) -> bool:
    """Whether a file of so many bytes is worth a process: below `least`, starting one costs more than it brings."""
    return size >= least and (os.cpu_count() or 1) > 1


def ahead(work: Work, progress: Progress) -> Iterator[Any]:
    """The batches of `work` (which must be picklable), made in a process of their own.

    Raises what the work raises, what `progress` raises to stop it, and ReaderLostError where the process died.
    """
    # Spawned, not forked: the window's threads and open connections must not be copied.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    maker = context.Process(target=_make, args=(theirs, work, i18n.language()), daemon=True)
    maker.start()
    theirs.close()
    try:
        while True:
            said = _receive(ours)
            if said[:1] == REFUSED:
                raise pickle.loads(said[1:])  # noqa: S301 (from our own child)
            share, made = marshal.loads(said[1:])  # noqa: S302 (likewise)
            progress(share)
            if said[:1] == ENDED:
                return
            yield made
    finally:
        maker.kill()
        maker.join()
        ours.close()


def _receive(pipe: Connection) -> bytes:
    try:
        return pipe.recv_bytes()
    except (EOFError, OSError) as error:  # it died between two messages, or in the middle of one
        raise ReaderLostError from error


def _make(pipe: Connection, work: Work, language: str) -> None:
    """The maker's life: a batch at a time, at last the end, or the error that ended it."""
    end_with_parent()
    gc.disable()  # drafts come and go without circles; looking for some takes a tenth of the time
    i18n.set_language(language)
    share = 0.0

    def tell(done: float) -> None:
        nonlocal share
        share = done

    try:
        for made in work(tell):
            pipe.send_bytes(MADE + marshal.dumps((share, made)))  # a third of what pickle costs
        pipe.send_bytes(ENDED + marshal.dumps((1.0, None)))
    except AppError as error:
        pipe.send_bytes(REFUSED + pickle.dumps(error))
