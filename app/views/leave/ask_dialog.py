"""Asking for leave, also for somebody sick; what will be handed over stands beside it while days are chosen (D3)."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _
from app.models.leave import LeaveKind
from app.models.people import Post
from app.services.access import Context, Permission
from app.services.leave.days import add_months
from app.services.leave.leaves import MONTHS_AHEAD, LeaveDraft, Preview, ask_leave, preview_leave
from app.services.leave.words import belonging_word, leave_kind_word
from app.services.people.accounts import PersonRow, list_people
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_4, Kind
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog
from app.views.widgets.timeline import CheckList

LISTED = 12
WIDE = 720


class AskDialog(StepDialog):
    """Who, why, from when to when, and who takes over; a resignation has a last day of work only."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Ask for leave"), _("Ask for it"), parent)
        self.setObjectName("ask_dialog")
        least_width(self, WIDE)
        self._ctx = ctx
        self.asked: int | None = None  # the leave, once it is asked for
        self.resigns = False  # whether that is a resignation
        self._people: list[PersonRow] = []
        self._others = ctx.may(Permission.LEAVE_SEE)
        self.person, self.kind, self.receiver = QComboBox(), QComboBox(), QComboBox()
        tomorrow = office_day(ctx.clock) + timedelta(days=1)
        self.first, self.last = office_date_edit(tomorrow), office_date_edit(tomorrow)
        self.reason, self.early = LineEdit(), LineEdit()
        for kind in LeaveKind:
            self.kind.addItem(leave_kind_word(kind), kind)
        self._lay_out()
        self._connect()
        tasks.read(self, lambda: list_people(ctx), self._show_people)

    def _lay_out(self) -> None:
        self.form.add("person", _("Who goes"), self.person)
        self.person.setEnabled(self._others)
        self.form.add("kind", _("Kind"), self.kind)
        self.form.add("first_day", _("First day"), self.first)
        self.form.add("last_day", _("Last day"), self.last)
        self.form.add(
            "receiver", _("Taken over by"), self.receiver, _("Each thing can be offered to somebody else later.")
        )
        self.form.add("reason", _("Reason"), self.reason)
        self._right = Form()
        self._right.add("early", _("Why earlier than in a month"), self.early)
        self.things = CheckList()
        self.things.setAccessibleName(_("What will be handed over"))
        side = QVBoxLayout()
        side.setSpacing(GAP_2)
        side.addWidget(label(_("What will be handed over"), "caption"))
        side.addWidget(self.things)
        side.addWidget(self._right)
        side.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        columns.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        columns.addLayout(side, 1)
        self.lay_out(columns)
        self.kind.setFocus()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _place: self._on_kind_changed())
        self.person.currentIndexChanged.connect(lambda _place: self._on_person_changed())
        self.receiver.currentIndexChanged.connect(lambda _place: self._look())
        self.first.dateChanged.connect(lambda _day: self._on_first_changed())
        self.last.dateChanged.connect(lambda _day: self._look())
        self.early.editingFinished.connect(self._look)
        self._on_kind_changed()

    def _show_people(self, people: list[PersonRow]) -> None:
        self._people = [one for one in people if one.active]
        with QSignalBlocker(self.person):
            for one in self._people:
                self.person.addItem(one.name, one.id)
            self.person.setCurrentIndex(self.person.findData(self._ctx.person))
        self._on_person_changed()

    def _on_person_changed(self) -> None:
        """Everybody but who goes can be asked to take over."""
        goes, chosen = self.person.currentData(), self.receiver.currentData()
        with QSignalBlocker(self.receiver):
            self.receiver.clear()
            self.receiver.addItem(_("choose somebody"), None)
            for one in self._people:
                if one.id != goes:
                    self.receiver.addItem(one.name, one.id)
            self.receiver.setCurrentIndex(max(self.receiver.findData(chosen), 0))
        self._look()

    def _on_kind_changed(self) -> None:
        """A resignation is written a month ahead; an earlier day is the general manager's to ask for."""
        resigns = self.kind.currentData() == LeaveKind.RESIGNATION
        self.form.show_field("first_day", shown=not resigns)
        self._right.setVisible(resigns and self._ctx.post is Post.DIRECTOR)
        if resigns:
            _show_day(self.last, max(chosen_day(self.last), add_months(office_day(self._ctx.clock), MONTHS_AHEAD)))
        self.form.set_hint("last_day", _("The last day of work; the account is closed after it.") if resigns else "")
        self._look()

    def _on_first_changed(self) -> None:
        _show_day(self.last, max(chosen_day(self.first), chosen_day(self.last)))
        self._look()

    def _draft(self) -> LeaveDraft:
        return LeaveDraft(
            LeaveKind(self.kind.currentData()), chosen_day(self.first), chosen_day(self.last),
            self.receiver.currentData(), self.reason.text().strip(), self.person.currentData(),
            self.early.text().strip() if self._right.isVisibleTo(self) else "",
        )  # fmt: skip

    def _look(self) -> None:
        """Show what would be handed over, and at each field what stands against it."""
        ctx, draft = self._ctx, self._draft()
        if draft.person is not None:
            self._tasks.run(self, lambda: preview_leave(ctx, draft), self._show_preview, self.refuse)

    def _show_preview(self, seen: Preview) -> None:
        self.strip.clear()
        self.form.clear_errors()
        chosen = self.receiver.currentData() is not None
        for field, text in seen.troubles.items():
            if chosen or field != "receiver":
                self.form.show_error(field, text, go=False)
        rows = [(_mark(fits, chosen), belonging_word(kind), title) for kind, title, fits in seen.things[:LISTED]]
        if not rows:
            rows = [(Kind.DIM, _("Nothing to hand over"), "")]
        if len(seen.things) > LISTED:
            rows.append((Kind.DIM, "…", ""))
        self.things.set_rows(rows)

    def work(self) -> Callable[[], object] | None:
        """Ask for it."""
        draft, ctx = self._draft(), self._ctx
        if draft.receiver is None:
            self.form.show_error("receiver", _("Choose somebody."))
            return None
        if not draft.reason:
            self.form.show_error("reason", _("Give a reason."))
            return None

        def ask() -> None:
            self.asked, self.resigns = ask_leave(ctx, draft), draft.kind is LeaveKind.RESIGNATION

        return ask


def _mark(fits: bool, chosen: bool) -> Kind:
    """Whether the receiver may take it; nothing is said before one is chosen."""
    if not chosen:
        return Kind.DIM
    return Kind.OK if fits else Kind.WARN


def _show_day(field: QDateEdit, day: date) -> None:
    """Put a day into a field; who changes it by hand is asked for, this is not."""
    with QSignalBlocker(field):
        field.setDate(QDate(day.year, day.month, day.day))
