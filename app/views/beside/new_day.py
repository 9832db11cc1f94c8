"""Notices that another day has begun, so that a window left open over midnight does not call yesterday today."""

from PySide6.QtCore import QObject, Signal

from app.clock import Clock, office_day
from app.views.looking import Looking

SECOND_MS = 1_000  # the computer may have slept over midnight, or its clock been put right


class NewDay(Looking):
    """`began` tells it once for each change of the office's day."""

    began = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent, SECOND_MS)
        self._clock, self._day = clock, office_day(clock)

    def look(self) -> None:
        today = office_day(self._clock)
        if today != self._day:
            self._day = today
            self.began.emit()
