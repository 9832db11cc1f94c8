"""The lines of a count: what is there is typed shelf by shelf, Enter goes on to the next line."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.i18n import N_, _
from app.services.stock.count_rows import SheetLine
from app.views.stock.scan_line import LONGEST
from app.views.theme import TEXT, current, font
from app.views.widgets.cells import LEFT, PAD, RIGHT, CellText, paint_row
from app.views.widgets.hints import hint_of
from app.views.widgets.line_edit import ENTER
from app.views.widgets.list_table import Index

TITLES = (N_("Shelf"), N_("Code"), N_("Goods"), N_("Counted"))
NAME, COUNTED = 2, 3
HEIGHT, COUNTED_WIDTH = 34, 110
MOST_DIGITS = 6  # more digits, or one 0 too many, were a barcode: a scanner types into whatever has the keyboard


class SheetModel(QAbstractTableModel):
    """The lines; `entered` with code and number when one was typed, `scanned` where it was a code."""

    entered = Signal(str, int)
    scanned = Signal(str)

    def __init__(self, lines: Sequence[SheetLine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = list(lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if section == COUNTED else LEFT)
        return _(TITLES[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        counted = "" if line.counted is None else str(line.counted)
        text = (line.shelf, line.code, line.name, counted)[index.column()]
        return hint_of(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == COUNTED else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text, line = str(value).strip(), self.lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or not text:
            return False
        if not _is_number(text):
            self.scanned.emit(text)
        elif line.counted != int(text):
            self.entered.emit(line.code, int(text))
        return True

    def show(self, lines: Sequence[SheetLine]) -> None:
        """Show what the office has now; only the lines that are new to us are painted again."""
        before, self.lines = self.lines, list(lines)
        for place, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place, 0), self.index(place, COUNTED))

    def place_of(self, code: str) -> int:
        """The row of an article; -1 where it is not on the sheet."""
        return next((place for place, line in enumerate(self.lines) if line.code == code), -1)


class SheetTable(QTableView):
    """Typing begins with the first digit; the cell of the number is always the one under the keyboard."""

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(_("What is there, shelf by shelf"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._share(header)

    def _share(self, header: QHeaderView) -> None:
        metrics = QFontMetrics(font(TEXT))
        for column, texts in (
            (0, [one.shelf for one in self.sheet.lines]),
            (1, [one.code for one in self.sheet.lines]),
        ):
            widest = max([metrics.horizontalAdvance(text) for text in (_(TITLES[column]), *texts)])
            header.resizeSection(column, min(widest, 200) + 2 * PAD + 2)
        header.resizeSection(COUNTED, COUNTED_WIDTH)

    def go(self, place: int) -> None:
        """Put the keyboard on a line."""
        if 0 <= place < self.sheet.rowCount():
            self.setCurrentIndex(self.sheet.index(place, COUNTED))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the editor's own Enter comes by here too; closing it goes on
        elif event.key() in ENTER and not event.modifiers():
            self.go(self.currentIndex().row() + 1)
            event.accept()
        else:
            self.go(self.currentIndex().row())  # whatever cell was clicked, what is typed is the number
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # Enter
            self.go(self.currentIndex().row() + 1)


class _Cells(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text, self._number = CellText(font(TEXT)), CellText(font(TEXT, bold=True))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST)
        editor.setAlignment(RIGHT)
        editor.setAccessibleName(_("Counted"))
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row(painter, option.rect, selected=selected, keyboard=selected and index.column() == 0)
        theme, text = current(), index.data()
        if index.column() == COUNTED:
            self._number.paint(painter, option.rect, text or "–", theme.ink if text else theme.faint, right=True)
        else:
            self._text.paint(painter, option.rect, text, theme.ink if index.column() == NAME else theme.dim)


def _is_number(text: str) -> bool:
    plain = text.isascii() and text.isdigit()
    return plain and len(text) <= MOST_DIGITS and (len(text) == 1 or text[0] != "0")
