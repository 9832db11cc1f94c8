"""Icons: drawn in the theme's colour, sharp at each scale, and no name that was not drawn."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from app.views.icons import icon
from app.views.theme import DARK, LIGHT, RESOURCES, ThemeChoice, apply_theme

VIEWS = RESOURCES.parent / "app" / "views"


def darkest(image: QImage) -> QColor:
    """The colour where the icon covers most."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def test_an_icon_is_painted_in_its_token(qapp: QApplication) -> None:
    image = icon("check-circle", "ok").pixmap(32, 32).toImage()

    assert darkest(image).name().upper() == LIGHT.ok


def test_an_icon_follows_the_theme_without_being_asked_for_again(qapp: QApplication) -> None:
    held = icon("check-circle", "ok")
    try:
        apply_theme(qapp, ThemeChoice.DARK)
        assert darkest(held.pixmap(32, 32).toImage()).name().upper() == DARK.ok
    finally:
        apply_theme(qapp, ThemeChoice.LIGHT)


def test_a_disabled_icon_is_weaker(qapp: QApplication) -> None:
    image = icon("check-circle", "ok").pixmap(32, 32, QIcon.Mode.Disabled).toImage()

    assert darkest(image).name().upper() == LIGHT.faint


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_the_pixels_of_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = icon("printer").pixmap(QSize(16, 16), ratio)

    assert pixmap.width() == round(16 * ratio)
    assert darkest(pixmap.toImage()).alpha() == 255


def test_an_unknown_name_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def icon_names() -> list[tuple[str, str]]:
    """Every literal in the views that names an icon: first of `icon(…)` and the icon of actions and panels."""
    found = []
    for path in sorted(VIEWS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"icon": 0, "new_action": 3, "EmptyState": 0, "empty_state": 0}.get(node.func.id)
                if place is not None and place < len(node.args) and isinstance(node.args[place], ast.Constant):
                    found.append((path.name, ast.literal_eval(node.args[place])))
    return found


def test_every_icon_the_views_name_was_drawn() -> None:
    names = icon_names()

    assert len(names) > 10
    assert [(file, name) for file, name in names if name and not _drawn(name)] == []


def _drawn(name: str) -> bool:
    return Path(RESOURCES / "icons" / f"{name}.svg").is_file()
