"""A count on paper; printing it is on record."""

from collections.abc import Callable
from pathlib import Path

from app.clock import to_ms
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.papers.content import CountLine, CountSheet, Imprint
from app.services.people.names import name_of
from app.services.stock.count_rows import sheet_of

Progress = Callable[[float], None]


@requires(Permission.STOCK_COUNT)
def count_sheet_for(ctx: Context, count: int, path: Path, progress: Progress | None = None) -> None:
    """Write the sheet of a count (盘点表) as a PDF, without what should be there."""
    from app.services.papers.count_sheet import write_count_sheet

    now = to_ms(ctx.clock.now())
    with ctx.writing() as conn:
        row = subjects.load(conn, "stock_counts", count)
        lines = tuple(CountLine(one.code, one.name, one.shelf) for one in sheet_of(conn, count))
        begun_by = name_of(conn, row["person"])
        pen = open_ledger(conn, now, ctx.person)
        pen.write("paper.printed", None, {"paper": "count_sheet", "count": count})
        pen.flush()
        office = load_settings(conn).name
    sheet = CountSheet(count, row["begun_at"], begun_by, row["note"], lines)
    write_count_sheet(sheet, path, Imprint(office, now, ctx.name), progress)
