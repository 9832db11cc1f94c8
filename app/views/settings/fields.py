"""Fields of several parts: a folder, who may, and how much each post may."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.models.people import Post
from app.money import exponent
from app.services.people.names import post_word
from app.services.settings.rules import MAY_CONCEDE, MAY_RELEASE, MOST_CONCEDED
from app.views.theme import GAP_2
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit

POST_COLUMNS = 2
AMOUNT_WIDTH, POST_WIDTH = 150, 200
MINOR = 10 ** exponent("CNY")


class FolderField(QWidget):
    """A path to type or to choose; empty where there is a usual place."""

    changed = Signal()

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self._title = title
        self.line = LineEdit()
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(empty)
        self.line.textChanged.connect(self.changed)
        choose = QPushButton(_("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._on_choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_2)
        row.addWidget(self.line, 1)
        row.addWidget(choose)
        self.setFocusProxy(self.line)

    def value(self) -> str:
        """The path, or ""."""
        return self.line.text().strip()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), self._title, self.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class PostsField(QWidget):
    """The posts that may release held orders, of those that rule A2 lets."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {post: QCheckBox(post_word(post)) for post in MAY_RELEASE}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(GAP_2)
        grid.setColumnStretch(POST_COLUMNS, 1)
        for place, box in enumerate(self.boxes.values()):
            box.setMinimumWidth(POST_WIDTH)
            box.toggled.connect(self.changed)
            grid.addWidget(box, place // POST_COLUMNS, place % POST_COLUMNS)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> list[str]:
        """The posts' values, in the order of posts."""
        return [post.value for post, box in self.boxes.items() if box.isChecked()]

    def show_value(self, posts: Sequence[str]) -> None:
        """Tick these."""
        for post, box in self.boxes.items():
            box.setChecked(post in posts)


class AmountsField(QWidget):
    """How much each post that amends orders may concede on one, in whole units and cents."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, int] = {}
        self.boxes: dict[Post, QDoubleSpinBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        for post in MAY_CONCEDE:
            box = self.boxes[post] = QDoubleSpinBox()
            box.setRange(0, MOST_CONCEDED / MINOR)
            box.setSingleStep(10)
            box.setGroupSeparatorShown(True)
            box.setFixedWidth(AMOUNT_WIDTH)
            box.setAccessibleName(post_word(post))
            box.valueChanged.connect(self.changed)
            row = QHBoxLayout()
            word = label(post_word(post))
            word.setBuddy(box)
            word.setFixedWidth(POST_WIDTH)
            row.addWidget(word)
            row.addWidget(box)
            row.addStretch(1)
            column.addLayout(row)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> dict[str, int]:
        """Minor units by post; a post that had none and got none stays out."""
        typed = {post.value: round(box.value() * MINOR) for post, box in self.boxes.items()}
        return self._shown | {post: minor for post, minor in typed.items() if minor or post in self._shown}

    def show_value(self, amounts: Mapping[str, int]) -> None:
        """Show these."""
        self._shown = dict(amounts)
        for post, box in self.boxes.items():
            box.setValue(amounts.get(post, 0) / MINOR)
