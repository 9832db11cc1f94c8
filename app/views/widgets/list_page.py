"""A list in a panel of several: actions above, the list, what is said while it is empty, what is below."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from app.services.access import Context
from app.views.tasks import Tasks
from app.views.theme import ROW
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import hairline
from app.views.widgets.layouts import below, over
from app.views.widgets.list_table import ListTable
from app.views.widgets.reason_dialog import ReasonDialog
from app.views.widgets.step_dialog import StepDialog
from app.views.widgets.toolbar import summary_label, toolbar

LIST_PLACE = 1  # below the buttons

T = TypeVar("T")


class ListPage(QWidget, Generic[T]):
    """A list with its actions; `said` after something was done, `counted`: how many things wait (for the switch)."""

    said = Signal(str)
    counted = Signal(int)

    def __init__(self, ctx: Context, tasks: Tasks, table: ListTable[T], empty: EmptyState) -> None:
        super().__init__()
        self.ctx, self.tasks, self.table, self.empty = ctx, tasks, table, empty
        self.summary = summary_label()
        self.setFocusProxy(table)
        self.table.chosen.connect(self.row_chosen)

    def lay_out(self, above: Sequence[QWidget], under: QWidget | None = None) -> None:
        """Place the buttons above the list, and perhaps something below it."""
        bar = toolbar(*above, summary=self.summary)
        column = below(bar, over(self.table, self.empty), owner=self)
        if under is not None:
            column.setStretch(LIST_PLACE, 2)
            column.addWidget(hairline())
            column.addWidget(under, 1)

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


def table_of(columns: Sequence[Any], name: str, wide: int) -> ListTable[Any]:
    """A list of the panel's look."""
    return ListTable(columns, name, wide, row_height=ROW)
