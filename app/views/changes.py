"""How panels hear that the office changed, or that another day has begun."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Carries what the database announces after a commit onto the window's thread."""

    changed = Signal(object)  # frozenset[str]
    day_began = Signal()  # what was said of today is said of yesterday now

    def announce(self, tables: frozenset[str]) -> None:
        """Tell every panel; may be called from any thread, and hands over to the receivers' own."""
        self.changed.emit(tables)
