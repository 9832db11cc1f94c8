"""The roster's grid: drawn with the mouse (drag a shift onto another cell) and with the keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView

from app.i18n import _
from app.services.duty.hours import hours_text
from app.services.duty.roster.problem import FREE
from app.services.duty.rules import shown
from app.views.duty.grid_cells import (
    BELOW_LINE,
    HEAD,
    LINE,
    LOW_BELOW_LINE,
    LOW_HEAD,
    LOW_LINE,
    DayHeader,
    PeopleHeader,
    RosterCells,
    width_of,
)
from app.views.duty.grid_model import BELOW, CALL_ROW, RosterModel
from app.views.duty.sheet import Move, Sheet

NARROWEST = 44  # of a day's column
LOW = 240  # the height below which lines move together


@dataclass(slots=True)
class _Drag:
    """A shift on its way to another cell: where from, and what its fall there would change as long as it hovers."""

    row: int
    column: int
    start: QPoint
    moves: list[Move] = field(default_factory=list)
    target: tuple[int, int] | None = None


class RosterGrid(QTableView):
    """`edited` after a change is done, `cell_chosen` when another cell is looked at.

    Digits put the shift of that place, Delete frees the cell, Enter opens the choice; a shift that is dragged changes
    places with what lies there, with Ctrl it is copied; all rules are checked while it hovers.
    """

    edited = Signal(object)  # the moves, so that they can be taken back
    hovered = Signal()  # a shift hovers over another cell, or no longer: what is broken has changed
    dropped = Signal()  # a shift that was held is let go, with a change or without
    cell_chosen = Signal(int, int)

    def __init__(self, today: Callable[[RosterModel], int | None]) -> None:
        super().__init__()
        self.roster = RosterModel(self)
        self.may_edit = False
        self._today = today
        self._drag: _Drag | None = None
        self._widest = 0  # of the shifts' codes
        self._cells = RosterCells(self.roster, self)
        self._people = PeopleHeader(self.roster, self)
        self.setModel(self.roster)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(DayHeader(self.roster, lambda: today(self.roster), self))
        self.setVerticalHeader(self._people)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Roster"))
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(
            lambda now, _before: self.cell_chosen.emit(now.row(), now.column())
        )

    @property
    def dragging(self) -> bool:
        """Whether a shift is held."""
        return self._drag is not None

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a roster; what is looked at stays."""
        self._cancel_drag()
        current = self.currentIndex()
        self.roster.show(sheet)
        at = (max(current.row(), 0), current.column() if current.isValid() else self._today(self.roster) or 0)
        self._people.measure()
        self._widest = max(
            map(width_of, [sheet.span.rules.sign(kind.code) for kind in sheet.span.rules.shifts]), default=0
        )
        self._fit()
        if self.roster.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.roster.index(min(at[0], self.roster.rowCount() - 1), at[1]))

    def put(self, row: int, column: int, shift: int) -> None:
        """Draw a cell and say so."""
        place = self.roster.place(row)
        if self.may_edit and place >= 0 and self.roster.shift_at(place, column) != shift:
            move = self.roster.put(place, column, shift)
            self.edited.emit([move])

    def call(self, column: int, place: int | None) -> None:
        """Put another person, or nobody, on call on a day."""
        sheet = self.roster.sheet
        if sheet is None or not self.may_edit:
            return
        turn = len(sheet.span.rules.shifts)
        moves = [self.roster.put(one, column, FREE) for one in sheet.called(column) if one != place]
        if place is not None and place not in sheet.called(column):
            moves.append(self.roster.put(place, column, turn))
        if moves:
            self.edited.emit(moves)

    def open_choice(self) -> None:
        """The shifts that the cell looked at can have, or who can be on call; the keyboard begins at what is there."""
        index, sheet = self.currentIndex(), self.roster.sheet
        if not index.isValid() or sheet is None or not self.may_edit:
            return
        place = self.roster.place(index.row())
        menu, there = QMenu(self), None
        if place == CALL_ROW:
            there = self._fill_call(menu, sheet, index.column())
        elif place >= 0:
            there = self._fill_shifts(menu, sheet, place, index.row(), index.column())
        if there is not None:
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))
            menu.setActiveAction(there)

    def _fill_shifts(self, menu: QMenu, sheet: Sheet, place: int, row: int, column: int) -> QAction:
        """Returns the choice that stands in the cell."""
        choices: dict[int, QAction] = {}
        for number, kind in enumerate(sheet.span.rules.shifts):
            if sheet.may(place, column, number):
                text = "   ".join((sheet.span.rules.sign(kind.code), shown(kind.name), hours_text(kind.windows)))
                choices[number] = menu.addAction(text)
                choices[number].triggered.connect(lambda _on=False, shift=number: self.put(row, column, shift))
        off = menu.addAction(_("off"))
        off.triggered.connect(lambda: self.put(row, column, FREE))
        return choices.get(self.roster.shift_at(place, column), off)

    def _fill_call(self, menu: QMenu, sheet: Sheet, column: int) -> QAction:
        """Returns the choice of who is on call."""
        choices: dict[int, QAction] = {}
        for place in sheet.could_be_called(column):
            choices[place] = menu.addAction(sheet.span.lines[place].name)
            choices[place].triggered.connect(lambda _on=False, one=place: self.call(column, one))
        nobody = menu.addAction(_("nobody"))
        nobody.triggered.connect(lambda: self.call(column, None))
        return next((choices[one] for one in sheet.called(column) if one in choices), nobody)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._let_go()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_choice()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            self.put(index.row(), index.column(), FREE)
        elif (
            event.text().isdecimal() and index.isValid() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._put_digit(index.row(), index.column(), int(event.text()))
        else:
            super().keyPressEvent(event)

    def _put_digit(self, row: int, column: int, digit: int) -> None:
        """1 is the first of the shifts that the person does, 0 a day off."""
        place, sheet = self.roster.place(row), self.roster.sheet
        if place < 0 or sheet is None:
            return
        does: Sequence[int] = [FREE, *(n for n in range(len(sheet.span.rules.shifts)) if sheet.may(place, column, n))]
        if digit < len(does):
            self.put(row, column, does[digit])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.open_choice()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_choice()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        place = self.roster.place(index.row()) if index.isValid() else CALL_ROW
        filled = place >= 0 and self.roster.shift_at(place, index.column()) != FREE
        if event.button() == Qt.MouseButton.LeftButton and self.may_edit and filled:
            self._drag = _Drag(index.row(), index.column(), event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, point = self._drag, event.position().toPoint()
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            if drag is not None:
                self._let_go()  # where the button was released no one heard of it, as under a box that opened
            super().mouseMoveEvent(event)
            return
        if drag.target is None and (point - drag.start).manhattanLength() < QApplication.startDragDistance():
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        index = self.indexAt(point)
        on = index.isValid() and self.roster.place(index.row()) >= 0
        self._hover(drag, (index.row(), index.column()) if on else None, copy=_copies(event))

    def _hover(self, drag: _Drag, target: tuple[int, int] | None, *, copy: bool) -> None:
        """Show what the shift would change where it hovers; every rule is checked, and red at once."""
        if target == drag.target:
            return
        self._take_back(drag)
        self._show_target(drag.target)
        drag.target = self._cells.target = target
        if target is not None and target != (drag.row, drag.column):
            mine, theirs = self.roster.place(drag.row), self.roster.place(target[0])
            shift, other = self.roster.shift_at(mine, drag.column), self.roster.shift_at(theirs, target[1])
            drag.moves = [move for move in [self.roster.put(theirs, target[1], shift)] if move is not None]
            if not copy:
                drag.moves += [move for move in [self.roster.put(mine, drag.column, other)] if move is not None]
        self._show_target(target)
        self.hovered.emit()

    def _show_target(self, target: tuple[int, int] | None) -> None:
        """Paint the cell again that is, or was, to be fallen on."""
        if target is not None:
            self.update(self.roster.index(*target))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag, self._cells.target = self._drag, None, None
        self.unsetCursor()
        if drag is not None and drag.target is not None:
            self.viewport().update()
            if drag.moves:
                self.setCurrentIndex(self.roster.index(*drag.target))
                self.edited.emit(drag.moves)
        else:
            super().mouseReleaseEvent(event)
        if drag is not None:
            self.dropped.emit()

    def _let_go(self) -> None:
        self._cancel_drag()
        self.dropped.emit()

    def _take_back(self, drag: _Drag) -> None:
        for move in reversed(drag.moves):
            self.roster.put(move.row, move.column, move.before)
        drag.moves = []

    def _cancel_drag(self) -> None:
        drag, self._drag, self._cells.target = self._drag, None, None
        if drag is not None:
            self._take_back(drag)
            self.hovered.emit()
        self.unsetCursor()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The days share the width that people leave; where there are too many they can be scrolled."""
        low, days = self.height() < LOW, self.roster.columnCount()
        self.horizontalHeader().setFixedHeight(LOW_HEAD if low else HEAD)
        line, below = (LOW_LINE, LOW_BELOW_LINE) if low else (LINE, BELOW_LINE)
        for row in range(self.roster.rowCount()):
            self.setRowHeight(row, below if self.roster.place(row) in BELOW else line)
        if days:
            least, whole = max(NARROWEST, self._widest), self._people.width() + self.viewport().width()
            self._people.share(whole, least * days)
            room = whole - self._people.width()
            wide = max(room // days, least)
            for column in range(days):
                self.setColumnWidth(column, wide + (1 if wide * days + column < room else 0))
            self.updateGeometries()  # nobody else tells of people's new width


def _copies(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
