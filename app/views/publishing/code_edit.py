"""A field for an article's code: says under it which article that is, a moment after typing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from app.i18n import _
from app.money import format_money
from app.services.access import Context
from app.services.catalog.articles import Article, UnknownArticleError, find_article
from app.views.tasks import Tasks
from app.views.widgets.form import Form
from app.views.widgets.line_edit import ENTER, LineEdit

PAUSE_MS = 200
LONGEST = 64


class CodeEdit(LineEdit):
    """Lives in `form` under the name "code"; `entered` is Enter where somebody listens to it."""

    entered = Signal()

    def __init__(self, ctx: Context, tasks: Tasks, form: Form, title: str, *, takes_enter: bool = False) -> None:
        super().__init__()
        self._ctx, self._tasks, self._form, self._takes_enter = ctx, tasks, form, takes_enter
        self.setMaxLength(LONGEST)
        form.add("code", title, self)
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self._look)
        self.textChanged.connect(self._on_changed)

    def code(self) -> str:
        """What was typed, without blanks at its ends."""
        return self.text().strip()

    def look_up(self, then: Callable[[Article], None]) -> None:
        """Find the article now; what is not there is said under the field."""
        ctx, code = self._ctx, self.code()
        self._later.stop()
        self._tasks.run(self, lambda: find_article(ctx, code), then, self._on_unknown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self._takes_enter and event.key() in ENTER and plain and not self.composing:
            event.accept()  # else the dialog would take it for its default button
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        self._form.set_hint("code", "")
        self._later.start()

    def _look(self) -> None:
        if code := self.code():
            self.look_up(lambda one: self._show(code, one))

    def _show(self, code: str, one: Article) -> None:
        if code == self.code():
            price = _("no price yet") if one.price is None else format_money(one.price, one.currency)
            self._form.set_hint("code", f"{one.name} · {price}")

    def _on_unknown(self, error: Exception) -> None:
        if not isinstance(error, UnknownArticleError):
            raise error
        self._form.show_error("code", str(error), go=False)
