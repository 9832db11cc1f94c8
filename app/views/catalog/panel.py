"""The catalog's panel: shelves at the left, actions above, a hundred thousand products in the list."""

from array import array
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSettings, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.services.access import Context
from app.services.catalog import queue
from app.services.catalog.rows import ProductFilter, ProductRow, ProductSort, Shelf
from app.views.catalog.actions import CatalogActions
from app.views.catalog.columns import COLUMNS, ProductCells, sort_column
from app.views.changes import Changes
from app.views.long_panel import LongPanel, Query
from app.views.tasks import Tasks
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.layouts import below, beside, over
from app.views.widgets.long_listing import Source
from app.views.widgets.long_table import LongTable, Sharing
from app.views.widgets.queue_list import Entry, QueueList
from app.views.widgets.toolbar import more_button, summary_label, toolbar

_NAME, _SHELF = sort_column(ProductSort.NAME), sort_column(ProductSort.SHELF)
SHARING = Sharing(_NAME, _SHELF, wide_least=136, rest_least=64, rest_comfort=72)
SHELF_WORDS = {
    Shelf.LISTED: N_("On sale"),
    Shelf.DRAFT: N_("Not listed"),
    Shelf.DELISTED: N_("Delisted"),
    Shelf.LEAD: N_("Lead products"),
    Shelf.SCARCE: N_("Scarce"),
    Shelf.ALL: N_("All products"),
}


def _ids(ctx: Context, query: Query[ProductFilter, ProductSort], limit: int | None) -> "array[int]":
    return queue.product_ids(ctx, query.wanted, query.sort, query.descending, limit)


class CatalogPanel(LongPanel[ProductFilter, ProductSort]):
    """Signals tell which product is looked at and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"products", "variants", "stock"})

    actions_: CatalogActions

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        source = Source(partial(_ids, ctx), partial(queue.product_rows, ctx), COLUMNS)
        super().__init__(ctx, tasks, changes, source, ProductSort.NEWEST, descending=True, parent=parent)
        self._total = ""  # how many products there are
        kept = f"people/{ctx.person}/catalog"
        self.table = LongTable(self.model, ProductCells(), _("Products"), settings, kept, sharing=SHARING)
        self.actions_ = CatalogActions(ctx, tasks, self, self.table.current_row, self.table.chosen_ids, self.wanted)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.queues = QueueList([Entry(shelf.value, _(word)) for shelf, word in SHELF_WORDS.items()], _("Shelves"))
        self.empty = empty_state("package-variant")
        beside(self.queues, below(self._toolbar(), self.strip, over(self.table, self.empty)), owner=self)

    def _toolbar(self) -> QHBoxLayout:
        actions = self.actions_
        more = more_button(
            [actions.change, actions.bulk, actions.delist, actions.stock, actions.movements],
            [actions.bring_in, actions.take_out],
        )
        self._summary = summary_label()
        plain = [plain_button(action) for action in (actions.list, actions.add)]
        return toolbar(primary_button(actions.price), *plain, more, summary=self._summary)

    def _connect(self) -> None:
        self.connect_list()
        self.table.opened.connect(self.actions_.change.trigger)
        self.actions_.done.connect(self.said)

    def refresh(self) -> None:
        """Ask for counts and the list again; selection and scroll stay."""
        if not self.queues.current():
            with QSignalBlocker(self.queues):
                self.queues.choose(Shelf.ALL.value)
        ctx = self.ctx
        self.model.refresh_rows()
        self.load(same=True)
        self.tasks.run(self, lambda: queue.shelf_counts(ctx), self._show_counts)

    def wanted(self) -> ProductFilter:
        shelf = Shelf.ALL if self._text else Shelf(self.queues.current() or Shelf.ALL.value)
        return ProductFilter(shelf=shelf, text=self._text)

    def _show(self, ids: "array[int]", rows: Sequence[ProductRow], *, same: bool) -> None:
        super()._show(ids, rows, same=same)
        self._summarise()

    def empty_text(self) -> str:
        if self.queues.current() == Shelf.ALL:
            return _("No product yet. Press Ctrl+N to enter one.")
        return _("Nothing on this shelf.")

    def _show_counts(self, counts: dict[Shelf, int]) -> None:
        self.queues.set_counts({shelf.value: count for shelf, count in counts.items() if shelf is not Shelf.ALL})
        total = counts[Shelf.ALL]
        told = ngettext("{count} product", "{count} products", total).format(count=f"{total:,}")
        if counts[Shelf.SCARCE]:
            told += " · " + _("{count} scarce").format(count=counts[Shelf.SCARCE])
        self._total = told
        self._summarise()

    def _summarise(self) -> None:
        """How many products there are, or how many were found."""
        count = self.model.rowCount()
        found = ngettext("{count} product found", "{count} products found", count).format(count=f"{count:,}")
        self._summary.setText(found if self._text else self._total)
