"""Who works here: add somebody, change posts and level, take away the right to sign in, give a temporary password."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.i18n import _
from app.models.people import Level, Post
from app.services.access import Context
from app.services.people import PersonRow, add_person, change_person, level_word, list_people, post_word, reset_password
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, ROW
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.password_edit import PasswordEdit
from app.views.widgets.strip import Strip

Index = QModelIndex | QPersistentModelIndex
POST_COLUMNS = 3


class PeopleModel(QAbstractTableModel):
    """Name, posts, level, whether they may sign in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.people: list[PersonRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Name"), _("Posts"), _("Level"), _("Signs in"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        person = self.people[index.row()]
        posts = "、".join(post_word(post) for post in person.posts)
        return (person.name, posts, level_word(person.level), _("yes") if person.active else _("no"))[index.column()]

    def show(self, people: list[PersonRow]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()


class PeopleDialog(QDialog):
    """The list of people, and what the database administrator does with it."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self.setWindowTitle(_("People"))
        self.resize(640, 420)
        self.strip = Strip()
        self.model = PeopleModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("People"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.doubleClicked.connect(lambda _index: self._on_change())
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_2)
        for text, slot, primary in (
            (_("Add person…"), self._on_add, True),
            (_("Change…"), self._on_change, False),
            (_("Temporary password…"), self._on_reset, False),
        ):
            buttons.addWidget(_button(text, slot, primary=primary))
        buttons.addStretch(1)
        buttons.addWidget(_button(_("Close"), self.accept, primary=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_3)
        column.setSpacing(GAP_3)
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self._load()

    def _load(self) -> None:
        ctx = self._ctx
        self._tasks.run(self, lambda: list_people(ctx), self._show)

    def _show(self, people: list[PersonRow]) -> None:
        self.model.show(people)
        self.table.selectRow(0)

    def _chosen(self) -> PersonRow | None:
        row = self.table.currentIndex().row()
        return self.model.people[row] if row >= 0 else None

    def _on_add(self) -> None:
        self._edit(PersonDialog(self._ctx, self._tasks, None, self))

    def _on_change(self) -> None:
        person = self._chosen()
        if person is not None:
            self._edit(PersonDialog(self._ctx, self._tasks, person, self))

    def _on_reset(self) -> None:
        person = self._chosen()
        if person is not None:
            TemporaryPasswordDialog(self._ctx, self._tasks, person, self).open()

    def _edit(self, dialog: "PersonDialog") -> None:
        dialog.accepted.connect(self._load)
        dialog.open()


class PersonDialog(QDialog):
    """A new person, or another one's posts and level."""

    def __init__(self, ctx: Context, tasks: Tasks, person: PersonRow | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._person = ctx, tasks, person
        self.setWindowTitle(_("Add person") if person is None else person.name)
        self.setFixedWidth(440)
        self.strip = Strip()
        self._form = Form()
        self.name = LineEdit()
        self.level = QComboBox()
        for level in Level:
            self.level.addItem(level_word(level), level)
        self.password, self.reason = PasswordEdit(), LineEdit()
        if person is None:
            self._form.add("name", _("Name"), self.name)
            self._form.add("password", _("First password (must be changed at the first sign-in)"), self.password)
        self._form.add("level", _("Level"), self.level)
        self.posts = {post: QCheckBox(post_word(post)) for post in Post}
        grid = QGridLayout()
        for place, box in enumerate(self.posts.values()):
            grid.addWidget(box, place // POST_COLUMNS, place % POST_COLUMNS)
        self.active = QCheckBox(_("May sign in"))
        self.active.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(self.strip)
        column.addWidget(self._form)
        column.addWidget(label(_("Posts"), "small"))
        column.addLayout(grid)
        if person is not None:
            column.addWidget(self.active)
            more = Form()
            more.add("reason", _("Reason"), self.reason)
            column.addWidget(more)
            self._fill(person)
        column.addWidget(_button(_("Save"), self._on_save, primary=True))

    def _fill(self, person: PersonRow) -> None:
        self.level.setCurrentIndex(self.level.findData(person.level))
        self.active.setChecked(person.active)
        for post in person.posts:
            self.posts[post].setChecked(True)

    def _on_save(self) -> None:
        ctx, person = self._ctx, self._person
        posts = [post for post, box in self.posts.items() if box.isChecked()]
        level = Level(self.level.currentData())
        name, password = self.name.text().strip(), self.password.text()
        reason, active = self.reason.text().strip(), self.active.isChecked()

        def work() -> object:
            if person is None:
                return add_person(ctx, name, posts, level, password)
            return change_person(ctx, person.id, posts=posts, level=level, active=active, reason=reason)

        self._tasks.run(self, work, lambda _done: self.accept(), lambda error: _refused(self.strip, error))


class TemporaryPasswordDialog(QDialog):
    """A password for somebody who forgot theirs; it must be changed at the next sign-in."""

    def __init__(self, ctx: Context, tasks: Tasks, person: PersonRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Temporary password for {name}").format(name=person.name))
        self.setFixedWidth(400)
        self.strip, self.password = Strip(), PasswordEdit()
        form = Form()
        form.add("password", _("Temporary password"), self.password)

        def save() -> None:
            typed = self.password.text()
            tasks.run(
                self,
                lambda: reset_password(ctx, person.id, typed),
                lambda _none: self.accept(),
                lambda error: _refused(self.strip, error),
            )

        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_3)
        column.addWidget(self.strip)
        column.addWidget(form)
        column.addWidget(_button(_("Save"), save, primary=True))


def _refused(strip: Strip, error: Exception) -> None:
    if not isinstance(error, AppError):
        raise error
    strip.show_message(str(error))


def _button(text: str, slot: Callable[[], object], *, primary: bool) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(primary)
    button.setDefault(primary)
    if primary:
        button.setProperty("kind", "primary")
    button.clicked.connect(lambda: slot())
    return button
