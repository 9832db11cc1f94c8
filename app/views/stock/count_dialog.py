"""Counting (盘点): scanned or typed, blind; each number is kept as it is entered, so one may leave and come back."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.clock import exact_moment, office_day
from app.errors import AppError
from app.i18n import _, ngettext
from app.services.access import Context
from app.services.stock.count_rows import CountRow, Difference, SheetLine, count_differences, count_sheet
from app.services.stock.counts import count_scan, enter_count
from app.views.changes import Changes
from app.views.stock.printing import print_count
from app.views.stock.scan_line import ScanLine
from app.views.stock.sheet_table import SheetModel, SheetTable
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.labels import label
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

WIDE, HIGH = 820, 680
SHORTEST = 40  # of the bar, which gives way to the words of the buttons


class CountDialog(QDialog):
    """The sheet of one count; `closed` tells with a sentence when the count was closed from here."""

    closed = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, row: CountRow, lines: list[SheetLine],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setObjectName("count_dialog")
        self.setWindowTitle(_("Count {number}").format(number=row.id))
        self._ctx, self._tasks, self._row = ctx, tasks, row
        self._warned = False  # that something is not counted yet
        self.strip, self.model = Strip(), SheetModel(lines, self)
        self.table = SheetTable(self.model)
        self.scan = ScanLine(_("Scan an article; 12*code adds twelve"))
        self.last = label("", "heading", wrap=True)
        self._progress, self.bar = label("", "strong"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(SHORTEST)
        self.bar.setAccessibleName(_("How much is counted"))
        self._add_actions()
        self._lay_out()
        self._connect(changes)
        resize_within(self, WIDE, HIGH)
        self._tell()
        self.table.go(next((place for place, line in enumerate(lines) if line.counted is None), 0))
        self.scan.setFocus()

    def _add_actions(self) -> None:
        self.print: QAction = new_action(self, _("Print count sheet"), self._on_print, "printer", "Ctrl+P")
        self.leave: QAction = new_action(self, _("Leave for now"), self.reject)
        self.close_it: QAction = new_action(self, _("Differences…"), self.ask_to_close, "check", "Ctrl+Return")

    def _lay_out(self) -> None:
        row = self._row
        begun = _("Begun {time} by {person}").format(
            time=exact_moment(row.begun_at, office_day(self._ctx.clock)), person=row.person
        )
        foot = QHBoxLayout()
        foot.setSpacing(GAP_2)
        foot.addWidget(self._progress)
        foot.addWidget(self.bar, 1)
        foot.addSpacing(GAP_3)
        for button in (
            plain_button(self.print),
            plain_button(self.leave),
            primary_button(self.close_it, show_key=True),
        ):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(" · ".join(part for part in (begun, row.note) if part), "small", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self.scan)
        column.addWidget(self.last)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.last.hide()

    def _connect(self, changes: Changes) -> None:
        self.scan.scanned.connect(self._on_scanned)
        self.model.entered.connect(self._on_entered)
        self.model.scanned.connect(lambda text: self._on_scanned(text, 1))
        changes.changed.connect(self._on_changes_changed)

    def counted(self) -> tuple[int, int]:
        """How many of how many articles are counted."""
        return sum(line.counted is not None for line in self.model.lines), len(self.model.lines)

    def progress(self) -> str:
        """What is said about how far the count is."""
        return self._progress.text()

    def ask_to_close(self) -> None:
        """Show the differences; where something is not counted yet, say so first and show them at the next press."""
        counted, total = self.counted()
        left = total - counted
        if counted and left and not self._warned:
            self._warned = True
            told = ngettext(
                "{count} article is not counted and stays for another count. Press again to see the differences.",
                "{count} articles are not counted and stay for another count. Press again to see the differences.",
                left,
            )
            self.strip.show_message(told.format(count=left), Kind.WARN)
            return
        ctx, number = self._ctx, self._row.id
        self._tasks.run(self, lambda: count_differences(ctx, number), self._show_differences)

    def _show_differences(self, found: list[Difference]) -> None:
        from app.views.stock.close_dialog import CloseDialog

        dialog = CloseDialog(self._ctx, self._tasks, self._row.id, found, self.counted(), self)
        dialog.closed.connect(self._on_closed)
        dialog.open()

    def _on_closed(self, told: str) -> None:
        self.closed.emit(told)
        self.accept()

    def _on_scanned(self, code: str, quantity: int) -> None:
        ctx, number = self._ctx, self._row.id
        self._enter(
            lambda: count_scan(ctx, number, code, quantity), lambda told: self._show_scanned(told[0], told[1], quantity)
        )

    def _on_entered(self, code: str, quantity: int) -> None:
        ctx, number = self._ctx, self._row.id
        self._enter(lambda: enter_count(ctx, number, {code: quantity}), lambda _none: self.last.hide())

    def _enter(self, step: Callable[[], object], then: Callable[..., None]) -> None:
        self._warned = False
        self._tasks.run(self, step, lambda done: self._on_done(done, then), self._on_refused)

    def _on_done(self, done: object, then: Callable[..., None]) -> None:
        self.strip.clear()
        then(done)

    def _on_refused(self, error: Exception) -> None:
        """Loud and red: who scans looks at the shelf, not at the screen."""
        if not isinstance(error, AppError):
            raise error
        QApplication.beep()
        self.last.hide()
        self.strip.show_message(str(error), Kind.DANGER)
        self._reload()

    def _show_scanned(self, code: str, total: int, quantity: int) -> None:
        place = self.model.place_of(code)
        name = self.model.lines[place].name or code
        added = _("added {count}").format(count=f"{quantity:,}")
        self.last.setText(f"{name}   {total:,}   ({added})")
        self.last.show()
        self.table.go(place)

    @Slot(object)
    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if "count_lines" in tables and self.isVisible():
            self._reload()  # somebody else counts the same sheet

    def _reload(self) -> None:
        ctx, number = self._ctx, self._row.id
        self._tasks.run(self, lambda: count_sheet(ctx, number), self._show)

    def _show(self, lines: list[SheetLine]) -> None:
        self.model.show(lines)
        self._tell()

    def _tell(self) -> None:
        counted, total = self.counted()
        self._progress.setText(_("{counted} of {total}").format(counted=counted, total=total))
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(counted)
        self.close_it.setEnabled(counted > 0)

    def _on_print(self) -> None:
        print_count(self._ctx, self._tasks, self, self._row.id)
