"""The mapping of an unknown list of products."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from app.services.catalog.files.mapping import Mapping, suggest_mapping
from app.services.catalog.files.saved import keep
from app.views.widgets.column_dialog import (
    CURRENCIES,
    ColumnDialog,
    FieldLine,
    UnknownTable,
    combo_of,
    settings_row,
)
from app.views.widgets.line_edit import LineEdit

WORDS = {
    "name": N_("Product name"),
    "code": N_("Article code"),
    "barcode": N_("Barcode"),
    "variant": N_("Article (as single bottle)"),
    "brand": N_("Brand"),
    "kind": N_("Class"),
    "origin": N_("Origin"),
    "degree": N_("Degree (% vol)"),
    "volume": N_("Volume (ml)"),
    "price": N_("Sale price"),
    "cost": N_("Cost"),
    "floor": N_("Floor price"),
    "supplier": N_("Supplier"),
    "shelf": N_("Shelf"),
    "stock": N_("On hand"),
    "pack_of": N_("Pack of the article"),
    "pack_size": N_("Pieces in a pack"),
    "case_barcode": N_("Barcode of the case"),
    "case_size": N_("Pieces in a case"),
    "listed": N_("On sale"),
    "lead": N_("Lead product"),
    "text": N_("Texts"),
    "product": N_("Product that several rows belong to"),
}
NEEDED = frozenset({"name", "code"})


class ProductMappingDialog(ColumnDialog):
    """Columns of products; a barcode does as the code where there is no other."""

    def __init__(self, table: UnknownTable, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(table, parent)
        self._folder = folder
        suggested = suggest_mapping(table.headers, table.rows, table.name)
        self.name, self.channel = LineEdit(suggested.name), LineEdit(suggested.channel)
        self.currency = combo_of(CURRENCIES)
        self.currency.setCurrentText(suggested.currency)
        settings = settings_row(
            ("name", _("Name of the mapping"), self.name),
            ("channel", _("Channel of the texts (empty: all)"), self.channel),
            ("currency", _("Currency"), self.currency),
        )
        fields = [FieldLine(name, _(word), name in NEEDED) for name, word in WORDS.items()]
        advice = _("A product cannot do without what is in bold; the barcode serves where there is no code.")
        self.lay_out(advice, [settings], fields, suggested.columns)

    def keep(self) -> Mapping:
        """Save what the dialog says; raises ProductMappingError where it cannot work."""
        name, channel = self.name.text().strip(), self.channel.text().strip()
        made = Mapping(name, self.chosen(), self.currency.currentText(), channel)
        keep(self._folder, made)
        return made
