"""The roster as a table: people down, days across, then who is there and who is on call."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.i18n import _
from app.services.duty.hours import hours_text, weekday_word
from app.services.duty.marks import Marks
from app.services.duty.roster.problem import FREE
from app.services.duty.rules import DayKind, shown
from app.services.people.names import posts_word
from app.views.duty.sheet import Cell, Move, Sheet
from app.views.widgets.hints import hint_of

Index = QModelIndex | QPersistentModelIndex
SERVICE_ROW, CALL_ROW = -2, -1  # what stands below the people
BELOW = (SERVICE_ROW, CALL_ROW)


class RosterModel(QAbstractTableModel):
    """Asks the sheet for everything.

    `people_marked` names the lines that are red now, or no longer: a header whose data changed would have the whole
    table laid out.
    """

    people_marked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None

    def show(self, sheet: Sheet) -> None:
        """Show a roster; where its people and days are as before, only the cells are new."""
        before, self.sheet = self.sheet, sheet
        same = before is not None and (before.span.lines, before.span.days) == (sheet.span.lines, sheet.span.days)
        if same:
            self.tell_changed()
        else:
            self.beginResetModel()
            self.endResetModel()

    def tell_changed(self) -> None:
        """Let everything be painted again."""
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def put(self, place: int, column: int, shift: int) -> Move | None:
        """Draw a cell."""
        if self.sheet is None:
            return None
        before = self.sheet.marks
        move = self.sheet.put(place, column, shift)
        self._tell_drawn(place, column, before, self.sheet.marks)
        return move

    def _tell_drawn(self, place: int, column: int, before: Marks, after: Marks) -> None:
        """Let be painted again what a drawn cell changes: to paint all of it takes longer than a screen's frame."""
        rows = {place: row for row, place in enumerate(map(self.place, range(self.rowCount())))}
        cells = {(place, column), *(before.cells ^ after.cells)}
        told = {(rows.get(one, rows[CALL_ROW]), at) for one, at in cells}
        told |= {
            (rows[below], at)
            for below in BELOW
            for at in {column} | before.short ^ after.short | before.calls ^ after.calls
        }
        for row, at in told:
            self.dataChanged.emit(self.index(row, at), self.index(row, at))
        if before.lines != after.lines:
            self.people_marked.emit(before.lines ^ after.lines)

    def place(self, row: int) -> int:
        """The line that a row shows, or which of the rows below the people it is."""
        people = len(self.sheet.rows()) if self.sheet is not None else 0
        return self.sheet.rows()[row] if self.sheet is not None and row < people else row - people - len(BELOW)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows()) + len(BELOW)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.span.days)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            text = day_text(self.sheet, section)
            if self.sheet.is_ahead(section):
                text = f"{text} · " + _("not published yet")
        else:
            text = _line_text(self.sheet, self.place(section))
        return hint_of(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        text = self._text(self.sheet, index, in_full=role != Qt.ItemDataRole.DisplayRole)
        return hint_of(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _text(self, sheet: Sheet, index: Index, *, in_full: bool) -> str:
        place, column = self.place(index.row()), index.column()
        if place in BELOW and not sheet.tells(column):
            return ""
        if place == SERVICE_ROW:
            return "{} / {}".format(*sheet.service(column))
        if place == CALL_ROW:
            return self._called(sheet, column, in_full=in_full)
        cell = sheet.cell(place, column)
        if not in_full:
            return cell_text(cell)
        return _("{name}, {day}: {cell}").format(
            name=sheet.span.lines[place].name, day=day_text(sheet, column), cell=_cell_words(cell, sheet)
        )

    def _called(self, sheet: Sheet, column: int, *, in_full: bool) -> str:
        names = _(", ").join(sheet.span.lines[one].name for one in sheet.called(column)) or _("nobody")
        if in_full and sheet.call_is_changed(column):
            return f"{names} · " + _("another one than before")
        return names

    def today(self, day: date) -> int | None:
        """The column of a day."""
        days = () if self.sheet is None else self.sheet.span.days
        return days.index(day) if day in days else None

    def shift_at(self, place: int, column: int) -> int:
        """The shift in a cell of a person."""
        return FREE if self.sheet is None else self.sheet.cells_at(place, column)


def day_text(sheet: Sheet, column: int) -> str:
    """ "Monday 2026-11-23", with the holiday's name."""
    day = sheet.span.days[column]
    special = sheet.span.holidays.special(day)
    told = _("{weekday} {day}").format(weekday=weekday_word(day.weekday()), day=day.isoformat())
    return told if special is None else f"{told} · {special.name}"


def is_red(sheet: Sheet, column: int) -> bool:
    """Whether a day is one of those that most are free on."""
    return sheet.span.day_kinds[column] in (DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY)


def _line_text(sheet: Sheet, place: int) -> str:
    if place == SERVICE_ROW:
        return _("Service there / needed")
    if place == CALL_ROW:
        return _("On call")
    line = sheet.span.lines[place]
    return f"{line.name} · {posts_word(line.posts)}"


def cell_text(cell: Cell) -> str:
    """What stands in a cell; nothing where the week is not published yet."""
    if cell.code:
        return cell.sign
    if cell.away:
        return _("left") if cell.left else _("leave")
    return _("off") if cell.told else ""


def _cell_words(cell: Cell, sheet: Sheet) -> str:
    """The same in full, for the hint and for who cannot see the colours."""
    parts = [cell_text(cell) if cell.told or cell.away else _("not published yet")]
    if cell.kind is not None:
        parts = [" ".join((shown(cell.kind.name), hours_text(cell.kind.windows)))]
    if cell.away and cell.code:
        parts.append(_("left") if cell.left else _("on leave"))
    if cell.pinned:
        parts.append(_("fixed"))
    if cell.was is not None:
        parts.append(_("before: {shift}").format(shift=sheet.span.rules.sign(cell.was) if cell.was else _("off")))
    if cell.broken:
        parts.append(_("breaks a rule"))
    return " · ".join(parts)
