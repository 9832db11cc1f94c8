"""Asking a colleague for a swap of shifts (换班); the rules are looked at before anybody is asked."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from app.clock import office_day
from app.i18n import _
from app.services.access import Context, Permission
from app.services.duty.span import Span
from app.services.duty.swaps import SwapDraft, ask_swap
from app.views.tasks import Tasks
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


class SwapDialog(StepDialog):
    """Whose shift of which day for whose of which; what both have on these days stands below the days.

    It begins with the line that is looked at: the shift to give away, or, for who asks for nobody else, the one wanted.
    """

    def __init__(
        self, ctx: Context, tasks: Tasks, span: Span, day: date, person: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, _("Swap shifts"), _("Ask the colleague"), parent)
        self.setObjectName("swap_dialog")
        self._ctx, self._span = ctx, span
        day = max(day, office_day(ctx.clock))
        self.asker, self.colleague = QComboBox(), QComboBox()
        self.day, self.their_day, self.reason = office_date_edit(day), office_date_edit(day), LineEdit()
        for line in span.lines:
            if line.on_call:
                continue
            if line.person == ctx.person or ctx.may(Permission.DUTY_PLAN):
                self.asker.addItem(line.name, line.person)
            self.colleague.addItem(line.name, line.person)
        asker = person if self.asker.findData(person) >= 0 else ctx.person
        self.asker.setCurrentIndex(max(self.asker.findData(asker), 0))
        self.colleague.setCurrentIndex(self.colleague.findData(person))
        self._choose_another()
        self._fields(self.form)
        self.lay_out(self.form)
        self.asker.currentIndexChanged.connect(lambda _index: self._choose_another())
        for box in (self.asker, self.colleague):
            box.currentIndexChanged.connect(lambda _index: self._tell())
        for field in (self.day, self.their_day):
            field.dateChanged.connect(lambda _day: self._tell())
        self._tell()
        self.colleague.setFocus()

    def _choose_another(self) -> None:
        """Nobody swaps with themselves."""
        places = range(self.colleague.count())
        if self.colleague.currentData() in (None, self.asker.currentData()):
            others = (place for place in places if self.colleague.itemData(place) != self.asker.currentData())
            self.colleague.setCurrentIndex(next(others, -1))

    def _fields(self, form: Form) -> None:
        form.add("asker", _("Whose shift"), self.asker)
        form.add("day", _("Of which day"), self.day)
        form.add("colleague", _("For a shift of"), self.colleague)
        form.add("their_day", _("Of which day"), self.their_day)
        form.add("reason", _("Reason"), self.reason)

    def _tell(self) -> None:
        """What both have on the two days, as far as these weeks are looked at."""
        days = (chosen_day(self.day), chosen_day(self.their_day))
        for name, day in (("day", days[0]), ("their_day", days[1])):
            told = [f"{box.currentText()} {self._code(box.currentData(), day)}" for box in (self.asker, self.colleague)]
            known = " · ".join(told) if self._span.is_known(day) else _("Not published yet")
            self.form.set_hint(name, known if day in self._span.days else "")

    def _code(self, person: int, day: date) -> str:
        span = self._span
        line = next((line for line in span.lines if line.person == person and not line.on_call), None)
        if line is None or day not in span.days:
            return ""
        if day in span.away.get(person, ()):
            return _("on leave")  # a shift that stands there is nobody's to swap
        code = span.code(span.shift(line.key, day, published=True))
        return span.rules.sign(code) if code else _("off")

    def work(self) -> Callable[[], object] | None:
        """Ask."""
        ctx, asker, colleague = self._ctx, self.asker.currentData(), self.colleague.currentData()
        reason = self.reason.text().strip()
        if asker is None or colleague is None or asker == colleague:
            self.form.show_error("colleague", _("Choose a colleague."))
            return None
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        draft = SwapDraft(chosen_day(self.day), int(colleague), chosen_day(self.their_day), reason, int(asker))
        return lambda: ask_swap(ctx, draft)
