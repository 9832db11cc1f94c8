"""The small tables (people, settings, marks on customers, seals, content items, …) against what their entries say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.services.folds import ADVANCES, BEGINS, TABLES, Advance, Begin
from app.services.ledger import fingerprint
from app.services.office import PEPPER, setting_text
from app.services.proof.rows import Row, fetch
from app.services.proof.seal_text import write_seal
from app.services.proof.stretch import SENSELESS, Kept, first_of, read_content
from app.services.proof.verdict import Bad
from app.services.stock.fold import LINE_KINDS, advance_lines, begun_lines

Small = Mapping[str, Mapping[Any, Row]]
Said = dict[str, dict[Any, tuple[int, Row]]]

_TABLES = {
    "people": "SELECT id, name, posts, level, active FROM people",
    "credentials": "SELECT person, password_hash, changed_at, must_change FROM credentials",
    "settings": "SELECT key, value FROM settings",
    "customers": "SELECT id, flagged, reason, erased FROM customers",
    "seals": "SELECT day, entry, at, seal FROM seals",
    **{
        name: f"SELECT {', '.join(column.name for column in table.columns)} FROM {name}"  # noqa: S608 (names of our own)
        for name, table in TABLES.items()
    },
    "count_lines": """SELECT "count" || ' ' || code, shelf, counted, expected, moved, reason, waits FROM count_lines""",
}


def read_small(conn: Connection) -> Small:
    """The rows of each table by their key; of secrets only what the entries say of them."""
    return {
        name: {row[0]: _without_secrets(name, row[0], row[1:]) for row in fetch(conn, sql)}
        for name, sql in _TABLES.items()
    }


def _without_secrets(table: str, key: object, row: Row) -> Row:
    secret = table == "credentials" or (table == "settings" and key == PEPPER)
    return (fingerprint(row[0]), *row[1:]) if secret and isinstance(row[0], str) else row


def compare_small(small: Small, kept: Iterable[Kept]) -> Bad | None:
    """What is wrong first in a small table, by its name as the code."""
    said: Said = {table: {} for table in _TABLES}
    for entry in kept:
        try:
            _TELLS[entry.kind](said, entry, read_content(entry.content))
        except SENSELESS:
            return Bad(entry.seq, "senseless")
    found: list[Bad | None] = []
    for table, rows in small.items():
        told = said[table]
        found += [Bad(seq, table) for number, (seq, row) in told.items() if rows.get(number) != row]
        found += [Bad(number if type(number) is int else None, table) for number in rows.keys() - told.keys()]
    return first_of(*found)


def _person_added(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    row = (content["name"].strip(), ",".join(content["posts"]), content["level"], 1)
    said["people"][entry.seq] = (entry.seq, row)
    said["credentials"][entry.seq] = (entry.seq, (content["password"], entry.at, int(content["must_change"])))


def _password_set(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    must_change = int(entry.kind == "password.reset")
    said["credentials"][entry.subject] = (entry.seq, (content["password"], entry.at, must_change))


def _password_rehashed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    _, before = said["credentials"][entry.subject]
    said["credentials"][entry.subject] = (entry.seq, (content["password"], *before[1:]))


def _office_created(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    said["settings"] = {name: (entry.seq, (setting_text(value),)) for name, value in content["settings"].items()}
    said["settings"][PEPPER] = (entry.seq, (content["pepper"],))


def _office_changed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    for name, (_, after) in content["changes"].items():
        said["settings"][name] = (entry.seq, (setting_text(after),))


def _person_changed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    _, before = said["people"][entry.subject]
    new = {name: after for name, (_, after) in content["changes"].items()}
    names = ("name", "posts", "level", "active")
    row = tuple(new.get(name, value) for name, value in zip(names, before, strict=True))
    said["people"][entry.subject] = (entry.seq, row)


def _mark(said: Said, entry: Kept, **changes: object) -> None:
    _, before = said["customers"].get(entry.subject, (0, (0, "", 0)))
    names = ("flagged", "reason", "erased")
    row = tuple(changes.get(name, value) for name, value in zip(names, before, strict=True))
    said["customers"][entry.subject] = (entry.seq, row)


def _flagged(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    _mark(said, entry, flagged=1, reason=content["reason"])


def _unflagged(said: Said, entry: Kept, _content: dict[str, Any]) -> None:
    _mark(said, entry, flagged=0, reason="")


def _erased(said: Said, entry: Kept, _content: dict[str, Any]) -> None:
    _mark(said, entry, erased=1)


def _sealed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    day = date.fromisoformat(content["day"])
    said["seals"][content["day"]] = (entry.seq, (entry.seq, entry.at, write_seal(day, entry.seq, entry.hash)))


Tell = Callable[[Said, Kept, dict[str, Any]], None]


def _begun(table: str, begin: Begin) -> Tell:
    """What the first entry of a subject says of its row: the values in the order of the table's columns."""

    def tell(said: Said, entry: Kept, content: dict[str, Any]) -> None:
        said[table][entry.seq] = (entry.seq, tuple(begin(entry.seq, entry.at, content).values())[1:])

    return tell


def _advanced(table: str, advance: Advance) -> Tell:
    """What a later entry makes of it."""
    names = [column.name for column in TABLES[table].columns]

    def tell(said: Said, entry: Kept, content: dict[str, Any]) -> None:
        row = dict(zip(names, (entry.subject, *said[table][entry.subject][1]), strict=True))
        advance(row, entry.seq, entry.at, entry.kind, content)
        said[table][entry.subject] = (entry.seq, tuple(row.values())[1:])

    return tell


def _and_lines(tell: Tell) -> Tell:
    """A count's lines have a table of their own."""

    def tell_both(said: Said, entry: Kept, content: dict[str, Any]) -> None:
        tell(said, entry, content)
        rows, count = said["count_lines"], entry.seq if entry.subject is None else entry.subject
        if entry.kind in LINE_KINDS:
            lines = {line[0]: rows[f"{count} {line[0]}"][1] for line in content["lines"]}
            advance_lines(lines, entry.kind, content)
        else:
            lines = dict(begun_lines(content))
        rows.update({f"{count} {code}": (entry.seq, row) for code, row in lines.items()})

    return tell_both


_TELLS: dict[str, Tell] = {
    **{kind: _begun(table, begin) for kind, (table, begin) in BEGINS.items()},
    **{kind: _advanced(table, advance) for kind, (table, advance) in ADVANCES.items()},
    "office.created": _office_created,
    "office.changed": _office_changed,
    "person.added": _person_added,
    "person.changed": _person_changed,
    "password.changed": _password_set,
    "password.reset": _password_set,
    "password.rehashed": _password_rehashed,
    "customer.flagged": _flagged,
    "customer.unflagged": _unflagged,
    "customer.erased": _erased,
    "day.sealed": _sealed,
}
_TELLS |= {kind: _and_lines(_TELLS[kind]) for kind in ("count.begun", *LINE_KINDS)}
