"""The search box: when it tells, what it tells, and that it waits for the input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.widgets.search_box import SearchBox


def make_box(qtbot: QtBot) -> tuple[SearchBox, list[str]]:
    box = SearchBox("Search")
    qtbot.addWidget(box)
    told: list[str] = []
    box.searched.connect(told.append)
    box.show()
    return box, told


def compose(box: SearchBox, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(box, event)


def test_every_key_is_searched_at_once(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)

    QTest.keyClicks(box, "chen")

    assert told == ["c", "ch", "che", "chen"]


def test_what_is_pasted_is_searched_once(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)

    box.insert("20261123-0417")

    assert told == ["20261123-0417"]


def test_enter_goes_to_the_list(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)
    box.insert("2065")

    with qtbot.waitSignal(box.left):
        QTest.keyClick(box, Qt.Key.Key_Return)

    assert told == ["2065"]


def test_the_same_word_is_not_searched_again(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)
    box.insert("2065")

    QTest.keyClicks(box, " ")
    QTest.keyClick(box, Qt.Key.Key_Return)

    assert told == ["2065"]


def test_escape_empties_it_and_shows_everything_again(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)
    box.insert("2065")

    QTest.keyClick(box, Qt.Key.Key_Escape)

    assert box.text() == ""
    assert told == ["2065", ""]


def test_enter_while_composing_belongs_to_the_input_method(qtbot: QtBot) -> None:
    box, told = make_box(qtbot)
    compose(box, "chen li")

    with qtbot.assertNotEmitted(box.left):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert told == []

    compose(box, "", "陈立")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert told == ["陈立"]


def test_it_takes_the_focus_with_its_text_selected(qtbot: QtBot) -> None:
    box, _told = make_box(qtbot)
    box.setText("old")
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)

    box.grab_focus()
    QTest.keyClicks(box, "n")

    assert box.text() == "n"


def test_where_the_hint_would_be_cut_a_brief_one_stands(qtbot: QtBot) -> None:
    box = SearchBox("Search orders, customers, goods   Ctrl+K", "Search   Ctrl+K", "Ctrl+K")
    qtbot.addWidget(box)
    box.resize(box.hint_width(), 35)
    box.show()
    assert box.placeholderText() == "Search orders, customers, goods   Ctrl+K"
    box.resize(box.hint_width() - 1, 35)
    assert box.placeholderText() == "Search   Ctrl+K"
    box.resize(120, 35)
    assert box.placeholderText() == "Ctrl+K"
    assert box.accessibleName() == "Search orders, customers, goods   Ctrl+K"
