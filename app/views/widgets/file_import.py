"""The frame of an import: what would happen is shown first, then it happens, with progress and cancel.

A file of an unknown kind asks once which column is which.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError, CancelledError
from app.i18n import _
from app.services.intake.draft import Reject
from app.services.intake.errors import UnknownFormatError
from app.services.intake.rejects import write_rejects
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.busy_dialog import BusyDialog
from app.views.widgets.column_dialog import ColumnDialog, UnknownTable
from app.views.widgets.figure import Figure
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

KINDS = {"new": Kind.OK, "changed": Kind.WARN, "unchanged": Kind.DIM, "rejected": Kind.DANGER}

T = TypeVar("T")


class FileImportDialog(BusyDialog):
    """Preview, import, result; nothing is written before the button is pressed."""

    def __init__(
        self, tasks: Tasks, title: str, paths: Sequence[Path], samples: Sequence[Column[Any]],
        rejects: Sequence[Column[Reject]], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(tasks, parent)
        self.setObjectName("import_dialog")
        self.finished.connect(self.deleteLater)
        self._paths = list(paths)
        self._rejected: Sequence[Reject] = ()
        self._previewed = False
        self.setWindowTitle(title)
        resize_within(self, 860, 560)
        self._build(samples, rejects)

    def _build(self, samples: Sequence[Column[Any]], rejects: Sequence[Column[Reject]]) -> None:
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
        self.samples: ListTable[Any] = ListTable(samples, _("Rows of the file"), 4)
        self.rejects: ListTable[Reject] = ListTable(rejects, _("Rejected rows"), 2)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.samples, _("Rows of the file"))
        self._tabs.addTab(self.rejects, _("Rejected rows"))
        self.bar.setAccessibleName(_("Progress"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        for part in (self._head, self._told, self.strip):
            column.addWidget(part)
        column.addLayout(tiles)
        column.addWidget(self._tabs, 1)
        self._options = QVBoxLayout()
        column.addLayout(self._options)
        column.addWidget(self.bar)
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
        self.button.clicked.connect(self.write)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(self.save_rejects)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.button)
        return row

    def detect(self, mapping: Any) -> None:
        """Read the files, by a `mapping` where no known format fits, and show what would happen."""
        raise NotImplementedError

    def mapping_dialog(self, table: UnknownTable) -> ColumnDialog:
        """Who asks which column of an unknown file is which."""
        raise NotImplementedError

    def write(self) -> None:
        """Write what the preview has shown, then call `show_done`."""
        raise NotImplementedError

    def add_option(self, option: QWidget) -> None:
        """Ask something more before the button is pressed."""
        self._options.addWidget(option)

    def run(self, work: Callable[[Progress], T], then: Callable[[T], None]) -> None:
        """Work off the window's thread; what was read or written before can no longer be pressed."""
        self.strip.clear()
        self.button.setEnabled(False)
        self.run_long(work, then, self.refused)

    def show_found(self, counts: Mapping[str, int], notes: Mapping[str, str], samples: Sequence[Any]) -> None:
        """Show the counts by kind with what happens to each, and some rows; the rejects are shown by `show_rejects`."""
        for name, figure in self.figures.items():
            count = counts.get(name, 0)
            figure.set(f"{count:,}", _(notes[name]) if count else "", KINDS[name])
        if samples:
            self.samples.show_rows(samples)

    def show_rejects(self, rejected: Sequence[Reject]) -> None:
        """Show what cannot come in, row by row."""
        self._rejected = rejected
        self.rejects.show_rows(rejected)
        self._tabs.setTabText(1, _("Rejected rows ({count})").format(count=len(rejected)))
        self.save_rejects.setEnabled(bool(rejected))

    def tell(self, text: str) -> None:
        """Say under the heading what the file is."""
        self._told.setText(text)

    def offer(self, text: str, writes: int) -> None:
        """Let it be written, where there is something to write; `text` is on the button."""
        self._previewed = True
        self.button.setText(text)
        self.button.setEnabled(bool(writes))
        if not writes:
            self.strip.show_message(_("There is nothing new in this file."), Kind.INFO)
        self.button.setFocus()

    def show_done(self, counts: Mapping[str, int]) -> None:
        """Say what was done; Enter ends it."""
        names = ("new", "changed", "unchanged", "rejected")
        done = {name: f"{counts.get(name, 0):,}" for name in names}
        text = _("Done: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected.").format(**done)
        self.strip.show_message(text, Kind.OK)
        self.button.hide()
        self.cancel.setText(_("Close"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    def refused(self, error: Exception) -> None:
        """An unknown file asks for a mapping; all else is said, and what was previewed can be tried again."""
        if not self._previewed:
            self._told.clear()  # it was not read
        if not isinstance(error, AppError):
            raise error
        if isinstance(error, UnknownFormatError) and error.headers:
            self._ask_for_mapping(error)
            return
        self.strip.show_message(str(error), Kind.INFO if isinstance(error, CancelledError) else Kind.DANGER)
        self.button.setEnabled(self._previewed)
        if self._previewed:
            self.button.setFocus()  # which it lost while it could not be pressed

    def _ask_for_mapping(self, error: UnknownFormatError) -> None:
        self.strip.show_message(str(error), Kind.WARN)
        dialog = self.mapping_dialog(UnknownTable(error.headers, error.rows, self._paths[0].stem))
        dialog.mapped.connect(self.detect)
        dialog.rejected.connect(self.reject)
        dialog.open()

    def _on_save_rejects(self) -> None:
        dialog = QFileDialog(self, _("Save rejected rows"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._paths[0].stem}-rejected.csv")
        dialog.fileSelected.connect(self._save_rejects_to)
        dialog.open()

    def _save_rejects_to(self, name: str) -> None:
        path, rejected = Path(name), self._rejected
        self._tasks.run(self, lambda: write_rejects(path, rejected), lambda _none: self._on_saved(path))

    def _on_saved(self, path: Path) -> None:
        self.strip.show_message(_("Saved: {name}").format(name=path.name), Kind.OK)
