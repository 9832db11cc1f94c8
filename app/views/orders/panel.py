"""The order desk's panel: queues at the left, actions above, the list; it takes no decision of its own."""

from array import array
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QByteArray, QSettings, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clock import office_day, to_ms
from app.i18n import _, ngettext
from app.money import format_money
from app.services.access import Context
from app.services.orders import queue as queues
from app.services.orders.deadline import DeskClock
from app.services.orders.queue import DeskFigures
from app.services.orders.rows import OrderFilter, Queue, Sort
from app.services.orders.settings import why_no_release
from app.services.orders.words import queue_word
from app.views.changes import Changes
from app.views.long_panel import LongPanel, Query
from app.views.orders.actions import OrderActions
from app.views.orders.cells import OrderCells
from app.views.orders.columns import order_columns, sort_column
from app.views.orders.filters import FilterBar, Period
from app.views.orders.saved_views import Definition, SavedViews
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.layouts import below, beside, over
from app.views.widgets.long_listing import Source
from app.views.widgets.long_table import LongTable, Sharing
from app.views.widgets.queue_list import Entry, QueueList
from app.views.widgets.toolbar import more_button, summary_label, toolbar

SECOND_MS = 1_000
SHARING = Sharing(wide=sort_column(Sort.GOODS), rest=sort_column(Sort.HINT))


def _ids(ctx: Context, query: Query[OrderFilter, Sort], limit: int | None) -> "array[int]":
    return queues.queue_ids(ctx, query.wanted, query.sort, query.descending, limit)


