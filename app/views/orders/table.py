"""The order list's view: columns that are remembered, whole rows painted at once, selection by order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.i18n import _, language
from app.models.orders import OrderState
from app.services.orders.deadline import DeskClock
from app.services.orders.rows import OrderRow, Sort
from app.services.orders.words import state_word
from app.views.orders.cells import OrderCells
from app.views.orders.columns import COLUMNS, Column, Look, title
from app.views.orders.model import OrderModel, sort_column
from app.views.theme import ROW, SMALL, current, font
from app.views.widgets.cells import PAD, colour, paint_row
from app.views.widgets.pill import pill_width

PILL_ROOM = 16
# These two share the width that the others leave, until somebody sets the goods' width by hand.
GOODS, HINT = sort_column(Sort.GOODS), sort_column(Sort.HINT)
GOODS_LEAST, HINT_LEAST, HINT_COMFORT = 76, 76, 136


class OrderTable(QTableView):
    """A table of orders; `opened` when somebody presses Enter or double-clicks, `left` on Esc."""

    chosen = Signal(object)  # order id or None
    opened = Signal()
    left = Signal()

    def __init__(
        self,
        model: OrderModel,
        clock: Callable[[], DeskClock | None],
        now: Callable[[], int],
        settings: QSettings,
        kept: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._orders, self._settings = model, settings
        self._kept = f"{kept}/columns/{language()}"  # words of another length want columns of another width
        self._own = self._fitting = False  # whether somebody has set the columns; whether this moment we do
        self._goods = 0  # the width somebody wants for the goods; 0: what is left
        self.setModel(model)
        self._cells = OrderCells(clock, now)
        self.setAccessibleName(_("Orders"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        # It paints its own ground, so that a scroll moves what is painted and asks only for the rows that are new.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(37)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, _width(column))
            self.setColumnHidden(place, not column.shown)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        state = self._settings.value(self._kept)
        if isinstance(state, QByteArray):
            self.restore_columns(state)
        header.setSectionResizeMode(HINT, QHeaderView.ResizeMode.Fixed)
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(True)

    def restore_columns(self, state: QByteArray) -> None:
        """Show the columns as they were when `keep_columns` or a saved view took them down."""
        self._fitting = True
        self.horizontalHeader().restoreState(state)
        self._fitting = False
        self._own, self._goods = True, self.columnWidth(GOODS)
        self._fit()

    def keep_columns(self) -> None:
        """Remember which columns are shown, where and how wide, where somebody has chosen that."""
        if self._own:
            self._settings.setValue(self._kept, self.horizontalHeader().saveState())

    def current_row(self) -> OrderRow | None:
        """The order under the keyboard, if its row is there."""
        return self._orders.row_at(self.currentIndex().row())

    def current_id(self) -> int | None:
        """The order under the keyboard."""
        return self._orders.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """Every selected order, in list order."""
        parts = self.selectionModel().selection().toList()
        places = sorted({place for part in parts for place in range(part.top(), part.bottom() + 1)})
        return [number for place in places if (number := self._orders.id_at(place)) is not None]

    def choose(self, order_id: int) -> bool:
        """Select an order and scroll to it; False where it is not in the list."""
        place = self._orders.place_of(order_id)
        if place is None:
            return False
        self.choose_place(place)
        return True

    def choose_place(self, place: int) -> None:
        """Select the order at a place, and no other, whatever keys are held down (`selectRow` looks at them)."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._orders.index(place, 0), flags.ClearAndSelect | flags.Rows)

    @contextmanager
    def steady(self, *, same: bool) -> Iterator[None]:
        """Keep the orders that are looked at where they are on the screen while the list changes around them."""
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        number, into = self._orders.id_at(top), bar.value() - top * ROW
        scrolled = same and bar.value() > 0
        yield
        place = self._orders.place_of(number) if scrolled and number is not None else None
        if place is not None:
            self.executeDelayedItemsLayout()
            bar.setValue(place * ROW + into)

    def visible_places(self) -> tuple[int, int]:
        """First and last place on the screen."""
        places = self._places_within(self.viewport().rect())
        return places.start, places.stop - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour(current().surface))
        columns = self._columns_within(event.rect())
        chosen, width = self.selectionModel(), self.viewport().width()
        at_keyboard = self.currentIndex().row() if self.hasFocus() else -1
        for place in self._places_within(event.rect()):
            top = self.rowViewportPosition(place)
            selected = chosen.isRowSelected(place)
            paint_row(painter, QRect(0, top, width, ROW), selected=selected, keyboard=place == at_keyboard)
            row = self._orders.row_at(place)
            if row is not None:
                for column, left, wide in columns:
                    self._cells.paint(painter, QRect(left, top, wide, ROW), row, column)

    def _places_within(self, rect: QRect) -> range:
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        return range(max(first, 0), (last if last >= 0 else self._orders.rowCount() - 1) + 1)

    def _columns_within(self, rect: QRect) -> list[tuple[Column, int, int]]:
        """Columns that reach into `rect`, each with its left edge and width."""
        header = self.horizontalHeader()
        shown = [(c, header.sectionViewportPosition(n), header.sectionSize(n)) for n, c in enumerate(COLUMNS)]
        return [one for one in shown if one[2] and one[1] <= rect.right() and one[1] + one[2] > rect.left()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        if self._fitting:
            return
        self._own = True
        if section == GOODS and width:
            self._goods = width
        self._fit()

    def _on_section_moved(self) -> None:
        self._own = self._own or not self._fitting

    def _fit(self) -> None:
        """Share the width between goods and hint; both give way in a narrow window before anything is pushed out."""
        header = self.horizontalHeader()
        left = self.viewport().width() - header.length() + header.sectionSize(HINT) + header.sectionSize(GOODS)
        room = max(left - (HINT_LEAST if self._goods else HINT_COMFORT), GOODS_LEAST)
        goods = 0 if self.isColumnHidden(GOODS) else min(self._goods or room, room)
        self._fitting = True
        if goods:
            header.resizeSection(GOODS, goods)
        header.resizeSection(HINT, max(left - goods, HINT_LEAST))
        self._fitting = False

    def _on_current_changed(self) -> None:
        self.chosen.emit(self.current_id())

    def _show_column_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for place, column in enumerate(COLUMNS):
            action = menu.addAction(title(column))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda shown, place=place: self._show_column(place, shown))
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def _show_column(self, place: int, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self._own = True
        self._fit()
        self.keep_columns()


def _width(column: Column) -> int:
    """As wide as the column's own words in this language need, at least as designed."""
    header = QFontMetrics(font(SMALL, bold=True)).horizontalAdvance(title(column)) + 2 * PAD
    pills = [pill_width(state_word(state)) + PILL_ROOM for state in OrderState] if column.look is Look.STATE else []
    return max([column.width, header, *pills])
