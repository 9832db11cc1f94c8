"""Files read and made ready in a second process, so that a large import keeps two processors busy."""

import gc
import marshal
import multiprocessing
import os
import pickle
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection

from app import i18n
from app.errors import AppError, OutsideError
from app.i18n import N_
from app.services.helpers import end_with_parent
from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.read import Source, Tally, read_orders
from app.services.orders.prepared import Prepared, prepare
from app.services.progress import Progress, silent

BATCH = 2_000
WORTH_A_PROCESS = 4_000_000  # bytes: below, starting a process costs more than it brings
BATCH_IS, REFUSED = b"b", b"r"

Batch = list[Prepared | Reject]


class ReaderLostError(OutsideError):
    """The process that read the files has died, mostly for want of memory."""

    message = N_("The part of the program that was reading the files has stopped. Nothing was imported; try again.")


def prepared_batches(
    source: Source, pepper: bytes, origin: str, progress: Progress | None, tally: Tally
) -> Iterator[Batch]:
    """What the files say, in batches; raises what reading raises, and what `progress` raises to stop."""
    large = sum(size for size, _changed in source.stamps) >= WORTH_A_PROCESS and (os.cpu_count() or 1) > 1
    make = _there if large else _here
    return make(source, pepper, origin, progress or silent, tally)


def _here(source: Source, pepper: bytes, origin: str, progress: Progress, tally: Tally) -> Iterator[Batch]:
    read = read_orders(source, progress, tally)
    while drafts := list(islice(read, BATCH)):
        yield [prepare(pepper, draft, origin) if isinstance(draft, OrderDraft) else draft for draft in drafts]


def _there(source: Source, pepper: bytes, origin: str, progress: Progress, tally: Tally) -> Iterator[Batch]:
    # Spawned, not forked: the window's threads and open connections must not be copied.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(theirs, source, pepper, origin, i18n.language()), daemon=True)
    reader.start()
    theirs.close()
    try:
        while True:
            said = _receive(ours)
            if said[:1] == REFUSED:
                raise pickle.loads(said[1:])  # noqa: S301 (from our own child)
            share, tally.lines, tally.rejected, made, rejects = marshal.loads(said[1:])  # noqa: S302 (likewise)
            progress(share)
            if not made and not rejects:
                return
            yield [*(Prepared(*values) for values in made), *(Reject(*values) for values in rejects)]
    finally:
        reader.kill()
        reader.join()
        ours.close()


def _receive(pipe: Connection) -> bytes:
    try:
        return pipe.recv_bytes()
    except EOFError as error:
        raise ReaderLostError from error


def _read(pipe: Connection, source: Source, pepper: bytes, origin: str, language: str) -> None:
    """The reader's life: a batch at a time, at last an empty one, or the error that ended it."""
    end_with_parent()
    gc.disable()  # drafts come and go without circles; looking for some takes a tenth of the time
    i18n.set_language(language)
    share, tally = 0.0, Tally()

    def tell(done: float) -> None:
        nonlocal share
        share = done

    try:
        for batch in _here(source, pepper, origin, tell, tally):
            _send(pipe, share, tally, batch)
        _send(pipe, 1.0, tally, [])
    except AppError as error:
        pipe.send_bytes(REFUSED + pickle.dumps(error))


def _send(pipe: Connection, share: float, tally: Tally, batch: Batch) -> None:
    """As plain tuples: marshal takes a third of the time of pickle."""
    made = [_plain(one) for one in batch if isinstance(one, Prepared)]
    rejects = [(one.row, one.reason, one.source_number) for one in batch if isinstance(one, Reject)]
    pipe.send_bytes(BATCH_IS + marshal.dumps((share, tally.lines, tally.rejected, made, rejects)))


def _plain(one: Prepared) -> tuple[object, ...]:
    return one.facts, one.text, one.person, one.salt, one.commitment, one.digest, one.key, one.words, one.row
