"""A step that only needs its reason: hold, release, cancel, take over."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.views.tasks import Tasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


class ReasonDialog(StepDialog):
    """Asks why, or what `asked` says, then does `step(reason)`."""

    def __init__(
        self, tasks: Tasks, title: str, button: str, step: Callable[[str], object], parent: QWidget | None = None,
        *, asked: str = "",
    ) -> None:  # fmt: skip
        super().__init__(tasks, title, button, parent)
        self.setObjectName("reason_dialog")
        self._step = step
        self._missing = _("Fill this in.") if asked else _("Give a reason.")
        self.reason = LineEdit()
        self.form.add("reason", asked or _("Reason"), self.reason)
        self.lay_out(self.form)
        self.reason.setFocus()

    def work(self) -> Callable[[], object] | None:
        """The step with its reason."""
        reason, step = self.reason.text().strip(), self._step
        if not reason:
            self.form.show_error("reason", self._missing)
            return None
        return lambda: step(reason)
