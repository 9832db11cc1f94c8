"""Parts beside, below and over one another, and taking things out of a layout."""

from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.layouts import below, beside, clear_layout, over


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


def test_the_last_part_has_the_room_that_the_others_leave(qtbot: QtBot) -> None:
    owner, list_, top, rest = QWidget(), QPushButton("a"), QPushButton("b"), QListWidget()
    qtbot.addWidget(owner)
    beside(list_, below(top, rest), owner=owner)
    owner.resize(400, 300)
    owner.show()
    assert list_.geometry().left() == 0
    assert list_.geometry().right() + 1 == top.geometry().left()
    assert top.geometry().bottom() + 1 == rest.geometry().top()
    assert (rest.geometry().right(), rest.geometry().bottom()) == (399, 299)


def test_words_stand_over_the_list(qtbot: QtBot) -> None:
    owner, table, words = QWidget(), QListWidget(), QPushButton("nothing yet")
    qtbot.addWidget(owner)
    below(over(table, words), owner=owner)
    owner.resize(400, 300)
    owner.show()
    assert owner.childAt(words.geometry().center()) is words
    assert table.geometry().contains(words.geometry().center())
