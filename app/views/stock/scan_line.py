"""The line that a barcode scanner types into: a code and Enter, with a quantity before it where one wants."""

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.views.widgets.line_edit import ENTER, LineEdit

LONGEST = 200  # no code is as long; what a scanner that runs wild types does not fill the memory
_PREFIX = re.compile(r"\s*(\d{1,9})\s*[*×＊]\s*(\S.*)", re.DOTALL)


def parse_scan(text: str) -> tuple[str, int]:
    """The code and the quantity of "6901234567892" or "12*6901234567892"."""
    found = _PREFIX.fullmatch(text)
    return (text.strip(), 1) if found is None else (found[2].strip(), int(found[1]))


class ScanLine(LineEdit):
    """Emits `scanned` with code and quantity, and is empty again at once: the next scan may be under way."""

    scanned = Signal(str, int)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(_("Code or barcode"))
        self.setAccessibleDescription(hint)
        self.setMaxLength(LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() and not self.composing:
            event.accept()  # a scanner's Enter must not press the dialog's button
            code, quantity = parse_scan(self.text())
            self.clear()
            if code:
                self.scanned.emit(code, quantity)
        else:
            super().keyPressEvent(event)
