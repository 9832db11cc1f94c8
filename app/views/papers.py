"""Papers of a panel: written beside the window's work, looked at, then printed."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.views.tasks import Progress, Tasks

if TYPE_CHECKING:
    from app.views.paper_preview import PaperPreview

Write = Callable[[Path, Progress], None]


def show_paper(tasks: Tasks, owner: QWidget, title: str, write: Write) -> None:
    """Have `write` make the paper and show it over `owner`."""
    path = Path(mkdtemp(prefix="zhanggui-")) / "paper.pdf"
    tasks.run_long(owner, partial(write, path), Progress(owner), lambda _none: _preview(tasks, owner, title, path))


def _preview(tasks: Tasks, owner: QWidget, title: str, path: Path) -> None:
    from app.views.paper_preview import PaperPreview

    preview = PaperPreview(path, title, tasks, owner)
    preview.finished.connect(lambda: _throw_away(preview, path.parent))
    preview.open()


def _throw_away(preview: "PaperPreview", folder: Path) -> None:
    """Customers' addresses may stand in the file: it does not outlive its preview."""
    preview.document.close()
    preview.deleteLater()
    shutil.rmtree(folder)
