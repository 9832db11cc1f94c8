"""The catalog's panel: shelves at the left, actions above, a hundred thousand products in the list."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.services.access import Context
from app.services.catalog import queue
from app.services.catalog.rows import ProductFilter, ProductRow, ProductSort, Shelf
from app.views.catalog.actions import CatalogActions
from app.views.catalog.columns import COLUMNS, ProductCells, sort_column
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.layouts import below, beside, over
from app.views.widgets.long_listing import LongListing, Source
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


@dataclass(frozen=True, slots=True)
class Query:
    """Which products, in which order."""

    wanted: ProductFilter = field(default_factory=ProductFilter)
    sort: ProductSort = ProductSort.NEWEST
    descending: bool = True


def _ids(ctx: Context, query: Query, limit: int | None) -> "array[int]":
    return queue.product_ids(ctx, query.wanted, query.sort, query.descending, limit)


class CatalogPanel(Panel):
    """Signals tell which product is looked at and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"products", "variants", "stock"})

    product_selected = Signal(object)  # product or None
    search_ended = Signal()  # the person went elsewhere than to what was searched for
    said = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._text = ""
        self._total = ""  # how many products there are
        self._sort, self._descending = ProductSort.NEWEST, True
        source: Source[Query, ProductRow] = Source(partial(_ids, ctx), partial(queue.product_rows, ctx), COLUMNS)
        self._listing = LongListing(tasks, source, self._show, self)
        self.model = self._listing.model
        kept = f"people/{ctx.person}/catalog"
        self.table = LongTable(self.model, ProductCells(), _("Products"), settings, kept, sharing=SHARING)
        self.actions_ = CatalogActions(ctx, tasks, self, self.table.current_row, self.table.chosen_ids, self._wanted)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.shelves = QueueList([Entry(shelf.value, _(word)) for shelf, word in SHELF_WORDS.items()], _("Shelves"))
        self.empty = empty_state("package-variant")
        beside(self.shelves, below(self._toolbar(), self.strip, over(self.table, self.empty)), owner=self)

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
        self.setFocusProxy(self.table)
        self.shelves.chosen.connect(self._on_shelf_chosen)
        self.model.sort_requested.connect(self._on_sort_requested)
        self.model.rows_came.connect(self.actions_.update_actions)
        self.table.chosen.connect(self._on_table_chosen)
        self.table.opened.connect(self.actions_.change.trigger)
        self.table.left.connect(self._on_table_left)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self.actions_.done.connect(self.said)

    def refresh(self) -> None:
        """Ask for counts and the list again; selection and scroll stay."""
        if not self.shelves.current():
            with QSignalBlocker(self.shelves):
                self.shelves.choose(Shelf.ALL.value)
        ctx = self.ctx
        self.model.refresh_rows()
        self._load(same=True)
        self.tasks.run(self, lambda: queue.shelf_counts(ctx), self._show_counts)

    def search(self, text: str) -> None:
        """Show what matches on all shelves; an empty text goes back to the shelf."""
        if text.strip() != self._text:
            self._text = text.strip()
            self.shelves.set_away(away=bool(self._text))
            self._load(same=False)

    def search_text(self) -> str:
        """What is searched for."""
        return self._text

    def show_product(self, product: int) -> None:
        """Go to a product, wherever it stands."""
        if not self.table.choose(product):
            self.shelves.choose(Shelf.ALL.value)

    def _wanted(self) -> ProductFilter:
        shelf = Shelf.ALL if self._text else Shelf(self.shelves.current() or Shelf.ALL.value)
        return ProductFilter(shelf=shelf, text=self._text)

    def _load(self, *, same: bool) -> None:
        self._listing.load(Query(self._wanted(), self._sort, self._descending), same=same)

    def _show(self, ids: "array[int]", rows: Sequence[ProductRow], *, same: bool) -> None:
        before, place = self.table.current_id(), self.table.currentIndex().row()
        with self.table.steady(same=same):
            self.model.show_ids(ids, rows, same=same)
        self.empty.setHidden(bool(ids))
        if not ids:
            self.empty.set_text(self._empty_text())
        elif not self.table.currentIndex().isValid():
            self.table.choose_place(min(max(place, 0), len(ids) - 1) if same else 0)
        if self.table.current_id() == before or not ids:
            self.product_selected.emit(self.table.current_id())
        self.actions_.update_actions()
        self._summarise()

    def _empty_text(self) -> str:
        if self._text:
            return _("Nothing found for “{text}”.").format(text=self._text)
        if self.shelves.current() == Shelf.ALL:
            return _("No product yet. Press Ctrl+N to enter one.")
        return _("Nothing on this shelf.")

    def _show_counts(self, counts: dict[Shelf, int]) -> None:
        self.shelves.set_counts({shelf.value: count for shelf, count in counts.items() if shelf is not Shelf.ALL})
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

    def _on_shelf_chosen(self, _key: str) -> None:
        self._end_search()
        self._load(same=False)

    def _on_table_left(self) -> None:
        """Esc ends the search."""
        if self._text:
            self._end_search()
            self._load(same=False)

    def _end_search(self) -> None:
        if self._text:
            self._text = ""
            self.shelves.set_away(away=False)
            self.search_ended.emit()

    def _on_sort_requested(self, sort: ProductSort, descending: bool) -> None:
        self._sort, self._descending = sort, descending
        self._load(same=False)

    def _on_header_clicked(self, section: int) -> None:
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        same = sort_column(self._sort) == section
        order = down if same and not self._descending else up
        self.model.sort(section, order)
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)

    def _on_table_chosen(self, product: int | None) -> None:
        self.actions_.update_actions()
        self.product_selected.emit(product)
