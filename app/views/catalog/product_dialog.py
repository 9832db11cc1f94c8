"""Entering and changing a product with its articles, texts and pictures (rule P1); doubles are warned of."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QDoubleSpinBox, QHBoxLayout, QSpinBox, QTabWidget, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.catalog.check import BarcodeTakenError, CodeTakenError
from app.services.catalog.draft import ProductDraft
from app.services.catalog.duplicates import LooksDoubledError, look_alikes
from app.services.catalog.gtin import CheckDigitError
from app.services.catalog.naming import read_brand, read_name
from app.services.catalog.products import ProductChange, add_product, save_product
from app.services.catalog.queue import choices
from app.services.catalog.rows import ProductDetail
from app.views.catalog.articles_field import ArticlesField
from app.views.catalog.pictures_field import PicturesField
from app.views.catalog.texts_field import TextsField
from app.views.tasks import Tasks
from app.views.theme import GAP_4, Kind
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

LINES = ("name", "brand", "kind", "origin", "supplier")
WIDTH = 880


class ProductDialog(StepDialog):
    """All fields of a product; a price of what is there is proposed, not typed here."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: ProductDetail | None, parent: QWidget | None = None) -> None:
        title = _("New product") if detail is None else _("Change “{name}”").format(name=detail.row.name)
        super().__init__(tasks, title, _("Save"), parent)
        self.setObjectName("product_dialog")
        least_width(self, WIDTH)
        self._ctx, self._detail = ctx, detail
        self._warned = False
        self._brands: tuple[str, ...] = ()
        self.lines = {name: LineEdit() for name in LINES}
        self.degree, self.volume = QDoubleSpinBox(), QSpinBox()
        self.lead = QCheckBox(_("Lead product"))
        self.articles = ArticlesField(() if detail is None else detail.articles)
        self.texts = TextsField({} if detail is None else detail.texts)
        self.pictures = PicturesField(ctx, tasks, () if detail is None else detail.pictures)
        self.pictures.refused.connect(lambda text: self.strip.show_message(text, Kind.DANGER))
        self._lay_out()
        if detail is not None:
            self._fill(detail)
        self.lines["name"].editingFinished.connect(self._read_name)
        tasks.read(self, lambda: choices(ctx), self._offer)
        self.lines["name"].setFocus()

    def _offer(self, known: Mapping[str, Sequence[str]]) -> None:
        """Offer the words that the office uses already, so that one brand is not written in two ways."""
        self._brands = tuple(known["brand"])
        for name, words in known.items():
            completer = QCompleter(list(words), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.lines[name].setCompleter(completer)

    def _read_name(self) -> None:
        """Fill in what the name tells (53° 500ml), as far as nothing was typed there."""
        name = self.lines["name"].text()
        facts = read_name(name)
        if not self.degree.value() and facts.degree:
            self.degree.setValue(facts.degree / 10)
        if not self.volume.value() and facts.volume:
            self.volume.setValue(facts.volume)
        if not self.lines["brand"].text():
            self.lines["brand"].setText(read_brand(name, self._brands))

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
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part, word in (
            (self.articles, _("Articles")), (self.texts, _("Texts")), (self.pictures, _("Pictures")),
        ):  # fmt: skip
            self.tabs.addTab(part, word)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        columns.addWidget(self.form, 2, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self.tabs, 3)
        self.lay_out(columns)

    def _fill(self, detail: ProductDetail) -> None:
        row = detail.row
        said = {"name": row.name, "brand": row.brand, "kind": row.kind, "origin": detail.origin}
        for name, text in (said | {"supplier": detail.supplier}).items():
            self.lines[name].setText(text)
        self.degree.setValue((detail.degree or 0) / 10)
        self.volume.setValue(detail.volume or 0)
        self.lead.setChecked(row.lead)

    def work(self) -> Callable[[], object] | None:
        """Save what was typed; a product that looks like another one is saved at the second press."""
        if not self.lines["name"].text().strip():
            self.form.show_error("name", _("Give the product a name."))
            return None
        entries = self.articles.entries()
        if entries is None:
            self.tabs.setCurrentWidget(self.articles)
            return None
        ctx, detail, fields = self._ctx, self._detail, self._fields()
        if detail is not None:
            there = tuple(one.change() for one in entries if one.number is not None)
            added = tuple(one.draft() for one in entries if one.number is None)
            change = ProductChange(detail.row.id, detail.last_seq, fields, there, added)
            return lambda: save_product(ctx, change)
        pictures = tuple(fields.pop("pictures"))
        fields["lead"] = bool(fields["lead"])
        draft = ProductDraft(**fields, pictures=pictures, variants=tuple(one.draft() for one in entries))
        if self._warned:
            return lambda: add_product(ctx, draft)
        return lambda: self._add_or_warn(draft)

    def _add_or_warn(self, draft: ProductDraft) -> None:
        found = look_alikes(self._ctx, draft)
        if found:
            raise LooksDoubledError(name=found[0].name)
        add_product(self._ctx, draft)

    def refuse(self, error: Exception) -> None:
        """A double is warned of once; what is wrong with a code is said at its field."""
        if isinstance(error, LooksDoubledError):
            self._warned = True
            self.button.setEnabled(True)
            self.strip.show_message(str(error), Kind.WARN)
            return
        super().refuse(error)
        if isinstance(error, CheckDigitError | BarcodeTakenError | CodeTakenError):
            self.tabs.setCurrentWidget(self.articles)
            field = "code" if isinstance(error, CodeTakenError) else "barcodes"
            self.articles.show_error(field, str(error.params["code"]), str(error))

    def _fields(self) -> dict[str, Any]:
        said: dict[str, Any] = {name: field.text().strip() for name, field in self.lines.items()}
        return said | {
            "degree": round(self.degree.value() * 10) or None,
            "volume": self.volume.value() or None,
            "lead": int(self.lead.isChecked()),
            "texts": self.texts.texts(),
            "pictures": self.pictures.digests(),
        }
