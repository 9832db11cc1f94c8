"""Counts as people see them: the sheet of who counts, which hides what should be there, and then the differences."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.models.catalog import products, variants
from app.models.people import people
from app.models.stock import CountState, count_lines, counts
from app.services.access import Context, Permission, requires
from app.services.stock.counts import COUNT_LIMIT_MINOR
from app.services.stock.values import Value, values_of

_l, _c = count_lines.c, counts.c


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count as a list shows it; times in milliseconds UTC."""

    id: int
    person: str
    note: str
    state: CountState
    begun_at: int
    closed_at: int | None
    lines: int
    counted: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What the counter sees: where it is, and what was entered so far (None: nothing yet)."""

    code: str
    name: str
    shelf: str
    counted: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that was not counted as expected; `worth` of all pieces in minor units.

    `waits` where it is booked only when approved: it waits for that, or will once the count is closed.
    """

    code: str
    name: str
    shelf: str
    counted: int
    expected: int
    reason: str
    worth: int
    currency: str
    waits: bool

    @property
    def difference(self) -> int:
        """Pieces found more (or, negative, less) than the books have."""
        return self.counted - self.expected


@requires(Permission.STOCK_READ)
def list_counts(ctx: Context, open_only: bool = True, limit: int = 200) -> list[CountRow]:
    """Counts, newest first."""
    shown = select(_c.id).order_by(_c.id.desc()).limit(limit)
    if open_only:
        shown = shown.where(_c.state.in_([CountState.OPEN.value, CountState.WAITING.value]))
    sums = (
        select(_l.count.label("of"), func.count().label("lines"), func.count(_l.counted).label("counted"))
        .where(_l.count.in_(shown))  # years of counts have a million lines
        .group_by(_l.count)
        .subquery()
    )
    wanted = (
        select(counts, people.c.name, sums.c.lines, sums.c.counted)
        .outerjoin(people, people.c.id == _c.person)
        .join(sums, sums.c.of == _c.id)
        .order_by(_c.id.desc())
    )
    with ctx.reading() as conn:
        return [
            CountRow(
                row.id, row.name or "", row.note, CountState(row.state), row.begun_at, row.closed_at, row.lines,
                row.counted,
            )
            for row in conn.execute(wanted)
        ]  # fmt: skip


@requires(Permission.STOCK_COUNT)
def count_sheet(ctx: Context, count: int) -> list[SheetLine]:
    """The lines of a count by shelf, without what should be there: it is counted blind."""
    with ctx.reading() as conn:
        return sheet_of(conn, count)


def sheet_of(conn: Connection, count: int) -> list[SheetLine]:
    """As `count_sheet`, within somebody else's view or transaction."""
    wanted = _named(select(_l.code, products.c.name, variants.c.name.label("article"), _l.shelf, _l.counted), count)
    return [
        SheetLine(row.code, f"{row.name or ''} {row.article or ''}".strip(), row.shelf, row.counted)
        for row in conn.execute(wanted)
    ]


@requires(Permission.STOCK_COUNT)
def count_differences(ctx: Context, count: int) -> list[Difference]:
    """What was counted otherwise than the books had it, to be explained when the count is closed."""
    wanted = _named(select(count_lines, products.c.name, variants.c.name.label("article"), _c.state), count)
    wanted = wanted.join(counts, _c.id == _l.count)
    with ctx.reading() as conn:
        rows = conn.execute(wanted.where(_l.counted != _l.expected)).all()
        values = values_of(conn, [row.code for row in rows])
    return [_difference(row, values[row.code]) for row in rows]


def _difference(row: Any, value: Value) -> Difference:
    worth = row.waits or abs(row.counted - row.expected) * value.worth
    waits = row.state == CountState.OPEN and worth > COUNT_LIMIT_MINOR
    waits = waits or (row.state == CountState.WAITING and row.waits > 0)
    return Difference(
        row.code, f"{row.name or ''} {row.article or ''}".strip(), row.shelf, row.counted, row.expected, row.reason,
        worth, value.currency, waits,
    )  # fmt: skip


def _named(wanted: Select[Any], count: int) -> Select[Any]:
    joined = wanted.outerjoin(variants, variants.c.code == _l.code).outerjoin(
        products, products.c.id == variants.c.product
    )
    return joined.where(_l.count == count).order_by(_l.shelf, _l.code)
