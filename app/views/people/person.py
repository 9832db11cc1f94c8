"""One person's dialogs: name, posts and level, and a password for somebody who forgot theirs."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.models.people import Level, Post
from app.services.access import Context
from app.services.people.accounts import PersonRow, add_person, change_person
from app.services.people.names import level_word, post_word
from app.services.people.password_change import reset_password
from app.services.people.passwords import password_problems
from app.views.tasks import Tasks
from app.views.theme import GAP_1, GAP_2
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.password_edit import PasswordEdit, tell_problems
from app.views.widgets.step_dialog import StepDialog

POST_COLUMNS = 3


class PersonDialog(StepDialog):
    """A new person, or another one's posts and level."""

    def __init__(self, ctx: Context, tasks: Tasks, person: PersonRow | None, parent: QWidget) -> None:
        super().__init__(tasks, _("Add person") if person is None else person.name, _("Save"), parent)
        self.setObjectName("person_dialog")
        self._ctx, self._person = ctx, person
        self.name, self.password, self.reason = LineEdit(), PasswordEdit(), LineEdit()
        self.level = QComboBox()
        for level in Level:
            self.level.addItem(level_word(level), level)
        self.posts = {post: QCheckBox(post_word(post)) for post in Post}
        self.active = QCheckBox(_("May sign in"))
        self.active.setChecked(True)
        if person is None:
            self.form.add("name", _("Name"), self.name)
            self.form.add("password", _("First password (must be changed at the first sign-in)"), self.password)
            tell_problems(self.form, "password", self.password, self._faults, self.name)
            self.form.add("level", _("Level"), self.level)
            self.lay_out(self.form, self._posts())
            self.name.setFocus()
        else:
            self.form.add("level", _("Level"), self.level)
            more = Form()
            more.add("reason", _("Reason"), self.reason)
            self.lay_out(self.form, self._posts(), self.active, more)
            self._fill(person)
            self.level.setFocus()

    def _faults(self, typed: str) -> list[str]:
        return password_problems(typed, self.name.text().strip())

    def _posts(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP_2)
        for place, box in enumerate(self.posts.values()):
            grid.addWidget(box, place // POST_COLUMNS, place % POST_COLUMNS)
        column = QVBoxLayout()
        column.setSpacing(GAP_1)
        column.addWidget(label(_("Posts"), "small"))
        column.addLayout(grid)
        return column

    def _fill(self, person: PersonRow) -> None:
        self.level.setCurrentIndex(self.level.findData(person.level))
        self.active.setChecked(person.active)
        for post in person.posts:
            self.posts[post].setChecked(True)

    def _chosen(self) -> list[Post]:
        """The posts held before stay in their order: the main one, whose contract binds the roster, goes first."""
        held = self._person.posts if self._person is not None else ()
        chosen = [post for post, box in self.posts.items() if box.isChecked()]
        return [*(post for post in held if post in chosen), *(post for post in chosen if post not in held)]

    def work(self) -> Callable[[], object] | None:
        """Add or change; the service says what is missing."""
        ctx, person = self._ctx, self._person
        posts = self._chosen()
        level = Level(self.level.currentData())
        name, password = self.name.text().strip(), self.password.text()
        reason, active = self.reason.text().strip(), self.active.isChecked()
        if person is None:
            return lambda: add_person(ctx, name, posts, level, password)
        return lambda: change_person(ctx, person.id, posts=posts, level=level, active=active, reason=reason)


class TemporaryPasswordDialog(StepDialog):
    """A password for somebody who forgot theirs; it must be changed at the next sign-in."""

    def __init__(self, ctx: Context, tasks: Tasks, person: PersonRow, parent: QWidget) -> None:
        super().__init__(tasks, _("Temporary password for {name}").format(name=person.name), _("Save"), parent)
        self.setObjectName("temporary_password_dialog")
        self._ctx, self._person = ctx, person
        self.password = PasswordEdit()
        self.form.add("password", _("Temporary password"), self.password)
        tell_problems(self.form, "password", self.password, lambda typed: password_problems(typed, person.name))
        self.lay_out(self.form)
        self.password.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Give the password; the service knows what rule A3 asks of it."""
        ctx, person, typed = self._ctx, self._person, self.password.text()
        return lambda: reset_password(ctx, person.id, typed)
