"""Letting somebody act in a post for a limited time (rule D4)."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QWidget

from app.clock import office_day
from app.i18n import _
from app.models.people import Post
from app.services.access import Context
from app.services.leave.acting import MOST_MONTHS, ActingDraft, begin_acting
from app.services.people.accounts import PersonRow, list_people
from app.services.people.names import post_word
from app.views.tasks import Tasks
from app.views.widgets.date_edit import chosen_day, office_date_edit
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog

USUAL = timedelta(days=6)


class ActingDialog(StepDialog):
    """Which post, in whose place, who acts, from when to when, and why."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Let somebody act in a post"), _("Let them act"), parent)
        self.setObjectName("acting_dialog")
        self._ctx = ctx
        self._people: list[PersonRow] = []
        today = office_day(ctx.clock)
        self.post, self.instead_of, self.person = QComboBox(), QComboBox(), QComboBox()
        self.first, self.last, self.reason = office_date_edit(today), office_date_edit(today + USUAL), LineEdit()
        for post in Post:
            if post is not Post.DIRECTOR or ctx.post is Post.DIRECTOR:
                self.post.addItem(post_word(post), post)
        self.form.add("post", _("Post"), self.post)
        self.form.add("instead_of", _("In place of"), self.instead_of)
        self.form.add("person", _("Who acts"), self.person)
        self.form.add("first", _("First day"), self.first)
        hint = _("At most {months} months; the post's rights end by themselves.").format(months=MOST_MONTHS)
        self.form.add("last", _("Last day"), self.last, hint)
        self.form.add("reason", _("Reason"), self.reason)
        self.lay_out(self.form)
        self.post.currentIndexChanged.connect(lambda _place: self._fill())
        self.post.setFocus()
        tasks.read(self, lambda: list_people(ctx), self._show_people)

    def _show_people(self, people: list[PersonRow]) -> None:
        self._people = [one for one in people if one.active]
        self._fill()

    def _fill(self) -> None:
        """Who holds the post can be stood in for; who does not can act in it, but for oneself."""
        post, person = self.post.currentData(), self.person.currentData()
        self.instead_of.clear()
        self.person.clear()
        self.instead_of.addItem(_("nobody, the post is vacant"), None)
        for one in self._people:
            if post in one.posts:
                self.instead_of.addItem(one.name, one.id)
            elif one.id != self._ctx.person:
                self.person.addItem(one.name, one.id)
        if self.instead_of.count() > 1:
            self.instead_of.setCurrentIndex(1)
        self.person.setCurrentIndex(max(self.person.findData(person), 0))

    def work(self) -> Callable[[], object] | None:
        """Let them act."""
        ctx, person, reason = self._ctx, self.person.currentData(), self.reason.text().strip()
        first, last = chosen_day(self.first), chosen_day(self.last)
        if person is None:
            self.form.show_error("person", _("Choose somebody."))
            return None
        if last < first:
            self.form.show_error("last", _("The last day comes before the first."))
            return None
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        instead_of = self.instead_of.currentData()
        draft = ActingDraft(int(person), Post(self.post.currentData()), instead_of, first, last, reason)
        return lambda: begin_acting(ctx, draft)
