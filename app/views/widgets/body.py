"""The middle of a dialog: as tall as its parts; it scrolls only where the screen has no more room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.views.theme import GAP_3

LEAST = 80


class Body(QScrollArea):
    """`grown` when the parts want another height; the dialog then asks `take_height` for it."""

    grown = Signal()

    def __init__(self, *parts: QWidget | QLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setProperty("surface", True)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        for part in parts:
            if isinstance(part, QWidget):
                self._column.addWidget(part)
            else:
                self._column.addLayout(part)
        self._column.addStretch(1)
        self._inside.installEventFilter(self)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def take_height(self, width: int, room: QSize) -> None:
        """Be as tall as the parts are at this width, and as wide as they have to be, but nothing above `room`."""
        wanted = self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else 0
        wanted = max(wanted, self._column.totalMinimumSize().height())
        least = self._column.totalMinimumSize().width()
        if least > room.width():  # a sentence in another language; else a bar would take room for nothing
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMinimumSize(min(least, room.width()), max(min(wanted, room.height()), LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().eventFilter(watched, event)
