"""Status pills: what they paint, how wide they are, and pressing them."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.theme import LIGHT, Kind
from app.views.widgets.pill import Pill, paint_pill, pill_width


@pytest.mark.parametrize("kind", Kind)
def test_a_pill_in_a_cell_has_its_kinds_ground(qapp: QApplication, kind: Kind) -> None:
    image = QImage(200, 36, QImage.Format.Format_ARGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)

    paint_pill(painter, QRect(0, 0, 200, 36), "超时 02:14", kind)
    painter.end()

    assert image.pixelColor(5, 18).name().upper() == LIGHT.pair(kind)[1]
    assert image.pixelColor(pill_width("超时 02:14") + 2, 18) == QColor("#FFFFFF")


def test_a_pill_too_long_stays_in_its_cell(qapp: QApplication) -> None:
    image = QImage(200, 36, QImage.Format.Format_ARGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)

    paint_pill(painter, QRect(0, 0, 60, 36), "a very long word about a state", Kind.WARN)
    painter.end()

    beyond = {image.pixelColor(x, y).name() for x in range(61, 200) for y in range(36)}
    assert beyond == {"#ffffff"}


def test_a_pill_without_a_word_takes_no_room(qtbot: QtBot) -> None:
    pill = Pill("待联系 3", Kind.WARN)
    qtbot.addWidget(pill)
    wide = pill.sizeHint().width()

    pill.set("", Kind.DIM)

    assert pill.isHidden()
    assert wide > 40


def test_a_pill_with_a_key_is_pressed_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    pill = Pill()
    qtbot.addWidget(pill)
    pressed: list[str] = []
    pill.pressed.connect(pressed.append)
    pill.set("超时 1", Kind.DANGER, "late")

    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    QTest.keyClick(pill, Qt.Key.Key_Space)
    QTest.keyClick(pill, Qt.Key.Key_Return)

    assert pressed == ["late", "late", "late"]
    assert pill.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert pill.accessibleName() == "超时 1"


def test_a_pill_that_only_tells_is_not_pressed(qtbot: QtBot) -> None:
    pill = Pill("老客户", Kind.OK)
    qtbot.addWidget(pill)

    with qtbot.assertNotEmitted(pill.pressed):
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
        QTest.keyClick(pill, Qt.Key.Key_Space)


def test_a_press_let_go_outside_is_none(qtbot: QtBot) -> None:
    pill = Pill()
    qtbot.addWidget(pill)
    pill.set("超时 1", Kind.DANGER, "late")
    pill.resize(pill.sizeHint())

    with qtbot.assertNotEmitted(pill.pressed):
        QTest.mouseRelease(pill, Qt.MouseButton.LeftButton, pos=QPoint(500, 5))


def test_a_pill_shows_itself_in_its_layout_and_never_as_a_window(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    filled, empty = Pill("老客户", Kind.OK), Pill()
    late = Pill()
    late.set("超时", Kind.DANGER)
    assert not [pill for pill in (filled, empty, late) if pill.isVisible()]

    for pill in (filled, empty, late):
        row.addWidget(pill)
    box.show()

    assert [pill.isVisible() for pill in (filled, empty, late)] == [True, False, True]
    empty.set("new", Kind.INFO)
    assert empty.isVisible()
