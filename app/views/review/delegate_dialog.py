"""Letting somebody decide in one's place, for certain days (授权代审); what was given and taken stands below."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.clock import office_day, short_days
from app.i18n import N_, _
from app.services.access import Context, Permission
from app.services.approvals.delegations import DelegationRow, delegate, end_delegation, my_delegations
from app.services.approvals.kinds import KINDS
from app.services.people.accounts import PersonRow, list_people
from app.services.people.names import posts_word
from app.views.tasks import Tasks
from app.views.theme import Kind
from app.views.widgets.buttons import new_action, plain_button
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

TABLE_HEIGHT = 160
WIDTH = 680
WHAT = 3  # the column that takes what is left


class DelegateDialog(StepDialog):
    """Asks who, from when to when, and for what; who may not give anything only sees what they have taken."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Let somebody decide in your place"), _("Delegate"), parent)
        self.setObjectName("delegate_dialog")
        least_width(self, WIDTH)
        self._ctx = ctx
        self._posts: dict[str, str] = {}  # by name, which is nobody else's
        today = office_day(self._ctx.clock)
        self.taker, self.kind = QComboBox(), QComboBox()
        self.first, self.last = office_date_edit(today), office_date_edit(today)
        self.taker.addItem(_("not chosen yet"), None)
        self.kind.addItem(_("everything"), "")
        for kind in KINDS.values():
            self.kind.addItem(_(kind.word), kind.name)
        self.table: ListTable[DelegationRow] = ListTable(self._columns(), _("Given and taken"), WHAT)
        self.table.setFixedHeight(TABLE_HEIGHT)
        self.table.chosen.connect(self._update_end)
        self.end = new_action(self.table, _("End it now"), self._on_end, "cancel", "Del")
        self._lay_out()
        self._update_end()
        tasks.read(self, lambda: (list_people(ctx), my_delegations(ctx)), self._show)

    def _lay_out(self) -> None:
        self.form.add("taker", _("Who decides"), self.taker)
        self.form.add("first", _("First day"), self.first)
        self.form.add("last", _("Last day"), self.last)
        self.form.add("kind", _("For"), self.kind)
        gives = self._ctx.may(Permission.DELEGATE)
        self.form.setVisible(gives)
        self.button.setVisible(gives)
        above = QHBoxLayout()
        above.addWidget(label(_("Given and taken"), "caption"))
        above.addStretch(1)
        above.addWidget(plain_button(self.end))
        self.lay_out(self.form, above, self.table)
        (self.taker if gives else self.table).setFocus()

    def _columns(self) -> tuple[Column[DelegationRow], ...]:
        return (
            Column(N_("State"), self._state, pill=self._state_kind),
            Column(N_("In whose place"), lambda row: self._named(row.giver)),
            Column(N_("Who decides"), lambda row: self._named(row.taker)),
            Column(N_("For"), lambda row: _(KINDS[row.kind].word) if row.kind else _("everything")),
            Column(N_("Days"), lambda row: short_days(row.first_day, row.last_day, office_day(self._ctx.clock))),
        )

    def _named(self, name: str) -> str:
        posts = self._posts.get(name, "")
        return f"{name} · {posts}" if posts else name

    def _state(self, row: DelegationRow) -> str:
        if row.ended:
            return _("Ended early")
        if row.last_day < office_day(self._ctx.clock):
            return _("Over")
        return _("To come") if row.first_day > office_day(self._ctx.clock) else _("In force")

    def _state_kind(self, row: DelegationRow) -> Kind:
        if not self._runs(row):
            return Kind.DIM
        return Kind.INFO if row.first_day > office_day(self._ctx.clock) else Kind.OK

    def _runs(self, row: DelegationRow) -> bool:
        return not row.ended and row.last_day >= office_day(self._ctx.clock)

    def _show(self, found: tuple[list[PersonRow], list[DelegationRow]]) -> None:
        people, rows = found
        self._posts = {one.name: posts_word(one.posts) for one in people}
        for person in people:
            if person.active and person.id != self._ctx.person:
                self.taker.addItem(self._named(person.name), person.id)
        self._show_rows(rows)

    def _show_rows(self, rows: list[DelegationRow]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.table.show_rows(rows)
        if rows:
            self.table.selectRow(min(place, len(rows) - 1))
        self._update_end()

    def _update_end(self) -> None:
        row = self.table.current_row()
        own = row is not None and row.giver == self._ctx.name
        self.end.setEnabled(own and row is not None and self._runs(row) and self._ctx.may(Permission.DELEGATE))

    def _on_end(self) -> None:
        row, ctx = self.table.current_row(), self._ctx
        if row is not None:
            number = row.id

            def step() -> list[DelegationRow]:
                end_delegation(ctx, number)
                return my_delegations(ctx)

            self._tasks.run(self, step, self._show_rows, self.refuse)

    def work(self) -> Callable[[], object] | None:
        """The delegation."""
        ctx, taker, kind = self._ctx, self.taker.currentData(), str(self.kind.currentData())
        first, last = chosen_day(self.first), chosen_day(self.last)
        if not ctx.may(Permission.DELEGATE):
            return None
        if taker is None:
            self.form.show_error("taker", _("Choose somebody."))
            return None
        if last < first:
            self.form.show_error("last", _("The last day comes before the first."))
            return None
        return lambda: delegate(ctx, int(taker), first, last, kind)
