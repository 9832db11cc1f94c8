"""What looks again and again while somebody is signed in."""

from PySide6.QtCore import QObject, QTimer

MINUTE_MS = 60_000


class Looking(QObject):
    """Looks at once when it starts, and from then on after every `interval` milliseconds."""

    def __init__(self, parent: QObject, interval: int = MINUTE_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def look(self) -> None:
        """Look once."""
        raise NotImplementedError
