"""A tile with one figure of the day: what it is, how much, and a word on how good that is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.theme import Kind
from app.views.widgets.labels import label
from app.views.widgets.pill import Pill


class Figure(QFrame):
    """A stat tile."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._title = title
        self._value = label("–", "figure")
        self._note = Pill()
        policy = self._note.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # figures side by side stand in one line
        self._note.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 9)
        column.setSpacing(0)
        column.addWidget(label(title, "small"))
        column.addStretch(1)
        column.addWidget(self._value)
        column.addStretch(1)
        column.addWidget(self._note, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedHeight(106)
        self.set("–")

    def set(self, value: str, note: str = "", kind: Kind = Kind.DIM) -> None:
        """Show a value and a word about it."""
        self._value.setText(value)
        self._note.set(note, kind)
        self.setAccessibleName(f"{self._title}: {value} {note}".strip())
