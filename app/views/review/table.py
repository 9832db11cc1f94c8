"""The review screen's list: its columns share the room there is, on a small screen as well as without a row."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent

from app.i18n import _
from app.services.approvals.queue import ProposalRow
from app.views.review.columns import CHANGE, KIND, REASON, SUBJECT, WAITS, WHO, columns
from app.views.theme import ROW
from app.views.widgets.list_table import ListTable

USUAL = {WAITS: 104, KIND: 110, SUBJECT: 190, WHO: 140, CHANGE: 220}  # also where nothing is listed
LEAST = {CHANGE: 120, SUBJECT: 110, WHO: 84}  # which give way to the reason, in this order
LEAST_REASON = 150


class ProposalTable(ListTable[ProposalRow]):
    """The reason takes what is left, and never less than it needs to be read."""

    def __init__(self, now: Callable[[], int]) -> None:
        super().__init__(columns(now), _("Proposals"), REASON, row_height=ROW, several=True)
        self._wanted: dict[int, int] = {}
        self.show_rows([])

    def show_rows(self, rows: Sequence[ProposalRow]) -> None:
        """Show these rows."""
        super().show_rows(rows)
        places = [place for place in range(self.model().columnCount()) if place != REASON]
        self._wanted = {place: max(self.columnWidth(place), USUAL.get(place, 0)) for place in places}
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        over = sum(self._wanted.values()) + LEAST_REASON - self.viewport().width()
        for place, wanted in self._wanted.items():
            self.setColumnWidth(place, wanted)
        for place, least in LEAST.items():
            gives = min(max(over, 0), max(self._wanted.get(place, 0) - least, 0))
            self.setColumnWidth(place, self._wanted.get(place, 0) - gives)
            over -= gives
