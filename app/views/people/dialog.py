"""Who works here: add somebody, change posts and level, take away the right to sign in, give a temporary password."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.services.access import Context
from app.services.people.accounts import PersonRow, list_people
from app.services.people.names import level_word, posts_word
from app.views.people.person import PersonDialog, TemporaryPasswordDialog
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(N_("Name"), lambda person: person.name),
    Column(N_("Posts"), lambda person: posts_word(person.posts)),
    Column(N_("Level"), lambda person: level_word(person.level)),
    Column(N_("Signs in"), lambda person: _("yes") if person.active else _("no")),
)
POSTS = 1


class PeopleDialog(QDialog):
    """The list of people, and what the database administrator does with it; Enter changes the chosen person."""

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("people_dialog")
        self.finished.connect(self.deleteLater)
        self._ctx, self._tasks = ctx, tasks
        self.people: list[PersonRow] = []
        self.setWindowTitle(_("People"))
        resize_within(self, 700, 460)
        self.strip = Strip()
        self.table = ListTable(COLUMNS, _("People"), POSTS)
        self.table.doubleClicked.connect(lambda _index: self._on_change())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(_("People"), "heading"))
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        self.table.setFocus()
        self._load()

    def _buttons(self) -> QHBoxLayout:
        self.add_button = _button(_("Add person…"), self._on_add)
        self.add_button.setProperty("kind", "primary")
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addWidget(_button(_("Change…"), self._on_change))
        row.addWidget(_button(_("Temporary password…"), self._on_reset))
        row.addStretch(1)
        row.addWidget(_button(_("Close"), self.accept))
        row.addWidget(self.add_button)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._on_change()
        else:
            super().keyPressEvent(event)

    def _load(self) -> None:
        ctx = self._ctx
        self._tasks.read(self, lambda: list_people(ctx), self._show)

    def _show(self, people: list[PersonRow]) -> None:
        self.people = people
        before = max(self.table.currentIndex().row(), 0)
        self.table.show_rows(people)
        self.table.selectRow(min(before, len(people) - 1))

    def _on_add(self) -> None:
        self._edit(PersonDialog(self._ctx, self._tasks, None, self))

    def _on_change(self) -> None:
        person = self.table.current_row()
        if person is not None:
            self._edit(PersonDialog(self._ctx, self._tasks, person, self))

    def _on_reset(self) -> None:
        person = self.table.current_row()
        if person is not None:
            TemporaryPasswordDialog(self._ctx, self._tasks, person, self).open()

    def _edit(self, dialog: PersonDialog) -> None:
        dialog.accepted.connect(self._load)
        dialog.open()


def _button(text: str, slot: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(lambda: slot())
    return button
