"""Taking things out of a layout."""

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.layouts import clear_layout


def test_what_was_added_a_moment_ago_does_not_become_a_window(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    column = QVBoxLayout(owner)
    owner.show()
    qtbot.waitExposed(owner)
    part = QLabel("a moment")
    column.addWidget(part)
    clear_layout(column)
    shown: list[QWidget] = []
    QApplication.processEvents()
    shown += [one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, QLabel)]
    assert shown == []
    assert column.count() == 0
