"""The fields of the duty rules: check boxes in columns, colours, hours, and forms side by side."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.duty.rule_words import SHADE_WORDS
from app.services.duty.rules import HOUR
from app.views.duty.grid_cells import SHADES
from app.views.theme import GAP_2, GAP_3, GAP_4, RADIUS, Kind, current
from app.views.widgets.form import Form

T = TypeVar("T", bound=Hashable)
SWATCH = QSize(28, 16)
SHARP = 2  # pixels of a swatch for one of the screen's


class ChecksField(QWidget, Generic[T]):
    """What is chosen keeps the order in which it was shown; what was added stands behind it."""

    changed = Signal()

    def __init__(self, title: str, columns: int, choices: Sequence[tuple[T, str]] = ()) -> None:
        super().__init__()
        self._title, self._columns = title, columns
        self.boxes: dict[T, QCheckBox] = {}
        self._shown: tuple[T, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GAP_2 // 2, 0, 0)
        self._grid.setVerticalSpacing(GAP_2)
        self._grid.setHorizontalSpacing(GAP_3)
        self._grid.setColumnStretch(columns, 1)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer these; boxes that are there already stay, so that the keyboard does as well."""
        words = dict(choices)
        for value in self.boxes.keys() - words.keys():
            gone = self.boxes.pop(value)
            gone.hide()
            gone.deleteLater()
        self.boxes = {value: self.boxes.get(value) or self._box() for value in words}
        for place, (value, box) in enumerate(self.boxes.items()):
            box.setText(words[value])
            box.setAccessibleName(_("{what}: {which}").format(what=self._title, which=words[value]))
            self._grid.addWidget(box, place // self._columns, place % self._columns)

    def set_columns(self, columns: int) -> None:
        """Place the boxes in other columns."""
        self._grid.setColumnStretch(self._columns, 0)
        self._grid.setColumnStretch(columns, 1)
        self._columns = columns
        self.set_choices([(value, box.text()) for value, box in self.boxes.items()])

    def _box(self) -> QCheckBox:
        box = QCheckBox(self)
        box.toggled.connect(self.changed)
        return box

    def value(self) -> tuple[T, ...]:
        """What is chosen."""
        chosen = [value for value, box in self.boxes.items() if box.isChecked()]
        before = [value for value in self._shown if value in chosen]
        return (*before, *(value for value in chosen if value not in before))

    def show_value(self, values: Iterable[T]) -> None:
        """Choose these."""
        self._shown = tuple(values)
        for value, box in self.boxes.items():
            box.setChecked(value in self._shown)


def shade_box() -> QComboBox:
    """A box to choose the colour of a kind's cells, each with its swatch."""
    box = QComboBox()
    box.setIconSize(SWATCH)
    for shade, word in SHADE_WORDS.items():
        box.addItem(_swatch(SHADES[shade]), _(word), shade)
    return box


def _swatch(kind: Kind) -> QIcon:
    """A small cell in the ground of a colour with the line of its ink."""
    ink, ground = current().pair(kind)
    result = QPixmap(SWATCH * SHARP)
    result.setDevicePixelRatio(SHARP)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(ink))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0.5, 0.5, SWATCH.width() - 1, SWATCH.height() - 1), RADIUS / 2, RADIUS / 2)
    painter.end()
    return QIcon(result)


def count_box(least: int, most: int, none: str = "") -> QSpinBox:
    """A number; with `none` one below the least says that there is none."""
    box = QSpinBox()
    box.setRange(least - bool(none), most)
    box.setSpecialValueText(none)
    return box


def count_of(box: QSpinBox) -> int | None:
    """The number in a box; None where it says that there is none."""
    return None if box.specialValueText() and box.value() == box.minimum() else box.value()


def show_count(box: QSpinBox, number: int | None) -> None:
    """Show a number, or that there is none."""
    box.setValue(box.minimum() if number is None else number)


class HoursBox(QDoubleSpinBox):
    """Hours, of which the rules keep the minutes: 7.5 is 450."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setRange(0, most / HOUR)
        self.setSingleStep(0.5)

    def textFromValue(self, value: float) -> str:
        """ "7.5" and "8", as the rest of the program writes hours."""
        return f"{value:g}"

    def minutes(self) -> int:
        """What stands there, in minutes."""
        return round(self.value() * HOUR)

    def show_minutes(self, minutes: int) -> None:
        """Show these."""
        self.setValue(minutes / HOUR)


class Field(NamedTuple):
    """A field of a form: its name, what it is called, and what is said below it."""

    name: str
    title: str
    widget: QWidget
    hint: str = ""


class FieldRows(QWidget):
    """Rows of forms side by side; a field is known by its name, whichever form it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[str, Form] = {}
        self._widgets: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP_3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, GAP_3, 0)
        whole.addLayout(self._column)
        whole.addStretch(1)

    def add_row(self, *fields: Field, of: int = 1) -> None:
        """Add fields side by side, each as wide as the others; `of` keeps room for as many."""
        row = QHBoxLayout()
        row.setSpacing(GAP_4)
        for field in fields:
            form = self._forms[field.name] = Form()
            form.add(field.name, field.title, field.widget, field.hint)
            self._widgets.append(field.widget)
            row.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        for _missing in range(of - len(fields)):
            row.addWidget(QWidget(), 1)
        self._column.addLayout(row)

    def add_plain(self, *widgets: QWidget) -> None:
        """Add what needs no title."""
        row = QHBoxLayout()
        row.setSpacing(GAP_4)
        for widget in widgets:
            row.addWidget(widget, 1)
            self._widgets.append(widget)
        self._column.addLayout(row)

    def go(self) -> None:
        """Go to the first field."""
        self._widgets[0].setFocus()

    def order_tabs(self, after: QWidget | None = None) -> None:
        """Let Tab go as the eye does; Qt puts behind all others what was made last."""
        parts = [] if after is None else [after]
        for widget in self._widgets:
            parts += widget.boxes.values() if isinstance(widget, ChecksField) else [widget]
        for first, second in pairwise(parts):
            QWidget.setTabOrder(first, second)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say beside their fields what is wrong with them, and nothing beside the others."""
        for name, form in self._forms.items():
            if form.error(name) != errors.get(name, ""):
                form.clear_errors()
                if name in errors:
                    form.show_error(name, errors[name], go=False)

    def error(self, name: str) -> str:
        """What stands beside a field as its error, or ""."""
        return self._forms[name].error(name)

    def set_hint(self, name: str, text: str) -> None:
        """Say something else below a field, once there is no error."""
        self._forms[name].set_hint(name, text)
