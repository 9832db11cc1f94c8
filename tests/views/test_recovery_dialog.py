"""The recovery key on the screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.services.db import Database
from app.services.people.sign_in import sign_in
from app.services.recovery import read_recovery_key, recovery_key_unseen, show_recovery_key
from app.views.recovery_dialog import AskRecoveryDialog, RecoveryDialog, ask_recovery_key
from app.views.tasks import ImmediateTasks
from tests.factories import FixedClock
from tests.services.keyrings import Memory, locked, memory

__all__ = ["locked", "memory"]


@pytest.fixture
def admin(locked: Database) -> Context:
    return sign_in(locked, FixedClock(), "周凯", None, "kaimen#88")


def test_it_is_shown_to_be_written_down(qtbot: QtBot, admin: Context, tasks: ImmediateTasks) -> None:
    dialog = RecoveryDialog(admin, tasks)
    qtbot.addWidget(dialog)
    assert read_recovery_key(dialog.key.text())
    assert not recovery_key_unseen(admin)


def test_it_is_asked_for_until_it_fits(qtbot: QtBot, admin: Context, tasks: ImmediateTasks, memory: Memory) -> None:
    key = show_recovery_key(admin)
    admin.db.close()
    memory.kept.clear()
    said: list[bool] = []
    dialog = ask_recovery_key(admin.db.place, tasks, said.append)
    assert isinstance(dialog, AskRecoveryDialog)
    qtbot.addWidget(dialog)
    dialog.line.setText(key[:-2])
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert dialog.strip.text() != ""
    dialog.line.setText(key)
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert said == [True]
    assert len(memory.kept) == 1
    assert Path(admin.db.place).exists()
