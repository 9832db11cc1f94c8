"""What a person has of their own: kept at Save, not on record."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.services.settings.history import settings_history
from app.views.preferences import Key, chosen_language, theme_choice
from app.views.settings.own_page import Own, OwnPage
from app.views.sound import sound_on
from app.views.theme import ThemeChoice
from tests.factories import Office
from tests.views.settings.conftest import PERSON, Opened


def choose(page: OwnPage, key: Key, value: str) -> None:
    page.boxes[key].setCurrentIndex(page.boxes[key].findData(value))


def test_nothing_is_kept_before_save(opened: Opened, settings: QSettings) -> None:
    dialog = opened("service")
    choose(dialog.own, Key.THEME, "dark")
    dialog.own.sound.setChecked(False)
    assert dialog.state.text() == "2 changes, not saved yet"
    assert (theme_choice(settings), sound_on(settings, PERSON)) == (ThemeChoice.SYSTEM, True)
    dialog.cancel.click()
    assert (theme_choice(settings), sound_on(settings, PERSON)) == (ThemeChoice.SYSTEM, True)


def test_everybody_saves_their_own_and_writes_no_entry(
    qtbot: QtBot, opened: Opened, settings: QSettings, file_office: Office, tmp_path: Path
) -> None:
    dialog = opened("trainee")
    keys: list[Key] = []
    folders: list[str] = []
    dialog.own.window_changed.connect(keys.append)
    dialog.own.folder_changed.connect(folders.append)
    choose(dialog.own, Key.LANGUAGE, "en")
    choose(dialog.own, Key.THEME, "dark")
    dialog.own.sound.setChecked(False)
    dialog.own.folder.line.setText(str(tmp_path))
    dialog.take()
    assert not dialog.isVisible()
    assert (theme_choice(settings), chosen_language(settings)) == (ThemeChoice.DARK, "en")
    assert not sound_on(settings, PERSON)
    assert folders == [str(tmp_path)]
    assert keys == [Key.THEME, Key.LANGUAGE]  # a new language makes the window anew: what else there is comes first
    assert settings_history(file_office.ctx("trainee")) == []


def test_what_stays_is_not_told(qtbot: QtBot, own: Own) -> None:
    page = OwnPage(own)
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.folder_changed), qtbot.assertNotEmitted(page.window_changed):
        page.keep()
    assert page.changes() == 0


@pytest.mark.parametrize("may", [True, False])
def test_only_who_imports_sets_the_watched_folder(qtbot: QtBot, settings: QSettings, may: bool) -> None:
    page = OwnPage(Own(settings, PERSON, "", may_watch=may))
    qtbot.addWidget(page)
    assert page.folder.isEnabled() == may
