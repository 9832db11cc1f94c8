"""The dialog on a real office, in somebody's name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.views.settings.dialog import SettingsDialog
from app.views.settings.own_page import Own
from app.views.tasks import ImmediateTasks
from tests.factories import Office

PERSON = 3
Opened = Callable[[str], SettingsDialog]


@pytest.fixture
def own(settings: QSettings, tmp_path: Path) -> Own:
    return Own(settings, PERSON, str(tmp_path / "watched"), may_watch=True)


@pytest.fixture
def opened(qtbot: QtBot, file_office: Office, tasks: ImmediateTasks, own: Own) -> Opened:
    """The dialog as somebody opens it: opened("manager")."""

    def open_for(role: str) -> SettingsDialog:
        dialog = SettingsDialog(file_office.ctx(role), tasks, own)
        dialog.finished.disconnect()  # the tests look at it after it was closed
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return open_for
