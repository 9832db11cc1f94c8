"""Goods wanted: what runs out above, with how many to ask for; what was asked for below, until it is here."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.services.access import Context
from app.services.stock.wishes import LEAST_DAYS, Suggestion, WishRow, list_wishes, suggest_wishes
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.stock.columns import SUGGESTION_NAME, WISH_NAME, is_late, suggestion_columns, wish_columns
from app.views.stock.wish_actions import WishActions
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, ROW
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import hairline, label
from app.views.widgets.layouts import below, over
from app.views.widgets.list_table import ListTable
from app.views.widgets.toolbar import more_button, toolbar

Found = tuple[list[Suggestion], list[WishRow]]


class WishesPage(Panel):
    """`said` tells what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"wishes", "stock", "variants"})

    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self.suggestions: ListTable[Suggestion] = ListTable(
            suggestion_columns(), _("What runs out"), SUGGESTION_NAME, several=True
        )
        self.table: ListTable[WishRow] = ListTable(
            wish_columns(self._today), _("Goods wanted"), WISH_NAME, row_height=ROW
        )
        self.actions_ = WishActions(ctx, tasks, self, self.table.current_row, self.suggestions.chosen_rows)
        self.over = QCheckBox(_("Also what is over"))
        self.empty = EmptyState("package-variant-closed", _("Nothing is asked for."), self.actions_.ask)
        self._above, self._below = label("", "caption"), label("", "caption")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.empty.hide()
        head = QHBoxLayout()
        head.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_2)
        head.addWidget(self._below, 1)
        head.addWidget(self.over)
        above = QHBoxLayout()
        above.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        above.addWidget(self._above, 1)
        pile = over(self.table, self.empty)
        column = below(
            self._toolbar(), self.strip, above, self.suggestions, hairline(), head, pile, owner=self
        )  # fmt: skip
        column.setStretchFactor(self.suggestions, 2)
        column.setStretchFactor(pile, 3)

    def _toolbar(self) -> QHBoxLayout:
        actions = self.actions_
        plain = [plain_button(action) for action in (actions.ask, actions.ordered, actions.delivered)]
        return toolbar(primary_button(actions.ask_chosen), *plain, more_button([actions.answer, actions.drop]))

    def _connect(self) -> None:
        self.suggestions.selectionModel().selectionChanged.connect(lambda _now, _gone: self.actions_.update_actions())
        self.suggestions.opened.connect(self.actions_.ask_chosen.trigger)
        self.table.chosen.connect(self.actions_.update_actions)
        self.table.opened.connect(self.actions_.take_next)
        self.over.toggled.connect(lambda _on: self.refresh())
        self.actions_.done.connect(self.said)

    def refresh(self) -> None:
        """Ask for suggestions and wishes again; what is looked at and chosen stays."""
        ctx, open_only = self.ctx, not self.over.isChecked()
        self.tasks.run(self, lambda: (suggest_wishes(ctx), list_wishes(ctx, open_only)), self._show)

    def _today(self) -> date:
        return office_day(self.ctx.clock)

    def _show(self, found: Found) -> None:
        suggestions, rows = found
        self._show_suggestions(suggestions)
        before = self.table.current_row()
        self.table.show_rows(rows)
        self.empty.setHidden(bool(rows))
        places = {row.id: place for place, row in enumerate(rows)}
        if rows:
            self.table.selectRow(places.get(before.id, 0) if before is not None else 0)
        late = sum(is_late(row, self._today()) for row in rows)
        told = ngettext("{count} wish", "{count} wishes", len(rows)).format(count=len(rows))
        if late:
            told += " · " + _("{count} overdue").format(count=late)
        self._below.setText(_("What was asked for") + "  " + told)
        self.actions_.update_actions()

    def _show_suggestions(self, rows: Sequence[Suggestion]) -> None:
        chosen = {row.code for row in self.suggestions.chosen_rows()}
        if not self.suggestions.all_rows():
            chosen = {row.code for row in rows[:1]}  # so that the next step is a press away
        self.suggestions.show_rows(rows)
        selection = QItemSelection()
        for place, row in enumerate(rows):
            if row.code in chosen:
                index = self.suggestions.model().index(place, 0)
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.suggestions.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        self.suggestions.setVisible(bool(rows))
        told = ngettext(
            "{count} article lasts fewer than {days} days", "{count} articles last fewer than {days} days", len(rows)
        )
        nothing = _("Nothing that is sold runs out within {days} days.").format(days=LEAST_DAYS)
        self._above.setText(told.format(count=len(rows), days=LEAST_DAYS) if rows else nothing)
