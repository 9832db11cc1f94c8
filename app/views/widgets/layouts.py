"""What layouts have in common."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

B = TypeVar("B", bound=QBoxLayout)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout, also what lies in layouts within it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # else one that was added a moment ago would come up as a window of its own
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
            inner.deleteLater()


def beside(*parts: QWidget | QLayout, owner: QWidget | None = None) -> QHBoxLayout:
    """Parts side by side without a gap; the last has what room the others leave."""
    return _close(QHBoxLayout(), parts, owner)


def below(*parts: QWidget | QLayout, owner: QWidget | None = None) -> QVBoxLayout:
    """Parts one below the other without a gap; the last has what room the others leave."""
    return _close(QVBoxLayout(), parts, owner)


def _close(layout: B, parts: Sequence[QWidget | QLayout], owner: QWidget | None) -> B:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    layout.setStretch(len(parts) - 1, 1)
    if owner is not None:
        owner.setLayout(layout)
    return layout


def over(table: QWidget, words: QWidget) -> QGridLayout:
    """A list, and over it what is said while it is empty: the list keeps its header and the keyboard."""
    pile = QGridLayout()
    for part in (table, words):
        pile.addWidget(part, 0, 0)
    return pile
