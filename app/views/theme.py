"""The look: colours of the light and the dark theme, measures, the shipped font, and how Qt takes them on."""

import functools
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.i18n import language
from app.views.style import style_sheet
from app.views.tokens import (
    BUTTON,
    DARK,
    FIGURE,
    GAP_1,
    GAP_2,
    GAP_3,
    GAP_4,
    HEADING,
    LIGHT,
    PILL,
    RADIUS,
    ROW,
    SMALL,
    TEXT,
    Kind,
    Theme,
)

# Who paints asks here for everything; the tokens stand apart so that the style sheet can be built from them.
__all__ = [
    "BUTTON",
    "DARK",
    "FAMILY",
    "FIGURE",
    "GAP_1",
    "GAP_2",
    "GAP_3",
    "GAP_4",
    "HEADING",
    "LIGHT",
    "PILL",
    "RADIUS",
    "RESOURCES",
    "ROW",
    "SMALL",
    "TEXT",
    "Kind",
    "Theme",
    "ThemeChoice",
    "apply_theme",
    "choose",
    "current",
    "font",
    "load_fonts",
    "palette",
]

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"
FAMILY = "Noto Sans SC"


class ThemeChoice(StrEnum):
    """What a person may choose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_current = LIGHT


def current() -> Theme:
    """The theme in use; widgets that paint themselves ask at each painting."""
    return _current


def choose(choice: ThemeChoice) -> Theme:
    """The theme that a choice means now; SYSTEM asks the desktop."""
    if choice is ThemeChoice.SYSTEM:
        scheme = QApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def apply_theme(app: QApplication, choice: ThemeChoice) -> Theme:
    """Give the whole application style, font, palette and style sheet; make the window anew for its icons."""
    global _current
    app.styleHints().setColorScheme(_SCHEMES[choice])  # the desktop's own frame follows; SYSTEM gives it back
    _current = choose(choice)
    load_fonts()
    QDir.setSearchPaths("style", [str(RESOURCES / "icons" / "style")])
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(_current))
    app.setFont(font())
    app.setStyleSheet(style_sheet(_current))
    return _current


_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


@functools.cache
def load_fonts() -> None:
    """Make the shipped font known to Qt, once; a missing file raises FileNotFoundError."""
    for weight in ("Regular", "Bold"):
        path = RESOURCES / "fonts" / f"NotoSansSC-{weight}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


def font(size: int = TEXT, bold: bool = False) -> QFont:
    """The shipped font at a size in pixels."""
    result = QFont(FAMILY)
    result.setPixelSize(size)
    result.setBold(bold)
    if not language().startswith("zh"):
        result.setFeature(QFont.Tag("pwid"), 1)  # else quotation marks are as wide as a Chinese character
    return result


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for what the style sheet does not reach."""
    result = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, theme.ground),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.ground),
        (role.ToolTipBase, theme.surface),
        (role.Button, theme.surface),
        (role.WindowText, theme.ink),
        (role.Text, theme.ink),
        (role.ButtonText, theme.ink),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.dim),
        (role.Highlight, theme.primary),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.info),
        (role.Accent, theme.primary),
        (role.Mid, theme.line),
        (role.Midlight, theme.sunken),
        (role.Light, theme.surface),
        (role.Dark, theme.line),
        (role.Shadow, theme.line),
    ):
        result.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return result
