"""A long list as a model: a million ids in an array, and rows only for what is on the screen."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.i18n import _
from app.views.widgets.hints import hint_of

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
KEPT_PAGES = 40
PAGES_AT_ONCE = 4
FEW = 4  # ids that are looked up one by one; more are found in one walk through the list
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Numbered(Protocol):
    """A row that can be told from others."""

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Numbered)
Fetch = Callable[[Sequence[int], Callable[[list[T]], None]], None]


@dataclass(frozen=True, slots=True)
class LongColumn(Generic[T]):
    """One column: what it shows, how wide it begins, and by what it sorts."""

    sort: StrEnum
    title: str
    width: int
    look: StrEnum  # how its cells are painted
    text: Callable[[T], str]
    shown: bool = True
    whole: Callable[[T], str] | None = None  # what the cell says in full, where it is cut short
    right: bool = False
    pills: Callable[[], Sequence[str]] | None = None  # the words that its pills can hold
    sample: str = ""  # what it has room for, whatever the letters

    def in_full(self, row: T) -> str:
        """The text for a tool tip and for a screen reader."""
        return (self.whole or self.text)(row)


def place_of(columns: Sequence[LongColumn[Any]], sort: StrEnum) -> int:
    """The column that sorts by `sort`."""
    return next(place for place, column in enumerate(columns) if column.sort is sort)


class LongModel(QAbstractTableModel, Generic[T]):
    """Shows ids in list order; `fetch` brings the rows of ids, off the window's thread, and calls back."""

    sort_requested = Signal(object, bool)  # a column's `sort`, descending
    rows_came = Signal()

    def __init__(self, columns: Sequence[LongColumn[T]], fetch: Fetch[T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._fetch = fetch
        self._ids = array("q")
        self._rows: OrderedDict[int, T] = OrderedDict()
        self._fresh: set[int] = set()  # what was asked for since the last change; others are shown and asked for again
        self._wanted: dict[int, None] = {}  # pages, the last wanted last
        self._under_way: set[int] = set()
        self._generation = 0
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._on_ask_timeout)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].right:
            return RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row, column = self.row_at(index.row()), self.columns[index.column()]
            if row is None:
                return None
            if role == Qt.ItemDataRole.ToolTipRole:
                return hint_of(column.in_full(row))
            return column.text(row) if role == Qt.ItemDataRole.DisplayRole else column.in_full(row)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the ids come back through `show_ids`."""
        if column >= 0:
            self.sort_requested.emit(self.columns[column].sort, order == Qt.SortOrder.DescendingOrder)

    def row_at(self, place: int) -> T | None:
        """The row at a place of the list; None while it is being fetched for the first time."""
        if not 0 <= place < len(self._ids):
            return None
        number = self._ids[place]
        if number not in self._fresh:
            self._want(place)
        return self._rows.get(number)

    def id_at(self, place: int) -> int | None:
        """What stands at a place of the list."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, number: int) -> int | None:
        """Where something stands in the list."""
        return self._places([number]).get(number)

    def _places(self, numbers: Sequence[int]) -> dict[int, int]:
        if len(numbers) <= FEW:
            found = ((number, _index(self._ids, number)) for number in numbers)
            return {number: place for number, place in found if place is not None}
        wanted = set(numbers)
        return {number: place for place, number in enumerate(self._ids) if number in wanted}

    def show_ids(self, ids: "array[int]", rows: Sequence[T] = (), *, same: bool = False) -> None:
        """Show another list; `rows` are those at hand already; `same`: the same list as before, a little newer.

        Selection and scroll go with what is listed, not with the places; nobody is thrown back to the top.
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

            def came(rows: list[T]) -> None:
                if generation == self._generation:
                    self._take(missing, rows)
                    self._repaint(*((page * PAGE, page * PAGE + len(ids) - 1) if listed is self._ids else self._all()))
                    self.rows_came.emit()

            self._fetch(missing, came)

    def _take(self, asked: Sequence[int], rows: list[T]) -> None:
        self._under_way.difference_update(asked)
        self._fresh.update(asked)  # also what is gone: it is not asked for again at every frame
        self._keep(rows)

    def _keep(self, rows: Iterable[T]) -> None:
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
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _index(ids: "array[int]", number: int) -> int | None:
    try:
        return ids.index(number)
    except ValueError:
        return None
