"""What can be done with counts: begin, count on, see the differences and close, print, drop; one action each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.clock import office_day
from app.i18n import _
from app.models.stock import CountState
from app.services.access import Context, Permission
from app.services.stock.count_rows import CountRow, Difference, SheetLine, count_differences, count_sheet
from app.services.stock.counts import drop_count
from app.services.stock.plan import CountPlan, OverdueCounts, overdue_counts, plan_count
from app.views.changes import Changes
from app.views.stock.printing import print_count
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action

Planned = tuple[CountPlan, OverdueCounts]


class CountActions(QObject):
    """`done` after one was taken, with a sentence; `begun` tells the number of a new count."""

    done = Signal(str)
    begun = Signal(int)

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, page: QWidget, row: Callable[[], CountRow | None]
    ) -> None:
        super().__init__(page)
        self._ctx, self._tasks, self._changes, self._page, self._row = ctx, tasks, changes, page, row
        self.begin = new_action(page, _("Begin a count…"), self._on_begin, "plus", "Ctrl+N")
        self.go_on = new_action(page, _("Count on…"), self._on_go_on, "pencil-outline", "F4")
        self.close_it = new_action(page, _("Differences and closing…"), self._on_close, "check", "Ctrl+Return")
        self.print = new_action(page, _("Print count sheet"), self._on_print, "printer", "Ctrl+P")
        self.drop = new_action(page, _("Drop the count…"), self._on_drop, "cancel", "Ctrl+Backspace")
        self.update_actions()

    def update_actions(self) -> None:
        """Grey what the person's post or the count's state does not allow."""
        row, may = self._row(), self._ctx.may(Permission.STOCK_COUNT)
        is_open = row is not None and row.state is CountState.OPEN
        self.begin.setEnabled(may)
        for action in (self.go_on, self.print):
            action.setEnabled(may and is_open)
        self.close_it.setEnabled(may and row is not None and (not is_open or row.counted > 0))
        self.drop.setEnabled(may and row is not None and row.state in {CountState.OPEN, CountState.WAITING})

    def open_row(self) -> None:
        """What Enter does: count on, or look at what was found."""
        row = self._row()
        if row is not None:
            (self.go_on if row.state is CountState.OPEN else self.close_it).trigger()

    def _on_begin(self) -> None:
        ctx = self._ctx
        today = office_day(ctx.clock)
        self._tasks.run(self, lambda: (plan_count(ctx, today), overdue_counts(ctx)), self._ask_what)

    def _ask_what(self, planned: Planned) -> None:
        from app.views.stock.begin_dialog import BeginDialog

        plan, overdue = planned
        dialog = BeginDialog(self._ctx, self._tasks, plan, overdue.articles, self._page.window())
        dialog.begun.connect(self._on_begun)
        dialog.open()

    def _on_begun(self, count: int) -> None:
        self.done.emit(_("Count {number} begun").format(number=count))
        self.begun.emit(count)

    def _on_go_on(self) -> None:
        row = self._row()
        if row is not None:
            self.open_sheet(row, at_the_end=False)

    def _on_close(self) -> None:
        row, ctx = self._row(), self._ctx
        if row is None:
            return
        if row.state is CountState.OPEN:
            self.open_sheet(row, at_the_end=True)
        else:
            self._tasks.run(self, lambda: count_differences(ctx, row.id), lambda found: self._look_at(row, found))

    def open_sheet(self, row: CountRow, *, at_the_end: bool) -> None:
        """Open the sheet of an open count, at its end with the differences on top."""
        ctx = self._ctx
        self._tasks.run(self, lambda: count_sheet(ctx, row.id), lambda lines: self._count(row, lines, at_the_end))

    def _count(self, row: CountRow, lines: list[SheetLine], at_the_end: bool) -> None:
        from app.views.stock.count_dialog import CountDialog

        dialog = CountDialog(self._ctx, self._tasks, self._changes, row, lines, self._page.window())
        dialog.closed.connect(self.done)
        dialog.open()
        if at_the_end:
            dialog.ask_to_close()

    def _look_at(self, row: CountRow, found: list[Difference]) -> None:
        from app.views.stock.close_dialog import DifferencesDialog

        DifferencesDialog(row, found, self._page.window()).open()

    def _on_print(self) -> None:
        row = self._row()
        if row is not None:
            print_count(self._ctx, self._tasks, self._page, row.id)

    def _on_drop(self) -> None:
        from app.views.widgets.reason_dialog import ReasonDialog

        row, ctx = self._row(), self._ctx
        if row is None:
            return
        title = _("Drop count {number}").format(number=row.id)
        dialog = ReasonDialog(
            self._tasks, title, _("Drop the count"), lambda why: drop_count(ctx, row.id, why), self._page.window()
        )
        dialog.accepted.connect(lambda: self.done.emit(_("Count {number} dropped").format(number=row.id)))
        dialog.open()
