"""Shipping: with whom, under which number (rule O7)."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.orders.delivery import ship_order
from app.services.orders.rows import OrderDetail
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

# Proper names, the same in both languages.
CARRIERS = ("顺丰速运", "京东快递", "中通快递", "圆通速递", "韵达快递", "申通快递", "邮政 EMS", "德邦快递")


class ShipDialog(StepDialog):
    """Asks for carrier and waybill; the office's own driver needs none."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: OrderDetail, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Ship {number}").format(number=detail.row.number), _("Ship"), parent)
        self.setObjectName("ship_dialog")
        self._ctx, self._detail = ctx, detail
        self.carrier = QComboBox(editable=True)
        self.carrier.setLineEdit(LineEdit())
        self.carrier.addItems([_("Own delivery"), *CARRIERS])
        self.carrier.setCurrentText(detail.carrier or _("Own delivery"))
        self.waybill = LineEdit(detail.waybill)
        self.form.add("carrier", _("Carrier"), self.carrier)
        self.form.add("waybill", _("Waybill"), self.waybill)
        self.lay_out(self.form)
        self.waybill.setFocus()

    def work(self) -> Callable[[], None] | None:
        """The step with what was typed."""
        ctx, row = self._ctx, self._detail.row
        carrier, waybill = self.carrier.currentText().strip(), self.waybill.text().strip()
        if not waybill and carrier != _("Own delivery"):
            self.form.show_error("waybill", _("A carrier's parcel has a waybill."))
            return None
        return lambda: ship_order(ctx, row.id, carrier, waybill, row.last_seq)
