"""Rows of facts: what happened when, and what was checked with which result."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.views.icons import icon
from app.views.theme import GAP_2, Kind
from app.views.widgets.labels import label
from app.views.widgets.layouts import clear_layout

_MARKS = {
    Kind.OK: ("check-circle", "ok"),
    Kind.DANGER: ("close-circle", "accent"),
    Kind.WARN: ("alert-outline", "warn"),
    Kind.INFO: ("information-outline", "info"),
    Kind.DIM: ("minus", "dim"),
}


class Timeline(QWidget):
    """Time and text, one row a happening."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _grid(self)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show (time, text) rows in the order given."""
        clear_layout(self._grid)
        for line, (time, text) in enumerate(rows):
            self._grid.addWidget(label(time, "small"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_text(text), line, 1)
        self.setAccessibleDescription("; ".join(f"{time} {text}" for time, text in rows))


class CheckList(QWidget):
    """A mark, a word and the finding, one row a check."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _grid(self)

    def set_rows(self, rows: Sequence[tuple[Kind, str, str]]) -> None:
        """Show (kind, word, finding) rows in the order given."""
        clear_layout(self._grid)
        for line, (kind, word, finding) in enumerate(rows):
            mark = QLabel()
            mark.setPixmap(icon(*_MARKS[kind]).pixmap(16, 16))
            self._grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(word), line, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_text(finding, "small"), line, 2)
        self._grid.setColumnStretch(1, 0)
        self._grid.setColumnStretch(2, 1)
        self.setAccessibleDescription("; ".join(f"{word}: {finding}" for _kind, word, finding in rows))


def _grid(owner: QWidget) -> QGridLayout:
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP_2)
    grid.setVerticalSpacing(GAP_2)
    grid.setColumnStretch(1, 1)
    return grid


def _text(text: str, role: str = "") -> QLabel:
    return label(text, role, wrap=True, selectable=True)
