"""The password's line: hidden, shown on demand, and the hint about Caps Lock."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.views.widgets.password_edit import PasswordEdit, problems_sentence


def make_edit(qtbot: QtBot) -> tuple[PasswordEdit, list[bool]]:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    told: list[bool] = []
    edit.caps_lock_changed.connect(told.append)
    return edit, told


def test_capitals_without_shift_mean_caps_lock(qtbot: QtBot) -> None:
    edit, told = make_edit(qtbot)

    QTest.keyClicks(edit, "A")
    QTest.keyClicks(edit, "B")
    QTest.keyClicks(edit, "c")

    assert told == [True, False]


def test_small_letters_with_shift_mean_caps_lock(qtbot: QtBot) -> None:
    edit, told = make_edit(qtbot)

    QTest.keyClicks(edit, "a", Qt.KeyboardModifier.ShiftModifier)

    assert told == [True]


def test_capitals_with_shift_and_digits_say_nothing(qtbot: QtBot) -> None:
    edit, told = make_edit(qtbot)

    QTest.keyClicks(edit, "A", Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "1")

    assert told == []


def test_the_eye_shows_and_hides(qtbot: QtBot) -> None:
    edit, _told = make_edit(qtbot)
    eye = edit.actions()[0]
    assert edit.echoMode() == QLineEdit.EchoMode.Password

    eye.trigger()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal

    eye.trigger()
    assert edit.echoMode() == QLineEdit.EchoMode.Password


def test_what_is_missing_is_one_sentence() -> None:
    assert problems_sentence([]) == ""
    assert (
        problems_sentence(["at least 6 characters", "no digit first"]) == "Needs: at least 6 characters, no digit first"
    )
