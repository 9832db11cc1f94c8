"""The frame of a dialog of settings: pages at the left, the one that is looked at beside them, one Save for all."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from app.i18n import _
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.labels import hairline, label
from app.views.widgets.layouts import below, beside
from app.views.widgets.queue_list import Entry, QueueList
from app.views.widgets.room import room_for
from app.views.widgets.strip import Strip

SMALL_WIDTH = 900  # of a screen that has no room for two things side by side beside the list of pages

Pages = Mapping[str, tuple[str, QWidget]]  # by key: what the list calls it, and the page


class PagesDialog(QDialog):
    """Ctrl+Enter saves; Ctrl+PgUp and Ctrl+PgDn turn the pages. `said` once saved, with a sentence."""

    said = Signal(str)
    save_wanted = Signal()

    def __init__(self, title: str, pages: Pages, others: Sequence[QPushButton], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.finished.connect(self.deleteLater)
        self.is_small = room_for(self).width() < SMALL_WIDTH
        self._pages = {key: page for key, (_word, page) in pages.items()}
        self.strip = Strip()
        self.list = QueueList([Entry(key, word) for key, (word, _page) in pages.items()], _("Pages"))
        if self.is_small:
            self.list.setMaximumWidth(self.list.minimumWidth())
        self._pile = QWidget()
        below(*self._pages.values(), owner=self._pile)
        for page in self._pages.values():
            page.hide()
        self._pile.setProperty("surface", True)
        room = QScrollArea()  # a page that is larger than a small screen is moved about in it
        room.setWidget(self._pile)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        upper = beside(self.list, below(self.strip, room))
        column = below(upper, hairline(), self._buttons(others), owner=self)
        column.setStretch(0, 1)
        column.setStretch(2, 0)
        self.list.chosen.connect(self._show_page)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self.save_wanted.emit)
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._turn(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._turn(-1))

    def _buttons(self, others: Sequence[QPushButton]) -> QHBoxLayout:
        self.state = label("", "dim", wrap=True)
        self.save = QPushButton(_("Save"))
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(f"{self.save.text()} (Ctrl+Enter)")
        self.save.setEnabled(False)
        self.save.clicked.connect(self.save_wanted)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        row = QHBoxLayout()
        row.setContentsMargins(24, GAP_3, 24, GAP_3)
        row.setSpacing(GAP_2)
        for button in others:
            row.addWidget(button)
            row.addSpacing(GAP_2)
        row.addWidget(self.state, 1)
        for button in (self.cancel, self.save):
            row.addWidget(button)
        for button in (*others, self.cancel, self.save):
            button.setAutoDefault(False)
        return row

    def _show_page(self, key: str) -> None:
        """Turn to a page; the others are hidden, so that how large they are does not make this one scroll."""
        for one, page in self._pages.items():
            if one != key:
                page.hide()
        self._pages[key].show()

    def _turn(self, step: int) -> None:
        keys = list(self._pages)
        self.list.choose(keys[(keys.index(self.list.current()) + step) % len(keys)])

    def say_unsaved(self) -> None:
        """Esc does not leave with something typed: that takes Cancel."""
        self.strip.show_message(_("Some changes are not saved. Save them, or press Cancel to drop them."), Kind.WARN)
