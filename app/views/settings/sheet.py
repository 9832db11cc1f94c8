"""What all pages of the dialog have: a heading, a sentence about it, and room for the rest that scrolls."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.views.theme import GAP_3
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
        for kind in (QAbstractSpinBox, QComboBox):
            for field in self.findChildren(kind):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()  # goes on to the page
            return True
        return super().eventFilter(watched, event)
