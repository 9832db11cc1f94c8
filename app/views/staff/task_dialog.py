"""Giving a task to a post, and changing it until it is done (rule D6)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.clock import office_day
from app.i18n import _
from app.models.people import Post
from app.services.access import Context
from app.services.people.names import post_word
from app.services.staff.holders import Holder
from app.services.staff.task_rows import TaskRow
from app.services.staff.tasks import TaskDraft, change_task, give_task
from app.services.staff.wording import LONGEST_TEXT, LONGEST_TITLE
from app.views.staff.text_area import text_area
from app.views.tasks import Tasks
from app.views.theme import GAP_4
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

TEXT_HEIGHT = 110
USUAL = timedelta(days=1)


class TaskDialog(StepDialog):
    """What, for which post, perhaps for whom, until when; the post stands once the task is given."""

    def __init__(
        self, ctx: Context, tasks: Tasks, at_work: Sequence[Holder], row: TaskRow | None = None, text: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = _("Give a task") if row is None else _("Change the task “{title}”").format(title=row.title)
        super().__init__(tasks, title, _("Give the task") if row is None else _("Save"), parent)
        self.setObjectName("task_dialog")
        self.setMinimumWidth(620)
        self._ctx, self._row, self._at_work = ctx, row, at_work
        self.given: int | None = None  # the task, once it is given
        today = office_day(ctx.clock)
        self.title, self.text = LineEdit("" if row is None else row.title), text_area(TEXT_HEIGHT, text)
        self.title.setMaxLength(LONGEST_TITLE)
        self.post, self.person = QComboBox(), QComboBox()
        self.day = office_date_edit(today + USUAL if row is None else row.due)
        self._fill_posts()
        self._lay_out()

    def _lay_out(self) -> None:
        self.form.add("title", _("Task"), self.title)
        self.form.add("text", _("What is to be done"), self.text)
        left, right = Form(), Form()
        left.add("post", _("Post"), self.post)
        left.add("person", _("Seen to by"), self.person)
        right.add("day", _("Due on"), self.day, _("Until 18:00 on that day"))
        self._days = right
        columns = QHBoxLayout()
        columns.setSpacing(GAP_4)
        for form in (left, right):
            columns.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.lay_out(self.form, columns)
        self.title.setFocus()

    def _fill_posts(self) -> None:
        """Only posts that somebody holds: nobody would see to the others."""
        held = {post for one in self._at_work for post in one.posts}
        for post in Post:
            if post in held or (self._row is not None and post is self._row.post):
                self.post.addItem(post_word(post), post)
        if self._row is not None:
            self.post.setCurrentIndex(self.post.findData(self._row.post))
            self.post.setEnabled(False)
        self.post.currentIndexChanged.connect(self._fill_people)
        self._fill_people()
        if self._row is not None:
            self.person.setCurrentIndex(self.person.findData(self._row.person))

    def _fill_people(self) -> None:
        self.person.clear()
        self.person.addItem(_("whoever holds the post"), None)
        post, row = self.post.currentData(), self._row
        for one in self._at_work:
            if post in one.posts:
                self.person.addItem(one.name, one.id)
        if row is not None and row.person is not None and self.person.findData(row.person) < 0:
            self.person.addItem(row.person_name, row.person)  # a handover has left the post

    def work(self) -> Callable[[], object] | None:
        """Give it, or change it."""
        title, text, day = self.title.text().strip(), self.text.toPlainText().strip(), chosen_day(self.day)
        post, person = self.post.currentData(), self.person.currentData()
        if not title:
            self.form.show_error("title", _("Say in a few words what is to be done."))
            return None
        if len(text) > LONGEST_TEXT:
            self.form.show_error("text", _("At most {most} characters.").format(most=LONGEST_TEXT))
            return None
        ctx, row, today = self._ctx, self._row, office_day(self._ctx.clock)
        if day < today and (row is None or day != row.due):
            self._days.show_error("day", _("This day is over."))
            return None
        if row is not None:
            changes: dict[str, str | int | date | None] = {"title": title, "text": text, "person": person, "due": day}
            return lambda: change_task(ctx, row.id, changes)
        draft = TaskDraft(title, Post(post), day, text, person)

        def give() -> None:
            self.given = give_task(ctx, draft)

        return give
