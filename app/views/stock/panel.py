"""The stock panel: counts and goods wanted, one beside the other to switch between."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.stock.count_rows import list_counts
from app.services.stock.wishes import list_wishes
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.stock.counts_page import CountsPage
from app.views.stock.wishes_page import WishesPage
from app.views.tasks import Tasks
from app.views.widgets.layouts import beside
from app.views.widgets.queue_list import Entry, QueueList

COUNTS, WISHES = "counts", "wishes"
COUNTED = frozenset({"stock_counts", "wishes"})


class StockPanel(Panel):
    """Two pages that each look for themselves when it is time to ask again; `said` tells what was done."""

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._stale = False  # the pages ask when they are shown
        self.counts, self.wishes = CountsPage(ctx, tasks, changes), WishesPage(ctx, tasks, changes)
        self._pages: dict[str, CountsPage | WishesPage] = {COUNTS: self.counts, WISHES: self.wishes}
        words = {COUNTS: _("Counts"), WISHES: _("Goods wanted")}
        self.lists = QueueList([Entry(key, word) for key, word in words.items()], _("Lists of the stock"))
        self.stack = QStackedWidget()
        for page in self._pages.values():
            self.stack.addWidget(page)
            page.said.connect(self.said)
        beside(self.lists, self.stack, owner=self)
        self.lists.chosen.connect(self._on_chosen)
        self.lists.choose(COUNTS)
        changes.changed.connect(self._on_tables_changed)

    def refresh(self) -> None:
        """Ask for everything that is looked at again."""
        self._count()
        self._pages[self.lists.current()].refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def _count(self) -> None:
        """How many counts and wishes are open, beside their words."""
        ctx = self.ctx
        self.tasks.run(
            self,
            lambda: {COUNTS: len(list_counts(ctx)), WISHES: len(list_wishes(ctx))},
            self.lists.set_counts,
        )

    @Slot(object)
    def _on_tables_changed(self, tables: frozenset[str]) -> None:
        if COUNTED & tables and self.isVisible():
            self._count()

    def _on_chosen(self, key: str) -> None:
        page = self._pages[key]
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page.table)
        for action in self.lists.actions():
            self.lists.removeAction(action)
        self.lists.addActions(page.actions())  # a page's keys work while the keyboard is still on the list beside it
