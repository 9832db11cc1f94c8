"""One person's file in one line of time (rule D5): posts and levels from the ledger, actings, and what was noted."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, from_ms
from app.errors import NotFoundError
from app.i18n import N_, _
from app.models.leave import actings
from app.models.ledger import entries
from app.models.people import LEVEL_WORDS, POST_WORDS, Level, Post, people, stored_posts
from app.models.staff import NoteKind, file_notes
from app.services.access import Context, Permission, requires
from app.services.people.names import name_of, posts_word

_LEFT, _BACK = N_("left the office"), N_("is here again")
_WORDS: dict[str, Callable[[Any], str]] = {
    "posts": lambda value: posts_word(stored_posts(value)),
    "level": lambda value: _(LEVEL_WORDS[Level(value)]),
    "active": lambda value: _(_BACK if value else _LEFT),
}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One line of a file: when it was, what, and who entered it; `note` is its number where it was noted by hand."""

    seq: int
    day: date
    kind: NoteKind
    title: str
    text: str
    by: str
    note: int | None = None
    struck: str = ""  # why it was struck
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Somebody's file, the newest first."""

    id: int
    name: str
    entries: tuple[FileEntry, ...]


@requires(Permission.DUTY_OWN)
def person_file(ctx: Context, person: int, *, struck: bool = False) -> PersonFile:
    """One's own file, or anybody's for who keeps them; `struck` also shows what was struck, to who keeps the file."""
    if person != ctx.person:
        ctx.demand(Permission.FILE_KEEP)
    shows = struck and person != ctx.person
    with ctx.reading() as conn:
        if conn.execute(select(people.c.id).where(people.c.id == person)).scalar() is None:
            raise NotFoundError(what=person)
        found = [*_posts(conn, person), *_actings(conn, person), *_notes(conn, person, struck=shows)]
        name = name_of(conn, person)
    return PersonFile(person, name, tuple(sorted(found, key=lambda one: (one.day, one.seq), reverse=True)))


def _posts(conn: Connection, person: int) -> Iterator[FileEntry]:
    """What posts and level somebody began with, and each change of them."""
    e = entries.c
    kinds = ("person.added", "person.changed")
    about = e.kind.in_(kinds) & ((e.seq == person) | (e.subject == person))
    wanted = select(e.seq, e.at, e.kind, e.content, people.c.name).join(people, people.c.id == e.person, isouter=True)
    for row in conn.execute(wanted.where(about).order_by(e.seq)):
        content, by = json.loads(row.content), row.name or "掌柜"
        day = from_ms(row.at).astimezone(OFFICE_ZONE).date()
        if row.kind == "person.added":
            level = _(LEVEL_WORDS[Level(content["level"])])
            began = posts_word(Post(value) for value in content["posts"])
            yield FileEntry(row.seq, day, NoteKind.JOINED, began, level, by)
        elif told := _changed(content["changes"]):
            yield FileEntry(row.seq, day, NoteKind.POST, told, content.get("reason", ""), by)


def _changed(changes: Mapping[str, Sequence[Any]]) -> str:
    """What has become other, in words; an entry names also what stayed."""
    told = []
    for name in [name for name in _WORDS if name in changes]:
        before, after = map(_WORDS[name], changes[name])
        if before != after:
            told.append(after if name == "active" else _("{before} → {after}").format(before=before, after=after))
    return _("; ").join(told)


def _actings(conn: Connection, person: int) -> Iterator[FileEntry]:
    """The posts in which somebody has stood for another, or that were vacant (rule D4)."""
    began = select(actings, entries.c.person.label("giver")).join(entries, entries.c.seq == actings.c.id)
    took_place = (actings.c.ended == "") | (actings.c.ended >= actings.c.first_day)
    for row in conn.execute(began.where(actings.c.person == person, took_place)).all():
        post, last = _(POST_WORDS[Post(row.post)]), row.ended or row.last_day
        told = _("acts as {post} until {day}").format(post=post, day=last)
        whose = "" if row.instead_of is None else _("in place of {name}").format(name=name_of(conn, row.instead_of))
        by = name_of(conn, row.giver)
        yield FileEntry(row.id, date.fromisoformat(row.first_day), NoteKind.POST, told, whose, by)


def _notes(conn: Connection, person: int, *, struck: bool) -> Iterator[FileEntry]:
    """What was noted by hand."""
    n, e = file_notes.c, entries.c
    wanted = (
        select(file_notes, e.content, people.c.name)
        .join(entries, e.seq == n.id)
        .join(people, people.c.id == e.person, isouter=True)
        .where(n.person == person)
    )
    rows = conn.execute(wanted if struck else wanted.where(n.struck == 0)).all()
    why = _struck(conn, [row.id for row in rows if row.struck])
    for row in rows:
        content, by = json.loads(row.content), row.name or "掌柜"
        yield FileEntry(
            row.id, date.fromisoformat(row.day), NoteKind(row.kind), row.title, content["text"], by, row.id,
            why.get(row.id, ""), tuple(content["attachments"]),
        )  # fmt: skip


def _struck(conn: Connection, notes: list[int]) -> dict[int, str]:
    e = entries.c
    wanted = select(e.subject, e.content).where(e.subject.in_(notes), e.kind == "file.struck")
    return {note: json.loads(content)["reason"] for note, content in conn.execute(wanted)}
