"""Noting something on somebody's file (rule D5)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _
from app.models.staff import NoteKind
from app.services.access import Context
from app.services.staff.files import FileRow, NoteDraft, note_on_file
from app.services.staff.wording import LONGEST_TEXT, LONGEST_TITLE
from app.services.staff.words import note_kind_word
from app.views.staff.text_area import text_area
from app.views.tasks import Tasks
from app.views.theme import GAP_4
from app.views.widgets.attachments import AttachLine, keep_all
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

TEXT_HEIGHT = 96


class NoteDialog(StepDialog):
    """Kind and day, a heading, details, files."""

    def __init__(self, ctx: Context, tasks: Tasks, row: FileRow, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Note on {name}'s file").format(name=row.name), _("Note"), parent)
        self.setObjectName("file_note_dialog")
        least_width(self, 560)
        self._ctx, self._row = ctx, row
        self.kind, self.day = QComboBox(), office_date_edit(office_day(ctx.clock))
        for kind in NoteKind:
            self.kind.addItem(note_kind_word(kind), kind)
        self.kind.setCurrentIndex(self.kind.findData(NoteKind.TRAINING))
        self.title, self.text, self.files = LineEdit(), text_area(TEXT_HEIGHT), AttachLine()
        self.title.setMaxLength(LONGEST_TITLE)
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = Form(), Form()
        left.add("kind", _("Kind"), self.kind)
        right.add("day", _("Day"), self.day)
        self._days = right
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        for form in (left, right):
            columns.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.form.add("title", _("Heading"), self.title)
        self.form.add("text", _("Details"), self.text)
        self.form.add_plain(self.files)
        self.lay_out(columns, self.form)
        self.kind.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Put it on file, with what is attached."""
        title, text, day = self.title.text().strip(), self.text.toPlainText().strip(), chosen_day(self.day)
        if not title:
            self.form.show_error("title", _("Give it a heading."))
            return None
        if len(text) > LONGEST_TEXT:
            self.form.show_error("text", _("At most {most} characters.").format(most=LONGEST_TEXT))
            return None
        if day > office_day(self._ctx.clock):
            self._days.show_error("day", _("This day is still to come."))
            return None
        ctx, person, files, kind = self._ctx, self._row.id, self.files.paths(), NoteKind(self.kind.currentData())
        return lambda: note_on_file(ctx, person, NoteDraft(kind, day, title, text, keep_all(ctx, files)))
