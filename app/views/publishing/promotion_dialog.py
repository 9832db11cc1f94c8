"""Planning a promotion: name, terms, period, cost, and its articles with a price that is checked as one types."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QWidget

from app.clock import OFFICE_ZONE
from app.i18n import _
from app.money import exponent
from app.services.access import Context
from app.services.catalog.articles import Article
from app.services.promotions.promotions import PromotionDraft, propose_promotion
from app.views.publishing.code_edit import CodeEdit
from app.views.publishing.promotion_lines import WIDE, Line, line_columns, take_off
from app.views.tasks import Tasks
from app.views.theme import BUTTON, GAP_4
from app.views.widgets.buttons import new_action
from app.views.widgets.date_edit import chosen_moment, office_moment_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import ENTER, LineEdit
from app.views.widgets.list_table import ListTable
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

HIGHEST = 10_000_000
TABLE_HEIGHT = 168
USUAL_PERCENT = 10
USUAL_DAYS = 3
LONGEST_NAME, LONGEST_TERMS = 60, 300
CURRENCY = "CNY"


class PromotionDialog(StepDialog):
    """Plans and proposes in one press; Enter in the code's field adds an article, Enter at its price goes back."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Plan a promotion"), _("Plan and propose"), parent)
        self.setObjectName("promotion_dialog")
        least_width(self, 760)
        self._ctx = ctx
        self._lines: list[Line] = []
        self._places = 10 ** exponent(CURRENCY)
        start = _next_midnight(ctx.clock.now())
        self.name, self.terms, self.reason = LineEdit(), LineEdit(), LineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.terms.setMaxLength(LONGEST_TERMS)
        self.starts, self.ends = office_moment_edit(start), office_moment_edit(start + timedelta(days=USUAL_DAYS))
        self.cost, self.price, self.percent = QDoubleSpinBox(), QDoubleSpinBox(), QDoubleSpinBox()
        self.table: ListTable[Line] = ListTable(line_columns(), _("Articles of the promotion"), WIDE, several=True)
        self._lay_out()
        self._connect()
        self._show_lines(0)

    def _lay_out(self) -> None:
        self.form.add("name", _("Promotion name"), self.name)
        self.form.add("terms", _("Terms"), self.terms)
        self.form.add("reason", _("Reason"), self.reason)
        right = self._right = Form()
        right.add("starts", _("Starts"), self.starts)
        right.add("ends", _("Ends"), self.ends)
        right.add("cost", _("Expected cost"), self.cost)
        self._adding, self._pricing, self._cutting = Form(), Form(), Form()
        self.code = CodeEdit(self._ctx, self._tasks, self._adding, _("Article code, Enter adds it"), takes_enter=True)
        self._pricing.add("price", _("Promotion price of the chosen"), self.price)
        self._cutting.add("percent", _("Off the usual price, in whole units of currency"), self.percent)
        for box in (self.cost, self.price):
            box.setDecimals(exponent(CURRENCY))
            box.setRange(0, HIGHEST)
        for field in (self.starts, self.ends, self.cost):
            field.setMaximumHeight(BUTTON)  # level with the lines beside them
        self.percent.setRange(1, 99)
        self.percent.setDecimals(1)
        self.percent.setSuffix(" %")
        self.percent.setValue(USUAL_PERCENT)
        self.apply = QPushButton(_("Apply to the chosen"))
        self.apply.setAutoDefault(False)
        self.table.setFixedHeight(TABLE_HEIGHT)
        self.lay_out(_side_by_side(self.form, right), self._adding, self.table, self._below())
        self.name.setFocus()

    def _below(self) -> QHBoxLayout:
        beside = Form()
        beside.add("apply", " ", self.apply)  # at the height of the fields beside it
        self.apply.setAccessibleName(self.apply.text())
        row = _side_by_side(self._pricing, self._cutting)
        row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self.code.entered.connect(self._on_code)
        self.apply.clicked.connect(self._on_apply)
        self.price.valueChanged.connect(self._on_price)
        self.price.installEventFilter(self)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_current())
        self.remove = new_action(self.table, _("Remove the article"), self._on_remove, "delete-outline", "Del")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter at the price goes on to the next article; it must not plan the promotion half-way."""
        if watched is self.price and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in ENTER and plain:
                self.price.interpretText()
                self.code.setFocus()
                self.code.selectAll()
                return True
        return super().eventFilter(watched, event)

    def _on_code(self) -> None:
        if self.code.code():
            self.code.look_up(self._add)

    def _add(self, one: Article) -> None:
        codes = [line.code for line in self._lines]
        if one.code not in codes:
            self._lines.append(Line(one, one.price or 0))
            self._show_lines(len(codes))
        else:
            self.table.selectRow(codes.index(one.code))
        self.code.clear()
        self.price.setFocus()
        self.price.selectAll()

    def _show_lines(self, place: int) -> None:
        self.table.show_rows(list(self._lines))
        if self._lines:
            self.table.selectRow(min(place, len(self._lines) - 1))
        self._show_current()

    def _show_current(self) -> None:
        chosen = self.table.chosen_rows()
        for part in (self.price, self.percent, self.apply, self.remove):
            part.setEnabled(bool(chosen))
        if chosen:
            before = self.price.blockSignals(True)
            self.price.setValue(chosen[0].price / self._places)
            self.price.blockSignals(before)
        self._mark()

    def _on_price(self, value: float) -> None:
        for line in self.table.chosen_rows():
            line.price = round(value * self._places)
        self._mark()

    def _on_apply(self) -> None:
        for line in self.table.chosen_rows():
            if line.usual is not None:
                line.price = take_off(line.usual, self.percent.value(), self._places)
        self._show_current()

    def _on_remove(self) -> None:
        place = self.table.currentIndex().row()
        gone = {line.code for line in self.table.chosen_rows()}
        self._lines = [line for line in self._lines if line.code not in gone]
        self._show_lines(max(place, 0))

    def _mark(self) -> None:
        """Say at once what is wrong with a price: in its row, and under the field for the chosen ones."""
        self.table.viewport().update()
        wrong = next((text for line in self.table.chosen_rows() if (text := line.problem())), "")
        self._pricing.clear_errors()
        if wrong:
            self._pricing.show_error("price", wrong, go=False)

    def work(self) -> Callable[[], object] | None:
        """Plan it and propose it."""
        texts = {"name": self.name, "terms": self.terms, "reason": self.reason}
        missing = next((name for name, field in texts.items() if not field.text().strip()), None)
        if missing is not None:
            self.form.show_error(missing, _("Fill this in."))
            return None
        starts, ends = chosen_moment(self.starts), chosen_moment(self.ends)
        if ends <= max(starts, self._ctx.clock.now()):
            self._right.show_error("ends", _("It has to end after it starts, and after now."))
            return None
        if not self._lines:
            self._adding.show_error("code", _("Add at least one article."))
            return None
        wrong = next((place for place, line in enumerate(self._lines) if line.problem()), None)
        if wrong is not None:
            self.table.selectRow(wrong)
            self._pricing.show_error("price", self._lines[wrong].problem())
            return None
        prices = {line.code: line.price for line in self._lines}
        cost = round(self.cost.value() * self._places)
        draft = PromotionDraft(self.name.text(), self.terms.text(), starts, ends, cost, prices, CURRENCY)
        ctx, reason = self._ctx, self.reason.text()
        return lambda: propose_promotion(ctx, draft, reason)


def _next_midnight(now: datetime) -> datetime:
    today = now.astimezone(OFFICE_ZONE)
    return today.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _side_by_side(*forms: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP_4)
    for form in forms:
        row.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
    return row
