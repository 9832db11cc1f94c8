"""The office's one typeface on paper: loading it once, what it covers, how wide text is.

Stated rule for what the typeface lacks: a character without a glyph is shown as □; what only modifies its neighbour
(joiners, variation selectors, combining marks, skin tones) or is invisible vanishes; tabs and odd blanks become blanks.
"""

import functools
import math
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
FONT_DIR = Path(__file__).resolve().parents[3] / "resources" / "fonts"
MISSING = "□"

_LINE_BREAKS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_MODIFIERS = frozenset({"Cf", "Mn", "Me", "Mc", "Sk"})


class _Shown(dict[int, str]):
    """A table for str.translate that fills itself: what is shown for each character."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(chr(code))
        return shown


class _Widths(dict[str, int]):
    """Advance widths in thousandths of the size, looked up in the face when first asked for."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> int:
        width: int = round(self._face.getCharWidth(ord(char)))
        self[char] = width
        return width


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if char in _LINE_BREAKS:
        return "\n"
    if char == "\t" or category in {"Zs", "Zl", "Zp"}:
        return "\u3000" if char == "\u3000" else " "
    if category in {"Cc", "Cf"}:
        return ""
    if ord(char) in font(REGULAR).face.charToGlyph:
        return char
    return "" if category in _MODIFIERS else MISSING


@functools.cache
def font(name: str) -> Any:
    """The ReportLab font `name`, read and registered once; 0.06 s and 20 MB each."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    loaded = ttfonts.TTFont(name, str(FONT_DIR / f"{name}.ttf"), shapable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


@functools.cache
def widths(bold: bool) -> Mapping[str, int]:
    """The widths of single characters in thousandths of the size."""
    return _Widths(font(BOLD if bold else REGULAR).face)


_SHOWN = _Shown()


def clean(text: str) -> str:
    """`text` as the typeface can show it, by the rule above; line breaks are the only control characters left."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


@functools.lru_cache(maxsize=16_384)
def measured(text: str, bold: bool) -> tuple[str, float]:
    """`text` cleaned, and its width in thousandths of its size; infinitely wide if it has several lines."""
    shown = clean(text)
    return shown, math.inf if "\n" in shown else sum(map(widths(bold).__getitem__, shown))
