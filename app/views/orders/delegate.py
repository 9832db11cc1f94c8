"""Painting the order list: the running clock, the state, hairlines under the whole row, numbers at the right."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.i18n import _
from app.models.orders import OrderState
from app.services.orders.deadline import DeskClock, due_at, stage_at
from app.services.orders.rows import OrderRow
from app.services.orders.words import state_word
from app.views.orders.columns import COLUMNS, Look
from app.views.orders.model import ROW_ROLE, Index
from app.views.theme import TEXT, Kind, current, font
from app.views.widgets.cells import LEFT, PAD, RIGHT, paint_ground
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
MINUTE_MS, HOUR_MS = 60_000, 3_600_000


def clock_text(row: OrderRow, clock: DeskClock, now: int) -> str:
    """ "3:41 left", "2:14 late", or when the customer wishes to be called."""
    due = due_at(row, clock)
    if due is None:
        return ""
    left = due - now
    if left >= 0:
        # Service minutes left: the night between two service days does not count.
        return _("{time} left").format(time=_span(clock.calendar.service_ms_between(now, due)))
    return _("{time} late").format(time=_span(-left))


def _span(ms: int) -> str:
    if ms >= HOUR_MS:
        return f"{ms // HOUR_MS}:{ms % HOUR_MS // MINUTE_MS:02d}:{ms % MINUTE_MS // 1000:02d}"
    return f"{ms // MINUTE_MS:02d}:{ms % MINUTE_MS // 1000:02d}"


class OrderDelegate(QStyledItemDelegate):
    """Paints cells by their column's look; text that is too long is elided once and remembered."""

    def __init__(self, clock: Callable[[], DeskClock | None], now: Callable[[], int]) -> None:
        super().__init__()
        self._clock, self._now = clock, now
        self._font = QFont(font(TEXT))
        self._metrics = QFontMetrics(self._font)
        self._elided: dict[tuple[str, int], str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        paint_ground(painter, option, keyboard=index.column() == 0 and bool(option.state & _CURRENT))
        if row is None:
            return
        column = COLUMNS[index.column()]
        if column.look is Look.CLOCK:
            self._paint_clock(painter, rect, row)
        elif column.look is Look.STATE:
            kind = Kind.DANGER if row.held else STATE_KINDS[row.state]
            paint_pill(painter, rect.adjusted(PILL_LEFT, 0, 0, 0), state_word(row.state), kind)
        else:
            self._paint_text(painter, rect, column.text(row), column.look)

    def _paint_clock(self, painter: QPainter, rect: QRect, row: OrderRow) -> None:
        clock = self._clock()
        if clock is None or row.clock_from is None:
            return
        now = self._now()
        text = clock_text(row, clock, now)
        paint_pill(painter, rect.adjusted(PILL_LEFT, 0, 0, 0), text, STAGE_KINDS[stage_at(row, clock, now)])

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, look: Look) -> None:
        if not text:
            return
        room = rect.width() - 2 * PAD
        key = (text, room)
        shown = self._elided.get(key)
        if shown is None:
            if len(self._elided) > 20_000:
                self._elided.clear()
            shown = self._elided[key] = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        theme = current()
        painter.setFont(self._font)
        painter.setPen(QColor(theme.accent if look is Look.HINT else theme.ink))
        painter.drawText(rect.adjusted(PAD, 0, -PAD, 0), RIGHT if look is Look.AMOUNT else LEFT, shown)


_CURRENT = QStyle.StateFlag.State_HasFocus
