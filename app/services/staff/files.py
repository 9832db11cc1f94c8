"""People's files (人员档案, rule D5): what is noted on them, and who keeps them; `timeline.py` reads one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from app.clock import OFFICE_ZONE, from_ms, office_day, to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.people import Post, people, stored_posts
from app.models.staff import NoteKind, file_notes
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.ledger import open_ledger
from app.services.reasons import need_reason
from app.services.staff.wording import kept_files, need_title, tidy_text


class OwnFileError(RuleError):
    """Nobody praises themselves on record, or strikes what others have noted."""

    message = N_("Somebody else keeps your own file.")


class DayToComeError(RuleError):
    """A file tells what was."""

    message = N_("A file holds what has happened; this day is still to come.")


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What is noted on a file; `attachments` are digests of kept files."""

    kind: NoteKind
    day: date
    title: str
    text: str = ""
    attachments: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """Somebody's file as the list shows it; `keeps`: whether who asked may note on it."""

    id: int
    name: str
    posts: tuple[Post, ...]
    active: bool
    joined: date
    notes: int
    last_day: date | None  # of the latest note
    keeps: bool


@requires(Permission.FILE_KEEP)
def note_on_file(ctx: Context, person: int, draft: NoteDraft) -> int:
    """Note training, an award, an assessment … on somebody's file; returns the note's number."""
    with ctx.writing() as conn:
        _refuse_own(ctx, person)
        if conn.execute(select(people.c.id).where(people.c.id == person)).scalar() is None:
            raise NotFoundError(what=person)
        if draft.day > office_day(ctx.clock):
            raise DayToComeError
        facts = {
            "person": person,
            "day": draft.day.isoformat(),
            "kind": draft.kind.value,
            "title": need_title(draft.title),
            "text": tidy_text(draft.text),
            "attachments": kept_files(conn, draft.attachments),
        }
        return subjects.begin(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), "file.noted", facts)


@requires(Permission.FILE_KEEP)
def strike_note(ctx: Context, note: int, reason: str) -> None:
    """Strike what was noted by mistake: the file shows it no more, the ledger does."""
    with ctx.writing() as conn:
        _refuse_own(ctx, subjects.load(conn, "file_notes", note)["person"])
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, note, "file.struck", {"reason": need_reason(reason)})


@requires(Permission.DUTY_OWN)
def list_files(ctx: Context) -> list[FileRow]:
    """The files that the person may read, who has left last: everybody's for who keeps them, else one's own."""
    keeps = ctx.may(Permission.FILE_KEEP)
    wanted = select(people, entries.c.at).join(entries, entries.c.seq == people.c.id)
    with ctx.reading() as conn:
        rows = conn.execute(wanted if keeps else wanted.where(people.c.id == ctx.person)).all()
        noted = _noted(conn)
    files = []
    for row in rows:
        count, last, joined = noted.get(row.id, (0, None, None))
        added = from_ms(row.at).astimezone(OFFICE_ZONE).date()
        files.append(
            FileRow(
                row.id, row.name, stored_posts(row.posts), bool(row.active), joined or added, count, last,
                keeps and row.id != ctx.person,
            )
        )  # fmt: skip
    return sorted(files, key=lambda one: (not one.active, one.id))


def _noted(conn: Connection) -> dict[int, tuple[int, date | None, date | None]]:
    """How many notes a file has, the day of the latest, and since when the person is here where that was noted."""
    n = file_notes.c
    wanted = select(n.person, n.kind, func.count().label("notes"), func.min(n.day), func.max(n.day))
    found: dict[int, tuple[int, date | None, date | None]] = {}
    for person, kind, notes, first, last in conn.execute(wanted.where(n.struck == 0).group_by(n.person, n.kind)):
        count, latest, joined = found.get(person, (0, None, None))
        day = date.fromisoformat(last)
        if kind == NoteKind.JOINED:
            joined = date.fromisoformat(first)
        found[person] = (count + notes, day if latest is None else max(day, latest), joined)
    return found


def _refuse_own(ctx: Context, person: int) -> None:
    if person == ctx.person:
        raise OwnFileError
