"""The sign-in dialog: person, post, password."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.form import Form
from app.views.widgets.labels import card, label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.password_edit import PasswordEdit
from app.views.widgets.room import keep_on_screen
from app.views.widgets.strip import Strip

SECOND_MS = 1000
WIDTH = 400


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in: the name and the posts as (value, word)."""

    name: str
    posts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample office, whose password is no secret."""

    name: str
    post: str
    word: str
    password: str


SignIn = Callable[[str, str, str], Any]  # name, post, password


class SignInDialog(QDialog):
    """Accepted once `sign_in` has returned; `outcome` is what it returned.

    It is there before the office is open, so that one can type at once; `fill` brings the people when they are known.
    An AppError that carries `seconds` (too many wrong tries) closes the door for so long and counts down.
    """

    def __init__(self, sign_in: SignIn, tasks: Tasks, person: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outcome: Any = None
        self._people: dict[str, Person] = {}
        self._sign_in, self._tasks = sign_in, tasks
        self._seconds = 0
        self._timer = QTimer(self, interval=SECOND_MS)
        self._timer.timeout.connect(self._on_second)
        self.setWindowTitle(_("Sign in"))
        self.setFixedWidth(WIDTH)
        self.strip = Strip()
        self._build_form(person)
        self._lay_out()
        (self.password if person else self.name).setFocus()

    def fill(self, office: str, people: Sequence[Person], sample: Sequence[SamplePerson] = ()) -> None:
        """Show whose office it is and who may sign in; what was typed meanwhile stays."""
        typed = self.name.currentText()
        self._people = {person.name: person for person in people}
        self._office.setText(office)
        with QSignalBlocker(self.name):
            self.name.clear()
            self.name.addItems(list(self._people))
            self.name.setCurrentText(typed or next(iter(self._people), ""))
        self._on_name_changed(self.name.currentText())
        if not typed:
            self.password.setFocus()
        if sample:
            people_card = self._sample_card(sample)
            self._column.addWidget(people_card)
            people_card.show()  # now, so that it counts in the size
            self._grow()

    def _grow(self) -> None:
        """Take the room that is needed now, around the same middle: the dialog is on the screen already."""
        taller = self.sizeHint().height() - self.height()
        self.resize(self.width(), self.height() + taller)
        self.move(self.x(), max(self.y() - taller // 2, 0))
        keep_on_screen(self)

    def _build_form(self, person: str) -> None:
        self.name = QComboBox(editable=True)
        self.name.setLineEdit(LineEdit())
        self.name.setCurrentText(person)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.currentTextChanged.connect(self._on_name_changed)
        self.post = QComboBox()
        self.post.setEnabled(False)
        self.password = PasswordEdit()
        self.password.caps_lock_changed.connect(self._on_caps_lock_changed)
        self._form = Form()
        self._form.add("name", _("Name"), self.name)
        self._form.add("post", _("Post"), self.post)
        self._form.add("password", _("Password"), self.password)
        self.button = QPushButton(_("Sign in"))
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self._on_button_clicked)

    def _lay_out(self) -> None:
        self._office = label(_("Zhanggui"), "heading", wrap=True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(self._office)
        column.addWidget(self.strip)
        column.addWidget(self._form)
        column.addWidget(self.button)

    def _sample_card(self, sample: Sequence[SamplePerson]) -> QWidget:
        result = card()
        grid = QGridLayout(result)
        grid.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        grid.setVerticalSpacing(2)
        grid.addWidget(label(_("People of the sample office"), "small"), 0, 0, 1, 3)
        for row, person in enumerate(sample, start=1):
            choose = QPushButton(person.name)
            choose.setProperty("kind", "link")
            choose.setAutoDefault(False)
            choose.setAccessibleName(_("Sign in as {name}, {post}").format(name=person.name, post=person.word))
            choose.clicked.connect(lambda _checked=False, chosen=person: self._on_sample_clicked(chosen))
            grid.addWidget(choose, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(person.word), row, 1)
            grid.addWidget(label(person.password, "dim", selectable=True), row, 2)
        grid.setColumnStretch(1, 1)
        return result

    def _on_name_changed(self, name: str) -> None:
        person = self._people.get(name.strip())
        self.post.clear()
        for value, word in person.posts if person else ():
            self.post.addItem(word, value)
        self.post.setEnabled(self.post.count() > 1)

    def _on_sample_clicked(self, person: SamplePerson) -> None:
        self.name.setCurrentText(person.name)
        self.post.setCurrentIndex(max(self.post.findData(person.post), 0))
        self.password.setText(person.password)
        self.button.setFocus()

    def _on_caps_lock_changed(self, caps_lock: bool) -> None:
        self._form.set_hint("password", _("Caps Lock is on.") if caps_lock else "")

    def _on_button_clicked(self) -> None:
        name, post, password = self.name.currentText().strip(), self.post.currentData(), self.password.text()
        self._form.clear_errors()
        self.strip.clear()
        if not name:
            self._form.show_error("name", _("Who are you?"))
        elif not password:
            self._form.show_error("password", _("Type your password."))
        else:
            self.button.setEnabled(False)
            sign_in = self._sign_in
            self._tasks.run(self, lambda: sign_in(name, post or "", password), self._on_signed_in, self._on_refused)

    def _on_signed_in(self, outcome: Any) -> None:
        self.outcome = outcome
        self.password.clear()
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if not isinstance(error, AppError):
            raise error
        self.password.selectAll()
        self.password.setFocus()
        seconds = error.params.get("seconds")
        if isinstance(seconds, int) and seconds > 0:
            self._seconds = seconds + 1
            self._on_second()
            self._timer.start()
        self.strip.show_message(str(error), Kind.DANGER)

    def _on_second(self) -> None:
        self._seconds -= 1
        waiting = self._seconds > 0
        self.button.setEnabled(not waiting)
        self.button.setText(_("Wait {seconds} s").format(seconds=self._seconds) if waiting else _("Sign in"))
        if not waiting:
            self._timer.stop()
            self.strip.clear()
