"""The recovery key on the screen: shown to the administrator to be written down, asked for on another computer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.services.opening import NoKeyError
from app.services.recovery import learn_key, show_recovery_key
from app.views.tasks import Tasks
from app.views.theme import GAP_3
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.strip import Strip

WIDTH = 480
ROW = 5  # groups of four letters


class RecoveryDialog(QDialog):
    """Shows the key; that it was shown is on record."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Recovery key"))
        self.setFixedWidth(WIDTH)
        self.strip = Strip()
        self.key = label("…", "heading")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setAccessibleName(_("Recovery key"))
        self._copy = QPushButton(_("Copy"))
        self._copy.setEnabled(False)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.key.text().replace("\n", "-")))
        done = QPushButton(_("I have written it down"))
        done.setProperty("kind", "primary")
        done.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(label(_why(), "small", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self.key)
        column.addLayout(buttons)
        tasks.run(self, lambda: show_recovery_key(ctx), self._on_key)

    def _on_key(self, key: str) -> None:
        groups = key.split("-")
        self.key.setText("\n".join("-".join(groups[at : at + ROW]) for at in range(0, len(groups), ROW)))
        self._copy.setEnabled(True)


class AskRecoveryDialog(QDialog):
    """Asks for the key of an encrypted office whose key is not in this computer's keyring; accepted once it fits."""

    def __init__(self, where: str, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where, self._tasks = where, tasks
        self.setWindowTitle(_("Recovery key"))
        self.setFixedWidth(WIDTH)
        self.strip = Strip()
        self.line = LineEdit()
        self._form = Form()
        self._form.add("key", _("Recovery key"), self.line)
        self.open_button = QPushButton(_("Open the office"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._on_open_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(label(str(NoKeyError(place=where)), "small", wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self._form)
        column.addWidget(self.open_button)

    def _on_open_clicked(self) -> None:
        place, text = Path(self._where), self.line.text()
        self._tasks.run(self, lambda: learn_key(place, text), lambda _none: self.accept(), self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error))


def ask_recovery_key(where: str, tasks: Tasks, then: Callable[[bool], object]) -> QObject:
    """Ask for the key; `then` is told whether the office can be opened now."""
    dialog = AskRecoveryDialog(where, tasks)
    dialog.finished.connect(lambda result: then(result == QDialog.DialogCode.Accepted))
    dialog.open()
    return dialog


def _why() -> str:
    return _(
        "Write the recovery key down and keep it away from this computer: without it, and without this computer's "
        "keyring, nobody can open the office or its backups."
    )
