"""The day's record (rule O5): sealed in the ledger, backed up, and on paper; also for days the machine was off."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from app.clock import OFFICE_ZONE, day_bounds, from_ms, to_ms
from app.errors import ConflictError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.office import seals
from app.models.orders import orders
from app.services.access import Context, Permission, requires
from app.services.backup import BackupResult, make_backup
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.progress import Progress, part_of, silent
from app.services.proof.seal_text import write_seal
from app.services.records.figures import Day
from app.services.records.gather import gather
from app.services.records.paper import compose
from app.services.records.window import RECORDED, SEALED, Sealed, has_more, last_seal, recorded, window_of

RETRY_MS = 15 * 60_000


class FutureDayError(RuleError):
    """A day that has not begun has nothing to seal."""

    message = N_("{day} has not begun yet.")


class SealedMeanwhileError(ConflictError):
    """Two programs at 18:00; one is enough."""

    message = N_("Another program has just sealed {day}.")


@dataclass(frozen=True, slots=True)
class RecordResult:
    """A day on record; `entries` and `orders` are those it covers, totals are payable in minor units by currency."""

    day: date
    seal: str
    entries: int
    orders: int
    totals: Mapping[str, int]
    pdf: Path
    backup: Path
    supplement: int


@requires(Permission.RECORD_WRITE)
def record(ctx: Context, day: date, out: Path, progress: Progress | None = None) -> RecordResult:
    """Seal a day, back the office up and write the paper into the folder `out`.

    A day sealed before gets a supplement with what came later; one whose backup or paper failed gets those first.
    """
    tell = progress or silent
    return _finish(ctx, [_seal(ctx, day, part_of(tell, 0.0, 0.2))], out, tell)[0]


@requires(Permission.RECORD_WRITE)
def record_due(ctx: Context, out: Path, progress: Progress | None = None) -> list[RecordResult]:
    """Put every day on record that is due, with one backup for all of them."""
    tell = progress or silent
    with ctx.db.reading() as conn:
        due = _due(conn, to_ms(ctx.clock.now()))
    sealed = []
    for number, day in enumerate(due):
        with suppress(SealedMeanwhileError):  # the other program makes its backup and paper too
            sealed.append(_seal(ctx, day, part_of(tell, 0.2 * number / len(due), 0.2 * (number + 1) / len(due))))
    return _finish(ctx, sealed, out, tell) if sealed else []


@requires(Permission.RECORD_WRITE)
def due_records(ctx: Context) -> list[date]:
    """Days whose hour of record has passed and that are not, or not wholly, on record; the oldest first."""
    with ctx.db.reading() as conn:
        return _due(conn, to_ms(ctx.clock.now()))


def _due(conn: Connection, now: int) -> list[date]:
    began: int | None = conn.execute(select(entries.c.at).where(entries.c.seq == 1)).scalar()
    if began is None:
        return []
    hour = time.fromisoformat(load_settings(conn).record_time)
    today, first = _local(now).date(), _local(began).date()
    sealed = {date.fromisoformat(row.day): (row.entry, row.at) for row in conn.execute(select(seals))}
    finished = recorded(conn, [entry for entry, _ in sealed.values()])
    due = []
    for day in (first + timedelta(days=past) for past in range((today - first).days + 1)):
        if day == today and _local(now).time() < hour:
            continue
        if day not in sealed:
            wanted = day >= today - timedelta(days=1) or _has_orders(conn, day)
        else:
            entry, at = sealed[day]
            failed = entry not in finished and now - at >= RETRY_MS  # before that somebody is at it
            wanted = failed or _wants_supplement(conn, day, entry, at, now)
        if wanted:
            due.append(day)
    return due


def _local(moment: int) -> datetime:
    return from_ms(moment).astimezone(OFFICE_ZONE)


def _has_orders(conn: Connection, day: date) -> bool:
    start, end = day_bounds(day)
    inside = (orders.c.accepted_at >= start, orders.c.accepted_at < end)
    return conn.execute(select(orders.c.id).where(*inside).limit(1)).scalar() is not None


def _wants_supplement(conn: Connection, day: date, entry: int, at: int, now: int) -> bool:
    """Whether the day is over and went on after it was sealed."""
    end = day_bounds(day)[1]
    return at < end <= now and has_more(conn, entry, end)


def _finish(ctx: Context, sealed: Sequence[tuple[Sealed, Day]], out: Path, progress: Progress) -> list[RecordResult]:
    """One backup, which holds all the seals, then their papers."""
    made = make_backup(ctx.db, ctx.clock, out, part_of(progress, 0.2, 0.7))
    each = 0.3 / len(sealed)
    return [
        _put_on_paper(ctx, *one, made, out, part_of(progress, 0.7 + number * each, 0.7 + (number + 1) * each))
        for number, one in enumerate(sealed)
    ]


def _seal(ctx: Context, day: date, progress: Progress) -> tuple[Sealed, Day]:
    """Gather a day without holding anybody up, then seal it; a seal without backup or paper is taken up again."""
    now = to_ms(ctx.clock.now())
    if day_bounds(day)[0] > now:
        raise FutureDayError(day=day)
    with ctx.db.reading() as conn:
        before = last_seal(conn, day)
        if before is not None and not before.finished:
            return before, gather(conn, before.window, progress)
        window = window_of(conn, day, now, before)
        gathered = gather(conn, window, progress)
    with ctx.db.writing() as conn:
        pen = open_ledger(conn, now, ctx.person)
        meanwhile = last_seal(conn, day)
        if (meanwhile and meanwhile.entry) != (before and before.entry):
            raise SealedMeanwhileError(day=day)
        seq = pen.write(SEALED, None, _content(gathered, pen.hash))
        text = write_seal(day, seq, pen.hash)
        pen.flush()
        conn.execute(delete(seals).where(seals.c.day == day.isoformat()))
        conn.execute(insert(seals).values(day=day.isoformat(), entry=seq, at=now, seal=text))
    return Sealed(seq, now, text, pen.hash, ctx.name, window, finished=False), gathered


def _content(day: Day, before: bytes) -> Mapping[str, object]:
    """What the sealing entry says; `head` is the hash of the entry before it."""
    window = day.window
    return {
        "day": window.day.isoformat(),
        "first": window.first,
        "last": window.last,
        "as_of": window.as_of,
        "supplement": window.supplement,
        "head": before.hex(),
        "counts": day.counts(),
        "sums": dict(day.all.payable),
    }


def _put_on_paper(
    ctx: Context, sealed: Sealed, day: Day, made: BackupResult, out: Path, progress: Progress
) -> RecordResult:
    from app.services.papers.daily_record import write_daily_record

    window = sealed.window
    pdf = out / f"zhanggui-record-{window.day:%Y%m%d}-{sealed.entry:010d}.pdf"
    with ctx.db.reading() as conn:
        office = load_settings(conn).name
    write_daily_record(compose(day, sealed, office, (made.path.name, made.sha256)), pdf, progress)
    facts = {"pdf": pdf.name, "backup": made.path.name, "sha256": made.sha256, "proof": made.verdict.code}
    with ctx.db.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        pen.write(RECORDED, sealed.entry, facts)
        pen.flush()
    covered = max(window.last - window.first + 1, 0)
    totals = dict(day.all.payable)
    return RecordResult(window.day, sealed.text, covered, day.all.orders, totals, pdf, made.path, window.supplement)
