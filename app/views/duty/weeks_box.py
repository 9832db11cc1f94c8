"""How many weeks of the roster are shown."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from app.i18n import _, ngettext

WEEKS = (1, 2, 4, 5, 8)
SHOWN = 2  # weeks, as long as nobody chooses otherwise


class WeeksBox(QComboBox):
    """One of a few numbers of weeks."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Weeks shown"))
        for count in WEEKS:
            self.addItem(ngettext("{count} week", "{count} weeks", count).format(count=count), count)
        self.setCurrentIndex(WEEKS.index(SHOWN))

    def chosen(self) -> int:
        """How many that is."""
        return int(self.currentData())

    def widen(self, weeks: int) -> None:
        """Choose as many as are needed for so many weeks, without a word, where fewer are shown."""
        if self.chosen() < weeks:
            with QSignalBlocker(self):
                self.setCurrentIndex(next((at for at, count in enumerate(WEEKS) if count >= weeks), len(WEEKS) - 1))
