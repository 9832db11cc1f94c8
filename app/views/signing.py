"""Signing in at an open office: the dialog, the sample people, and a password that must be changed."""

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.clock import SystemClock
from app.errors import AppError
from app.i18n import _
from app.models.people import Post
from app.services.db import Database
from app.services.office import is_sample, office_name
from app.services.passwords import password_problems
from app.services.people import SignedIn, change_own_password, people_to_sign_in, post_word, sign_in_person
from app.services.sample.material import PEOPLE
from app.views.sign_in import Person, SamplePerson, SignInDialog
from app.views.theme import GAP_3
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.password_edit import PasswordEdit
from app.views.widgets.strip import Strip

if TYPE_CHECKING:
    from app.services.access import Context
    from app.views.application import Shell


class SigningIn(QObject):
    """Ends with `done(Context)` or `given_up()`."""

    done = Signal(object)
    given_up = Signal()

    def __init__(self, db: Database, shell: "Shell", person: str) -> None:
        super().__init__()
        self._db, self._shell, self._person = db, shell, person
        self._clock = SystemClock()
        self.dialog: SignInDialog | None = None

    def begin(self) -> None:
        """Sign in with ZHANGGUI_PASSWORD where the person was named at the start, else ask."""
        given = os.environ.get("ZHANGGUI_PASSWORD")
        if self._person and given:
            name = self._person
            self._shell.tasks.run(self, lambda: self._try(name, "", given), self._on_signed_in, self._on_refused)
        else:
            self._shell.tasks.run(self, self._gather, self._ask)

    def _on_refused(self, error: Exception) -> None:
        self._shell.reporter.show(None, error)
        self._shell.tasks.run(self, self._gather, self._ask)

    def _gather(self) -> tuple[str, list[Person], list[SamplePerson]]:
        people = [
            Person(name, tuple((post.value, post_word(post)) for post in posts))
            for name, posts in people_to_sign_in(self._db)
        ]
        sample = PEOPLE if is_sample(self._db) else ()
        shown = [SamplePerson(p.name, p.post.value, post_word(p.post), p.password) for p in sample]
        return office_name(self._db), people, shown

    def _ask(self, gathered: tuple[str, list[Person], list[SamplePerson]]) -> None:
        office, people, sample = gathered
        dialog = self.dialog = SignInDialog(office, people, self._try, self._shell.tasks, sample)
        if self._person:
            dialog.name.setCurrentText(self._person)
        dialog.finished.connect(lambda result: self._on_finished(dialog, result))
        dialog.open()

    def _try(self, name: str, post: str, password: str) -> SignedIn:
        return sign_in_person(self._db, self._clock, name, Post(post) if post else None, password)

    def _on_finished(self, dialog: SignInDialog, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._on_signed_in(dialog.outcome)
        else:
            self.given_up.emit()

    def _on_signed_in(self, signed: SignedIn) -> None:
        if not signed.must_change:
            self.done.emit(signed.ctx)
            return
        dialog = PasswordDialog(signed.ctx, self._shell)
        dialog.accepted.connect(lambda: self.done.emit(signed.ctx))
        dialog.rejected.connect(self.given_up)
        dialog.open()


class PasswordDialog(QDialog):
    """Changes one's own password by rule A3."""

    def __init__(self, ctx: "Context", shell: "Shell", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._shell = ctx, shell
        self.setWindowTitle(_("Change password"))
        self.setFixedWidth(400)
        self.strip = Strip()
        self._old, self._new, self._again = PasswordEdit(), PasswordEdit(), PasswordEdit()
        self._form = Form()
        self._form.add("old", _("Present password"), self._old)
        self._form.add("new", _("New password"), self._new)
        self._form.add("again", _("New password, once more"), self._again)
        self._new.textChanged.connect(self._on_new_changed)
        button = QPushButton(_("Change password"))
        button.setProperty("kind", "primary")
        button.setDefault(True)
        button.clicked.connect(self._on_button_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("Passwords are personal and are changed every 90 days."), "small", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self._form)
        column.addWidget(button)

    def _on_new_changed(self, text: str) -> None:
        self._form.set_hint("new", "\n".join(password_problems(text, self._ctx.name)))

    def _on_button_clicked(self) -> None:
        self._form.clear_errors()
        if self._new.text() != self._again.text():
            self._form.show_error("again", _("The two passwords differ."))
            return
        ctx, old, new = self._ctx, self._old.text(), self._new.text()
        self._shell.tasks.run(
            self, lambda: change_own_password(ctx, old, new), lambda _none: self.accept(), self._on_refused
        )

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error))
