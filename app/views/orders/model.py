"""The order list as a model: a million ids in an array, and rows only for what is on the screen."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.services.orders.rows import OrderRow, Sort
from app.views.orders.columns import COLUMNS, Look, title

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int], Callable[[list[OrderRow]], None]], None]

PAGE = 100
KEPT_PAGES = 40
PAGES_AT_ONCE = 4
FEW = 4  # ids that are looked up one by one; more are found in one walk through the list
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class OrderModel(QAbstractTableModel):
    """Shows ids in list order; `fetch` brings the rows of ids, off the window's thread, and calls back."""

    sort_requested = Signal(object, bool)  # Sort, descending
    rows_came = Signal()

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids = array("q")
        self._rows: OrderedDict[int, OrderRow] = OrderedDict()
        self._fresh: set[int] = set()  # what was asked for since the last change; others are shown and asked for again
        self._wanted: dict[int, None] = {}  # pages, the last wanted last
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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row, column = self.row_at(index.row()), COLUMNS[index.column()]
            if row is None:
                return None
            return column.text(row) if role == Qt.ItemDataRole.DisplayRole else column.in_full(row)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the ids come back through `show_ids`."""
        if column >= 0:
            self.sort_requested.emit(COLUMNS[column].sort, order == Qt.SortOrder.DescendingOrder)

    def row_at(self, place: int) -> OrderRow | None:
        """The row at a place of the list; None while it is being fetched for the first time."""
        if not 0 <= place < len(self._ids):
            return None
        number = self._ids[place]
        if number not in self._fresh:
            self._want(place)
        return self._rows.get(number)

    def id_at(self, place: int) -> int | None:
        """The order at a place of the list."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, order_id: int) -> int | None:
        """Where an order stands in the list."""
        return self._places([order_id]).get(order_id)

    def _places(self, order_ids: Sequence[int]) -> dict[int, int]:
        if len(order_ids) <= FEW:
            found = ((number, _index(self._ids, number)) for number in order_ids)
            return {number: place for number, place in found if place is not None}
        wanted = set(order_ids)
        return {number: place for place, number in enumerate(self._ids) if number in wanted}

    def show_ids(self, ids: "array[int]", rows: Sequence[OrderRow] = (), *, same: bool = False) -> None:
        """Show another list; `rows` are those at hand already; `same`: the same list as before, a little newer.

        Selection and scroll go with the orders, not with the places; nobody is thrown back to the top.
        """
        if not same:
            self._rows.clear()
            self._begin_anew()
        self._keep(rows)
        if ids == self._ids:
            self._repaint(*self._all())
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        numbers = [self._ids[index.row()] for index in before]
        self._ids = ids
        self._wanted.clear()  # these were places of the list before
        places = self._places(sorted(set(numbers)))
        moved = [self._moved(index, places.get(number)) for index, number in zip(before, numbers, strict=True)]
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def with_beginning(self, ids: "array[int]") -> "array[int]":
        """The list as it is, with what is new at its beginning; `ids` is the beginning as it is now."""
        if not self._ids or self._ids[0] not in ids:
            return self._ids
        return ids[: ids.index(self._ids[0])] + self._ids

    def _moved(self, index: QModelIndex, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self.index(place, index.column())

    def refresh_rows(self) -> None:
        """Fetch again what is looked at; what was shown stays until the new rows are there."""
        self._begin_anew()
        self._repaint(*self._all())

    def tick(self, first: int, last: int) -> None:
        """Repaint the running clocks of the rows on the screen."""
        last = min(last, len(self._ids) - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _begin_anew(self) -> None:
        """What is under way was read before the change: it is not waited for, and not taken."""
        self._generation += 1
        self._under_way.clear()
        self._fresh.clear()

    def _want(self, place: int) -> None:
        page = place // PAGE
        self._wanted.pop(page, None)
        self._wanted[page] = None
        if not self._ask.isActive():
            self._ask.start()

    def _on_ask_timeout(self) -> None:
        pages, self._wanted = list(self._wanted)[-PAGES_AT_ONCE:], {}  # of a wild scroll only the last pages matter
        for page in pages:
            self._request(page)

    def _request(self, page: int) -> None:
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        missing = [number for number in ids if number not in self._under_way and number not in self._fresh]
        if missing:
            self._under_way.update(missing)
            generation, listed = self._generation, self._ids

            def came(rows: list[OrderRow]) -> None:
                if generation == self._generation:
                    self._take(missing, rows)
                    self._repaint(*((page * PAGE, page * PAGE + len(ids) - 1) if listed is self._ids else self._all()))
                    self.rows_came.emit()

            self._fetch(missing, came)

    def _take(self, asked: Sequence[int], rows: list[OrderRow]) -> None:
        self._under_way.difference_update(asked)
        self._fresh.update(asked)  # also what is gone: it is not asked for again at every frame
        self._keep(rows)

    def _keep(self, rows: Iterable[OrderRow]) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._fresh.add(row.id)
        while len(self._rows) > PAGE * KEPT_PAGES:
            self._fresh.discard(self._rows.popitem(last=False)[0])

    def _all(self) -> tuple[int, int]:
        return 0, len(self._ids) - 1

    def _repaint(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))


def _index(ids: "array[int]", number: int) -> int | None:
    try:
        return ids.index(number)
    except ValueError:
        return None


def sort_column(sort: Sort) -> int:
    """The column that sorts by `sort`."""
    return next(place for place, column in enumerate(COLUMNS) if column.sort is sort)
