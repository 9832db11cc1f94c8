"""Saying of an unknown file which column is which; what fits by its name is proposed, the answer is kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.i18n import N_, _
from app.services.intake.mapping import Mapping, check_mapping, suggest_mapping
from app.services.intake.saved_mappings import keep
from app.services.orders.words import field_word
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.calm import CalmWheels
from app.views.widgets.form import Form
from app.views.widgets.labels import ElidedLabel, hairline, label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

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
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY")
ZONES = ("Asia/Shanghai", "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles")
SAMPLES = 3
COMBO = 210


class MappingDialog(QDialog):
    """Emits `mapped(Mapping)` after it was kept."""

    mapped = Signal(object)

    def __init__(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        name: str,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mapping_dialog")
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(_("Which column is which?"))
        resize_within(self, 760, 600)
        self._folder = folder
        self._headers = [header for header in headers if header]
        self._samples = {
            header: [row[place] for row in rows[:SAMPLES] if place < len(row)] for place, header in enumerate(headers)
        }
        self._suggested = suggest_mapping(headers, rows, name)
        self.strip = Strip()
        self.name, self.channel = LineEdit(self._suggested.name or name), LineEdit(self._suggested.channel)
        self.currency, self.zone = _combo(CURRENCIES), _combo(ZONES)
        self.currency.setCurrentText(self._suggested.currency)
        self.zone.setCurrentText(self._suggested.timezone)
        self.history = QCheckBox(_("Orders of the past: accept them without a clock"))
        self.history.setChecked(self._suggested.history)
        self.columns: dict[str, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("Which column is which?"), "heading"))
        column.addWidget(label(_("An order cannot do without what is in bold."), "small"))
        column.addWidget(self.strip)
        column.addLayout(self._settings())
        column.addWidget(hairline())
        column.addWidget(self._scrolled_fields(), 1)
        column.addWidget(hairline())
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.button = QPushButton(_("Use and save"))
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self._on_button_clicked)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.button)
        return row

    def _settings(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP_2)
        for place, (name, title, field) in enumerate(
            (
                ("name", _("Name of the mapping"), self.name),
                ("channel", _("Channel (small letters)"), self.channel),
                ("currency", _("Currency"), self.currency),
                ("zone", _("Time zone"), self.zone),
            )
        ):
            form = Form()
            form.add(name, title, field)
            grid.addWidget(form, 0, place)
        grid.addWidget(self.history, 1, 0, 1, 4)
        return grid

    def _scrolled_fields(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("surface", True)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, GAP_2, GAP_3, GAP_2)
        grid.setHorizontalSpacing(GAP_3)
        for line, name in enumerate(FIELDS):
            combo = _combo(["", *self._headers])
            combo.setAccessibleName(mapped_word(name))
            combo.setFixedWidth(COMBO)
            suggested = self._suggested.columns.get(name, ("",))[0]
            combo.setCurrentText(suggested)
            sample = ElidedLabel("small")
            combo.currentTextChanged.connect(lambda header, sample=sample: sample.setText(self._sample(header)))
            sample.setText(self._sample(suggested))
            grid.addWidget(label(mapped_word(name), "strong" if name in NEEDED else ""), line, 0)
            grid.addWidget(combo, line, 1)
            grid.addWidget(sample, line, 2)
            self.columns[name] = combo
        grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        CalmWheels(inside)
        return area

    def _sample(self, header: str) -> str:
        return " · ".join(text[:24] for text in self._samples.get(header, []) if text)

    def mapping(self) -> Mapping:
        """What the dialog says; raises MappingError where it cannot work."""
        chosen = {name: (combo.currentText(),) for name, combo in self.columns.items() if combo.currentText()}
        suggested = self._suggested
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

    def _on_button_clicked(self) -> None:
        try:
            made = self.mapping()
            keep(self._folder, made)
        except AppError as error:
            self.strip.show_message(str(error))
            return
        self.accept()
        self.mapped.emit(made)


def mapped_word(name: str) -> str:
    """A field's name as the office says it."""
    short = name.rpartition(".")[2]
    return _(WORDS[short]) if short in WORDS else field_word(short)


def _combo(items: Sequence[str]) -> QComboBox:
    combo = QComboBox()
    combo.addItems(list(items))
    return combo
