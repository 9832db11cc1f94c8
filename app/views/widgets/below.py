"""What stands below a list: the words of the row looked at, its files, and what happened to it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.services.access import Context
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.attachments import Attachments
from app.views.widgets.labels import label
from app.views.widgets.timeline import Timeline

HEIGHT, LOWEST = 208, 96  # on a small screen the list goes before


@dataclass(frozen=True, slots=True)
class Told:
    """A text, files, a line above the rows, and rows of (time, what)."""

    text: str = ""
    files: tuple[str, ...] = ()
    caption: str = ""
    rows: tuple[tuple[str, str], ...] = ()


class Below(QScrollArea):
    """Reached by Tab, turned by the arrow keys."""

    def __init__(self, ctx: Context, tasks: Tasks, name: str) -> None:
        super().__init__()
        self._shown = Told()
        self.text = label("", wrap=True, selectable=True)
        self.files = Attachments(ctx, tasks)
        self.caption = label("", "strong", wrap=True)
        self.timeline = Timeline()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        column.setSpacing(GAP_2)
        for part in (self.text, self.files, self.caption, self.timeline):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("reads", True)  # shows that the keyboard is here
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HEIGHT)
        self.setAccessibleName(name)
        for ground in (inside, self.viewport()):
            ground.setAutoFillBackground(False)
        for line in (self.text, self.caption):
            line.hide()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), LOWEST)

    def tell(self, told: Told) -> None:
        """Show this; nothing is touched where it is what stands there already."""
        if told == self._shown:
            return
        self._shown = told
        for line, words in ((self.text, told.text), (self.caption, told.caption)):
            line.setText(words)
            line.setVisible(bool(words))
        self.files.show_files(told.files)
        self.timeline.set_rows(told.rows)
        self.setAccessibleDescription(told.text)
        self.verticalScrollBar().setValue(0)
