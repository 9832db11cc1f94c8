"""The differences of a count: each is explained, small ones are booked, large ones wait for the manager (rule P5)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.clock import full_moment
from app.i18n import _, ngettext
from app.models.stock import CountState
from app.money import format_money
from app.services.access import Context
from app.services.stock.count_rows import CountRow, Difference
from app.services.stock.counts import COUNT_LIMIT_MINOR, close_count
from app.services.stock.words import count_state_word, difference_reasons
from app.views.stock.columns import DIFFERENCE_NAME, difference_columns
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.labels import label
from app.views.widgets.line_edit import ENTER, LineEdit
from app.views.widgets.list_table import ListTable
from app.views.widgets.room import least_width, resize_within
from app.views.widgets.step_dialog import StepDialog

WIDE, HIGH = 940, 250


class ReasonLine(LineEdit):
    """Enter gives the reason and does not press the dialog's button."""

    given = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() and not self.composing:
            event.accept()
            self.given.emit()
        else:
            super().keyPressEvent(event)


class CloseDialog(StepDialog):
    """A reason is typed once for all chosen lines; `closed` tells with a sentence what became of the count."""

    closed = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, count: int, differences: Sequence[Difference], counted: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = _("Close count {number}").format(number=count)
        super().__init__(tasks, title, _("Close the count"), parent)
        self.setObjectName("close_dialog")
        least_width(self, WIDE)
        self._ctx, self._count = ctx, count
        self._state: list[CountState] = []
        self._told = label(_summary(differences, counted), wrap=True)
        self.rows = ListTable(difference_columns(), _("Differences"), DIFFERENCE_NAME, several=True)
        self.rows.setMinimumHeight(HIGH)
        self.rows.show_rows(list(differences))
        self.rows.selectAll()
        self.reason = QComboBox()
        self.reason.setEditable(True)
        line = ReasonLine()
        line.given.connect(self._on_give)
        self.reason.setLineEdit(line)
        self.reason.addItems(difference_reasons())
        self.reason.setCurrentIndex(-1)
        self.give = QPushButton(_("Give to the chosen lines"))
        self.give.setAutoDefault(False)
        self.give.clicked.connect(self._on_give)
        self._lay_out(any_there=bool(differences))
        self.accepted.connect(lambda: self.closed.emit(_closed_text(count, self._state[0], self.rows.all_rows())))

    def _lay_out(self, *, any_there: bool) -> None:
        self.form.add("reason", _("Reason of the chosen lines (Enter gives it to them)"), self.reason, " ")
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self.form, 1)
        row.addWidget(self.give)
        self.lay_out(self._told, self.rows, row)
        for part in (self.rows, self.form, self.give):
            part.setVisible(any_there)
        (self.reason if any_there else self.button).setFocus()

    def reasons(self) -> dict[str, str]:
        """The reason of each article that has one."""
        return {row.code: row.reason for row in self.rows.all_rows() if row.reason}

    def _on_give(self) -> None:
        """Give what was typed to the chosen lines, and go on to those that have none yet."""
        reason = self.reason.currentText().strip()
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return
        chosen = {row.code for row in self.rows.chosen_rows()}
        rows = [replace(row, reason=reason) if row.code in chosen else row for row in self.rows.all_rows()]
        self.form.clear_errors()
        self.rows.show_rows(rows)
        self._choose_unexplained(rows)
        self.reason.setCurrentIndex(-1)
        self.reason.clearEditText()
        (self.reason if any(not row.reason for row in rows) else self.button).setFocus()

    def _choose_unexplained(self, rows: Sequence[Difference]) -> None:
        selection, model = self.rows.selectionModel(), self.rows.model()
        selection.clearSelection()
        for place, row in enumerate(rows):
            if not row.reason:
                selection.select(model.index(place, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)

    def work(self) -> Callable[[], object] | None:
        """Close it with the reasons."""
        open_ones = [row for row in self.rows.all_rows() if not row.reason]
        if open_ones:
            self._choose_unexplained(self.rows.all_rows())
            told = ngettext(
                "{count} difference has no reason yet.", "{count} differences have no reason yet.", len(open_ones)
            )
            self.form.show_error("reason", told.format(count=len(open_ones)))
            return None
        ctx, count, reasons, state = self._ctx, self._count, self.reasons(), self._state
        return lambda: state.append(close_count(ctx, count, reasons))


class DifferencesDialog(QDialog):
    """What a count that is over had found; only to look at."""

    def __init__(self, row: CountRow, differences: Sequence[Difference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setObjectName("differences_dialog")
        self.setWindowTitle(_("Count {number}").format(number=row.id))
        self.rows = ListTable(difference_columns(), _("Differences"), DIFFERENCE_NAME)
        self.rows.show_rows(list(differences))
        self.rows.setVisible(bool(differences))
        facts = (count_state_word(row.state), row.person, full_moment(row.begun_at), row.note)
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(" · ".join(fact for fact in facts if fact), "small", wrap=True))
        column.addWidget(label(_summary(differences, (row.counted, row.lines)), wrap=True))
        column.addWidget(self.rows, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        if differences:
            resize_within(self, WIDE, HIGH + 220)


def _summary(differences: Sequence[Difference], counted: tuple[int, int]) -> str:
    """How many differ and what they are worth, what waits, what was not counted."""
    done, total = counted
    if differences:
        count = len(differences)
        told = [
            ngettext("{count} difference of {done} counted articles", "{count} differences of {done} counted articles",
                     count).format(count=count, done=done),
            _("worth {sum}").format(sum=_worth(differences)),
        ]  # fmt: skip
    else:
        told = [_("What was counted is as the books have it.")]
    if any(row.waits for row in differences):
        limit = format_money(COUNT_LIMIT_MINOR)
        told.append(_("what is worth more than {limit} waits for the manager").format(limit=limit))
    if total > done:
        left = total - done
        told.append(ngettext("{count} not counted", "{count} not counted", left).format(count=left))
    return " · ".join(told)


def _worth(differences: Sequence[Difference]) -> str:
    sums: dict[str, int] = {}
    for row in differences:
        sums[row.currency] = sums.get(row.currency, 0) + row.worth
    return " + ".join(format_money(minor, currency) for currency, minor in sorted(sums.items()))


def _closed_text(count: int, state: CountState, rows: Sequence[Difference]) -> str:
    if state is not CountState.WAITING:
        return _("Count {number} closed").format(number=count)
    waiting = sum(row.waits for row in rows)
    told = ngettext(
        "Count {number} closed; {count} difference waits for the manager",
        "Count {number} closed; {count} differences wait for the manager",
        waiting,
    )
    return told.format(number=count, count=waiting)
