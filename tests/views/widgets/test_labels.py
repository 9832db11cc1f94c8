"""Labels that give way where there is no room."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.views.widgets.labels import ElidedLabel


def is_blank(picture: QImage) -> bool:
    ground = picture.pixelColor(0, 0)
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return all(QColor(picture.pixelColor(x, y)) == ground for x, y in places)


@pytest.mark.parametrize(("width", "blank"), [(18, True), (60, False), (300, False)])
def test_an_ellipsis_stands_beside_words_or_not_at_all(qtbot: QtBot, width: int, blank: bool) -> None:
    shown = ElidedLabel()
    qtbot.addWidget(shown)
    shown.setText("4 leaves · 2 things ask for your answer")
    shown.resize(width, 24)
    shown.show()
    qtbot.waitExposed(shown)
    assert is_blank(shown.grab().toImage()) is blank
    assert shown.toolTip() == "4 leaves · 2 things ask for your answer"
