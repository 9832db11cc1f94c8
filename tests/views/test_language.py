"""Qt's own dialogs speak the window's language: at the start, and after somebody has chosen another one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QFileInfo, QSettings, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QLabel,
    QMenu,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from app import config, i18n
from app.services.access import Context, RightsChangedError
from app.services.db import ServerGoneError
from app.services.duty.rosters import Stroke, draw
from app.services.duty.weeks import line_key
from app.views import application
from app.views.application import Session, use_language
from app.views.desk import Desk
from app.views.preferences import Key
from app.views.qt_words import speak
from app.views.shell import Shell
from tests.services.duty.making import MONDAY, published
from tests.services.orders.making import Crew


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "en")


def file_dialog_words(qtbot: QtBot) -> set[str]:
    """What stands on a file dialog of Qt's own, which is what many desktops show."""
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.show()
    qtbot.waitExposed(dialog)
    [box] = dialog.findChildren(QDialogButtonBox)
    words = {one.text() for one in box.buttons()} | {one.text() for one in dialog.findChildren(QLabel)}
    return {word.replace("&", "") for word in words}


def test_the_chosen_language_is_qts_as_well(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> None:
    settings.setValue(Key.LANGUAGE, "zh_CN")
    use_language(qapp, settings)
    words = file_dialog_words(qtbot)
    assert {"取消", "打开(O)", "查找范围(L)：", "文件类型(T)："} <= words
    assert not any(word in words for word in ("Cancel", "Open", "Look in:", "Files of type:"))
    settings.setValue(Key.LANGUAGE, "en")
    use_language(qapp, settings)
    assert {"Cancel", "Open", "Look in:"} <= file_dialog_words(qtbot)
    assert config.language() == "en"  # which the command line goes by


def test_a_folder_in_a_file_dialog_is_called_so_in_the_chosen_language(
    qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    settings.setValue(Key.LANGUAGE, "zh_CN")
    use_language(qapp, settings)
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "文件夹"
    words = [QCoreApplication.translate("QAbstractFileIconProvider", word) for word in ("File Folder", "Drive")]
    assert words == ["文件夹", "驱动器"]  # as another system calls them


@pytest.fixture
def session(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[tuple[Session, Callable[[], Desk]]]:
    """Somebody at work in English."""
    shell.settings.setValue(Key.LANGUAGE, "en")
    result = Session(shell, "")
    result._on_signed_in(crew.clerk)

    def desk() -> Desk:
        assert result._desk is not None
        return result._desk

    qtbot.waitExposed(desk().window)
    yield result, desk
    result.end()


def test_switching_in_the_menu_switches_everything(
    qtbot: QtBot, settings: QSettings, session: tuple[Session, Callable[[], Desk]]
) -> None:
    _session, desk = session
    before = desk()
    [chinese] = [
        action for menu in before.window.findChildren(QMenu) for action in menu.actions() if action.data() == "zh_CN"
    ]
    chinese.trigger()
    assert desk() is not before
    assert i18n.language() == "zh_CN"
    assert desk().window.windowTitle() == "掌柜"
    assert "取消" in file_dialog_words(qtbot)


def test_a_switch_stays_where_one_was_with_the_weeks_and_the_version_compared(
    qtbot: QtBot, crew: Crew, session: tuple[Session, Callable[[], Desk]]
) -> None:
    _session, desk = session
    before = desk()
    next_week = MONDAY + timedelta(days=7)
    for day in range(3):
        draw(crew.lead, [Stroke(line_key(crew.clerk.person), next_week + timedelta(days=day), "", "8:30")])
        published(crew.lead, next_week)
    before.window.show_panel("duty")
    roster = before.panels.duty
    roster.weeks.setCurrentIndex(0)
    roster.go(next_week)
    assert roster.sheet is not None
    oldest = roster.sheet.choices[-1]
    assert roster.sheet.compared != oldest
    roster.compare(oldest)
    differences = roster.sheet.differences()
    before.window.docks["duty_notes"].setFloating(True)
    before.window.apply_setting(Key.LANGUAGE)
    after = desk()
    assert after is not before
    assert after.panels.in_front() is after.panels.duty
    assert after.window.docks["duty_notes"].isFloating()
    qtbot.waitUntil(lambda: after.panels.duty.sheet is not None)
    sheet = after.panels.duty.sheet
    assert sheet is not None
    assert (sheet.span.first, len(sheet.span.days)) == (next_week, 7)
    assert sheet.compared == oldest
    assert sheet.differences() == differences


def test_a_switch_asks_before_what_is_drawn_and_not_saved_is_lost(
    session: tuple[Session, Callable[[], Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _session, desk = session
    before = desk()

    def gone(_ctx: Context, _strokes: object) -> None:
        raise ServerGoneError(detail="terminated")

    def choose_chinese(answer: str) -> None:
        QTimer.singleShot(0, lambda: _button(answer).click())
        menus = before.window.findChildren(QMenu)
        next(action for menu in menus for action in menu.actions() if action.data() == "zh_CN").trigger()

    monkeypatch.setattr("app.views.duty.saving.draw", gone)
    before.window.show_panel("duty")
    before.panels.duty.saving.send([])
    choose_chinese("Stay")
    assert desk() is before
    assert i18n.language() == "en"
    assert before.window.statusBar().currentMessage() == "The language changes at the next start."
    choose_chinese("Leave and lose it")
    assert desk() is not before
    assert i18n.language() == "zh_CN"


def test_whoever_may_work_here_no_longer_is_signed_out_by_what_is_refused_first(
    qtbot: QtBot, crew: Crew, shell: Shell, session: tuple[Session, Callable[[], Desk]]
) -> None:
    result, desk = session
    window = desk().window
    result._db = crew.db
    try:
        desk().panels.orders.tasks.run(desk().panels.orders, _refuse)
        qtbot.waitUntil(lambda: not window.isVisible())
        dialog = result._signing.dialog
        assert dialog is not None
        assert dialog.strip.text() == str(RightsChangedError())
        shell.reporter.show(None, RightsChangedError())  # what else was under way
        assert [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()] == []
        dialog.blockSignals(True)
        dialog.close()
    finally:
        result._db = None  # the office is the test's


def _refuse() -> None:
    raise RightsChangedError


def _button(word: str) -> QAbstractButton:
    (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    return next(one for one in box.buttons() if one.text() == word)


@pytest.mark.usefixtures("caplog")
def test_a_qt_without_its_words_opens_all_the_same(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def silent(_app: QApplication, language: str) -> None:
        raise FileNotFoundError(f"qtbase_{language} in {tmp_path}")

    monkeypatch.setattr(application, "speak", silent)
    settings.setValue(Key.LANGUAGE, "zh_CN")
    use_language(qapp, settings)
    assert i18n.language() == "zh_CN"
    assert "Cancel" in file_dialog_words(qtbot)


def test_an_installed_program_brings_qts_words() -> None:
    from PyInstaller.utils.hooks.qt import pyside6_library_info  # type: ignore[import-untyped]

    _imports, _binaries, files = pyside6_library_info.collect_module("PySide6.QtCore")
    assert any(Path(source).name == "qtbase_zh_CN.qm" for source, _where in files)
