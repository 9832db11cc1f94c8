"""Giving money: a price conceded before confirmation (让价), a refund after it (退款); above the authority, asking."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.i18n import N_, _
from app.money import exponent, format_money
from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.orders.giving import authority_left, concede_price, refund_order, refundable
from app.services.orders.rows import OrderDetail
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

Give = Callable[[Context, int, int, str, int], None]


@dataclass(frozen=True, slots=True)
class Giving:
    """One way of giving money, and the kind of proposal that it becomes."""

    kind: str
    title: str
    button: str
    there_is: str
    give: Give


CONCESSION = Giving(
    "concession", N_("Concede a price on {number}"), N_("Concede"), N_("payable now: {sum}"), concede_price
)
REFUND = Giving(
    "refund", N_("Refund on {number}"), N_("Note the refund"), N_("paid and not refunded: {sum}"), refund_order
)


class GiveDialog(StepDialog):
    """Asks how much and why; says as one types whether the post may, or the lead is asked."""

    def __init__(
        self, ctx: Context, tasks: Tasks, detail: OrderDetail, giving: Giving, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, _(giving.title).format(number=detail.row.number), _(giving.button), parent)
        self.setObjectName(f"{giving.kind}_dialog")
        self._ctx, self._detail, self._giving = ctx, detail, giving
        self._places = exponent(detail.row.currency)
        self._most, self._left = detail.amounts.payable, 0
        self.amount = QDoubleSpinBox()
        self.amount.setDecimals(self._places)
        self.reason = LineEdit()
        self.form.add("amount", _("Amount"), self.amount, " ")
        self.form.add("reason", _("Reason"), self.reason)
        self.lay_out(self.form)
        self.amount.valueChanged.connect(self._show_authority)
        self._show_limits((0, self._most))
        order = detail.row.id
        tasks.run(self, lambda: (authority_left(ctx, order), self._there_is(order)), self._show_limits)
        self.amount.setFocus()
        self.amount.selectAll()

    def _there_is(self, order: int) -> int:
        return refundable(self._ctx, order) if self._giving is REFUND else self._detail.amounts.payable

    def _show_limits(self, limits: tuple[int, int]) -> None:
        self._left, self._most = limits
        self.amount.setRange(0, self._most / 10**self._places)
        self._show_authority()

    def _minor(self) -> int:
        factor: int = 10**self._places
        return round(self.amount.value() * factor)

    def proposes(self) -> bool:
        """Whether what is typed is above the post's authority."""
        return self._minor() > self._left

    def _show_authority(self) -> None:
        currency = self._detail.row.currency
        told = [_(self._giving.there_is).format(sum=format_money(self._most, currency))]
        left = format_money(self._left, currency)
        if self.proposes():
            told.append(_("above your authority of {sum}: it is proposed").format(sum=left))
        else:
            told.append(_("your authority: {sum}").format(sum=left))
        self.form.set_hint("amount", _("; ").join(told))
        self.button.setText(_("Propose") if self.proposes() else _(self._giving.button))

    def work(self) -> Callable[[], object] | None:
        """The step or the proposal, in minor units."""
        minor, reason = self._minor(), self.reason.text().strip()
        if minor == 0:
            self.form.show_error("amount", _("How much?"))
            return None
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        ctx, row, giving = self._ctx, self._detail.row, self._giving
        if self.proposes():
            after = {"amount": minor, "reason": reason}
            return lambda: propose(ctx, ProposalDraft(giving.kind, row.id, row.number, after, reason))
        return lambda: giving.give(ctx, row.id, minor, reason, row.last_seq)
