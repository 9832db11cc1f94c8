"""The list of keys: every action of the window and its panels that has one, found by looking."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.buttons import key_text
from app.views.widgets.labels import label
from app.views.widgets.room import resize_within


def keys_of(window: QWidget) -> list[tuple[str, str]]:
    """(key, what it does) of every action with a key, once each."""
    found: dict[str, str] = {}
    for action in window.findChildren(QAction):
        if action.text() and not action.shortcut().isEmpty():
            found.setdefault(key_text(action), action.text().replace("&", ""))
    return sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0]))


class KeysDialog(QDialog):
    """Shows them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        inside.setProperty("surface", True)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(GAP_2)
        grid.setColumnStretch(1, 1)
        for row, (key, text) in enumerate(keys_of(window)):
            grid.addWidget(label(key, "strong"), row, 0)
            grid.addWidget(label(text, wrap=True), row, 1)
        area = QScrollArea()  # keeps the focus, so that the arrow keys turn the list
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Keys"))
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("Keys"), "heading"))
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        resize_within(self, 440, 600)
        area.setFocus()
