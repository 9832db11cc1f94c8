"""One order at the right of the window: the customer, the checks, the goods, what happened, and the next step."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _
from app.money import format_money
from app.services.access import Context
from app.services.approvals.standing import Asked
from app.services.orders.detail import order_detail
from app.services.orders.rows import CheckResult, OrderDetail
from app.services.orders.words import channel_word, check_word, finding_sentence, happening_sentence, state_word
from app.services.people.names import post_word
from app.views.changes import Changes
from app.views.orders.cells import STATE_KINDS
from app.views.orders.customer_card import CustomerCard
from app.views.orders.goods_view import GoodsView
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.times import day_time, due_time, short_time
from app.views.widgets.buttons import ActionButton, icon_button, new_action, primary_button
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import label
from app.views.widgets.pill import Pill
from app.views.widgets.side import Side
from app.views.widgets.timeline import CheckList, Timeline

HOLDING = frozenset({"payment", "floor"})


class OrderDetailPanel(Panel):
    """Shows the order that is selected in the list; who puts the panels together says which step comes next."""

    watches: ClassVar[frozenset[str]] = frozenset({"orders", "personal", "customers", "proposals", "settings"})

    shown = Signal(object)  # OrderDetail

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._order: int | None = None
        self._detail: OrderDetail | None = None
        self._next: ActionButton | None = None
        self._copy = new_action(self, _("Copy order"), self._on_copy, "content-copy", "Ctrl+Shift+C")
        self._build_body()
        self._build_layout()

    def _build_body(self) -> None:
        self.customer, self.goods = CustomerCard(), GoodsView()
        self.checks, self.timeline = CheckList(), Timeline()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        column.setSpacing(GAP_2)
        column.addLayout(self._head())
        parts = (self._told, self._asked, self.customer, label(_("Checks"), "caption"), self.checks, self.goods)
        for part in (*parts, label(_("History"), "caption"), self.timeline):
            column.addWidget(part)
        column.addStretch(1)

    def _head(self) -> QHBoxLayout:
        self._number = label("", "heading", selectable=True)
        self._state, self._held = Pill(), Pill()
        self._told = label("", "small", wrap=True)
        self._asked = label("", "warn", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        for part in (self._number, self._state, self._held):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(icon_button(self._copy))
        return row

    def _build_layout(self) -> None:
        self._side = Side(
            self, self.strip, self._body, EmptyState("clipboard-text-outline", _("Choose an order in the list."))
        )
        self._side.foot.addStretch(1)

    def show_order(self, order_id: int | None) -> None:
        """Show another order, or none."""
        if order_id != self._order:
            self._order = order_id
            self.refresh()

    def set_next_step(self, step: QAction | None) -> None:
        """Put the order's next step at its place, below at the right; its key works while the button is seen."""
        if self._next is not None:
            self._side.foot.removeWidget(self._next)
            self._next.hide()
            self._next.deleteLater()
        self._next = None
        if step is not None:
            self._next = primary_button(step, show_key=True)
            self._next.addAction(step)
            self._side.foot.addWidget(self._next)

    def forget_shown(self) -> None:
        self._detail = None

    def refresh(self) -> None:
        """Ask for the order again."""
        order, ctx = self._order, self.ctx
        if order is None:
            self._detail = None
            self._side.set_chosen(chosen=False)
            self.set_next_step(None)
        else:
            self.tasks.run(self, lambda: order_detail(ctx, order), self._show)

    def _show(self, detail: OrderDetail) -> None:
        if detail.row.id != self._order or detail == self._detail:
            return  # nothing is taken away under somebody's eyes because a colleague worked on another order
        self._detail = detail
        self._side.set_chosen(chosen=True)
        self._show_head(detail)
        self.customer.show_detail(detail)
        self.checks.set_rows([_check(check, detail.row.currency) for check in detail.checks])
        self.goods.show_detail(detail, office_day(self.ctx.clock))
        self.timeline.set_rows(self._happenings(detail))
        self.shown.emit(detail)

    def _show_head(self, detail: OrderDetail) -> None:
        row, now = detail.row, self.ctx.clock.now()
        self._number.setText(row.number)
        self._state.set(state_word(row.state), STATE_KINDS[row.state])
        self._held.set(_("Held") if row.held else "", Kind.DANGER)
        parts = [channel_word(row.channel), _("accepted {time}").format(time=day_time(row.accepted_at, now))]
        if detail.due is not None:
            parts.append(_("to be contacted by {time}").format(time=due_time(detail.due, now)))
        if row.claimer:
            parts.append(_("with {name}").format(name=row.claimer))
        self._told.setText(" · ".join(parts))
        self._asked.setText("\n".join(map(_asked, detail.asked)))
        self._asked.setVisible(bool(detail.asked))

    def _happenings(self, detail: OrderDetail) -> list[tuple[str, str]]:
        now, currency = self.ctx.clock.now(), detail.row.currency
        return [
            (short_time(h.at, now), _happened(h.person, happening_sentence(h, currency))) for h in detail.happenings
        ]

    def _on_copy(self) -> None:
        detail = self._detail
        if detail is not None:
            person = detail.person
            lines = [f"{line.title} ×{line.quantity}" for line in detail.lines]
            told = [detail.row.number, f"{person.name} {person.phone}", person.full_address, *lines]
            QGuiApplication.clipboard().setText("\n".join(told))


def _check(check: CheckResult, currency: str) -> tuple[Kind, str, str]:
    fired = Kind.DANGER if check.code in HOLDING else Kind.WARN
    return fired if check.fired else Kind.OK, check_word(check.code), finding_sentence(check, currency)


def _asked(one: Asked) -> str:
    what = one.word if one.amount is None else f"{one.word} {format_money(one.amount, one.currency)}"
    said = _("{what} is proposed by {name} and waits for: {post}")
    return said.format(what=what, name=one.name, post=post_word(one.waits_for))


def _happened(person: str, sentence: str) -> str:
    return f"{person} · {sentence}" if person else sentence
