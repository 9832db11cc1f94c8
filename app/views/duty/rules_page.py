"""What all pages of the duty rules have, and what those have that show a list with the chosen row's form beside it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.services.duty.rule_check import RuleProblem
from app.views.duty.rules_draft import RulesDraft
from app.views.duty.rules_fields import FieldRows
from app.views.theme import GAP_2, GAP_3, GAP_4, Kind
from app.views.widgets.buttons import WIDEST, icon_button, new_action, plain_button
from app.views.widgets.calm import CalmWheels
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable

T = TypeVar("T")
LIST_WIDTH, SMALL_LIST = 440, 160
WINDOW = Qt.ShortcutContext.WindowShortcut  # also from the list of pages; of several pages the one that is seen hears


class RulesPage(QWidget):
    """A heading and a sentence about it; `changed` when the draft was."""

    changed = Signal()

    def __init__(self, title: str, about: str, draft: RulesDraft) -> None:
        super().__init__()
        self.title, self.draft = title, draft
        self.fields = FieldRows()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, GAP_4)
        self.column.setSpacing(GAP_3)
        self.column.addWidget(label(title, "heading"))
        self.column.addWidget(label(about, "dim", wrap=True))

    def refresh(self) -> None:
        """Show what stands in the draft."""
        raise NotImplementedError

    def fit_small(self) -> None:
        """Do with the width of a small screen; most pages do anyway."""

    def show_problems(self, problems: Sequence[RuleProblem]) -> None:
        """Say beside its field what is wrong with it; `problems` are this page's."""
        self.fields.show_errors({problem.field: problem.reason for problem in problems})

    def word_of(self, problem: RuleProblem) -> str:
        """What a problem of this page is about."""
        raise NotImplementedError


