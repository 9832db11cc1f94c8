"""What the panels of orders and of products have in common: queues at the left, a long list, search and order."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.widgets.empty import EmptyState
from app.views.widgets.long_listing import LongListing, Source
from app.views.widgets.long_model import place_of
from app.views.widgets.long_table import LongTable
from app.views.widgets.queue_list import QueueList

W = TypeVar("W")
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Query(Generic[W, S]):
    """What a list shows, and in which order."""

    wanted: W
    sort: S
    descending: bool


class Actions(Protocol):
    """What can be done to the row that is looked at."""

    def update_actions(self) -> None: ...


class LongPanel(Panel, Generic[W, S]):
    """A list of a hundred thousand rows; a search goes through all queues, and ends where one of them is chosen.

    Who derives from it makes the parts named here, then calls `connect_list`.
    """

    row_selected = Signal(object)  # the number that is looked at, or None
    search_ended = Signal()  # the person went elsewhere than to what was searched for
    said = Signal(str)

    queues: QueueList
    table: LongTable[Any]
    empty: EmptyState
    actions_: Actions

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, source: Source[Query[W, S], Any], sort: S, *,
        descending: bool, parent: QWidget | None,
    ) -> None:  # fmt: skip
        """`source` takes a `Query`; the list begins in the order of `sort`."""
        super().__init__(ctx, tasks, changes, parent)
        self._text = ""  # what is searched for
        self._columns = source.columns
        self._sort, self._descending = sort, descending
        self._listing: LongListing[Query[W, S], Any] = LongListing(tasks, source, self._show, self)
        self.model = self._listing.model

    def wanted(self) -> W:
        """What the list shows: the chosen queue, or what is searched for."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """Why nothing is listed where nothing is searched for."""
        raise NotImplementedError

    def choose_wanted(self) -> bool:
        """Go to what was asked for before it was in the list; whether it is there now."""
        return False

    def connect_list(self) -> None:
        """Let queues, table and model be heard."""
        self.setFocusProxy(self.table)
        self.queues.chosen.connect(self._on_queue_chosen)
        self.model.sort_requested.connect(self._on_sort_requested)
        self.model.rows_came.connect(self.actions_.update_actions)
        self.table.chosen.connect(self._on_table_chosen)
        self.table.left.connect(self._on_table_left)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header_clicked)

    def search(self, text: str) -> None:
        """Show what matches in all queues; an empty text goes back to the queue."""
        if text.strip() != self._text:
            self._text = text.strip()
            self.queues.set_away(away=bool(self._text))
            self.load(same=False)

    def search_text(self) -> str:
        """What is searched for."""
        return self._text

    def end_search(self) -> None:
        """Forget what is searched for; the list is not asked for again."""
        if self._text:
            self._text = ""
            self.queues.set_away(away=False)
            self.search_ended.emit()

    def load(self, *, same: bool) -> None:
        """Ask for the list; `same`: what is shown, looked at again."""
        self._listing.load(Query(self.wanted(), self._sort, self._descending), same=same)

    def _show(self, ids: "array[int]", rows: Sequence[Any], *, same: bool) -> None:
        before, place = self.table.current_id(), self.table.currentIndex().row()
        with self.table.steady(same=same):
            self.model.show_ids(ids, rows, same=same)
        self.empty.setHidden(bool(ids))
        if not ids:
            nothing = _("Nothing found for “{text}”.").format(text=self._text)
            self.empty.set_text(nothing if self._text else self.empty_text())
        if not self.choose_wanted() and not self.table.currentIndex().isValid() and ids:
            # Where what was looked at has gone on to another queue, the next one has moved up to its place.
            self.table.choose_place(min(max(place, 0), len(ids) - 1) if same else 0)
        if self.table.current_id() == before or not ids:
            self.row_selected.emit(self.table.current_id())
        self.actions_.update_actions()

    def mark_sort(self) -> None:
        """Mark the column that the list is ordered by."""
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(place_of(self._columns, self._sort), _order(descending=self._descending))

    def _on_queue_chosen(self, _key: str) -> None:
        self.end_search()
        self.load(same=False)

    def _on_sort_requested(self, sort: S, descending: bool) -> None:
        self._sort, self._descending = sort, descending
        self.load(same=False)

    def _on_header_clicked(self, section: int) -> None:
        same = place_of(self._columns, self._sort) == section
        self.model.sort(section, _order(descending=same and not self._descending))
        self.mark_sort()

    def _on_table_chosen(self, number: int | None) -> None:
        self.actions_.update_actions()
        self.row_selected.emit(number)

    def _on_table_left(self) -> None:
        """Esc ends the search."""
        if self._text:
            self.end_search()
            self.load(same=False)


def _order(*, descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
