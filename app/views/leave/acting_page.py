"""Who acts in which post (代理), from when to when (rule D4)."""

from PySide6.QtWidgets import QCheckBox

from app.clock import office_day
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.leave.acting import ActingRow, ActingStage, end_acting, list_actings
from app.services.people.names import post_word
from app.views.leave.columns import WHOSE, acting_columns
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of

WATCHES = frozenset({"actings", "people"})


class ActingPage(ListPage[ActingRow]):
    """Everybody sees it; managers let somebody act and end it. Nothing waits here, so nothing is counted."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        table = table_of(acting_columns(lambda: office_day(ctx.clock)), _("Acting colleagues"), WHOSE)
        super().__init__(ctx, tasks, table, empty_state("account-circle-outline"))
        self._sets = ctx.may(Permission.ACTING_SET)
        self.begin = new_action(self, _("Let somebody act…"), self._on_begin, "account-arrow-right-outline", "Ctrl+N")
        self.end = new_action(self, _("End the acting…"), self._on_end, "account-remove-outline", "Ctrl+Backspace")
        self.over = QCheckBox(_("Also those that are over"))
        self.over.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(self.end.trigger)
        buttons = [primary_button(self.begin), plain_button(self.end)] if self._sets else []
        self.lay_out([*buttons, self.over])

    def refresh(self) -> None:
        """Ask for the list again."""
        ctx, over = self.ctx, self.over.isChecked()
        self.tasks.run(self, lambda: list_actings(ctx, over=over), self._show)

    def _show(self, rows: list[ActingRow]) -> None:
        press = _("Nobody acts in a post. Press Ctrl+N to let somebody.")
        self.empty.set_text(press if self._sets else _("Nobody acts in a post."))
        self.show_rows(rows, lambda row: row.id)
        now = sum(row.stage is ActingStage.NOW for row in rows)
        self.summary.setText(ngettext("{count} acts now", "{count} act now", now).format(count=now))

    def row_chosen(self) -> None:
        """Grey what cannot be done with the acting."""
        row = self.table.current_row()
        self.begin.setEnabled(self._sets)
        self.end.setEnabled(self._sets and row is not None and row.stage is not ActingStage.OVER)

    def _on_begin(self) -> None:
        from app.views.leave.acting_dialog import ActingDialog

        self.open(ActingDialog(self.ctx, self.tasks, self.window()), _("Acting set; it begins and ends by itself"))

    def _on_end(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            title = _("End {name}'s acting as “{post}” now").format(name=row.name, post=post_word(row.post))
            told = _("{name}: the acting has ended").format(name=row.name)
            self.ask((title, _("End it")), lambda why: end_acting(ctx, row.id, why), told)
