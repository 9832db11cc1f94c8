"""The day's record (rule O5): sealed in the ledger, backed up, and on paper; also for days the machine was off."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, day_bounds, office_time, to_ms
from app.errors import ConflictError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.office import seals
from app.services.access import Context, Permission, requires
from app.services.backups.backup import BackupResult, make_backup
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.progress import Progress, part_of, silent
from app.services.records.figures import Day
from app.services.records.gather import gather
from app.services.records.paper import compose
from app.services.records.sealing import seal
from app.services.records.window import RECORDED, Sealed, has_more, last_seal, recorded, window_of, worked
from app.services.status import remember_backup

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
    with ctx.reading() as conn:
        due = _due(conn, to_ms(ctx.clock.now()))
    sealed = []
    for number, day in enumerate(due):
        with suppress(SealedMeanwhileError):  # the other program makes its backup and paper too
            sealed.append(_seal(ctx, day, part_of(tell, 0.2 * number / len(due), 0.2 * (number + 1) / len(due))))
    return _finish(ctx, sealed, out, tell) if sealed else []


def _due(conn: Connection, now: int) -> list[date]:
    """Days whose hour of record has passed and that are not, or not wholly, on record; the oldest first."""
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
            wanted = day >= today - timedelta(days=1) or worked(conn, day)
        else:
            entry, at = sealed[day]
            failed = entry not in finished and now - at >= RETRY_MS  # before that somebody is at it
            wanted = failed or _wants_supplement(conn, (day, hour), entry, at, now)
        if wanted:
            due.append(day)
    return due


def _local(moment: int) -> datetime:
    return office_time(moment)


def _wants_supplement(conn: Connection, due: tuple[date, time], entry: int, at: int, now: int) -> bool:
    """Whether the day went on after it was sealed, and its hour of record or its end has come since."""
    hour = to_ms(datetime.combine(*due, tzinfo=OFFICE_ZONE).astimezone(UTC))
    return any(at < moment <= now and has_more(conn, entry, moment) for moment in (hour, day_bounds(due[0])[1]))


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
    with ctx.reading() as conn:
        before = last_seal(conn, day)
        if before is not None and not before.finished:
            return before, gather(conn, before.window, progress)
        window = window_of(conn, day, now, before)
        gathered = gather(conn, window, progress)
    with ctx.writing() as conn:
        pen = open_ledger(conn, now, ctx.person)
        meanwhile = last_seal(conn, day)
        if (meanwhile and meanwhile.entry) != (before and before.entry):
            raise SealedMeanwhileError(day=day)
        return seal(conn, pen, gathered, ctx.name), gathered


def _put_on_paper(
    ctx: Context, sealed: Sealed, day: Day, made: BackupResult, out: Path, progress: Progress
) -> RecordResult:
    from app.services.papers.daily_record import write_daily_record

    window = sealed.window
    pdf = out / f"zhanggui-record-{window.day:%Y%m%d}-{sealed.entry:010d}.pdf"
    with ctx.reading() as conn:
        office = load_settings(conn).name
    write_daily_record(compose(day, sealed, office, (made.path.name, made.sha256)), pdf, progress)
    facts = {"pdf": pdf.name, "backup": made.path.name, "sha256": made.sha256, "proof": made.verdict.code}
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        remember_backup(conn, pen.write(RECORDED, sealed.entry, facts))
    covered = max(window.last - window.first + 1, 0)
    totals = dict(day.all.payable)
    return RecordResult(window.day, sealed.text, covered, day.all.orders, totals, pdf, made.path, window.supplement)
