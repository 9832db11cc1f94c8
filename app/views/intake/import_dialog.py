"""Importing files: what would happen is shown first, then it happens, with progress and cancel (rule O1)."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import config
from app.errors import AppError, CancelledError
from app.i18n import N_, _, ngettext
from app.money import format_money
from app.services.access import Context
from app.services.intake.commit import ImportResult, preview_import, run_import
from app.services.intake.errors import UnknownFormatError
from app.services.intake.mapping import Mapping as ColumnMapping
from app.services.intake.read import Source, detect
from app.services.intake.rejects import write_rejects
from app.services.intake.saved_mappings import detect_with_saved
from app.views.intake.mapping_dialog import MappingDialog
from app.views.intake.tables import REJECT_COLUMNS, SAMPLE_COLUMNS
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.figure import Figure
from app.views.widgets.labels import label
from app.views.widgets.list_table import ListTable
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

KINDS = {"new": Kind.OK, "changed": Kind.WARN, "unchanged": Kind.DIM, "rejected": Kind.DANGER}
COMING = {
    "new": N_("will be accepted"),
    "changed": N_("become amendments"),
    "unchanged": N_("stay as they are"),
    "rejected": N_("row and reason below"),
}
DONE = COMING | {"new": N_("accepted"), "changed": N_("amended"), "unchanged": N_("left as they were")}

T = TypeVar("T")


class ImportDialog(QDialog):
    """Preview, import, result; nothing is written before Import is pressed."""

    def __init__(self, ctx: Context, tasks: Tasks, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.finished.connect(self.deleteLater)
        self._ctx, self._tasks, self._paths = ctx, tasks, list(paths)
        self._source: Source | None = None
        self._result: ImportResult | None = None
        self._progress: Progress | None = None
        self.setWindowTitle(_("Import orders"))
        resize_within(self, 860, 560)
        self._build()
        self._detect(None)

    def _build(self) -> None:
        self.strip = Strip()
        self._head = label(", ".join(path.name for path in self._paths), "heading", wrap=True)
        self._told = label("", "small", wrap=True)
        self.figures = {
            "new": Figure(_("New")),
            "changed": Figure(_("Changed")),
            "unchanged": Figure(_("Unchanged")),
            "rejected": Figure(_("Rejected")),
        }
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP_2)
        for figure in self.figures.values():
            tiles.addWidget(figure)
        self.samples = ListTable(SAMPLE_COLUMNS, _("Orders of the file"), 4)
        self.rejects = ListTable(REJECT_COLUMNS, _("Rejected rows"), 2)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.samples, _("Orders of the file"))
        self._tabs.addTab(self.rejects, _("Rejected rows"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Progress"))
        self._bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        for part in (self._head, self._told, self.strip):
            column.addWidget(part)
        column.addLayout(tiles)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._bar)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.save_rejects = QPushButton(_("Save rejected rows…"))
        self.save_rejects.setEnabled(False)
        self.save_rejects.clicked.connect(self._on_save_rejects)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.button = QPushButton(_("Import"))
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_import)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self.save_rejects)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.button)
        return row

    def reject(self) -> None:
        """Cancel what is under way, else close."""
        if self._progress is not None:
            self._progress.cancel()
        else:
            super().reject()

    def _detect(self, mapping: ColumnMapping | None) -> None:
        paths, ctx, folder = self._paths, self._ctx, config.mappings_folder()

        def work(progress: Progress) -> tuple[Source, ImportResult]:
            source = detect_with_saved(paths, folder) if mapping is None else detect(paths, mapping)
            return source, preview_import(ctx, source, progress)

        self.strip.clear()
        self._told.setText(_("Reading …"))
        self._run(work, self._show_preview)

    def _run(self, work: Callable[[Progress], T], then: Callable[[T], None]) -> None:
        self._progress = Progress(self)
        self._progress.moved.connect(lambda share: self._bar.setValue(int(share * 100)))
        self._bar.setValue(0)
        self._bar.show()
        self.button.setEnabled(False)

        def came(result: T) -> None:
            self._end_progress()
            then(result)

        self._tasks.run_long(self, work, self._progress, came, self._on_failed)

    def _end_progress(self) -> None:
        self._progress = None
        self._bar.hide()

    def _show_preview(self, found: tuple[Source, ImportResult]) -> None:
        self._source, preview = found
        self._show(preview, COMING)
        source = self._source
        lines = ngettext("{count} line", "{count} lines", preview.lines).format(count=f"{preview.lines:,}")
        sums = " + ".join(format_money(minor, currency) for currency, minor in preview.totals.items())
        self._told.setText(f"{source.format.label} · {preview.encoding} · {lines} · {sums}")
        writes = preview.new + preview.changed
        self.button.setText(ngettext("Import {count} order", "Import {count} orders", writes).format(count=writes))
        self.button.setEnabled(bool(writes))
        if not writes:
            self.strip.show_message(_("There is nothing new in this file."), Kind.INFO)
        self.button.setFocus()

    def _show(self, result: ImportResult, notes: Mapping[str, str]) -> None:
        self._result = result
        for name, figure in self.figures.items():
            count = getattr(result, name)
            figure.set(f"{count:,}", _(notes[name]) if count else "", KINDS[name])
        if result.samples:
            self.samples.show_rows(result.samples)
        self.rejects.show_rows(result.rejects)
        self._tabs.setTabText(1, _("Rejected rows ({count})").format(count=result.rejected))
        self.save_rejects.setEnabled(bool(result.rejects))

    def _on_import(self) -> None:
        source, ctx = self._source, self._ctx
        if source is not None:
            self.strip.clear()
            self._run(lambda progress: run_import(ctx, source, progress), self._show_result)

    def _show_result(self, result: ImportResult) -> None:
        self._show(result, DONE)
        self.strip.show_message(
            _("Done: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected.").format(
                new=result.new, changed=result.changed, unchanged=result.unchanged, rejected=result.rejected
            ),
            Kind.OK,
        )
        self.button.hide()
        self.cancel.setText(_("Close"))
        self.cancel.setDefault(True)  # Enter ends it
        self.cancel.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._end_progress()
        self._told.clear()
        if isinstance(error, UnknownFormatError) and error.headers:
            self._ask_for_mapping(error)
        elif isinstance(error, AppError):
            kind = Kind.INFO if isinstance(error, CancelledError) else Kind.DANGER
            self.strip.show_message(str(error), kind)
            self.button.setEnabled(self._source is not None)
        else:
            raise error

    def _ask_for_mapping(self, error: UnknownFormatError) -> None:
        self.strip.show_message(str(error), Kind.WARN)
        dialog = MappingDialog(error.headers, error.rows, self._paths[0].stem, config.mappings_folder(), self)
        dialog.mapped.connect(self._detect)
        dialog.rejected.connect(super().reject)
        dialog.open()

    def _on_save_rejects(self) -> None:
        dialog = QFileDialog(self, _("Save rejected rows"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._paths[0].stem}-rejected.csv")
        dialog.fileSelected.connect(self._save_rejects_to)
        dialog.open()

    def _save_rejects_to(self, name: str) -> None:
        result = self._result
        if result is not None:
            path = Path(name)
            self._tasks.run(self, lambda: write_rejects(path, result.rejects), lambda _none: self._on_saved(path))

    def _on_saved(self, path: Path) -> None:
        self.strip.show_message(_("Saved: {name}").format(name=path.name), Kind.OK)
