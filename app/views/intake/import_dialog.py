"""Importing order files: what would happen is shown first, then it happens (rule O1)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import config
from app.i18n import N_, _, ngettext
from app.money import format_money
from app.services.access import Context
from app.services.intake.commit import ImportResult, preview_import, run_import
from app.services.intake.mapping import Mapping as ColumnMapping
from app.services.intake.read import Source, detect
from app.services.intake.saved_mappings import detect_with_saved
from app.views.intake.mapping_dialog import MappingDialog
from app.views.intake.tables import REJECT_COLUMNS, SAMPLE_COLUMNS
from app.views.tasks import Progress, Tasks
from app.views.widgets.column_dialog import ColumnDialog, UnknownTable
from app.views.widgets.file_import import FileImportDialog

COMING = {
    "new": N_("will be accepted"),
    "changed": N_("become amendments"),
    "unchanged": N_("stay as they are"),
    "rejected": N_("row and reason below"),
}
DONE = COMING | {"new": N_("accepted"), "changed": N_("amended"), "unchanged": N_("left as they were")}


class ImportDialog(FileImportDialog):
    """Files of one export; an unknown one asks once which column is which."""

    def __init__(self, ctx: Context, tasks: Tasks, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Import orders"), paths, SAMPLE_COLUMNS, REJECT_COLUMNS, parent)
        self._ctx = ctx
        self._source: Source | None = None
        self.detect(None)

    def detect(self, mapping: ColumnMapping | None) -> None:
        """Read the files and show what would happen."""
        paths, ctx, folder = self._paths, self._ctx, config.mappings_folder()

        def work(progress: Progress) -> tuple[Source, ImportResult]:
            source = detect_with_saved(paths, folder) if mapping is None else detect(paths, mapping)
            return source, preview_import(ctx, source, progress)

        self.tell(_("Reading …"))
        self.run(work, self._show_preview)

    def _show_preview(self, found: tuple[Source, ImportResult]) -> None:
        self._source, preview = found
        self._show(preview, COMING)
        source = self._source
        lines = ngettext("{count} line", "{count} lines", preview.lines).format(count=f"{preview.lines:,}")
        sums = " + ".join(format_money(minor, currency) for currency, minor in preview.totals.items())
        self.tell(f"{source.format.label} · {preview.encoding} · {lines} · {sums}")
        writes = preview.new + preview.changed
        self.offer(
            ngettext("Import {count} order", "Import {count} orders", writes).format(count=f"{writes:,}"), writes
        )

    def _show(self, result: ImportResult, notes: Mapping[str, str]) -> None:
        self.show_found(_counts(result), notes, result.samples)
        self.show_rejects(result.rejects)

    def write(self) -> None:
        """Write the orders of the preview."""
        source, ctx = self._source, self._ctx
        if source is not None:
            self.run(lambda progress: run_import(ctx, source, progress), self._show_result)

    def _show_result(self, result: ImportResult) -> None:
        self._show(result, DONE)
        self.show_done(_counts(result))

    def mapping_dialog(self, table: UnknownTable) -> ColumnDialog:
        """The columns of orders."""
        return MappingDialog(table, config.mappings_folder(), self)


def _counts(result: ImportResult) -> dict[str, int]:
    return {name: getattr(result, name) for name in ("new", "changed", "unchanged", "rejected")}
