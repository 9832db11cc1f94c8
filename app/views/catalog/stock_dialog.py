"""Booking stock by hand (出入库): what came, went back, was scrapped or corrected."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from app.i18n import N_, _
from app.models.stock import Movement
from app.services.access import Context
from app.services.catalog.rows import ProductDetail
from app.services.stock.movements import move_stock
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

MOST = 1_000_000
WORDS = {
    Movement.RECEIPT: N_("Receipt"),
    Movement.RETURN: N_("Return"),
    Movement.SCRAP: N_("Scrap"),
    Movement.CORRECTION: N_("Correction (may be negative)"),
    Movement.OPENING: N_("First stock"),
}


class StockDialog(StepDialog):
    """One movement of one article."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: ProductDetail, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Book stock of “{name}”").format(name=detail.row.name), _("Book"), parent)
        self.setObjectName("stock_dialog")
        self._ctx, self._detail = ctx, detail
        self.article, self.kind, self.quantity = QComboBox(), QComboBox(), QSpinBox()
        self.quantity.setRange(-MOST, MOST)
        self.reason = LineEdit()
        for one in detail.articles:
            self.article.addItem(f"{one.code} {one.name}".strip(), one.code)
        for kind, word in WORDS.items():
            self.kind.addItem(_(word), kind)
        self.form.add("article", _("Article"), self.article, " ")
        self.form.add("kind", _("What happened"), self.kind)
        self.form.add("quantity", _("Pieces"), self.quantity)
        self.form.add("reason", _("Remark or reason"), self.reason)
        self.lay_out(self.form)
        self.article.currentIndexChanged.connect(self._show_article)
        self._show_article()
        self.quantity.setFocus()
        self.quantity.selectAll()

    def _show_article(self) -> None:
        one = self._detail.articles[max(self.article.currentIndex(), 0)]
        left = "–" if one.available is None else f"{one.available:,}"
        told = _("on hand {on_hand}, available {available}").format(on_hand=f"{one.on_hand:,}", available=left)
        self.form.set_hint("article", told)

    def work(self) -> Callable[[], object] | None:
        """The movement."""
        quantity = self.quantity.value()
        if quantity == 0:
            self.form.show_error("quantity", _("How many?"))
            return None
        ctx, kind = self._ctx, Movement(self.kind.currentData())
        code, note = str(self.article.currentData()), self.reason.text().strip()
        return lambda: move_stock(ctx, kind, [(code, quantity)], note)
