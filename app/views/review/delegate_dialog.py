"""Letting somebody decide in one's place, for certain days (授权代审)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from app.clock import OFFICE_ZONE
from app.i18n import _
from app.services.access import Context
from app.services.approvals.delegations import delegate
from app.services.approvals.kinds import kinds
from app.services.people import PersonRow, list_people
from app.views.tasks import Tasks
from app.views.widgets.date_edit import date_edit
from app.views.widgets.step_dialog import StepDialog


class DelegateDialog(StepDialog):
    """Asks who, from when to when, and for what."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Let somebody decide in your place"), _("Delegate"), parent)
        self.setObjectName("delegate_dialog")
        self._ctx = ctx
        now = ctx.clock.now().astimezone(OFFICE_ZONE)
        today = QDate(now.year, now.month, now.day)
        self.taker, self.kind = QComboBox(), QComboBox()
        self.first, self.last = date_edit(today), date_edit(today)
        self.kind.addItem(_("everything"), "")
        for kind in kinds().values():
            self.kind.addItem(_(kind.word), kind.name)
        self.form.add("taker", _("Who"), self.taker)
        self.form.add("first", _("First day"), self.first)
        self.form.add("last", _("Last day"), self.last)
        self.form.add("kind", _("For"), self.kind)
        self.lay_out(self.form)
        tasks.run(self, lambda: list_people(ctx), self._show)

    def _show(self, people: list[PersonRow]) -> None:
        for person in people:
            if person.active and person.id != self._ctx.person:
                self.taker.addItem(person.name, person.id)
        self.taker.setFocus()

    def work(self) -> Callable[[], object] | None:
        """The delegation."""
        ctx, taker, kind = self._ctx, self.taker.currentData(), str(self.kind.currentData())
        first, last = _day(self.first), _day(self.last)
        if taker is None:
            self.form.show_error("taker", _("Choose somebody."))
            return None
        if last < first:
            self.form.show_error("last", _("The last day comes before the first."))
            return None
        return lambda: delegate(ctx, int(taker), first, last, kind)


def _day(field: QDateEdit) -> date:
    return date.fromisoformat(field.date().toString(Qt.DateFormat.ISODate))
