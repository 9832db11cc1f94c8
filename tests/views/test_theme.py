"""Whether what is written can be read: contrast of every pair that stands on the screen, in both themes."""

import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QDoubleSpinBox, QLineEdit, QPushButton, QSpinBox

from app.i18n import set_language
from app.views.style import style_sheet
from app.views.theme import (
    DARK,
    LIGHT,
    RESOURCES,
    TEXT,
    Kind,
    Theme,
    ThemeChoice,
    apply_theme,
    choose,
    current,
    font,
    palette,
)

THEMES = [LIGHT, DARK]
LEAST = 4.5


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", Kind)
def test_a_status_can_be_read_on_its_own_ground(theme: Theme, kind: Kind) -> None:
    ink, ground = theme.pair(kind)

    assert contrast(ink, ground) >= LEAST


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", ["ink", "dim", "accent"])
@pytest.mark.parametrize("ground", ["surface", "ground", "selected"])
def test_text_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_primary_button_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.primary) >= 4.5
    assert contrast(theme.on_accent, theme.primary_hover) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_focus_ring_is_seen(theme: Theme) -> None:
    assert contrast(theme.accent, theme.surface) >= 3


def test_the_light_tokens_are_the_designs() -> None:
    assert (LIGHT.ground, LIGHT.surface, LIGHT.sunken, LIGHT.line) == ("#F5F6F8", "#FFFFFF", "#EEF0F3", "#DFE3E8")
    assert (LIGHT.ink, LIGHT.dim) == ("#1C2430", "#66707F")
    assert LIGHT.pair(Kind.DANGER) == ("#B3261E", "#FBEDEC")
    assert LIGHT.pair(Kind.OK) == ("#1D7D4D", "#E8F5EE")  # a hair darker than designed, so that it reaches 4.5:1
    assert LIGHT.pair(Kind.WARN) == ("#A15C00", "#FFF3DF")
    assert LIGHT.pair(Kind.INFO) == ("#1F5FAF", "#E9F1FB")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_picture_of_the_style_sheet_is_there(theme: Theme) -> None:
    pictures = re.findall(r"url\(style:([^)]+)\)", style_sheet(theme))

    assert pictures
    assert [name for name in pictures if not (RESOURCES / "icons" / "style" / name).is_file()] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_style_sheet_has_no_unfilled_hole(theme: Theme) -> None:
    assert "{t." not in style_sheet(theme)
    assert style_sheet(theme).count("{") == style_sheet(theme).count("}")


def test_the_shipped_font_is_the_one_on_screen(qapp: QApplication) -> None:
    assert QFontInfo(font()).family() == "Noto Sans SC"
    assert QFontInfo(font()).pixelSize() == 13
    assert QFontInfo(font(bold=True)).bold()


def test_quotation_marks_are_as_wide_as_the_language_wants(qapp: QApplication) -> None:
    def wide() -> int:
        return QFontMetrics(font(TEXT)).horizontalAdvance("“")

    set_language("en")
    english = wide()
    set_language("zh_CN")
    assert english < TEXT / 2 < wide() == TEXT


def test_a_change_of_theme_reaches_the_application(qapp: QApplication) -> None:
    try:
        assert apply_theme(qapp, ThemeChoice.DARK) is DARK
        assert current() is DARK
        assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface
        assert DARK.surface in qapp.styleSheet()
    finally:
        apply_theme(qapp, ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == LIGHT.surface


def test_the_palette_shows_what_is_switched_off_weaker() -> None:
    made = palette(LIGHT)

    off = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert off.name().upper() == LIGHT.faint


def test_a_choice_means_a_theme(qapp: QApplication) -> None:
    assert choose(ThemeChoice.LIGHT) is LIGHT
    assert choose(ThemeChoice.DARK) is DARK
    assert choose(ThemeChoice.SYSTEM) in THEMES


def test_fields_side_by_side_are_of_one_height(qapp: QApplication) -> None:
    apply_theme(qapp, ThemeChoice.LIGHT)
    fields = [kind() for kind in (QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QPushButton)]
    assert len({field.sizeHint().height() for field in fields}) == 1
