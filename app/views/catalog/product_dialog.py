"""Entering and changing a product with its first article (rule P1); doubles are warned of as one saves."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QPlainTextEdit, QSpinBox, QWidget

from app.i18n import _
from app.money import exponent
from app.services.access import Context
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.duplicates import LooksDoubledError, look_alikes
from app.services.catalog.products import ProductChange, add_product, save_product
from app.services.catalog.rows import ProductDetail
from app.views.tasks import Tasks
from app.views.theme import GAP_4, Kind
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

HIGHEST = 10_000_000
LINES = ("name", "brand", "kind", "origin", "supplier")


class ProductDialog(StepDialog):
    """All fields of a product and of its first article; a price of what is there is proposed, not typed here."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: ProductDetail | None, parent: QWidget | None = None) -> None:
        title = _("New product") if detail is None else _("Change “{name}”").format(name=detail.row.name)
        super().__init__(tasks, title, _("Save"), parent)
        self.setObjectName("product_dialog")
        self.setMinimumWidth(720)
        self._ctx, self._detail = ctx, detail
        self._warned = False
        self.lines = {name: LineEdit() for name in LINES}
        self.degree, self.volume = QDoubleSpinBox(), QSpinBox()
        self.lead = QCheckBox(_("Lead product"))
        self.text = QPlainTextEdit()
        self.code, self.article, self.barcodes, self.shelf = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.cost, self.price = QDoubleSpinBox(), QDoubleSpinBox()
        self._right = Form()
        self._lay_out()
        if detail is not None:
            self._fill(detail)
        self.lines["name"].setFocus()

    def _lay_out(self) -> None:
        words = {
            "name": _("Product name"), "brand": _("Brand"), "kind": _("Class"), "origin": _("Origin"),
            "supplier": _("Supplier"),
        }  # fmt: skip
        for name, field in self.lines.items():
            self.form.add(name, words[name], field)
        self.degree.setRange(0, 100)
        self.degree.setDecimals(1)
        self.volume.setRange(0, 1_000_000)
        for box in (self.degree, self.volume):
            box.setSpecialValueText("–")
        self.form.add("degree", _("Degree (% vol)"), self.degree)
        self.form.add("volume", _("Volume (ml)"), self.volume)
        self.form.add_plain(self.lead)
        for box in (self.cost, self.price):
            box.setDecimals(exponent("CNY"))
            box.setRange(0, HIGHEST)
            box.setSpecialValueText("–")
        self.text.setFixedHeight(96)
        self.text.setTabChangesFocus(True)
        right: tuple[tuple[str, str, QWidget], ...] = (
            ("code", _("Article code"), self.code),
            ("article", _("Article (as single bottle)"), self.article),
            ("barcodes", _("Barcodes, parted by blanks; a case as 690…×6"), self.barcodes),
            ("shelf", _("Shelf"), self.shelf),
            ("cost", _("Cost"), self.cost),
            ("price", _("Sale price"), self.price),
            ("text", _("Text for all channels"), self.text),
        )
        for name, word, part in right:
            self._right.add(name, word, part)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        columns.addWidget(self.form, 1)
        columns.addWidget(self._right, 1)
        self.lay_out(columns)

    def _fill(self, detail: ProductDetail) -> None:
        row, first = detail.row, detail.articles[0]
        said = {"name": row.name, "brand": row.brand, "kind": row.kind, "origin": detail.origin}
        for name, text in (said | {"supplier": detail.supplier}).items():
            self.lines[name].setText(text)
        self.degree.setValue((detail.degree or 0) / 10)
        self.volume.setValue(detail.volume or 0)
        self.lead.setChecked(row.lead)
        self.text.setPlainText(detail.texts.get("", ""))
        self.code.setText(first.code)
        self.code.setReadOnly(True)
        self.article.setText(first.name)
        self.barcodes.setText(" ".join(code if n == 1 else f"{code}×{n}" for code, n in first.barcodes))
        self.shelf.setText(first.shelf)
        places = 10 ** exponent(first.currency)
        self.cost.setValue((first.cost or 0) / places)
        self.price.setValue((first.price or 0) / places)
        self.price.setEnabled(False)
        self._right.set_hint("price", _("a price is proposed with Ctrl+P"))

    def work(self) -> Callable[[], object] | None:
        """Save what was typed; a product that looks like another one is saved at the second press."""
        if not self.lines["name"].text().strip():
            self.form.show_error("name", _("Give the product a name."))
            return None
        if not self.code.text().strip():
            self._right.show_error("code", _("Give the article a code."))
            return None
        codes = _barcodes(self.barcodes.text())
        if codes is None:
            self._right.show_error("barcodes", _("Write them as 6901234567892, or 6901234567892×6 for a case."))
            return None
        ctx, detail = self._ctx, self._detail
        if detail is not None:
            change = self._change(detail, codes)
            return lambda: save_product(ctx, change)
        draft = self._draft(codes)
        if self._warned:
            return lambda: add_product(ctx, draft)
        return lambda: self._add_or_warn(draft)

    def _add_or_warn(self, draft: ProductDraft) -> None:
        found = look_alikes(self._ctx, draft)
        if found:
            raise LooksDoubledError(name=found[0].name)
        add_product(self._ctx, draft)

    def refuse(self, error: Exception) -> None:
        """A double is warned of once."""
        if isinstance(error, LooksDoubledError):
            self._warned = True
            self.button.setEnabled(True)
            self.strip.show_message(str(error), Kind.WARN)
            return
        super().refuse(error)

    def _change(self, detail: ProductDetail, codes: list[BarcodeDraft]) -> ProductChange:
        first = detail.articles[0]
        return ProductChange(
            detail.row.id, detail.last_seq, self._product_changes(),
            first.id, first.last_seq, self._article_changes(codes), self._cost(),
        )  # fmt: skip

    def _cost(self) -> int | None:
        return round(self.cost.value() * 10 ** exponent("CNY")) or None

    def _draft(self, codes: list[BarcodeDraft]) -> ProductDraft:
        price = round(self.price.value() * 10 ** exponent("CNY")) or None
        article = VariantDraft(
            self.code.text().strip(), self.article.text().strip(), tuple(codes), cost=self._cost(), price=price,
            shelf=self.shelf.text().strip(),
        )  # fmt: skip
        changes = self._product_changes()
        changes["lead"] = bool(changes["lead"])
        return ProductDraft(**changes, variants=(article,))

    def _product_changes(self) -> dict[str, Any]:
        said: dict[str, Any] = {name: field.text().strip() for name, field in self.lines.items()}
        kept = {} if self._detail is None else {c: t for c, t in self._detail.texts.items() if c}
        text = self.text.toPlainText().strip()
        return said | {
            "degree": round(self.degree.value() * 10) or None,
            "volume": self.volume.value() or None,
            "lead": int(self.lead.isChecked()),
            "texts": kept | ({"": text} if text else {}),
        }

    def _article_changes(self, codes: list[BarcodeDraft]) -> dict[str, Any]:
        return {
            "name": self.article.text().strip(),
            "barcodes": [[one.code, one.multiplier] for one in codes],
            "shelf": self.shelf.text().strip(),
        }


def _barcodes(text: str) -> list[BarcodeDraft] | None:
    """The barcodes of a line; None where it cannot be read."""
    found = []
    for part in text.replace("，", " ").replace(",", " ").replace("*", "×").split():
        code, _times, count = part.partition("×")
        if not code.isascii() or not code.isalnum() or (count and not count.isdecimal()) or count == "0":
            return None
        found.append(BarcodeDraft(code, int(count) if count else 1))
    return found
