"""The card of an order's customer: who it is, how to reach them, where the goods go, what they asked for."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import _
from app.money import format_money
from app.services.orders.rows import CustomerSummary, OrderDetail
from app.views.icons import icon
from app.views.orders.columns import mask_phone
from app.views.theme import GAP_1, GAP_2, GAP_3, Kind
from app.views.widgets.labels import label
from app.views.widgets.pill import Pill

PHONE_ICON = QSize(14, 14)


class CustomerCard(QFrame):
    """Shows what an OrderDetail says of its customer; the phone is masked until it is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._number = ""
        self._name = label("", "heading", wrap=True, selectable=True)
        self._known = Pill()
        self.phone = QPushButton(icon("phone"), "")
        self.phone.setIconSize(PHONE_ICON)
        self.phone.setAutoDefault(False)
        self.phone.setToolTip(_("Show the number and copy it"))
        self.phone.clicked.connect(self._on_phone_clicked)
        self._address = label("", wrap=True, selectable=True)
        self._flag = label("", "danger", wrap=True, selectable=True)
        self._remarks = label("", "strong", wrap=True, selectable=True)
        self._before = label("", "small", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        inside.setSpacing(GAP_1)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self._name)
        row.addWidget(self._known)
        row.addStretch(1)
        row.addWidget(self.phone)
        inside.addLayout(row)
        for part in (self._flag, self._address, self._remarks, self._before):
            inside.addWidget(part)

    def show_detail(self, detail: OrderDetail) -> None:
        """Show another order's customer."""
        person, customer = detail.person, detail.customer
        self._name.setText(person.name or (_("Erased") if person.erased else "–"))
        self._known.set(*_known(customer))
        self._flag.setText(_("Flagged: {reason}").format(reason=customer.flagged))
        self._flag.setVisible(bool(customer.flagged))
        self._number = person.phone
        self._show_phone(mask_phone(person.phone))
        self._address.setText(person.full_address)
        remarks = [text for text in (person.message, person.remark, detail.office_remark) if text]
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        spent = _("{sum} in all").format(sum=format_money(customer.spent, customer.currency))
        self._before.setText(f"{person.buyer} · {spent}" if person.buyer else spent)

    def _show_phone(self, text: str) -> None:
        self.phone.setText(text)
        self.phone.setVisible(bool(text))
        self.phone.setAccessibleName(_("Phone {number}").format(number=text))

    def _on_phone_clicked(self) -> None:
        self._show_phone(self._number)
        QGuiApplication.clipboard().setText(self._number)


def _known(customer: CustomerSummary) -> tuple[str, Kind]:
    if customer.flagged:
        return _("Bad customer"), Kind.DANGER
    if customer.orders > 1:
        return _("Known · {count}").format(count=customer.orders), Kind.OK  # short, so that the name beside it has room
    return _("New customer"), Kind.INFO
