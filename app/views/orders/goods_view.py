"""The goods of an order: as it stands, as it was ordered, and what changed in between."""

from datetime import date

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.clock import exact_moment
from app.i18n import _
from app.money import format_amount, format_money
from app.services.orders.rows import Amounts, Change, Line, OrderDetail, Person
from app.services.orders.words import field_word
from app.views.orders.columns import mask_phone
from app.views.theme import GAP_1, GAP_2
from app.views.widgets.labels import label

STANDS, ORDERED, CHANGED = range(3)


class GoodsView(QWidget):
    """Lines and total with a switch between the three sides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[OrderDetail, date] | None = None  # and the day on which it is looked at
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addLayout(self._head())
        column.addLayout(self._lines)

    def _head(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(GAP_1)
        bar.addWidget(label(_("Goods"), "caption"))
        bar.addStretch(1)
        self.sides = QButtonGroup(self)
        for side, text in ((STANDS, _("As it stands")), (ORDERED, _("As ordered")), (CHANGED, _("What changed"))):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setChecked(side == STANDS)
            button.setProperty("kind", "link")
            button.setAutoDefault(False)
            button.setAccessibleName(_("Goods: {side}").format(side=text))
            self.sides.addButton(button, side)
            bar.addWidget(button)
        self.sides.idToggled.connect(self._on_side_toggled)
        return bar

    def show_detail(self, detail: OrderDetail, today: date) -> None:
        """Show another order's goods; the switch appears once there is something to switch to."""
        self._shown = detail, today
        if not detail.changes:
            self.sides.button(STANDS).setChecked(True)
        for button in self.sides.buttons():
            button.setVisible(bool(detail.changes))
        self._show()

    def _on_side_toggled(self, _side: int, checked: bool) -> None:
        if checked:
            self._show()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._shown is None:
            return
        (detail, today), side = self._shown, self.sides.checkedId()
        if side == CHANGED:
            for change in detail.changes:
                self._lines.addWidget(label(change_sentence(change, today), wrap=True, selectable=True))
        elif side == ORDERED:
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


def change_sentence(change: Change, today: date) -> str:
    """What one amendment did to one field, by whom and why."""
    return _("{time} {person}: {field} “{before}” → “{after}” ({reason})").format(
        time=exact_moment(change.at, today),
        person=change.person,
        field=field_word(change.field),
        before=change.before,
        after=change.after,
        reason=change.reason,
    )


def _counted(line: Line, currency: str) -> str:
    return f"×{line.quantity}   {format_money(line.price, currency)}"


def _pair(left: str, right: str, *, total: bool = False) -> QWidget:
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(label(left, "small" if total else "", wrap=True, selectable=True), 1)
    inside.addWidget(label(right, "heading" if total else "", selectable=True))
    return row
