"""Conceding a price before the order is confirmed (让价, rule O9)."""

from collections.abc import Callable

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.i18n import _
from app.money import exponent, format_money
from app.services.access import Context
from app.services.orders.rows import OrderDetail
from app.services.orders.steps import concede_price
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


class ConcedeDialog(StepDialog):
    """Asks how much and why."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: OrderDetail, parent: QWidget | None = None) -> None:
        title = _("Concede a price on {number}").format(number=detail.row.number)
        super().__init__(tasks, title, _("Concede"), parent)
        self.setObjectName("concede_dialog")
        self._ctx, self._detail = ctx, detail
        self._places = exponent(detail.row.currency)
        self.amount = QDoubleSpinBox()
        self.amount.setDecimals(self._places)
        self.amount.setRange(0, detail.amounts.payable / 10**self._places)
        self.reason = LineEdit()
        payable = format_money(detail.amounts.payable, detail.row.currency)
        self.form.add("amount", _("Amount"), self.amount, _("payable now: {sum}").format(sum=payable))
        self.form.add("reason", _("Reason"), self.reason)
        self.lay_out(self.form)
        self.amount.setFocus()
        self.amount.selectAll()

    def work(self) -> Callable[[], None] | None:
        """The concession, in minor units."""
        minor, reason = round(self.amount.value() * 10**self._places), self.reason.text().strip()
        if minor == 0:
            self.form.show_error("amount", _("How much?"))
            return None
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        ctx, row = self._ctx, self._detail.row
        return lambda: concede_price(ctx, row.id, minor, reason, row.last_seq)
