"""How panels hear that the office changed: one signal with the names of the tables."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Carries what the database announces after a commit onto the window's thread."""

    changed = Signal(object)  # frozenset[str]

    def announce(self, tables: frozenset[str]) -> None:
        """Tell every panel; may be called from any thread, and hands over to the receivers' own."""
        self.changed.emit(tables)
