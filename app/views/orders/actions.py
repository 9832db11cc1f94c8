"""What can be done with an order from the keyboard: one action each, greyed with the reason, run in the background."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.orders import OrderEvent
from app.services.access import Context, Permission
from app.services.orders import delivery, steps
from app.services.orders.detail import order_detail, steps_of
from app.services.orders.rows import OrderDetail, OrderRow
from app.views.orders.customer_actions import CustomerActions, Gathered
from app.views.orders.dialogs.amend import AmendDialog
from app.views.orders.dialogs.contact import ContactDialog
from app.views.orders.dialogs.give import CONCESSION, REFUND, GiveDialog, Giving
from app.views.orders.dialogs.ship import ShipDialog
from app.views.orders.printing import Printing
from app.views.orders.rules import ActionRules
from app.views.tasks import Tasks
from app.views.widgets.reason_dialog import ReasonDialog
from app.views.widgets.step_dialog import StepDialog

Step = Callable[[Context, int, int], None]  # order, what was seen of it
ReasonedStep = Callable[[Context, OrderRow, str], None]


class OrderActions(QObject):
    """The actions of the order panel; `done` after a step was taken, with a sentence for the status bar."""

    done = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, panel: QWidget, row: Callable[[], OrderRow | None],
        chosen: Callable[[], list[int]],
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._ctx, self._tasks, self._panel, self._row = ctx, tasks, panel, row
        self._rules = ActionRules(ctx, panel)
        self._add_steps()
        self._add_reasoned_steps()
        self._add_way()
        self.printing = Printing(ctx, tasks, panel, self._rules, chosen)
        self.customer = CustomerActions(ctx, tasks, panel, self._rules, row)
        self.customer.done.connect(self.done)
        self.update_actions()

    def _add_steps(self) -> None:
        add, p, e = self._rules.add, Permission, OrderEvent
        claim = partial(self._take, lambda ctx, order, _seen: steps.claim_order(ctx, order), _("{number}: claimed"))
        unclaim = partial(
            self._take, lambda ctx, order, _seen: steps.unclaim_order(ctx, order), _("{number}: given back")
        )
        confirm = partial(self._take, steps.confirm_order, _("{number}: confirmed"))
        self.contact = add(_("Log contact"), self._on_contact, "phone-check", "Ctrl+L", p.ORDER_CONTACT, e.CONTACTED)
        self.confirm = add(_("Confirm order"), confirm, "check", "Ctrl+Return", p.ORDER_CONFIRM, e.CONFIRMED)
        self.claim = add(_("Claim"), claim, "hand-back-right-outline", "F2", p.ORDER_CONTACT, e.CLAIMED)
        self.unclaim = add(_("Give back"), unclaim, "undo-variant", "Shift+F2", p.ORDER_CONTACT, e.CLAIMED)
        self.amend = add(_("Amend"), self._on_amend, "pencil-outline", "Ctrl+E", p.ORDER_AMEND, e.AMENDED)
        self.concede = add(_("Concede a price"), self._on_concede, "cash-minus", "Ctrl+D", p.ORDER_AMEND, e.CONCEDED)
        self.refund = add(_("Refund…"), self._on_refund, "cash-refund", "Ctrl+Shift+D", p.ORDER_AMEND, e.REFUNDED)

    def _add_reasoned_steps(self) -> None:
        add, p, e = self._rules.add, Permission, OrderEvent
        self.hold = add(_("Mark as held"), self._on_hold, "alert-outline", "Ctrl+H", p.ORDER_CONTACT, e.HELD)
        self.release = add(_("Release"), self._on_release, "play-circle-outline", "Ctrl+U", p.ORDER_RELEASE, e.RELEASED)
        self.take_over = add(
            _("Take over"), self._on_take_over, "account-arrow-right-outline", "Ctrl+F2", p.ORDER_TAKE_OVER, e.CLAIMED
        )
        self.cancel = add(_("Cancel order"), self._on_cancel, "cancel", "Ctrl+Shift+X Del", p.ORDER_CANCEL, e.CANCELLED)

    def _add_way(self) -> None:
        add, p, e = self._rules.add, Permission, OrderEvent
        picked = partial(self._take, delivery.pick_order, _("{number}: goods picked"))
        checked_out = partial(self._take, delivery.check_out_order, _("{number}: checked out"))
        deliver = partial(self._take, delivery.deliver_order, _("{number}: delivered"))
        close = partial(self._take, delivery.close_order, _("{number}: closed"))
        self.picked = add(_("Goods picked"), picked, "package-variant-closed", "Ctrl+G", p.ORDER_PACK, e.PICKED)
        self.checked_out = add(_("Check out"), checked_out, "check-all", "Ctrl+O", p.ORDER_PACK, e.CHECKED_OUT)
        self.ship = add(_("Ship"), self._on_ship, "truck-delivery-outline", "Ctrl+T", p.ORDER_PACK, e.SHIPPED)
        self.deliver = add(_("Delivered"), deliver, "home-city-outline", "Ctrl+Y", p.ORDER_PACK, e.DELIVERED)
        self.close_order = add(_("Close order"), close, "check-circle", "Ctrl+W", p.ORDER_CONFIRM, e.CLOSED)

    @property
    def more(self) -> tuple[tuple[QAction, ...], ...]:
        """The actions of the "more" menu, in groups of what belongs together."""
        return (
            (self.claim, self.unclaim, self.take_over),
            (self.amend, self.concede, self.refund, self.release, self.cancel),
            (self.picked, self.checked_out, self.ship, self.deliver, self.close_order),
            (self.printing.notes,),
            (self.customer.history, self.customer.flag, self.customer.erase),
        )

    def next_step(self, row: OrderRow) -> QAction | None:
        """The step that brings the order on, for the button that is always at the same place."""
        allowed = steps_of(row)
        by_event = (
            (OrderEvent.RELEASED, self.release),
            (OrderEvent.CONFIRMED, self.confirm),
            (OrderEvent.CONTACTED, self.contact),
            (OrderEvent.PICKED, self.picked),
            (OrderEvent.CHECKED_OUT, self.checked_out),
            (OrderEvent.SHIPPED, self.ship),
            (OrderEvent.DELIVERED, self.deliver),
            (OrderEvent.CLOSED, self.close_order),
        )
        if row.held and row.contacted_at is None and OrderEvent.CONTACTED in allowed:
            return self.contact  # the customer is called within ten minutes, held or not
        return next((action for event, action in by_event if event in allowed), None)

    def withhold_release(self, why: str) -> None:
        """Grey out releasing where the office leaves it to other posts; "" gives it back."""
        self._rules.withhold(Permission.ORDER_RELEASE, why)
        self.update_actions()

    def update_actions(self) -> None:
        """Grey out what the state or the post does not allow, and say why in the hint."""
        self._rules.update(self._row())

    def _take(self, step: Step, said: str) -> None:
        row, ctx = self._row(), self._ctx
        if row is not None:
            self._tasks.run(
                self._panel,
                lambda: step(ctx, row.id, row.last_seq),
                lambda _none: self.done.emit(said.format(number=row.number)),
            )

    def _open(self, dialog: StepDialog, number: str, said: str) -> None:
        dialog.accepted.connect(lambda: self.done.emit(said.format(number=number)))
        dialog.open()

    def _with_detail(self, show: Callable[[OrderDetail], None]) -> None:
        row, ctx = self._row(), self._ctx
        if row is not None:
            self._tasks.run(self._panel, lambda: order_detail(ctx, row.id), show)

    def _with_reason(self, title: str, button: str, step: ReasonedStep, said: str) -> None:
        row, ctx = self._row(), self._ctx
        if row is not None:
            title = title.format(number=row.number)
            dialog = ReasonDialog(self._tasks, title, button, lambda reason: step(ctx, row, reason), self._panel)
            self._open(dialog, row.number, said)

    def _on_contact(self) -> None:
        self.customer.gather(self._show_contact, 10)

    def _show_contact(self, gathered: Gathered) -> None:
        dialog = ContactDialog(self._ctx, self._tasks, *gathered, self._panel)
        self._open(dialog, gathered[0].row.number, _("{number}: contact logged"))

    def _on_take_over(self) -> None:
        self._with_reason(
            _("Take over {number}"),
            _("Take over"),
            lambda ctx, row, reason: steps.take_over_order(ctx, row.id, reason),
            _("{number}: taken over"),
        )

    def _on_hold(self) -> None:
        self._with_reason(
            _("Hold {number}"),
            _("Mark as held"),
            lambda ctx, row, reason: steps.hold_order(ctx, row.id, reason, row.last_seq),
            _("{number}: held"),
        )

    def _on_release(self) -> None:
        self._with_reason(
            _("Release {number}"),
            _("Release"),
            lambda ctx, row, reason: steps.release_order(ctx, row.id, reason, row.last_seq),
            _("{number}: released"),
        )

    def _on_cancel(self) -> None:
        self._with_reason(
            _("Cancel {number}"),
            _("Cancel order"),
            lambda ctx, row, reason: steps.cancel_order(ctx, row.id, reason, row.last_seq),
            _("{number}: cancelled"),
        )

    def _on_amend(self) -> None:
        self._with_detail(self._show_amend)

    def _show_amend(self, detail: OrderDetail) -> None:
        dialog = AmendDialog(self._ctx, self._tasks, detail, self._panel)
        self._open(dialog, detail.row.number, _("{number}: amended"))

    def _on_concede(self) -> None:
        self._with_detail(lambda detail: self._show_give(detail, CONCESSION, _("{number}: price conceded")))

    def _on_refund(self) -> None:
        self._with_detail(lambda detail: self._show_give(detail, REFUND, _("{number}: refund noted")))

    def _show_give(self, detail: OrderDetail, giving: Giving, done: str) -> None:
        dialog = GiveDialog(self._ctx, self._tasks, detail, giving, self._panel)
        number = detail.row.number
        said = _("{number}: proposed").format(number=number)
        dialog.accepted.connect(lambda: self.done.emit(said if dialog.proposes() else done.format(number=number)))
        dialog.open()

    def _on_ship(self) -> None:
        self._with_detail(self._show_ship)

    def _show_ship(self, detail: OrderDetail) -> None:
        dialog = ShipDialog(self._ctx, self._tasks, detail, self._panel)
        self._open(dialog, detail.row.number, _("{number}: shipped"))
