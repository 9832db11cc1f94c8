"""The first start."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.errors import CancelledError, OutsideError
from app.services.people.passwords import password_problems
from app.views.start import NewOffice, StartDialog, StartServices
from app.views.tasks import ImmediateTasks, Progress, Tasks
from tests.views.conftest import Reports


class Offices:
    """Makes offices."""

    def __init__(self) -> None:
        self.made: list[NewOffice | str] = []
        self.wrong: Exception | None = None

    def create(self, new: NewOffice, progress: Progress) -> str:
        """Make one."""
        progress(0.5)
        if self.wrong is not None:
            raise self.wrong
        self.made.append(new)
        return "own"

    def sample(self, progress: Progress) -> str:
        """Make the sample."""
        progress(0.5)
        self.made.append("sample")
        return "sample"


@pytest.fixture
def offices() -> Offices:
    return Offices()


def make_dialog(qtbot: QtBot, tasks: Tasks, offices: Offices) -> StartDialog:
    services = StartServices(offices.create, offices.sample, password_problems)
    dialog = StartDialog(services, tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def fill(dialog: StartDialog, **values: str) -> None:
    given = {"office": "好酒商城", "admin": "周凯", "password": "Wine#26", "again": "Wine#26"} | values
    QTest.mouseClick(dialog.new_button, Qt.MouseButton.LeftButton)
    for name, value in given.items():
        dialog.field(name).setText(value)


def errors(dialog: StartDialog) -> list[str]:
    return [
        text.text() for text in dialog.findChildren(QLabel) if text.isVisible() and text.property("role") == "error"
    ]


def test_the_sample_office_is_one_key_away(qtbot: QtBot, tasks: ImmediateTasks, offices: Offices) -> None:
    dialog = make_dialog(qtbot, tasks, offices)

    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.sample_button, Qt.Key.Key_Return)

    assert offices.made == ["sample"]
    assert dialog.outcome == "sample"
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_new_office_is_made_by_keyboard(qtbot: QtBot, tasks: ImmediateTasks, offices: Offices) -> None:
    dialog = make_dialog(qtbot, tasks, offices)
    fill(dialog)

    QTest.keyClick(dialog.field("again"), Qt.Key.Key_Return)

    assert offices.made == [NewOffice("好酒商城", "周凯", "Wine#26", encrypt=True)]
    assert dialog.outcome == "own"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"office": "  "}, "An office needs a name."),
        ({"admin": ""}, "Somebody must be the administrator."),
        ({"password": "1abc", "again": "1abc"}, "Needs: at least 6 characters, not beginning with a digit"),
        ({"again": "Wine#27"}, "The two passwords differ."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    qtbot: QtBot, tasks: ImmediateTasks, offices: Offices, wrong: dict[str, str], said: str
) -> None:
    dialog = make_dialog(qtbot, tasks, offices)
    fill(dialog, **wrong)

    dialog.create_button.click()

    assert errors(dialog) == [said]
    assert offices.made == []


def test_the_rule_for_passwords_is_shown_while_typing(qtbot: QtBot, tasks: ImmediateTasks, offices: Offices) -> None:
    dialog = make_dialog(qtbot, tasks, offices)
    fill(dialog, password="")
    field = dialog.field("password")
    assert "at least 6 characters" in field.accessibleDescription()

    QTest.keyClicks(field, "Wine#26")

    assert field.accessibleDescription() == "This password will do."
    dialog.field("admin").setText("Wine")
    assert field.accessibleDescription() == "Needs: without your name in it"


def test_a_failure_is_said_and_can_be_mended(qtbot: QtBot, tasks: ImmediateTasks, offices: Offices) -> None:
    dialog = make_dialog(qtbot, tasks, offices)
    fill(dialog)
    offices.wrong = OutsideError(detail="disk full")

    dialog.create_button.click()
    assert dialog.strip.text() == "The computer could not do this: disk full"

    offices.wrong = None
    dialog.create_button.click()
    assert dialog.outcome == "own"


def test_escape_cancels_what_runs_and_the_dialog_stays(qtbot: QtBot, offices: Offices, reports: Reports) -> None:
    tasks = Tasks(reports)
    began = threading.Event()

    def endless(progress: Progress) -> str:
        while True:
            began.set()
            progress(0.1)

    dialog = StartDialog(StartServices(offices.create, endless, lambda _password, _name: []), tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.sample_button.click()
    assert began.wait(5)

    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: dialog.strip.text() == str(CancelledError()))
    assert dialog.isVisible()
    assert dialog.sample_button.isEnabled()
    tasks.close()


def test_as_one_types_nothing_moves_and_the_hints_say_what_holds(
    qtbot: QtBot, tasks: ImmediateTasks, offices: Offices
) -> None:
    dialog = make_dialog(qtbot, tasks, offices)
    QTest.mouseClick(dialog.new_button, Qt.MouseButton.LeftButton)

    def below() -> int:
        dialog.grab()  # lays out what is still to be laid out
        return dialog.create_button.mapTo(dialog, dialog.create_button.rect().topLeft()).y()

    def hints() -> str:
        return " ".join(text.text() for text in dialog.findChildren(QLabel) if text.isVisible())

    place = below()
    assert "Needs: at least 6 characters" in hints()
    QTest.keyClicks(dialog.field("password"), "Wine#26")
    assert (below(), "This password will do." in hints()) == (place, True)
    assert "recovery key" in hints()
    encrypt = dialog.findChild(QCheckBox)
    assert encrypt is not None
    encrypt.click()
    assert (below(), "recovery key" in hints(), "Without encryption" in hints()) == (place, False, True)
