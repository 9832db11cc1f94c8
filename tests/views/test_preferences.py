"""What is chosen for the window."""

import os

import pytest
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.views.preferences import chosen_language, set_scale, theme_choice
from app.views.qt_words import speak
from app.views.theme import ThemeChoice


def test_nothing_chosen_means_the_desktops_theme_and_chinese(settings: QSettings) -> None:
    assert theme_choice(settings) is ThemeChoice.SYSTEM
    assert chosen_language(settings) == "zh_CN"


@pytest.mark.parametrize("value", ["purple", 7, None])
def test_what_cannot_be_read_is_as_nothing(settings: QSettings, value: object) -> None:
    settings.setValue("window/theme", value)
    settings.setValue("window/language", value)

    assert theme_choice(settings) is ThemeChoice.SYSTEM
    assert chosen_language(settings, "en") == "en"


def test_what_was_chosen_is_read(settings: QSettings) -> None:
    settings.setValue("window/theme", "dark")
    settings.setValue("window/language", "en")

    assert theme_choice(settings) is ThemeChoice.DARK
    assert chosen_language(settings) == "en"


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [("1.5", None, "1.5"), ("", None, None), ("900", None, None), ("1.5", "2", "2")],
)
def test_the_scale_goes_to_qt_and_never_over_the_environments(
    settings: QSettings, monkeypatch: pytest.MonkeyPatch, value: str, before: str | None, after: str | None
) -> None:
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    if before is not None:
        monkeypatch.setenv("QT_SCALE_FACTOR", before)
    settings.setValue("window/scale", value)

    set_scale(settings)

    assert os.environ.get("QT_SCALE_FACTOR") == after


def test_qts_own_words_are_in_the_windows_language(qapp: QApplication, qtbot: QtBot) -> None:
    try:
        speak(qapp, "zh_CN")
        assert close_word(qtbot) == "关闭"
        assert QLocale().name() == "zh_CN"
    finally:
        speak(qapp, "en")
    assert close_word(qtbot) == "Close"


def close_word(qtbot: QtBot) -> str:
    box = QMessageBox(QMessageBox.Icon.Warning, "", "", QMessageBox.StandardButton.Close)
    qtbot.addWidget(box)
    return box.button(QMessageBox.StandardButton.Close).text().replace("&", "")


def test_a_language_qt_does_not_speak_is_an_error(qapp: QApplication) -> None:
    try:
        with pytest.raises(FileNotFoundError):
            speak(qapp, "tlh")
    finally:
        speak(qapp, "en")
