"""A long list's view: columns that are remembered, whole rows painted at once, selection by what is listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from app.i18n import _, language
from app.views.theme import ROW, SMALL, TEXT, current, font
from app.views.widgets.cells import PAD, colour, paint_row
from app.views.widgets.long_model import LongColumn, LongModel, T
from app.views.widgets.pill import pill_width
from app.views.widgets.row_table import RowTable

PILL_ROOM = 16
P = TypeVar("P", contravariant=True)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Two columns share the width that the others leave, until somebody sets the `wide` one's by hand."""

    wide: int
    rest: int
    wide_least: int = 76
    rest_least: int = 76
    rest_comfort: int = 136


class Cells(Protocol[P]):
    """Paints the cells of a list."""

    def paint(self, painter: QPainter, cell: QRect, row: P, column: LongColumn[Any]) -> None: ...


class LongTable(RowTable, Generic[T]):
    """A table of a long list; `opened` when somebody presses Enter or double-clicks, `left` on Esc."""

    chosen = Signal(object)  # number or None
    opened = Signal()
    left = Signal()

    def __init__(
        self,
        model: LongModel[T],
        cells: Cells[T],
        name: str,
        settings: QSettings,
        kept: str,
        *,
        sharing: Sharing,
    ) -> None:
        super().__init__()
        self._list, self._settings, self._sharing = model, settings, sharing
        self._kept = f"{kept}/columns/{language()}"  # words of another length want columns of another width
        self._own = self._fitting = False  # whether somebody has set the columns; whether this moment we do
        self._wide = 0  # the width somebody wants for the wide column; 0: what is left
        self.setModel(model)
        self._cells = cells
        self.setAccessibleName(name)
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
        for place, column in enumerate(self._list.columns):
            self.setColumnWidth(place, _width(column))
            self.setColumnHidden(place, not column.shown)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        state = self._settings.value(self._kept)
        if isinstance(state, QByteArray):
            self.restore_columns(state)
        header.setSectionResizeMode(self._sharing.rest, QHeaderView.ResizeMode.Fixed)
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(True)

    def restore_columns(self, state: QByteArray) -> None:
        """Show the columns as they were when `keep_columns` or a saved view took them down."""
        self._fitting = True
        self.horizontalHeader().restoreState(state)
        self._fitting = False
        self._own, self._wide = True, self.columnWidth(self._sharing.wide)
        self._fit()

    def keep_columns(self) -> None:
        """Remember which columns are shown, where and how wide, where somebody has chosen that."""
        if self._own:
            self._settings.setValue(self._kept, self.horizontalHeader().saveState())

    def current_row(self) -> T | None:
        """What is under the keyboard, if its row is there."""
        return self._list.row_at(self.currentIndex().row())

    def current_id(self) -> int | None:
        """The number of what is under the keyboard."""
        return self._list.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """The numbers of all that is selected, in list order."""
        parts = self.selectionModel().selection().toList()
        places = sorted({place for part in parts for place in range(part.top(), part.bottom() + 1)})
        return [number for place in places if (number := self._list.id_at(place)) is not None]

    def choose(self, number: int) -> bool:
        """Select something and scroll to it; False where it is not in the list."""
        place = self._list.place_of(number)
        if place is None:
            return False
        self.choose_place(place)
        return True

    def choose_place(self, place: int) -> None:
        """Select what stands at a place and nothing else, whatever keys are held (`selectRow` looks at them)."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._list.index(place, 0), flags.ClearAndSelect | flags.Rows)

    @contextmanager
    def steady(self, *, same: bool) -> Iterator[None]:
        """Keep what is looked at where it is on the screen while the list changes around it."""
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        number, into = self._list.id_at(top), bar.value() - top * ROW
        scrolled = same and bar.value() > 0
        yield
        place = self._list.place_of(number) if scrolled and number is not None else None
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
            row = self._list.row_at(place)
            if row is not None:
                for column, left, wide in columns:
                    self._cells.paint(painter, QRect(left, top, wide, ROW), row, column)

    def _places_within(self, rect: QRect) -> range:
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        return range(max(first, 0), (last if last >= 0 else self._list.rowCount() - 1) + 1)

    def _columns_within(self, rect: QRect) -> list[tuple[LongColumn[T], int, int]]:
        """Columns that reach into `rect`, each with its left edge and width."""
        header = self.horizontalHeader()
        columns = enumerate(self._list.columns)
        shown = [(c, header.sectionViewportPosition(n), header.sectionSize(n)) for n, c in columns]
        return [one for one in shown if one[2] and one[1] <= rect.right() and one[1] + one[2] > rect.left()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        if self._fitting:
            return
        self._own = True
        if section == self._sharing.wide and width:
            self._wide = width
        self._fit()

    def _on_section_moved(self) -> None:
        self._own = self._own or not self._fitting

    def _fit(self) -> None:
        """Share the width between two columns; both give way in a narrow window before anything is pushed out."""
        header, s = self.horizontalHeader(), self._sharing
        left = self.viewport().width() - header.length() + header.sectionSize(s.rest) + header.sectionSize(s.wide)
        room = max(left - (s.rest_least if self._wide else s.rest_comfort), s.wide_least)
        wide = 0 if self.isColumnHidden(s.wide) else min(self._wide or room, room)
        self._fitting = True
        if wide:
            header.resizeSection(s.wide, wide)
        header.resizeSection(s.rest, max(left - wide, s.rest_least))
        self._fitting = False

    def _on_current_changed(self) -> None:
        self.chosen.emit(self.current_id())

    def _show_column_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for place, column in enumerate(self._list.columns):
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda shown, place=place: self._show_column(place, shown))
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def _show_column(self, place: int, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self._own = True
        self._fit()
        self.keep_columns()


def _width(column: LongColumn[Any]) -> int:
    """As wide as the column's own words in this language need, at least as designed."""
    header = QFontMetrics(font(SMALL, bold=True)).horizontalAdvance(_(column.title)) + 2 * PAD
    sample = QFontMetrics(font(TEXT)).horizontalAdvance(column.sample) + 2 * PAD if column.sample else 0
    pills = [pill_width(word) + PILL_ROOM for word in column.pills()] if column.pills else []
    return max([column.width, header, sample, *pills])
