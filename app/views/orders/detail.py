"""One order at the right of the window: the customer, the checks, the goods, what happened, and the next step."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import _, ngettext
from app.money import format_amount, format_money
from app.services.access import Context
from app.services.orders.detail import order_detail
from app.services.orders.rows import Amounts, Line, OrderDetail, Person
from app.services.orders.words import (
    channel_word,
    check_word,
    field_word,
    finding_sentence,
    happening_sentence,
    state_word,
)
from app.views.changes import Changes
from app.views.orders.columns import mask_phone
from app.views.orders.delegate import STATE_KINDS
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_1, GAP_2, GAP_3, Kind
from app.views.widgets.buttons import ActionButton, icon_button, new_action
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import card, label
from app.views.widgets.pill import Pill
from app.views.widgets.timeline import CheckList, Timeline

HOLDING = frozenset({"payment", "floor"})
STANDS, ORDERED, CHANGED = range(3)
WIDTH = 371


class OrderDetailPanel(Panel):
    """Shows the order that is selected in the list; `next_step_wanted` asks the list's panel for its button."""

    watches: ClassVar[frozenset[str]] = frozenset({"orders", "personal", "customers"})

    shown = Signal(object)  # OrderDetail

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._order: int | None = None
        self._detail: OrderDetail | None = None
        self._side = STANDS
        self._next: ActionButton | None = None
        self.setMinimumWidth(WIDTH)
        self._copy = new_action(self, _("Copy order"), self._on_copy, "content-copy", "Ctrl+Shift+C")
        self._build()

    def _build(self) -> None:
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        self._column.setSpacing(GAP_2)
        self._head()
        self._customer_card()
        self._checks_title = label(_("Checks"), "caption")
        self._checks = CheckList()
        self._goods_head()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP_2)
        for part in (self._checks_title, self._checks):
            self._column.addWidget(part)
        self._column.addLayout(self._goods_bar)
        self._column.addLayout(self._lines)
        self._column.addWidget(label(_("History"), "caption"))
        self._timeline = Timeline()
        self._column.addWidget(self._timeline)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        for ground in (self._body, self._scroll.viewport()):
            ground.setAutoFillBackground(False)  # the panel's own ground shows through
        self._empty = EmptyState("clipboard-text-outline", _("Choose an order in the list."))
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_3)
        self._foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(self._foot)
        self._scroll.hide()

    def _head(self) -> None:
        self._number = label("", "heading", selectable=True)
        self._state, self._held = Pill(), Pill()
        self._told = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        for part in (self._number, self._state, self._held):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(icon_button(self._copy))
        self._column.addLayout(row)
        self._column.addWidget(self._told)

    def _customer_card(self) -> None:
        self._name = label("", "heading", selectable=True)
        self._known = Pill()
        self._phone = label("", selectable=True)
        self._address = label("", wrap=True, selectable=True)
        self._remarks = label("", "strong", wrap=True, selectable=True)
        self._before = label("", "small", wrap=True)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        inside.setSpacing(GAP_1)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self._name)
        row.addWidget(self._known)
        row.addStretch(1)
        row.addWidget(self._phone)
        inside.addLayout(row)
        for part in (self._address, self._remarks, self._before):
            inside.addWidget(part)
        self._column.addWidget(frame)

    def _goods_head(self) -> None:
        self._goods_bar = QHBoxLayout()
        self._goods_bar.setSpacing(GAP_1)
        self._goods_bar.addWidget(label(_("Goods"), "caption"))
        self._goods_bar.addStretch(1)
        group = QButtonGroup(self)
        for side, text in ((STANDS, _("As it stands")), (ORDERED, _("As ordered")), (CHANGED, _("What changed"))):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setChecked(side == STANDS)
            button.setProperty("kind", "link")
            button.setAutoDefault(False)
            group.addButton(button, side)
            self._goods_bar.addWidget(button)
        group.idClicked.connect(self._on_side_clicked)

    def show_order(self, order_id: int | None) -> None:
        """Show another order, or none."""
        if order_id != self._order:
            self._order = order_id
            self.refresh()

    def set_next_step(self, button: ActionButton | None) -> None:
        """Put the order's next step at its place, below at the right."""
        if self._next is not None:
            self._foot.removeWidget(self._next)
            self._next.hide()
            self._next.deleteLater()
        self._next = button
        if button is not None:
            self._foot.addWidget(button)

    def refresh(self) -> None:
        """Ask for the order again."""
        order, ctx = self._order, self.ctx
        if order is None:
            self._scroll.hide()
            self._empty.show()
            self.set_next_step(None)
        else:
            self.tasks.run(self, lambda: order_detail(ctx, order), self._show)

    def _show(self, detail: OrderDetail) -> None:
        if detail.row.id != self._order:
            return
        self._detail = detail
        self._empty.hide()
        self._scroll.show()
        self._show_head(detail)
        self._show_customer(detail)
        self._show_checks(detail)
        self._show_goods()
        self._timeline.set_rows([(_time(h.at), _happened(h.person, happening_sentence(h, detail.row.currency)))
                                 for h in detail.happenings])  # fmt: skip
        self.shown.emit(detail)

    def _show_head(self, detail: OrderDetail) -> None:
        row = detail.row
        self._number.setText(row.number)
        self._state.set(state_word(row.state), STATE_KINDS[row.state])
        self._held.set(_("Held") if row.held else "", Kind.DANGER)
        parts = [channel_word(row.channel), _("accepted {time}").format(time=_day_time(row.accepted_at))]
        if detail.due is not None:
            parts.append(_("to be contacted by {time}").format(time=_day_time(detail.due)))
        if row.claimer:
            parts.append(_("with {name}").format(name=row.claimer))
        self._told.setText(" · ".join(parts))

    def _show_customer(self, detail: OrderDetail) -> None:
        person, customer = detail.person, detail.customer
        self._name.setText(person.name or (_("Erased") if person.erased else "–"))
        others = customer.orders
        if customer.flagged:
            self._known.set(_("Flagged: {reason}").format(reason=customer.flagged), Kind.DANGER)
        elif others > 1:
            text = ngettext("Known · {count} order", "Known · {count} orders", others).format(count=others)
            self._known.set(text, Kind.OK)
        else:
            self._known.set(_("New customer"), Kind.INFO)
        self._phone.setText(person.phone)
        self._address.setText(person.full_address)
        remarks = [text for text in (person.message, person.remark, detail.office_remark) if text]
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        spent = _("{sum} in all").format(sum=format_money(customer.spent, customer.currency))
        self._before.setText(f"{person.buyer} · {spent}" if person.buyer else spent)

    def _show_checks(self, detail: OrderDetail) -> None:
        self._checks.set_rows(
            [
                (
                    (Kind.DANGER if check.code in HOLDING else Kind.WARN) if check.fired else Kind.OK,
                    check_word(check.code),
                    finding_sentence(check, detail.row.currency),
                )
                for check in detail.checks
            ]
        )

    def _on_side_clicked(self, side: int) -> None:
        self._side = side
        self._show_goods()

    def _show_goods(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        detail = self._detail
        if detail is None:
            return
        if self._side == CHANGED:
            self._lines.addWidget(label(_changes(detail), wrap=True, selectable=True))
        elif self._side == ORDERED:
            self._add_goods(detail.lines_as_ordered, detail.amounts_as_ordered, detail.person_as_ordered)
        else:
            self._add_goods(detail.lines, detail.amounts, None)

    def _add_goods(self, lines: tuple[Line, ...], amounts: Amounts, person: Person | None) -> None:
        for line in lines:
            self._lines.addWidget(_pair(f"{line.title} {line.variant}".strip(), _counted(line, amounts.currency)))
        if amounts.freight:
            self._lines.addWidget(_pair(_("Freight"), format_amount(amounts.freight, amounts.currency)))
        reduced = sum(line.amount for line in lines) + amounts.freight - amounts.payable
        if reduced:
            self._lines.addWidget(_pair(_("Discounts"), format_amount(-reduced, amounts.currency)))
        self._lines.addWidget(_pair(_("Total"), format_money(amounts.payable, amounts.currency), total=True))
        if person is not None:
            told = " · ".join(part for part in (person.name, mask_phone(person.phone), person.full_address) if part)
            self._lines.addWidget(label(told, "small", wrap=True, selectable=True))

    def _on_copy(self) -> None:
        detail = self._detail
        if detail is not None:
            person = detail.person
            lines = [f"{line.title} ×{line.quantity}" for line in detail.lines]
            told = [detail.row.number, f"{person.name} {person.phone}", person.full_address, *lines]
            QGuiApplication.clipboard().setText("\n".join(told))


def _counted(line: Line, currency: str) -> str:
    return f"×{line.quantity}   {format_money(line.price, currency)}"


def _pair(left: str, right: str, *, total: bool = False) -> QWidget:
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(label(left, "small" if total else "", wrap=True, selectable=True), 1)
    inside.addWidget(label(right, "heading" if total else "", selectable=True))
    return row


def _changes(detail: OrderDetail) -> str:
    if not detail.changes:
        return _("Nothing has changed since the order was made.")
    return "\n".join(
        _("{time} {person}: {field} “{before}” → “{after}” ({reason})").format(
            time=_day_time(change.at),
            person=change.person,
            field=field_word(change.field),
            before=change.before,
            after=change.after,
            reason=change.reason,
        )
        for change in detail.changes
    )


def _time(ms: int) -> str:
    return from_ms(ms).astimezone(OFFICE_ZONE).strftime("%H:%M:%S")


def _day_time(ms: int) -> str:
    return from_ms(ms).astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M")


def _happened(person: str, sentence: str) -> str:
    return f"{person} · {sentence}" if person else sentence
