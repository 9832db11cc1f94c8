"""Noting what was found at a competitor's (rule P7)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QPlainTextEdit, QWidget

from app.clock import office_day
from app.i18n import _
from app.money import exponent
from app.services.access import Context
from app.services.publishing.market import LONGEST_NOTE, MarketNote, NoteKind, note_market
from app.services.publishing.words import note_kind_word
from app.views.publishing.code_edit import CodeEdit
from app.views.tasks import Tasks
from app.views.theme import GAP_4
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

HIGHEST = 10_000_000
LONGEST = 120
REMARK_HEIGHT = 72
CURRENCY = "CNY"


class NoteDialog(StepDialog):
    """One finding."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Note a finding"), _("Note"), parent)
        self.setObjectName("note_dialog")
        least_width(self, 640)
        self._ctx = ctx
        self.kind, self.day = QComboBox(), office_date_edit(office_day(ctx.clock))
        for kind in NoteKind:
            self.kind.addItem(note_kind_word(kind), kind)
        self.competitor, self.title = LineEdit(), LineEdit()
        for field in (self.competitor, self.title):
            field.setMaxLength(LONGEST)
        self.price, self.remark = QDoubleSpinBox(), QPlainTextEdit()
        self._lay_out()
        self.competitor.setFocus()

    def _lay_out(self) -> None:
        self.price.setDecimals(exponent(CURRENCY))
        self.price.setRange(0, HIGHEST)
        self.price.setSpecialValueText("–")
        self.remark.setFixedHeight(REMARK_HEIGHT)
        self.remark.setTabChangesFocus(True)
        self.form.add("kind", _("Kind"), self.kind)
        self.form.add("competitor", _("Competitor"), self.competitor)
        self.form.add("title", _("Goods, or what was found"), self.title)
        right = self._right = Form()
        right.add("day", _("Day"), self.day)
        self.code = CodeEdit(self._ctx, self._tasks, right, _("Our article's code, to compare with"))
        right.add("price", _("Their price"), self.price)
        below = self._below = Form()
        below.add("remark", _("Remark"), self.remark)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        for form in (self.form, right):
            columns.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.lay_out(columns, below)

    def work(self) -> Callable[[], object] | None:
        """Put the finding on record."""
        kind, price = NoteKind(self.kind.currentData()), round(self.price.value() * 10 ** exponent(CURRENCY))
        for name, field in (("competitor", self.competitor), ("title", self.title)):
            if not field.text().strip():
                self.form.show_error(name, _("Fill this in."))
                return None
        if kind is NoteKind.PRICE and not price:
            self._right.show_error("price", _("Give a price."))
            return None
        day, remark = chosen_day(self.day), self.remark.toPlainText().strip()
        if day > office_day(self._ctx.clock):
            self._right.show_error("day", _("Nobody has found anything on a day to come."))
            return None
        if len(remark) > LONGEST_NOTE:
            self._below.show_error("remark", _("At most {most} characters.").format(most=LONGEST_NOTE))
            return None
        texts = self.competitor.text(), self.title.text(), remark
        note = MarketNote(day, kind, *texts, self.code.code() or None, price or None, CURRENCY)
        ctx = self._ctx
        return lambda: note_market(ctx, note)
