"""Adding a remark, and perhaps files, to one's own proposal while it waits."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.services.approvals.proposals import note_proposal
from app.services.approvals.queue import ProposalRow
from app.views.tasks import Tasks
from app.views.widgets.attachments import AttachLine, keep_all
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


class NoteDialog(StepDialog):
    """The files are kept only when the remark is added."""

    def __init__(self, ctx: Context, tasks: Tasks, row: ProposalRow, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Remark on “{title}”").format(title=row.title), _("Add"), parent)
        self.setObjectName("remark_dialog")
        self._ctx, self._row = ctx, row
        self.remark, self.files = LineEdit(), AttachLine()
        self.form.add("remark", _("Remark"), self.remark)
        self.form.add("files", _("Attachments"), self.files)
        self.lay_out(self.form)
        self.remark.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Add them."""
        ctx, proposal, remark, paths = self._ctx, self._row.id, self.remark.text().strip(), self.files.paths()
        if not remark:
            self.form.show_error("remark", _("Fill this in."))
            return None
        return lambda: note_proposal(ctx, proposal, remark, keep_all(ctx, paths))
