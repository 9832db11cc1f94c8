"""The cells of the order list: running clock, state, numbers at the right; the table paints the rows."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.i18n import _, ngettext
from app.models.orders import OrderState
from app.services.orders.deadline import DeskClock, due_at, stage_at
from app.services.orders.rows import OrderRow
from app.views.orders.columns import Column, Look
from app.views.theme import TEXT, Kind, current, font
from app.views.widgets.cells import CellText
from app.views.widgets.pill import paint_pill

STATE_KINDS = {
    OrderState.ACCEPTED: Kind.WARN,
    OrderState.CONTACTED: Kind.INFO,
    OrderState.CONFIRMED: Kind.INFO,
    OrderState.PICKED: Kind.INFO,
    OrderState.CHECKED_OUT: Kind.INFO,
    OrderState.SHIPPED: Kind.INFO,
    OrderState.DELIVERED: Kind.OK,
    OrderState.CLOSED: Kind.OK,
    OrderState.CANCELLED: Kind.DIM,
}
STAGE_KINDS = (Kind.OK, Kind.WARN, Kind.WARN, Kind.DANGER)
PILL_LEFT = 8
SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS = 1_000, 60_000, 3_600_000, 86_400_000
DAYS_FROM_MS = 100 * HOUR_MS


def clock_text(row: OrderRow, clock: DeskClock, now: int) -> str:
    """ "03:41 left", "02:14 late", "17h05 late", "32 days late"; "" where no clock runs."""
    due = due_at(row, clock)
    if due is None:
        return ""
    left = due - now
    if left >= 0:
        # Service minutes left: the night between two service days does not count.
        return _("{time} left").format(time=_span(clock.calendar.service_ms_between(now, due)))
    return _("{time} late").format(time=_span(-left))


def _span(ms: int) -> str:
    if ms >= DAYS_FROM_MS:  # three figures of hours would be cut off, and nobody counts in them
        return ngettext("{count} day", "{count} days", ms // DAY_MS).format(count=ms // DAY_MS)
    if ms >= HOUR_MS:  # nobody needs the seconds any more, and the pill stays as narrow
        return f"{ms // HOUR_MS}h{ms % HOUR_MS // MINUTE_MS:02d}"
    return f"{ms // MINUTE_MS:02d}:{ms % MINUTE_MS // SECOND_MS:02d}"


class OrderCells:
    """Paints cells by their column's look."""

    def __init__(self, clock: Callable[[], DeskClock | None], now: Callable[[], int]) -> None:
        self._clock, self._now = clock, now
        self._text = CellText(font(TEXT))

    def paint(self, painter: QPainter, cell: QRect, row: OrderRow, column: Column) -> None:
        """Paint one order's cell."""
        look = column.look
        if look is Look.CLOCK:
            self._paint_clock(painter, cell, row)
        elif look is Look.STATE:
            kind = Kind.DANGER if row.held else STATE_KINDS[row.state]
            paint_pill(painter, cell.adjusted(PILL_LEFT, 0, 0, 0), column.text(row), kind)
        elif text := column.text(row):
            theme = current()
            ink = theme.accent if look is Look.HINT else theme.ink
            self._text.paint(painter, cell, text, ink, right=look is Look.AMOUNT)

    def _paint_clock(self, painter: QPainter, rect: QRect, row: OrderRow) -> None:
        clock = self._clock()
        if clock is None or row.clock_from is None:
            return
        now = self._now()
        text = clock_text(row, clock, now)
        paint_pill(painter, rect.adjusted(PILL_LEFT, 0, 0, 0), text, STAGE_KINDS[stage_at(row, clock, now)])
