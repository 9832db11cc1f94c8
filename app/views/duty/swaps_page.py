"""Swaps of shifts (换班): what I have asked and what I am asked; who plans the roster sees them all."""

from collections.abc import Callable
from datetime import date

from app.clock import office_day, short_day
from app.i18n import _
from app.models.duty import SwapState
from app.services.access import Context, Permission
from app.services.duty.swaps import SwapRow, accept_swap, list_swaps, refuse_swap, withdraw_swap
from app.services.duty.words import swap_state_word
from app.views.tasks import Tasks
from app.views.theme import ROW, Kind
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage
from app.views.widgets.list_table import Column, ListTable, Sharing

KINDS = {
    SwapState.ASKED: Kind.WARN,
    SwapState.ACCEPTED: Kind.INFO,
    SwapState.DONE: Kind.OK,
    SwapState.REFUSED: Kind.DANGER,
    SwapState.WITHDRAWN: Kind.DIM,
}
ASKER, COLLEAGUE, REASON = 1, 3, 5  # the last one takes what is left
NARROW = 60  # to which names and the reason give way: which shifts it is about stays readable


class SwapsPage(ListPage[SwapRow]):
    """A swap that was accepted waits for the lead among the approvals."""

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        sharing = Sharing({ASKER: NARROW, COLLEAGUE: NARROW}, NARROW)
        table = ListTable(_columns(lambda: office_day(ctx.clock)), _("Swaps"), REASON, row_height=ROW, sharing=sharing)
        super().__init__(ctx, tasks, table, empty_state("swap-horizontal"))
        self.accept = new_action(self, _("Accept"), self._on_accept, "check", "Ctrl+Return")
        self.refuse = new_action(self, _("Refuse…"), self._on_refuse, "close", "Ctrl+Backspace")
        self.withdraw = new_action(self, _("Withdraw…"), self._on_withdraw, "undo-variant", "")
        self.empty.set_text(_("No swaps. Ask for one on the roster: Ctrl+Shift+S."))
        self.table.opened.connect(self._on_accept)
        self.lay_out([primary_button(self.accept), plain_button(self.refuse), plain_button(self.withdraw)])
        self.row_chosen()

    def refresh(self) -> None:
        """Ask for the list again."""
        ctx = self.ctx
        self.tasks.run(self, lambda: list_swaps(ctx), self._show)

    def row_chosen(self) -> None:
        """What may be done with the swap looked at."""
        row, plans = self.table.current_row(), self.ctx.may(Permission.DUTY_PLAN)
        me = self.ctx.person
        asked = row is not None and row.state is SwapState.ASKED and (plans or row.colleague == me)
        mine = row is not None and row.state in (SwapState.ASKED, SwapState.ACCEPTED) and (plans or row.asker == me)
        self.accept.setEnabled(asked)
        self.refuse.setEnabled(asked)
        self.withdraw.setEnabled(mine)

    def _show(self, rows: list[SwapRow]) -> None:
        self.show_rows(rows, lambda row: row.id)
        me = self.ctx.person
        self.counted.emit(sum(row.state is SwapState.ASKED and row.colleague == me for row in rows))

    def _on_accept(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None and self.accept.isEnabled():
            told = _("Accepted; it waits for approval.")
            self.tasks.run(self, lambda: accept_swap(ctx, row.id), lambda _number: self.said.emit(told))

    def _on_refuse(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None and self.refuse.isEnabled():
            words = (_("Refuse the swap"), _("Refuse"))
            self.ask(words, lambda reason: refuse_swap(ctx, row.id, reason), _("The swap was refused."))

    def _on_withdraw(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None and self.withdraw.isEnabled():
            words = (_("Take the swap back"), _("Take back"))
            self.ask(words, lambda reason: withdraw_swap(ctx, row.id, reason), _("The swap was taken back."))


def _columns(today: Callable[[], date]) -> tuple[Column[SwapRow], ...]:
    return (
        Column(_("State"), lambda row: swap_state_word(row.state), pill=lambda row: KINDS[row.state]),
        Column(_("Who asks"), lambda row: row.who_asks),
        Column(_("Gives"), lambda row: _shift(row.day, row.gives, today())),
        Column(_("With"), lambda row: row.colleague_name),
        Column(_("Takes"), lambda row: _shift(row.their_day, row.takes, today())),
        Column(_("Reason"), lambda row: row.reason),
    )


def _shift(day: date, sign: str | None, today: date) -> str:
    told = short_day(day, today)
    return told if sign is None else " ".join((told, sign or _("off")))
