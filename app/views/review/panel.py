"""The manager's review screen: the waiting list, decided from the keyboard, one by one or several at once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.clock import to_ms
from app.i18n import _, ngettext
from app.models.approvals import ProposalState
from app.services.access import Context, Permission
from app.services.approvals.decisions import Refused, approve, approve_batch, mark_published, return_proposal
from app.services.approvals.proposals import withdraw
from app.services.approvals.queue import Desk, ProposalRow, list_proposals, proposal_counts
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.review.table import proposal_table
from app.views.review.words import DESK_WORDS, EMPTY_WORDS, desk_text, summary, why_not
from app.views.tasks import Tasks
from app.views.theme import Kind
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.layouts import below, over
from app.views.widgets.reason_dialog import ReasonDialog
from app.views.widgets.toolbar import more_button, summary_label, toolbar

MINUTE_MS = 60_000


class ReviewPanel(Panel):
    """Signals tell which proposal is looked at, and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"proposals", "delegations"})

    proposal_selected = Signal(object)  # proposal or None
    said = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._wanted: int | None = None
        self._add_actions()
        self._build()
        again = QTimer(self, interval=MINUTE_MS)
        again.timeout.connect(self._on_again)
        again.start()
        self._update_actions()

    def _add_actions(self) -> None:
        self.approve = new_action(self, _("Approve"), self._on_approve, "check", "Ctrl+Return")
        self.give_back = new_action(self, _("Return"), self._on_return, "undo-variant", "Ctrl+Backspace")
        self.batch = new_action(self, _("Approve the chosen ones"), self._on_batch, "check-all", "Ctrl+Shift+Return")
        self.note = new_action(self, _("Add a remark…"), self._on_note, "note-text-outline", "Ctrl+Shift+N")
        self.take_back = new_action(self, _("Withdraw…"), self._on_withdraw, "cancel", "Ctrl+Shift+Backspace")
        self.published = new_action(self, _("Published…"), self._on_published, "store-outline", "Ctrl+U")
        self.delegate = new_action(self, _("Let somebody decide…"), self._on_delegate, "swap-horizontal", "Ctrl+D")

    def _build(self) -> None:
        self.table = proposal_table(self._now)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._on_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._update_actions())
        self.empty = empty_state("check-circle")
        below(self._toolbar(), self.strip, over(self.table, self.empty), owner=self)

    def _toolbar(self) -> QHBoxLayout:
        self.desks = QComboBox()
        self.desks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # the figures come later
        self.desks.setAccessibleName(_("List of proposals"))
        for desk, word in DESK_WORDS.items():
            self.desks.addItem(_(word), desk)
        self.desks.currentIndexChanged.connect(self._on_desk_changed)
        self._summary = summary_label()
        buttons = (primary_button(self.approve, show_key=True), plain_button(self.give_back), plain_button(self.batch))
        more = more_button([self.note, self.take_back, self.published, self.delegate])
        return toolbar(*buttons, more, self.desks, summary=self._summary)

    def refresh(self) -> None:
        """Ask for the list again; the proposal looked at stays."""
        ctx, desk = self.ctx, self._desk()
        self.tasks.run(self, lambda: (list_proposals(ctx, desk), proposal_counts(ctx)), partial(self._show, desk))

    def show_proposal(self, proposal: int) -> None:
        """Go to a proposal, whatever list it stands on."""
        self._wanted = proposal
        self.show_desk(Desk.WAITING)

    def show_desk(self, desk: Desk) -> None:
        """Go to a list."""
        place = self.desks.findData(desk)
        if self.desks.currentIndex() == place:
            self.refresh()
        else:
            self.desks.setCurrentIndex(place)

    def current(self) -> ProposalRow | None:
        """The proposal under the keyboard."""
        return self.table.current_row()

    def _desk(self) -> Desk:
        return Desk(self.desks.currentData())

    def _now(self) -> int:
        return to_ms(self.ctx.clock.now())

    def _show(self, desk: Desk, found: tuple[list[ProposalRow], dict[Desk, int]]) -> None:
        if desk is not self._desk():
            return  # gone on to another list meanwhile
        rows, counts = found
        before, place = self.current(), max(self.table.currentIndex().row(), 0)
        looked_at = self._wanted if self._wanted is not None else before.id if before else None
        self._wanted = None
        self.table.show_rows(rows)
        self.empty.setHidden(bool(rows))
        self.empty.set_text(_(EMPTY_WORDS[desk]))
        places = {row.id: number for number, row in enumerate(rows)}
        if rows:
            # Where the one looked at was decided, the next one has moved up to its place.
            self.table.selectRow(places.get(looked_at, min(place, len(rows) - 1)) if looked_at else 0)
        self._summarise(rows)
        for number, one in enumerate(DESK_WORDS):
            self.desks.setItemText(number, desk_text(one, counts[one]))
        self._on_chosen()

    def _summarise(self, rows: Sequence[ProposalRow]) -> None:
        told = summary(self._desk(), rows, self._now())
        self._summary.setText(told)
        self._summary.setToolTip(told)  # a narrow window cuts it

    def _on_again(self) -> None:
        if self.isVisible():
            self.table.viewport().update()
            self._summarise(self.table.all_rows())

    def _on_desk_changed(self) -> None:
        self.refresh()

    def _on_chosen(self) -> None:
        row = self.current()
        self.proposal_selected.emit(None if row is None else row.id)
        self._update_actions()

    def _update_actions(self) -> None:
        row, chosen = self.current(), self.table.chosen_rows()
        mine = row is not None and row.person == self.ctx.person
        may = row is not None and row.may_decide
        for action in (self.approve, self.give_back):
            action.setEnabled(may)
            action.setToolTip(action.text() if may or row is None else why_not(row, mine=mine))
        self.batch.setEnabled(len(chosen) > 1 and any(one.may_decide for one in chosen))
        state = None if row is None else row.state
        self.note.setEnabled(mine and state is ProposalState.WAITING)
        self.take_back.setEnabled(mine and state in {ProposalState.WAITING, ProposalState.APPROVED})
        to_publish = row is not None and self._desk() is Desk.PUBLISH
        self.published.setEnabled(to_publish and self.ctx.may(Permission.PUBLISH))
        self.delegate.setEnabled(self.ctx.may(Permission.PROPOSE))  # who was let decide sees there for whom

    def _take(self, step: Callable[[], object], told: str) -> None:
        self.tasks.run(self, step, lambda _none: self.said.emit(told), self._refused)

    def _refused(self, error: Exception) -> None:
        """Say what stood against it, and show how things are now."""
        self.strip.show_message(str(error), Kind.DANGER)
        self.refresh()

    def _on_approve(self) -> None:
        row, ctx = self.current(), self.ctx
        if row is not None:
            self._take(lambda: approve(ctx, row.id, row.last_seq), _("{title}: approved").format(title=row.title))

    def _on_return(self) -> None:
        row, ctx = self.current(), self.ctx
        if row is not None:
            title = _("Return “{title}”").format(title=row.title)
            self._ask(title, _("Return"), lambda why: return_proposal(ctx, row.id, row.last_seq, why))

    def _on_batch(self) -> None:
        ctx, chosen = self.ctx, [row for row in self.table.chosen_rows() if row.may_decide]
        pairs = [(row.id, row.last_seq) for row in chosen]
        titles = {row.id: row.title for row in chosen}
        self.tasks.run(self, lambda: approve_batch(ctx, pairs), lambda refused: self._batch_done(refused, titles))

    def _batch_done(self, refused: list[Refused], titles: dict[int, str]) -> None:
        done = len(titles) - len(refused)
        self.said.emit(ngettext("{count} approved", "{count} approved", done).format(count=done))
        if refused:
            self.strip.show_message("\n".join(f"{titles[one.proposal]}: {one.reason}" for one in refused), Kind.WARN)

    def _on_note(self) -> None:
        from app.views.review.note_dialog import NoteDialog

        row = self.current()
        if row is not None:
            NoteDialog(self.ctx, self.tasks, row, self.window()).open()

    def _on_withdraw(self) -> None:
        row, ctx = self.current(), self.ctx
        if row is not None:
            title = _("Withdraw “{title}”").format(title=row.title)
            self._ask(title, _("Withdraw"), lambda why: withdraw(ctx, row.id, why))

    def _on_published(self) -> None:
        row, ctx = self.current(), self.ctx
        if row is not None:
            title = _("Where was “{title}” published?").format(title=row.title)
            self._ask(title, _("Published"), lambda where: mark_published(ctx, row.id, where))

    def _on_delegate(self) -> None:
        from app.views.review.delegate_dialog import DelegateDialog

        DelegateDialog(self.ctx, self.tasks, self.window()).open()

    def _ask(self, title: str, button: str, step: Callable[[str], None]) -> None:
        ReasonDialog(self.tasks, title, button, step, self.window()).open()
