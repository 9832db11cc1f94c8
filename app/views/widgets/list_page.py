"""A list in a panel of several: actions above, the list, what is said while it is empty, what is below."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.services.access import Context
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, ROW
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import hairline, label
from app.views.widgets.list_table import ListTable
from app.views.widgets.reason_dialog import ReasonDialog
from app.views.widgets.step_dialog import StepDialog

T = TypeVar("T")


class ListPage(QWidget, Generic[T]):
    """A list with its actions; `said` after something was done, `counted` for the switch at the left."""

    said = Signal(str)
    counted = Signal(int)

    def __init__(self, ctx: Context, tasks: Tasks, table: ListTable[T], empty: EmptyState) -> None:
        super().__init__()
        self.ctx, self.tasks, self.table, self.empty = ctx, tasks, table, empty
        self.summary = label("", "dim")
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(table)
        self.table.chosen.connect(self.row_chosen)

    def lay_out(self, above: Sequence[QWidget], below: QWidget | None = None) -> None:
        """Place the buttons above the list, and perhaps something below it."""
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP_2 + 2, 9, GAP_2 + 2, 8)
        bar.setSpacing(GAP_2)
        for part in above:
            bar.addWidget(part)
        bar.addWidget(self.summary, 1)
        bar.addSpacing(GAP_3)
        pile = QGridLayout()
        pile.addWidget(self.table, 0, 0)
        pile.addWidget(self.empty, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(pile, 1)
        if below is not None:
            column.addWidget(hairline())
            column.addWidget(below)

    def refresh(self) -> None:
        """Ask for the list again."""
        raise NotImplementedError

    def row_chosen(self) -> None:
        """Another row is looked at."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[T], name: Callable[[T], Hashable]) -> None:
        """Show these rows; the one looked at stays, and where it has gone the next one is looked at."""
        before, place = self.table.current_row(), max(self.table.currentIndex().row(), 0)
        if list(rows) != list(self.table.all_rows()):
            places = {name(row): number for number, row in enumerate(rows)}
            wanted = None if before is None else places.get(name(before))
            with QSignalBlocker(self.table):  # who listens is told once, below
                self.table.show_rows(rows)
                if rows:
                    self.table.selectRow(min(place, len(rows) - 1) if wanted is None else wanted)
        self.table.viewport().update()  # the clock has gone on
        self.empty.setHidden(bool(rows))
        self.row_chosen()

    def ask(self, words: tuple[str, str], step: Callable[[str], object], told: str, *, asked: str = "") -> ReasonDialog:
        """Ask for the words that a step needs (title and button in `words`), and tell when it was taken."""
        title, button = words
        dialog = ReasonDialog(self.tasks, title, button, step, self.window(), asked=asked)
        self.open(dialog, told)
        return dialog

    def open(self, dialog: StepDialog, told: str) -> None:
        """Open a dialog, and tell when its step was taken."""
        dialog.accepted.connect(lambda: self.said.emit(told))
        dialog.open()


def more_button(actions: Sequence[QAction]) -> QPushButton:
    """The button behind which the rarer actions stand."""
    button = QPushButton(_("More"))
    button.setAutoDefault(False)
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    menu.addActions(list(actions))
    button.setMenu(menu)
    return button


def empty_state(icon: str) -> EmptyState:
    """What is said over an empty list; the list below it keeps the mouse."""
    state = EmptyState(icon, "")
    state.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    state.hide()
    return state


def table_of(columns: Sequence[Any], name: str, wide: int) -> ListTable[Any]:
    """A list of the panel's look."""
    return ListTable(columns, name, wide, row_height=ROW)
