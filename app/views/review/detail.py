"""One proposal at the right of the window: before and after side by side, circumstances, history, the decision."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import full_moment
from app.i18n import _
from app.models.approvals import ProposalState
from app.services.access import Context
from app.services.approvals.context import Circumstance, circumstances
from app.services.approvals.history import Agreement
from app.services.approvals.queue import ProposalDetail, proposal_detail
from app.services.approvals.words import proposal_state_word
from app.views.changes import Changes
from app.views.panel import Panel
from app.views.review.columns import STATE_KINDS
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.times import day_time, short_time
from app.views.widgets.buttons import new_action, plain_button, primary_button
from app.views.widgets.empty import EmptyState
from app.views.widgets.labels import card, label
from app.views.widgets.layouts import clear_layout
from app.views.widgets.picture_dialog import PictureDialog
from app.views.widgets.pill import Pill
from app.views.widgets.side import Side
from app.views.widgets.timeline import CheckList, Timeline


class ProposalPanel(Panel):
    """Shows the proposal that is selected in the list; the two buttons below are the list's own actions."""

    watches: ClassVar[frozenset[str]] = frozenset({"proposals"})

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._proposal: int | None = None
        self._detail: ProposalDetail | None = None
        self._build_body()
        self._side = Side(
            self, self.strip, self._body, EmptyState("clipboard-check-outline", _("Choose a proposal in the list."))
        )

    def set_actions(self, give_back: QAction, approve: QAction) -> None:
        """Put the list's two decisions below, at their place."""
        self._side.foot.addWidget(plain_button(give_back))
        self._side.foot.addStretch(1)
        self._side.foot.addWidget(primary_button(approve))

    def _build_body(self) -> None:
        self._title = label("", "heading", wrap=True)
        self._state = Pill()
        self._told = label("", "small", wrap=True)
        self._card = card()
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_3)
        self._grid.setHorizontalSpacing(GAP_3)
        self._grid.setVerticalSpacing(GAP_2)
        for place, share in ((0, 3), (1, 3), (2, 3)):
            self._grid.setColumnStretch(place, share)
        self._files = QHBoxLayout()
        self._files.setSpacing(GAP_2)
        self.chain, self.timeline = CheckList(), Timeline()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        column.setSpacing(GAP_2)
        column.addWidget(self._title)
        column.addWidget(self._state)
        column.addWidget(self._told)
        column.addWidget(self._card)
        column.addLayout(self._files)
        column.addWidget(label(_("Who has to agree"), "caption"))
        column.addWidget(self.chain)
        column.addWidget(label(_("History"), "caption"))
        column.addWidget(self.timeline)
        column.addStretch(1)

    def show_proposal(self, proposal: int | None) -> None:
        """Show another proposal, or none."""
        if proposal != self._proposal:
            self._proposal = proposal
            self.refresh()

    def forget_shown(self) -> None:
        self._detail = None

    def refresh(self) -> None:
        """Ask for the proposal again."""
        proposal, ctx = self._proposal, self.ctx
        if proposal is None:
            self._detail = None
            self._side.set_chosen(chosen=False)
        else:
            self.tasks.run(self, lambda: proposal_detail(ctx, proposal), self._show)

    def _show(self, detail: ProposalDetail) -> None:
        if detail.row.id != self._proposal or detail == self._detail:
            return
        self._detail = detail
        row, ctx = detail.row, self.ctx
        self._side.set_chosen(chosen=True)
        self._title.setText(f"{row.word} · {row.title}")
        word = "" if row.state is ProposalState.WAITING else proposal_state_word(row.state)
        self._state.set(word, STATE_KINDS[row.state])
        self._told.setText(self._told_of(detail))
        self._show_changes(detail, [])
        self._show_files(detail)
        now = ctx.clock.now()
        self.chain.set_rows([(kind, one.post, _said(one, now)) for kind, one in _marked(detail)])
        self.timeline.set_rows([(short_time(one.at, now), f"{one.name} · {one.sentence}") for one in detail.history])
        self.tasks.run(
            self, lambda: circumstances(ctx, row.kind, row.subject), partial(self._show_circumstances, detail)
        )

    def _show_circumstances(self, detail: ProposalDetail, found: list[Circumstance]) -> None:
        if detail is self._detail and found:
            self._show_changes(detail, found)

    def _told_of(self, detail: ProposalDetail) -> str:
        row = detail.row
        parts = [_("{name} proposed it {time}").format(name=row.name, time=day_time(row.at, self.ctx.clock.now()))]
        if row.effect_at is not None:
            time = full_moment(row.effect_at)
            parts.append(_("in force from {time}").format(time=time))
        return " · ".join(parts)

    def _show_changes(self, detail: ProposalDetail, found: list[Circumstance]) -> None:
        clear_layout(self._grid)
        self._grid.addWidget(label(_("now"), "small"), 0, 1)
        self._grid.addWidget(label(_("proposed"), "small"), 0, 2)
        for line, (what, before, after) in enumerate(detail.told, start=1):
            self._grid.addWidget(label(what, "small", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(before or "–", wrap=True), line, 1)
            changed = bool(after) and after != before
            self._grid.addWidget(label(after or "–", "danger" if changed else "", wrap=True), line, 2)
        for line, one in enumerate(found, start=len(detail.told) + 1):
            self._grid.addWidget(label(one.what, "small", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(one.text, wrap=True), line, 1, 1, 2)

    def _show_files(self, detail: ProposalDetail) -> None:
        clear_layout(self._files)
        digests = [*detail.attachments, *(digest for one in detail.history[1:] for digest in one.attachments)]
        for number, digest in enumerate(digests, start=1):
            text = _("Attachment {number}").format(number=number)
            action = new_action(self, text, partial(self._on_file, digest), "paperclip")
            self._files.addWidget(plain_button(action))
        self._files.addStretch(1)

    def _on_file(self, digest: str) -> None:
        PictureDialog(self.ctx, self.tasks, digest, self.window()).open()


def _marked(detail: ProposalDetail) -> list[tuple[Kind, Agreement]]:
    """Each post with its mark: agreed, returned, whose turn it is, and those that are not asked yet or any more."""
    turn = next((one for one in detail.chain if one.at is None), None)
    waits = detail.row.state is ProposalState.WAITING
    marked = []
    for one in detail.chain:
        asked = Kind.WARN if waits and one is turn else Kind.DIM
        marked.append((asked if one.at is None else Kind.OK if one.agreed else Kind.DANGER, one))
    return marked


def _said(one: Agreement, now: datetime) -> str:
    return one.said if one.at is None else f"{one.said} · {short_time(one.at, now)}"
