"""The dialog in which somebody changes their own password (rule A3)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.services.passwords import password_problems
from app.services.people import change_own_password
from app.views.theme import GAP_3
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.password_edit import PasswordEdit
from app.views.widgets.strip import Strip

if TYPE_CHECKING:
    from app.views.application import Shell


class PasswordDialog(QDialog):
    """Changes one's own password by rule A3."""

    def __init__(self, ctx: Context, shell: "Shell", parent: QWidget | None = None) -> None:
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
