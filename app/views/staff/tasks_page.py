"""Tasks (rule D6): what is mine to do, what I have given, and below what is asked and what happened."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton

from app.clock import to_ms
from app.i18n import N_, _, ngettext
from app.services.access import Context, Permission
from app.services.staff.holders import Holder, list_holders
from app.services.staff.task_history import TaskDetail, TaskStep, task_detail
from app.services.staff.task_rows import Deed, Shown, TaskRow, list_tasks
from app.services.staff.tasks import accept_task, drop_task, follow_task, reopen_task, report_task
from app.views.staff.columns import TASK_TITLE, task_columns
from app.views.tasks import Tasks
from app.views.times import short_time
from app.views.widgets.below import Below, Told
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of
from app.views.widgets.toolbar import more_button

WATCHES = frozenset({"tasks", "people", "actings"})
SHOWN_WORDS = {
    Shown.MINE: N_("For me"),
    Shown.POST: N_("For my post"),
    Shown.GIVEN: N_("Given by me"),
    Shown.ALL: N_("All tasks"),
}


class TasksPage(ListPage[TaskRow]):
    """Enter reports the task looked at, or remarks on it; `counted` tells how many are mine to do.

    A task just given is looked at, among those given by me where the list shown does not hold it.
    """

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        columns = task_columns(lambda: to_ms(ctx.clock.now()))
        super().__init__(ctx, tasks, table_of(columns, _("Tasks"), TASK_TITLE), empty_state("clipboard-text-outline"))
        self.below = Below(ctx, tasks, _("What is asked, and what happened"))
        self._gives = ctx.may(Permission.TASK_GIVE)
        self._given: int | None = None  # to be looked at as soon as it is in the list
        self._add_actions()
        self.shown, self.finished = QComboBox(), QAction(_("Also finished ones"), self, checkable=True)
        self.shown.setAccessibleName(_("Which tasks are shown"))
        for shown in Shown if self._gives else (Shown.MINE, Shown.POST):
            self.shown.addItem(_(SHOWN_WORDS[shown]), shown)
        if self._gives:  # who gives tasks follows them (rule D6): a list of what is asked of them would hide those
            self.shown.setCurrentIndex(self.shown.findData(Shown.ALL))
        self.shown.currentIndexChanged.connect(lambda _place: self.refresh())
        self.finished.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(self._on_opened)
        self.lay_out([*self._buttons(), self.shown], self.below)

    def _buttons(self) -> list[QPushButton]:
        """The next step first: who gives tasks gives and accepts, all others report."""
        if not self._gives:
            return [primary_button(self.report), plain_button(self.follow), more_button([self.finished])]
        more = more_button([self.follow, self.change, self.reopen, self.drop, self.finished])
        return [primary_button(self.give), plain_button(self.accept), plain_button(self.report), more]

    def _add_actions(self) -> None:
        self.give = new_action(self, _("Give a task…"), self._on_give, "plus", "Ctrl+N")
        self.report = new_action(self, _("Report as done…"), self._on_report, "check", "Ctrl+Return")
        self.follow = new_action(self, _("Follow up…"), self._on_follow, "message-text-outline", "Ctrl+E")
        self.accept = new_action(self, _("Accept as done"), self._on_accept, "check-all", "Ctrl+U")
        self.change = new_action(self, _("Change the task…"), self._on_change, "pencil-outline", "F4")
        self.reopen = new_action(self, _("Open again…"), self._on_reopen, "undo-variant", "Ctrl+O")
        self.drop = new_action(self, _("Drop the task…"), self._on_drop, "delete-outline", "Ctrl+Backspace")
        self._steps = {
            Deed.REPORT: self.report, Deed.FOLLOW: self.follow, Deed.ACCEPT: self.accept,
            Deed.CHANGE: self.change, Deed.REOPEN: self.reopen, Deed.DROP: self.drop,
        }  # fmt: skip

    def refresh(self) -> None:
        """Ask for the tasks again."""
        ctx, shown, finished = self.ctx, Shown(self.shown.currentData()), self.finished.isChecked()

        def work() -> tuple[list[TaskRow], int]:
            rows = list_tasks(ctx, shown, finished=finished)
            return rows, sum(Deed.REPORT in row.deeds for row in list_tasks(ctx))

        self.tasks.run(self, work, self._show)

    def _show(self, found: tuple[list[TaskRow], int]) -> None:
        rows, to_do = found
        self.empty.set_text(self._nothing())
        self.show_rows(rows, lambda row: row.id)
        self._look_at_given()
        told = ngettext("{count} task", "{count} tasks", len(rows)).format(count=len(rows))
        urgent = sum(bool(row.stage) for row in rows)
        self.summary.setText(told + (" · " + _("{count} urgent").format(count=urgent) if urgent else ""))
        self.counted.emit(to_do)

    def _nothing(self) -> str:
        if self._gives:
            return _("No task here. Press Ctrl+N to give one to a post.")
        return _("Nothing to do here. What is given to you or your post appears by itself.")

    def row_chosen(self) -> None:
        """Grey what cannot be done with the task, and show what is asked."""
        row, ctx = self.table.current_row(), self.ctx
        self.give.setEnabled(self._gives)
        for deed, action in self._steps.items():
            action.setEnabled(row is not None and deed in row.deeds)
        if row is None:
            self.below.tell(Told())
        else:
            self.tasks.run(self, lambda: task_detail(ctx, row.id), lambda detail: self._show_detail(row, detail))

    def _show_detail(self, row: TaskRow, detail: TaskDetail) -> None:
        if self.table.current_row() == row:  # else looked on meanwhile
            now = self.ctx.clock.now()
            self.below.tell(
                Told(detail.text, rows=tuple((short_time(one.at, now), _told(one)) for one in detail.steps))
            )

    def _on_opened(self) -> None:
        """Enter and a double click take the task's next step that asks for words."""
        step = next((one for one in (self.report, self.follow) if one.isEnabled()), None)
        if step is not None:
            step.trigger()

    def _on_give(self) -> None:
        ctx = self.ctx
        self.tasks.run(self, lambda: list_holders(ctx), lambda at_work: self._open_dialog(at_work, None, ""))

    def _on_change(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            self.tasks.run(
                self,
                lambda: (list_holders(ctx), task_detail(ctx, row.id).text),
                lambda found: self._open_dialog(found[0], row, found[1]),
            )

    def _open_dialog(self, at_work: list[Holder], row: TaskRow | None, text: str) -> None:
        from app.views.staff.task_dialog import TaskDialog

        dialog = TaskDialog(self.ctx, self.tasks, at_work, row, text, self.window())
        if row is None:
            dialog.accepted.connect(lambda: self._on_given(dialog.given))
        self.open(dialog, _("Task given") if row is None else _("Task changed"))

    def _on_given(self, task: int | None) -> None:
        self._given = task
        self._look_at_given()
        if self._given is not None:
            self.shown.setCurrentIndex(self.shown.findData(Shown.GIVEN))
            self.refresh()

    def _look_at_given(self) -> None:
        place = next((number for number, row in enumerate(self.table.all_rows()) if row.id == self._given), None)
        if place is not None:
            self._given = None
            self.table.selectRow(place)

    def _on_report(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("“{title}” is done").format(title=row.title), _("Report the result")
            told = _("{title}: reported as done").format(title=row.title)
            self.ask(words, lambda result: report_task(ctx, row.id, result), told, asked=_("Result"))

    def _on_follow(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("How it goes with “{title}”").format(title=row.title), _("Follow up")
            told = _("{title}: noted").format(title=row.title)
            self.ask(words, lambda remark: follow_task(ctx, row.id, remark), told, asked=_("How it goes"))

    def _on_accept(self) -> None:
        """At one press: what was accepted too soon is opened again."""
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            told = _("{title}: done").format(title=row.title)
            self.tasks.run(self, lambda: accept_task(ctx, row.id), lambda _none: self.said.emit(told))

    def _on_reopen(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Open “{title}” again").format(title=row.title), _("Open again")
            told = _("{title}: open again").format(title=row.title)
            self.ask(words, lambda why: reopen_task(ctx, row.id, why), told)

    def _on_drop(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Drop “{title}”").format(title=row.title), _("Drop the task")
            told = _("{title}: dropped").format(title=row.title)
            self.ask(words, lambda why: drop_task(ctx, row.id, why), told)


def _told(step: TaskStep) -> str:
    words = f"{step.name} {step.sentence}"
    return _("{what}: {note}").format(what=words, note=step.note) if step.note else words
