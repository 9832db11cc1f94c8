"""The day at a glance: four figures and two charts; each figure opens its rows."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.clock import office_day, to_ms
from app.i18n import _, ngettext
from app.models.people import Post
from app.money import format_money, to_decimal
from app.services.access import Context
from app.services.approvals.queue import waiting_for
from app.services.orders.overview import DayFigure, day_figures
from app.services.orders.queue import DeskFigures, desk_figures, queue_counts
from app.services.orders.rows import OrderFilter, Queue
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind, current
from app.views.times import span_text
from app.views.widgets.bars import Bar, BarChart
from app.views.widgets.figure import Figure
from app.views.widgets.layouts import below

DAYS = 14
ROUND = 8
FEWEST, CHARTS_ROW = 2, 2  # figures in a line of a narrow window; the charts stand below two lines of them
BAR = 12  # what a scroll bar takes
DECIDING = frozenset({Post.MANAGER, Post.DIRECTOR})
AGAIN_MS = 30_000  # lateness grows without any write


class Tile(Figure):
    """A figure that opens its rows, by mouse and keyboard."""

    pressed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(current().accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)


class OverviewPanel(Panel):
    """Reads what was recorded; computes no figure of its own."""

    watches: ClassVar[frozenset[str]] = frozenset({"orders", "settings", "proposals"})

    orders_wanted = Signal(object)  # OrderFilter: the rows behind a figure
    proposals_wanted = Signal()

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._days: list[date] = []
        self._rate, self._sum = Tile(_("Contacted in time")), Tile(_("Sold today"))
        self._waiting, self._held = Tile(_("To contact")), Tile(_("Held"))
        self._proposals = Tile(_("To decide"))
        self._proposals.pressed.connect(self.proposals_wanted)
        # Who decides sees what waits for that; who is at the desk sees whom to contact.
        third, unused = (self._proposals, self._waiting) if ctx.post in DECIDING else (self._waiting, self._proposals)
        unused.setParent(None)
        self._tiles = (self._rate, self._sum, third, self._held)
        self._sums = BarChart(_("Sold in the last 14 days"))
        self._rates = BarChart(_("Contacted in time (%)"))
        inside, room = QWidget(), QScrollArea()  # in a low window what is below is a turn of the wheel away
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (inside, room.viewport()):
            ground.setAutoFillBackground(False)
        below(self.strip, room, owner=self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_3)
        self._grid.setSpacing(GAP_3 - 2)
        self._grid.setRowStretch(CHARTS_ROW, 1)
        self._across = 0
        self._arrange(len(self._tiles))
        self._rate.pressed.connect(lambda: self._want_day(office_day(self.ctx.clock), late=True))
        self._sum.pressed.connect(lambda: self._want_day(office_day(self.ctx.clock)))
        self._waiting.pressed.connect(lambda: self.orders_wanted.emit(OrderFilter(queue=Queue.CONTACT)))
        self._held.pressed.connect(lambda: self.orders_wanted.emit(OrderFilter(queue=Queue.HELD)))
        self._sums.bar_opened.connect(lambda bar: self._want_day(self._days[bar]))
        self._rates.bar_opened.connect(lambda bar: self._want_day(self._days[bar], late=True))
        again = QTimer(self, interval=AGAIN_MS)
        again.timeout.connect(self._on_again)
        again.start()

    def minimumSizeHint(self) -> QSize:
        """Two figures side by side are enough, and one line of them: what is below comes with the wheel."""
        return QSize(self._room_for(FEWEST) + BAR, self._rate.minimumHeight() + GAP_2 + GAP_3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All figures in one line where there is room for their words, else two in a line."""
        every = len(self._tiles)
        self._arrange(every if self.width() >= self._room_for(every) else FEWEST)

    def _room_for(self, across: int) -> int:
        """How wide the panel must be for so many figures in a line."""
        widths: list[int] = [tile.minimumSizeHint().width() for tile in self._tiles]
        lines = [widths[first : first + across] for first in range(0, len(widths), across)]
        needed: int = sum(max(column) for column in zip(*lines, strict=True))
        between: int = self._grid.spacing()
        return needed + (across - 1) * between + 2 * GAP_3

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across, grid, half = across, self._grid, across // 2
        for place, tile in enumerate(self._tiles):
            grid.addWidget(tile, place // across, place % across)
            grid.setColumnStretch(place, 1 if place < across else 0)
        grid.addWidget(self._sums, CHARTS_ROW, 0, 1, half)
        grid.addWidget(self._rates, CHARTS_ROW, half, 1, half)

    def _want_day(self, day: date, *, late: bool = False) -> None:
        """What was sold leaves out cancelled orders; whether a customer was contacted in time is judged of all."""
        wanted = OrderFilter(queue=Queue.ALL, late=late, uncancelled=not late, accepted_from=day, accepted_to=day)
        self.orders_wanted.emit(wanted)

    def refresh(self) -> None:
        """Ask for the figures again."""
        ctx = self.ctx
        self.tasks.run(self, lambda: (day_figures(ctx, DAYS), desk_figures(ctx), queue_counts(ctx)), self._show)
        if ctx.post in DECIDING:
            self.tasks.run(self, lambda: waiting_for(ctx), self._show_proposals)

    def _on_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, found: tuple[list[DayFigure], DeskFigures, dict[Queue, int]]) -> None:
        days, now, counts = found
        self._days = [day.day for day in days]
        self._show_rate(days[-1])
        self._show_sum(days)
        late = _("{count} late").format(count=now.late) if now.late else _("none late")
        self._waiting.set(str(now.waiting), late, Kind.DANGER if now.late else Kind.OK)
        held = counts[Queue.HELD]
        note = _("a second person has to look") if held else _("nothing held")
        self._held.set(str(held), note, Kind.WARN if held else Kind.OK)
        currency = _main_currency(days)
        self._sums.set([_bar(day, float(to_decimal(day.payable.get(currency, 0), currency)), _sold(day, currency))
                        for day in days])  # fmt: skip
        rates = [_bar(day, 100 * (day.rate or 0), _rate_text(day)) for day in days]
        self._rates.set(rates, top=105)
        self._fit()

    def _show_proposals(self, found: tuple[int, int | None]) -> None:
        waiting, oldest = found
        if oldest is None:
            self._proposals.set("0", _("nothing waits"), Kind.OK)
            return
        ago = span_text(max(to_ms(self.ctx.clock.now()) - oldest, 0))
        self._proposals.set(str(waiting), _("the oldest for {span}").format(span=ago), Kind.DANGER)
        self._fit()

    def _show_rate(self, today: DayFigure) -> None:
        if today.rate is None:
            self._rate.set("–", _("nobody to contact yet"), Kind.DIM)
            return
        late = ngettext("{count} order late", "{count} orders late", today.late).format(count=today.late)
        target = _("target 100%")
        note = f"{target} · {late}" if today.late else _("target reached")
        self._rate.set(f"{today.rate:.1%}", note, Kind.WARN if today.late else Kind.OK)

    def _show_sum(self, days: list[DayFigure]) -> None:
        currency = _main_currency(days)
        today, before = days[-1].payable.get(currency, 0), days[-2].payable.get(currency, 0)
        orders = ngettext("{count} order", "{count} orders", days[-1].orders).format(count=days[-1].orders)
        if not before:
            self._sum.set(format_money(today, currency), orders, Kind.INFO)
            return
        share = today / before - 1
        against = _("against yesterday {share}").format(share=f"{share:+.0%}")
        note = f"{orders} · {against}"
        self._sum.set(format_money(today, currency), note, Kind.OK if share >= 0 else Kind.WARN)


def _main_currency(days: list[DayFigure]) -> str:
    """The currency that most of what was sold is in."""
    sums: dict[str, int] = {}
    for day in days:
        for currency, minor in day.payable.items():
            sums[currency] = sums.get(currency, 0) + minor
    return max(sums, key=lambda currency: sums[currency]) if sums else "CNY"


def _bar(day: DayFigure, value: float, text: str) -> Bar:
    return Bar(str(day.day.day), value, f"{day.day:%m-%d}: {text}")


def _sold(day: DayFigure, currency: str) -> str:
    return format_money(day.payable.get(currency, 0), currency)


def _rate_text(day: DayFigure) -> str:
    return "–" if day.rate is None else f"{day.rate:.1%}"