def scrolled(inside: QWidget) -> QScrollArea:
    """The fields of a page, which scroll where the screen has no more room."""
    inside.setProperty("surface", True)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A row of the list, and how much of it is to be corrected."""

    row: T
    wrong: int


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """What a page's rows are: how they stand in the draft, are taken into it, and are called.

    `new` makes one that is not in the draft yet: an empty one, or a copy.
    """

    rows: Callable[[], Sequence[T]]
    put: Callable[[Sequence[T]], None]
    word: Callable[[T], str]
    new: Callable[[T | None], T]


class RowsPage(RulesPage, Generic[T]):
    """Ctrl+N adds a row; Delete in the list takes the chosen one away. A page shows and reads its form."""

    def __init__(
        self,
        title: str,
        about: str,
        draft: RulesDraft,
        data: Rows[T],
        columns: Sequence[Column[Line[T]]],
        stretched: int,
    ) -> None:
        super().__init__(title, about, draft)
        self._data, self.rows, self.put_rows = data, data.rows, data.put
        self._showing = False
        self._problems: Sequence[RuleProblem] = ()
        self.table: ListTable[Line[T]] = ListTable((*columns, _WRONG), title, stretched)
        self.note = label("", "error", wrap=True)
        self.add_action = new_action(self, _("Add"), self.add_row, "plus", "Ctrl+N", WINDOW)
        self.remove_action = new_action(
            self.table, _("Remove"), self.remove_row, "delete-outline", "Del", Qt.ShortcutContext.WidgetShortcut
        )
        self.bar = QHBoxLayout()
        self.bar.setSpacing(GAP_2)
        self._empty = EmptyState("calendar-clock", _("Nothing is here yet. Add the first line."))
        self._form: QWidget = scrolled(self.fields)
        self._whole = QHBoxLayout()
        self.table.chosen.connect(self._on_chosen)

    def lay_out(self) -> None:
        """Place list and form, once the page has filled its form and its bar."""
        self.note.hide()
        left = QVBoxLayout()
        left.setSpacing(GAP_2)
        left.addWidget(self.table, 1)
        left.addWidget(self.note)
        left.addLayout(self.bar)
        self._whole.setSpacing(GAP_4 + GAP_2)
        self.table.setFixedWidth(LIST_WIDTH)
        self.note.setFixedWidth(LIST_WIDTH)
        self._whole.addLayout(left)
        self._whole.addWidget(self._form, 1)
        self._whole.addWidget(self._empty, 1)
        self._whole.addStretch()  # the list stays at the left
        for part in (self._form, self._empty):
            part.hide()  # which of them is seen is known when the rows have been read
        self.column.addLayout(self._whole, 1)
        CalmWheels(self)

    def fit_small(self) -> None:
        """The form goes below the list, and the whole page scrolls."""
        self._whole.setDirection(QBoxLayout.Direction.TopToBottom)
        for part in (self.table, self.note):
            part.setMinimumWidth(0)
            part.setMaximumWidth(WIDEST)
        self.table.setFixedHeight(SMALL_LIST)
        self._whole.replaceWidget(self._form, self.fields)
        self._form.deleteLater()
        self._form = self.fields

    def add_row(self) -> None:
        """Add a row behind the others and go to its first field."""
        self.insert(len(self.rows()), self._data.new(None))

    def insert(self, place: int, row: T) -> None:
        """Take a row in at a place, or where the draft puts it, and go to its first field."""
        rows = self.rows()
        self.put_rows((*rows[:place], row, *rows[place:]))
        self.choose(max(number for number, one in enumerate(self.rows()) if one == row))
        self.changed.emit()
        self.fields.go()

    def show_row(self, row: T) -> None:
        """Show a row in the form."""
        raise NotImplementedError

    def read_row(self, row: T) -> T:
        """The row as the form says it now."""
        raise NotImplementedError

    def place(self) -> int:
        """Which row is chosen; -1 where there is none."""
        return min(self.table.currentIndex().row(), len(self.rows()) - 1)

    def refresh(self) -> None:
        self.choose(max(self.place(), 0))

    def choose(self, place: int) -> None:
        """Show the list again with the row at `place` in the form."""
        self._show_list(place)
        there = place < len(self.rows())
        self._form.setVisible(there)
        self._empty.setVisible(not there)
        self.remove_action.setEnabled(there)
        if there:
            self._fill(self.rows()[place])

    def _show_list(self, place: int) -> None:
        self._showing = True
        wrong = Counter(problem.place for problem in self._problems)
        self.table.show_rows([Line(row, wrong[number]) for number, row in enumerate(self.rows())])
        self.table.selectRow(place)
        self._showing = False

    def _fill(self, row: T) -> None:
        self._showing = True
        self.show_row(row)
        self.fields.order_tabs()
        self._showing = False

    def show_problems(self, problems: Sequence[RuleProblem]) -> None:
        self._problems = problems
        self._show_list(self.place())
        whole = next((problem.reason for problem in self._problems if problem.place is None), "")
        self.note.setText(whole)
        self.note.setVisible(bool(whole))
        self._show_errors()

    def _show_errors(self) -> None:
        here = [problem for problem in reversed(self._problems) if problem.place == self.place()]
        self.fields.show_errors({problem.field: problem.reason for problem in here})  # the first of a field stands

    def word_of(self, problem: RuleProblem) -> str:
        return self.title if problem.place is None else self._data.word(self.rows()[problem.place]) or self.title

    def listen(self, *signals: Any) -> None:
        """Read the form whenever one of these tells that somebody typed or chose something."""
        for signal in signals:
            signal.connect(lambda *_args: self._on_edited())

    def remove_row(self) -> None:
        """Take the chosen row away."""
        place, rows = self.place(), self.rows()
        if place >= 0:
            self.put_rows((*rows[:place], *rows[place + 1 :]))
            self.choose(max(min(place, len(rows) - 2), 0))
            self.changed.emit()

    def _on_chosen(self) -> None:
        if not self._showing and self.place() >= 0:
            self._fill(self.rows()[self.place()])
            self._show_errors()

    def _on_edited(self) -> None:
        place, rows = self.place(), self.rows()
        if not self._showing and place >= 0:
            self.put_rows((*rows[:place], self.read_row(rows[place]), *rows[place + 1 :]))
            self.changed.emit()


class OrderedPage(RowsPage[T]):
    """Rows that are copied with Ctrl+D and moved with Ctrl+Shift and an arrow as well."""

    def add_order(self) -> None:
        """Let the rows be copied and moved as well."""
        copy = new_action(self, _("Copy"), self.copy_row, "content-copy", "Ctrl+D", WINDOW)
        up = new_action(self, _("Move up"), lambda: self.move_row(-1), "chevron-up", "Ctrl+Shift+Up", WINDOW)
        down = new_action(self, _("Move down"), lambda: self.move_row(1), "chevron-down", "Ctrl+Shift+Down", WINDOW)
        for action in (self.add_action, copy, self.remove_action):
            self.bar.addWidget(plain_button(action))
        self.bar.addStretch(1)
        for action in (up, down):
            action.setAutoRepeat(True)
            self.bar.addWidget(icon_button(action))

    def copy_row(self) -> None:
        """Add a copy below the chosen row."""
        place = self.place()
        if place >= 0:
            self.insert(place + 1, self._data.new(self.rows()[place]))

    def move_row(self, step: int) -> None:
        """Let the chosen row and its neighbour change places."""
        place, rows = self.place(), list(self.rows())
        if place >= 0 and 0 <= place + step < len(rows):
            rows[place], rows[place + step] = rows[place + step], rows[place]
            self.put_rows(rows)
            self.choose(place + step)
            self.changed.emit()


_WRONG: Column[Line[Any]] = Column(N_("Wrong"), lambda line: str(line.wrong or ""), pill=lambda _line: Kind.DANGER)