class OrdersPanel(LongPanel[OrderFilter, Sort]):
    """Signals tell which order is looked at and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"orders", "personal", "people", "settings"})

    actions_: OrderActions

    figures_changed = Signal(object)  # DeskFigures

    def __init__(
        self, ctx: Context, tasks: Tasks, changes: Changes, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        source = Source(
            partial(_ids, ctx), partial(queues.queue_rows, ctx), order_columns(lambda: office_day(ctx.clock))
        )
        super().__init__(ctx, tasks, changes, source, Sort.CLOCK, descending=False, parent=parent)
        self._clock: DeskClock | None = None
        self._wanted_order: int | None = None
        kept = f"people/{ctx.person}/orders"
        cells = OrderCells(lambda: self._clock, lambda: to_ms(ctx.clock.now()))
        self.table = LongTable(self.model, cells, _("Orders"), settings, kept, sharing=SHARING)
        self.actions_ = OrderActions(ctx, tasks, self, self.table.current_row, self.table.chosen_ids)
        self._build()
        self._connect()
        self._ticker = QTimer(self, interval=SECOND_MS)
        self._ticker.timeout.connect(self._on_tick)
        self._ticker.start()
        changes.changed.connect(self._on_changed_out_of_sight)

    def _build(self) -> None:
        self.queues = QueueList([Entry(queue.value, queue_word(queue)) for queue in Queue], _("Queues"))
        self.filters = FilterBar(lambda: office_day(self.ctx.clock))
        self.filters.hide()
        self.views = SavedViews(self.ctx, self.tasks, self._definition, self._apply_definition, self)
        self.empty = empty_state("check-circle")
        right = below(self._toolbar(), self.filters, self.strip, over(self.table, self.empty))
        beside(self.queues, right, owner=self)
        self.setTabOrder(self.queues, self.table)

    def _toolbar(self) -> QHBoxLayout:
        self.filter_action = new_action(self, _("Filter"), self._toggle_filters, "filter-variant", "Ctrl+Shift+F")
        actions, self._summary = self.actions_, summary_label()
        more = more_button(*actions.more, [self.filter_action, self.views.menu.menuAction()])
        plain = [plain_button(action) for action in (actions.confirm, actions.printing.pick_list, actions.hold)]
        return toolbar(primary_button(actions.contact), *plain, more, summary=self._summary)

    def _connect(self) -> None:
        self.connect_list()
        self.table.opened.connect(self._on_table_opened)
        self.filters.changed.connect(self._on_filters_changed)
        self.actions_.done.connect(self.said)
        self.actions_.customer.order_wanted.connect(self.show_order)

    def refresh(self) -> None:
        """Ask for counts, figures and the list again; selection and scroll stay."""
        if not self.queues.current():
            self.queues.choose(Queue.CONTACT.value)
        ctx = self.ctx
        self.model.refresh_rows()
        self.load(same=True)  # before the figures: the rows are what somebody waits for
        self.tasks.run(self, lambda: queues.desk_clock(ctx), self._show_clock)
        self.tasks.run(self, lambda: why_no_release(ctx), self.actions_.withhold_release)
        self.ask_figures()

    def ask_figures(self) -> None:
        """Ask for the counts and figures alone: the window's bar tells them also where another list is in front."""
        ctx = self.ctx
        self.tasks.run(self, lambda: (queues.queue_counts(ctx), queues.desk_figures(ctx)), self._show_figures)

    @Slot(object)
    def _on_changed_out_of_sight(self, tables: frozenset[str]) -> None:
        """The window's bar tells what waits and what is late whichever list is in front (rules O1, O2)."""
        if self.watches & tables and not self.isVisible():
            self.ask_figures()

    def show_order(self, order_id: int) -> None:
        """Show an order wherever it stands."""
        if not self.table.choose(order_id):
            self._wanted_order = order_id
            self._show_only(Queue.ALL, OrderFilter())

    def show_orders(self, wanted: OrderFilter) -> None:
        """Show a queue, perhaps only what is late in it or of certain days; the filter bar says so."""
        period = Period.ANY if wanted.accepted_from is None else Period.CHOSEN
        self._show_only(wanted.queue, wanted, period)
        self.filters.setVisible(wanted.late or wanted.accepted_from is not None)

    def _show_only(self, queue: Queue, wanted: OrderFilter, period: Period = Period.ANY) -> None:
        self.end_search()
        with QSignalBlocker(self.filters), QSignalBlocker(self.queues):
            self.filters.show_filter(wanted, period)
            self.queues.choose(queue.value)
        self.load(same=False)

    def wanted(self) -> OrderFilter:
        chosen = Queue(self.queues.current() or Queue.CONTACT.value)
        # A search goes through all queues: who types a phone's tail does not know where the order stands.
        return self.filters.narrow(OrderFilter(queue=Queue.ALL if self._text else chosen, text=self._text))

    def choose_wanted(self) -> bool:
        if self._wanted_order is None or not self.table.choose(self._wanted_order):
            return False
        self._wanted_order = None
        return True

    def empty_text(self) -> str:
        if self.wanted() != OrderFilter(queue=Queue(self.queues.current())):
            return _("No order passes the filter. Press Ctrl+Shift+F to change it.")
        if self.queues.current() == Queue.ALL:
            return _("No order yet. Drop a platform's file here, or press Ctrl+I to import one.")
        return _("Nothing waits in this queue.")

    def _show_figures(self, found: tuple[dict[Queue, int], DeskFigures]) -> None:
        counts, figures = found
        self.queues.set_counts({queue.value: count for queue, count in counts.items() if queue is not Queue.ALL})
        orders = ngettext("{count} order", "{count} orders", figures.today_orders).format(count=figures.today_orders)
        sums = " + ".join(format_money(minor, currency) for currency, minor in figures.today_payable.items())
        today = _("today {sum}").format(sum=sums or format_money(0))
        self._summary.setText(f"{orders} · {today}")
        self.figures_changed.emit(figures)

    def _show_clock(self, clock: DeskClock) -> None:
        self._clock = clock
        self._on_tick()

    def _on_tick(self) -> None:
        if self.isVisible() and self.model.rowCount():
            self.model.tick(*self.table.visible_places())

    def _on_filters_changed(self) -> None:
        self.load(same=False)

    def _on_table_opened(self) -> None:
        row = self.table.current_row()
        step = None if row is None else self.actions_.next_step(row)
        if step is not None:
            step.trigger()

    def _on_table_left(self) -> None:
        """Esc ends the search, then the filter, then puts the bar away."""
        if self._text:
            super()._on_table_left()
        elif self.filters.narrow(OrderFilter()) != OrderFilter():
            self.filters.clear()
        else:
            self.filters.hide()

    def _toggle_filters(self) -> None:
        self.filters.setVisible(self.filters.isHidden())
        if not self.filters.isHidden():
            ctx = self.ctx
            self.tasks.run(self, lambda: queues.channels(ctx), self.filters.set_channels)
            self.filters.channel.setFocus()

    def _definition(self) -> Definition:
        """What a saved view keeps: all but the words searched for."""
        wanted = self.filters.narrow(OrderFilter(queue=Queue(self.queues.current())))
        columns = bytes(self.table.horizontalHeader().saveState().data())
        return Definition(Query(wanted, self._sort, self._descending), self.filters.chosen_period(), columns)

    def _apply_definition(self, kept: Definition) -> None:
        wanted = kept.query.wanted
        self._sort, self._descending = kept.query.sort, kept.query.descending
        self.table.restore_columns(QByteArray(kept.columns))
        self.mark_sort()
        self._show_only(wanted.queue, wanted, kept.period)
        self.filters.setVisible(wanted != OrderFilter(queue=wanted.queue))
