"""Printing papers of the chosen orders: written beside the window's work, looked at, then printed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import RuleError
from app.i18n import N_, _, ngettext
from app.services.access import Context, Permission
from app.views.orders.rules import ActionRules
from app.views.papers import Write, show_paper
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.labels import label

MOST = 2_000


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
        show_paper(self._tasks, self._panel, title, write)
