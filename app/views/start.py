"""The first start: a new office of one's own, or a look around the sample office."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.i18n import _
from app.views.icons import icon
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.busy_dialog import BusyDialog
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.password_edit import PasswordEdit, problems_sentence, tell_problems
from app.views.widgets.strip import Strip

WIDTH = 440


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What a new office begins with."""

    name: str
    admin: str
    password: str
    encrypt: bool


@dataclass(frozen=True, slots=True)
class StartServices:
    """What the dialog calls, off the window's thread."""

    create_office: Callable[[NewOffice, Progress], Any]
    open_sample: Callable[[Progress], Any]
    password_faults: Callable[[str, str], Sequence[str]]  # what rule A3 still misses in it for this name; quick


class StartDialog(BusyDialog):
    """Accepted once an office is there; `outcome` is what the service returned."""

    def __init__(self, services: StartServices, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.outcome: Any = None
        self._services = services
        self.setWindowTitle(_("Welcome to Zhanggui"))
        self.setFixedWidth(WIDTH)
        self.strip = Strip()
        self.bar.setAccessibleName(_("Progress"))
        self._choice, self._own = self._choice_page(), self._office_page()
        self._own.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("Welcome to Zhanggui"), "heading"))
        column.addWidget(self.strip)
        column.addWidget(self._choice)
        column.addWidget(self._own)
        column.addWidget(self.bar)

    def _choice_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        self.new_button = _wide_button(_("New office"), "store-outline", primary=True)
        self.new_button.clicked.connect(self._on_new_clicked)
        self.sample_button = _wide_button(_("Look around the sample office"), "eye-outline", primary=False)
        self.sample_button.clicked.connect(self._on_sample_clicked)
        for button, text in (
            (self.new_button, _("Your own people, orders and customers, on this computer.")),
            (self.sample_button, _("A believable month of work to try everything on; nothing can go wrong there.")),
        ):
            column.addWidget(button)
            column.addWidget(label(text, "small", wrap=True))
            column.addSpacing(GAP_3)
        column.addStretch(1)
        return page

    def _office_page(self) -> QWidget:
        self._office, self._admin = LineEdit(), LineEdit()
        self._password, self._again = PasswordEdit(), PasswordEdit()
        self._encrypt = QCheckBox(_("Encrypt the office's file"))
        self._key_hint = label("", "small", wrap=True)
        self._encrypt.toggled.connect(self._tell_key)
        self._encrypt.setChecked(True)
        self._form = Form()
        self._form.add("office", _("Name of the office"), self._office)
        self._form.add("admin", _("Your name (you become the database administrator)"), self._admin)
        self._form.add("password", _("Password"), self._password)
        self._form.add("again", _("Password, once more"), self._again)
        self._form.add_plain(self._encrypt)
        self._form.add_plain(self._key_hint)
        tell_problems(self._form, "password", self._password, self._faults, self._admin)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        column.addSpacing(GAP_3)
        column.addLayout(self._office_buttons())
        column.addStretch(1)
        return page

    def _office_buttons(self) -> QHBoxLayout:
        back = QPushButton(_("Back"))
        back.setAutoDefault(False)
        back.clicked.connect(lambda: self._show(self._choice))
        self.create_button = QPushButton(_("Create office"))
        self.create_button.setProperty("kind", "primary")
        self.create_button.clicked.connect(self._on_create_clicked)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.create_button)
        return row

    def field(self, name: str) -> LineEdit:
        """The line of the new office's form with this name: office, admin, password, again."""
        return {"office": self._office, "admin": self._admin, "password": self._password, "again": self._again}[name]

    def _show(self, page: QWidget) -> None:
        for one in (self._choice, self._own):
            one.setVisible(one is page)
        self.adjustSize()

    def _enable(self, *, on: bool) -> None:
        for page in (self._choice, self._own):
            page.setEnabled(on)

    def _on_new_clicked(self) -> None:
        self._show(self._own)
        self.create_button.setDefault(True)
        self._office.setFocus()

    def _tell_key(self, encrypt: bool) -> None:
        """What it means that the file is encrypted, or that it is not."""
        kept = _("The key is kept in this computer's keyring; you will get a recovery key to write down.")
        told = kept if encrypt else _("Without encryption, whoever gets hold of the file can read everything in it.")
        self._key_hint.setText(told)
        self._encrypt.setAccessibleDescription(told)

    def _faults(self, typed: str) -> Sequence[str]:
        return self._services.password_faults(typed, self._admin.text().strip())

    def _problems(self) -> str:
        return problems_sentence(self._faults(self._password.text()))

    def _on_sample_clicked(self) -> None:
        self._run(self._services.open_sample)

    def _on_create_clicked(self) -> None:
        self._form.clear_errors()
        wrong = self._wrong()
        if wrong is not None:
            self._form.show_error(*wrong)
            return
        new = NewOffice(
            self._office.text().strip(), self._admin.text().strip(), self._password.text(), self._encrypt.isChecked()
        )
        create = self._services.create_office
        self._run(lambda progress: create(new, progress))

    def _wrong(self) -> tuple[str, str] | None:
        """The first field that cannot stay so, and why."""
        if not self._office.text().strip():
            return "office", _("An office needs a name.")
        if not self._admin.text().strip():
            return "admin", _("Somebody must be the administrator.")
        if self._problems():
            return "password", self._problems()
        if self._again.text() != self._password.text():
            return "again", _("The two passwords differ.")
        return None

    def _run(self, work: Callable[[Progress], Any]) -> None:
        self.strip.clear()
        self._enable(on=False)
        self.bar.setRange(0, 0)  # nobody knows how long until the work tells
        self.run_long(work, self._on_done, self._on_failed)

    def _on_done(self, outcome: Any) -> None:
        self.outcome = outcome
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._enable(on=True)
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error))


def _wide_button(text: str, icon_name: str, *, primary: bool) -> QPushButton:
    button = QPushButton(icon(icon_name, "on_accent" if primary else "dim"), text)
    button.setStyleSheet("min-height: 42px")
    if primary:
        button.setProperty("kind", "primary")
    return button
