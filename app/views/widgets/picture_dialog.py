"""A kept picture, looked at; a PDF is opened by the system's own reader."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.services.access import Context
from app.services.files import StoredFile, load_file
from app.views.tasks import Tasks
from app.views.widgets.picture import read_picture
from app.views.widgets.room import resize_within

LARGEST = QSize(1600, 1200)


class PictureDialog(QDialog):
    """Shows the picture no larger than the screen has room for."""

    def __init__(self, ctx: Context, tasks: Tasks, digest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture_dialog")
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(_("Attachment"))
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area = QScrollArea()
        area.setWidget(self._picture)
        area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        resize_within(self, 900, 700)
        tasks.run(self, lambda: load_file(ctx, digest), self._show)

    def _show(self, kept: StoredFile) -> None:
        if kept.media == "application/pdf":
            path = Path(tempfile.mkdtemp(prefix="zhanggui-")) / f"{kept.digest[:12]}.pdf"
            path.write_bytes(kept.data)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
            self.accept()
            return
        picture = read_picture(kept.data, LARGEST)
        if picture is None:
            self._picture.setText(_("This picture cannot be shown."))
        else:
            self._picture.setPixmap(picture)
