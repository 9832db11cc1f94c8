"""Leaves (请假、离职): one's own, what colleagues hand over, everybody's; below what happened (rule D3)."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox

from app.clock import office_day
from app.i18n import N_, _, ngettext
from app.models.leave import LeaveKind
from app.services.access import Context, Permission
from app.services.leave.handing import accept_all, refuse_all
from app.services.leave.history import LeaveStep, leave_history
from app.services.leave.leaves import end_leave, propose_leave, withdraw_leave
from app.services.leave.reading import LeaveDeed, LeaveRow, Offer, Shown, list_leaves, offered_to_me
from app.services.leave.staying import ask_to_stay
from app.services.leave.words import leave_kind_word
from app.views.leave.columns import HANDED, leave_columns
from app.views.tasks import Tasks
from app.views.times import short_time
from app.views.widgets.below import Below, Told
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.list_page import ListPage, table_of
from app.views.widgets.toolbar import more_button

WATCHES = frozenset({"leaves", "handovers", "proposals", "people", "tasks", "contents"})
SHORTEST = 11  # characters
SHOWN_WORDS = {
    Shown.MINE: N_("My leaves"),
    Shown.OFFERED: N_("Handed to me"),
    Shown.ALL: N_("Everybody's"),
}


class LeavePage(ListPage[LeaveRow]):
    """Enter opens the handover of the leave looked at; `counted` tells how many things wait for one's answer.

    A leave just asked for is looked at as soon as it is in the list.
    """

    def __init__(self, ctx: Context, tasks: Tasks) -> None:
        columns = leave_columns(lambda: office_day(ctx.clock))
        super().__init__(ctx, tasks, table_of(columns, _("Leaves"), HANDED), empty_state("calendar-clock"))
        self.below = Below(ctx, tasks, _("What happened to the leave"))
        self._seeks_offer = False
        self._asked: int | None = None
        self._add_actions()
        self.shown, self.over = QComboBox(), QAction(_("Also those that are over"), self, checkable=True)
        self.shown.setAccessibleName(_("Which leaves are shown"))
        self.shown.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.shown.setMinimumContentsLength(SHORTEST)  # on a small screen it gives way as the buttons do
        sees = ctx.may(Permission.LEAVE_SEE)
        for shown in (Shown.ALL, Shown.MINE, Shown.OFFERED) if sees else (Shown.MINE, Shown.OFFERED):
            self.shown.addItem(_(SHOWN_WORDS[shown]), shown)
        self.shown.currentIndexChanged.connect(lambda _place: self.refresh())
        self.over.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(self._on_opened)
        buttons = [plain_button(one) for one in (self.hand, self.accept, self.propose)]
        more = more_button([self.refuse, self.back, self.withdraw, self.over])
        self.lay_out([primary_button(self.ask_for), *buttons, more, self.shown], self.below)

    def _add_actions(self) -> None:
        self.ask_for = new_action(self, _("Ask for leave…"), self._on_ask, "plus", "Ctrl+N")
        self.hand = new_action(self, _("Handover…"), self._on_hand, "swap-horizontal", "F4")
        self.accept = new_action(self, _("Accept all"), self._on_accept, "check-all", "Ctrl+U")
        self.propose = new_action(self, _("Propose the leave"), self._on_propose, "check", "Ctrl+Return")
        self.refuse = new_action(self, _("Refuse all…"), self._on_refuse, "cancel", "Ctrl+D")
        self.back = new_action(self, _("Back early…"), self._on_back, "undo-variant", "Ctrl+E")
        self.withdraw = new_action(
            self, _("Withdraw the leave…"), self._on_withdraw, "delete-outline", "Ctrl+Backspace"
        )
        self._steps = {
            LeaveDeed.PROPOSE: self.propose, LeaveDeed.END: self.back,
        }  # fmt: skip

    def refresh(self) -> None:
        """Ask for the leaves again."""
        ctx, shown, over = self.ctx, Shown(self.shown.currentData()), self.over.isChecked()
        self.tasks.run(
            self,
            lambda: (list_leaves(ctx, shown, over=over), offered_to_me(ctx)),
            lambda found: self._show(shown, *found),
        )

    def show_own(self) -> None:
        """Show one's own leaves."""
        self.shown.setCurrentIndex(self.shown.findData(Shown.MINE))

    def show_offered(self) -> None:
        """Show what is handed over to oneself, and there the first leave that asks for an answer."""
        self._seeks_offer = True
        with QSignalBlocker(self.shown):
            self.shown.setCurrentIndex(self.shown.findData(Shown.OFFERED))
        self.refresh()

    def _show(self, shown: Shown, rows: list[LeaveRow], offers: list[Offer]) -> None:
        self.empty.set_text(_("No leave here. Press Ctrl+N to ask for one."))
        self.show_rows(rows, lambda row: row.id)
        if self._seeks_offer and shown is Shown.OFFERED:  # not in what was asked for before
            self._seeks_offer = False
            place = next((number for number, row in enumerate(rows) if LeaveDeed.ANSWER in row.deeds), None)
            if place is not None:
                self.table.selectRow(place)
        self._look_at_asked()
        offered = sum(offer.things for offer in offers)
        told = ngettext("{count} leave", "{count} leaves", len(rows)).format(count=len(rows))
        waiting = ngettext("{count} thing asks for your answer", "{count} things ask for your answer", offered)
        self.summary.setText(told + (" · " + waiting.format(count=offered) if offered else ""))
        self.counted.emit(offered)

    def row_chosen(self) -> None:
        """Grey what cannot be done with the leave, and show what happened to it."""
        row, ctx = self.table.current_row(), self.ctx
        for deed, action in self._steps.items():
            action.setEnabled(row is not None and deed in row.deeds)
        agreed = row is not None and row.is_agreed_resignation
        self.withdraw.setText(_("Ask to take the resignation back…") if agreed else _("Withdraw the leave…"))
        self.withdraw.setEnabled(row is not None and bool(row.deeds & {LeaveDeed.WITHDRAW, LeaveDeed.STAY}))
        self.hand.setEnabled(row is not None)
        for action in (self.accept, self.refuse):
            action.setEnabled(row is not None and LeaveDeed.ANSWER in row.deeds)
        if row is None:
            self.below.tell(Told())
        else:
            self.tasks.run(self, lambda: leave_history(ctx, row.id), lambda steps: self._show_history(row, steps))

    def _show_history(self, row: LeaveRow, steps: list[LeaveStep]) -> None:
        if self.table.current_row() == row:  # else looked on meanwhile
            now = self.ctx.clock.now()
            self.below.tell(Told(rows=tuple((short_time(one.at, now), _told(one)) for one in steps)))

    def _on_opened(self) -> None:
        """Enter and a double click open the handover."""
        self.hand.trigger()

    def _on_ask(self) -> None:
        from app.views.leave.ask_dialog import AskDialog

        dialog = AskDialog(self.ctx, self.tasks, self.window())
        dialog.accepted.connect(lambda: self._on_asked(dialog.asked, resigns=dialog.resigns))
        dialog.open()

    def _on_asked(self, leave: int | None, *, resigns: bool) -> None:
        resigned = _("Resignation handed in; the handover is offered")
        self.said.emit(resigned if resigns else _("Leave asked for; the handover is offered"))
        self._asked = leave
        self.shown.setCurrentIndex(0)  # where all that one may see stands: the new one, whosever it is
        self._look_at_asked()

    def _look_at_asked(self) -> None:
        place = next((number for number, row in enumerate(self.table.all_rows()) if row.id == self._asked), None)
        if place is not None:
            self._asked = None
            self.table.selectRow(place)

    def _on_hand(self) -> None:
        row = self.table.current_row()
        if row is not None:
            from app.views.leave.handover_dialog import HandoverDialog

            dialog = HandoverDialog(self.ctx, self.tasks, row, self.window())
            dialog.said.connect(self.said)
            dialog.open()

    def _on_accept(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            told = _("{name}'s handover: accepted").format(name=row.name)
            self.tasks.run(self, lambda: accept_all(ctx, row.id), lambda _count: self.said.emit(told))

    def _on_propose(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            told = _("{name}: proposed").format(name=_title(row))
            self.tasks.run(self, lambda: propose_leave(ctx, row.id), lambda _number: self.said.emit(told))

    def _on_refuse(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("Refuse everything that {name} hands over to you").format(name=row.name), _("Refuse")
            told = _("{name}'s handover: refused").format(name=row.name)
            self.ask(words, lambda why: refuse_all(ctx, row.id, why), told)

    def _on_back(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None:
            words = _("{name} is back early: everything comes back now").format(name=row.name), _("End the leave")
            told = _("{title}: ended").format(title=_title(row))
            self.ask(words, lambda note: end_leave(ctx, row.id, note), told, asked=_("Remark"))

    def _on_withdraw(self) -> None:
        row, ctx = self.table.current_row(), self.ctx
        if row is not None and LeaveDeed.STAY in row.deeds:
            words = _("Ask to take back “{title}”").format(title=_title(row)), _("Ask for it")
            told = _("Asked to take the resignation back; it waits for approval")
            self.ask(words, lambda why: ask_to_stay(ctx, row.id, why), told)
        elif row is not None:
            resigns = row.kind is LeaveKind.RESIGNATION
            button = _("Withdraw the resignation") if resigns else _("Withdraw the leave")
            words = _("Withdraw “{title}”").format(title=_title(row)), button
            told = _("{title}: withdrawn").format(title=_title(row))
            self.ask(words, lambda why: withdraw_leave(ctx, row.id, why), told)


def _title(row: LeaveRow) -> str:
    return f"{row.name} · {leave_kind_word(row.kind)}"


def _told(step: LeaveStep) -> str:
    words = f"{step.name} {step.sentence}"
    return _("{what}: {note}").format(what=words, note=step.note) if step.note else words
