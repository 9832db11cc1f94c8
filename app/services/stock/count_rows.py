"""Counts as people see them: the sheet of who counts, which hides what should be there, and then the differences."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.models.catalog import products, variants
from app.models.people import people
from app.models.stock import CountState, count_lines, counts
from app.services.access import Context, Permission, requires

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
    """An article that was not counted as expected; `waits` is its worth in minor units where it must be approved."""

    code: str
    name: str
    shelf: str
    counted: int
    expected: int
    reason: str
    waits: int

    @property
    def difference(self) -> int:
        """Pieces found more (or, negative, less) than the books have."""
        return self.counted - self.expected


@requires(Permission.STOCK_READ)
def list_counts(ctx: Context, open_only: bool = True, limit: int = 200) -> list[CountRow]:
    """Counts, newest first."""
    sums = (
        select(_l.count.label("of"), func.count().label("lines"), func.count(_l.counted).label("counted"))
        .group_by(_l.count)
        .subquery()
    )
    wanted = (
        select(counts, people.c.name, sums.c.lines, sums.c.counted)
        .outerjoin(people, people.c.id == _c.person)
        .join(sums, sums.c.of == _c.id)
        .order_by(_c.id.desc())
        .limit(limit)
    )
    if open_only:
        wanted = wanted.where(_c.state.in_([CountState.OPEN.value, CountState.WAITING.value]))
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
    wanted = _named(select(_l.code, products.c.name, variants.c.name.label("article"), _l.shelf, _l.counted), count)
    with ctx.reading() as conn:
        return [
            SheetLine(row.code, f"{row.name or ''} {row.article or ''}".strip(), row.shelf, row.counted)
            for row in conn.execute(wanted)
        ]


@requires(Permission.STOCK_COUNT)
def count_differences(ctx: Context, count: int) -> list[Difference]:
    """What was counted otherwise than the books have it, to be explained when the count is closed."""
    wanted = _named(select(count_lines, products.c.name, variants.c.name.label("article")), count)
    with ctx.reading() as conn:
        rows = conn.execute(wanted.where(_l.counted != _l.expected)).all()
    return [
        Difference(
            row.code, f"{row.name or ''} {row.article or ''}".strip(), row.shelf, row.counted, row.expected, row.reason,
            row.waits,
        )
        for row in rows
    ]  # fmt: skip


def _named(wanted: Select[Any], count: int) -> Select[Any]:
    joined = wanted.outerjoin(variants, variants.c.code == _l.code).outerjoin(
        products, products.c.id == variants.c.product
    )
    return joined.where(_l.count == count).order_by(_l.shelf, _l.code)
