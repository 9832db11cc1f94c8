"""Signing in by keyboard, refusals, the slow-down, and the sample people."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import AppError, RuleError
from app.i18n import N_
from app.views.sign_in import Person, SamplePerson, SignInDialog
from app.views.tasks import ImmediateTasks

PEOPLE = [
    Person("王敏", (("service", "客服"), ("lead", "客服主管"))),
    Person("李娜", (("service", "客服"),)),
]
SAMPLE = [SamplePerson("李娜", "service", "客服", "Wine#2026")]


class WrongError(RuleError):
    """Not let in."""

    message = N_("Name or password is wrong.")


class SlowError(RuleError):
    """Too many tries."""

    message = N_("Too many wrong tries. Wait {seconds} seconds.")


class Door:
    """Lets in with one password, and remembers who knocked."""

    def __init__(self) -> None:
        self.knocks: list[tuple[str, str, str]] = []
        self.answer: AppError | None = None

    def __call__(self, name: str, post: str, password: str) -> str:
        """Let in, or raise the answer."""
        self.knocks.append((name, post, password))
        if self.answer is not None:
            raise self.answer
        return f"context of {name}"


@pytest.fixture
def door() -> Door:
    return Door()


def make_dialog(
    qtbot: QtBot, tasks: ImmediateTasks, door: Door, sample: list[SamplePerson] | None = None
) -> SignInDialog:
    dialog = SignInDialog(door, tasks)
    dialog.fill("好酒商城", PEOPLE, sample or [])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_typing_the_password_and_enter_is_enough(qtbot: QtBot, tasks: ImmediateTasks, door: Door) -> None:
    dialog = make_dialog(qtbot, tasks, door)
    assert dialog.password.hasFocus()

    QTest.keyClicks(dialog.password, "Wine#1")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)

    assert door.knocks == [("王敏", "service", "Wine#1")]
    assert dialog.outcome == "context of 王敏"
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.password.text() == ""


def test_the_posts_are_those_of_the_person(qtbot: QtBot, tasks: ImmediateTasks, door: Door) -> None:
    dialog = make_dialog(qtbot, tasks, door)
    dialog.post.setCurrentIndex(1)
    dialog.password.setText("x")
    dialog.button.click()
    assert door.knocks[-1][1] == "lead"

    dialog = make_dialog(qtbot, tasks, door)
    dialog.name.setCurrentText("李娜")
    assert [dialog.post.itemText(place) for place in range(dialog.post.count())] == ["客服"]
    assert not dialog.post.isEnabled()

    dialog.name.setCurrentText("somebody else")
    dialog.password.setText("x")
    dialog.button.click()
    assert door.knocks[-1] == ("somebody else", "", "x")


def test_a_refusal_is_said_and_the_password_can_be_typed_again(qtbot: QtBot, tasks: ImmediateTasks, door: Door) -> None:
    dialog = make_dialog(qtbot, tasks, door)
    door.answer = WrongError()
    dialog.password.setText("wrong")

    dialog.button.click()

    assert dialog.strip.text() == "Name or password is wrong."
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert dialog.button.isEnabled()
    QTest.keyClicks(dialog.password, "a")
    assert dialog.password.text() == "a"


def test_too_many_tries_close_the_door_and_count_down(
    qtbot: QtBot, tasks: ImmediateTasks, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.sign_in.SECOND_MS", 10)
    dialog = make_dialog(qtbot, tasks, door)
    door.answer = SlowError(seconds=30)
    dialog.password.setText("wrong")

    dialog.button.click()

    assert not dialog.button.isEnabled()
    assert dialog.button.text() == "Wait 30 s"
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert len(door.knocks) == 1
    qtbot.waitUntil(lambda: dialog.button.text() == "Wait 28 s")
    qtbot.waitUntil(dialog.button.isEnabled)
    assert dialog.button.text() == "Sign in"


@pytest.mark.parametrize(("name", "password"), [("", "x"), ("王敏", "")])
def test_nothing_is_asked_without_name_and_password(
    qtbot: QtBot, tasks: ImmediateTasks, door: Door, name: str, password: str
) -> None:
    dialog = make_dialog(qtbot, tasks, door)
    dialog.name.setCurrentText(name)
    dialog.password.setText(password)

    dialog.button.click()

    assert door.knocks == []


def test_caps_lock_is_hinted_at(qtbot: QtBot, tasks: ImmediateTasks, door: Door) -> None:
    dialog = make_dialog(qtbot, tasks, door)

    QTest.keyClicks(dialog.password, "A")

    assert "Caps Lock is on." in [text.text() for text in dialog.findChildren(QLabel) if text.isVisible()]


def test_sample_people_are_shown_only_where_they_are_given(qtbot: QtBot, tasks: ImmediateTasks, door: Door) -> None:
    plain = make_dialog(qtbot, tasks, door)
    assert "Wine#2026" not in [text.text() for text in plain.findChildren(QLabel)]

    dialog = make_dialog(qtbot, tasks, door, SAMPLE)
    choose = next(button for button in dialog.findChildren(QPushButton) if button.text() == "李娜")
    QTest.mouseClick(choose, Qt.MouseButton.LeftButton)
    dialog.button.click()

    assert door.knocks == [("李娜", "service", "Wine#2026")]
