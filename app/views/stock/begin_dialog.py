"""Beginning a count: what the plan says for today, more or less of it, or what is scanned."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.services.stock.counts import begin_count
from app.services.stock.plan import CountPlan, PlannedLine, plan_article
from app.views.stock.columns import PLAN_NAME, plan_columns
from app.views.stock.scan_line import ScanLine
from app.views.tasks import Tasks
from app.views.theme import GAP_2, Kind
from app.views.widgets.check_table import CheckTable
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

HIGH, WIDE = 300, 800


class BeginDialog(StepDialog):
    """Everything planned is checked at first; `begun` tells the number of the count."""

    begun = Signal(int)

    def __init__(
        self, ctx: Context, tasks: Tasks, plan: CountPlan, overdue: Sequence[PlannedLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, _("Begin a count"), _("Begin"), parent)
        self.setObjectName("begin_dialog")
        least_width(self, WIDE)
        self._ctx = ctx
        self._number: list[int] = []
        self.rows: CheckTable[PlannedLine] = CheckTable(
            plan_columns(), _("Articles to count"), PLAN_NAME, lambda row: row.code
        )
        self.rows.setMinimumHeight(HIGH)
        self.scan = ScanLine(_("Add an article: scan it or type its code, then Enter"))
        self.scan.scanned.connect(self._on_scanned)
        self.note = LineEdit()
        self._told = label("", "strong")
        self.form.add("note", _("Remark"), self.note)
        behind = [line for line in overdue if line.code not in plan.counted_now]
        self.lay_out(self._above(behind), self.rows, self.scan, self.form)
        self.rows.checks_changed.connect(self._tell)
        self.rows.show_rows(plan.lines)
        self.rows.check(plan.lines)
        self.accepted.connect(lambda: self.begun.emit(self._number[0]))
        (self.rows if plan.lines else self.scan).setFocus()

    def _above(self, overdue: Sequence[PlannedLine]) -> QHBoxLayout:
        everything, nothing = QPushButton(_("Choose all")), QPushButton(_("Choose none"))
        self.overdue = QPushButton(_("Add what is overdue"))
        everything.clicked.connect(lambda: self.rows.check(self.rows.all_rows()))
        nothing.clicked.connect(lambda: self.rows.check(self.rows.all_rows(), checked=False))
        self.overdue.clicked.connect(lambda: self._add(overdue))
        self.overdue.setEnabled(bool(overdue))
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self._told, 1)
        for button in (everything, nothing, self.overdue):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _add(self, lines: Sequence[PlannedLine]) -> None:
        """Put lines below the others, checked; those that are there already are only checked."""
        there = {row.code for row in self.rows.all_rows()}
        self.rows.show_rows([*self.rows.all_rows(), *(line for line in lines if line.code not in there)])
        self.rows.check(lines)

    def _tell(self) -> None:
        total = len(self.rows.all_rows())
        if total:
            chosen = len(self.rows.checked_rows())
            self._told.setText(_("{chosen} of {total} articles chosen").format(chosen=chosen, total=total))
        else:
            self._told.setText(_("Nothing is planned for today. Scan what you want to count."))

    def _on_scanned(self, text: str, _quantity: int) -> None:
        ctx = self._ctx
        self._tasks.run(self, lambda: plan_article(ctx, text), self._on_found, self._on_not_found)

    def _on_found(self, found: PlannedLine) -> None:
        self.strip.clear()
        self._add([found])
        place = [row.code for row in self.rows.all_rows()].index(found.code)
        self.rows.selectRow(place)

    def _on_not_found(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error), Kind.DANGER)

    def work(self) -> Callable[[], object] | None:
        """Begin it with what is checked."""
        ctx, number, note = self._ctx, self._number, self.note.text().strip()
        codes = [row.code for row in self.rows.checked_rows()]
        if not codes:
            self.strip.show_message(_("Choose at least one article to count."), Kind.DANGER)
            return None
        return lambda: number.append(begin_count(ctx, codes, note))
