"""The roster's panel (值班表): drawn by hand or planned, published, printed; what it breaks is red at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.clock import office_day
from app.errors import AppError
from app.i18n import _, ngettext
from app.services.access import Context, Permission
from app.services.duty.roster.problem import Cells
from app.services.duty.rosters import Stroke, copy_week, read_roster
from app.services.duty.solve import Planned
from app.services.duty.span import Span
from app.services.duty.versions import Version, versions
from app.services.duty.weeks import WEEK, monday_of
from app.views.changes import Changes
from app.views.duty.actions import RosterActions
from app.views.duty.grid import RosterGrid
from app.views.duty.grid_model import RosterModel
from app.views.duty.heading import RosterHeading
from app.views.duty.look import RosterLook
from app.views.duty.losing import may_be_lost
from app.views.duty.publishing import Publishing
from app.views.duty.saving import Saving
from app.views.duty.seeing import record_look
from app.views.duty.sheet import Move, Sheet
from app.views.duty.solving import Solving
from app.views.duty.taking_back import TakingBack
from app.views.duty.weeks_box import WeeksBox
from app.views.duty.why import NOTHING, Told, no_plan, why
from app.views.panel import Panel
from app.views.tasks import Tasks
from app.views.theme import GAP_2, Kind
from app.views.widgets.buttons import plain_button, primary_button
from app.views.widgets.empty import empty_state
from app.views.widgets.layouts import below, over
from app.views.widgets.toolbar import more_button, toolbar


class DutyPanel(Panel):
    """Signals tell which roster and which cell are looked at, and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"rosters", "leaves", "actings", "people", "settings", "duty_wishes"})

    said = Signal(str)
    sheet_shown = Signal(object)  # Sheet
    drawn = Signal()  # another cell was drawn: what is broken has changed
    explained = Signal(str, list)  # why a cell is as it is: a heading and sentences

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(ctx, tasks, changes, parent)
        self.first = monday_of(office_day(self.ctx.clock))
        self.sheet: Sheet | None = None
        self._undo = TakingBack()
        self._compared: tuple[int | None] | None = None  # the version chosen by hand; None: what the sheet proposes
        self._published = not ctx.may(Permission.DUTY_PLAN)  # whether it shows what people know, not the draft
        self._looks = False  # whether somebody has just turned to what is asked for
        self._late = False  # whether another roster came while a shift was dragged
        self._why = NOTHING
        self.grid = RosterGrid(lambda model: _column(model, office_day(self.ctx.clock)))
        self.solving = Solving(ctx, tasks, self)
        self.saving = Saving(ctx, tasks, self)
        self.publishing = Publishing(ctx, tasks, self)
        self.actions_ = RosterActions(self)
        self.setFocusProxy(self.grid)
        self._build()
        self._connect()
        changes.changed.connect(self._save_again)  # a database that answers again counts as changed
        self._update_actions()

    def _build(self) -> None:
        self.weeks = WeeksBox()
        self._heading = RosterHeading(self.actions_.back, self.actions_.on)
        self.empty = empty_state("calendar-clock")
        pile = over(self.grid, self.empty)
        pile.setContentsMargins(0, 0, GAP_2, 0)  # the last day's cells end where the heading does
        below(self._toolbar(), self._heading, self.strip, self.solving.bar, pile, owner=self)

    def _toolbar(self) -> QHBoxLayout:
        first, *others = self.actions_.usual()
        bar = toolbar(primary_button(first), *map(plain_button, others), more_button(self.actions_.rarer()))
        bar.setContentsMargins(GAP_2 + 2, 9, GAP_2 + 2, GAP_2)  # the weeks' heading is near
        bar.addWidget(self.weeks)
        return bar

    def _connect(self) -> None:
        self.weeks.currentIndexChanged.connect(lambda _index: self.go(self.first))
        self.grid.edited.connect(self._on_edited)
        self.grid.dropped.connect(lambda: self.refresh() if self._late else None)
        self.grid.hovered.connect(self._on_hovered)
        self.grid.clicked.connect(lambda _index: self._see())
        self.saving.saved.connect(self.refresh)
        self.saving.refused.connect(self._on_refused)
        self.saving.waits.connect(self._on_waits)
        self.publishing.published.connect(self._on_published)
        self.publishing.too_late.connect(self._on_too_late)
        self.publishing.refused.connect(self._on_refused)
        self.solving.found.connect(self._on_found)
        self.solving.done.connect(self._on_planned)
        self.solving.failed.connect(self._on_refused)
        self.solving.running_changed.connect(self._on_running_changed)

    def showEvent(self, event: QShowEvent) -> None:
        self._looks = True
        super().showEvent(event)
        if self.ctx.may(Permission.DUTY_PLAN):
            self.solving.warm()

    def forget_shown(self) -> None:
        self.grid.horizontalHeader().viewport().update()  # the ring around today, also while the planner runs

    def refresh(self) -> None:
        """Ask for the weeks again; not while a plan is being made, which is told when it is done."""
        self._undo.turn_to(self.first, self.count())
        if self.solving.running:
            return
        ctx, first, count, drafts = self.ctx, self.first, self.count(), not self._published

        def read() -> tuple[Span, Sequence[Version]]:
            span = read_roster(ctx, first, count, drafts=drafts)
            return span, versions(ctx, span.first, span.days[-1])

        self.tasks.run(self, read, lambda read: self._show(*read, published=not drafts))

    def count(self) -> int:
        """How many weeks are shown."""
        return self.weeks.chosen()

    def go(self, first: date) -> None:
        """Show other weeks."""
        self.first, self._looks, self._compared = monday_of(first), True, None
        self._forget()
        if not self.saving.unsaved:
            self.strip.clear()  # what was said was of the weeks before
        self.refresh()

    def go_on(self, weeks: int) -> None:
        """So many weeks on, or back."""
        self.go(self.first + timedelta(weeks=weeks))

    def go_today(self) -> None:
        """The week that today is in."""
        self.go(office_day(self.ctx.clock))

    def show_published(self, *, on: bool) -> None:
        """Show what people know instead of the draft, or the draft again; only who plans sees drafts."""
        self._published = on or not self.ctx.may(Permission.DUTY_PLAN)
        self.go(self.first)

    @property
    def look(self) -> RosterLook:
        """Which weeks are looked at, and how."""
        return RosterLook(self.first, self.weeks.currentIndex(), self._published, self._compared)

    def look_as(self, look: RosterLook) -> None:
        """Show the same weeks in the same way."""
        with QSignalBlocker(self.weeks):
            self.weeks.setCurrentIndex(look.weeks)
        self.first, self._published, self._compared = look.first, look.published, look.compared
        self.actions_.published.setChecked(look.published)
        self.refresh()

    def show_news(self, first: date, last: date) -> None:
        """Show what is published of these weeks, also who is looking at a draft: the bell has told of it."""
        self._published = True
        self.actions_.published.setChecked(True)
        self.weeks.widen((monday_of(last) - monday_of(first)).days // WEEK + 1)
        self.go(first)

    def compare(self, version: Version | None) -> None:
        """Mark what is otherwise than in a version; None: than what is published now."""
        if self.sheet is not None:
            self._compared = (None if version is None else version.seq,)
            self.sheet.compare(version)
            self.grid.roster.tell_changed()
            self.drawn.emit()

    def undo(self) -> None:
        """Take the last change by hand back; a cell that somebody else has drawn since is refused."""
        if self._undo:
            self._forget()
            self._draw(self._undo.last())

    def pin(self) -> None:
        """Fix the cell looked at for the planner, or let it go."""
        index, sheet = self.grid.currentIndex(), self.sheet
        place = self.grid.roster.place(index.row()) if index.isValid() else -1
        if sheet is not None and place >= 0:
            fixed = sheet.is_pinned(place, index.column())
            self._undo.add([sheet.pinning(place, index.column(), fixed=fixed)])
            self._draw([sheet.pinning(place, index.column(), fixed=not fixed)])

    def copy(self) -> None:
        """Draw the first week shown as the one before it."""
        ctx, first = self.ctx, self.first
        self.tasks.run(self, lambda: copy_week(ctx, first), self._on_copied, self._on_refused)

    def publish(self) -> None:
        """Let everybody know the plan as it is seen now."""
        if self.sheet is not None:
            self.publishing.publish(self.sheet.span)

    def why(self) -> None:
        """Say why the cell looked at is as it is: what every other shift would break or cost."""
        index, sheet = self.grid.currentIndex(), self.sheet
        place = self.grid.roster.place(index.row()) if index.isValid() else -1
        if sheet is None or place < 0:
            return
        self._explain(why(sheet, place, index.column()))

    def day_chosen(self) -> date:
        """The day of the cell that is looked at, or today."""
        index = self.grid.currentIndex()
        if self.sheet is None or not index.isValid():
            return office_day(self.ctx.clock)
        return self.sheet.span.days[index.column()]

    def person_chosen(self) -> int:
        """Whose line is looked at; oneself where it is nobody's."""
        index = self.grid.currentIndex()
        place = self.grid.roster.place(index.row()) if index.isValid() else -1
        return self.ctx.person if self.sheet is None or place < 0 else self.sheet.span.lines[place].person

    def name_of(self, person: int) -> str:
        """The name of somebody who has a line, or of who is signed in."""
        lines = self.sheet.span.lines if self.sheet is not None else ()
        return next((line.name for line in lines if line.person == person), self.ctx.name)

    def strokes_of(self, sheet: Sheet) -> Sequence[Stroke]:
        """What is drawn and not saved, from today on: past days are no longer planned."""
        return [stroke for stroke in sheet.strokes(pinned=False) if stroke.day >= office_day(self.ctx.clock)]

    def _show(self, span: Span, known: Sequence[Version], *, published: bool) -> None:
        if self.saving.busy or (span.first, published) != (self.first, self._published):
            return
        self._late = self.grid.dragging and self.sheet is not None and self.sheet.span.days == span.days
        if self._late:
            return  # the shift is not torn from the hand; where it falls is compared with what was seen
        before, self.sheet = self.sheet, Sheet(span, known, published=published, now=self.ctx.clock.now())
        is_same = before is not None and before.cells == self.sheet.cells
        for version in self.sheet.choices:
            if self._compared == (None if version is None else version.seq,):
                self.sheet.compare(version)
        if not is_same:
            self._forget()  # somebody else's hand is in it
        self.grid.show_sheet(self.sheet)
        self._heading.show_days(span.first, span.days[-1])
        self.empty.set_text(_("Nobody has a post with shifts yet. Add people, or look at the duty rules."))
        self.empty.setVisible(not self.sheet.rows())
        self._tell()
        self._update_actions()
        self.sheet_shown.emit(self.sheet)
        if is_same:
            self.explained.emit(*self._why)  # the same roster, read again
        if self._looks:
            self._looks = False
            self._see()

    def _see(self) -> None:
        """Who looks at what is published has seen it; a roster that changes while nobody looks is not seen yet."""
        record_look(self, self.sheet)

    def _tell(self) -> None:
        """What the heading says of the roster as it is drawn."""
        if self.sheet is not None:
            self._heading.show_sheet(self.sheet)
            if not self.solving.running:
                self._heading.show_summary(self.solving.summary)

    def _on_edited(self, _moves: list[Move]) -> None:
        if self.sheet is not None:
            self._on_hovered()
            if strokes := self.sheet.strokes(pinned=True):
                self._undo.add(self.sheet.backward())
                self._forget()
                self._draw(strokes)

    def _explain(self, told: Told) -> None:
        self._why = told
        self.explained.emit(*told)

    def _forget(self) -> None:
        """Another plan than the planner's, or other weeks: what was said of it is true no longer."""
        self.solving.forget()
        self._explain(NOTHING)

    def _on_hovered(self) -> None:
        self._tell()
        self.drawn.emit()

    def _draw(self, strokes: Sequence[Stroke]) -> None:
        if strokes and self.sheet is not None:
            self.sheet.keep(strokes)
            self.grid.viewport().update()  # fixed now, which is read again only when a shift that is held falls
            self.saving.send(strokes)

    def _on_waits(self, why: str) -> None:
        self.strip.show_message(_("{why} What was drawn is kept, and saved when it answers.").format(why=why))

    def _save_again(self) -> None:
        if self.saving.unsaved:
            self.strip.clear()
            self.saving.send_again()

    def may_go(self) -> bool:
        """Whether nothing drawn waits for a server that is gone and no plan is being made, or it may be lost."""
        return may_be_lost(self.window(), unsaved=self.saving.unsaved, planning=self.solving.running)

    def _on_refused(self, error: Exception) -> None:
        """Say why, and show what really stands."""
        self._undo.forget()
        self.refresh()
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error))

    def _on_copied(self, count: int) -> None:
        self._forget()
        self.said.emit(ngettext("{count} cell copied.", "{count} cells copied.", count).format(count=count))
        self.refresh()

    def _on_published(self, told: str) -> None:
        self.said.emit(told)
        self.refresh()

    def _on_too_late(self, told: str) -> None:
        self.strip.show_message(told, Kind.WARN)
        self.refresh()

    def _on_found(self, cells: Cells) -> None:
        """A better plan while the planner goes on: it is shown, and saved only at the end."""
        if self.sheet is not None:
            self.sheet.show_plan(cells)
            self.grid.roster.tell_changed()
            self._on_hovered()

    def _on_running_changed(self, running: bool) -> None:
        if running:
            self.strip.clear()  # what hindered the run before is no longer so
            self._heading.show_summary("")  # nor is the plan that is shown now the one that was told of
            if not self.grid.hasFocus():  # else the keyboard would go on to the next button, which prints
                self.solving.stop_button.setFocus()
        elif self.solving.stop_button.hasFocus():
            self.grid.setFocus()
        self._update_actions()

    def _on_planned(self, planned: Planned) -> None:
        """The last word of the planner: its plan is the draft now; where there is none, the rules that clash."""
        sheet = self.sheet
        if sheet is None:
            return
        self._explain(NOTHING)
        strokes: Sequence[Stroke] = ()
        if planned.outcome.cells is not None:
            sheet.show_plan(planned.outcome.cells)
            self._undo.forget()
            strokes = self.strokes_of(sheet)
        if strokes:
            self._draw(strokes)
        else:
            self.refresh()  # what a colleague has drawn meanwhile is not shown yet
        if planned.clash:
            self._explain(no_plan(sheet, planned.clash))
        self.grid.roster.tell_changed()
        self._tell()
        self._update_actions()

    def _update_actions(self) -> None:
        self.grid.may_edit = self.ctx.may(Permission.DUTY_PLAN) and not self._published
        self.actions_.update(self.solving.running, bool(self._undo), published=self._published)


def _column(model: RosterModel, today: date) -> int | None:
    return model.today(today)
