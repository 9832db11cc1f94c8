"""What can be done with an order from the keyboard: one action each, greyed with the reason, run in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import _
from app.models.orders import OrderEvent
from app.services.access import Context, Permission
from app.services.customers import customer_orders
from app.services.orders import delivery, steps
from app.services.orders.detail import order_detail, steps_of
from app.services.orders.papers import delivery_notes_for, pick_list_for
from app.services.orders.rows import OrderDetail, OrderRow
from app.views.orders.dialogs.amend import AmendDialog
from app.views.orders.dialogs.concede import ConcedeDialog
from app.views.orders.dialogs.contact import ContactDialog
from app.views.orders.dialogs.reason import ReasonDialog
from app.views.orders.dialogs.ship import ShipDialog
from app.views.paper_preview import PaperPreview
from app.views.tasks import Progress, Tasks
from app.views.widgets.buttons import new_action


@dataclass(frozen=True, slots=True)
class Rule:
    """When an action may be pressed."""

    action: QAction
    permission: Permission
    event: OrderEvent | None  # the step it takes; None: always
    hint: str


class OrderActions(QObject):
    """The actions of the order panel; `done` after a step was taken, with a sentence for the status bar."""

    done = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, panel: QWidget, row: Callable[[], OrderRow | None],
        chosen: Callable[[], list[int]],
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._ctx, self._tasks, self._panel = ctx, tasks, panel
        self._row, self._chosen = row, chosen
        self._rules: list[Rule] = []
        p, e = Permission, OrderEvent
        self.contact = self._add(
            _("Log contact"), self._on_contact, "phone-check", "Ctrl+L", p.ORDER_CONTACT, e.CONTACTED
        )
        self.confirm = self._add(
            _("Confirm order"), self._on_confirm, "check", "Ctrl+Return", p.ORDER_CONFIRM, e.CONFIRMED
        )
        self.pick_list = self._add(_("Print pick list"), self._on_pick_list, "printer", "Ctrl+P", p.ORDER_READ, None)
        self.hold = self._add(_("Mark as held"), self._on_hold, "alert-outline", "Ctrl+H", p.ORDER_CONTACT, e.HELD)
        self.release = self._add(
            _("Release"), self._on_release, "play-circle-outline", "Ctrl+U", p.ORDER_RELEASE, e.RELEASED
        )
        self.claim = self._add(_("Claim"), self._on_claim, "hand-back-right-outline", "F2", p.ORDER_CONTACT, e.CLAIMED)
        self.unclaim = self._add(
            _("Give back"), self._on_unclaim, "undo-variant", "Shift+F2", p.ORDER_CONTACT, e.CLAIMED
        )
        self.take_over = self._add(
            _("Take over"), self._on_take_over, "account-arrow-right-outline", "Ctrl+F2", p.ORDER_TAKE_OVER, e.CLAIMED
        )
        self.amend = self._add(_("Amend"), self._on_amend, "pencil-outline", "Ctrl+E", p.ORDER_AMEND, e.AMENDED)
        self.concede = self._add(
            _("Concede a price"), self._on_concede, "cash-minus", "Ctrl+D", p.ORDER_AMEND, e.CONCEDED
        )
        self.cancel = self._add(
            _("Cancel order"), self._on_cancel, "cancel", "Ctrl+Delete", p.ORDER_CANCEL, e.CANCELLED
        )
        self.picked = self._add(
            _("Goods picked"), self._on_picked, "package-variant-closed", "Ctrl+G", p.ORDER_PACK, e.PICKED
        )
        self.checked_out = self._add(
            _("Check out"), self._on_checked_out, "check-all", "Ctrl+O", p.ORDER_PACK, e.CHECKED_OUT
        )
        self.ship = self._add(_("Ship"), self._on_ship, "truck-delivery-outline", "Ctrl+T", p.ORDER_PACK, e.SHIPPED)
        self.deliver = self._add(
            _("Delivered"), self._on_deliver, "home-city-outline", "Ctrl+Y", p.ORDER_PACK, e.DELIVERED
        )
        self.close_order = self._add(
            _("Close order"), self._on_close, "check-circle", "Ctrl+W", p.ORDER_CONFIRM, e.CLOSED
        )
        self.notes = self._add(
            _("Print delivery notes"), self._on_notes, "file-document-outline", "Ctrl+Shift+P", p.ORDER_READ, None
        )
        self.update_actions()

    @property
    def more(self) -> tuple[QAction, ...]:
        """The actions of the "more" menu, in groups of what belongs together."""
        return (
            self.claim, self.unclaim, self.take_over, self.amend, self.concede, self.release, self.cancel,
            self.picked, self.checked_out, self.ship, self.deliver, self.close_order, self.notes,
        )  # fmt: skip

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

    def update_actions(self) -> None:
        """Grey out what the state or the post does not allow, and say why in the hint."""
        row = self._row()
        allowed = steps_of(row) if row is not None else frozenset()
        for rule in self._rules:
            may = self._ctx.may(rule.permission)
            fits = row is not None and (rule.event is None or rule.event in allowed)
            rule.action.setEnabled(may and fits)
            why = _("Your post does not allow this.") if not may else _("The order's state does not allow this.")
            rule.action.setToolTip(rule.hint if may and (fits or row is None) else f"{rule.hint} — {why}")

    def _add(
        self,
        text: str,
        slot: Callable[[], object],
        icon: str,
        key: str,
        permission: Permission,
        event: OrderEvent | None,
    ) -> QAction:
        action = new_action(self._panel, text, slot, icon, key, Qt.ShortcutContext.WindowShortcut)
        self._rules.append(Rule(action, permission, event, text))
        return action

    def _run(self, work: Callable[[OrderRow], None], said: str) -> None:
        row = self._row()
        if row is not None:
            self._tasks.run(
                self._panel, lambda: work(row), lambda _none: self.done.emit(said.format(number=row.number))
            )

    def _ask(self, dialog: QDialog, said: str) -> None:
        row = self._row()
        if row is not None:
            dialog.accepted.connect(lambda: self.done.emit(said.format(number=row.number)))
            dialog.open()

    def _with_detail(self, show: Callable[[OrderDetail], None]) -> None:
        row, ctx = self._row(), self._ctx
        if row is not None:
            self._tasks.run(self._panel, lambda: order_detail(ctx, row.id), show)

    def _with_reason(self, title: str, button: str, work: Callable[[OrderRow, str], None], said: str) -> None:
        row = self._row()
        if row is not None:
            dialog = ReasonDialog(
                self._tasks, title.format(number=row.number), button, lambda reason: work(row, reason), self._panel
            )
            self._ask(dialog, said)

    def _on_contact(self) -> None:
        row, ctx = self._row(), self._ctx
        if row is None:
            return

        def gather() -> tuple[OrderDetail, list[OrderRow]]:
            detail = order_detail(ctx, row.id)
            return detail, customer_orders(ctx, detail.customer.id, 10)

        self._tasks.run(self._panel, gather, self._show_contact)

    def _show_contact(self, gathered: tuple[OrderDetail, list[OrderRow]]) -> None:
        self._ask(ContactDialog(self._ctx, self._tasks, *gathered, self._panel), _("{number}: contact logged"))

    def _on_confirm(self) -> None:
        ctx = self._ctx
        self._run(lambda row: steps.confirm_order(ctx, row.id, row.last_seq), _("{number}: confirmed"))

    def _on_claim(self) -> None:
        ctx = self._ctx
        self._run(lambda row: steps.claim_order(ctx, row.id), _("{number}: claimed"))

    def _on_unclaim(self) -> None:
        ctx = self._ctx
        self._run(lambda row: steps.unclaim_order(ctx, row.id), _("{number}: given back"))

    def _on_take_over(self) -> None:
        ctx = self._ctx
        self._with_reason(
            _("Take over {number}"),
            _("Take over"),
            lambda row, reason: steps.take_over_order(ctx, row.id, reason),
            _("{number}: taken over"),
        )

    def _on_hold(self) -> None:
        ctx = self._ctx
        self._with_reason(
            _("Hold {number}"),
            _("Mark as held"),
            lambda row, reason: steps.hold_order(ctx, row.id, reason, row.last_seq),
            _("{number}: held"),
        )

    def _on_release(self) -> None:
        ctx = self._ctx
        self._with_reason(
            _("Release {number}"),
            _("Release"),
            lambda row, reason: steps.release_order(ctx, row.id, reason, row.last_seq),
            _("{number}: released"),
        )

    def _on_cancel(self) -> None:
        ctx = self._ctx
        self._with_reason(
            _("Cancel {number}"),
            _("Cancel order"),
            lambda row, reason: steps.cancel_order(ctx, row.id, reason, row.last_seq),
            _("{number}: cancelled"),
        )

    def _on_amend(self) -> None:
        self._with_detail(
            lambda detail: self._ask(AmendDialog(self._ctx, self._tasks, detail, self._panel), _("{number}: amended"))
        )

    def _on_concede(self) -> None:
        self._with_detail(
            lambda detail: self._ask(
                ConcedeDialog(self._ctx, self._tasks, detail, self._panel), _("{number}: price conceded")
            )
        )

    def _on_ship(self) -> None:
        self._with_detail(
            lambda detail: self._ask(ShipDialog(self._ctx, self._tasks, detail, self._panel), _("{number}: shipped"))
        )

    def _on_picked(self) -> None:
        ctx = self._ctx
        self._run(lambda row: delivery.pick_order(ctx, row.id, row.last_seq), _("{number}: goods picked"))

    def _on_checked_out(self) -> None:
        ctx = self._ctx
        self._run(lambda row: delivery.check_out_order(ctx, row.id, row.last_seq), _("{number}: checked out"))

    def _on_deliver(self) -> None:
        ctx = self._ctx
        self._run(lambda row: delivery.deliver_order(ctx, row.id, row.last_seq), _("{number}: delivered"))

    def _on_close(self) -> None:
        ctx = self._ctx
        self._run(lambda row: delivery.close_order(ctx, row.id, row.last_seq), _("{number}: closed"))

    def _on_pick_list(self) -> None:
        self._print(_("Pick list"), pick_list_for)

    def _on_notes(self) -> None:
        self._print(_("Delivery notes"), delivery_notes_for)

    def _print(self, title: str, write: Callable[..., None]) -> None:
        ids, ctx = self._chosen(), self._ctx
        path = Path(mkdtemp(prefix="zhanggui-")) / "paper.pdf"

        def work(progress: Progress) -> Path:
            write(ctx, ids, path, progress=progress)
            return path

        self._tasks.run_long(self._panel, work, Progress(), lambda made: self._preview(made, title))

    def _preview(self, path: Path, title: str) -> None:
        PaperPreview(path, title, self._tasks, self._panel).open()
