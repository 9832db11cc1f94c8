"""Printing papers of the chosen orders: written beside the window's work, looked at, then printed."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import RuleError
from app.i18n import N_, _, ngettext
from app.services.access import Context, Permission
from app.views.orders.rules import ActionRules
from app.views.tasks import Progress, Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.labels import label

if TYPE_CHECKING:
    from app.views.paper_preview import PaperPreview

MOST = 2_000

Write = Callable[[Path, Progress], None]


class TooManyOrdersError(RuleError):
    """Nobody means to print a million pages."""

    message = N_("{count} orders are chosen; at most {most} are printed at a time.")


class NotesDialog(QDialog):
    """Asks how the delivery notes are to look."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes_dialog")
        self.finished.connect(self.deleteLater)
        title = ngettext("Delivery note of {count} order", "Delivery notes of {count} orders", count)
        self.setWindowTitle(title.format(count=count))
        self.setMinimumWidth(380)
        self.prices, self.capitals = QCheckBox(_("With prices")), QCheckBox(_("Amount in capital Chinese numerals"))
        self.prices.setChecked(True)
        self.prices.toggled.connect(self.capitals.setEnabled)
        button = QPushButton(_("Preview"))
        button.setProperty("kind", "primary")
        button.setDefault(True)
        button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(self.prices)
        column.addWidget(self.capitals)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(button)
        column.addLayout(row)


class Printing(QObject):
    """The two papers of the order desk."""

    def __init__(
        self, ctx: Context, tasks: Tasks, panel: QWidget, rules: ActionRules, chosen: Callable[[], Sequence[int]]
    ) -> None:
        super().__init__(panel)
        self._ctx, self._tasks, self._panel, self._chosen = ctx, tasks, panel, chosen
        read = Permission.ORDER_READ
        self.pick_list = rules.add(_("Print pick list"), self._on_pick_list, "printer", "Ctrl+P", read)
        self.notes = rules.add(_("Print delivery notes"), self._on_notes, "file-document-outline", "Ctrl+Shift+P", read)

    def _orders(self) -> list[int]:
        ids = list(self._chosen())
        if len(ids) > MOST:
            raise TooManyOrdersError(count=f"{len(ids):,}", most=f"{MOST:,}")
        return ids

    def _on_pick_list(self) -> None:
        from app.services.orders.papers import pick_list_for

        ids, ctx = self._orders(), self._ctx
        self._show(_("Pick list"), lambda path, progress: pick_list_for(ctx, ids, path, progress))

    def _on_notes(self) -> None:
        dialog = NotesDialog(len(ids := self._orders()), self._panel)
        dialog.accepted.connect(lambda: self._notes(ids, dialog.prices.isChecked(), dialog.capitals.isChecked()))
        dialog.open()

    def _notes(self, ids: Sequence[int], prices: bool, capitals: bool) -> None:
        from app.services.orders.papers import delivery_notes_for

        write = partial(delivery_notes_for, self._ctx, ids, prices=prices, capitals=prices and capitals)
        self._show(_("Delivery notes"), lambda path, progress: write(path, progress=progress))

    def _show(self, title: str, write: Write) -> None:
        path = Path(mkdtemp(prefix="zhanggui-")) / "paper.pdf"
        self._tasks.run_long(
            self._panel, partial(write, path), Progress(self._panel), lambda _none: self._preview(path, title)
        )

    def _preview(self, path: Path, title: str) -> None:
        from app.views.paper_preview import PaperPreview

        preview = PaperPreview(path, title, self._tasks, self._panel)
        preview.finished.connect(lambda: _throw_away(preview, path.parent))
        preview.open()


def _throw_away(preview: "PaperPreview", folder: Path) -> None:
    """Customers' addresses stand in the file: it does not outlive its preview."""
    preview.document.close()
    preview.deleteLater()
    shutil.rmtree(folder)
