"""Sentences beside something that moves: what changes is written over, all can be selected, copied and read out."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.theme import ThemeChoice, apply_theme, current
from app.views.widgets.sentences import Sentences

WIDTH = 260
WORDS = (
    "王敏 works 45 h.",
    "李娜 is on leave on Monday 11-30, and so is everybody else there.",
    "赵倩: off → 8:30",
    "0",
)
Opened = Callable[[], Sentences]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """Sentences of broken rules, in a window of their own."""
    windows: list[QScrollArea] = []

    def open_one() -> Sentences:
        window = QScrollArea()
        window.setWidgetResizable(True)
        window.resize(WIDTH, 400)
        body = QWidget()
        made = Sentences("danger")
        column = QVBoxLayout(body)
        column.addWidget(made)
        column.addStretch(1)
        window.setWidget(body)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return made

    return open_one


def picture(told: Sentences) -> QImage:
    QApplication.processEvents()  # they have their height
    return told.window().grab().toImage()


def test_what_is_written_over_looks_as_if_it_were_new(opened: Opened) -> None:
    chance, told = random.Random(3), opened()
    for _time in range(60):
        shown = [chance.choice(WORDS) for _ in range(chance.randrange(6))]
        caption, more = chance.choice(("Rules broken", "Rules broken", "2 cells", "")), chance.randrange(3)
        told.show_all(caption, shown, more)
        fresh = opened()
        fresh.show_all(caption, shown, more)
        assert told.isVisible() == bool(caption)
        assert not caption or told.toPlainText() == fresh.toPlainText()
        assert picture(told) == picture(fresh)
        fresh.window().close()


def test_only_what_is_otherwise_is_written(opened: Opened) -> None:
    told, written = opened(), list[tuple[int, int, int]]()
    told.show_all("Rules broken", ["first", "second", "third"])
    told.document().contentsChange.connect(lambda *change: written.append(change))
    told.show_all("Rules broken", ["first", "2nd", "third"])
    ((place, removed, added),) = written
    assert (removed, added) == (len("second"), len("2nd"))
    assert place == len("Rules broken\nfirst\n")
    told.show_all("Rules broken", ["first", "2nd", "third"])
    assert len(written) == 1


def test_they_are_as_high_as_what_they_say(opened: Opened) -> None:
    told = opened()
    told.show_all("Rules broken", ["short"])
    QApplication.processEvents()
    low = told.height()
    told.show_all("Rules broken", ["short", WORDS[1] * 2])
    QApplication.processEvents()
    assert told.height() >= low + 3 * told.fontMetrics().height()
    assert told.verticalScrollBar().maximum() == 0
    told.show_all("Rules broken", ["short"])
    QApplication.processEvents()
    assert told.height() == low


def test_sentences_are_selected_across_and_copied(opened: Opened) -> None:
    told, pane = opened(), Qt.MouseButton.LeftButton
    told.show_all("Rules broken", ["first", "second"])
    picture(told)
    QApplication.clipboard().clear()
    whole = told.viewport().rect()
    QTest.mousePress(told.viewport(), pane, pos=QPoint(0, whole.height() // 3 + 3))
    QTest.mouseMove(told.viewport(), whole.bottomRight())
    QTest.mouseRelease(told.viewport(), pane, pos=whole.bottomRight())
    QTest.keyClick(told, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "first\nsecond"
    QTest.keyClicks(told, "x")
    assert told.toPlainText() == "Rules broken\nfirst\nsecond"


def test_a_screen_reader_is_told_the_caption_and_all_of_it(opened: Opened) -> None:
    told = opened()
    told.show_all("Rules broken", ["first", "second"], 3)
    heard = QAccessible.queryAccessibleInterface(told)
    assert heard.text(QAccessible.Text.Name) == "Rules broken"
    assert heard.text(QAccessible.Text.Value) == "Rules broken\nfirst\nsecond\nand 3 more"
    assert heard.state().readOnly


def test_the_wheel_moves_what_is_around_it(opened: Opened) -> None:
    told = opened()
    told.show_all("Rules broken", list(WORDS) * 6)
    picture(told)
    around, size = told.window(), told.document().size()
    assert isinstance(around, QScrollArea)
    at = QPointF(told.viewport().mapTo(around, QPoint(20, 20)))
    for held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        before = around.verticalScrollBar().value()
        QTest.wheelEvent(around.windowHandle(), at, QPoint(0, -120), stateKey=held)
        assert around.verticalScrollBar().value() > before
    assert told.document().size() == size  # not made larger, as Ctrl would in a text that is written


def inks(told: Sentences) -> set[str]:
    """The colours that are seen in it, which begins on the ground around it."""
    shown, at = picture(told), told.mapTo(told.window(), QPoint())
    assert shown.pixelColor(at) == shown.pixelColor(1, 1)
    places = (QPoint(x, y) for x in range(told.width()) for y in range(told.height()))
    return {shown.pixelColor(at + place).name().lower() for place in places}


def test_they_stand_on_the_ground_around_them_in_their_colours(opened: Opened) -> None:
    told = opened()
    told.show_all("Rules broken", ["first"])
    assert {current().accent.lower(), current().dim.lower()} <= inks(told)


def test_another_look_gives_them_its_colours(qapp: QApplication, opened: Opened) -> None:
    told = opened()
    told.show_all("Rules broken", ["first"], 2)
    before = inks(told)
    try:
        dark = apply_theme(qapp, ThemeChoice.DARK)
        assert {dark.accent.lower(), dark.dim.lower()} <= inks(told)
    finally:
        apply_theme(qapp, ThemeChoice.LIGHT)
    assert inks(told) == before
