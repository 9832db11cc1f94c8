"""What stands beside the roster (值班说明): rules that are broken, fairness, leave, the hotline, acting, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.clock import office_day, short_day, short_days
from app.i18n import _, ngettext
from app.models.leave import LeaveState
from app.services.access import Context, Permission
from app.services.duty.notes import DutyNotes, duty_notes
from app.services.duty.roster.nobody import needs_of_nobody
from app.services.duty.words import words_of
from app.services.leave.reading import NearLeave
from app.services.leave.words import leave_kind_word
from app.services.people.names import post_word
from app.views.changes import Changes
from app.views.duty.compare import CompareSection
from app.views.duty.on_now import hotline_text
from app.views.duty.sheet import Sheet
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.empty import EmptyState
from app.views.widgets.hints import hint_of
from app.views.widgets.labels import label
from app.views.widgets.layouts import clear_layout
from app.views.widgets.pill import Pill
from app.views.widgets.sentences import Sentences
from app.views.widgets.side import Side

MOST_BREACHES = 12
LEAST_PILL = 96  # of one that names who takes over


class DutyNotesPanel(Panel):
    """Follows the roster that is looked at."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"rosters", "leaves", "handovers", "tasks", "contents", "actings", "people", "settings"}
    )

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self._sheet: Sheet | None = None
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        self._column.setSpacing(GAP_2)
        self._broken, self.compare = Sentences("danger"), CompareSection()
        below = QWidget()  # of many parts, which are moved as one where what is above gets higher
        self._why, self._notes = QVBoxLayout(), QVBoxLayout(below)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._unpublished = label("", "danger", wrap=True, selectable=True)
        self._unpublished.hide()
        self._first_step, self._nobody = label("", wrap=True), label("", "danger", wrap=True, selectable=True)
        self._column.addLayout(self._why)  # what was asked just now goes first
        self._column.addWidget(self._unpublished)  # before the many rules that a week not planned yet breaks
        self._column.addWidget(self._nobody)
        self._column.addWidget(self._first_step)
        self._column.addWidget(self._broken)
        self._column.addWidget(self.compare)
        self._column.addWidget(below)
        for part in (self._why, self._notes):
            part.setSpacing(GAP_2)
        self._column.addStretch(1)
        empty = EmptyState("calendar-clock", _("Look at the roster; what belongs to it stands here."))
        self._side = Side(self, self.strip, self._body, empty)

    def show_sheet(self, sheet: Sheet) -> None:
        """Another roster is looked at, or the same one was drawn."""
        self._sheet = sheet
        self._side.set_chosen(chosen=True)
        self.compare.show_sheet(sheet)
        self.show_drawn()
        self.show_why("", [])
        self.refresh()

    def refresh(self) -> None:
        """Ask for the notes again."""
        sheet, ctx = self._sheet, self.ctx
        if sheet is not None:
            self.tasks.run(self, lambda: duty_notes(ctx, sheet.span), self._show)

    def show_drawn(self) -> None:
        """Name every rule that does not hold, and what is otherwise than before, as one draws."""
        sheet = self._sheet
        if sheet is not None:
            words, broken = words_of(sheet.span), sheet.breaches
            told = [words.broken(breach) for breach in broken[:MOST_BREACHES]]
            self._broken.show_all(_("Rules broken") if told else "", told, len(broken) - len(told))
            self.compare.show_differences(sheet)
            self._show_first_steps(sheet)

    def _show_first_steps(self, sheet: Sheet) -> None:
        """What to do where nothing is planned; an untouched roster breaks too many rules to name them."""
        plans = self.ctx.may(Permission.DUTY_PLAN) and not sheet.published
        needs = needs_of_nobody(sheet.span.problem) if plans else []
        begin = _(
            "Nothing is planned here yet. “Plan the duty” (Ctrl+G) draws these weeks, “Publish” (Ctrl+Enter) lets "
            "everybody know."
        )
        self._tell(self._nobody, self._nobody_text(map(words_of(sheet.span).cover, needs)) if needs else "")
        self._tell(self._first_step, begin if plans and sheet.is_blank else "")

    def _tell(self, line: QLabel, text: str) -> None:
        line.setText(text)
        line.setHidden(not text)

    def _nobody_text(self, needs: Iterable[str]) -> str:
        if self.ctx.may(Permission.PEOPLE_MANAGE):
            text = _(
                "Nobody here does: {needs}. Add people with such posts (“People…” in the menu at your name), "
                "or change the needs in the duty rules."
            )
        else:
            text = _("Nobody here does: {needs}. The administrator adds people with such posts.")
        return text.format(needs=_(", ").join(needs))

    def show_why(self, title: str, sentences: list[str]) -> None:
        """Why a cell is as it is."""
        clear_layout(self._why)
        if title:
            self._why.addWidget(label(title, "caption"))
        for sentence in sentences:
            self._why.addWidget(label(sentence, wrap=True, selectable=True))

    def _show(self, notes: DutyNotes) -> None:
        clear_layout(self._notes)
        self._unpublished.setText(_unpublished_text(notes.unpublished))
        self._unpublished.setHidden(not notes.unpublished)
        if notes.unseen:
            told = _("Have not seen their new duty yet: {names}").format(names=_(", ").join(notes.unseen))
            self._notes.addWidget(label(told, "warn", wrap=True, selectable=True))
        today = office_day(self.ctx.clock)
        self._notes.addWidget(label(_("Fairness"), "heading"))
        told = ngettext(
            "The {count} week before those shown: weekend days, evenings, days on call",
            "The {count} weeks before those shown: weekend days, evenings, days on call",
            notes.weeks,
        )
        self._notes.addWidget(label(told.format(count=notes.weeks), "small", wrap=True))
        self._notes.addLayout(_shares(notes))
        if notes.leaves:
            self._notes.addWidget(label(_("Leave and handover"), "caption"))
        for leave in notes.leaves:
            self._notes.addLayout(_leave(leave, today))
        self._notes.addWidget(label(_("Hotline"), "caption"))
        self._notes.addWidget(label(hotline_text(notes.now), wrap=True))
        if notes.actings:
            self._notes.addWidget(label(_("Acting"), "caption"))
        for acting in notes.actings:
            text = _("{name} acts as {post} until {day}").format(
                name=acting.name, post=post_word(acting.post), day=short_day(acting.last_day, today)
            )
            self._notes.addWidget(label(text, wrap=True))


