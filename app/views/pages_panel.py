"""A panel of several lists: a switch at the left, one list at a time (发布、同事)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.access import Context
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action
from app.views.widgets.layouts import below, beside
from app.views.widgets.list_page import ListPage
from app.views.widgets.queue_list import Entry, QueueList

MINUTE_MS = 60_000
Pages = Mapping[str, tuple[str, ListPage[Any]]]  # by key: what the switch calls it, and the list


class PagesPanel(Panel):
    """Alt+1, Alt+2 … switch the lists; `said` tells what was done."""

    said = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None, *, pages: Pages, name: str
    ) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._counts: dict[str, int] = {}
        self.pages = {key: page for key, (_word, page) in pages.items()}
        self.lists = QueueList([Entry(key, word) for key, (word, _page) in pages.items()], name)
        self._pile = QStackedWidget()
        for page in self.pages.values():
            self._pile.addWidget(page)
        beside(self.lists, below(self.strip, self._pile), owner=self)
        self._connect(pages)
        self.lists.choose(next(iter(self.pages)))
        again = QTimer(self, interval=MINUTE_MS)
        again.timeout.connect(self._on_again)
        again.start()

    def _connect(self, pages: Pages) -> None:
        self.lists.chosen.connect(self._on_list_chosen)
        self.lists.clicked.connect(lambda _index: self.setFocus())
        for place, (key, (word, page)) in enumerate(pages.items(), start=1):
            page.said.connect(self.said)
            page.counted.connect(partial(self._on_counted, key))
            new_action(self, word, partial(self.show_list, key), "", f"Alt+{place}")

    def refresh(self) -> None:
        """Ask for all lists again: the counts at the left are theirs."""
        for page in self.pages.values():
            page.refresh()

    def show_list(self, key: str) -> None:
        """Switch to a list and go there."""
        self.lists.choose(key)
        self.pages[key].setFocus()

    def _on_list_chosen(self, key: str) -> None:
        page = self.pages[key]
        self.strip.clear()  # what was refused in another list
        self._pile.setCurrentWidget(page)
        self.setFocusProxy(page)
        for action in self.lists.actions():  # the keys of a list work from the switch beside it as well
            self.lists.removeAction(action)
        self.lists.addActions(page.actions())

    def _on_counted(self, key: str, count: int) -> None:
        self._counts[key] = count
        self.lists.set_counts(dict(self._counts))

    def _on_again(self) -> None:
        """What is due changes with the clock."""
        page = self._pile.currentWidget()
        if self.isVisible() and isinstance(page, ListPage):
            page.refresh()
