"""The dialog in which somebody changes their own password (rule A3)."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.services.people.password_change import change_own_password
from app.services.people.passwords import password_problems
from app.views.shell import Shell
from app.views.widgets.labels import label
from app.views.widgets.password_edit import PasswordEdit, tell_problems
from app.views.widgets.step_dialog import StepDialog


class PasswordDialog(StepDialog):
    """Changes one's own password by rule A3."""

    def __init__(self, ctx: Context, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell.tasks, _("Change password"), _("Change password"), parent)
        self.setObjectName("password_dialog")
        self._ctx = ctx
        self.old, self.new, self.again = PasswordEdit(), PasswordEdit(), PasswordEdit()
        self.form.add("old", _("Present password"), self.old)
        self.form.add("new", _("New password"), self.new)
        self.form.add("again", _("New password, once more"), self.again)
        tell_problems(self.form, "new", self.new, lambda typed: password_problems(typed, ctx.name))
        self.lay_out(label(_("Passwords are personal and are changed every 90 days."), "small", wrap=True), self.form)
        self.old.setFocus()

    def work(self) -> Callable[[], None] | None:
        """The change, where the new password was typed twice alike."""
        if self.new.text() != self.again.text():
            self.form.show_error("again", _("The two passwords differ."))
            return None
        ctx, old, new = self._ctx, self.old.text(), self.new.text()
        return lambda: change_own_password(ctx, old, new)
