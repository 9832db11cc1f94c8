"""The publishing panel (发布): the content schedule, the promotions and the market, one list at a time."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.services.access import Context
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.publishing.list_page import ListPage
from app.views.publishing.market import MarketPage
from app.views.publishing.promotions import PromotionsPage
from app.views.publishing.schedule import SchedulePage
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action
from app.views.widgets.queue_list import Entry, QueueList

MINUTE_MS = 60_000
SCHEDULE, PROMOTIONS, MARKET = "schedule", "promotions", "market"
LIST_WORDS = {SCHEDULE: N_("Schedule"), PROMOTIONS: N_("Promotions"), MARKET: N_("Market")}


class PublishingPanel(Panel):
    """Alt+1 to Alt+3 switch the lists; `said` tells what was done."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"contents", "promotions", "promotion_prices", "market_notes", "proposals", "variants", "people"}
    )

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._counts: dict[str, int] = {}
        self.schedule = SchedulePage(ctx, tasks)
        self.promotions = PromotionsPage(ctx, tasks)
        self.market = MarketPage(ctx, tasks)
        self.pages: dict[str, ListPage[Any]] = {
            SCHEDULE: self.schedule, PROMOTIONS: self.promotions, MARKET: self.market
        }  # fmt: skip
        self.lists = QueueList([Entry(key, _(word)) for key, word in LIST_WORDS.items()], _("Lists of publishing"))
        self._build()
        self._connect()
        self.lists.choose(SCHEDULE)
        again = QTimer(self, interval=MINUTE_MS)
        again.timeout.connect(self._on_again)
        again.start()

    def _build(self) -> None:
        self._pile = QStackedWidget()
        for page in self.pages.values():
            self._pile.addWidget(page)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self._pile, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.lists)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.lists.chosen.connect(self._on_list_chosen)
        self.lists.clicked.connect(lambda _index: self.setFocus())
        for place, (key, page) in enumerate(self.pages.items(), start=1):
            page.said.connect(self.said)
            page.counted.connect(partial(self._on_counted, key))
            new_action(self, _(LIST_WORDS[key]), partial(self.show_list, key), "", f"Alt+{place}")

    def refresh(self) -> None:
        """Ask for all three lists again: the counts at the left are theirs."""
        for page in self.pages.values():
            page.refresh()

    def show_list(self, key: str) -> None:
        """Switch to a list and go there."""
        self.lists.choose(key)
        self.pages[key].setFocus()

    def _on_list_chosen(self, key: str) -> None:
        page = self.pages[key]
        self._pile.setCurrentWidget(page)
        self.setFocusProxy(page)
        for action in self.lists.actions():  # the keys of a list work from the switch beside it as well
            self.lists.removeAction(action)
        self.lists.addActions(page.actions())

    def _on_counted(self, key: str, count: int) -> None:
        self._counts[key] = count
        self.lists.set_counts(dict(self._counts))

    def _on_again(self) -> None:
        if self.isVisible():
            self.schedule.refresh()
