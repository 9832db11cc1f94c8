"""The mapping of an unknown file of orders."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import N_, _
from app.services.intake.mapping import Mapping, check_mapping, save_mapping, suggest_mapping
from app.services.intake.saved_mappings import keep_in
from app.services.orders.words import field_word
from app.views.widgets.column_dialog import (
    CURRENCIES,
    ColumnDialog,
    FieldLine,
    UnknownTable,
    combo_of,
    settings_row,
)
from app.views.widgets.line_edit import LineEdit

# In the order in which somebody would look for them; the first ones are what an order cannot do without.
FIELDS = (
    "source_number", "line.title", "line.quantity", "line.price", "placed_at", "payable", "paid", "freight", "discount",
    "person.name", "person.phone", "person.province", "person.city", "person.district", "person.address",
    "person.postcode", "person.buyer", "person.message", "person.remark", "line.sku", "line.variant", "line.amount",
    "paid_at", "currency", "shop", "waybill", "carrier", "state",
)  # fmt: skip
NEEDED = frozenset(FIELDS[:3])
WORDS = {
    "source_number": N_("Platform number"),
    "title": N_("Goods"),
    "quantity": N_("Quantity"),
    "price": N_("Unit price"),
    "sku": N_("Goods number"),
    "variant": N_("Variant"),
    "amount": N_("Line amount"),
    "currency": N_("Currency"),
    "state": N_("State on the platform"),
}
ZONES = ("Asia/Shanghai", "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles")


class MappingDialog(ColumnDialog):
    """Columns of orders, with channel, currency and time zone of the platform."""

    def __init__(self, table: UnknownTable, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(table, parent)
        self._folder = folder
        self._suggested = suggest_mapping(table.headers, table.rows, table.name)
        self.name, self.channel = LineEdit(self._suggested.name or table.name), LineEdit(self._suggested.channel)
        self.currency, self.zone = combo_of(CURRENCIES), combo_of(ZONES)
        self.currency.setCurrentText(self._suggested.currency)
        self.zone.setCurrentText(self._suggested.timezone)
        self.history = QCheckBox(_("Orders of the past: accept them without a clock"))
        self.history.setChecked(self._suggested.history)
        settings = settings_row(
            ("name", _("Name of the mapping"), self.name),
            ("channel", _("Channel (small letters)"), self.channel),
            ("currency", _("Currency"), self.currency),
            ("zone", _("Time zone"), self.zone),
        )
        fields = [FieldLine(name, mapped_word(name), name in NEEDED) for name in FIELDS]
        advice = _("An order cannot do without what is in bold.")
        self.lay_out(advice, [settings, self.history], fields, self._suggested.columns)

    def mapping(self) -> Mapping:
        """What the dialog says; raises MappingError where it cannot work."""
        chosen, suggested = self.chosen(), self._suggested
        made = Mapping(
            self.name.text().strip(),
            self.channel.text().strip(),
            chosen,
            self.currency.currentText(),
            self.zone.currentText(),
            suggested.state_words if "state" in chosen else {},
            suggested.dates,
            self.history.isChecked(),
        )
        check_mapping(made)
        return made

    def keep(self) -> Mapping:
        """Save what the dialog says."""
        made = self.mapping()
        save_mapping(keep_in(self._folder, made.name), made)
        return made


def mapped_word(name: str) -> str:
    """A field's name as the office says it."""
    short = name.rpartition(".")[2]
    return _(WORDS[short]) if short in WORDS else field_word(short)
