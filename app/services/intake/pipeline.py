"""Orders read and made ready for acceptance; those of a large file in a second process."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from app.services.ahead import ahead, worth_a_process
from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.read import Source, Tally, read_orders
from app.services.orders.prepared import Prepared, prepare
from app.services.progress import Progress, silent

BATCH = 2_000
WORTH_A_PROCESS = 4_000_000  # bytes

Batch = list[Prepared | Reject]


def prepared_batches(
    source: Source, pepper: bytes, origin: str, progress: Progress | None, tally: Tally
) -> Iterator[Batch]:
    """What the files say, in batches; raises what reading raises, and what `progress` raises to stop."""
    tell = progress or silent
    if not worth_a_process(sum(size for size, _changed in source.stamps), WORTH_A_PROCESS):
        yield from _read(source, pepper, origin, tally, tell)
        return
    for lines, rejected, made, rejects in ahead(partial(_read_plain, source, pepper, origin), tell):
        tally.lines, tally.rejected = lines, rejected
        if made or rejects:
            yield [*(Prepared(*values) for values in made), *(Reject(*values) for values in rejects)]


def _read(source: Source, pepper: bytes, origin: str, tally: Tally, progress: Progress) -> Iterator[Batch]:
    read = read_orders(source, progress, tally)
    while drafts := list(islice(read, BATCH)):
        yield [prepare(pepper, draft, origin) if isinstance(draft, OrderDraft) else draft for draft in drafts]


def _read_plain(source: Source, pepper: bytes, origin: str, progress: Progress) -> Iterator[Any]:
    """As plain tuples; the last one tells what was counted after the last order."""
    tally = Tally()
    for batch in _read(source, pepper, origin, tally, progress):
        made = [_plain(one) for one in batch if isinstance(one, Prepared)]
        rejects = [(one.row, one.reason, one.source_number) for one in batch if isinstance(one, Reject)]
        yield tally.lines, tally.rejected, made, rejects
    yield tally.lines, tally.rejected, [], []


def _plain(one: Prepared) -> tuple[object, ...]:
    return one.facts, one.text, one.person, one.salt, one.commitment, one.digest, one.key, one.words, one.row
