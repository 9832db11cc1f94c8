"""The settings in the window: opened by key, and what was saved shows at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.services.office import change_settings, office_settings
from app.services.orders.settings import why_no_release
from app.services.orders.steps import hold_order
from app.views.desk import Desk
from app.views.settings.dialog import SettingsDialog
from app.views.settings.fields import PostsField
from app.views.shell import Shell
from app.views.sound import sound_on
from tests.services.orders.making import Crew, accept, draft
from tests.views.desks import open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE_MS = 60_000


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    accept(crew, [draft(1)])
    result = open_desk(qtbot, crew.manager, shell)
    result.window.show_panel("orders")
    qtbot.waitUntil(
        lambda: result.panels.orders.table.current_row() is not None and result.panels.detail._detail is not None
    )
    yield result
    result.close()


def open_settings(desk: Desk) -> SettingsDialog:
    QTest.keyClick(desk.window, Qt.Key.Key_Comma, CTRL)
    (dialog,) = [one for one in desk.window.findChildren(SettingsDialog) if one.isVisible()]
    return dialog


def test_it_stands_in_the_persons_menu(desk: Desk) -> None:
    texts = [action.text() for action in desk.window.menu.actions()]
    assert {"Settings…", "Language and appearance"} <= set(texts)


def test_a_saved_minute_moves_the_deadlines_on_the_screen(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    due = to_ms(crew.clock.now()) + 10 * MINUTE_MS
    shown = desk.panels.detail._detail
    assert shown is not None
    assert shown.due == due
    dialog = open_settings(desk)
    box = dialog.findChild(QSpinBox, "contact_minutes")
    assert box is not None
    box.setValue(25)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.panels.orders._clock is not None and desk.panels.orders._clock.minutes == 25)
    qtbot.waitUntil(
        lambda: desk.panels.detail._detail is not None and desk.panels.detail._detail.due == due + 15 * MINUTE_MS
    )
    assert "1 setting saved" in desk.window.statusBar().currentMessage()


def test_who_no_longer_releases_sees_the_button_grey_and_why(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    order = desk.panels.orders.table.current_id()
    assert order is not None
    hold_order(crew.clerk, order, "等客户")
    release: QAction = desk.panels.orders.actions_.release
    qtbot.waitUntil(release.isEnabled)
    dialog = open_settings(desk)
    posts = dialog.findChild(PostsField, "release_posts")
    assert posts is not None
    for post, box in posts.boxes.items():
        box.setChecked(post == "lead")
    dialog.take()
    qtbot.waitUntil(lambda: not release.isEnabled())
    assert why_no_release(crew.manager) in release.toolTip()


def test_the_persons_own_choices_reach_the_window(
    qtbot: QtBot, desk: Desk, crew: Crew, shell: Shell, tmp_path: Path
) -> None:
    dialog = open_settings(desk)
    dialog.own.sound.setChecked(False)
    dialog.own.folder.line.setText(str(tmp_path))
    dialog.take()
    settings: QSettings = shell.settings
    assert not sound_on(settings, crew.manager.person)
    assert desk.watched.folder == tmp_path
    assert open_settings(desk).own.changes() == 0


def test_the_days_record_goes_to_the_folder_that_is_set(qtbot: QtBot, desk: Desk, crew: Crew, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    change_settings(crew.manager, replace(office_settings(crew.manager), backup_folder=str(folder)))
    crew.clock.advance(hours=9)
    with qtbot.waitSignal(desk.chores.told, timeout=20_000):
        desk.chores.record_what_is_due()
    assert {".pdf", ".zhanggui"} <= {path.suffix for path in folder.iterdir()}
