"""Saying of an unknown file which column is which; what fits by its name is proposed, the answer is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
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
from app.i18n import _
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.calm import CalmWheels
from app.views.widgets.form import Form
from app.views.widgets.labels import ElidedLabel, hairline, label
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY")
SAMPLES = 3
COMBO = 210


@dataclass(frozen=True, slots=True)
class UnknownTable:
    """What was seen of a file that no format fits."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    name: str  # proposed for the mapping


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that a column may hold, as the office calls it; nothing goes without a needed one."""

    name: str
    word: str
    needed: bool = False


class ColumnDialog(QDialog):
    """Emits `mapped(mapping)` after it was kept; who derives from it makes and keeps the mapping."""

    mapped = Signal(object)

    def __init__(self, table: UnknownTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapping_dialog")
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(_("Which column is which?"))
        resize_within(self, 760, 600)
        self._headers = [header for header in table.headers if header]
        self._samples = {
            header: [row[place] for row in table.rows[:SAMPLES] if place < len(row)]
            for place, header in enumerate(table.headers)
        }
        self.strip = Strip()
        self.columns: dict[str, QComboBox] = {}

    def lay_out(
        self, advice: str, settings: Iterable[QWidget], fields: Sequence[FieldLine],
        suggested: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        """Place what is asked once above the fields and their columns."""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("Which column is which?"), "heading"))
        column.addWidget(label(advice, "small"))
        column.addWidget(self.strip)
        for part in settings:
            column.addWidget(part)
        column.addWidget(hairline())
        column.addWidget(self._scrolled_fields(fields, suggested), 1)
        column.addWidget(hairline())
        column.addLayout(self._buttons())

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The column of each field that has one."""
        return {name: (combo.currentText(),) for name, combo in self.columns.items() if combo.currentText()}

    def keep(self) -> object:
        """Make the mapping, save it and return it; raises an AppError where it cannot work."""
        raise NotImplementedError

    def _scrolled_fields(self, fields: Sequence[FieldLine], suggested: Mapping[str, tuple[str, ...]]) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("surface", True)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, GAP_2, GAP_3, GAP_2)
        grid.setHorizontalSpacing(GAP_3)
        for line, field in enumerate(fields):
            combo = combo_of(["", *self._headers])
            combo.setAccessibleName(field.word)
            combo.setFixedWidth(COMBO)
            header = suggested.get(field.name, ("",))[0]
            combo.setCurrentText(header)
            sample = ElidedLabel("small")
            combo.currentTextChanged.connect(lambda header, sample=sample: sample.setText(self._sample(header)))
            sample.setText(self._sample(header))
            grid.addWidget(label(field.word, "strong" if field.needed else ""), line, 0)
            grid.addWidget(combo, line, 1)
            grid.addWidget(sample, line, 2)
            self.columns[field.name] = combo
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

    def _on_button_clicked(self) -> None:
        try:
            made = self.keep()
        except AppError as error:
            self.strip.show_message(str(error))
            return
        self.accept()
        self.mapped.emit(made)


def combo_of(items: Sequence[str]) -> QComboBox:
    """A combo box of words."""
    combo = QComboBox()
    combo.addItems(list(items))
    return combo


def settings_row(*fields: tuple[str, str, QWidget]) -> QWidget:
    """What is asked once, side by side: (name, title, field)."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP_2)
    for name, title, field in fields:
        form = Form()
        form.add(name, title, field)
        line.addWidget(form, 1)
    return row
