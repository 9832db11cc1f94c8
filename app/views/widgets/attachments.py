"""Files with a notice or a note: chosen in a form, opened where it is read."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.i18n import _, ngettext
from app.services.access import Context
from app.services.files import keep_file
from app.views.icons import icon
from app.views.tasks import Tasks
from app.views.theme import GAP_2
from app.views.widgets.labels import ElidedLabel
from app.views.widgets.layouts import clear_layout
from app.views.widgets.picture_dialog import PictureDialog


class AttachLine(QWidget):
    """The button that chooses files, and what was chosen; they are kept only when the step is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self.button = QPushButton(_("Attach files…"))
        self.button.setIcon(icon("paperclip"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_attach)
        self._told = ElidedLabel("small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_2)
        row.addWidget(self.button)
        row.addWidget(self._told, 1)
        self.setFocusProxy(self.button)

    def paths(self) -> list[Path]:
        """The files chosen."""
        return list(self._paths)

    def choose(self, paths: Sequence[Path]) -> None:
        """Attach these files instead of those chosen before."""
        self._paths = list(paths)
        count = len(self._paths)
        told = ngettext("{count} file attached", "{count} files attached", count).format(count=count)
        self._told.setText(told + " · " + _(", ").join(path.name for path in self._paths) if count else "")
        self.button.setAccessibleDescription(told)

    def _on_attach(self) -> None:
        dialog = QFileDialog(self, _("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Pictures and PDF (*.png *.jpg *.jpeg *.webp *.pdf)"))
        dialog.filesSelected.connect(lambda names: self.choose([Path(name) for name in names]))
        dialog.open()


def keep_all(ctx: Context, paths: Sequence[Path]) -> tuple[str, ...]:
    """Keep the files, and return their digests; runs off the window's thread."""
    return tuple(keep_file(ctx, path) for path in paths)


class Attachments(QWidget):
    """A button for each kept file; nothing where there is none."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_2)
        self.hide()

    def show_files(self, digests: Sequence[str]) -> None:
        """Show the buttons of these files."""
        clear_layout(self._row)
        for number, digest in enumerate(digests, start=1):
            button = QPushButton(_("Attachment {number}").format(number=number))
            button.setIcon(icon("paperclip"))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._on_file, digest))
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setVisible(bool(digests))

    def _on_file(self, digest: str) -> None:
        PictureDialog(self._ctx, self._tasks, digest, self.window()).open()
