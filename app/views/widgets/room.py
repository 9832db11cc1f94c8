"""How large a window may be where it stands, so that nothing of it lies beside the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = 40  # what the desktop puts around a window before it is shown


def room_for(window: QWidget) -> QSize:
    """The largest size that a window's inside can have on its screen."""
    room = window.screen().availableGeometry().size()
    frame = window.frameGeometry().height() - window.height() if window.isVisible() else FRAME
    return QSize(room.width(), room.height() - frame)


def resize_within(window: QWidget, width: int, height: int) -> None:
    """Give a window this size, or as much of it as the screen has."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))


def least_width(window: QWidget, width: int) -> None:
    """Let a window be no narrower than this, where its screen has as much room."""
    window.setMinimumWidth(min(width, room_for(window).width()))


def keep_on_screen(window: QWidget) -> None:
    """Move a window that has grown over the screen's lower edge up again."""
    screen, frame = window.screen().availableGeometry(), window.frameGeometry()
    over = frame.bottom() - screen.bottom()
    if over > 0:
        window.move(frame.x(), max(frame.y() - over, screen.top()))
