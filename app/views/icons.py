"""Icons by their Material Design name, drawn from resources/icons in the colours of the theme in use."""

import functools

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.views.theme import RESOURCES, current


@functools.cache
def icon(name: str, colour: str = "dim") -> QIcon:
    """The icon `name` ("phone-check") in a colour token of the theme ("dim", "on_accent"); sharp at every scale.

    Raises FileNotFoundError for a name that installer/draw_icons.py has not drawn.
    """
    return QIcon(_Engine(_source(name), colour))


class _Engine(QIconEngine):
    """Paints at whatever size is asked, in the colour that the token has now."""

    def __init__(self, source: str, token: str) -> None:
        super().__init__()
        self._source = source
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self._drawn(rect.size(), mode, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        return self._drawn(size, mode, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        return self._drawn(size, mode, scale)

    def _drawn(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        theme = current()
        colour = theme.faint if mode == QIcon.Mode.Disabled else getattr(theme, self._token)
        return _draw(self._source, colour, round(size.width() * ratio), round(size.height() * ratio))


@functools.cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="ascii")


@functools.lru_cache(512)
def _draw(source: str, colour: str, width: int, height: int) -> QPixmap:
    result = QPixmap(width, height)
    result.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(source.replace("#000000", colour).encode())
    side = min(width, height)
    corner = QPoint((width - side) // 2, (height - side) // 2)
    painter = QPainter(result)
    renderer.render(painter, QRectF(corner.x(), corner.y(), side, side))
    painter.end()
    return result
