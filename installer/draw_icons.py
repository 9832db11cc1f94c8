"""Draw the icons of resources/icons from the Material Design Icons font that comes with qtawesome (a developer's tool).

Run once after adding a name: `.venv/bin/python installer/draw_icons.py`. The window itself reads the small SVG files:
importing qtawesome and its fonts costs more than the whole start may take.
"""

import json
import sys
from pathlib import Path

import qtawesome
from PySide6.QtGui import QGuiApplication, QPainterPath, QRawFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.views.tokens import DARK, LIGHT  # noqa: E402 (the tree is found from where this file lies)

ICONS = ROOT / "resources" / "icons"
FONT = "materialdesignicons6-webfont-6.9.96"
SIZE = 24.0
COMMAND = {0: "M", 1: "L", 2: "C"}

NAMES = (
    "account-arrow-right-outline",
    "account-circle-outline",
    "account-plus-outline",
    "account-remove-outline",
    "alert-circle-outline",
    "alert-outline",
    "arrow-left",
    "arrow-right",
    "auto-fix",
    "bell-outline",
    "bookmark-outline",
    "bullhorn-outline",
    "calendar-clock",
    "cancel",
    "cash-minus",
    "cash-refund",
    "chart-bar",
    "check",
    "check-all",
    "check-circle",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "clipboard-check-outline",
    "clipboard-text-outline",
    "clock-alert-outline",
    "clock-outline",
    "close",
    "close-circle",
    "cog-outline",
    "content-copy",
    "content-save-outline",
    "database-check-outline",
    "database-outline",
    "delete-outline",
    "dots-horizontal",
    "download",
    "eraser",
    "export",
    "eye-off-outline",
    "eye-outline",
    "file-document-outline",
    "file-pdf-box",
    "filter-variant",
    "flag-outline",
    "folder-open-outline",
    "hand-back-right-outline",
    "help-circle-outline",
    "history",
    "home-city-outline",
    "image-outline",
    "information-outline",
    "keyboard-outline",
    "lock-outline",
    "logout",
    "magnify",
    "magnify-minus-outline",
    "magnify-plus-outline",
    "map-marker-outline",
    "message-text-outline",
    "minus",
    "note-text-outline",
    "package-variant",
    "package-variant-closed",
    "paperclip",
    "pause-circle-outline",
    "pencil-outline",
    "phone",
    "phone-check",
    "phone-missed",
    "phone-remove",
    "pin-outline",
    "play-circle-outline",
    "plus",
    "printer",
    "refresh",
    "shield-check-outline",
    "star-outline",
    "store-outline",
    "swap-horizontal",
    "tag-outline",
    "tag-plus-outline",
    "theme-light-dark",
    "translate",
    "tray-arrow-down",
    "truck-delivery-outline",
    "undo-variant",
    "view-column-outline",
    "view-dashboard-outline",
    "window-restore",
)

# Images that only a style sheet can show: it cannot recolour them, so they are drawn in the tokens of both themes.
TINTED = {
    "chevron-down": "dim",
    "chevron-up": "dim",
    "chevron-left": "dim",
    "chevron-right": "dim",
    "check": "on_accent",
    "minus": "on_accent",
}


def outline(font: QRawFont, charmap: dict[str, str], name: str) -> str:
    """The SVG path of one glyph, in a box of 24 × 24."""
    glyph = font.glyphIndexesForString(chr(int(charmap[name], 16)))[0]
    path = font.pathForGlyph(glyph)
    # The font draws upwards from the baseline, one eighth of the box below it.
    path.translate(0, SIZE * 7 / 8)
    return "".join(_step(path, index) for index in range(path.elementCount())) + "Z"


def _step(path: QPainterPath, index: int) -> str:
    element = path.elementAt(index)
    letter = COMMAND.get(element.type.value, " ")  # a curve's later points follow its first
    close = "Z" if letter == "M" and index else ""
    return f"{close}{letter}{element.x:.6g} {element.y:.6g}"


def svg(path: str, colour: str = "#000000") -> str:
    """A whole SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
        f'<path fill="{colour}" d="{path}"/></svg>\n'
    )


def main() -> None:
    """Write every icon."""
    QGuiApplication(["draw_icons", "-platform", "offscreen"])
    fonts = Path(qtawesome.__file__).parent / "fonts"
    font = QRawFont(str(fonts / f"{FONT}.ttf"), SIZE)
    charmap = json.loads((fonts / f"{FONT.replace('-webfont', '-webfont-charmap')}.json").read_text())
    for name in NAMES:
        (ICONS / f"{name}.svg").write_text(svg(outline(font, charmap, name)))
    for theme in (LIGHT, DARK):
        for name, token in TINTED.items():
            path = svg(outline(font, charmap, name), getattr(theme, token))
            (ICONS / "style" / f"{name}-{theme.name}.svg").write_text(path)


if __name__ == "__main__":
    main()
