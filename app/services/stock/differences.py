"""What a count found otherwise than the books (盘点差异, rule P5): how it is booked."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.models.stock import Movement
from app.services.ledger import Pen
from app.services.stock import sums
from app.services.stock.movements import write
from app.services.stock.sums import NOTHING


def book_differences(conn: Connection, pen: Pen, count: int, lines: Sequence[tuple[str, int]]) -> None:
    """Book differences as one movement; what was counted as expected is booked too where no stock was kept before."""
    found = sums.held(conn, [code for code, _difference in lines])
    moved = [(code, difference) for code, difference in lines if difference or not found.get(code, NOTHING).kept]
    if moved:
        write(conn, pen, Movement.COUNT, moved, ref=str(count))
