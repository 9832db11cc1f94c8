"""Proposing a price (调价, rule P2): what it is, what it would be, the margin as one types, from when, why."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.i18n import _, ngettext
from app.money import exponent, format_money
from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.effects import margin_text
from app.services.catalog.rows import ArticleRow, ProductDetail
from app.views.catalog.comparison import Comparison
from app.views.catalog.effect_time import EffectTime
from app.views.tasks import Tasks
from app.views.theme import GAP_4
from app.views.widgets.attachments import keep_all
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

HIGHEST = 10_000_000
WIDTH = 820


class PriceDialog(StepDialog):
    """One article's price and floor."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: ProductDetail, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Propose a price for “{name}”").format(name=detail.row.name), _("Propose"), parent)
        self.setObjectName("price_dialog")
        self._ctx, self._detail = ctx, detail
        self._files: list[Path] = []
        self._places = exponent(detail.row.currency)
        self.article = QComboBox()
        for one in detail.articles:
            self.article.addItem(f"{one.code} {one.name}".strip(), one.id)
        self.price, self.floor = self._money(), self._money()
        self.reason = LineEdit()
        self.attach = QPushButton(_("Attach competitors' prices…"))
        self.attach.setAutoDefault(False)
        self.comparison = Comparison(ctx, tasks, detail.row.name)
        least_width(self, WIDTH)
        self._lay_out()
        self._show_article()

    def _money(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setDecimals(self._places)
        box.setRange(0, HIGHEST)
        return box

    def _lay_out(self) -> None:
        self.form.add("article", _("Article"), self.article)
        self.form.add("price", _("New price"), self.price, " ")
        self.form.add("floor", _("Floor price (0: none)"), self.floor)
        self.effect = EffectTime(self.form, self._ctx.clock.now())
        self.form.add("reason", _("Reason, with the comparison of competitors"), self.reason)
        self.form.add_plain(self.attach)
        self.article.currentIndexChanged.connect(self._show_article)
        self.price.valueChanged.connect(self._show_margin)
        self.attach.clicked.connect(self._on_attach)
        self.comparison.told.connect(self._on_compared)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        columns.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self.comparison, 1)
        self.lay_out(columns)
        self.price.setFocus()

    def _current(self) -> ArticleRow:
        return self._detail.articles[max(self.article.currentIndex(), 0)]

    def _show_article(self) -> None:
        one = self._current()
        self.price.setValue((one.price or 0) / 10**self._places)
        self.floor.setValue((one.floor or 0) / 10**self._places)
        self.price.selectAll()
        self._show_margin()
        self.comparison.show_article(one.code, one.currency)

    def _show_margin(self) -> None:
        one, price = self._current(), self._minor(self.price)
        now = "–" if one.price is None else format_money(one.price, one.currency)
        stands = margin_text({"price": one.price, "cost": one.cost})
        would = margin_text({"price": price, "cost": one.cost})
        told = _("now {price}; margin {before} → {after}").format(price=now, before=stands, after=would)
        self.form.set_hint("price", told)
        if one.cost is not None and 0 < price < one.cost:
            cost = format_money(one.cost, one.currency)
            warning = _("below the cost {cost}: each one sold loses money").format(cost=cost)
            self.form.show_error("price", f"{told}\n{warning}", go=False)
        self.comparison.set_price(price)

    def _on_compared(self, told: str) -> None:
        """The comparison is the usual reason; who has another writes it over."""
        if not self.reason.text().strip():
            self.reason.setText(told)

    def _minor(self, box: QDoubleSpinBox) -> int:
        factor: int = 10**self._places
        return round(box.value() * factor)

    def _on_attach(self) -> None:
        dialog = QFileDialog(self, _("Attach competitors' prices"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Pictures and PDF (*.png *.jpg *.jpeg *.webp *.pdf)"))
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    def _on_files(self, names: list[str]) -> None:
        self._files = [Path(name) for name in names]
        count = len(self._files)
        self.attach.setText(ngettext("{count} file attached", "{count} files attached", count).format(count=count))

    def work(self) -> Callable[[], object] | None:
        """The proposal; a warning that stands at the price stays there."""
        self._show_margin()
        reason, one, files = self.reason.text().strip(), self._current(), list(self._files)
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        price, floor = self._minor(self.price), self._minor(self.floor) or None
        if price == 0:
            self.form.show_error("price", _("Give a price."))
            return None
        after = {"price": price} | ({"floor": floor} if floor != one.floor else {})
        ctx, title, moment = self._ctx, self._detail.row.name, self.effect.chosen()

        def step() -> None:
            propose(ctx, ProposalDraft("price", one.id, title, after, reason, moment, keep_all(ctx, files)))

        return step
