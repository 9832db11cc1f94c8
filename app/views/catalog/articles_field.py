"""The articles (规格) of a product: the list of them, and below it the one under the keyboard to be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.money import exponent, format_amount, to_decimal
from app.services.catalog.draft import BarcodeDraft, VariantDraft
from app.services.catalog.products import ArticleChange
from app.services.catalog.rows import ArticleRow
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.buttons import new_action, plain_button
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column, ListTable

HIGHEST = 10_000_000
MOST_PACKED = 10_000
LIST_HEIGHT = 124


@dataclass(slots=True)
class ArticleEntry:
    """An article as it is being typed; `number` of one that is there already."""

    code: str = ""
    name: str = ""
    barcodes: str = ""
    shelf: str = ""
    pack_of: str = ""
    pack_size: int = 1
    cost: int | None = None
    price: int | None = None
    floor: int | None = None
    currency: str = "CNY"
    number: int | None = None
    seen: int = 0

    @classmethod
    def of(cls, row: ArticleRow) -> "ArticleEntry":
        """An article that is there."""
        scanned = " ".join(code if n == 1 else f"{code}×{n}" for code, n in row.barcodes)
        return cls(
            row.code, row.name, scanned, row.shelf, row.pack_of, row.pack_size, row.cost, row.price, row.floor,
            row.currency, row.id, row.last_seq,
        )  # fmt: skip

    def change(self) -> ArticleChange:
        """What is said of an article that is there."""
        codes = read_barcodes(self.barcodes) or []
        fields = {"name": self.name, "barcodes": [[c.code, c.multiplier] for c in codes], "shelf": self.shelf}
        return ArticleChange(self.number or 0, self.seen, fields, self.cost)

    def draft(self) -> VariantDraft:
        """A new article."""
        return VariantDraft(
            self.code, self.name, tuple(read_barcodes(self.barcodes) or ()), self.pack_of, self.pack_size,
            self.cost, self.price, self.floor, self.shelf,
        )  # fmt: skip


def _price(entry: ArticleEntry) -> str:
    return "–" if entry.price is None else format_amount(entry.price, entry.currency)


COLUMNS: tuple[Column[ArticleEntry], ...] = (
    Column(N_("Article code"), lambda one: one.code or "…"),
    Column(N_("Article"), lambda one: one.name),
    Column(N_("Pack"), lambda one: f"{one.pack_size} × {one.pack_of}" if one.pack_of else ""),
    Column(N_("Sale price"), _price, right=True),
)


class ArticlesField(QWidget):
    """Begins with the articles that are there, or with an empty one."""

    def __init__(self, rows: Sequence[ArticleRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = [ArticleEntry.of(row) for row in rows] or [ArticleEntry()]
        self._shown: ArticleEntry | None = None
        self.table: ListTable[ArticleEntry] = ListTable(COLUMNS, _("Articles"), 1)
        self.table.setFixedHeight(LIST_HEIGHT)
        self.form, self.right = Form(), Form()
        self.code, self.name, self.barcodes, self.shelf = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.pack_of, self.pack_size = QComboBox(), QSpinBox()
        self.cost, self.price, self.floor = _money(), _money(), _money()
        self._lay_out()
        self._refresh(0)
        self.table.chosen.connect(self._on_table_chosen)

    def _lay_out(self) -> None:
        self.pack_size.setRange(1, MOST_PACKED)
        for name, title, field in (
            ("code", _("Article code"), self.code),
            ("article", _("Article (as single bottle)"), self.name),
            ("barcodes", _("Barcodes, parted by blanks; a case as 690…×6"), self.barcodes),
            ("shelf", _("Shelf"), self.shelf),
        ):
            self.form.add(name, title, field)
        packs: tuple[tuple[str, str, QWidget], ...] = (
            ("pack_of", _("Pack of the article"), self.pack_of),
            ("pack_size", _("Pieces in a pack"), self.pack_size),
            ("cost", _("Cost"), self.cost),
            ("price", _("Sale price"), self.price),
            ("floor", _("Floor price"), self.floor),
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_3)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.form, 0, 0, top)
        for name, title, part in packs:
            self.right.add(name, title, part)
        grid.addWidget(self.right, 0, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._add = new_action(self, _("Another article"), self._on_add, "plus", "Ctrl+Shift+N")
        self._remove = new_action(self, _("Remove"), self._on_remove, "delete-outline")
        bar = QHBoxLayout()
        bar.setSpacing(GAP_2)
        for action in (self._add, self._remove):
            bar.addWidget(plain_button(action))
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(self.table)
        column.addLayout(bar)
        column.addLayout(grid)
        column.addStretch(1)

    def entries(self) -> list[ArticleEntry] | None:
        """What was typed; None after an error was shown beside its field."""
        self._keep()
        for place, one in enumerate(self._entries):
            wrong = self._wrong(one)
            if wrong is not None:
                self._refresh(place)
                self.form.show_error(*wrong)
                return None
        self._refresh(self._place())
        return list(self._entries)

    def show_error(self, field: str, code: str, text: str) -> None:
        """Say at its field what is wrong with a code or barcode, of the article that has it, and go there."""
        having = (place for place, one in enumerate(self._entries) if code in _codes(one, field))
        self._refresh(next(having, self._place()))
        self.form.show_error(field, text)

    def _wrong(self, one: ArticleEntry) -> tuple[str, str] | None:
        if not one.code:
            return "code", _("Give the article a code.")
        if read_barcodes(one.barcodes) is None:
            return "barcodes", _("Write them as 6901234567892, or 6901234567892×6 for a case.")
        return None

    def _place(self) -> int:
        return max(self.table.currentIndex().row(), 0)

    def _refresh(self, place: int) -> None:
        """Show the list again with the article at `place` in the form."""
        self._shown = None
        self.table.show_rows(list(self._entries))
        self.table.selectRow(place)
        self._show(self._entries[place])

    def _on_table_chosen(self) -> None:
        if self._shown is None:
            return
        self._keep()
        current = self.table.current_row()
        if current is not None and current is not self._shown:
            self._show(current)

    def _show(self, one: ArticleEntry) -> None:
        self._shown = one
        self.code.setText(one.code)
        self.code.setReadOnly(one.number is not None)
        self.name.setText(one.name)
        self.barcodes.setText(one.barcodes)
        self.shelf.setText(one.shelf)
        self.pack_of.clear()
        self.pack_of.addItem(_("no pack"), "")
        for other in self._entries:
            if other is not one and not other.pack_of and other.code:
                self.pack_of.addItem(f"{other.code} {other.name}".strip(), other.code)
        if one.pack_of and self.pack_of.findData(one.pack_of) < 0:
            self.pack_of.addItem(one.pack_of, one.pack_of)
        self.pack_of.setCurrentIndex(max(self.pack_of.findData(one.pack_of), 0))
        self.pack_size.setValue(one.pack_size)
        for box, minor in ((self.cost, one.cost), (self.price, one.price), (self.floor, one.floor)):
            box.setDecimals(exponent(one.currency))
            box.setSuffix("" if one.currency == "CNY" else f" {one.currency}")
            box.setValue(float(to_decimal(minor or 0, one.currency)))
        there = one.number is not None
        for field in (self.price, self.floor, self.pack_of, self.pack_size):
            field.setEnabled(not there)
        self.right.set_hint("price", _("a price is proposed with Ctrl+P") if there else "")
        self._remove.setEnabled(not there and len(self._entries) > 1)

    def _keep(self) -> None:
        one = self._shown
        if one is None:
            return
        one.code, one.name = self.code.text().strip(), self.name.text().strip()
        one.barcodes, one.shelf = self.barcodes.text().strip(), self.shelf.text().strip()
        one.pack_of = str(self.pack_of.currentData() or "")
        one.pack_size = self.pack_size.value() if one.pack_of else 1
        one.cost, one.price, one.floor = (_minor(box, one.currency) for box in (self.cost, self.price, self.floor))
        self.table.viewport().update()

    def _on_add(self) -> None:
        """Another article; what is the same of all is taken over, and a pack of the first is the usual one."""
        self._keep()
        first = self._entries[0]
        made = ArticleEntry(
            shelf=first.shelf, pack_of="" if first.pack_of else first.code, pack_size=6, currency=first.currency
        )
        self._entries.append(made)
        self._refresh(len(self._entries) - 1)
        self.code.setFocus()

    def _on_remove(self) -> None:
        if self._shown is not None and self._shown.number is None and len(self._entries) > 1:
            self._entries = [one for one in self._entries if one is not self._shown]
            self._refresh(0)


def read_barcodes(text: str) -> list[BarcodeDraft] | None:
    """The barcodes of a line; None where it cannot be read."""
    found = []
    for part in text.replace("，", " ").replace(",", " ").replace("*", "×").split():
        code, _times, count = part.partition("×")
        if not code.isascii() or not code.isalnum() or (count and not count.isdecimal()) or count == "0":
            return None
        found.append(BarcodeDraft(code, int(count) if count else 1))
    return found


def _codes(one: ArticleEntry, field: str) -> list[str]:
    return [one.code] if field == "code" else [bar.code for bar in read_barcodes(one.barcodes) or []]


def _money() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, HIGHEST)
    box.setSpecialValueText("–")
    return box


def _minor(box: QDoubleSpinBox, currency: str) -> int | None:
    factor: int = 10 ** exponent(currency)
    return round(box.value() * factor) or None
