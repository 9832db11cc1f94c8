"""What all pages of the dialog have: a heading, a sentence about it, and room for the rest that scrolls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.views.theme import GAP_3
from app.views.widgets.calm import CalmWheels
from app.views.widgets.labels import label


class Sheet(QScrollArea):
    """`changed` when somebody has typed or chosen something."""

    changed = Signal()

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.title = title
        inside = QWidget()
        inside.setProperty("surface", True)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(GAP_3)
        self.column.addWidget(label(title, "heading"))
        self.column.addWidget(label(about, "dim", wrap=True))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def calm_wheels(self) -> None:
        """Let the wheel turn the page and not the number that happens to lie under it."""
        CalmWheels(self)
