"""What can be done about the customer of an order: see the history, flag, erase (rules C1, C3, A6)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context, Permission
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.customers.erasing import erase_customer
from app.services.customers.history import customer_orders
from app.services.customers.marks import flag_customer, unflag_customer
from app.services.orders.detail import order_detail
from app.services.orders.rows import OrderDetail, OrderRow
from app.views.orders.dialogs.history import HistoryDialog
from app.views.orders.rules import ActionRules
from app.views.tasks import Tasks
from app.views.widgets.reason_dialog import ReasonDialog

Gathered = tuple[OrderDetail, list[OrderRow]]


class CustomerActions(QObject):
    """`done` with a sentence; `order_wanted` when one of the customer's orders was chosen."""

    done = Signal(str)
    order_wanted = Signal(int)

    def __init__(
        self, ctx: Context, tasks: Tasks, panel: QWidget, rules: ActionRules, row: Callable[[], OrderRow | None]
    ) -> None:
        super().__init__(panel)
        self._ctx, self._tasks, self._panel, self._row = ctx, tasks, panel, row
        p = Permission
        self.history = rules.add(_("Customer's orders"), self._on_history, "history", "Ctrl+Shift+H", p.ORDER_READ)
        self.flag = rules.add(_("Flag the customer"), self._on_flag, "flag-outline", "Ctrl+Shift+B", p.PROPOSE)
        self.erase = rules.add(
            _("Erase the customer's data"), self._on_erase, "eraser", "Ctrl+Shift+E", p.CUSTOMER_ERASE
        )

    def gather(self, then: Callable[[Gathered], None], orders: int = 50) -> None:
        """Bring the order under the keyboard together with its customer's latest orders."""
        row, ctx = self._row(), self._ctx
        if row is None:
            return

        def work() -> Gathered:
            detail = order_detail(ctx, row.id)
            return detail, customer_orders(ctx, detail.customer.id, orders)

        self._tasks.run(self._panel, work, then)

    def _on_history(self) -> None:
        self.gather(self._show_history)

    def _show_history(self, gathered: Gathered) -> None:
        detail, rows = gathered
        dialog = HistoryDialog(detail.person.name, rows, self._ctx.clock.now(), self._panel)
        dialog.order_chosen.connect(self.order_wanted)
        dialog.open()

    def _on_flag(self) -> None:
        self.gather(self._ask_about_flag, 1)

    def _ask_about_flag(self, gathered: Gathered) -> None:
        ctx, (detail, _rows) = self._ctx, gathered
        customer, name = detail.customer, detail.person.name
        if customer.flagged and ctx.may(Permission.CUSTOMER_FLAG):
            self._ask(
                _("Take the flag from {name}").format(name=name),
                _("Take the flag away"),
                lambda reason: unflag_customer(ctx, customer.id, reason),
                _("{name}: no longer flagged").format(name=name),
            )
        elif not ctx.may(Permission.CUSTOMER_FLAG):  # rule C3: reported here, on record when the manager agrees
            self._ask(
                _("Report {name} as a bad customer").format(name=name),
                _("Propose"),
                lambda reason: propose(ctx, _bad_customer(detail, reason)),
                _("{name}: reported to the manager").format(name=name),
            )
        else:
            self._ask(
                _("Flag {name}").format(name=name),
                _("Flag the customer"),
                lambda reason: flag_customer(ctx, customer.id, reason),
                _("{name}: flagged").format(name=name),
            )

    def _on_erase(self) -> None:
        self.gather(self._ask_about_erasing, 1)

    def _ask_about_erasing(self, gathered: Gathered) -> None:
        ctx, (detail, _rows) = self._ctx, gathered
        self._ask(
            _("Erase the data of {name} for ever").format(name=detail.person.name),
            _("Erase for ever"),
            lambda reason: erase_customer(ctx, detail.customer.id, reason),
            _("The customer's data are erased"),
        )

    def _ask(self, title: str, button: str, step: Callable[[str], object], said: str) -> None:
        dialog = ReasonDialog(self._tasks, title, button, step, self._panel)
        dialog.accepted.connect(lambda: self.done.emit(said))
        dialog.open()


def _bad_customer(detail: OrderDetail, reason: str) -> ProposalDraft:
    """The name stays out of the proposal: it is personal, and what is proposed is on record for ever."""
    title = _("Customer of {number}").format(number=detail.row.number)
    return ProposalDraft("bad_customer", detail.customer.id, title, {"reason": reason}, reason)
