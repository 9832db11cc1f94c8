"""What stands beside the list that is looked at belongs to it: detail, day's figures, words searched for."""

from PySide6.QtCore import QObject, QTimer

from app.views.dock import Area
from app.views.main_window import MainWindow
from app.views.panels import SIDES, Panels
from app.views.widgets.search_box import SearchBox

ABOVE_THE_DAY = frozenset({"review", "orders"})  # the lists that the day's figures are about


class Matching(QObject):
    """Matches once after each change of what is in front."""

    def __init__(self, window: MainWindow, panels: Panels, search: SearchBox) -> None:
        super().__init__(window)
        self._window, self._panels, self._search = window, panels, search
        self._timer = QTimer(self, singleShot=True, interval=0)  # after all docks have told where they are
        for match in (self._match_side, self._match_below, self._match_search):
            self._timer.timeout.connect(match)
        window.panel_shown.connect(self._timer.start)
        window.closed.connect(self._timer.stop)
        panels.search_ended.connect(self._match_search)

    def _match_search(self) -> None:
        """The words in the search box belong to the list that is looked at."""
        self._search.show_text(self._panels.searched_for())

    def _match_side(self) -> None:
        """The detail at the side belongs to the list that is looked at; where two are, to the one before."""
        docks = self._window.docks
        shown = [side for side, of in SIDES.items() if (panel := docks[of].panel) is not None and panel.isVisible()]
        if len(shown) == 1 and docks[SIDES[shown[0]]] not in self._window.tabifiedDockWidgets(docks[shown[0]]):
            docks[shown[0]].raise_()  # on a small screen it would hide the list

    def _match_below(self) -> None:
        """The day below the lists that it is about; the others have the room to themselves."""
        docks, below = self._window.docks, self._window.docks["overview"]
        centre = [key for key, dock in docks.items() if dock.spec.area is Area.CENTRE]
        shown = {key for key in centre if (panel := docks[key].panel) is not None and panel.isVisible()}
        if below.spec.area is not Area.BELOW or self._window.tabifiedDockWidgets(below):
            return
        if shown & ABOVE_THE_DAY:
            below.unfold()
        elif shown:
            below.fold()
