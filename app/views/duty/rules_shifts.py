"""The kinds of shifts (班次): what stands in a cell, from when to when, what counts as work, and who does it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.i18n import N_, _
from app.models.people import Post
from app.services.duty.rule_check import LONGEST_CODE, LONGEST_NAME
from app.services.duty.rule_words import hours_of
from app.services.duty.rules import Shade, ShiftKind, kept, shown
from app.services.duty.service_calendar import DAY_MINUTES
from app.services.people.names import post_word
from app.views.duty.grid_cells import SHADES
from app.views.duty.rules_draft import RulesDraft
from app.views.duty.rules_fields import ChecksField, Field, HoursBox, shade_box
from app.views.duty.rules_page import Line, OrderedPage, Rows
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column

POST_COLUMNS, KIND_COLUMNS = 3, 2


class ShiftsPage(OrderedPage[ShiftKind]):
    """`said` tells who still names a kind that was taken away."""

    said = Signal(str)

    def __init__(self, draft: RulesDraft) -> None:
        about = _("What people work: a sign for the roster's cells, the hours, and the posts that do it.")
        columns: tuple[Column[Line[ShiftKind]], ...] = (
            Column(N_("Sign"), lambda line: draft.sign(line.row.code), pill=lambda line: SHADES[line.row.shade]),
            Column(N_("Shift"), lambda line: shown(line.row.name)),
            Column(N_("Hours"), lambda line: draft.hours(line.row)),
        )
        rows = Rows(
            lambda: draft.rules.shifts, draft.put_shifts, lambda kind: draft.sign(kind.code), draft.new_kind
        )  # fmt: skip
        super().__init__(_("Shifts"), about, draft, rows, columns, 1)
        self.code, self.name, self.hours = LineEdit(), LineEdit(), LineEdit()
        self.minutes, self.shade = HoursBox(2 * DAY_MINUTES), shade_box()
        self.evening = QCheckBox(_("Counts as an evening"))
        self.service = QCheckBox(_("Answers customers"))
        posts = [(post, post_word(post)) for post in Post]
        self.posts: ChecksField[Post] = ChecksField(_("Posts that do it"), POST_COLUMNS, posts)
        self.never_next: ChecksField[str] = ChecksField(_("Never followed on the next day by"), KIND_COLUMNS)
        self._fill_form()
        self.add_order()
        self.lay_out()

    def _fill_form(self) -> None:
        self.code.setMaxLength(LONGEST_CODE)
        self.name.setMaxLength(LONGEST_NAME)
        hint = _("Cells that are drawn already show a new sign as well.")
        self.fields.add_row(
            Field("code", _("Sign in the cells"), self.code, hint), Field("shade", _("Colour"), self.shade),
            Field("name", _("Name of the shift"), self.name),
        )  # fmt: skip
        self.fields.add_row(
            Field("windows", _("Hours"), self.hours), Field("minutes", _("Counted as work (hours)"), self.minutes)
        )
        self.fields.add_row(Field("posts", _("Posts that do it"), self.posts))
        self.fields.add_plain(self.evening, self.service)
        self.fields.add_row(Field("never_next", _("Never followed on the next day by"), self.never_next))
        self.listen(
            self.code.textChanged, self.name.textChanged, self.hours.textChanged, self.minutes.valueChanged,
            self.posts.changed, self.shade.currentIndexChanged, self.evening.toggled, self.service.toggled,
            self.never_next.changed,
        )  # fmt: skip

    def show_row(self, row: ShiftKind) -> None:
        self.code.setText(self.draft.sign(row.code))
        self.name.setText(shown(row.name))
        self.hours.setText(self.draft.hours(row))
        self.minutes.show_minutes(row.minutes)
        self.posts.show_value(row.posts)
        self.shade.setCurrentIndex(self.shade.findData(row.shade))
        self.evening.setChecked(row.evening)
        self.service.setChecked(row.service)
        self.never_next.set_choices(self.draft.choices(row.never_next))
        self.never_next.show_value(row.never_next)
        self._tell_length(row)

    def read_row(self, row: ShiftKind) -> ShiftKind:
        self.draft.type_sign(row.code, self.code.text())
        if self.minutes.minutes() != row.minutes:
            row = replace(row, minutes=self.minutes.minutes())
        row = self.draft.type_hours(row, self.hours.text())
        row = replace(
            row, name=kept(self.name.text(), row.name), posts=self.posts.value(), shade=Shade(self.shade.currentData()),
            evening=self.evening.isChecked(), service=self.service.isChecked(), never_next=self.never_next.value(),
        )  # fmt: skip
        self._follow(row)
        return row

    def _follow(self, row: ShiftKind) -> None:
        """Let the form say what follows from what was typed."""
        self._showing = True
        if self.minutes.minutes() != row.minutes:
            self.minutes.show_minutes(row.minutes)
        self._showing = False
        self._tell_length(row)

    def _tell_length(self, row: ShiftKind) -> None:
        text = _("As 8:30-17:00, with a comma between several.")
        if row.windows:
            over = row.windows[-1][1] > DAY_MINUTES
            text = (_("{length}, into the next day") if over else "{length}").format(length=hours_of(row.lasts))
        self.fields.set_hint("windows", text)

    def remove_row(self) -> None:
        """Take the chosen kind away, and say who still names it."""
        place = self.place()
        gone = self.rows()[place].code if place >= 0 else ""
        super().remove_row()
        naming = self.draft.naming(gone)
        if naming:
            text = _("“{code}” is still named by: {names}. Choose another shift there.")
            self.said.emit(text.format(code=self.draft.sign(gone), names=_(", ").join(naming)))
