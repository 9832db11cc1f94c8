"""What a person chooses about the window: language, theme, scale, layout; kept in QSettings, nothing of the office."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import LANGUAGES, _
from app.views.theme import ThemeChoice

SCALES = ("", "1", "1.25", "1.5", "1.75", "2")  # "": as the desktop says


class Key(StrEnum):
    """Names in QSettings."""

    LANGUAGE = "window/language"
    THEME = "window/theme"
    SCALE = "window/scale"


def theme_choice(settings: QSettings) -> ThemeChoice:
    """The theme chosen; the desktop's where nothing readable is chosen."""
    value = str(settings.value(Key.THEME, ""))
    return ThemeChoice(value) if value in list(ThemeChoice) else ThemeChoice.SYSTEM


def chosen_language(settings: QSettings, default: str = "zh_CN") -> str:
    """The language chosen."""
    value = str(settings.value(Key.LANGUAGE, ""))
    return value if value in LANGUAGES else default


def set_scale(settings: QSettings) -> None:
    """Hand the chosen scale to Qt; only before the QApplication is made, and never over the environment's own."""
    value = str(settings.value(Key.SCALE, ""))
    if value in SCALES[1:]:
        os.environ.setdefault("QT_SCALE_FACTOR", value)


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen under a key, as (word, value), and what is chosen now."""

    key: Key
    title: str
    values: Sequence[tuple[str, str]]
    now: str


def window_choices(settings: QSettings) -> tuple[Choice, ...]:
    """Everything that can be chosen about the window."""
    languages = [(_(name), code) for code, name in LANGUAGES.items()]
    themes = [
        (_("As the desktop"), ThemeChoice.SYSTEM.value),
        (_("Light"), ThemeChoice.LIGHT.value),
        (_("Dark"), ThemeChoice.DARK.value),
    ]
    scales = [(_("As the desktop"), "")] + [(f"{float(scale):.0%}", scale) for scale in SCALES[1:]]
    return (
        Choice(Key.LANGUAGE, _("Language"), languages, chosen_language(settings)),
        Choice(Key.THEME, _("Appearance"), themes, theme_choice(settings).value),
        Choice(Key.SCALE, _("Size (at the next start)"), scales, str(settings.value(Key.SCALE, ""))),
    )


def settings_menu(owner: QWidget, settings: QSettings, on_changed: Callable[[Key], None]) -> QMenu:
    """The menu of these choices; `on_changed` hears which one was changed, after it was kept."""
    menu = QMenu(_("Language and appearance"), owner)
    for choice in window_choices(settings):
        part = menu.addMenu(choice.title)
        group = QActionGroup(part)
        for text, value in choice.values:
            action = part.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == choice.now)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(_keeper(settings, choice.key, on_changed))
    return menu


def _keeper(settings: QSettings, key: Key, on_changed: Callable[[Key], None]) -> Callable[[QAction], None]:
    def keep(action: QAction) -> None:
        settings.setValue(key, action.data())
        on_changed(key)

    return keep
