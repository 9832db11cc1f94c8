"""Proposing that a product goes on sale or is taken off it (rule P3): why, from when, with pictures or papers."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.rows import ProductRow
from app.views.catalog.effect_time import EffectTime
from app.views.tasks import Tasks
from app.views.widgets.attachments import AttachLine, keep_all
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


class ListingDialog(StepDialog):
    """`kind` is "listing" or "delisting"."""

    def __init__(self, ctx: Context, tasks: Tasks, kind: str, row: ProductRow, parent: QWidget | None = None) -> None:
        asked = _("Propose listing “{name}”") if kind == "listing" else _("Propose delisting “{name}”")
        super().__init__(tasks, asked.format(name=row.name), _("Propose"), parent)
        self.setObjectName("listing_dialog")
        self._ctx, self._kind, self._row = ctx, kind, row
        self.reason = LineEdit()
        self.form.add("reason", _("Reason"), self.reason)
        self.effect = EffectTime(self.form, ctx.clock.now())
        self.files = AttachLine()
        self.form.add("files", _("Attachments"), self.files)
        self.lay_out(self.form)
        self.reason.setFocus()

    def work(self) -> Callable[[], object] | None:
        """The proposal."""
        ctx, kind, row, reason = self._ctx, self._kind, self._row, self.reason.text().strip()
        if not reason:
            self.form.show_error("reason", _("Give a reason."))
            return None
        moment, paths = self.effect.chosen(), self.files.paths()

        def step() -> None:
            propose(ctx, ProposalDraft(kind, row.id, row.name, {}, reason, moment, keep_all(ctx, paths)))

        return step
