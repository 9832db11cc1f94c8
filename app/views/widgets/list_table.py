"""A table over rows that are all at hand: history, previews, rejects, proposals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.i18n import _
from app.views.theme import SMALL, TEXT, Kind, current, font
from app.views.widgets.cells import LEFT, PAD, RIGHT, CellText, paint_row
from app.views.widgets.hints import hint_of
from app.views.widgets.pill import paint_pill, pill_width
from app.views.widgets.row_table import RowTable

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
ROW = 30
WIDEST = 300
LEAST = 120  # of the stretched column, where others can give way
NARROWEST = 90  # to which the others give way
SLIMMEST = 60  # to which they do where that is not enough
MEASURED = 100  # rows by which a column's width is found


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column; `title` is marked for translation where it is written."""

    title: str
    text: Callable[[T], str]
    right: bool = False
    pill: Callable[[T], Kind] | None = None  # its colour, where the text stands in a pill
    colour: Callable[[T], Kind | None] | None = None  # of the text, where it is not ink
    hint: Callable[[T], str] | None = None  # what the pointer over it tells, where that is more than the text
    spare: bool = False  # is left out where a narrow table has no room for all; of several the last one first


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a narrow table shares its width."""

    gives: Mapping[int, int]  # columns that give way, in this order, each to no less than this
    least: int  # what the stretched column is left
    usual: Mapping[int, int] = field(default_factory=dict)  # widths that columns have without long words too


class ListModel(QAbstractTableModel, Generic[T]):
    """Rows through columns."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: Sequence[T] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if self.columns[section].right else LEFT)
        return _(self.columns[section].title) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint_of((column.hint and column.hint(row)) or column.text(row))
        return column.text(row) if role == Qt.ItemDataRole.DisplayRole else None

    def show(self, rows: Sequence[T]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class ListTable(RowTable, Generic[T]):
    """Columns as wide as their words; `stretched` takes what is left.

    `opened` tells of Enter and a double click, `chosen` of another row under the keyboard.
    """

    opened = Signal()
    chosen = Signal()

    def __init__(
        self, columns: Sequence[Column[T]], name: str, stretched: int, parent: QWidget | None = None, *,
        row_height: int = ROW, several: bool = False, sharing: Sharing | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._rows: ListModel[T] = ListModel(columns, self)
        self._stretched = stretched
        self._sharing = sharing
        self._wanted: dict[int, int] = {}  # place → width that its words need
        self._headings: dict[int, int] = {}  # place → width that its heading needs; no column gives that away
        self.setModel(self._rows)
        self.setItemDelegate(_Cells(columns, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self._on_row_changed())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these rows, and give each column the room that it needs."""
        self._rows.show(rows)
        header, cell = QFontMetrics(font(SMALL, bold=True)), QFontMetrics(font(TEXT))
        usual = self._sharing.usual if self._sharing else {}
        for place, column in enumerate(self._rows.columns):
            words = [cell.horizontalAdvance(column.text(row)) for row in rows[:MEASURED]]
            pills = [pill_width(column.text(row)) for row in rows[:MEASURED]] if column.pill else []
            heading = self._headings[place] = header.horizontalAdvance(_(column.title)) + 2 * PAD + 2
            widest = min(max([*words, *pills], default=0), WIDEST) + 2 * PAD + 2
            self._wanted[place] = max(widest, heading, usual.get(place, 0))
        self._share()

    def _share(self) -> None:
        """Give each column what it wants; in a narrow table others give way before the stretched one is gone."""
        widths = {place: width for place, width in self._wanted.items() if place != self._stretched}
        sharing = self._sharing or self._usual_sharing(widths)
        least = max(sharing.least, self._headings.get(self._stretched, 0))
        over = sum(widths.values()) + least - self.viewport().width()
        for most in (WIDEST, SLIMMEST):
            for place, narrow in sharing.gives.items():
                kept = max(min(narrow, most), self._headings.get(place, 0))
                gives = min(max(over, 0), max(widths.get(place, 0) - kept, 0))
                widths[place] = widths.get(place, 0) - gives
                over -= gives
        self._leave_out(widths, over)
        for place, width in widths.items():
            self.setColumnWidth(place, width)
        self._stretch(self.viewport().width() - sum(widths.values()))

    def _leave_out(self, widths: dict[int, int], over: int) -> None:
        """Take so many spare columns out of `widths` that nothing is over."""
        for place in reversed([place for place, column in enumerate(self._rows.columns) if column.spare]):
            out = place in widths and over > 0
            over -= widths.pop(place) if out else 0
            self.setColumnHidden(place, out)

    def _stretch(self, left: int) -> None:
        """Give the stretched column what is left; where that cuts its heading, the table is scrolled instead."""
        header, heading = self.horizontalHeader(), self._headings.get(self._stretched, 0)
        modes = QHeaderView.ResizeMode
        header.setSectionResizeMode(self._stretched, modes.Stretch if left >= heading else modes.Fixed)
        if left < heading:
            self.setColumnWidth(self._stretched, heading)

    def _usual_sharing(self, widths: Mapping[int, int]) -> Sharing:
        """The widest texts give way first."""
        columns = self._rows.columns
        texts = [place for place in widths if columns[place].pill is None and not columns[place].right]
        gives = {place: NARROWEST for place in sorted(texts, key=lambda place: -widths[place])}
        return Sharing(gives, min(self._wanted.get(self._stretched, 0), LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share()
        super().resizeEvent(event)

    def is_marked(self, index: Index) -> bool:
        """Whether the mark of the row under the keyboard stands in this cell, which is the first of its row."""
        return self.hasFocus() and index.column() == 0 and index.row() == self.currentIndex().row()

    def _on_row_changed(self) -> None:
        self.viewport().update()  # Qt paints the one cell anew, and the mark of the row stands in the first
        self.chosen.emit()

    def current_row(self) -> T | None:
        """The row under the keyboard."""
        place = self.currentIndex().row()
        return self._rows.rows[place] if 0 <= place < len(self._rows.rows) else None

    def all_rows(self) -> Sequence[T]:
        """What is shown."""
        return self._rows.rows

    def chosen_rows(self) -> list[T]:
        """Every selected row, in list order."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.rows[place] for place in places]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        super().keyPressEvent(event)  # a dialog's default button hears of Enter as well


class _Cells(QStyledItemDelegate):
    def __init__(self, columns: Sequence[Column[Any]], table: ListTable[Any]) -> None:
        super().__init__(table)
        self._columns, self._table = columns, table
        self._text = CellText(font(TEXT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row(painter, option.rect, selected=selected, keyboard=self._table.is_marked(index))
        column, row = self._columns[index.column()], index.data(Qt.ItemDataRole.UserRole)
        if column.pill is not None:
            if text := index.data():
                paint_pill(painter, option.rect.adjusted(PAD, 0, 0, 0), text, column.pill(row))
            return
        kind = None if column.colour is None else column.colour(row)
        ink = current().ink if kind is None else current().pair(kind)[0]
        self._text.paint(painter, option.rect, index.data(), ink, right=column.right)
