"""A detail at the side: a body that scrolls, or what to do where nothing is chosen; the next steps below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.views.theme import GAP_2, GAP_3
from app.views.widgets.empty import EmptyState

SIDE_WIDTH = 352


class Side(QVBoxLayout):
    """Lies in `panel`; the buttons go into `foot`, always at the same place."""

    def __init__(self, panel: QWidget, strip: QWidget, body: QWidget, empty: EmptyState) -> None:
        super().__init__(panel)
        panel.setMinimumWidth(SIDE_WIDTH)
        self._empty = empty
        self._scroll = QScrollArea()
        self._scroll.setProperty("reads", True)  # shows that the keyboard is here
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        for ground in (body, self._scroll.viewport()):
            ground.setAutoFillBackground(False)  # the panel's own ground shows through
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_3)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(strip)
        self.addWidget(self._scroll, 1)
        self.addWidget(empty, 1)
        self.addLayout(self.foot)
        self._scroll.hide()

    def set_chosen(self, *, chosen: bool) -> None:
        """Show the body, or what to do first."""
        self._scroll.setVisible(chosen)
        self._empty.setVisible(not chosen)
