"""Signing in: the dialog stands before the office is open, so that typing and loading go side by side."""

import importlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from app.clock import SystemClock
from app.views.shell import Shell
from app.views.sign_in import Person, SamplePerson, SignInDialog
from app.views.tasks import Progress
from app.views.theme import Kind

if TYPE_CHECKING:  # the services bring the database with them, which the first picture does not wait for
    from app.services.db import Database
    from app.services.people.sign_in import SignedIn

LAST = "sign_in/person"

Gathered = tuple[str, list[Person], list[SamplePerson]]


class SigningIn(QObject):
    """Ends with `done(Context)`, `given_up()`, or `not_opened(error)` where the office cannot be opened.

    `open_office` is called on the database's worker; it opens the office the first time and returns the same after.
    `why` says to whoever was signed out what for.
    """

    done = Signal(object)
    given_up = Signal()
    not_opened = Signal(object)

    def __init__(self, open_office: "Callable[[], Database]", shell: Shell, person: str, why: str = "") -> None:
        super().__init__()
        self._open, self._shell, self._person, self._why = open_office, shell, person, why
        self._clock = SystemClock()
        self.dialog: SignInDialog | None = None
        self._changing: QDialog | None = None

    def begin(self) -> None:
        """Sign in with ZHANGGUI_PASSWORD where the person was named at the start, else ask."""
        given = os.environ.get("ZHANGGUI_PASSWORD")
        if self._person and given:
            name, tasks = self._person, self._shell.tasks
            tasks.run(self, self._open, lambda _db: self._knock(name, given), self.not_opened.emit)
            self._load_desk()
        else:
            self._ask()

    def _knock(self, name: str, password: str) -> None:
        self._shell.tasks.run(self, lambda: self._try(name, "", password), self._on_signed_in, self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        self._shell.reporter.show(None, error)
        self._ask()

    def _ask(self) -> None:
        tasks = self._shell.tasks
        last = self._person or str(self._shell.settings.value(LAST, ""))
        dialog = self.dialog = SignInDialog(self._try, tasks, last)
        dialog.finished.connect(lambda result: self._on_finished(dialog, result))
        if self._why:
            dialog.strip.show_message(self._why, Kind.INFO)
        dialog.open()
        QTimer.singleShot(0, self._begin_loading)  # the dialog is on the screen first

    def _begin_loading(self) -> None:
        self._shell.tasks.run(self, self._gather, self._on_gathered, self._on_not_opened)
        self._load_desk()

    def _load_desk(self) -> None:
        """Load the desk's code while somebody types or a password is checked."""
        self._shell.tasks.run_long(self, lambda _progress: importlib.import_module("app.views.desk"), Progress(self))

    def _gather(self) -> Gathered:
        from app.services.office import is_sample, office_name
        from app.services.people.names import post_word
        from app.services.people.sign_in import people_to_sign_in
        from app.services.sample.material import PEOPLE

        db = self._open()
        people = [
            Person(name, tuple((post.value, post_word(post)) for post in posts))
            for name, posts in people_to_sign_in(db)
        ]
        sample = PEOPLE if is_sample(db) else ()
        shown = [SamplePerson(p.name, p.post.value, post_word(p.post), p.password) for p in sample]
        return office_name(db), people, shown

    def _on_gathered(self, gathered: Gathered) -> None:
        if self.dialog is not None:
            self.dialog.fill(*gathered)

    def _on_not_opened(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.blockSignals(True)  # closed by us, not given up by the person
            self.dialog.close()
        self.not_opened.emit(error)

    def _try(self, name: str, post: str, password: str) -> "SignedIn":
        from app.models.people import Post
        from app.services.people.sign_in import sign_in_person

        return sign_in_person(self._open(), self._clock, name, Post(post) if post else None, password)

    def _on_finished(self, dialog: SignInDialog, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._on_signed_in(dialog.outcome)
        else:
            self.given_up.emit()

    def _on_signed_in(self, signed: "SignedIn") -> None:
        self._shell.settings.setValue(LAST, signed.ctx.name)
        if not signed.must_change:
            self.done.emit(signed.ctx)
            return
        from app.views.password_dialog import PasswordDialog

        dialog = self._changing = PasswordDialog(signed.ctx, self._shell)  # nobody else keeps it: it has no parent
        dialog.accepted.connect(lambda: self.done.emit(signed.ctx))
        dialog.rejected.connect(self.given_up)
        dialog.open()
