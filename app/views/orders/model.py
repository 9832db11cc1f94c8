"""The order list as a model: a million ids in an array, and rows only for what is on the screen."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.services.orders.rows import OrderRow, Sort
from app.views.orders.columns import COLUMNS, Look, title

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int], Callable[[list[OrderRow]], None]], None]

PAGE = 100
KEPT_PAGES = 40
ROW_ROLE = Qt.ItemDataRole.UserRole
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class OrderModel(QAbstractTableModel):
    """Shows ids in list order; `fetch` brings the rows of ids, off the window's thread, and calls back."""

    sort_requested = Signal(object, bool)  # Sort, descending

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids = array("q")
        self._rows: OrderedDict[int, OrderRow] = OrderedDict()
        self._wanted: set[int] = set()
        self._under_way: set[int] = set()
        self._generation = 0
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._on_ask_timeout)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section].look is Look.AMOUNT:
            return RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row_at(index.row())
            return None if row is None else COLUMNS[index.column()].text(row)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the ids come back through `show_ids`."""
        if column >= 0:
            self.sort_requested.emit(COLUMNS[column].sort, order == Qt.SortOrder.DescendingOrder)

    def row_at(self, place: int) -> OrderRow | None:
        """The row at a place of the list; None while it is being fetched."""
        if not 0 <= place < len(self._ids):
            return None
        row = self._rows.get(self._ids[place])
        if row is None:
            self._want(place)
        return row

    def id_at(self, place: int) -> int | None:
        """The order at a place of the list."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, order_id: int) -> int | None:
        """Where an order stands in the list."""
        try:
            return self._ids.index(order_id)
        except ValueError:
            return None

    def show_ids(self, ids: "array[int]", rows: Sequence[OrderRow] = (), *, same: bool = False) -> None:
        """Show another list; `rows` are those at hand already; `same`: the same list as before, a little newer.

        A list that only grew or shrank at its ends keeps the view where it is; nobody is thrown back to the top.
        """
        self._generation += 1
        self._under_way.clear()
        if not same:
            self._rows.clear()
        self._keep(rows)
        if ids == self._ids:
            self._repaint()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        numbers = {index.row(): self.id_at(index.row()) for index in before}
        self._ids = ids
        places = {row: None if number is None else self.place_of(number) for row, number in numbers.items()}
        self.changePersistentIndexList(before, [self._moved(index, places[index.row()]) for index in before])
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self.index(place, index.column())

    def refresh_rows(self) -> None:
        """Fetch again what is shown; what was shown stays until the new rows are there."""
        self._generation += 1
        self._under_way.clear()
        shown = [number for number in self._rows]
        if shown:
            self._request(shown)

    def tick(self, first: int, last: int) -> None:
        """Repaint the running clocks of the rows on the screen."""
        last = min(last, len(self._ids) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _want(self, place: int) -> None:
        self._wanted.add(place // PAGE)
        if not self._ask.isActive():
            self._ask.start()

    def _on_ask_timeout(self) -> None:
        pages, self._wanted = sorted(self._wanted)[-4:], set()  # of a wild scroll only the last pages matter
        for page in pages:
            self._request(self._ids[page * PAGE : (page + 1) * PAGE])

    def _request(self, ids: Sequence[int]) -> None:
        missing = [number for number in ids if number not in self._under_way]
        if not missing:
            return
        self._under_way.update(missing)
        generation = self._generation
        self._fetch(missing, lambda rows: self._on_fetched(generation, missing, rows))

    def _on_fetched(self, generation: int, asked: Sequence[int], rows: list[OrderRow]) -> None:
        if generation != self._generation:
            return
        self._under_way.difference_update(asked)
        self._keep(rows)
        self._repaint()

    def _keep(self, rows: Sequence[OrderRow]) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
        while len(self._rows) > PAGE * KEPT_PAGES:
            self._rows.popitem(last=False)

    def _repaint(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))


def sort_column(sort: Sort) -> int:
    """The column that sorts by `sort`."""
    return next(place for place, column in enumerate(COLUMNS) if column.sort is sort)
