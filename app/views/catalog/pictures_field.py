"""The pictures of a product in their order: added from files or dropped, the first one stands for it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.services.files import StoredFile, keep_file, load_file
from app.views.tasks import Tasks
from app.views.theme import GAP_2
from app.views.widgets.buttons import new_action, plain_button
from app.views.widgets.picture import read_picture

THUMB = QSize(112, 112)
DIGEST = Qt.ItemDataRole.UserRole


class PicturesField(QWidget):
    """`refused` with a sentence for each file that is no picture or too large."""

    refused = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, digests: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setIconSize(THUMB)
        self.list.setSpacing(GAP_2)
        self.list.setAccessibleName(_("Pictures"))
        add = new_action(self, _("Add pictures…"), self._on_add, "image-outline", "Ins")
        remove = new_action(self, _("Remove"), self._on_remove, "delete-outline", "Del")
        left = new_action(self, _("To the front"), lambda: self._move(-1), "arrow-left", "Ctrl+Left")
        right = new_action(self, _("To the back"), lambda: self._move(1), "arrow-right", "Ctrl+Right")
        bar = QHBoxLayout()
        bar.setSpacing(GAP_2)
        for action in (add, left, right, remove):
            bar.addWidget(plain_button(action))
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(self.list, 1)
        column.addLayout(bar)
        for digest in digests:
            self._add(digest)

    def digests(self) -> list[str]:
        """The kept files in their order."""
        return [str(self.list.item(place).data(DIGEST)) for place in range(self.list.count())]

    def keep(self, paths: Iterable[Path]) -> None:
        """Keep these files and show them; each that is no picture or too large is refused with its reason."""
        files, ctx = list(paths), self._ctx

        def work() -> tuple[list[str], list[str]]:
            kept: list[str] = []
            refused: list[str] = []
            for path in files:
                try:
                    kept.append(keep_file(ctx, path, papers=False))
                except AppError as error:
                    refused.append(str(error))
            return kept, refused

        self._tasks.run(self, work, self._on_kept)

    def _on_kept(self, found: tuple[list[str], list[str]]) -> None:
        digests, refused = found
        known = set(self.digests())
        for digest in digests:
            if digest not in known:
                self._add(digest)
        if refused:
            self.refused.emit("\n".join(refused))

    def _add(self, digest: str) -> None:
        item = QListWidgetItem()
        item.setData(DIGEST, digest)
        item.setSizeHint(THUMB + QSize(GAP_2, GAP_2))
        self.list.addItem(item)
        ctx = self._ctx
        self._tasks.run(self, lambda: load_file(ctx, digest), lambda kept: self._show(kept))

    def _show(self, kept: StoredFile) -> None:
        picture = read_picture(kept.data, THUMB)
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(DIGEST) == kept.digest:
                if picture is None:
                    item.setText(_("no picture"))
                else:
                    item.setIcon(QIcon(picture))

    def _on_add(self) -> None:
        dialog = QFileDialog(self, _("Add pictures"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Pictures (*.png *.jpg *.jpeg *.webp)"))
        dialog.filesSelected.connect(lambda names: self.keep(Path(name) for name in names))
        dialog.open()

    def _on_remove(self) -> None:
        place = self.list.currentRow()
        if place >= 0:
            self.list.takeItem(place)

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if place >= 0 and 0 <= place + by < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + by, item)
            self.list.setCurrentItem(item)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.keep(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
