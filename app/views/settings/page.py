"""A page of the dialog: fields by the name of their setting, each with a place for what is wrong with it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTime, SignalInstance
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDateEdit,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.services.settings.rules import LIMITS, Problem
from app.services.settings.values import Settings
from app.services.settings.words import setting_word
from app.views.settings.sheet import Sheet
from app.views.widgets.form import Form
from app.views.widgets.labels import card, label
from app.views.widgets.line_edit import LineEdit

NARROW = 150  # numbers and times


@dataclass(frozen=True, slots=True)
class Field:
    """How a field's value is read (an AppError says why it cannot be) and shown."""

    read: Callable[[], Any]
    show: Callable[[Any], None]


class Page(Sheet):
    """Knows its fields and no rule: what is wrong is told to it."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__(title, about)
        self.fields: dict[str, Field] = {}
        self._showing = False
        self.form = Form()
        self._locked = label("", "small", wrap=True)
        self._locked.hide()
        self._preview_card = card()
        self._preview = label("", wrap=True)
        QVBoxLayout(self._preview_card).addWidget(self._preview)
        self._preview_card.hide()
        for part in (self._locked, self._preview_card, self.form):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def add(self, name: str, widget: QWidget, changed: SignalInstance, field: Field, hint: str = "") -> None:
        """Add a setting's field under its word."""
        self.fields[name] = field
        self.form.add(name, setting_word(name), widget, hint)
        changed.connect(self._on_changed)

    def add_number(self, name: str, hint: str = "") -> None:
        """Add a field for a number."""
        box = QSpinBox()
        box.setRange(*LIMITS[name])
        self.add(name, box, box.valueChanged, Field(box.value, box.setValue), hint)
        self._keep_narrow(box)

    def add_line(self, name: str, hint: str = "") -> None:
        """Add a field for a line of text, kept without blanks at its ends."""
        line = LineEdit()
        self.add(name, line, line.textChanged, Field(lambda: line.text().strip(), line.setText), hint)

    def add_time(self, name: str, hint: str = "") -> None:
        """Add a field for a time of the day, kept as 18:00."""
        edit = QTimeEdit()
        edit.setDisplayFormat("HH:mm")
        edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        show = Field(lambda: edit.time().toString("HH:mm"), lambda text: edit.setTime(QTime.fromString(text, "HH:mm")))
        self.add(name, edit, edit.timeChanged, show, hint)
        self._keep_narrow(edit)

    def _keep_narrow(self, widget: QWidget) -> None:
        widget.setFixedWidth(NARROW)
        column = self.form.layout()
        if column is not None:
            column.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)

    def show_settings(self, settings: Settings, names: Collection[str]) -> None:
        """Show those of these settings that the page has."""
        self._showing = True
        for name, field in self.fields.items():
            if name in names:
                field.show(getattr(settings, name))
        self._showing = False

    def read(self) -> tuple[dict[str, Any], list[Problem]]:
        """What stands in the fields, and which of them cannot be read."""
        values: dict[str, Any] = {}
        problems = []
        for name, field in self.fields.items():
            try:
                values[name] = field.read()
            except AppError as error:
                problems.append(Problem(name, str(error)))
        return values, problems

    def show_problems(self, problems: Sequence[Problem]) -> int:
        """Say beside its field what is wrong with it; returns how many of the problems are this page's."""
        mine = [problem for problem in problems if problem.setting in self.fields]
        self.form.clear_errors()
        for problem in mine:
            self.form.show_error(problem.setting, problem.reason, go=False)
        return len(mine)

    def show_preview(self, text: str) -> None:
        """Show what the settings come to."""
        self._preview.setText(text)
        self._preview_card.show()

    def lock(self, why: str) -> None:
        """Let everything be read and nothing be changed."""
        self._locked.setText(why)
        self._locked.show()
        for line in self.findChildren(QLineEdit):
            line.setReadOnly(True)
        for box in self.findChildren(QAbstractSpinBox):
            box.setReadOnly(True)
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(False)
        for kind in (QCheckBox, QPushButton, QDateEdit):
            for part in self.findChildren(kind):
                part.setEnabled(False)

    def _on_changed(self) -> None:
        if not self._showing:
            self.changed.emit()
