"""The order list's view: columns that are remembered, one row height, selection by order."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.i18n import _
from app.models.orders import OrderState
from app.services.orders.deadline import DeskClock
from app.services.orders.rows import OrderRow
from app.services.orders.words import state_word
from app.views.orders.columns import COLUMNS, Column, Look, title
from app.views.orders.delegate import OrderDelegate
from app.views.orders.model import OrderModel
from app.views.theme import ROW, SMALL, font
from app.views.widgets.cells import PAD
from app.views.widgets.pill import pill_width

PILL_ROOM = 16
STRETCHED = next(place for place, column in enumerate(COLUMNS) if column.sort.value == "hint")


class OrderTable(QTableView):
    """A table of orders; `opened` when somebody presses Enter or double-clicks."""

    chosen = Signal(object)  # order id or None
    opened = Signal()

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
        self._orders, self._settings, self._kept = model, settings, kept
        self.setModel(model)
        self._delegate = OrderDelegate(clock, now)
        self.setItemDelegate(self._delegate)
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
        state = self._settings.value(f"{self._kept}/columns")
        if state is not None:
            header.restoreState(state)
        header.setSectionResizeMode(STRETCHED, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(True)

    def keep_columns(self) -> None:
        """Remember which columns are shown, where and how wide."""
        self._settings.setValue(f"{self._kept}/columns", self.horizontalHeader().saveState())

    def current_row(self) -> OrderRow | None:
        """The order under the keyboard, if its row is there."""
        return self._orders.row_at(self.currentIndex().row())

    def current_id(self) -> int | None:
        """The order under the keyboard."""
        return self._orders.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """Every selected order, in list order."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [number for place in places if (number := self._orders.id_at(place)) is not None]

    def choose(self, order_id: int) -> bool:
        """Select an order and scroll to it; False where it is not in the list."""
        place = self._orders.place_of(order_id)
        if place is None:
            return False
        self.selectRow(place)
        return True

    def visible_places(self) -> tuple[int, int]:
        """First and last place on the screen."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        return first, self._orders.rowCount() - 1 if last < 0 else last

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

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
        self.keep_columns()


def _width(column: Column) -> int:
    """As wide as the column's own words in this language need, at least as designed."""
    header = QFontMetrics(font(SMALL, bold=True)).horizontalAdvance(title(column)) + 2 * PAD
    pills = [pill_width(state_word(state)) + PILL_ROOM for state in OrderState] if column.look is Look.STATE else []
    return max([column.width, header, *pills])
