"""The counts: what is overdue and what is due today above, the list of counts below."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.stock.count_rows import CountRow, list_counts
from app.services.stock.plan import CountPlan, OverdueCounts, overdue_counts, plan_count
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.stock.columns import COUNT_NOTE, count_columns, days_text
from app.views.stock.count_actions import CountActions
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, ROW, Kind
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import label
from app.views.widgets.layouts import below, over
from app.views.widgets.list_table import ListTable
from app.views.widgets.pill import Pill
from app.views.widgets.toolbar import more_button, toolbar

AGAIN_MS = 600_000  # what is due changes with the day
Due = tuple[OverdueCounts, CountPlan | None]


class CountsPage(Panel):
    """`said` tells what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"stock_counts", "count_lines"})

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._wanted: int | None = None  # a count to open as soon as the list has it
        self._due_for: object = None  # the day and the states of the counts that the line above was made for
        self.table: ListTable[CountRow] = ListTable(
            count_columns(lambda: office_day(ctx.clock)), _("Counts"), COUNT_NOTE, row_height=ROW
        )
        self.actions_ = CountActions(ctx, tasks, changes, self, self.table.current_row)
        self.empty = EmptyState("package-variant-closed", "", self.actions_.begin)
        self.late, self.due = Pill(), label("", "dim", wrap=True)
        self._build()
        self.table.chosen.connect(self.actions_.update_actions)
        self.table.opened.connect(self.actions_.open_row)
        self.actions_.done.connect(self.said)
        self.actions_.begun.connect(self._on_begun)
        again = QTimer(self, interval=AGAIN_MS)
        again.timeout.connect(self._on_again)
        again.start()

    def _build(self) -> None:
        told = QHBoxLayout()
        told.setContentsMargins(GAP_3, 0, GAP_3, GAP_2)
        told.setSpacing(GAP_2)
        told.addWidget(self.late, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.due, 1)
        self.empty.hide()
        below(self._toolbar(), self.strip, told, over(self.table, self.empty), owner=self)

    def _toolbar(self) -> QHBoxLayout:
        actions = self.actions_
        plain = [plain_button(action) for action in (actions.go_on, actions.close_it)]
        return toolbar(primary_button(actions.begin, show_key=True), *plain, more_button([actions.print, actions.drop]))

    def refresh(self) -> None:
        """Ask for the counts again; the count looked at stays."""
        ctx = self.ctx
        self.tasks.run(self, lambda: list_counts(ctx, open_only=False), self._show)

    def _ask_due(self, rows: Sequence[CountRow]) -> None:
        """Ask what is due where that may have changed: the plan looks at every article, and not with every scan."""
        ctx, today = self.ctx, office_day(self.ctx.clock)
        made_for = (today, [(row.id, row.state) for row in rows])
        if made_for == self._due_for:
            return
        self._due_for = made_for

        def ask() -> Due:
            return overdue_counts(ctx), plan_count(ctx, today) if ctx.may(Permission.STOCK_COUNT) else None

        self.tasks.run(self, ask, self._show_due)

    def _show(self, rows: list[CountRow]) -> None:
        self._ask_due(rows)
        before, wanted = self.table.current_row(), self._wanted
        looked_at = wanted if wanted is not None else before.id if before else None
        self.table.show_rows(rows)
        self.empty.setHidden(bool(rows))
        self.empty.set_text(_("No count yet. The plan says what to count first."))
        place = next((place for place, row in enumerate(rows) if row.id == looked_at), 0)
        if rows:
            self.table.selectRow(place)
        self.actions_.update_actions()
        if wanted is not None and rows and rows[place].id == wanted:
            self._wanted = None
            self.actions_.open_sheet(rows[place], at_the_end=False)

    def _show_due(self, found: Due) -> None:
        overdue, plan = found
        late = overdue.late_days
        behind = bool(overdue.articles or overdue.left_open)
        self.late.set(
            _("Count late by {span}").format(span=days_text(late)) if late else _("Behind") if behind else "",
            Kind.DANGER if late else Kind.WARN,
        )
        self.due.setText(" · ".join([*_behind(overdue), *_planned(plan)]))

    def _on_begun(self, count: int) -> None:
        self._wanted = count
        self.refresh()

    def _on_again(self) -> None:
        self._due_for = None
        if self.isVisible():
            self.refresh()


def _behind(overdue: OverdueCounts) -> list[str]:
    told = []
    if overdue.articles:
        count = len(overdue.articles)
        told.append(ngettext("{count} article past its time", "{count} articles past their time", count))
        told[-1] = told[-1].format(count=f"{count:,}")
    if overdue.left_open:
        count = len(overdue.left_open)
        told.append(ngettext("{count} count left open", "{count} counts left open", count).format(count=count))
    return told


def _planned(plan: CountPlan | None) -> Sequence[str]:
    if plan is None:
        return ()
    if plan.due_on > plan.day:
        return (_("Next count due on {day}").format(day=plan.due_on.isoformat()),)
    if not plan.lines:
        return (_("Nothing to count today"),)
    count = len(plan.lines)
    told = ngettext("Count {count} article today", "Count {count} articles today", count).format(count=f"{count:,}")
    kinds = Counter(line.kind for line in plan.lines if line.kind)
    return (told, *(f"{kind} {pieces}" for kind, pieces in sorted(kinds.items())))
