"""The list of keys: every action of the window and its panels that has one, found by looking."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.views.theme import GAP_2, GAP_4
from app.views.widgets.buttons import key_text
from app.views.widgets.labels import label


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
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(GAP_4)
        grid.setVerticalSpacing(GAP_2)
        for row, (key, text) in enumerate(keys_of(window)):
            grid.addWidget(label(key, "strong"), row, 0)
            grid.addWidget(label(text), row, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area)
        column.addWidget(buttons)
        self.resize(420, 520)
