"""A line for a password: hidden until asked, with a hint when Caps Lock seems to be on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.views.icons import icon
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit


def problems_sentence(problems: Sequence[str]) -> str:
    """One sentence of what a password still misses; "" where nothing."""
    return _("Needs: {what}").format(what=_(", ").join(problems)) if problems else ""


def tell_problems(
    form: Form, name: str, edit: "PasswordEdit", faults: Callable[[str], Sequence[str]], whose: QLineEdit | None = None
) -> None:
    """Say under a new password's field, also as one types, what the rules still miss in it.

    `whose` is the field of the person's name, where that is asked for beside it: the password must be without it.
    """

    def tell() -> None:
        form.set_hint(name, problems_sentence(faults(edit.text())) or _("This password will do."))

    for field in (edit, whose):
        if field is not None:
            field.textChanged.connect(lambda _typed: tell())
    tell()


class PasswordEdit(LineEdit):
    """Tells by `caps_lock_changed` what the typed letters say about Caps Lock; Qt itself cannot be asked."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(200)
        self._caps_lock = False
        self._eye = self.addAction(icon("eye-outline"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setToolTip(_("Show or hide the password"))
        self._eye.triggered.connect(self._on_eye_triggered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell(caps_lock=False)  # it was turned, most likely off after the hint
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(caps_lock=letter.isupper() != shifted)
        super().keyPressEvent(event)

    def _tell(self, *, caps_lock: bool) -> None:
        if caps_lock != self._caps_lock:
            self._caps_lock = caps_lock
            self.caps_lock_changed.emit(caps_lock)

    def _on_eye_triggered(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off-outline" if hidden else "eye-outline"))