def _unpublished_text(years: Sequence[int]) -> str:
    text = _("The public holidays of {years} are not published yet; the plan rests on weekends alone.")
    return text.format(years=_(", ").join(map(str, years))) if years else ""


def _shares(notes: DutyNotes) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP_2)
    grid.setVerticalSpacing(GAP_2)
    for row, share in enumerate(notes.shares):
        grid.addWidget(label(share.name), row, 0)
        grid.addWidget(Pill(_("weekend {count}").format(count=share.weekends), Kind.INFO), row, 1)
        grid.addWidget(Pill(_("evening {count}").format(count=share.evenings), Kind.WARN), row, 2)
        if share.on_call:
            grid.addWidget(Pill(_("on call {count}").format(count=share.on_call), Kind.OK), row, 3)
    grid.setColumnStretch(4, 1)
    return grid


def _leave(leave: NearLeave, today: date) -> QHBoxLayout:
    row = QHBoxLayout()
    days = short_days(leave.first_day, leave.last_day, today)
    text = f"{leave.name} {days} {leave_kind_word(leave.kind)}"
    told = _("{what}, confidential until it is approved").format(what=text) if leave.confidential else text
    row.addWidget(label(told, wrap=True), 1)
    agreed = leave.state in (LeaveState.APPROVED, LeaveState.RUNNING)
    word = _("to {name} · accepted") if leave.taken else _("to {name} · waits")
    kind = Kind.OK if leave.taken and agreed else Kind.INFO if leave.taken else Kind.WARN
    pill = Pill(word.format(name=leave.receiver_name), kind, least=LEAST_PILL)
    pill.setToolTip(hint_of(pill.text()))
    row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    return row
